"""Whatever says where places are is put on the network by one adapter; here a grid of streets in Chengdu."""

import sys
from dataclasses import replace

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graphs import distances_dm
from xiuhua.engine import reach
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.places import frame, joined, placed
from xiuhua.engine.projection import LocalProjection

CHENGDU = LocalProjection(104.06, 30.66)


def grid(side=4, block=100.0):
    """Nodes numbered row by row from the south-west, `block` metres apart."""
    number = np.arange(side * side).reshape(side, side)
    u = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    v = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    y, x = np.divmod(np.arange(side * side), side)
    length = np.full(len(u), block)
    return WalkNetwork.from_edges(x * block, y * block, u, v, length, projection=CHENGDU)


NET = grid()
XY = np.array([[130.0, 4], [200, 260], [301, -2]])
"""On the southern street, on a street northwards, and at the south-eastern corner."""
PAIRS = np.column_stack(CHENGDU.inverse(*XY.T))
POINTS = shapely.points(PAIRS)
FRAME = geopandas.GeoDataFrame({"people": [3, 4, 5]}, geometry=POINTS, crs=4326)
BUILDINGS = shapely.transform(
    np.array([shapely.box(x - 1, y - 1, x + 1, y + 1) for x, y in XY]),
    lambda xy: np.column_stack(CHENGDU.inverse(*xy.T)),
)


class Landmark:
    """Anything that knows its GeoJSON."""

    def __init__(self, lon, lat):
        self.__geo_interface__ = {"type": "Point", "coordinates": (lon, lat)}


WAYS = {
    "an array of pairs": PAIRS,
    "a list of pairs": [tuple(pair) for pair in PAIRS.tolist()],
    "an array of points": POINTS,
    "a list of points": list(POINTS),
    "a table with geometries": FRAME,
    "a series of geometries": FRAME.geometry,
    "an array of geometries with a CRS": FRAME.geometry.values,
    "a table in UTM": FRAME.to_crs(32648),
    "a table in Web Mercator": FRAME.to_crs(3857),
    "footprints": BUILDINGS,
    "a table of footprints in metres": geopandas.GeoDataFrame(geometry=BUILDINGS, crs=4326).to_crs(32648),
    "multipart": [shapely.MultiPolygon([BUILDINGS[0]]), shapely.MultiPoint([POINTS[1]]), POINTS[2]],
    "a table with lon and lat": pd.DataFrame(PAIRS, columns=["lon", "lat"]),
    "a table with lng and lat": pd.DataFrame(PAIRS, columns=["lng", "lat"]),
    "a table with latitude and longitude": pd.DataFrame(PAIRS[:, ::-1], columns=["latitude", "longitude"]),
    "a series of points": pd.Series(list(POINTS), index=[7, 3, 5]),
    "landmarks": [Landmark(*pair) for pair in PAIRS.tolist()],
}


@pytest.mark.parametrize("given", WAYS.values(), ids=WAYS)
def test_each_way_to_say_where_is_understood(given):
    there = placed(NET, given)
    assert there.nodes.tolist() == [16, 17, 3]
    assert there.net.node_count == 18
    np.testing.assert_allclose(there.net.x[there.nodes], [130, 200, 300], atol=0.05)
    np.testing.assert_allclose(there.net.y[there.nodes], [0, 260, 0], atol=0.05)
    np.testing.assert_allclose(there.distance_m, [4, 0, 5**0.5], atol=0.05)
    np.testing.assert_allclose(np.column_stack([there.lon, there.lat]), PAIRS, atol=1e-7)
    assert len(there) == 3
    assert there.unplaced.tolist() == []


@pytest.mark.parametrize(
    "one", [tuple(PAIRS[0]), list(PAIRS[0]), PAIRS[0], POINTS[0], BUILDINGS[0], Landmark(*PAIRS[0])]
)
def test_one_place_is_a_row_of_one(one):
    assert placed(NET, one).nodes.tolist() == [16]


@pytest.mark.parametrize("nodes", [[3, 3, 0], np.array([3, 3, 0], np.uint8), pd.Series([3, 3, 0])])
def test_nodes_stay_as_they_are(nodes):
    there = placed(NET, nodes)
    assert there.net is NET
    assert there.nodes.tolist() == [3, 3, 0]
    assert there.distance_m.tolist() == [0, 0, 0]
    np.testing.assert_allclose(CHENGDU.forward(there.lon, there.lat)[0], [300, 300, 0], atol=1e-6)


