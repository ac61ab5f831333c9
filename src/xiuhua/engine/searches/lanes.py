"""Sums within a limit from 128 neighbouring origins at once, a lane of the processor's vectors for each.

Origins that stand together reach nearly the same streets. So one search finds what a batch of them reaches, in the
order of settling; then each junction has a row of 128 distances, and relaxing a street is one vector minimum for the
whole batch. Rows that changed are swept in that order until none does: at that fixed point the distances are exact.

Every lane operation is cast to the lanes' own type, for numba would widen it; the inner loops have no branches and a
constant length, so that they become vector instructions.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.searches.compiling import kernel
from xiuhua.engine.searches.contraction import SHUT_DM, Contraction
from xiuhua.engine.searches.dial import settle

LANES = 128
WINDOW = 64
LARGEST_NARROW_DM = 32_766


def sum_span(
    c: Contraction,
    weights: NDArray[np.float64],
    decay: NDArray[np.float64],
    limit_dm: np.int32,
    ring: int,
    batches: tuple[int, int],
    totals: NDArray[np.float64],
) -> None:
    """Totals of the origins in a span of batches, into `totals`; weights and totals are float64[N, K] by place.

    `decay` is what a weight counts at each distance, float64[limit_dm + 2] of which the last is 0, or empty where all
    within the limit count in full.
    """
    lanes = np.uint16 if limit_dm <= LARGEST_NARROW_DM else np.uint32
    _sum_batches(
        (c.start, c.own, c.other, c.to_own, c.to_other, c.from_own, c.from_other, c.chain_first, c.chain_last),
        (c.indptr, c.head, c.cost_dm),
        weights,
        decay,
        limit_dm,
        np.full(ring, -1, np.int32),
        np.empty((512, LANES), lanes),
        batches[0],
        batches[1],
        totals,
    )


@kernel
def _sum_batches(places, graph, weights, decay, limit, bucket, rows, first, last, totals):  # type: ignore[no-untyped-def]
    _, own, other, to_own, to_other, _, _, _, _ = places
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
        _add_up(rows, total, places, reached, row_of, dist, weights, decay, limit, sums)
        _along_own_chain(rows, total, places, a, b, row_of, weights, decay, limit, sums)
        for p in range(a, b):
            for k in range(len(sums)):
                totals[p, k] = sums[k, p - a]
        for r in range(total):
            row_of[reached[r]] = -1
            dist[reached[r]] = limit + 1


@kernel
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


@kernel
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


@kernel
def _seed(rows, total, places, a, b, row_of, limit):  # type: ignore[no-untyped-def]
    """All rows at infinity, which is limit + 1, but each lane at the ends of its chain; row `total` stays so."""
    _, own, other, to_own, to_other, _, _, _, _ = places
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


@kernel
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


@kernel
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


@kernel
def _add_up(rows, total, places, reached, row_of, dist, weights, decay, limit, sums):  # type: ignore[no-untyped-def]
    """Weights of nodes by the ends of their chains; one that no lane reaches, or all in full, is cheap."""
    start, _, other, _, _, from_own, from_other, _, _ = places
    lane = rows.dtype.type
    columns = weights.shape[1]
    sums[:] = 0.0
    common = np.zeros(columns)
    furthest = np.empty(total + 1, np.int64)
    for r in range(total + 1):
        furthest[r] = _largest(rows[r]) if len(decay) == 0 else limit + 1
    distance, part = np.empty(LANES, rows.dtype), np.empty(LANES)
    for r in range(total):
        j = reached[r]
        for p in range(start[j], start[j + 1]):
            t = row_of[other[p]]
            least = dist[j] + from_own[p]
            if t < 0:
                t = total
            else:
                least = min(least, dist[other[p]] + from_other[p])
            if least > limit:
                continue
            if min(furthest[r] + from_own[p], furthest[t] + from_other[p]) <= limit:
                for k in range(columns):
                    common[k] += weights[p, k]
                continue
            g, h = lane(min(from_own[p], limit + 1)), lane(min(from_other[p], limit + 1))
            _by_either_end(rows[r], rows[t], g, h, distance)
            if len(decay):
                _look_up(distance, lane(limit + 1), decay, part)
                for k in range(columns):
                    _add_parts(part, weights[p, k], sums[k])
            else:
                for k in range(columns):
                    _add_within(distance, lane(limit), weights[p, k], sums[k])
    for k in range(columns):
        for i in range(LANES):
            sums[k, i] += common[k]


@kernel
def _largest(row):  # type: ignore[no-untyped-def]
    largest = row[0]
    for i in range(LANES):
        largest = row[i] if row[i] > largest else largest
    return largest


@kernel
def _by_either_end(near, far, g, h, distance):  # type: ignore[no-untyped-def]
    lane = near.dtype.type
    for i in range(LANES):
        by_near, by_far = lane(near[i] + g), lane(far[i] + h)
        distance[i] = by_near if by_near < by_far else by_far


@kernel
def _add_within(distance, limit, weight, sums):  # type: ignore[no-untyped-def]
    for i in range(LANES):
        sums[i] += weight if distance[i] <= limit else 0.0


@kernel
def _look_up(distance, beyond, decay, part):  # type: ignore[no-untyped-def]
    for i in range(LANES):
        d = distance[i] if distance[i] < beyond else beyond
        part[i] = decay[np.uint64(d)]


@kernel
def _add_parts(part, weight, sums):  # type: ignore[no-untyped-def]
    for i in range(LANES):
        sums[i] += weight * part[i]


@kernel
def _along_own_chain(rows, total, places, a, b, row_of, weights, decay, limit, sums):  # type: ignore[no-untyped-def]
    """Nodes of an origin's own chain that are nearer along it than by way of its ends."""
    _, own, other, _, _, from_own, from_other, chain_first, chain_last = places
    for p in range(a, b):
        r, t = row_of[own[p]], row_of[other[p]]
        by_own = np.int64(rows[r if r >= 0 else total, p - a])
        by_other = np.int64(rows[t if t >= 0 else total, p - a])
        for q in range(chain_first[p], chain_last[p]):
            along = _along(p, q, from_own, from_other, limit)
            by_ends = min(by_own + from_own[q], by_other + from_other[q], limit + 1)
            if along < by_ends:
                part = decay[along] - decay[by_ends] if len(decay) else np.float64(by_ends > limit)
                for k in range(len(sums)):
                    sums[k, p - a] += part * weights[q, k]


@kernel
def _along(p, q, from_own, from_other, limit):  # type: ignore[no-untyped-def]
    """Distance from one place of a chain to another along it; limit + 1 where that is too far or shut."""
    if q == p:
        return np.int64(0)
    offset = from_own if q > p else from_other
    if offset[q] >= SHUT_DM:
        return np.int64(limit + 1)
    return min(np.int64(offset[q] - offset[p]), np.int64(limit + 1))
