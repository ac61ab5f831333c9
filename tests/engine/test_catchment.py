from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.graphs import distances_dm, network_of, networks
from xiuhua.engine.catchment import catchment, reached_edges
from xiuhua.engine.network import Flag, Persona, WalkNetwork
from xiuhua.engine.projection import LocalProjection
from xiuhua.engine.reach import nearest
from xiuhua.engine.snapping import Snap

SHARES = [Fraction(k, 13) for k in range(1, 13)]


@pytest.fixture
def street():
    """Five nodes in a row, 10 m apart, and one on its own."""
    return WalkNetwork.from_edges(np.arange(6) * 10.0, np.zeros(6), [0, 1, 2, 3], [1, 2, 3, 4], [10.0] * 4)


@pytest.fixture
def block():
    """A square of 200 m a side, its corners numbered round."""
    return WalkNetwork.from_edges([0, 200, 200, 0], [0, 0, 200, 200], [0, 1, 2, 3], [1, 2, 3, 0], [200.0] * 4)


def rows(stretches):
    return list(zip(stretches.edge.tolist(), stretches.start.tolist(), stretches.end.tolist(), strict=True))


def test_edges_are_cut_at_the_limit(street):
    assert rows(reached_edges(street, 1, 15)) == [(0, 0, 1), (1, 0, 1), (2, 0, 0.5)]


def test_an_edge_reached_from_both_ends_leaves_a_gap_or_is_whole(block):
    assert rows(reached_edges(block, 0, 250)) == [(0, 0, 1), (1, 0, 0.25), (2, 0.75, 1), (3, 0, 1)]
    assert rows(reached_edges(block, [0, 2], 100)) == [
        (0, 0, 0.5), (1, 0.5, 1), (2, 0, 0.5), (3, 0.5, 1),
    ]  # fmt: skip
    assert rows(reached_edges(block, [0, 1], 100))[0] == (0, 0, 1)


def test_a_one_way_edge_is_entered_from_its_beginning_alone_and_inward_from_its_end():
    net = WalkNetwork.from_edges([0, 100], [0, 0], [0], [1], [100.0], oneway=[True])
    assert rows(reached_edges(net, 0, 30)) == [(0, 0, 0.3)]
    assert rows(reached_edges(net, 1, 30)) == []
    assert rows(reached_edges(net, 1, 30, inward=True)) == [(0, 0.7, 1)]
    assert rows(reached_edges(net, 0, 30, inward=True)) == []


def test_a_delay_is_spread_over_its_edge():
    net = WalkNetwork.from_edges([0, 10], [0, 0], [0], [1], [10.0], [Flag.CROSSING])
    waits = net.impedance(Persona("waits", 1.0, 1.0, crossing_delay_s=10, signal_delay_s=0))
    assert rows(reached_edges(waits, 0, 5)) == [(0, 0, 0.25)]


def test_lines_end_exactly_at_the_nodes(block):
    lines = reached_edges(block, 0, 250).lines(block)
    assert [line.wkt for line in lines[:2]] == ["LINESTRING (0 0, 200 0)", "LINESTRING (200 0, 200 50)"]
    assert len(reached_edges(WalkNetwork.from_edges([0], [0], [], [], []), 0, 9).lines(block)) == 0


@settings(max_examples=250, deadline=None)
@given(networks(most=12, oneway=True), st.data())
def test_stretches_equal_the_cost_of_every_point(net, data):
    origins = data.draw(st.lists(st.integers(0, net.node_count - 1), min_size=1, max_size=3))
    limit, inward = data.draw(st.integers(1, 150)), data.draw(st.booleans())
    distances = distances_dm(net)
    distances = distances[:, origins].T if inward else distances[origins]
    reach = [min((int(d) for d in column if d >= 0), default=None) for column in distances.T]
    found = rows(reached_edges(net, origins, limit / 10, inward=inward))
    assert all(start < end for _, start, end in found)
    for edge in range(net.edge_count):
        costs = int(net.forward_dm[edge]), int(net.backward_dm[edge])
        out_of_u, out_of_v = costs[::-1] if inward else costs
        for share in SHARES:
            ways = [
                reach[node] + cost * part
                for node, cost, part in ((net.u[edge], out_of_u, share), (net.v[edge], out_of_v, 1 - share))
                if reach[node] is not None and cost >= 0
            ]
            held = any(start - 1e-9 <= share <= end + 1e-9 for e, start, end in found if e == edge)
            assert held == (min(ways, default=limit + 1) <= limit)


