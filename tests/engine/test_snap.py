import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, box

from engine.graphs import networks
from xiuhua.engine.network import Flag, Persona, WalkNetwork
from xiuhua.engine.snapping import snap


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


# -- edges that count as farther ---------------------------------------------------------------------------------------


def test_an_edge_with_a_handicap_is_met_only_where_no_other_counts_as_less(two_streets):
    met = snap(two_streets, [50, 50, 50], [14, 4, 2], 40, handicap_m=[20, 0])
    assert met.edge.tolist() == [1, 0, 0]
    assert met.distance_m.tolist() == [16, 4, 2], "the distance is not changed"


def test_a_handicapped_edge_is_met_where_there_is_nothing_else(two_streets):
    assert snap(two_streets, [50], [5], 10, handicap_m=[1000, 0]).edge.tolist() == [0]


def test_another_ones_obstacle_sends_a_point_to_the_next_edge_and_its_own_does_not(two_streets):
    house = np.array([box(40, 4, 60, 8)], object)
    assert snap(two_streets, [50], [12], 40, obstacles=house, obstacle_factor=2.0).edge.tolist() == [1]
    assert snap(two_streets, [50], [10], 40, obstacles=house, obstacle_factor=2.0).edge.tolist() == [0]
    assert snap(two_streets, [50, 50], [6, 8], 40, obstacles=house, obstacle_factor=2.0).edge.tolist() == [0, 0]


def test_of_two_obstacles_the_thinner_is_crossed(two_streets):
    houses = np.array([box(40, 2, 60, 10), box(40, 20, 60, 22)], object)
    assert snap(two_streets, [50], [14], 40, obstacles=houses, obstacle_factor=2.0).edge.tolist() == [1]


@settings(max_examples=200, deadline=None)
@given(networks(most=12), st.floats(0, 100), st.floats(0, 100), st.lists(st.sampled_from([0, 10, 40]), min_size=12))
def test_no_edge_counts_as_less(net, x, y, handicaps):
    handicap = np.resize(np.array(handicaps, float), net.edge_count)
    house, wall = box(30, 30, 60, 45), LineString([(0, 70), (100, 70)])
    met = snap(
        net,
        x,
        y,
        60,
        np.array([wall], object),
        handicap_m=handicap,
        obstacles=np.array([house], object),
        obstacle_factor=2.0,
    )
    here = Point(x, y)
    costs = [np.inf]
    for u, v, extra in zip(net.u, net.v, handicap, strict=True):
        edge = LineString([(net.x[u], net.y[u]), (net.x[v], net.y[v])])
        way = LineString([here, edge.interpolate(edge.project(here))])
        if way.length <= 60 and not way.intersects(wall):
            within = 0 if house.dwithin(here, 0.05) else way.intersection(house).length
            costs.append(way.length + extra + 2 * within)
    if np.isfinite(min(costs)) and abs(y - 70) > 0.2 and not any(abs(net.y - 70) < 0.2):
        chosen = LineString([here, (met.x[0], met.y[0])])
        within = 0 if house.dwithin(here, 0.05) else chosen.intersection(house).length
        assert chosen.length + handicap[met.edge[0]] + 2 * within <= min(costs) + 0.5


@pytest.mark.parametrize(
    ("preference", "says"),
    [
        ({"handicap_m": [1.0]}, "one for each of the 2 edges"),
        ({"handicap_m": [1.0, -1.0]}, "metres from 0"),
        ({"obstacle_factor": -1.0}, "a number from 0"),
    ],
)
def test_refuses_preferences(two_streets, preference, says):
    with pytest.raises(ValueError, match=says):
        snap(two_streets, [0], [0], 10, **preference)


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
