"""Chains (链) of nodes that only pass on, folded away, so that a search visits junctions alone.

A junction is a node whose degree is not 2; one node of each ring without junctions; and a break in a chain that would
hold more than `LONGEST_CHAIN` nodes. The nodes inside a chain belong to the junction at which it was met first, and
stand right behind it in the order of nodes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from xiuhua.engine.network import WalkNetwork

LONGEST_CHAIN = 24
FURTHEST_DM = 20_000_000


@dataclass(frozen=True, slots=True)
class Contraction:
    """The junctions J of an undirected network, and where each node lies on its chain.

    Attributes
    ----------
    order : int32[N]
        The caller's number of the node at each place; `rank` is the way back.
    start : int32[J + 1]
        Places of a junction (the first) and of the chain nodes that it owns.
    own, other : int32[N]
        By place: the junctions at the ends of its chain; a junction is both its own.
    to_own, to_other : int32[N]
        Decimetres along the chain to them.
    chain_first, chain_last : int32[N]
        By place: the places of its whole chain, from first up to but without last.
    indptr, head, cost_dm : int32[J + 1], int32[A], int32[A]
        Arcs between junctions, one each way a chain.
    dearest : int
        Largest arc or offset in decimetres.
    """

    order: NDArray[np.int32]
    rank: NDArray[np.int32]
    start: NDArray[np.int32]
    own: NDArray[np.int32]
    other: NDArray[np.int32]
    to_own: NDArray[np.int32]
    to_other: NDArray[np.int32]
    chain_first: NDArray[np.int32]
    chain_last: NDArray[np.int32]
    indptr: NDArray[np.int32]
    head: NDArray[np.int32]
    cost_dm: NDArray[np.int32]
    dearest: int


def contract(net: WalkNetwork) -> Contraction:
    """Fold the chains of an undirected network.

    Raises
    ------
    ValueError
        The network is directed.
    """
    if net.directed:
        raise ValueError("only a network that costs the same both ways can be contracted")
    ordered = net.ordered
    arcs = ordered.outward
    junction, begin, ends, length, node, along = _chains(
        arcs.indptr, arcs.head, arcs.cost_dm, arcs.edge, net.edge_count, LONGEST_CHAIN, FURTHEST_DM
    )
    place, start, own, other, to_own, to_other, first, last = _lay_out(junction, begin, ends, length, node, along)
    indptr, head, cost = _between_junctions(len(start) - 1, ends, length, own, place)
    order = np.empty_like(place)
    order[place] = ordered.order
    rank = np.empty_like(place)
    rank[order] = np.arange(len(order), dtype=np.int32)
    dearest = int(max(length.max(initial=0), to_own.max(), to_other.max()))
    return Contraction(order, rank, start, own, other, to_own, to_other, first, last, indptr, head, cost, dearest)


@njit(cache=True, nogil=True)
def _chains(indptr, head, cost, edge, edge_count, longest, furthest):  # type: ignore[no-untyped-def]
    """Walk every edge once, chain by chain.

    Returns the junctions, then by chain where its nodes begin, its two ends and its length, then the nodes inside
    chains and their distances from the first end. A length beyond `furthest` is beyond every limit and cut down to it,
    so that sums along a chain stay within int32.
    """
    n = len(indptr) - 1
    junction = np.empty(n, np.bool_)
    for i in range(n):
        junction[i] = indptr[i + 1] - indptr[i] != 2
    walked = np.zeros(edge_count, np.bool_)
    node, along = np.empty(n, np.int32), np.empty(n, np.int32)
    begin, ends = np.zeros(edge_count + 1, np.int32), np.empty((edge_count, 2), np.int32)
    length = np.empty(edge_count, np.int32)
    chains, filled = 0, 0
    for rings in range(2):
        for i in range(n):
            if rings and not junction[i] and not walked[edge[indptr[i]]]:
                junction[i] = True
            if not junction[i]:
                continue
            for a in range(indptr[i], indptr[i + 1]):
                if walked[edge[a]]:
                    continue
                first, arc, dm = i, a, 0
                while True:
                    walked[edge[arc]] = True
                    dm += min(cost[arc], furthest)
                    at = head[arc]
                    ended = junction[at]
                    if not ended and filled - begin[chains] == longest:
                        junction[at] = True
                    if junction[at]:
                        ends[chains, 0], ends[chains, 1], length[chains] = first, at, dm
                        chains += 1
                        begin[chains] = filled
                        first, dm = at, 0
                    else:
                        node[filled], along[filled] = at, dm
                        filled += 1
                    if ended:
                        break
                    arc = indptr[at] + (1 if edge[indptr[at]] == edge[arc] else 0)
    return junction, begin[: chains + 1], ends[:chains], length[:chains], node[:filled], along[:filled]


@njit(cache=True, nogil=True)
def _lay_out(junction, begin, ends, length, node, along):  # type: ignore[no-untyped-def]
    """Give each node its place: a junction, then the nodes of the chains that it owns."""
    n, chains = len(junction), len(length)
    number = np.cumsum(junction).astype(np.int32) - 1
    start = np.zeros(number[n - 1] + 2, np.int32)
    for i in range(n):
        if junction[i]:
            start[number[i] + 1] += 1
    for c in range(chains):
        start[number[ends[c, 0]] + 1] += begin[c + 1] - begin[c]
    for j in range(len(start) - 1):
        start[j + 1] += start[j]
    place = np.empty(n, np.int32)
    own, other = np.empty(n, np.int32), np.empty(n, np.int32)
    to_own, to_other = np.zeros(n, np.int32), np.zeros(n, np.int32)
    first, last = np.empty(n, np.int32), np.empty(n, np.int32)
    for i in range(n):
        if junction[i]:
            p = start[number[i]]
            place[i], own[p], other[p], first[p], last[p] = p, number[i], number[i], p, p + 1
    free = start[:-1] + 1
    for c in range(chains):
        owner, far = number[ends[c, 0]], number[ends[c, 1]]
        at, size = free[owner], begin[c + 1] - begin[c]
        for k in range(size):
            p = at + k
            place[node[begin[c] + k]] = p
            own[p], other[p], first[p], last[p] = owner, far, at, at + size
            to_own[p] = along[begin[c] + k]
            to_other[p] = length[c] - along[begin[c] + k]
        free[owner] += size
    return place, start, own, other, to_own, to_other, first, last


@njit(cache=True, nogil=True)
def _between_junctions(count, ends, length, own, place):  # type: ignore[no-untyped-def]
    """Arcs between junctions; a chain that comes back to its own junction is no way to anywhere."""
    indptr = np.zeros(count + 1, np.int32)
    for c in range(len(length)):
        if ends[c, 0] != ends[c, 1]:
            indptr[own[place[ends[c, 0]]] + 1] += 1
            indptr[own[place[ends[c, 1]]] + 1] += 1
    for j in range(count):
        indptr[j + 1] += indptr[j]
    free = indptr[:-1].copy()
    head, cost = np.empty(indptr[count], np.int32), np.empty(indptr[count], np.int32)
    for c in range(len(length)):
        if ends[c, 0] != ends[c, 1]:
            a, b = own[place[ends[c, 0]]], own[place[ends[c, 1]]]
            head[free[a]], cost[free[a]] = b, length[c]
            free[a] += 1
            head[free[b]], cost[free[b]] = a, length[c]
            free[b] += 1
    return indptr, head, cost