@pytest.mark.parametrize("nothing", [[], np.empty((0, 2)), FRAME[:0], np.array([], object)])
def test_no_places_are_no_nodes(nothing):
    there = placed(NET, nothing)
    assert there.nodes.tolist() == there.unplaced.tolist() == []
    assert there.net.node_count == 16


def test_what_lies_off_any_way_is_told_and_kept_in_place():
    nearby, other_side = CHENGDU.inverse(150, 350), (-76.0, -30.66)
    there = placed(NET, [PAIRS[0], nearby, other_side, PAIRS[2]], limit=40)
    assert there.unplaced.tolist() == [1, 2]
    assert there.nodes[[0, 3]].tolist() == [16, 3]
    assert there.distance_m[[1, 2]].tolist() == [np.inf, np.inf]
    assert placed(NET, [nearby], limit=51).unplaced.tolist() == []


def test_a_missing_geometry_is_unplaced():
    there = placed(NET, geopandas.GeoSeries([POINTS[0], None, shapely.Point(), shapely.Polygon()], crs=4326))
    assert there.unplaced.tolist() == [1, 2, 3]
    assert np.isnan(there.lon).tolist() == [False, True, True, True]


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
@settings(max_examples=40, deadline=None)
def test_values_spread_and_come_back(seed, count):
    """People are kept in sum, distances between the network's own nodes stay, and each place reads its own node."""
    rng = np.random.default_rng(seed)
    pairs = np.column_stack(CHENGDU.inverse(*rng.uniform(-150, 450, (2, count))))
    there, people = placed(NET, pairs, limit=500), rng.integers(0, 9, (count, 2)).astype(float)
    sums = there.spread(people)
    assert sums.shape == (there.net.node_count, 2)
    assert sums.sum(axis=0).tolist() == people.sum(axis=0).tolist()
    assert np.array_equal(there.spread(people[:, 0]), sums[:, 0])
    assert there.back(np.arange(there.net.node_count)).tolist() == there.nodes.tolist()
    assert np.array_equal(distances_dm(there.net)[:16, :16], distances_dm(NET))


def test_back_says_nothing_of_the_unplaced_and_keeps_precision():
    there = placed(NET, [PAIRS[0], CHENGDU.inverse(150, 350)], limit=40)
    metres = reach.nearest(there.net, [0], 1000)
    assert metres.dtype == there.back(metres).dtype == np.float32
    np.testing.assert_array_equal(there.back(metres), [130, np.nan])
    np.testing.assert_array_equal(there.back(metres, fill=np.inf), [130, np.inf])
    np.testing.assert_array_equal(there.back(np.stack([metres, metres], axis=1))[0], [130, 130])


def test_people_without_a_way_are_lost_only_if_one_says_so():
    there = placed(NET, [PAIRS[0], CHENGDU.inverse(150, 350)], limit=40)
    assert there.spread([5, 0]).sum() == 5
    assert there.spread([5, 3], leave_unplaced=True).sum() == 5
    with pytest.raises(ValueError, match=r"values at 1 of 2 places \(positions 1\) would be lost, 3 in sum"):
        there.spread([5, 3])
    with pytest.raises(ValueError, match="would be lost"):
        there.spread([[5, 0], [0, 3]])


def test_several_sets_join_one_network():
    net, (homes, clinics, gates) = joined(NET, homes=PAIRS[:2], clinics=FRAME[1:], gates=[5, 6])
    assert (homes.tolist(), clinics.tolist(), gates) == ([16, 17], [17, 3], [5, 6])
    assert net.node_count == 18


@pytest.mark.parametrize("nodes", [[5, 6], 5, np.int32(5), [], [0.5], np.array([], str)])
def test_what_is_no_place_is_left_to_the_caller(nodes):
    net, (same,) = joined(NET, nodes=nodes)
    assert net is NET
    assert same is nodes


def test_frames_plot_nodes_and_places():
    nodes = frame(NET, metres=reach.nearest(NET, [0], 1000), people=np.ones((16, 1)))
    assert nodes.crs == 4326
    assert list(nodes.columns) == ["metres", "people", "geometry"]
    np.testing.assert_allclose(CHENGDU.forward(nodes.geometry.x, nodes.geometry.y)[0], NET.x, atol=1e-6)
    there = placed(NET, FRAME)
    places = frame(there, metres=there.back(there.net.x))
    assert shapely.equals_exact(places.geometry, POINTS, 1e-9).all()
    np.testing.assert_allclose(places.metres, [130, 200, 300], atol=0.05)


