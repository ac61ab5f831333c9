"""Mended distances are those that a new search finds on the changed network."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.changed import rebuilt
from engine.graphs import network_of, networks
from xiuhua.engine.incremental import nearest_after
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.reach import nearest


@pytest.fixture
def ring():
    """Six nodes in a ring, 10 m apart, and one on its own."""
    at = np.arange(6)
    return WalkNetwork.from_edges(np.append(at * 10.0, 99.0), np.zeros(7), at, (at + 1) % 6, [10.0] * 6)


def test_a_link_brings_nearer_and_leaves_what_was_given_alone(ring):
    before = nearest(ring, [0], 100)
    kept = before.copy()
    after = nearest_after(ring, [0], 100, before, links=[[0, 3], [3, 6]], length=[4.0, 6.0])
    assert after.tolist() == [0, 10, 14, 4, 14, 10, 10]
    assert after.dtype == np.float32
    assert np.array_equal(before, kept)


def test_a_link_is_as_long_as_the_straight_line_unless_said(ring):
    assert nearest_after(ring, [0], 100, nearest(ring, [0], 100), links=[[0, 6]])[6] == 99


def test_a_oneway_link_is_walked_from_its_first_node(ring):
    before = nearest(ring, [0], 100)
    assert nearest_after(ring, [0], 100, before, links=[[6, 0]], length=[5], oneway=[True])[6] == 5
    assert nearest_after(ring, [0], 100, before, links=[[0, 6]], length=[5], oneway=[True])[6] == np.inf


def test_without_an_edge_one_goes_the_other_way_round(ring):
    before = nearest(ring, [0], 100)
    assert nearest_after(ring, [0], 100, before, without_edges=[0]).tolist() == [0, 50, 40, 30, 20, 10, np.inf]
    assert nearest_after(ring, [0], 100, before, without_edges=[0, 5]).tolist() == [0, *[np.inf] * 6]


def test_facilities_move(ring):
    before = nearest(ring, [0, 0], 100)
    assert nearest_after(ring, [0, 0], 100, before, new_nodes=[3]).tolist() == [0, 10, 10, 0, 10, 10, np.inf]
    moved = nearest_after(ring, [0, 0], 100, before, new_nodes=[3], gone_nodes=[0])
    assert moved.tolist() == [30, 20, 10, 0, 10, 20, np.inf]
    assert nearest_after(ring, [0], 100, before, new_nodes=[0], gone_nodes=[0]).tolist() == before.tolist()


def test_nodes_at_no_distance_do_not_vouch_for_each_other():
    """1, 2 and 3 stand at one place, in a ring of edges without length; the only way to the facility goes."""
    net = WalkNetwork.from_edges([0, 1, 1, 1], [0] * 4, [0, 1, 2, 3], [1, 2, 3, 1], [7.0, 0, 0, 0])
    after = nearest_after(net, [0], 100, nearest(net, [0], 100), without_edges=[0])
    assert after.tolist() == [0, np.inf, np.inf, np.inf]
    shut = nearest_after(net, [0, 2], 100, nearest(net, [0, 2], 100), gone_nodes=[2])
    assert shut.tolist() == [0, 7, 7, 7]


def test_of_two_edges_between_the_same_nodes_one_goes():
    net = WalkNetwork.from_edges([0, 1], [0, 0], [0, 0, 0], [1, 1, 1], [5.0, 5.0, 8.0])
    before = nearest(net, [0], 100)
    assert nearest_after(net, [0], 100, before, without_edges=[0]).tolist() == [0, 5]
    assert nearest_after(net, [0], 100, before, without_edges=[0, 1]).tolist() == [0, 8]


def test_distances_near_the_largest_limit_survive_float32():
    net = WalkNetwork.from_edges([0, 1, 2], [0, 0, 0], [0, 1], [1, 2], [999_999.3, 0.1])
    before = nearest(net, [0], 1_000_000)
    after = nearest_after(net, [0], 1_000_000, before, links=[[1, 2]], length=[0])
    assert np.array_equal(after, nearest(rebuilt(net, links=[[1, 2]], length_dm=[0]), [0], 1_000_000))


def drawn_change(data, net, nodes):
    node = st.integers(0, net.node_count - 1)
    count = data.draw(st.integers(0, 3))
    links = [[data.draw(node), data.draw(node)] for _ in range(count)]
    length_dm = data.draw(st.lists(st.integers(0, 80), min_size=count, max_size=count))
    oneway = data.draw(st.lists(st.booleans(), min_size=count, max_size=count))
    edge = st.integers(0, max(0, net.edge_count - 1))
    without = data.draw(st.lists(edge, max_size=6)) if net.edge_count else []
    gone = data.draw(st.lists(st.sampled_from(nodes), max_size=3))
    new = data.draw(st.lists(node, max_size=2))
    if not set(nodes) - set(gone) and not new:
        gone = []
    return links, length_dm, oneway, without, gone, new


def holds(net, data):
    nodes = data.draw(st.lists(st.integers(0, net.node_count - 1), min_size=1, max_size=5))
    limit = data.draw(st.sampled_from([0.1, 2.0, 7.3, 40.0, 1_000.0]))
    links, length_dm, oneway, without, gone, new = drawn_change(data, net, nodes)
    after = nearest_after(
        net, nodes, limit, nearest(net, nodes, limit),
        links=np.array(links, int).reshape(-1, 2), length=np.array(length_dm) / 10, oneway=np.array(oneway, bool),
        without_edges=without, new_nodes=np.array(new, int), gone_nodes=np.array(gone, int),
    )  # fmt: skip
    changed = rebuilt(net, links=links, length_dm=length_dm, oneway=oneway, without=without)
    facilities = [*sorted(set(nodes) - set(gone)), *new]
    assert np.array_equal(after, nearest(changed, facilities, limit))
    a, b = np.array(links, int).reshape(-1, 2).T
    what_if = net.without_edges(np.array(without, int)).with_links(
        a, b, np.array(length_dm) / 10, oneway=np.array(oneway, bool)
    )
    assert np.array_equal(after, nearest(what_if, facilities, limit))


@settings(max_examples=500, deadline=None)
@given(networks(), st.data())
def test_equals_a_new_search(net, data):
    holds(net, data)


@settings(max_examples=500, deadline=None)
@given(networks(oneway=True), st.data())
def test_equals_a_new_search_on_directed_networks(net, data):
    holds(net, data)


def test_equals_a_new_search_on_a_larger_network():
    net = network_of("grid", 2500, 3, longest_dm=400)
    before = nearest(net, [5, 999, 1700], 500)
    rng = np.random.default_rng(8)
    without, links = rng.choice(net.edge_count, 400, replace=False), rng.integers(0, 2500, (20, 2))
    after = nearest_after(
        net, [5, 999, 1700], 500, before,
        links=links, length=[3.0] * 20, without_edges=without, gone_nodes=[999], new_nodes=[44],
    )  # fmt: skip
    changed = rebuilt(net, links=links, length_dm=[30] * 20, without=without)
    assert np.array_equal(after, nearest(changed, [5, 1700, 44], 500))
    assert not np.array_equal(after, before)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"nodes": [7]}, "nodes names node 7"),
        ({"limit": 0}, "limit must be a positive number"),
        ({"metres": np.zeros(6)}, "metres must have 7 values"),
        ({"metres": np.full(7, np.nan)}, "another limit"),
        ({"limit": 20}, "another limit"),
        ({"nodes": [3]}, "other facilities"),
        ({"links": [[0, 7]]}, "links names node 7"),
        ({"links": [0, 1]}, "links must have two columns"),
        ({"links": [[0, 1]], "length": [-1.0]}, "neither negative nor NaN"),
        ({"links": [[0, 1]], "length": [np.nan]}, "neither negative nor NaN"),
        ({"links": [[0, 1]], "length": [1.0, 2.0]}, "each of the 1 links"),
        ({"links": [[0, 1]], "oneway": [True, False]}, "oneway must be true or false"),
        ({"without_edges": [6]}, "without_edges must name edges by whole numbers from 0 to 5"),
        ({"without_edges": [-1]}, "without_edges"),
        ({"new_nodes": [-1]}, "new_nodes names node -1"),
        ({"gone_nodes": [2]}, "gone_nodes names node 2, which is none of nodes"),
        ({"gone_nodes": [0]}, "leaves no facility"),
    ],
)
def test_refuses(ring, change, says):
    told = {"nodes": [0], "limit": 100, "metres": nearest(ring, [0], 100)} | change
    with pytest.raises(ValueError, match=says):
        nearest_after(ring, **told)
