import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graphs import distances_dm, networks
from xiuhua.engine.network import Flag, Persona, WalkNetwork
from xiuhua.engine.snapping import Snap


def snap_at(*feet):
    """A snap at given (edge, offset) pairs."""
    edge, offset = (np.array(column, np.int32) for column in zip(*feet, strict=True))
    nothing = np.zeros(len(edge))
    return Snap(edge, offset, nothing, nothing, nothing)


@pytest.fixture
def street():
    return WalkNetwork.from_edges(
        [0, 100, 200],
        [0, 0, 0],
        [0, 1],
        [1, 2],
        [100.0, 50.0],
        [Flag.CROSSING | Flag.SIGNALS, Flag.GATE],
        oneway=[False, True],
        slope=[0.02, -0.03],
        timetable=[-1, 0],
        timetables=np.ones((1, 168), bool),
    )


def test_a_foot_becomes_a_node_on_the_line(street):
    net, nodes = street.insert(snap_at((0, 300)))
    assert nodes.tolist() == [3]
    assert (net.x[3], net.y[3]) == (30, 0)
    assert net.u.tolist() == [0, 3, 1]
    assert net.v.tolist() == [3, 1, 2]
    assert net.length_dm.tolist() == [300, 700, 500]


def test_several_on_one_edge_in_any_order_and_together(street):
    net, nodes = street.insert(snap_at((0, 700), (1, 1), (0, 300), (0, 700)))
    assert nodes.tolist() == [4, 5, 3, 4]
    assert net.length_dm.tolist() == [300, 400, 300, 1, 499]


def test_feet_at_the_ends_are_the_nodes_that_are_there(street):
    net, nodes = street.insert(snap_at((0, 0), (0, 1000), (1, 500)))
    assert nodes.tolist() == [0, 1, 2]
    assert net.digest() == street.digest()


def test_unsnapped_has_no_node(street):
    _, nodes = street.insert(snap_at((-1, 0), (1, 250)))
    assert nodes.tolist() == [-1, 3]


def test_pieces_keep_what_the_edge_was(street):
    net, _ = street.insert(snap_at((0, 300), (1, 100)))
    assert net.flags.tolist() == [12, 12, 2, 2]
    assert net.oneway.tolist() == [False, False, True, True]
    assert net.slope.tolist() == pytest.approx([0.02, 0.02, -0.03, -0.03])
    assert net.timetable.tolist() == [-1, -1, 0, 0]
    assert net.backward_dm.tolist() == [300, 700, -1, -1]


def test_waiting_is_paid_once_however_often_an_edge_is_split(street):
    adult = Persona("adult", 1.0, 1.0, 5, 15, slope=False)
    once, _ = street.insert(snap_at((0, 300)))
    twice, _ = once.insert(snap_at((1, 350)))
    assert street.impedance(adult).forward_dm[0] == 1150
    assert twice.impedance(adult).forward_dm[:3].sum() == pytest.approx(1150, abs=2)


def test_a_costed_network_can_be_split_and_its_costs_sum_exactly(street):
    costed = street.impedance(Persona("adult", 1.3, 1.0, 5, 15))
    net, _ = costed.insert(snap_at((0, 333), (0, 777)))
    assert net.forward_dm[:3].sum() == costed.forward_dm[0]
    assert net.backward_dm[:3].sum() == costed.backward_dm[0]


def test_a_loop_is_split():
    loop = WalkNetwork.from_edges([0, 5], [0, 5], [0, 0], [0, 1], [10.0, 3.0])
    net, nodes = loop.insert(snap_at((0, 40)))
    assert distances_dm(net)[nodes[0], 1] == 40 + 30


@settings(max_examples=400, deadline=None)
@given(networks(most=15, oneway=True), st.integers(0, 2**32 - 1), st.integers(0, 12))
def test_ways_between_the_old_nodes_stay_as_long(net, seed, points):
    rng = np.random.default_rng(seed)
    if net.edge_count:
        edge = rng.integers(0, net.edge_count, points)
        feet = [(e, rng.integers(0, net.length_dm[e] + 1)) for e in edge]
    else:
        feet = []
    split, nodes = net.insert(snap_at(*feet, (-1, 0)))
    assert np.array_equal(distances_dm(split)[: net.node_count, : net.node_count], distances_dm(net))
    assert split.length_dm.sum() == net.length_dm.sum()
    assert split.node_count == max(nodes.max() + 1, net.node_count)
    assert split.edge_count - net.edge_count == split.node_count - net.node_count


@pytest.mark.parametrize(
    ("foot", "says"),
    [((2, 0), "names edge 2, but the network has 2"), ((0, 1001), "beyond its edge"), ((0, -1), "beyond its edge")],
)
def test_refuses_a_snap_of_another_network(street, foot, says):
    with pytest.raises(ValueError, match=says):
        street.insert(snap_at(foot))
