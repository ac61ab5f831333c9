"""Sums within a limit from 128 neighbouring origins at once, a lane of the processor's vectors for each.

Origins that stand together reach nearly the same streets. So one search finds what a batch of them reaches, in the
order of settling; then each junction has a row of 128 distances, and relaxing a street is one vector minimum for the
whole batch. Rows that changed are swept in that order until none does: at that fixed point the distances are exact.

Every lane operation is cast to the lanes' own type, for numba would widen it; the inner loops have no branches and a
constant length, so that they become vector instructions.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from xiuhua.engine.contraction import Contraction
from xiuhua.engine.dial import settle

LANES = 128
WINDOW = 64
LARGEST_NARROW_DM = 32_766


def sum_span(
    c: Contraction,
    weights: NDArray[np.float64],
    limit_dm: np.int32,
    ring: int,
    batches: tuple[int, int],
    totals: NDArray[np.float64],
) -> None:
    """Totals of the origins in a span of batches, into `totals`; weights and totals are float64[N, K] by place."""
    lanes = np.uint16 if limit_dm <= LARGEST_NARROW_DM else np.uint32
    _sum_batches(
        (c.start, c.own, c.other, c.to_own, c.to_other, c.chain_first, c.chain_last),
        (c.indptr, c.head, c.cost_dm),
        weights,
        limit_dm,
        np.full(ring, -1, np.int32),
        np.empty((512, LANES), lanes),
        batches[0],
        batches[1],
        totals,
    )


@njit(cache=True, nogil=True)
def _sum_batches(places, graph, weights, limit, bucket, rows, first, last, totals):  # type: ignore[no-untyped-def]
    _, own, other, to_own, to_other, _, _ = places
    indptr, head, cost = graph
    junctions, n = len(indptr) - 1, len(own)
    dist = np.full(junctions, limit + 1, np.int32)
    after, before = np.empty(junctions, np.int32), np.empty(junctions, np.int32)
    reached, row_of = np.empty(junctions, np.int32), np.full(junctions, -1, np.int32)
    seeds, seed_costs = np.empty(2 * LANES, np.int32), np.empty(2 * LANES, np.int32)
    sums = np.empty((weights.shape[1], LANES))
    for batch in range(first, last):
        a, b = batch * LANES, min(batch * LANES + LANES, n)
        for p in range(a, b):
            seeds[2 * (p - a)], seed_costs[2 * (p - a)] = own[p], to_own[p]
            seeds[2 * (p - a) + 1], seed_costs[2 * (p - a) + 1] = other[p], to_other[p]
        starts, start_costs = seeds[: 2 * (b - a)], seed_costs[: 2 * (b - a)]
        count = settle(indptr, head, cost, starts, start_costs, limit, dist, bucket, after, before, reached)
        streets = _streets_within(graph, reached, count, row_of, dist, limit)
        total = _halo(graph, reached, count, row_of)
        if total >= len(rows):
            rows = np.empty((total + total // 4 + 1, LANES), rows.dtype)
        dirty = _seed(rows, total, places, a, b, row_of, limit)
        _sweep(rows, streets, dirty, count)
        _add_up(rows, total, places, reached, row_of, dist, weights, limit, sums)
        _along_own_chain(rows, total, places, a, b, row_of, weights, limit, sums)
        for p in range(a, b):
            for k in range(len(sums)):
                totals[p, k] = sums[k, p - a]
        for r in range(total):
            row_of[reached[r]] = -1
            dist[reached[r]] = limit + 1


@njit(cache=True, nogil=True)
def _streets_within(graph, reached, count, row_of, dist, limit):  # type: ignore[no-untyped-def]
    """Number the reached junctions as rows in the order of settling; arcs between them by row."""
    indptr, head, cost = graph
    arcs = 0
    for r in range(count):
        row_of[reached[r]] = r
        arcs += indptr[reached[r] + 1] - indptr[reached[r]]
    begin, to = np.empty(count + 1, np.int64), np.empty(arcs, np.int64)
    dm = np.empty(arcs, np.int32)
    begin[0] = filled = 0
    for r in range(count):
        for arc in range(indptr[reached[r]], indptr[reached[r] + 1]):
            if dist[head[arc]] <= limit and cost[arc] <= limit:
                to[filled], dm[filled] = row_of[head[arc]], cost[arc]
                filled += 1
        begin[r + 1] = filled
    return begin, to, dm


@njit(cache=True, nogil=True)
def _halo(graph, reached, count, row_of):  # type: ignore[no-untyped-def]
    """Rows for the neighbours that were not reached: chains that they own may be, from the other end."""
    indptr, head, _ = graph
    total = count
    for r in range(count):
        for arc in range(indptr[reached[r]], indptr[reached[r] + 1]):
            if row_of[head[arc]] < 0:
                row_of[head[arc]] = total
                reached[total] = head[arc]
                total += 1
    return total


@njit(cache=True, nogil=True)
def _seed(rows, total, places, a, b, row_of, limit):  # type: ignore[no-untyped-def]
    """All rows at infinity, which is limit + 1, but each lane at the ends of its chain; row `total` stays so."""
    _, own, other, to_own, to_other, _, _ = places
    lane = rows.dtype.type
    for r in range(total + 1):
        for i in range(LANES):
            rows[r, i] = lane(limit + 1)
    dirty = np.zeros(total, np.bool_)
    for p in range(a, b):
        r, t = row_of[own[p]], row_of[other[p]]
        if to_own[p] <= limit:
            rows[r, p - a] = min(rows[r, p - a], lane(to_own[p]))
            dirty[r] = True
        if to_other[p] <= limit:
            rows[t, p - a] = min(rows[t, p - a], lane(to_other[p]))
            dirty[t] = True
    return dirty


@njit(cache=True, nogil=True)
def _sweep(rows, streets, dirty, count):  # type: ignore[no-untyped-def]
    """Relax dirty rows in the order of settling, going back after each window to the lowest row dirtied behind."""
    begin, to, dm = streets
    lane = rows.dtype.type
    at = 0
    while at < count:
        end = min(at + WINDOW, count)
        lowest = end
        for r in range(at, end):
            if not dirty[r]:
                continue
            dirty[r] = False
            for arc in range(begin[r], begin[r + 1]):
                q = to[arc]
                if _relax(rows[r], rows[q], lane(dm[arc])):
                    dirty[q] = True
                    if q < r:
                        lowest = min(lowest, q)
        at = lowest


@njit(cache=True, nogil=True)
def _relax(near, far, cost):  # type: ignore[no-untyped-def]
    """Take the way by `near` where it is shorter; whether it was anywhere."""
    lane = near.dtype.type
    changed = lane(0)
    for i in range(LANES):
        by_near = lane(near[i] + cost)
        old = far[i]
        new = by_near if by_near < old else old
        changed = lane(changed | lane(old ^ new))
        far[i] = new
    return changed != 0


@njit(cache=True, nogil=True)
def _add_up(rows, total, places, reached, row_of, dist, weights, limit, sums):  # type: ignore[no-untyped-def]
    """Weights of nodes by the ends of their chains; one that no lane reaches, or that all reach, is cheap."""
    start, _, other, to_own, to_other, _, _ = places
    lane = rows.dtype.type
    columns = weights.shape[1]
    sums[:] = 0.0
    common = np.zeros(columns)
    furthest = np.empty(total + 1, np.int64)
    for r in range(total + 1):
        furthest[r] = _largest(rows[r])
    distance = np.empty(LANES, rows.dtype)
    for r in range(total):
        j = reached[r]
        for p in range(start[j], start[j + 1]):
            t = row_of[other[p]]
            least = dist[j] + to_own[p]
            if t < 0:
                t = total
            else:
                least = min(least, dist[other[p]] + to_other[p])
            if least > limit:
                continue
            if min(furthest[r] + to_own[p], furthest[t] + to_other[p]) <= limit:
                for k in range(columns):
                    common[k] += weights[p, k]
                continue
            g, h = lane(min(to_own[p], limit + 1)), lane(min(to_other[p], limit + 1))
            _by_either_end(rows[r], rows[t], g, h, distance)
            for k in range(columns):
                _add_within(distance, lane(limit), weights[p, k], sums[k])
    for k in range(columns):
        for i in range(LANES):
            sums[k, i] += common[k]


@njit(cache=True, nogil=True)
def _largest(row):  # type: ignore[no-untyped-def]
    largest = row[0]
    for i in range(LANES):
        largest = row[i] if row[i] > largest else largest
    return largest


@njit(cache=True, nogil=True)
def _by_either_end(near, far, g, h, distance):  # type: ignore[no-untyped-def]
    lane = near.dtype.type
    for i in range(LANES):
        by_near, by_far = lane(near[i] + g), lane(far[i] + h)
        distance[i] = by_near if by_near < by_far else by_far


@njit(cache=True, nogil=True)
def _add_within(distance, limit, weight, sums):  # type: ignore[no-untyped-def]
    for i in range(LANES):
        sums[i] += weight if distance[i] <= limit else 0.0


@njit(cache=True, nogil=True)
def _along_own_chain(rows, total, places, a, b, row_of, weights, limit, sums):  # type: ignore[no-untyped-def]
    """Nodes of an origin's own chain that are within the limit along it, but not by way of its ends."""
    _, own, other, to_own, to_other, chain_first, chain_last = places
    for p in range(a, b):
        r, t = row_of[own[p]], row_of[other[p]]
        by_own = np.int64(rows[r if r >= 0 else total, p - a])
        by_other = np.int64(rows[t if t >= 0 else total, p - a])
        for q in range(chain_first[p], chain_last[p]):
            if abs(to_own[p] - to_own[q]) <= limit and min(by_own + to_own[q], by_other + to_other[q]) > limit:
                for k in range(len(sums)):
                    sums[k, p - a] += weights[q, k]