@settings(max_examples=200, deadline=None)
@given(networks(most=15), st.data())
def test_stretches_equal_the_distances_of_inserted_nodes(net, data):
    long = np.flatnonzero(net.length_dm > 1)
    edge = np.repeat(long, 4).astype(np.int32)
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    offset = rng.integers(1, net.length_dm[edge]).astype(np.int32) if len(edge) else edge
    nowhere = np.zeros(len(edge))
    joined, nodes = net.insert(Snap(edge, offset, nowhere, nowhere, nowhere))
    limit = data.draw(st.integers(1, 150)) / 10
    stretches = reached_edges(net, 0, limit)
    share = offset / net.length_dm[edge]
    on = (stretches.edge == edge[:, None]) & (stretches.start <= share[:, None] + 1e-9)
    held = (on & (share[:, None] <= stretches.end + 1e-9)).any(axis=1)
    assert held.tolist() == np.isfinite(nearest(joined, [0], limit)[nodes]).tolist()


def test_a_street_becomes_a_strip(street):
    area = catchment(street, 0, 25, width=2).plane[0]
    assert area.geom_type == "Polygon"
    assert area.bounds == pytest.approx((-2, -2, 27, 2), abs=0.05)
    assert area.area == pytest.approx(25 * 4 + np.pi * 4, rel=0.01)


def test_what_lies_inside_a_block_is_a_hole(block):
    area = catchment(block, 0, 400).plane[0]
    assert shapely.get_num_interior_rings(area) == 1
    assert shapely.polygons(shapely.get_interior_ring(area, 0)).area == pytest.approx(150 * 150)


def test_small_holes_are_filled_with_what_stands_in_them(block):
    assert shapely.get_num_interior_rings(catchment(block, 0, 400, smallest_hole_m2=23_000).plane[0]) == 0
    assert shapely.get_num_interior_rings(catchment(block, 0, 400, smallest_hole_m2=22_000).plane[0]) == 1
    u, v = np.append(block.u, 4), np.append(block.v, 5)
    islet = WalkNetwork.from_edges([*block.x, 99, 101], [*block.y, 100, 100], u, v, [200.0] * 4 + [2.0])
    kept = catchment(islet, [0, 4], 400, width=10).plane[0]
    filled = catchment(islet, [0, 4], 400, width=10, smallest_hole_m2=40_000).plane[0]
    assert (kept.geom_type, filled.geom_type) == ("MultiPolygon", "Polygon")


def test_limits_keep_their_order_and_areas_are_nested(block):
    found = catchment(block, 0, [250, 100, 250, 400])
    assert found.limits_m.tolist() == [250, 100, 250, 400]
    middle, small, again, large = found.plane
    assert middle.equals(again)
    assert small.area < middle.area < large.area
    assert large.covers(middle)
    assert middle.covers(small)


CROSSING = WalkNetwork.from_edges(
    [261.9, 221.7, 69.7, 105.9, 286.1, 132.5, 241.7, 162.3, 227.7, 136.4],
    [141.1, 56.4, 127.6, 271.1, 171, 203.7, 189.7, 162.7, 233.7, 14.3],
    [6, 5, 8, 2, 0, 4, 7, 1],
    [9, 8, 2, 0, 3, 7, 9, 6],
    [20.8, 9.9, 26.8, 110.5, 17, 83.5, 15.3, 98.1],
)


def crossing_streets(seed):
    """A network whose edges cross without a node, its origins, limits and width."""
    rng = np.random.default_rng(seed)
    n = rng.integers(4, 14)
    e = rng.integers(3, 2 * n)
    x, y = rng.integers(0, 3000, (2, n)) / 10
    net = WalkNetwork.from_edges(x, y, *rng.integers(0, n, (2, e)), rng.integers(1, 1500, e) / 10)
    limits = np.sort(rng.uniform(20, 400, rng.integers(2, 4)))
    return net, rng.integers(0, n, 2), limits, rng.choice([1.0, 3.0, 10.0, 25.0])


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1).map(crossing_streets))
@example((CROSSING, [6, 5], [120, 333.3], 3.0))  # A spike of a face, a tenth of a millimetre wide.
def test_each_of_several_areas_is_that_of_its_limit_alone_and_of_those_below(drawn):
    net, origins, limits, width = drawn
    found = catchment(net, origins, limits, width=width, smallest_hole_m2=0).plane
    alone = [catchment(net, origins, limit, width=width, smallest_hole_m2=0).plane[0] for limit in limits]
    joined = [shapely.union_all(alone[: k + 1], grid_size=0.001) for k in range(len(alone))]
    # On a grid, since without one GEOS may take outlines that all but coincide for a hole, or fill one.
    apart = shapely.symmetric_difference([joined, alone], found, grid_size=0.001)
    hair = np.array([[0.003], [0.003 + 0.01 * width]])  # Arcs are true to a hundredth of the width.
    assert shapely.is_empty(shapely.buffer(apart, -hair / 2)).all()
    assert shapely.covers(found[1:], found[:-1]).all()


