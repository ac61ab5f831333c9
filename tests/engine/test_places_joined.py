"""What a planner would try first: places handed to functions that ask for nodes."""

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.engine import places, reach
from xiuhua.engine.catchment import catchment
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.projection import LocalProjection

PLANE = LocalProjection(104.06, 30.66)


def town(seed):
    """A tree of straight streets with some more across, a third of them one-way; no projection's error, metres."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 30))
    x, y = rng.uniform(0, 600, (2, n))
    extra = rng.integers(0, n, (2, n))
    u = np.concatenate([np.arange(1, n), extra[0]])
    v = np.concatenate([(rng.random(n - 1) * np.arange(1, n)).astype(int), extra[1]])
    oneway = rng.random(len(u)) < 0.3
    return WalkNetwork.from_edges(x, y, u, v, np.hypot(x[u] - x[v], y[u] - y[v]), oneway=oneway, projection=PLANE)


def beside(net, count, seed):
    """Longitude and latitude of places within a few metres of the streets."""
    rng = np.random.default_rng(seed)
    edge, along = rng.integers(0, net.edge_count, count), rng.random(count)
    x = net.x[net.u[edge]] + along * (net.x[net.v[edge]] - net.x[net.u[edge]]) + rng.uniform(-5, 5, count)
    y = net.y[net.u[edge]] + along * (net.y[net.v[edge]] - net.y[net.u[edge]]) + rng.uniform(-5, 5, count)
    return np.column_stack(PLANE.inverse(x, y))


@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
@settings(max_examples=25, deadline=None)
def test_nearest_equals_what_one_gets_by_hand(seed, count):
    net = town(seed)
    clinics = beside(net, count, seed)
    by_hand, at = net.insert(net.snap(*PLANE.forward(*clinics.T), 100))
    own = net.node_count

    metres = reach.nearest(net, clinics, 900)
    assert metres.shape == (own,)
    assert np.array_equal(metres, reach.nearest(by_hand, at, 900)[:own])

    found, expected = reach.nearest(net, clinics, 900, k=2), reach.nearest(by_hand, at, 900, k=2)
    assert np.array_equal(found.metres, expected.metres[:own])
    assert np.array_equal(found.which, expected.which[:own])

    category = np.arange(count) % 2
    each = reach.nearest_each(net, shapely.points(clinics), category, 2, 900)
    assert np.array_equal(each, reach.nearest_each(by_hand, at, category, 2, 900)[:, :own])


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_matrix_equals_what_one_gets_by_hand(seed, homes, clinics):
    net = town(seed)
    homes, clinics = beside(net, homes, seed + 1), beside(net, clinics, seed + 2)
    both = np.concatenate([homes, clinics])
    by_hand, at = net.insert(net.snap(*PLANE.forward(*both.T), 100))
    expected = reach.matrix(by_hand, at[: len(homes)], at[len(homes) :], 900)
    table = geopandas.GeoDataFrame(geometry=shapely.points(homes), crs=4326)
    for given_homes in (homes, table):
        found = reach.matrix(net, given_homes, clinics, 900)
        assert found.shape == expected.shape
        assert np.array_equal(found.indptr, expected.indptr)
        assert np.array_equal(found.indices, expected.indices)
        assert np.array_equal(found.data, expected.data)


@pytest.mark.parametrize("seed", range(4))
def test_the_catchment_of_a_place_begins_where_the_place_meets_the_way(seed):
    net = town(seed)
    one = beside(net, 1, seed)[0]
    snap = net.snap(*PLANE.forward(*one[:, None]), 100)
    by_hand, at = net.insert(snap)
    found, expected = catchment(net, tuple(one), [100, 300]), catchment(by_hand, at, [100, 300])
    assert shapely.equals_exact(found.plane, expected.plane).all()
    assert shapely.distance(found.plane, shapely.points(snap.x, snap.y)).tolist() == [0, 0]
    by_point, by_node = catchment(net, shapely.Point(one), 300), catchment(by_hand, int(at[0]), 300)
    assert shapely.equals_exact(by_point.plane, by_node.plane).all()


def test_nodes_and_places_mix():
    net = town(5)
    clinics = beside(net, 2, 5)
    found = reach.matrix(net, [0, 1], clinics, 900)
    there = places.placed(net, clinics)
    assert np.array_equal(found.toarray(), reach.matrix(there.net, [0, 1], there.nodes, 900).toarray())


NET = town(5)
FAR = PLANE.inverse(300.0, 690.0)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda at: reach.nearest(NET, at, 900), "nodes: 1 of 2 places"),
        (lambda at: reach.nearest_each(NET, at, [0, 0], 1, 900), "nodes: 1 of 2 places"),
        (lambda at: reach.matrix(NET, at, [0], 900), "origins: 1 of 2 places"),
        (lambda at: reach.matrix(NET, [0], at, 900), "destinations: 1 of 2 places"),
        (lambda at: catchment(NET, at, 900), "origins: 1 of 2 places"),
    ],
)
def test_a_place_without_a_way_refuses_by_name(make, says):
    with pytest.raises(ValueError, match=says):
        make([beside(NET, 1, 5)[0], FAR])
    with pytest.raises(ValueError, match="outside the network"):
        make([(0.0, 0.0), (0.0, 0.0)])


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: reach.nearest(NET, geopandas.GeoSeries([], crs=4326), 900), "nodes is empty"),
        (lambda: reach.matrix(NET, np.empty((0, 2)), [0], 900), "origins is empty"),
        (lambda: reach.matrix(NET, beside(NET, 1, 5), [NET.node_count], 900), "destinations names node"),
        (lambda: reach.nearest_each(NET, beside(NET, 2, 5), [0], 1, 900), "nodes and category"),
    ],
)
def test_refuses(make, says):
    with pytest.raises(ValueError, match=says):
        make()
