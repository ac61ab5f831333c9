import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graphs import distances_dm, network_of, networks, within
from xiuhua.engine import reach
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


@settings(max_examples=400, deadline=None)
@given(networks(), st.integers(1, 400))
def test_equals_scipy(net, limit_dm):
    weights = whole_weights(net)
    assert np.array_equal(totals(net, weights, limit_dm / 10), within(distances_dm(net), limit_dm) @ weights)


@settings(max_examples=500, deadline=None)
@given(networks(oneway=True), st.integers(1, 400))
def test_equals_scipy_on_directed_networks(net, limit_dm):
    weights = whole_weights(net)
    assert np.array_equal(totals(net, weights, limit_dm / 10), within(distances_dm(net), limit_dm) @ weights)


@settings(max_examples=1500, deadline=None)
@given(networks(most=60), st.integers(1, 400))
def test_lanes_equal_scipy(net, limit_dm):
    weights = whole_weights(net)
    sums = reach._totals_by_lanes(net, weights, reach.limit_in_dm(limit_dm / 10))
    assert np.array_equal(sums, within(distances_dm(net), limit_dm) @ weights)


@settings(max_examples=25, deadline=None)
@given(networks(most=700, longest_dm=900), st.sampled_from([1, 50, 900, 9000, 32_766, 32_767, 90_000]))
def test_lanes_equal_scipy_on_several_batches(net, limit_dm):
    weights = whole_weights(net, columns=1)
    sums = reach._totals_by_lanes(net, weights, np.int32(limit_dm))
    assert np.array_equal(sums, within(distances_dm(net), limit_dm) @ weights)


@settings(max_examples=100, deadline=None)
@given(networks(most=30), st.integers(0, 2**32 - 1), st.sampled_from([300_000, 9_999_999]))
def test_lanes_beyond_sixteen_bits(net, seed, limit_dm):
    length = np.random.default_rng(seed).integers(0, 40_000, net.edge_count) * 1_000 / 10
    long = WalkNetwork.from_edges(net.x, net.y, net.u, net.v, length)
    weights = whole_weights(net, columns=1)
    sums = reach._totals_by_lanes(long, weights, np.int32(limit_dm))
    assert np.array_equal(sums, within(distances_dm(long), limit_dm) @ weights)


def test_a_larger_network_goes_by_lanes_and_equals_one_by_one():
    net = network_of("grid", 2500, 3, longest_dm=900)
    weights = np.random.default_rng(1).uniform(0, 10, (2500, 2))
    sums = totals(net, weights, 130.0)
    assert np.array_equal(sums, reach._totals_by_lanes(net, weights, np.int32(1300)))
    np.testing.assert_allclose(sums, reach._totals_one_by_one(net, weights, np.int32(1300)), rtol=1e-12)


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
