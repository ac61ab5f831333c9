"""Who gets nearer by a link, for many links one by one: a search from the end that gains, over those who gain alone."""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel
from xiuhua.engine.searches.heap import pop, push


@kernel
def gain_span(graph, bases, trips, limit, links, demand, first, last, keep, saved, residents):  # type: ignore[no-untyped-def]
    """What the links from `first` to `last` save.

    Parameters
    ----------
    graph : tuple of int32[N + 1], int32[A], int32[A]
        Ways into each node.
    bases : int32[T, N]
        Decimetres to each of several targets without a link, ``limit + 1`` beyond the limit.
    trips : float64[T]
        Trips a day to each target.
    links : tuple of int32[C]
        One end, the other, decimetres between.
    demand : float64[N]
        Residents.
    keep : bool
        Whether to list who gains.
    saved, residents : float64[C]
        Resident-decimetres a day, and residents who gain; written here.

    Returns
    -------
    tuple of int64[G], int32[G], float64[G]
        Link, node and decimetres a day of each node with residents that gains, if they are kept.
    """
    n = len(demand)
    heap = np.empty(len(graph[1]) + n + 2, np.int64)
    dist, stamp, improved = np.empty(n, np.int32), np.full(n, -1, np.int64), np.empty(n, np.int32)
    spared, gained, gainers = np.empty(n), np.full(n, -1, np.int32), np.empty(n, np.int32)
    which, where, what = np.empty(16, np.int64), np.empty(16, np.int32), np.empty(16)
    kept = 0
    for c in range(first, last):
        count = 0
        for t in range(len(bases)):
            base = bases[t]
            turn = np.int64(c) * len(bases) + t
            found = _improve(graph, base, limit, links, c, turn, heap, dist, stamp, improved)
            for i in range(found):
                node = improved[i]
                gain = trips[t] * (min(base[node], limit) - dist[node])
                if gain > 0 and demand[node] > 0:
                    if gained[node] != c:
                        gained[node], spared[node] = c, 0.0
                        gainers[count] = node
                        count += 1
                    spared[node] += gain
        saved[c] = residents[c] = 0.0
        for i in range(count):
            saved[c] += demand[gainers[i]] * spared[gainers[i]]
            residents[c] += demand[gainers[i]]
        if keep:
            while kept + count > len(which):
                which, where, what = _longer(which), _longer(where), _longer(what)
            for i in range(count):
                which[kept], where[kept], what[kept] = c, gainers[i], spared[gainers[i]]
                kept += 1
    return which[:kept], where[:kept], what[:kept]


@kernel
def _longer(array):  # type: ignore[no-untyped-def]
    longer = np.empty(2 * len(array), array.dtype)
    longer[: len(array)] = array
    return longer


@kernel
def _improve(graph, base, limit, links, c, turn, heap, dist, stamp, improved):  # type: ignore[no-untyped-def]
    """Nodes nearer by one link than `base` says, into `improved`, in the order of their distance in `dist`."""
    indptr, head, cost = graph
    a, b, length = links[0][c], links[1][c], links[2][c]
    size, count = 0, 0
    for end, by in ((a, b), (b, a)):
        if base[by] <= limit and length <= limit - base[by] and base[by] + length < base[end]:
            dist[end] = base[by] + length
            stamp[end] = turn
            size = push(heap, size, dist[end], end)
    while size > 0:
        d, node = pop(heap, size)
        size -= 1
        if d > dist[node]:
            continue
        improved[count] = node
        count += 1
        for arc in range(indptr[node], indptr[node + 1]):
            if cost[arc] > limit - d:
                continue
            other = head[arc]
            if d + cost[arc] < (dist[other] if stamp[other] == turn else base[other]):
                dist[other] = d + cost[arc]
                stamp[other] = turn
                size = push(heap, size, dist[other], other)
    return count
