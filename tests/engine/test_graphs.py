"""A graph as osmnx makes it becomes a network; a stand-in has the three methods that are asked for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from xiuhua.engine import reach
from xiuhua.engine.network import WalkNetwork


class Graph:
    """Nodes and arcs with their attributes, as networkx lists them."""

    def __init__(self, nodes, edges, *, directed=True, **graph):
        self._nodes, self._edges, self._directed, self.graph = nodes, edges, directed, graph

    def nodes(self, *, data):
        assert data
        return list(self._nodes.items())

    def edges(self, *, data):
        assert data
        return [(u, v, of if isinstance(of, dict) else {"length": of}) for u, v, of in self._edges]

    def is_directed(self):
        return self._directed


LONLAT = {9001: (104.060, 30.660), "b": (104.061, 30.660), 77: (104.061, 30.661)}
NODES = {name: {"x": x, "y": y, "street_count": 3} for name, (x, y) in LONLAT.items()}
ARCS = [(9001, "b", 96.1), ("b", 9001, 96.12), ("b", 77, 111.0), (77, "b", 130.0), (9001, 9001, 8), (9001, 9001, 8)]


def test_arcs_there_and_back_are_one_edge_and_others_are_one_way():
    net, ids = WalkNetwork.from_networkx(Graph(NODES, ARCS))
    assert ids == [9001, "b", 77]
    assert net.u.tolist() == [0, 1, 2, 0]
    assert net.v.tolist() == [1, 2, 1, 0]
    assert net.length_dm.tolist() == [961, 1110, 1300, 80]
    assert net.oneway.tolist() == [False, True, True, False]
    np.testing.assert_allclose(np.column_stack(net.projection.inverse(net.x, net.y)), list(LONLAT.values()), atol=1e-9)
    assert reach.nearest(net, [ids.index(77)], 1000).tolist() == pytest.approx([207.1, 111.0, 0], abs=1e-4)


def test_edges_of_an_undirected_graph_are_walked_both_ways():
    net, _ = WalkNetwork.from_networkx(Graph(NODES, ARCS, directed=False))
    assert net.edge_count == len(ARCS)
    assert not net.oneway.any()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)), max_size=30))
def test_no_arc_is_lost_or_won(arcs):
    nodes = {n: {"x": n / 1000, "y": 0} for n in range(4)}
    net, _ = WalkNetwork.from_networkx(Graph(nodes, arcs))
    made = [(a, b, m // 10) for a, b, m in zip(net.u, net.v, net.length_dm, strict=True)]
    back = [(b, a, m) for (a, b, m), oneway in zip(made, net.oneway, strict=True) if not oneway]
    assert sorted(made + back) == sorted(arcs)
    single = {arc for arc, oneway in zip(made, net.oneway, strict=True) if oneway and arc[0] != arc[1]}
    assert not any((b, a, m) in single for a, b, m in single)


@pytest.mark.parametrize("crs", ["EPSG:32648", "epsg:3857", 4547])
def test_metres_of_any_crs_come_to_the_same_plane(crs):
    there = Transformer.from_crs(4326, crs, always_xy=True)
    xy = {name: there.transform(*at) for name, at in LONLAT.items()}
    nodes = {name: {"x": x, "y": y} for name, (x, y) in xy.items()}
    net, _ = WalkNetwork.from_networkx(Graph(nodes, ARCS, crs=crs))
    expected, _ = WalkNetwork.from_networkx(Graph(NODES, ARCS, crs="epsg:4326"))
    assert net.projection == expected.projection
    np.testing.assert_allclose(net.x, expected.x, atol=1e-3)
    np.testing.assert_allclose(net.y, expected.y, atol=1e-3)


def test_nodes_without_edges_are_a_network():
    net, ids = WalkNetwork.from_networkx(Graph(NODES, []))
    assert (net.node_count, net.edge_count, len(ids)) == (3, 0, 3)


def without(name, node=77):
    return NODES | {node: {key: value for key, value in NODES[node].items() if key != name}}


FAR = {1: {"x": 404000.0, "y": 3392000.0}}


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Graph({}, []), "graph has no nodes"),
        (lambda: Graph(without("x"), ARCS), "node 77 has no x"),
        (lambda: Graph(without("y", "b"), ARCS), "node 'b' has no y"),
        (lambda: Graph(NODES, [(77, "b", {})]), "the edge from 77 to 'b' has no length: .*add_edge_lengths"),
        (
            lambda: Graph(NODES, [(77, "b", "12.5")]),
            "edge from 77 to 'b' .*not '12.5'; osmnx.load_graphml",
        ),
        (lambda: Graph(NODES, [(77, "b", np.nan)]), "length of the edge from 77 to 'b' must be a finite number"),
        (lambda: Graph(NODES, [(77, "b", -1.0)]), "length must not be negative"),
        (lambda: Graph(FAR, []), r"x and y are not longitudes and latitudes.*EPSG:32648"),
        (lambda: Graph(FAR, [], crs="EPSG:4326"), r"x and y lie outside graph.graph\[.crs.\], which is EPSG:4326"),
        (lambda: Graph(NODES, ARCS, crs="EPSG:0"), r"graph.graph\[.crs.\] is not known"),
    ],
)
def test_refuses(make, says):
    with pytest.raises(ValueError, match=says):
        WalkNetwork.from_networkx(make())


@pytest.mark.parametrize("given", ["town.graphml", None, np.zeros(3)])
def test_what_is_no_graph_is_refused(given):
    with pytest.raises(TypeError, match="graph must be a networkx graph, not"):
        WalkNetwork.from_networkx(given)
