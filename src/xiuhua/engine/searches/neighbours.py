"""The k nearest facilities of every node, all in one search.

A label is a facility and a distance. Each node keeps the k best labels that came by, ordered by distance and then by
the facility's position, at most one a facility; only those travel on. That is enough: if a facility is among the k best
of a node, it is among the k best of the next node on the way there. Labels leave the buckets in the order of distance,
so a node passes on at most k, but for ties over ways of no length, where a better position may come later.
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel


@kernel
def k_nearest(indptr, head, cost, sources, limit, ring, rank, metres, which):  # type: ignore[no-untyped-def]
    """Distances and facilities into `metres` and `which`, both [N, k], by the caller's numbers of nodes.

    Parameters
    ----------
    indptr, head, cost : int32[N + 1], int32[A], int32[A]
        Arcs by node, against the direction of walking; no cost is negative.
    sources : int32[F]
        Node of each facility, as the arcs call it.
    limit, ring : int32, int
        Largest distance of interest; buckets, more than the largest cost within it.
    rank : int32[N]
        What the arcs call each of the caller's nodes.
    """
    n, k = metres.shape
    dist, who = np.full((n, k), limit + 1, np.int32), np.full((n, k), -1, np.int32)
    bucket = np.full(ring, -1, np.int32)
    label = np.empty((max(1024, len(sources)), 3), np.int32)
    used = 0
    for f in range(len(sources)):
        if _take(dist[sources[f]], who[sources[f]], 0, f):
            _put(label, used, bucket, 0, sources[f], f)
            used += 1
    waiting, free, reached, slot = used, np.int32(-1), 0, 0
    while waiting > 0:
        one = bucket[slot]
        if one < 0:
            reached += 1
            slot += 1
            if slot == ring:
                slot = 0
            continue
        node, f = label[one, 0], label[one, 1]
        bucket[slot] = label[one, 2]
        label[one, 2], free = free, one
        waiting -= 1
        if not _holds(dist[node], who[node], reached, f):
            continue
        for a in range(indptr[node], indptr[node + 1]):
            if cost[a] > limit - reached or not _take(dist[head[a]], who[head[a]], reached + cost[a], f):
                continue
            place = slot + cost[a]
            if free >= 0:
                fresh = free
                free = label[fresh, 2]
            else:
                if used == len(label):
                    label = _doubled(label)
                fresh = used
                used += 1
            _put(label, fresh, bucket, place - ring if place >= ring else place, head[a], f)
            waiting += 1
    for i in range(n):
        for j in range(k):
            d = dist[rank[i], j]
            metres[i, j] = np.float32(d / 10.0) if d <= limit else np.float32(np.inf)
            which[i, j] = who[rank[i], j]


@kernel
def _take(dist, who, d, f):  # type: ignore[no-untyped-def]
    """Put a label into a node's list of the k best; whether it belonged there."""
    at = len(dist) - 1
    if d > dist[at] or (d == dist[at] and f >= who[at]):
        return False
    for i in range(len(who)):
        if who[i] == f:
            if dist[i] <= d:
                return False
            at = i
            break
    while at > 0 and (dist[at - 1] > d or (dist[at - 1] == d and who[at - 1] > f)):
        dist[at], who[at] = dist[at - 1], who[at - 1]
        at -= 1
    dist[at], who[at] = d, f
    return True


@kernel
def _holds(dist, who, d, f):  # type: ignore[no-untyped-def]
    """Whether a label is still in the list, neither pushed out nor replaced by a shorter way."""
    for i in range(len(who)):
        if who[i] == f:
            return dist[i] == d
    return False


@kernel
def _put(label, one, bucket, slot, node, f):  # type: ignore[no-untyped-def]
    label[one, 0], label[one, 1], label[one, 2] = node, f, bucket[slot]
    bucket[slot] = one


@kernel
def _doubled(label):  # type: ignore[no-untyped-def]
    larger = np.empty((2 * len(label), 3), np.int32)
    larger[: len(label)] = label
    return larger
