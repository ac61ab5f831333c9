import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graphs import distances_dm, networks, within
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.reach import totals


def whole_weights(net, columns=2):
    return np.random.default_rng(net.node_count).integers(-5, 1000, (net.node_count, columns)).astype(float)


def test_sums_what_lies_within_the_limit():
    street = WalkNetwork.from_edges(np.arange(5) * 10.0, np.zeros(5), [0, 1, 2], [1, 2, 3], [10.0] * 3)
    assert totals(street, [1, 2, 4, 8, 16], 10).tolist() == [[3], [7], [14], [12], [16]]
    assert totals(street, [[1, 0], [0, 1], [1, 1], [0, 0], [2, 2]], 20).tolist() == [[2, 2]] * 2 + [
        [2, 2],
        [1, 2],
        [2, 2],
    ]


def test_reaches_along_one_way_edges_only():
    one_way = WalkNetwork.from_edges([0, 1], [0, 0], [0], [1], [7.0], oneway=[True])
    assert totals(one_way, [1, 10], 7).tolist() == [[11], [10]]


@settings(max_examples=800, deadline=None)
@given(networks(), st.integers(1, 400))
def test_equals_scipy(net, limit_dm):
    weights = whole_weights(net)
    assert np.array_equal(totals(net, weights, limit_dm / 10), within(distances_dm(net), limit_dm) @ weights)


@settings(max_examples=800, deadline=None)
@given(networks(oneway=True), st.integers(1, 400))
def test_equals_scipy_on_directed_networks(net, limit_dm):
    weights = whole_weights(net)
    assert np.array_equal(totals(net, weights, limit_dm / 10), within(distances_dm(net), limit_dm) @ weights)


@pytest.mark.parametrize(
    ("weights", "limit", "says"),
    [
        ([1, 2], 100, "weights must have 3 rows"),
        ([[[1]]] * 3, 100, "weights must have 3 rows"),
        ([1, 2, np.nan], 100, "finite"),
        ([1, 2, 3], 0, "limit must be a positive number"),
    ],
)
def test_refuses(weights, limit, says):
    net = WalkNetwork.from_edges([0, 1, 2], [0, 0, 0], [0, 1], [1, 2], [1, 1])
    with pytest.raises(ValueError, match=says):
        totals(net, weights, limit)
