import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graphs import distances_dm, networks
from xiuhua.engine.incremental import nearest_after
from xiuhua.engine.network import Flag, Persona, WalkNetwork
from xiuhua.engine.reach import nearest

FRAIL = Persona("frail", 0.5, steps_factor=4.0, crossing_delay_s=10, signal_delay_s=40)
ON_WHEELS = Persona("on wheels", 0.9, steps_factor=float("inf"), crossing_delay_s=5, signal_delay_s=15)


@pytest.fixture
def street():
    """Four nodes in a row, 10 m apart."""
    return WalkNetwork.from_edges([0, 10, 20, 30], [0] * 4, [0, 1, 2], [1, 2, 3], [10.0] * 3)


def test_a_link_is_an_edge_more(street):
    changed = street.with_links([0, 1], [3, 3], [5.0, 7.04], [Flag.GATE, 0], [False, True])
    assert changed.edge_count == 5
    assert (changed.u[3:].tolist(), changed.v[3:].tolist()) == ([0, 1], [3, 3])
    assert changed.forward_dm.tolist() == [100, 100, 100, 50, 70]
    assert changed.backward_dm.tolist() == [100, 100, 100, 50, -1]
    assert nearest(changed, [3], 100).tolist() == [5, 7, 10, 0]
    assert street.edge_count == 3


def test_a_link_is_straight_unless_its_length_is_given(street):
    assert street.with_links([0], [3]).length_dm[3] == 300


def test_edges_are_shut_and_keep_their_numbers(street):
    changed = street.without_edges([1, 1])
    assert changed.edge_count == 3
    assert changed.open_edges.tolist() == [True, False, True]
    assert np.isinf(nearest(changed, [0], 100)).tolist() == [False, False, True, True]
    assert street.open_edges.all()
    by_mask = street.without_edges([False, True, False])
    assert by_mask.digest() == changed.digest()


def test_a_shut_edge_stays_shut(street, tmp_path):
    changed = street.without_edges([1])
    changed.save(tmp_path / "net.npz")
    joined, nodes = changed.insert(changed.snap([14.0], [1.0], 100))
    rebuilt = WalkNetwork.from_edges(street.x, street.y, street.u, street.v, [10.0] * 3, changed.flags)
    assert nodes.tolist() == [1]  # The nearest open edge ends there.
    for net in (
        changed.impedance(FRAIL),
        changed.impedance(FRAIL, hour=9),
        joined,
        rebuilt,
        changed.with_links([], []),
    ):
        assert net.open_edges.tolist() == [True, False, True]
    assert WalkNetwork.load(tmp_path / "net.npz").digest() == changed.digest()


def test_nothing_changed_is_the_same_network(street):
    assert street.with_links([], []).digest() == street.digest()
    assert street.without_edges([]).digest() == street.digest()


def test_nodes_and_their_order_are_not_made_anew(street):
    assert nearest(street, [0], 100).size
    for changed in (street.with_links([0], [2]), street.without_edges([0]), street.impedance(FRAIL)):
        assert changed.x is street.x
        assert changed.node_order is street.node_order
    assert np.array_equal(street.with_links([0], [2]).ordered.order, street.ordered.order)


@pytest.mark.parametrize("persona", [FRAIL, ON_WHEELS])
def test_links_cost_a_persona_what_edges_do(street, persona):
    flags = np.array([Flag.STEPS, Flag.CROSSING, Flag.SIGNALS | Flag.CROSSING, 0])
    ends = [0, 0, 1, 1], [2, 3, 3, 0]
    u, v = np.append(street.u, ends[0]), np.append(street.v, ends[1])
    length = [10.0] * 3 + [8.0] * 4
    built = WalkNetwork.from_edges(street.x, street.y, u, v, length, [0, 0, 0, *flags]).impedance(persona)
    before = street.with_links(*ends, length[3:], flags).impedance(persona)
    after = street.impedance(persona).with_links(*ends, length[3:], flags, persona=persona)
    assert before.digest() == after.digest() == built.digest()


def test_a_level_link_needs_no_persona_and_steps_do_where_somebody_walks():
    uphill = WalkNetwork.from_edges([0, 100], [0, 0], [0], [1], [100.0], slope=[0.1]).impedance(FRAIL)
    linked = uphill.with_links([0], [1], [90.0])
    assert linked.forward_dm[1] == 900
    with pytest.raises(ValueError, match="flags: what steps and crossings cost depends on who walks"):
        uphill.with_links([0], [1], [90.0], [Flag.STEPS])


@settings(max_examples=200, deadline=None)
@given(networks(oneway=True), st.data())
def test_distances_equal_those_of_a_network_built_so(net, data):
    node = st.integers(0, net.node_count - 1)
    links = np.array(data.draw(st.lists(st.tuples(node, node), max_size=4)), int).reshape(-1, 2)
    length = np.arange(len(links)) * 1.5
    removed = np.array(data.draw(st.lists(st.integers(0, max(net.edge_count - 1, 0)), max_size=4)), int)
    removed = removed[removed < net.edge_count]
    changed = net.with_links(*links.T, length).without_edges(removed)
    assert changed.digest() == net.without_edges(removed).with_links(*links.T, length).digest()
    before = nearest(net, [0], 30)
    after = nearest_after(net, [0], 30, before, links=links, length=length, without_edges=removed)
    assert np.array_equal(nearest(changed, [0], 30), after)
    to_first = distances_dm(changed)[:, 0]
    assert np.array_equal(np.where((to_first < 0) | (to_first > 300), np.inf, to_first / 10).astype(np.float32), after)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"a": [4]}, "a names node 4, but nodes are numbered 0 to 3"),
        ({"b": [-1]}, "b names node -1"),
        ({"a": [0, 1]}, "a and b must have the same length, not 2 and 1"),
        ({"length": [1.0, 2.0]}, "length must have a value for each of the 1 links"),
        ({"length": 3.0}, "length must have a value for each of the 1 links"),
        ({"length": [-1.0]}, "length must not be negative"),
        ({"length": [np.nan]}, "length must not be NaN"),
        ({"flags": [0, 0]}, "flags must have a value for each of the 1 links"),
        ({"flags": [-1]}, "flags must hold whole numbers from 0"),
        ({"oneway": []}, "oneway must have a value for each of the 1 links"),
        ({"oneway": [np.nan]}, "oneway must hold true and false, or 1 and 0, not nan"),
        ({"length": ["3"]}, "length must hold numbers"),
    ],
)
def test_refuses_links(street, given, says):
    with pytest.raises(ValueError, match=says):
        street.with_links(**({"a": [0], "b": [3]} | given))


@pytest.mark.parametrize(
    ("edges", "says"),
    [
        ([3], "edges names edge 3, but edges are numbered 0 to 2"),
        ([-1], "edges names edge -1"),
        ([0.5], "edges must be whole numbers"),
        ([True, False], "edges must be whole numbers, or true and false for each of the 3 edges"),
        ([[0]], "edges must be whole numbers"),
    ],
)
def test_refuses_edges(street, edges, says):
    with pytest.raises(ValueError, match=says):
        street.without_edges(edges)
