"""Compiled parts of `xiuhua.engine.reached`: how far each node is, and which stretches of each edge lie within a limit.

This file holds a compiled copy of `xiuhua.engine.searches.dial.settle`: a change there must touch this file too.
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel
from xiuhua.engine.searches.dial import settle


@kernel
def distances_dm(indptr, head, cost, sources, limit, ring, rank):  # type: ignore[no-untyped-def]
    """Decimetres from the nearest source by the caller's numbers, ``limit + 1`` beyond it; `rank` is the arcs' name."""
    n = len(indptr) - 1
    dist = np.full(n, limit + 1, np.int32)
    bucket = np.full(ring, -1, np.int32)
    after, before, settled = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    settle(indptr, head, cost, sources, np.zeros(len(sources), np.int32), limit, dist, bucket, after, before, settled)
    return dist[rank]


@kernel
def stretches(u, v, forward, backward, dist, limit):  # type: ignore[no-untyped-def]
    """Edge, start and end of every stretch within the limit, by edge and then by start.

    What lies beyond the limit on an edge is one gap between `low` and `high`: a walker from `u` gets to `low`, one from
    `v` back to `high`, and where they meet there is none.
    """
    edge = np.empty(2 * len(u), np.int32)
    start, end = np.empty(2 * len(u)), np.empty(2 * len(u))
    count = 0
    for e in range(len(u)):
        low, high = 0.0, 1.0
        if forward[e] >= 0 and dist[u[e]] <= limit:
            left = limit - dist[u[e]]
            low = 1.0 if forward[e] <= left else left / forward[e]
        if backward[e] >= 0 and dist[v[e]] <= limit:
            left = limit - dist[v[e]]
            high = 0.0 if backward[e] <= left else 1.0 - left / backward[e]
        if low >= high:
            edge[count], start[count], end[count] = e, 0.0, 1.0
            count += 1
            continue
        if low > 0.0:
            edge[count], start[count], end[count] = e, 0.0, low
            count += 1
        if high < 1.0:
            edge[count], start[count], end[count] = e, high, 1.0
            count += 1
    return edge[:count].copy(), start[:count].copy(), end[:count].copy()
