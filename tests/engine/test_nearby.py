import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graphs import networks
from xiuhua.engine.nearby import edges_near, snap_few
from xiuhua.engine.network import WalkNetwork


@given(networks(oneway=True), st.integers(0, 2**32 - 1), st.integers(0, 8), st.sampled_from([0.5, 5.0, 40.0, 500.0]))
@settings(max_examples=60)
def test_equals_snapping_to_all_edges(net, seed, count, limit):
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(-30, 130, (2, count))
    some, every = snap_few(net, x, y, limit), net.snap(x, y, limit)
    for name in ("edge", "offset_dm", "distance_m", "x", "y"):
        np.testing.assert_array_equal(getattr(some, name), getattr(every, name))


def test_looks_at_few_edges():
    x = np.arange(1001) * 50.0
    street = WalkNetwork.from_edges(x, np.zeros(1001), np.arange(1000), np.arange(1, 1001), np.full(1000, 50))
    near = edges_near(street, np.array([1010.0, 30_000]), np.array([5.0, 5]), 100)
    assert {20, 599, 600} <= set(near.tolist())
    assert len(near) < 20


@pytest.mark.parametrize("distance", [0.0, 99.9])
def test_an_edge_just_within_the_limit_is_looked_at(distance):
    net = WalkNetwork.from_edges([0, 0], [0, 10], [0], [1], [10])
    assert edges_near(net, np.array([distance]), np.array([5.0]), 100).tolist() == [0]
    assert edges_near(net, np.array([-distance]), np.array([5.0]), 100).tolist() == [0]
    assert edges_near(net, np.array([5000.0]), np.array([5.0]), 100).tolist() == []
