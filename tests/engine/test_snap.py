import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point

from engine.graphs import networks
from xiuhua.engine.network import Flag, Persona, WalkNetwork


def walls(*lines):
    return np.array([LineString(line) for line in lines], dtype=object)


@pytest.fixture
def two_streets():
    """Two streets side by side: edge 0 along y = 0, edge 1 along y = 30; lengths are twice the straight line."""
    return WalkNetwork.from_edges([0, 100, 0, 100], [0, 0, 30, 30], [0, 2], [1, 3], [200.0, 200.0])


def test_the_nearest_edge_and_the_foot_on_it(two_streets):
    snap = two_streets.snap([25, 80], [10, 29], 50)
    assert snap.edge.tolist() == [0, 1]
    assert snap.offset_dm.tolist() == [500, 1600]
    assert snap.distance_m.tolist() == [10, 1]
    assert (snap.x.tolist(), snap.y.tolist()) == ([25, 80], [0, 30])


def test_beyond_the_limit_is_reported_not_dropped(two_streets):
    snap = two_streets.snap([50, 50], [-20, -10], 15)
    assert snap.edge.tolist() == [-1, 0]
    assert snap.distance_m.tolist() == [np.inf, 10]
    assert np.isnan(snap.x[0])
    assert np.isnan(snap.y[0])


def test_a_foot_beyond_the_end_is_the_end(two_streets):
    snap = two_streets.snap([-3], [4], 50)
    assert (snap.offset_dm[0], snap.distance_m[0]) == (0, 5)


def test_a_wall_sends_a_point_to_the_next_edge(two_streets):
    between = walls([(0, 5), (100, 5)])
    assert two_streets.snap([50], [10], 50, between).edge.tolist() == [1]
    assert two_streets.snap([50], [4], 50, between).edge.tolist() == [0]


def test_walled_in_is_unsnapped(two_streets):
    court = walls([(40, 5), (60, 5), (60, 15), (40, 15), (40, 5)])
    assert two_streets.snap([50], [10], 50, court).edge.tolist() == [-1]


def test_a_door_in_a_wall_and_a_foot_at_a_gate_are_no_crossing(two_streets):
    assert two_streets.snap([50], [10], 50, walls([(0, 10), (100, 10)])).edge.tolist() == [0]
    assert two_streets.snap([50], [10], 50, walls([(0, 0), (100, 0)])).edge.tolist() == [0]
    assert two_streets.snap([50], [0], 50, walls([(0, 0), (100, 0)])).edge.tolist() == [0]


def test_a_wall_met_at_its_corner_is_met(two_streets):
    assert two_streets.snap([50], [10], 50, walls([(40, 8), (50, 5), (60, 8)])).edge.tolist() == [1]


def test_the_lowest_edge_wins_among_equals():
    net = WalkNetwork.from_edges([0, 10, 10], [0, 0, 10], [0, 1, 0], [1, 2, 1], [10, 10, 10])
    assert net.snap([12, 5], [-2, 1], 50).edge.tolist() == [0, 0]


def test_closed_edges_are_passed_over(two_streets):
    steps = WalkNetwork.from_edges([0, 100, 0, 100], [0, 0, 30, 30], [0, 2], [1, 3], [100.0, 100.0], [Flag.STEPS, 0])
    wheelchair = steps.impedance(Persona("wheelchair", 0.9, float("inf"), 5, 15))
    assert steps.snap([50], [1], 50).edge.tolist() == [0]
    assert wheelchair.snap([50], [1], 50).edge.tolist() == [1]


def test_an_edge_without_extent_can_be_met():
    net = WalkNetwork.from_edges([5, 5], [5, 5], [0], [1], [0.0])
    snap = net.snap([5, 8], [5, 9], 10)
    assert (snap.edge.tolist(), snap.offset_dm.tolist(), snap.distance_m.tolist()) == ([0, 0], [0, 0], [0, 5])


def test_nothing_to_snap_to_and_nothing_to_snap(two_streets):
    loose = WalkNetwork.from_edges([0], [0], [], [], [])
    assert loose.snap([0], [0], 10, walls([(0, 0), (1, 1)])).edge.tolist() == [-1]
    assert two_streets.snap([], [], 10, walls([(0, 0), (1, 1)])).edge.tolist() == []


def test_many_points_are_snapped_as_one_by_one(two_streets):
    x, y = np.random.default_rng(2).uniform(0, 100, (2, 2500))
    wall = walls([(0, 12), (70, 12)])
    snap = two_streets.snap(x, y, 40, wall)
    for i in range(0, 2500, 97):
        assert two_streets.snap(x[i], y[i], 40, wall).edge[0] == snap.edge[i]


@settings(max_examples=300, deadline=None)
@given(networks(most=15), st.floats(-20, 120), st.floats(-20, 120), st.floats(1, 60))
def test_no_edge_is_nearer(net, x, y, limit):
    snap = net.snap(x, y, limit)
    lines = [LineString([(net.x[u], net.y[u]), (net.x[v], net.y[v])]) for u, v in zip(net.u, net.v, strict=True)]
    nearest = min((line.distance(Point(x, y)) for line in lines), default=np.inf)
    if nearest <= limit - 1e-6:
        assert snap.distance_m[0] == pytest.approx(nearest, abs=1e-6)
    elif nearest > limit + 1e-6:
        assert snap.edge[0] == -1


@pytest.mark.parametrize(
    ("x", "y", "limit", "says"),
    [
        ([0, 1], [0], 10, "same length"),
        ([np.nan], [0], 10, "finite"),
        ([0], [0], 0, "limit must be a positive"),
        ([0], [0], np.inf, "limit must be a positive"),
    ],
)
def test_refuses(two_streets, x, y, limit, says):
    with pytest.raises(ValueError, match=says):
        two_streets.snap(x, y, limit)
