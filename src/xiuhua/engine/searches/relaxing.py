"""Distances to the nearest facility mended after a change, node by node from where it happened.

Distances are kept as `xiuhua.engine.reach.nearest` gives them, metres by the caller's node numbers, and read and
written in place; arcs are by the numbers along the Hilbert curve, which `order` translates.

First what got farther. A node whose shortest way led over something that is gone is *affected* unless another way is
as short; and so is, in turn, whoever walked by way of an affected node. Nodes are judged in the order of their
distance, and only a way whose next step costs something is taken as proof, for two nodes at no distance from each
other could otherwise vouch for each other with no facility behind them. An affected node that would have kept its
distance by a step of no cost is found again at the same distance, which costs a moment and is exact.

Then what got nearer. Affected nodes start from their best neighbour that is not affected, ends of new links and new
facilities from what they offer, and one search goes on from all of them to the nodes that improve, and no others.

References
----------
Ramalingam, G. & Reps, T. (1996). An incremental algorithm for a generalization of the shortest-path problem. Journal
of Algorithms 21(2).
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel
from xiuhua.engine.searches.heap import pop, push


@kernel
def mend(metres, order, inward, outward, closed, lost, gone, stays, fresh, links, limit):  # type: ignore[no-untyped-def]
    """Bring `metres` up to date.

    Parameters
    ----------
    metres : float32[N]
        By the caller's node numbers; changed in place.
    order : int32[N]
        The caller's number of each node of the arcs.
    inward, outward : tuple of (int32[N + 1], int32[A], int32[A], int32[A])
        Arcs as indptr, head, cost, edge.
    closed : bool[E]
        Edges that are gone.
    lost : tuple of int32[R]
        Arcs of those edges: node, the node that one walked to, cost.
    gone, stays, fresh : int32[]
        Facilities that are no more, that remain (sorted), and that are new.
    links : tuple of int32[L]
        New arcs, sorted by the node walked to: that node, the node walked from, cost.
    limit : int32
        Decimetres.

    Returns
    -------
    int
        Number of nodes that were affected or improved; some may have the distance that they had.
    """
    room = len(inward[1]) + len(metres) + len(lost[0]) + len(gone) + len(fresh) + 2 * len(links[0]) + 1
    heap = np.empty(room, np.int64)
    affected = np.zeros(len(metres), np.bool_)
    farther = _find_affected(metres, order, inward, outward, closed, lost, gone, stays, limit, heap, affected)
    size = _start_again(metres, order, outward, closed, farther, limit, heap, affected)
    for node in fresh:
        if _decimetres(metres, order, node, limit) > 0:
            _set(metres, order, node, 0)
            size = push(heap, size, 0, node)
    link_to, link_from, link_cost = links
    for k in range(len(link_to)):
        d = _decimetres(metres, order, link_to[k], limit)
        if d <= limit and link_cost[k] <= limit - d:
            size = _offer(metres, order, link_from[k], d + link_cost[k], limit, heap, size)
    return len(farther) + _spread(metres, order, inward, closed, links, limit, heap, size)


@kernel
def _decimetres(metres, order, node, limit):  # type: ignore[no-untyped-def]
    m = metres[order[node]]
    return np.int32(limit + 1) if np.isinf(m) else np.int32(np.rint(np.float64(m) * 10.0))


@kernel
def _set(metres, order, node, d):  # type: ignore[no-untyped-def]
    metres[order[node]] = np.float32(d / 10.0)


@kernel
def _offer(metres, order, node, d, limit, heap, size):  # type: ignore[no-untyped-def]
    """A way of `d` decimetres to a node, taken where it is shorter; the new size of the heap."""
    if d < _decimetres(metres, order, node, limit):
        _set(metres, order, node, d)
        return push(heap, size, d, node)
    return size


@kernel
def _find_affected(metres, order, inward, outward, closed, lost, gone, stays, limit, heap, affected):  # type: ignore[no-untyped-def]
    """Mark and list the nodes that may have got farther."""
    indptr, head, cost, edge = inward
    size, found = 0, np.empty(16, np.int32)
    count = 0
    for k in range(len(lost[0])):
        d, by = _decimetres(metres, order, lost[0][k], limit), _decimetres(metres, order, lost[1][k], limit)
        if d <= limit and by <= d and lost[2][k] == d - by:
            size = push(heap, size, d, lost[0][k])
    for node in gone:
        size = push(heap, size, 0, node)
    while size > 0:
        d, node = pop(heap, size)
        size -= 1
        if affected[node] or _has_another_way(metres, order, outward, closed, stays, limit, affected, d, node):
            continue
        affected[node] = True
        if count == len(found):
            longer = np.empty(2 * count, np.int32)
            longer[:count] = found
            found = longer
        found[count] = node
        count += 1
        for a in range(indptr[node], indptr[node + 1]):
            other = head[a]
            if affected[other] or closed[edge[a]] or cost[a] > limit - d:
                continue
            if _decimetres(metres, order, other, limit) == d + cost[a]:
                size = push(heap, size, d + cost[a], other)
    return found[:count]


@kernel
def _has_another_way(metres, order, outward, closed, stays, limit, affected, d, node):  # type: ignore[no-untyped-def]
    """Whether a node is a facility still, or has a step that costs something along a way as short as before."""
    if d == 0:
        place = np.searchsorted(stays, node)
        return place < len(stays) and stays[place] == node
    indptr, head, cost, edge = outward
    for a in range(indptr[node], indptr[node + 1]):
        if not 0 < cost[a] <= d or closed[edge[a]] or affected[head[a]]:
            continue
        if _decimetres(metres, order, head[a], limit) == d - cost[a]:
            return True
    return False


@kernel
def _start_again(metres, order, outward, closed, farther, limit, heap, affected):  # type: ignore[no-untyped-def]
    """Affected nodes at the distance that their neighbours offer which are not; the size of the heap."""
    indptr, head, cost, edge = outward
    size = 0
    for node in farther:
        metres[order[node]] = np.inf
    for node in farther:
        best = np.int32(limit + 1)
        for a in range(indptr[node], indptr[node + 1]):
            if affected[head[a]] or closed[edge[a]]:
                continue
            d = _decimetres(metres, order, head[a], limit)
            if d < best and cost[a] < best - d:
                best = np.int32(d + cost[a])
        if best <= limit:
            size = _offer(metres, order, node, best, limit, heap, size)
    return size


@kernel
def _spread(metres, order, inward, closed, links, limit, heap, size):  # type: ignore[no-untyped-def]
    """From all that the heap holds to every node that gets nearer by it; how many did."""
    indptr, head, cost, edge = inward
    link_to, link_from, link_cost = links
    settled = 0
    while size > 0:
        d, node = pop(heap, size)
        size -= 1
        if d > _decimetres(metres, order, node, limit):
            continue
        settled += 1
        for a in range(indptr[node], indptr[node + 1]):
            if cost[a] <= limit - d and not closed[edge[a]]:
                size = _offer(metres, order, head[a], d + cost[a], limit, heap, size)
        k = np.searchsorted(link_to, node)
        while k < len(link_to) and link_to[k] == node:
            if link_cost[k] <= limit - d:
                size = _offer(metres, order, link_from[k], d + link_cost[k], limit, heap, size)
            k += 1
    return settled
