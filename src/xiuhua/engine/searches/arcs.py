"""The ways out of each node, grouped by node, and the order of nodes in which searches find their neighbours near."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.searches.compiling import kernel


@dataclass(frozen=True, slots=True)
class Arcs:
    """Arcs by node: those of node ``n`` are at ``indptr[n]`` to ``indptr[n + 1]``.

    Attributes
    ----------
    indptr : int32[N + 1]
    head : int32[A]
        Node at the other end.
    cost_dm : int32[A]
        Decimetres of impedance.
    edge : int32[A]
        Edge that the arc runs along.
    """

    indptr: NDArray[np.int32]
    head: NDArray[np.int32]
    cost_dm: NDArray[np.int32]
    edge: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class OrderedArcs:
    """Arcs of a network whose nodes are renumbered along a Hilbert curve.

    Attributes
    ----------
    order : int32[N]
        The caller's number of each node; `rank` is the way back.
    outward, inward : Arcs
        Ways out of a node and, reversed, ways into it; the same object where the network is not directed.
    dearest : int
        Largest cost of an arc, decimetres.
    """

    order: NDArray[np.int32]
    rank: NDArray[np.int32]
    outward: Arcs
    inward: Arcs
    dearest: int


def arcs_out(net: WalkNetwork) -> Arcs:
    """Ways out of each node, by the caller's node numbers."""
    return _grouped(net, net.u, net.v)


def along_hilbert_curve(net: WalkNetwork) -> OrderedArcs:
    """Renumber nodes so that those near each other on the plane are near each other in memory."""
    order = net.node_order
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order), dtype=np.int32)
    u, v = rank[net.u], rank[net.v]
    outward = _grouped(net, u, v)
    inward = _grouped(net, v, u) if net.directed else outward
    return OrderedArcs(order, rank, outward, inward, int(outward.cost_dm.max(initial=0)))


def both_ways(net: WalkNetwork) -> tuple[Arcs, NDArray[np.int32]]:
    """The edges at each node in the Hilbert order, whichever way they are open: cost away from it, and cost towards it.

    -1 where an edge is closed that way; one that is closed both ways is left out, as are loops of one node.
    """
    ordered = net.ordered
    if not net.directed:
        return ordered.outward, ordered.outward.cost_dm
    u, v = ordered.rank[net.u], ordered.rank[net.v]
    some = np.where(net.open_edges, 0, -1).astype(np.int32)
    indptr, head, _, edge = _group(net.node_count, u, v, some, some)
    leaves_u = np.repeat(np.arange(net.node_count), np.diff(indptr)) == u[edge]
    away = np.where(leaves_u, net.forward_dm[edge], net.backward_dm[edge])
    towards = np.where(leaves_u, net.backward_dm[edge], net.forward_dm[edge])
    return Arcs(indptr, head, away, edge), towards


def hilbert_order(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int32]:
    """Points in the order in which a Hilbert curve passes them, int32[N]; the lower number first in the same cell."""
    return np.argsort(hilbert_keys(x, y), kind="stable").astype(np.int32)


def hilbert_keys(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
    """Place of each point along a Hilbert curve over a grid of 65,536 by 65,536 cells, int64[N]."""
    side = max(float(np.ptp(x)), float(np.ptp(y)), 1e-9)
    column = ((x - x.min()) / side * 65535).astype(np.int64)
    row = ((y - y.min()) / side * 65535).astype(np.int64)
    return np.asarray(_hilbert(column, row))


def _grouped(net: WalkNetwork, u: NDArray[np.int32], v: NDArray[np.int32]) -> Arcs:
    """Arcs u to v at the forward cost and v to u at the backward cost; closed ones and loops of one node left out."""
    u, v = np.array(u), np.array(v)
    return Arcs(*_group(net.node_count, u, v, np.array(net.forward_dm), np.array(net.backward_dm)))


@kernel
def _group(n, u, v, forward, backward):  # type: ignore[no-untyped-def]
    indptr = np.zeros(n + 1, np.int32)
    for e in range(len(u)):
        if u[e] != v[e]:
            if forward[e] >= 0:
                indptr[u[e] + 1] += 1
            if backward[e] >= 0:
                indptr[v[e] + 1] += 1
    for i in range(n):
        indptr[i + 1] += indptr[i]
    place = indptr[:-1].copy()
    head = np.empty(indptr[n], np.int32)
    cost = np.empty(indptr[n], np.int32)
    edge = np.empty(indptr[n], np.int32)
    for e in range(len(u)):
        if u[e] != v[e]:
            if forward[e] >= 0:
                at = place[u[e]]
                head[at], cost[at], edge[at] = v[e], forward[e], e
                place[u[e]] += 1
            if backward[e] >= 0:
                at = place[v[e]]
                head[at], cost[at], edge[at] = u[e], backward[e], e
                place[v[e]] += 1
    return indptr, head, cost, edge


@kernel
def _hilbert(column, row):  # type: ignore[no-untyped-def]
    keys = np.empty(len(column), np.int64)
    for i in range(len(column)):
        x, y, key = column[i], row[i], 0
        side = 32768
        while side > 0:
            right = 1 if x & side else 0
            upper = 1 if y & side else 0
            key += side * side * ((3 * right) ^ upper)
            if upper == 0:
                if right == 1:
                    x, y = 65535 - x, 65535 - y
                x, y = y, x
            side >>= 1
        keys[i] = key
    return keys
