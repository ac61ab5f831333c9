"""What-if networks (假设路网): the same nodes with links added or edges shut, to compare with the network as it is.

A change copies the arrays of edges, shares those of nodes, and keeps the order in which searches visit nodes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.checks import checked_ids
from xiuhua.engine.network import CLOSED, Flag, Persona, WalkNetwork
from xiuhua.engine.places import Places, joined

_COSTS_EACH_HIS_OWN = np.uint16(Flag.STEPS | Flag.CROSSING | Flag.SIGNALS)
_OF_EDGES = (
    "u", "v", "length_dm", "flags", "oneway", "slope", "timetable", "portion", "forward_dm", "backward_dm",
)  # fmt: skip


def with_links(
    net: WalkNetwork,
    a: Places,
    b: Places,
    length: ArrayLike | None = None,
    flags: ArrayLike | None = None,
    oneway: ArrayLike | None = None,
    persona: Persona | None = None,
) -> WalkNetwork:
    """The network with further edges between nodes or places, numbered last; see `WalkNetwork.with_links`."""
    net, (a, b) = joined(net, a=a, b=b)
    a_, b_ = checked_ids("a", a, net.node_count), checked_ids("b", b, net.node_count)
    if len(a_) != len(b_):
        raise ValueError(f"a and b must have the same length, not {len(a_)} and {len(b_)}")
    metres = np.hypot(net.x[a_] - net.x[b_], net.y[a_] - net.y[b_]) if length is None else np.asarray(length)
    for name, given in (("length", metres), ("flags", flags), ("oneway", oneway)):
        if given is not None and np.shape(given) != a_.shape:
            raise ValueError(f"{name} must have a value for each of the {len(a_)} links, not shape {np.shape(given)}")
    links = WalkNetwork.from_edges(net.x, net.y, a_, b_, metres, flags, oneway=oneway)
    if persona is not None:
        links = links.impedance(persona)
    elif np.any(links.flags & _COSTS_EACH_HIS_OWN) and not _costs_length(net):
        raise ValueError(
            "flags: what steps and crossings cost depends on who walks, which this network does not remember;"
            " give persona, or add the links before impedance"
        )
    edges = {name: np.concatenate([getattr(net, name), getattr(links, name)]) for name in _OF_EDGES}
    return with_the_same_nodes(net, **edges)


def without_edges(net: WalkNetwork, edges: ArrayLike) -> WalkNetwork:
    """The network with some edges shut for everybody; see `WalkNetwork.without_edges`."""
    removed = _checked_edges(net, edges)
    flags = net.flags.copy()
    flags[removed] |= np.uint16(Flag.REMOVED)
    forward, backward = net.forward_dm.copy(), net.backward_dm.copy()
    forward[removed] = backward[removed] = CLOSED
    return with_the_same_nodes(net, flags=flags, forward_dm=forward, backward_dm=backward)


def with_the_same_nodes(net: WalkNetwork, **changed: Any) -> WalkNetwork:
    """A network that differs in its edges alone, which need not be told anew in which order to visit its nodes."""
    other = replace(net, **changed)
    if "node_order" in vars(net):
        vars(other)["node_order"] = net.node_order
    return other


def _costs_length(net: WalkNetwork) -> bool:
    """Whether every way that is open costs its length, as in a network that is nobody's in particular."""
    costs = net.forward_dm, net.backward_dm
    return all(np.array_equal(cost[cost >= 0], net.length_dm[cost >= 0]) for cost in costs)


def _checked_edges(net: WalkNetwork, edges: ArrayLike) -> NDArray[np.int64]:
    given = np.asarray(edges)
    if given.dtype == np.bool_ and given.shape == (net.edge_count,):
        return np.flatnonzero(given)
    if given.size == 0:
        return np.empty(0, np.int64)
    if given.ndim != 1 or given.dtype.kind not in "iu":
        raise ValueError(f"edges must be whole numbers, or true and false for each of the {net.edge_count} edges")
    wrong = given[(given < 0) | (given >= net.edge_count)]
    if len(wrong):
        raise ValueError(f"edges names edge {wrong[0]}, but edges are numbered 0 to {net.edge_count - 1}")
    return given.astype(np.int64)
