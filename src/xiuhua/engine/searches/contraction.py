"""Chains (链) of nodes that only pass on, folded away, so that a search visits junctions alone.

A node only passes on if two edges meet in it and may be walked through it both ways, or the same one way. All others
are junctions; so are one node of each ring without junctions, and a break in a chain that would hold more than
`LONGEST_CHAIN` nodes. The nodes inside a chain belong to the junction at which it was met first, and stand right behind
it in the order of nodes. Either direction of a chain is open from end to end or closed from end to end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.searches.arcs import both_ways
from xiuhua.engine.searches.compiling import kernel

LONGEST_CHAIN = 24
FURTHEST_DM = 20_000_000
SHUT_DM = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Contraction:
    """The junctions J of a network, and where each node lies on its chain.

    Distances are decimetres along the chain, `SHUT_DM` where it cannot be walked that way; what is longer than
    `FURTHEST_DM` is beyond every limit and may be cut down. In a network that costs the same both ways those from an
    end are the same arrays as those to it.

    Attributes
    ----------
    order : int32[N]
        The caller's number of the node at each place; `rank` is the way back.
    start : int32[J + 1]
        Places of a junction (the first) and of the chain nodes that it owns.
    own, other : int32[N]
        By place: the junctions at the ends of its chain; a junction is both its own.
    to_own, to_other : int32[N]
        By place: how far it is to them.
    from_own, from_other : int32[N]
        By place: how far it is from them.
    chain_first, chain_last : int32[N]
        By place: the places of its whole chain, from first up to but without last, in the order from `own` to `other`.
    indptr, head, cost_dm : int32[J + 1], int32[A], int32[A]
        Arcs between junctions, one for each direction in which a chain is open.
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
    from_own: NDArray[np.int32]
    from_other: NDArray[np.int32]
    chain_first: NDArray[np.int32]
    chain_last: NDArray[np.int32]
    indptr: NDArray[np.int32]
    head: NDArray[np.int32]
    cost_dm: NDArray[np.int32]
    dearest: int


def contract(net: WalkNetwork) -> Contraction:
    """Fold the chains of a network."""
    ordered = net.ordered
    arcs, back_dm = both_ways(net)
    junction, begin, ends, forth, back, node, along, against = _chains(
        arcs.indptr, arcs.head, arcs.cost_dm, back_dm, arcs.edge, net.edge_count, LONGEST_CHAIN, FURTHEST_DM, SHUT_DM
    )
    place, start, own, other, first, last = _lay_out(junction, begin, ends, node)
    from_own, to_other = _offsets(begin, forth, node, along, place, SHUT_DM)
    to_own, from_other = _offsets(begin, back, node, against, place, SHUT_DM) if net.directed else (from_own, to_other)
    indptr, head, cost = _between_junctions(len(start) - 1, ends, forth, back, own, place, SHUT_DM)
    order = np.empty_like(place)
    order[place] = ordered.order
    rank = np.empty_like(place)
    rank[order] = np.arange(len(order), dtype=np.int32)
    offsets = (to_own, to_other, from_own, from_other)
    dearest = max(int(dm[dm < SHUT_DM].max(initial=0)) for dm in (cost, *offsets))
    return Contraction(order, rank, start, own, other, *offsets, first, last, indptr, head, cost, dearest)


@kernel
def _passes_on(i, indptr, out, back):  # type: ignore[no-untyped-def]
    """Whether two edges meet at a node and are open through it both ways, or the same one way."""
    if indptr[i + 1] - indptr[i] != 2:
        return False
    a, b = indptr[i], indptr[i] + 1
    return (back[a] >= 0) == (out[b] >= 0) and (back[b] >= 0) == (out[a] >= 0)


@kernel
def _longer(dm, step, furthest, shut):  # type: ignore[no-untyped-def]
    return shut if step < 0 or dm == shut else dm + min(step, furthest)


@kernel
def _chains(indptr, head, out, back, edge, edge_count, longest, furthest, shut):  # type: ignore[no-untyped-def]
    """Walk every edge once, chain by chain.

    Returns the junctions, then by chain where its nodes begin, its two ends and its length forth and back, then the
    nodes inside chains and their distances along it, from the first end and back to it. A single edge counts at most
    `furthest`, so that sums along a chain stay within int32.
    """
    n = len(indptr) - 1
    junction = np.empty(n, np.bool_)
    for i in range(n):
        junction[i] = not _passes_on(i, indptr, out, back)
    walked = np.zeros(edge_count, np.bool_)
    node, along, against = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    begin, ends = np.zeros(edge_count + 1, np.int32), np.empty((edge_count, 2), np.int32)
    length, length_back = np.empty(edge_count, np.int32), np.empty(edge_count, np.int32)
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
                first, arc, forth_dm, back_dm = i, a, 0, 0
                while True:
                    walked[edge[arc]] = True
                    forth_dm = _longer(forth_dm, out[arc], furthest, shut)
                    back_dm = _longer(back_dm, back[arc], furthest, shut)
                    at = head[arc]
                    ended = junction[at]
                    if not ended and filled - begin[chains] == longest:
                        junction[at] = True
                    if junction[at]:
                        ends[chains, 0], ends[chains, 1] = first, at
                        length[chains], length_back[chains] = forth_dm, back_dm
                        chains += 1
                        begin[chains] = filled
                        first, forth_dm, back_dm = at, 0, 0
                    else:
                        node[filled], along[filled], against[filled] = at, forth_dm, back_dm
                        filled += 1
                    if ended:
                        break
                    arc = indptr[at] + (1 if edge[indptr[at]] == edge[arc] else 0)
    by_chain = ends[:chains], length[:chains], length_back[:chains]
    return junction, begin[: chains + 1], *by_chain, node[:filled], along[:filled], against[:filled]


@kernel
def _lay_out(junction, begin, ends, node):  # type: ignore[no-untyped-def]
    """Give each node its place: a junction, then the nodes of the chains that it owns."""
    n, chains = len(junction), len(ends)
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
        free[owner] += size
    return place, start, own, other, first, last


@kernel
def _offsets(begin, length, node, along, place, shut):  # type: ignore[no-untyped-def]
    """By place: along the chain to or from its own end, and between it and the other; 0 at a junction."""
    near, far = np.zeros(len(place), np.int32), np.zeros(len(place), np.int32)
    for c in range(len(length)):
        for k in range(begin[c], begin[c + 1]):
            p = place[node[k]]
            near[p] = along[k]
            far[p] = shut if length[c] == shut else length[c] - along[k]
    return near, far


@kernel
def _between_junctions(count, ends, forth, back, own, place, shut):  # type: ignore[no-untyped-def]
    """Arcs between junctions; a chain that comes back to its own junction is no way to anywhere."""
    indptr = np.zeros(count + 1, np.int32)
    for c in range(len(ends)):
        if ends[c, 0] != ends[c, 1]:
            indptr[own[place[ends[c, 0]]] + 1] += forth[c] < shut
            indptr[own[place[ends[c, 1]]] + 1] += back[c] < shut
    for j in range(count):
        indptr[j + 1] += indptr[j]
    free = indptr[:-1].copy()
    head, cost = np.empty(indptr[count], np.int32), np.empty(indptr[count], np.int32)
    for c in range(len(ends)):
        if ends[c, 0] != ends[c, 1]:
            a, b = own[place[ends[c, 0]]], own[place[ends[c, 1]]]
            if forth[c] < shut:
                head[free[a]], cost[free[a]] = b, forth[c]
                free[a] += 1
            if back[c] < shut:
                head[free[b]], cost[free[b]] = a, back[c]
                free[b] += 1
    return indptr, head, cost