def test_an_origin_without_edges_has_a_disc(street):
    found = catchment(street, [5], [5, 10], width=10)
    assert found.plane[0].area == pytest.approx(np.pi * 100, rel=0.01)
    assert found.plane[1].equals(found.plane[0])
    both = catchment(street, [0, 5], 5, width=1).plane[0]
    assert len(shapely.get_parts(both)) == 2


def test_areas_in_longitude_and_latitude():
    projection = LocalProjection(104.06, 30.67)
    net = WalkNetwork.from_edges([0, 200, 200], [0, 0, 900], [0, 1], [1, 2], [200.0, 900.0], projection=projection)
    alone = catchment(net, 0, 150)
    xy = projection.forward(*shapely.get_coordinates(alone.lonlat[0]).T)
    assert np.allclose(np.stack(xy, 1), shapely.get_coordinates(alone.plane[0]), atol=1e-6)
    found = catchment(net, 0, [1000, 600, 150])
    assert shapely.covers(found.lonlat[:-1], found.lonlat[1:]).all()
    back = shapely.transform(found.lonlat, lambda at: np.stack(projection.forward(*at.T), 1))
    assert (shapely.hausdorff_distance(back, found.plane) < 0.01).all()


def test_streets_that_all_but_coincide():
    net = network_of("cycles", 12, 5161, longest_dm=400)  # Its faces overlap by a hair unless rounded to a grid.
    area = catchment(net, [0, 6], 20, width=4).plane[0]
    plain = shapely.union_all(shapely.buffer(reached_edges(net, [0, 6], 20).lines(net), 4))
    assert area.symmetric_difference(plain).area < 0.01 * plain.area


@settings(max_examples=150, deadline=None)
@given(networks(most=25, longest_dm=400, oneway=True), st.data())
def test_areas_hold_what_is_near_the_stretches_and_nothing_else(net, data):
    origins = data.draw(st.lists(st.integers(0, net.node_count - 1), min_size=1, max_size=3))
    limits = sorted(data.draw(st.lists(st.integers(1, 120), min_size=1, max_size=3)))
    width = data.draw(st.sampled_from([0.5, 4.0, 20.0]))
    net = replace(net, projection=LocalProjection(104.06, 30.67))
    found = catchment(net, origins, limits, width=width, smallest_hole_m2=0)
    points = shapely.points(*np.random.default_rng(1).uniform(-30, 130, (2, 300)))
    starts = shapely.points(net.x[origins], net.y[origins])
    for limit, area in zip(limits, found.plane, strict=True):
        assert area.is_valid
        lines = reached_edges(net, origins, limit).lines(net)
        away = shapely.distance(shapely.geometrycollections([*lines, *starts]), points)
        inside = shapely.intersects(area, points)
        slack = 0.02 * width + 0.002
        assert inside[away < width - slack].all()
        assert not inside[away > width + slack].any()
    assert shapely.covers(found.plane[1:], found.plane[:-1]).all()
    assert shapely.covers(found.lonlat[1:], found.lonlat[:-1]).all()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"origins": []}, "origins is empty"),
        ({"origins": 6}, "origins names node 6, but nodes are numbered 0 to 5"),
        ({"origins": -1}, "origins names node -1"),
        ({"origins": 0.5}, "origins must hold whole numbers"),
        ({"limits": []}, "limits must be one number of metres or a sequence"),
        ({"limits": [[100]]}, "limits must be one number of metres or a sequence"),
        ({"limits": "800"}, "limits must be one number of metres or a sequence of some, not '800'"),
        ({"limits": ["800"]}, "limits must be one number of metres or a sequence"),
        ({"limits": [[800], 900]}, "limits must be one number of metres or a sequence"),
        ({"limits": None}, "limits must be one number of metres or a sequence of some, not None"),
        ({"limits": np.array([800], "m8[s]")}, "limits must be one number of metres or a sequence"),
        ({"limits": 0}, "limits must be positive"),
        ({"limits": [100, -5]}, "limits must be positive numbers of metres up to 1000000, not -5"),
        ({"limits": np.nan}, "limits must be positive"),
        ({"limits": np.inf}, "limits must be positive"),
        ({"width": 0}, "width must be a positive"),
        ({"width": np.nan}, "width must be a positive"),
        ({"smallest_hole_m2": -1}, "smallest_hole_m2 must be"),
        ({"smallest_hole_m2": np.nan}, "smallest_hole_m2 must be"),
    ],
)
def test_refuses(street, given, says):
    with pytest.raises(ValueError, match=says):
        catchment(street, **({"origins": 0, "limits": 100} | given))


def test_refuses_stretches_without_a_limit_or_an_origin(street):
    with pytest.raises(ValueError, match="limit must be a positive number"):
        reached_edges(street, 0, 0)
    with pytest.raises(ValueError, match="origins is empty"):
        reached_edges(street, [], 10)


def test_refuses_degrees_where_the_plane_is_not_known(street):
    with pytest.raises(ValueError, match="no projection"):
        _ = catchment(street, 0, 10).lonlat
