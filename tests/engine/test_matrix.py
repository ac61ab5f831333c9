import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graphs import distances_dm, network_of, networks, within
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.reach import matrix


@pytest.fixture
def street():
    """Five nodes in a row, 10 m apart, and one on its own."""
    return WalkNetwork.from_edges(np.arange(6) * 10.0, np.zeros(6), [0, 1, 2, 3], [1, 2, 3, 4], [10.0] * 4)


def stored(found):
    """What a sparse matrix stores, row by row, zeros too."""
    return [
        dict(zip(found.indices[a:b].tolist(), found.data[a:b].tolist(), strict=True))
        for a, b in zip(found.indptr[:-1], found.indptr[1:], strict=True)
    ]


def test_metres_within_the_limit(street):
    found = matrix(street, [0, 5, 2], [4, 0, 1, 2], 20)
    assert stored(found) == [{1: 0, 2: 10, 3: 20}, {}, {0: 20, 1: 20, 2: 10, 3: 0}]
    assert (found.shape, found.format, found.dtype) == ((3, 4), "csr", np.float32)


def test_a_destination_at_the_origin_is_stored_as_zero(street):
    assert stored(matrix(street, [3], [3], 5)) == [{0: 0}]
    assert stored(matrix(street, [3], [4], 5)) == [{}]


def test_repeats_have_equal_rows_and_columns(street):
    assert stored(matrix(street, [1, 0, 1], [0, 2, 0], 10)) == [
        {0: 10, 1: 10, 2: 10},
        {0: 0, 2: 0},
        {0: 10, 1: 10, 2: 10},
    ]
    assert stored(matrix(street, [1, 0, 1, 4], [0, 0], 10)) == [{0: 10, 1: 10}, {0: 0, 1: 0}, {0: 10, 1: 10}, {}]


def test_from_origins_to_destinations_along_one_way_edges():
    one_way = WalkNetwork.from_edges([0, 1], [0, 0], [0], [1], [7.0], oneway=[True])
    assert stored(matrix(one_way, [0], [0, 1], 100)) == [{0: 0, 1: 7}]
    assert stored(matrix(one_way, [1], [0, 1], 100)) == [{1: 0}]
    assert stored(matrix(one_way, [0, 1], [1], 100)) == [{0: 7}, {0: 0}]
    assert stored(matrix(one_way, [0, 1], [0], 100)) == [{0: 0}, {}]


def equals_scipy(net, origins, destinations, limit_dm):
    found = matrix(net, origins, destinations, limit_dm / 10)
    distances = distances_dm(net)[np.ix_(origins, destinations)]
    row, column = np.nonzero(within(distances, limit_dm))
    assert found.shape == (len(origins), len(destinations))
    assert np.array_equal(found.indices, column)
    assert np.array_equal(np.repeat(np.arange(len(origins)), np.diff(found.indptr)), row)
    assert np.array_equal(found.data, (distances[row, column] / 10).astype(np.float32))


@settings(max_examples=500, deadline=None)
@given(networks(), st.data())
def test_equals_scipy(net, data):
    some = st.lists(st.integers(0, net.node_count - 1), min_size=1, max_size=12)
    equals_scipy(net, data.draw(some), data.draw(some), data.draw(st.integers(1, 400)))


@settings(max_examples=300, deadline=None)
@given(networks(oneway=True), st.data())
def test_equals_scipy_on_directed_networks(net, data):
    some = st.lists(st.integers(0, net.node_count - 1), min_size=1, max_size=12)
    equals_scipy(net, data.draw(some), data.draw(some), data.draw(st.integers(1, 400)))


@pytest.mark.parametrize(("origins", "destinations"), [(1600, 1600), (300, 1600), (1600, 300)])
def test_equals_scipy_on_a_larger_network(origins, destinations):
    net = network_of("grid", 1600, 5, longest_dm=900, oneway=True)
    rng = np.random.default_rng(1)
    equals_scipy(net, rng.integers(0, 1600, origins), rng.integers(0, 1600, destinations), 4000)


def test_the_number_of_threads_changes_nothing(monkeypatch):
    net = network_of("grid", 1600, 5, longest_dm=900)
    answers = []
    for cores in (1, 2, 5):
        monkeypatch.setattr("xiuhua.engine.threads.cores", lambda cores=cores: cores)
        answers.append(matrix(net, np.arange(1600), np.arange(0, 1600, 3), 200))
    assert all((answers[0] != other).nnz == 0 for other in answers[1:])
    assert all(np.array_equal(answers[0].indices, other.indices) for other in answers[1:])


@pytest.mark.parametrize(
    ("origins", "destinations", "limit", "says"),
    [
        ([], [0], 100, "origins is empty"),
        ([0], [], 100, "destinations is empty"),
        ([6], [0], 100, "origins names node 6"),
        ([0], [-1], 100, "destinations names node -1"),
        ([0], [0.5], 100, "destinations must hold whole numbers"),
        ([[0]], [0], 100, "origins must have one dimension"),
        ([0], [0], 0, "limit must be a positive number"),
        ([0], [0], np.nan, "limit must be a positive number"),
    ],
)
def test_refuses(street, origins, destinations, limit, says):
    with pytest.raises(ValueError, match=says):
        matrix(street, origins, destinations, limit)
