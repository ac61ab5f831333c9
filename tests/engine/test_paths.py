import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graphs import distances_dm, network_of, networks
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.paths import paths
from xiuhua.engine.projection import LocalProjection


@pytest.fixture
def ring():
    """A square of 10 m a side, its corners numbered round, and a node on its own."""
    u, v = [0, 1, 2, 3], [1, 2, 3, 0]
    projection = LocalProjection(104.06, 30.67)
    return WalkNetwork.from_edges([0, 10, 10, 0, 99], [0, 0, 10, 10, 99], u, v, [10.0] * 4, projection=projection)


def test_nodes_and_edges_from_origin_to_destination(ring):
    found = paths(ring, [0, 1, 3, 0], [3, 3, 3, 4], 100)
    assert found.metres.tolist() == [10, 20, 0, np.inf]
    assert found.indptr.tolist() == [0, 2, 5, 6, 6]
    assert found.nodes.tolist() == [0, 3, 1, 2, 3, 3]
    assert found.edges.tolist() == [-1, 3, -1, 1, 2, -1]
    assert [part.tolist() for part in found.of(1)] == [[1, 2, 3], [1, 2]]
    assert [part.tolist() for part in found.of(3)] == [[], []]
    assert len(found) == 4


def test_beyond_the_limit_there_is_no_path(ring):
    assert paths(ring, [0, 0], [1, 2], 19.9).metres.tolist() == [10, np.inf]
    assert paths(ring, 0, 2, 20).metres.tolist() == [20]


def test_one_way_edges_are_walked_one_way(ring):
    round_it = WalkNetwork.from_edges(ring.x, ring.y, ring.u, ring.v, [10.0] * 4, oneway=[True] * 4)
    assert paths(round_it, 1, 0, 100).nodes.tolist() == [1, 2, 3, 0]


def test_the_edge_of_lowest_number_among_parallel_ones():
    net = WalkNetwork.from_edges([0, 1], [0, 0], [0, 1, 0], [1, 0, 1], [9.0, 5.0, 5.0])
    assert paths(net, [0], [1], 100).edges.tolist() == [-1, 1]


def test_edges_of_no_length_make_no_circles():
    u, v = [0, 1, 2, 0, 1], [1, 2, 0, 2, 3]
    net = WalkNetwork.from_edges([0] * 4, [0] * 4, u, v, [0.0] * 5)
    found = paths(net, [0, 3, 2], [3, 0, 1], 1)
    assert found.metres.tolist() == [0, 0, 0]
    for path in range(3):
        nodes, _ = found.of(path)
        assert len(np.unique(nodes)) == len(nodes)


def test_lines_on_the_plane_and_in_degrees(ring):
    found = paths(ring, [1, 3, 0], [3, 3, 4], 100)
    assert [line.wkt for line in found.plane] == [
        "LINESTRING (10 0, 10 10, 0 10)", "LINESTRING EMPTY", "LINESTRING EMPTY",
    ]  # fmt: skip
    xy = ring.projection.forward(*shapely.get_coordinates(found.lonlat[0]).T)
    assert np.allclose(np.stack(xy, 1), [[10, 0], [10, 10], [0, 10]], atol=1e-6)
    assert found.lonlat[2].is_empty


def test_places_are_joined_and_the_network_says_so(ring):
    lon, lat = ring.projection.inverse([5, 5], [0, 10])
    found = paths(ring, np.stack([lon[:1], lat[:1]], 1), np.stack([lon[1:], lat[1:]], 1), 100)
    assert found.net.node_count == 7
    assert found.metres.tolist() == [20]
    assert found.plane[0].length == pytest.approx(20, abs=1e-3)


def _checked(found, origins, destinations):
    """Every path is one: it joins up by open edges of its network, and costs what it says."""
    net = found.net
    for path, (origin, destination) in enumerate(zip(origins, destinations, strict=True)):
        nodes, edges = found.of(path)
        if np.isinf(found.metres[path]):
            assert len(nodes) == 0
            continue
        assert (nodes[0], nodes[-1], len(edges)) == (origin, destination, len(nodes) - 1)
        assert found.edges[found.indptr[path]] == -1
        along = (net.u[edges] == nodes[:-1]) & (net.v[edges] == nodes[1:]) & (net.forward_dm[edges] >= 0)
        back = (net.v[edges] == nodes[:-1]) & (net.u[edges] == nodes[1:]) & (net.backward_dm[edges] >= 0)
        assert (along ^ back).all()
        cost = np.where(along, net.forward_dm[edges], net.backward_dm[edges])
        assert np.float32(cost.sum() / 10) == found.metres[path]


@settings(max_examples=300, deadline=None)
@given(networks(oneway=True), st.data())
def test_lengths_equal_scipy_and_paths_join_up(net, data):
    node = st.integers(0, net.node_count - 1)
    origins, destinations = np.array(data.draw(st.lists(st.tuples(node, node), min_size=1, max_size=9))).T
    limit_dm = data.draw(st.integers(1, 400))
    expected = distances_dm(net)[origins, destinations]
    found = paths(net, origins, destinations, limit_dm / 10)
    assert (
        found.metres.tolist()
        == np.where((expected < 0) | (expected > limit_dm), np.inf, np.float32(expected / 10)).tolist()
    )
    _checked(found, origins, destinations)
    alone = paths(net, origins[-1:], destinations[-1:], limit_dm / 10)
    assert [part.tolist() for part in alone.of(0)] == [part.tolist() for part in found.of(len(origins) - 1)]


def test_many_origins_on_many_cores(monkeypatch):
    net = network_of("grid", 900, 3, longest_dm=300)
    origins, destinations = np.random.default_rng(3).integers(0, 900, (2, 5000))
    found = paths(net, origins, destinations, 400)
    _checked(found, origins, destinations)
    monkeypatch.setattr("xiuhua.engine.threads.cores", lambda: 1)
    alone = paths(net, origins, destinations, 400)
    assert np.array_equal(found.nodes, alone.nodes)
    assert np.array_equal(found.edges, alone.edges)
    assert np.array_equal(found.indptr, alone.indptr)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"origins": [5]}, "origins names node 5, but nodes are numbered 0 to 4"),
        ({"destinations": [-1]}, "destinations names node -1"),
        ({"destinations": [0.5]}, "destinations must hold whole numbers"),
        ({"origins": [0, 1]}, "origins and destinations must have the same length, not 2 and 1"),
        ({"origins": [], "destinations": []}, "origins is empty"),
        ({"limit": 0}, "limit must be a positive number"),
        ({"limit": np.nan}, "limit must be a positive number"),
        ({"limit": -3}, "limit must be a positive number"),
    ],
)
def test_refuses(ring, given, says):
    with pytest.raises(ValueError, match=says):
        paths(ring, **({"origins": [0], "destinations": [2], "limit": 100} | given))


def test_refuses_degrees_where_the_plane_is_not_known():
    net = WalkNetwork.from_edges([0, 1], [0, 0], [0], [1], [1.0])
    with pytest.raises(ValueError, match="no projection"):
        _ = paths(net, 0, 1, 10).lonlat
