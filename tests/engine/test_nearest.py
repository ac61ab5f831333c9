import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graphs import distances_dm, network_of, networks
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.reach import Nearest, nearest, nearest_each


def by_scipy(net, nodes, limit_dm):
    to_facility = distances_dm(net)[:, nodes]
    metres = np.where((to_facility < 0) | (to_facility > limit_dm), np.inf, to_facility / 10)
    return metres.min(axis=1).astype(np.float32)


@pytest.fixture
def street():
    """Five nodes in a row, 10 m apart, and one on its own."""
    return WalkNetwork.from_edges(np.arange(6) * 10.0, np.zeros(6), [0, 1, 2, 3], [1, 2, 3, 4], [10.0] * 4)


def test_metres_to_the_nearest_of_two(street):
    assert nearest(street, [0, 4], 100).tolist() == [0, 10, 20, 10, 0, np.inf]
    assert nearest(street, [0, 4], 100).dtype == np.float32


def test_a_node_at_the_limit_is_within_it(street):
    assert nearest(street, [0], 20).tolist() == [0, 10, 20, np.inf, np.inf, np.inf]
    assert nearest(street, [0], 19.99).tolist() == [0, 10, np.inf, np.inf, np.inf, np.inf]


def test_a_way_to_the_facility_is_asked_for_not_from_it():
    one_way = WalkNetwork.from_edges([0, 1], [0, 0], [0], [1], [7.0], oneway=[True])
    assert nearest(one_way, [1], 100).tolist() == [7, 0]
    assert nearest(one_way, [0], 100).tolist() == [0, np.inf]


def test_each_category_has_its_row_and_an_empty_one_is_out_of_reach(street):
    metres = nearest_each(street, [0, 4, 4], [0, 2, 0], 3, 100)
    assert metres[0].tolist() == [0, 10, 20, 10, 0, np.inf]
    assert np.isinf(metres[1]).all()
    assert metres[2].tolist() == [40, 30, 20, 10, 0, np.inf]


def test_a_large_limit_and_a_long_edge():
    net = WalkNetwork.from_edges([0, 1, 2], [0, 0, 0], [0, 1], [1, 2], [900_000.0, 90_000_000.0])
    assert nearest(net, [0], 1_000_000).tolist() == [0, 900_000, np.inf]


@settings(max_examples=500, deadline=None)
@given(networks(), st.data())
def test_equals_scipy(net, data):
    nodes = data.draw(st.lists(st.integers(0, net.node_count - 1), min_size=1, max_size=5))
    limit_dm = data.draw(st.integers(1, 400))
    assert np.array_equal(nearest(net, nodes, limit_dm / 10), by_scipy(net, nodes, limit_dm))


@settings(max_examples=500, deadline=None)
@given(networks(oneway=True), st.data())
def test_equals_scipy_on_directed_networks(net, data):
    nodes = data.draw(st.lists(st.integers(0, net.node_count - 1), min_size=1, max_size=5))
    limit_dm = data.draw(st.integers(1, 400))
    assert np.array_equal(nearest(net, nodes, limit_dm / 10), by_scipy(net, nodes, limit_dm))


def k_by_scipy(net, nodes, limit_dm, k):
    """Sorted by distance, then by position."""
    metres = distances_dm(net)[:, nodes].astype(float)
    metres[(metres < 0) | (metres > limit_dm)] = np.inf
    order = np.argsort(metres, axis=1, kind="stable")[:, :k]
    metres = np.take_along_axis(metres, order, axis=1)
    missing = ((0, 0), (0, max(0, k - len(nodes))))
    which = np.pad(np.where(np.isinf(metres), -1, order), missing, constant_values=-1)
    return (np.pad(metres, missing, constant_values=np.inf) / 10).astype(np.float32), which


def test_the_two_nearest_and_which_they_are(street):
    found = nearest(street, [4, 0, 1], 30, k=2)
    assert isinstance(found, Nearest)
    assert found.metres.tolist() == [[0, 10], [0, 10], [10, 20], [10, 20], [0, 30], [np.inf] * 2]
    assert found.which.tolist() == [[1, 2], [2, 1], [2, 0], [0, 2], [0, 2], [-1, -1]]
    assert found.metres.dtype == np.float32
    assert found.which.dtype == np.int32


def test_one_nearest_has_one_dimension_and_the_same_metres(street):
    metres, which = nearest(street, [0, 4], 100, k=1)
    assert metres.tolist() == nearest(street, [0, 4], 100).tolist()
    assert which.tolist() == [0, 0, 0, 1, 1, -1]


def test_of_equally_near_ones_the_first_comes_first(street):
    assert nearest(street, [4, 0, 0, 4], 100, k=3).which[2].tolist() == [0, 1, 2]
    assert nearest(street, [4, 0, 0, 4], 100, k=3).which[1].tolist() == [1, 2, 0]