def test_without_geopandas_a_frame_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(ImportError, match=r"pip install xiuhua\[scale\]"):
        frame(NET)


BARE = replace(NET, projection=None)
LINE = shapely.LineString(PAIRS)
THERE = placed(NET, PAIRS)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: placed(NET, FRAME.set_crs(None, allow_override=True)), r"places has no CRS.*set_crs\(4326\)"),
        (lambda: placed(NET, geopandas.GeoDataFrame({"a": [1]})), "places has no column of geometries"),
        (lambda: placed(NET, pd.DataFrame({"x": [1.0], "y": [2.0]})), "lon and lat .*lng and lat.* has x, y"),
        (lambda: placed(NET, pd.DataFrame()), "has none"),
        (lambda: placed(NET, PAIRS[:, ::-1]), "latitude first"),
        (lambda: placed(replace(NET, projection=LocalProjection(30.66, 10.0)), [(10.0, 30.66)]), "swapped"),
        (lambda: placed(NET, XY + 5000), "are these metres"),
        (lambda: placed(NET, XY[:1] / 100), "outside the network, all of them.*another town"),
        (lambda: placed(NET, [(116.4, 39.9)]), "outside the network, all of them"),
        (lambda: placed(NET, [(-76.0, -30.66)]), "outside the network, all of them"),
        (lambda: placed(NET, PAIRS.T), r"one pair \(lon, lat\) a row"),
        (lambda: placed(NET, [PAIRS.T[0, :2], PAIRS.T[1, :2]]), "latitude first|outside the network|degrees"),
        (lambda: placed(NET, (PAIRS[:, 0], PAIRS[:, 1])), "np.column_stack"),
        (lambda: placed(NET, [(104.0, 30.0), (104.0,)]), "all of the same length"),
        (lambda: placed(NET, PAIRS * np.nan), "places must have finite coordinates"),
        (lambda: placed(NET, [LINE]), "points or polygons, but at position 0 there is LineString"),
        (lambda: placed(NET, [POINTS[0], 5]), "or geometries, but at position 1 there is int"),
        (lambda: placed(NET, pd.Series(["market"], dtype=object)), "node numbers.*at position 0 there is str"),
        (lambda: placed(NET, POINTS.reshape(1, 3)), "places must have one dimension"),
        (lambda: placed(NET, [16]), "places names node 16"),
        (lambda: placed(NET, [0.5]), "places must hold whole numbers"),
        (lambda: placed(NET, ["a"]), "places must be node numbers, .*, or geometries, not 'a'"),
        (lambda: joined(NET, nodes="market"), "nodes must be node numbers, .*, not 'market'"),
        (lambda: placed(NET, [[0], [1]]), "places must have one dimension"),
        (lambda: placed(NET, [["a", "b"]]), "places must be node numbers"),
        (lambda: placed(NET, PAIRS, limit="50"), "limit must be one number of metres, not '50'"),
        (lambda: placed(NET, PAIRS, limit=0), "limit must be a positive number of metres"),
        (lambda: placed(NET, [1], limit=np.nan), "limit must be a positive number of metres"),
        (lambda: placed(BARE, PAIRS), "no projection to put places"),
        (lambda: joined(NET, homes=[CHENGDU.inverse(150, 350), CHENGDU.inverse(150, 399), CHENGDU.inverse(150, 401)]),
         r"homes: 1 of 3 places \(positions 2\) have no way within 100 m"),
        (lambda: joined(NET, homes=PAIRS, clinics=[16]), "clinics names node 16"),
        (lambda: joined(BARE, homes=PAIRS), "no projection to put homes"),
        (lambda: THERE.spread([1, 2]), "values must have 3 rows"),
        (lambda: THERE.spread(5), "values must have 3 rows"),
        (lambda: THERE.spread([1, 2, np.nan]), "values must be finite"),
        (lambda: THERE.back(np.zeros(16)), r"per_node must have 18 rows.*another network"),
        (lambda: THERE.back(5), "per_node must have 18 rows"),
        (lambda: frame(NET, metres=np.zeros(3)), "column metres must have 16 values"),
        (lambda: frame(BARE), "no projection"),
        (lambda: frame(placed(BARE, [1])), "no projection"),
    ],
)  # fmt: skip
def test_refuses(make, says):
    with pytest.raises(ValueError, match=says):
        make()
