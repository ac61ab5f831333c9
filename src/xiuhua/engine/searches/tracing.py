"""Compiled part of `xiuhua.engine.paths`: one search an origin, then back from each of its destinations.

This file holds a compiled copy of `xiuhua.engine.searches.dial.settle`: a change there must touch this file too.
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel
from xiuhua.engine.searches.dial import settle


@kernel
def trace(outward, inward, origins, starts, destinations, limit, ring, first, last):  # type: ignore[no-untyped-def]
    """Paths of the origins from `first` to `last`, to their destinations at ``starts[o]`` to ``starts[o + 1]``.

    Arcs are (indptr, head, cost) outward and (indptr, head, cost, edge) inward. Returns decimetres and number of nodes
    of each path, then nodes of all paths, and the edge that leads to each, -1 for an origin.
    """
    indptr, head, cost = outward
    n = len(indptr) - 1
    dist = np.full(n, limit + 1, np.int32)
    bucket = np.full(ring, -1, np.int32)
    after, before, settled = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    turn = np.empty(n, np.int32)
    seed, nothing = np.empty(1, np.int32), np.zeros(1, np.int32)
    paths = starts[last] - starts[first]
    length, count = np.empty(paths, np.int32), np.zeros(paths, np.int32)
    nodes, edges = np.empty(1024, np.int32), np.empty(1024, np.int32)
    filled = 0
    for o in range(first, last):
        seed[0] = origins[o]
        reached = settle(indptr, head, cost, seed, nothing, limit, dist, bucket, after, before, settled)
        for i in range(reached):
            turn[settled[i]] = i
        for d in range(starts[o], starts[o + 1]):
            path, node = d - starts[first], destinations[d]
            length[path] = dist[node]
            if dist[node] > limit:
                continue
            begin, edge = filled, np.int32(0)
            while edge >= 0:
                if filled == len(nodes):
                    nodes, edges = _twice(nodes), _twice(edges)
                previous, edge = _before(inward, node, origins[o], dist, turn)
                nodes[filled], edges[filled] = node, edge
                filled += 1
                node = previous
            nodes[begin:filled] = nodes[begin:filled][::-1].copy()
            edges[begin:filled] = edges[begin:filled][::-1].copy()
            count[path] = filled - begin
        for i in range(reached):
            dist[settled[i]] = limit + 1
    return length, count, nodes[:filled].copy(), edges[:filled].copy()


@kernel
def _before(inward, node, origin, dist, turn):  # type: ignore[no-untyped-def]
    """Node and edge by which a node is reached, -1 for the origin: the lowest edge of those on a shortest path.

    An edge that costs nothing counts only from a node that was settled earlier, so that no path runs in circles; every
    node but the origin has a way from a node settled earlier, since one of them gave it its distance.
    """
    indptr, head, cost, edge = inward
    previous, lowest = np.int32(-1), np.int32(-1)
    if node == origin:
        return previous, lowest
    for a in range(indptr[node], indptr[node + 1]):
        other = head[a]
        shortest = dist[other] + cost[a] == dist[node] and (cost[a] > 0 or turn[other] < turn[node])
        if shortest and (lowest < 0 or edge[a] < lowest):
            previous, lowest = other, edge[a]
    return previous, lowest


@kernel
def _twice(array):  # type: ignore[no-untyped-def]
    """The array with as much room again."""
    larger = np.empty(2 * len(array), array.dtype)
    larger[: len(array)] = array
    return larger
