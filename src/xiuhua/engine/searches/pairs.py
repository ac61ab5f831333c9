"""Distances of the pairs of origins and destinations that lie within a limit of each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.searches.compiling import kernel
from xiuhua.engine.searches.dial import settle


def by_node(nodes: NDArray[np.int32], node_count: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Positions in `nodes` grouped by node: those at node ``n`` are ``listed[begin[n]:begin[n + 1]]``."""
    listed = np.argsort(nodes, kind="stable").astype(np.int32)
    begin = np.searchsorted(nodes[listed], np.arange(node_count + 1)).astype(np.int32)
    return begin, listed


def row_by_row(
    pieces: list[NDArray[np.int64]], counts: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.signedinteger], NDArray[np.signedinteger]]:
    """Metres, columns and row bounds of a sparse matrix out of the keys of `pairs_of_span`, which are given up."""
    bounds = np.concatenate([[0], np.cumsum(counts)])
    kind = np.int32 if bounds[-1] <= np.iinfo(np.int32).max else np.int64
    columns, metres = np.empty(bounds[-1], kind), np.empty(bounds[-1], np.float32)
    filled = 0
    for one in range(len(pieces)):
        keys, pieces[one] = pieces[one], np.empty(0, np.int64)
        columns[filled : filled + len(keys)] = keys >> 32
        metres[filled : filled + len(keys)] = (keys & 0xFFFFFFFF) / 10
        filled += len(keys)
    return metres, columns, bounds.astype(kind)


@kernel
def pairs_of_span(indptr, head, cost, starts, first, last, begin, listed, limit, ring, counts):  # type: ignore[no-untyped-def]
    """One search from each of ``starts[first:last]``.

    Returns int64[P], one a pair, row after row: the position that was reached in the upper 32 bits and decimetres in
    the lower, ascending within a row. The number of pairs of each row goes into `counts`.
    """
    n = len(indptr) - 1
    dist = np.full(n, limit + 1, np.int32)
    bucket = np.full(ring, -1, np.int32)
    after, before, settled = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    seed, nothing = np.empty(1, np.int32), np.zeros(1, np.int32)
    keys = np.empty(4096, np.int64)
    filled = 0
    for s in range(first, last):
        seed[0] = starts[s]
        count = settle(indptr, head, cost, seed, nothing, limit, dist, bucket, after, before, settled)
        row = filled
        for i in range(count):
            node = settled[i]
            found = begin[node + 1] - begin[node]
            if found > len(keys) - filled:
                keys = _grown(keys, filled, found)
            for t in range(begin[node], begin[node + 1]):
                keys[filled] = np.int64(listed[t]) << 32 | np.int64(dist[node])
                filled += 1
            dist[node] = limit + 1
        keys[row:filled].sort()
        counts[s] = filled - row
    return keys[:filled].copy()


@kernel
def _grown(keys, filled, more):  # type: ignore[no-untyped-def]
    larger = np.empty(2 * (filled + more), np.int64)
    larger[:filled] = keys[:filled]
    return larger
