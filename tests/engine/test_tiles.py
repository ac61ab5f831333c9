"""A network in tiles answers as the whole does, wherever its tiles are cut and whatever its edges cost."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.graphs import network_of, networks
from xiuhua.engine import reach, tiles
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.projection import LocalProjection

LIMITS = st.sampled_from([0.1, 0.7, 3.0, 9.9, 10.0, 10.1, 60.0, 500.0])
SIDES = st.sampled_from([3.0, 10.0, 40.0, 1000.0])


def street(nodes=11, step=10.0, **edge):
    """Nodes every step along a line."""
    x = np.arange(nodes) * step
    u = np.arange(nodes - 1)
    return WalkNetwork.from_edges(x, np.zeros(nodes), u, u + 1, np.full(nodes - 1, step), **edge)


@settings(max_examples=25)
@given(networks(oneway=True), SIDES, LIMITS, st.integers(0, 2**32 - 1))
def test_nearest_is_that_of_the_whole(net, side, limit, seed):
    rng = np.random.default_rng(seed)
    nodes = rng.integers(0, net.node_count, rng.integers(0, 6))
    kind = rng.integers(0, 3, len(nodes))
    whole = reach.nearest_each(net, nodes, kind, 3, limit)
    assert np.array_equal(tiles.nearest_each(net, nodes, kind, 3, limit, side=side), whole)


@settings(max_examples=25)
@given(networks(oneway=True), SIDES, LIMITS, st.integers(0, 2**32 - 1))
@example(network_of("grid", 36, 1), 40.0, 10.0, 0)
def test_totals_are_those_of_the_whole(net, side, limit, seed):
    rng = np.random.default_rng(seed)
    people = np.column_stack([rng.integers(0, 1000, net.node_count), rng.random(net.node_count)])
    whole, cut = reach.totals(net, people, limit), tiles.totals(net, people, limit, side=side)
    assert np.array_equal(cut[:, 0], whole[:, 0])
    assert np.allclose(cut[:, 1], whole[:, 1], rtol=1e-9, atol=0)


@settings(max_examples=15)
@given(networks(oneway=True), SIDES, LIMITS)
def test_every_node_is_owned_once_and_arrays_are_those_of_the_whole(net, side, limit):
    owned = []
    for tile in tiles.tiles(net, side, limit):
        own = tile.node[tile.own]
        owned.extend(own.tolist())
        inside = len(tile.node) - len(tile.fringe)
        assert np.array_equal(tile.network.x[:inside], net.x[tile.node[:inside]])
        assert np.array_equal(tile.node[tile.network.u], net.u[tile.edge])
        assert np.array_equal(tile.node[tile.network.v], net.v[tile.edge])
        for name in tiles.OF_EDGES:
            assert np.array_equal(getattr(tile.network, name), getattr(net, name)[tile.edge])
        assert not tiles.leaks(tile, limit)
        assert np.array_equal(tile.node[tile.local(own)], own)
    assert sorted(owned) == list(range(net.node_count))


def test_no_tile_sees_more_than_it_needs():
    net = street(201)
    for tile in tiles.tiles(net, 100.0, 50.0):
        assert tile.own.sum() <= 10
        assert len(tile.node) <= 10 + 2 * 8


def test_tiles_without_nodes_are_left_out():
    net = WalkNetwork.from_edges([0.0, 1e4], [0.0, 1e4], [0], [1], [10.0])
    assert [tile.number for tile in tiles.tiles(net, 1000.0, 300.0)] == [0, 11 * 11 - 1]


def test_an_edge_longer_than_the_halo_is_walked_where_it_is_cheap():
    """A moving walkway: 5 km that cost ten metres. Its far end is nearer than the halo is wide."""
    x = [0.0, 10.0, 5000.0, 5010.0]
    net = WalkNetwork.from_edges(x, np.zeros(4), [0, 1, 2], [1, 2, 3], [10.0, 10.0, 10.0])
    whole = reach.nearest(net, [3], 40.0)
    assert np.array_equal(tiles.nearest_each(net, [3], [0], 1, 40.0, side=100.0)[0], whole)
    assert whole[0] == 30.0


def test_a_facility_at_the_limit_counts_and_one_beyond_it_does_not():
    net = street()
    at, beyond = (tiles.nearest_each(net, [10], [0], 1, limit, side=10.0)[0] for limit in (50.0, 49.9))
    assert np.flatnonzero(np.isfinite(at)).tolist() == [5, 6, 7, 8, 9, 10]
    assert np.flatnonzero(np.isfinite(beyond)).tolist() == [6, 7, 8, 9, 10]


def test_one_way_edges_are_walked_one_way_across_a_border():
    net = street(oneway=np.ones(10, bool))
    metres = tiles.nearest_each(net, [5], [0], 1, 30.0, side=20.0)[0]
    assert np.flatnonzero(np.isfinite(metres)).tolist() == [2, 3, 4, 5]


def test_timetables_and_projection_go_with_the_tile():
    shut = np.zeros((1, 168), bool)
    net = street(timetable=np.zeros(10, np.int16), timetables=shut, projection=LocalProjection(121.0, 31.0))
    tile = next(tiles.tiles(net, 50.0, 20.0))
    assert np.array_equal(tile.network.timetables, shut)
    assert tile.network.projection == net.projection


def test_points_beyond_the_tiling_belong_to_the_nearest_tile():
    tiling = tiles.Tiling.over([0.0, 299.0], [0.0, 99.0], 100.0)
    assert (tiling.columns, tiling.rows) == (3, 1)
    assert tiling.of([-50.0, 150.0, 1e9], [0.0, 1e9, -1e9]).tolist() == [0, 1, 2]
    assert tiling.near(1, 0.5) == [0, 1, 2]
    assert tiling.near(0, 1e300) == [0, 1, 2]


@pytest.mark.parametrize("side", [0.0, -1.0, np.nan, np.inf])
def test_a_side_that_is_no_length_is_refused(side):
    with pytest.raises(ValueError, match="side"):
        next(tiles.tiles(street(), side, 10.0))


def test_a_side_of_nothing_much_is_refused():
    with pytest.raises(ValueError, match="side must be longer"):
        tiles.Tiling.over([0.0, 1e6], [0.0, 1e6], 0.5)


@pytest.mark.parametrize("limit", [0.0, -1.0, np.nan])
def test_a_limit_that_is_no_length_is_refused(limit):
    with pytest.raises(ValueError, match="limit"):
        next(tiles.tiles(street(), 50.0, limit))


@pytest.mark.parametrize(
    ("nodes", "kind", "named"),
    [([99], [0], "nodes"), ([1], [2], "category"), ([1, 2], [0], "nodes and category")],
)
def test_facilities_that_do_not_exist_are_refused(nodes, kind, named):
    with pytest.raises(ValueError, match=named):
        tiles.nearest_each(street(), nodes, kind, 2, 10.0, side=50.0)


@pytest.mark.parametrize("weights", [np.ones(3), np.full(11, np.nan), np.ones((11, 1, 1))])
def test_weights_that_do_not_fit_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        tiles.totals(street(), weights, 10.0, side=50.0)