def test_more_asked_for_than_there_are(street):
    metres, which = nearest(street, [1, 1], 10, k=4)
    assert metres[0].tolist() == [10, 10, np.inf, np.inf]
    assert which[0].tolist() == [0, 1, -1, -1]
    assert metres.shape == which.shape == (6, 4)


@settings(max_examples=300, deadline=None)
@given(networks(), st.data())
def test_the_k_nearest_equal_scipy(net, data):
    nodes = data.draw(st.lists(st.integers(0, net.node_count - 1), min_size=1, max_size=12))
    limit_dm, k = data.draw(st.integers(1, 400)), data.draw(st.integers(1, 6))
    metres, which = nearest(net, nodes, limit_dm / 10, k)
    expected = k_by_scipy(net, nodes, limit_dm, k)
    assert np.array_equal(metres.reshape(-1, k), expected[0])
    assert np.array_equal(which.reshape(-1, k), expected[1])


@settings(max_examples=300, deadline=None)
@given(networks(oneway=True), st.data())
def test_the_k_nearest_equal_scipy_on_directed_networks(net, data):
    nodes = data.draw(st.lists(st.integers(0, net.node_count - 1), min_size=1, max_size=12))
    limit_dm, k = data.draw(st.integers(1, 400)), data.draw(st.integers(1, 6))
    metres, which = nearest(net, nodes, limit_dm / 10, k)
    expected = k_by_scipy(net, nodes, limit_dm, k)
    assert np.array_equal(metres.reshape(-1, k), expected[0])
    assert np.array_equal(which.reshape(-1, k), expected[1])


@pytest.mark.parametrize("longest_dm", [3, 900])
def test_the_k_nearest_on_a_larger_network(longest_dm):
    net = network_of("grid", 1600, 5, longest_dm=longest_dm, oneway=True)
    nodes = np.random.default_rng(0).integers(0, 1600, 200)
    metres, which = nearest(net, nodes, 500, 20)
    expected = k_by_scipy(net, nodes, 5000, 20)
    assert np.array_equal(metres, expected[0])
    assert np.array_equal(which, expected[1])


def test_equals_scipy_on_a_larger_network():
    net = network_of("grid", 1600, 5, longest_dm=900)
    nodes = [3, 700, 1599]
    assert np.array_equal(nearest(net, nodes, 120), by_scipy(net, nodes, 1200))


@pytest.mark.parametrize("limit", [11.7, np.float32(11.7), np.array(11.7)])
def test_a_limit_is_one_number_of_any_precision(limit):
    net = WalkNetwork.from_edges([0, 1], [0, 0], [0], [1], [11.7])
    assert np.isfinite(nearest(net, [0], limit)).all()


@pytest.mark.parametrize(
    ("nodes", "limit", "says"),
    [
        ([], 100, "nodes is empty"),
        ([6], 100, "names node 6, but nodes are numbered 0 to 5"),
        ([-1], 100, "names node -1"),
        ([0.5], 100, "whole numbers"),
        ([[0]], 100, "one dimension"),
        ([0], "1500", "limit must be one number of metres, not '1500'"),
        ([0], [500, 1500], r"limit must be one number of metres, not \[500, 1500\]"),
        ([0], None, "limit must be one number of metres, not None"),
        ([0], True, "limit must be one number of metres, not True"),
        ("market", 100, "nodes must be node numbers, longitudes and latitudes .* or geometries, not 'market'"),
        (["a", "b"], 100, "nodes must be node numbers"),
        ([0], 0, "limit must be a positive number"),
        ([0], -5, "limit must be a positive number"),
        ([0], np.nan, "limit must be a positive number"),
        ([0], np.inf, "limit must be a positive number"),
    ],
)
def test_refuses(street, nodes, limit, says):
    with pytest.raises(ValueError, match=says):
        nearest(street, nodes, limit)


@pytest.mark.parametrize(
    ("k", "says"),
    [
        (0, "k must be a whole number from 1"),
        (-3, "k must be a whole number from 1"),
        (1.5, "k must be a whole number, not 1.5"),
        ("two", "k must be a whole number"),
        (np.nan, "k must be a whole number"),
    ],
)
def test_refuses_k(street, k, says):
    with pytest.raises(ValueError, match=says):
        nearest(street, [0], 100, k)


@pytest.mark.parametrize(
    ("category", "categories", "says"),
    [
        ([0], 2, "same length, not 2 and 1"),
        ([0, 2], 2, "whole numbers from 0 to 1"),
        ([0, -1], 2, "whole numbers from 0 to 1"),
        ([0, 1.5], 2, "whole numbers from 0 to 1"),
        ([0, 0], 0, "categories must be at least 1"),
    ],
)
def test_refuses_categories(street, category, categories, says):
    with pytest.raises(ValueError, match=says):
        nearest_each(street, [0, 1], category, categories, 100)
