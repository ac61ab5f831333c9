"""Dial's search: Dijkstra's algorithm with a ring of buckets instead of a heap, since costs are small whole numbers.

Compiled code is kept by numba until its own file changes, and every module that calls `settle` keeps a copy of it: a
change of it must touch those files too.

References
----------
Dial, R. B. (1969). Algorithm 360: shortest-path forest with topological ordering. Communications of the ACM 12(11).
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel


@kernel
def settle(indptr, head, cost, seeds, seed_costs, limit, dist, bucket, after, before, settled):  # type: ignore[no-untyped-def]
    """Distances from the nearest of several seeds to every node within `limit`.

    Parameters
    ----------
    indptr, head, cost : int32[N + 1], int32[A], int32[A]
        Arcs by node; no cost is negative.
    seeds, seed_costs : int32[S]
        Where the search starts, and at what cost each; repeats are allowed.
    limit : int32
        Largest distance of interest.
    dist : int32[N]
        ``limit + 1`` everywhere on entry; distances on return.
    bucket : int32[B]
        -1 everywhere on entry and on return; B exceeds every cost and seed cost that is within the limit.
    after, before : int32[N]
        Scratch: neighbours of a node in its bucket.
    settled : int32[N]
        On return, the nodes within the limit in the order of their distance.

    Returns
    -------
    int
        Number of nodes settled.
    """
    ring = len(bucket)
    waiting = 0
    for s in range(len(seeds)):
        node, d = seeds[s], seed_costs[s]
        if d < dist[node]:
            if dist[node] <= limit:
                _unlink(node, dist[node] % ring, bucket, after, before)
                waiting -= 1
            dist[node] = d
            _link(node, d % ring, bucket, after, before)
            waiting += 1
    count, reached, slot = 0, 0, 0
    while waiting > 0:
        node = bucket[slot]
        if node < 0:
            reached += 1
            slot += 1
            if slot == ring:
                slot = 0
            continue
        _unlink(node, slot, bucket, after, before)
        waiting -= 1
        settled[count] = node
        count += 1
        for a in range(indptr[node], indptr[node + 1]):
            if cost[a] > limit - reached:
                continue
            d = reached + cost[a]
            other = head[a]
            if d < dist[other]:
                if dist[other] <= limit:
                    _unlink(other, dist[other] % ring, bucket, after, before)
                    waiting -= 1
                dist[other] = d
                place = slot + cost[a]
                _link(other, place - ring if place >= ring else place, bucket, after, before)
                waiting += 1
    return count


@kernel(inline="always")
def _link(node, slot, bucket, after, before):  # type: ignore[no-untyped-def]
    first = bucket[slot]
    after[node] = first
    before[node] = -1
    if first >= 0:
        before[first] = node
    bucket[slot] = node


@kernel(inline="always")
def _unlink(node, slot, bucket, after, before):  # type: ignore[no-untyped-def]
    behind, ahead = after[node], before[node]
    if ahead >= 0:
        after[ahead] = behind
    else:
        bucket[slot] = behind
    if behind >= 0:
        before[behind] = ahead


@kernel
def nearest_metres(indptr, head, cost, sources, limit, ring, rank, metres):  # type: ignore[no-untyped-def]
    """Metres from the nearest source into `metres` by the caller's numbers; `rank` says what the arcs call each."""
    n = len(indptr) - 1
    dist = np.full(n, limit + 1, np.int32)
    bucket = np.full(ring, -1, np.int32)
    after, before, settled = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    settle(indptr, head, cost, sources, np.zeros(len(sources), np.int32), limit, dist, bucket, after, before, settled)
    for i in range(n):
        d = dist[rank[i]]
        metres[i] = np.float32(d / 10.0) if d <= limit else np.float32(np.inf)


@kernel
def sums_one_by_one(indptr, head, cost, weights, decay, limit, ring, first, last, totals):  # type: ignore[no-untyped-def]
    """Sum of the weights within the limit of each origin from `first` to `last`, one search an origin.

    `decay` is what a weight counts at each distance, float64[limit + 2], or empty where all count in full.
    """
    n, columns = weights.shape
    dist = np.full(n, limit + 1, np.int32)
    bucket = np.full(ring, -1, np.int32)
    after, before, settled = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    seed, nothing = np.empty(1, np.int32), np.zeros(1, np.int32)
    for origin in range(first, last):
        seed[0] = origin
        count = settle(indptr, head, cost, seed, nothing, limit, dist, bucket, after, before, settled)
        for i in range(count):
            node = settled[i]
            part = decay[dist[node]] if len(decay) else 1.0
            dist[node] = limit + 1
            for k in range(columns):
                totals[origin, k] += part * weights[node, k]
