"""Lagrangian bound (拉格朗日下界) of the p-median, with the fixing of candidates that it allows.

Each client i names a price u_i at which it would be served. A candidate j then earns what its clients pay above their
distance, and its reduced cost is rho_j = sum of min(0, d_ij - u_i). Whatever the prices, no choice of p candidates
costs less than the sum of the prices plus the p smallest rho. Prices climb along a deflected subgradient. A candidate
whose choice, or whose refusal, would lift this bound to the least cost known is closed, or opened, for good.

A candidate is free (0), open (1) or closed (-1). `c0` is the distance of each client to the nearest that is open, and
the client's cap where none is: no price need be higher. Compiled code is kept by numba until its own file changes.

References
----------
Camerini, P. M., Fratta, L., Maffioli, F. (1975). On improving relaxation methods by modified gradient techniques.
    Mathematical Programming Study 3.
Beasley, J. E. (1993). Lagrangean heuristics for location problems. European Journal of Operational Research 65(3).
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel

BEST, THETA, STALLED, FREE, TO_OPEN, UPPER = range(6)
"""Places in the state of a climb: best bound, step, rounds without gain, columns free, still to open, least cost."""

GOING, CLOSED, FLAT, BETTER = range(4)
"""How a climb ended: its rounds are over; nothing better is left; the steps are too small; it found a better choice."""

_LEAST_GAIN = 0.002
_DEFLECTION = 1.5
_KEPT = 0.85
_SHRINK_BELOW = 0.7

_ROWS = "i4[::1], i4[::1], f8[::1]"


@kernel(signature="Tuple((i4[::1], i4[::1], f8[::1]))(i4[::1], i4[::1], f8[::1], i8)")
def by_candidate(indptr, candidate, distance, count):  # type: ignore[no-untyped-def]
    """Pairs by client turned into pairs by candidate."""
    start = np.zeros(count + 1, np.int32)
    for k in range(len(candidate)):
        start[candidate[k] + 1] += 1
    for j in range(count):
        start[j + 1] += start[j]
    at = start[:-1].copy()
    client, away = np.empty(len(candidate), np.int32), np.empty(len(candidate), np.float64)
    for i in range(len(indptr) - 1):
        for k in range(indptr[i], indptr[i + 1]):
            place = at[candidate[k]]
            at[candidate[k]] = place + 1
            client[place] = i
            away[place] = distance[k]
    return start, client, away


@kernel(signature="void(i4[::1], f8[::1], i8[::1])")
def put_right(indptr, distance, order):  # type: ignore[no-untyped-def]
    """Insertion sort of an order that is nearly right: by distance, then place."""
    for i in range(len(indptr) - 1):
        for k in range(indptr[i] + 1, indptr[i + 1]):
            one = order[k]
            d, at = distance[one], k
            while at > indptr[i]:
                before = order[at - 1]
                if distance[before] < d or (distance[before] == d and before < one):
                    break
                order[at] = before
                at -= 1
            order[at] = one


@kernel(signature="i8(i4[::1], i4[::1], f8[::1], i1[::1], f8[::1], i4[::1], i4[::1], f8[::1], i4[::1])")
def lay_out(indptr, candidate, distance, status, c0, to_indptr, to_column, to_distance, name):  # type: ignore[no-untyped-def]
    """Rows of the free candidates alone, renumbered, up to each client's c0; returns how many are free.

    The target may be the source itself, since it never overtakes.
    """
    free = 0
    column = np.full(len(status), -1, np.int32)
    for j in range(len(status)):
        if status[j] == 0:
            column[j] = free
            name[free] = j
            free += 1
    filled, first = 0, indptr[0]
    for i in range(len(c0)):
        last = indptr[i + 1]
        to_indptr[i] = filled
        for k in range(first, last):
            if distance[k] >= c0[i]:
                break
            j = column[candidate[k]]
            if j >= 0:
                to_column[filled] = j
                to_distance[filled] = distance[k]
                filled += 1
        first = last
    to_indptr[len(c0)] = filled
    return free


@kernel(signature="void(i4[::1], i4[::1], f8[::1], i8, f8[::1])")
def open_one(start, client, away, j, c0):  # type: ignore[no-untyped-def]
    """Bring c0 down to the distances of a candidate that has been opened."""
    for k in range(start[j], start[j + 1]):
        if away[k] < c0[client[k]]:
            c0[client[k]] = away[k]


@kernel
def _copy(source, target):  # type: ignore[no-untyped-def]
    """Element by element: slices that are assigned to slices take numba seconds to compile."""
    for i in range(len(source)):
        target[i] = source[i]


@kernel
def _fill(target, value):  # type: ignore[no-untyped-def]
    for i in range(len(target)):
        target[i] = value


@kernel
def _sum(values):  # type: ignore[no-untyped-def]
    total = 0.0
    for i in range(len(values)):
        total += values[i]
    return total


@kernel
def _cheapest_first(order, count, first, rho):  # type: ignore[no-untyped-def]
    """Quickselect: the `first` smallest of `count` come to the front."""
    low, high = 0, count - 1
    while low < high:
        pivot = rho[order[(low + high) // 2]]
        a, b = low, high
        while a <= b:
            while rho[order[a]] < pivot:
                a += 1
            while rho[order[b]] > pivot:
                b -= 1
            if a <= b:
                order[a], order[b] = order[b], order[a]
                a += 1
                b -= 1
        if first - 1 <= b:
            high = b
        elif first - 1 >= a:
            low = a
        else:
            break


@kernel
def _reduced_costs(indptr, column, distance, u, rho):  # type: ignore[no-untyped-def]
    """Fill rho; returns the sum of the prices."""
    total = 0.0
    for i in range(len(u)):
        price = u[i]
        total += price
        for k in range(indptr[i], indptr[i + 1]):
            d = distance[k]
            if d >= price:
                break
            rho[column[k]] += d - price
    return total


@kernel
def _cost_and_slope(indptr, column, distance, u, c0, chosen, slope):  # type: ignore[no-untyped-def]
    """Cost of the chosen set, and the subgradient: one, less the chosen that serve the client below its price."""
    cost = 0.0
    for i in range(len(u)):
        price, pays, serving = u[i], c0[i], 0
        for k in range(indptr[i], indptr[i + 1]):
            d = distance[k]
            if d >= price and (serving > 0 or d >= pays):
                break
            if chosen[column[k]]:
                pays = min(pays, d)
                if d >= price:
                    break
                serving += 1
        cost += pays
        slope[i] = 1.0 - serving
    return cost


@kernel
def _cost_and_slope_by_candidate(start, client, away, name, order, to_open, u, c0, pays, slope):  # type: ignore[no-untyped-def]
    """The same by candidate, which is less work where few are chosen among many."""
    for i in range(len(u)):
        pays[i], slope[i] = c0[i], 1.0
    for s in range(to_open):
        j = name[order[s]]
        for k in range(start[j], start[j + 1]):
            i, d = client[k], away[k]
            pays[i] = min(pays[i], d)
            slope[i] -= 1.0 if d < u[i] else 0.0
    return _sum(pays)


@kernel
def _fix(bound, ceiling, rho, order, name, state, status, opened):  # type: ignore[no-untyped-def]
    """Open and close what the bound decides; the survivors stay in `order`. Returns how many were opened."""
    free, to_open = int(state[FREE]), int(state[TO_OPEN])
    dearest_in, cheapest_out = -np.inf, np.inf
    for s in range(free):
        if s < to_open:
            dearest_in = max(dearest_in, rho[order[s]])
        else:
            cheapest_out = min(cheapest_out, rho[order[s]])
    kept, count = 0, 0
    for s in range(free):
        j = order[s]
        if s < to_open and bound - rho[j] + cheapest_out > ceiling:
            status[name[j]] = 1
            opened[count] = name[j]
            count += 1
        elif s >= to_open and bound + rho[j] - dearest_in > ceiling:
            status[name[j]] = -1
        else:
            order[kept] = j
            kept += 1
    state[FREE], state[TO_OPEN] = kept, to_open - count
    return count


@kernel
def _move(indptr, distance, c0, slope, way, u, theta, upper, bound):  # type: ignore[no-untyped-def]
    """One step of the prices along the deflected subgradient; false where it has no direction left."""
    along, length = 0.0, 0.0
    for i in range(len(u)):
        if slope[i] > 0 and u[i] >= c0[i]:
            slope[i] = 0.0
        along += way[i] * slope[i]
        length += way[i] * way[i]
    back = -_DEFLECTION * along / length if along < 0 else 0.0
    length = 0.0
    for i in range(len(u)):
        way[i] = slope[i] + back * way[i]
        length += way[i] * way[i]
    if length == 0.0:
        return False
    step = theta * (upper - bound) / length
    for i in range(len(u)):
        price = u[i] + step * way[i]
        if indptr[i] < indptr[i + 1]:
            price = max(price, distance[indptr[i]])
        u[i] = min(price, c0[i])
    return True


@kernel
def _remember(status, order, to_open, name, best):  # type: ignore[no-untyped-def]
    """Write the chosen set into `best`: what is open, and the first of `order`."""
    filled = 0
    for j in range(len(status)):
        if status[j] == 1:
            best[filled] = j
            filled += 1
    for s in range(to_open):
        best[filled] = name[order[s]]
        filled += 1


@kernel
def _shrink(indptr, column, distance, name, order, state, c0):  # type: ignore[no-untyped-def]
    """Drop the columns that are no longer free, in place."""
    free = int(state[FREE])
    gone = np.ones(len(name), np.int8)
    for s in range(free):
        gone[order[s]] = 0
    names = np.empty(len(name), np.int32)
    free = lay_out(indptr, column, distance, gone, c0, indptr, column, distance, names)
    for j in range(free):
        names[j] = name[names[j]]
        order[j] = j
        name[j] = names[j]
    return free


@kernel(
    signature=f"i8({_ROWS}, i4[::1], i4[::1], {_ROWS}, f8[::1], f8[::1], f8[::1], f8[::1], i1[::1], f8[::1], f8[::1],"
    " i4[::1], f8, f8, f8, f8, i8, b1)",
)
def climb(  # type: ignore[no-untyped-def]
    indptr, column, distance, name, order, start, client, away, c0, u, best_u, way, status, often, state, best,
    step, share, patience, least_theta, rounds, stop_at_better,
):  # fmt: skip
    """Climb for some rounds, fixing on the way; everything handed in is carried on in place.

    Parameters
    ----------
    indptr, column, distance : int32[N + 1], int32[A], float64[A]
        Rows of the columns laid out; `name` says which candidate each column is, `order` lists the free ones.
    start, client, away : int32[M + 1], int32[B], float64[B]
        Pairs by candidate.
    c0, u, best_u, way : float64[N]
        Nearest open, prices, the best prices, the last direction.
    status : int8[M]
    often : float64[M]
        How often each candidate was among the cheapest, smoothed; negative before the first round.
    state : float64[6]
        See `BEST` and its neighbours.
    best : int32[p]
        The cheapest choice seen, written where its cost is below ``state[UPPER]``.
    step, share : float
        A choice is as good as the best where it costs more than the best, less `step`, less that `share` of the best.

    Returns
    -------
    int
        GOING, CLOSED, FLAT or BETTER.
    """
    rho, slope, pays = np.empty(len(status)), np.empty(len(u)), np.empty(len(u))
    chosen, opened = np.zeros(len(status), np.uint8), np.empty(len(best), np.int32)
    laid_out = int(state[FREE])
    for j in range(laid_out):
        laid_out = max(laid_out, order[j] + 1)
    end = GOING
    for turn in range(rounds + 1):
        free, to_open = int(state[FREE]), int(state[TO_OPEN])
        if to_open == 0 or free <= to_open:
            if free < to_open:
                return CLOSED
            for s in range(to_open):
                open_one(start, client, away, name[order[s]], c0)
            cost = _sum(c0)
            if cost < state[UPPER]:
                state[UPPER] = cost
                _remember(status, order, to_open, name, best)
            return CLOSED
        if end != GOING or turn == rounds:
            return end
        _fill(rho, 0.0)
        bound = _reduced_costs(indptr, column, distance, u, rho)
        _cheapest_first(order, free, to_open, rho)
        for s in range(to_open):
            bound += rho[order[s]]
            chosen[order[s]] = 1
        if to_open * to_open < free:
            cost = _cost_and_slope_by_candidate(start, client, away, name, order, to_open, u, c0, pays, slope)
        else:
            cost = _cost_and_slope(indptr, column, distance, u, c0, chosen, slope)
        for s in range(free):
            j = name[order[s]]
            now = float(chosen[order[s]])
            often[j] = now if often[j] < 0 else _KEPT * often[j] + (1 - _KEPT) * now
            chosen[order[s]] = 0
        better = cost < state[UPPER]
        if better:
            state[UPPER] = cost
            _remember(status, order, to_open, name, best)
        upper = state[UPPER]
        ceiling = upper - step - share * upper
        if bound > state[BEST] + _LEAST_GAIN * (upper - state[BEST]):
            state[STALLED] = 0
        else:
            state[STALLED] += 1
        if bound > state[BEST]:
            state[BEST] = bound
            _copy(u, best_u)
        if bound >= ceiling:
            return CLOSED
        count = _fix(bound, ceiling, rho, order, name, state, status, opened)
        for s in range(count):
            open_one(start, client, away, opened[s], c0)
        if count:
            for i in range(len(u)):
                u[i], best_u[i] = min(u[i], c0[i]), min(best_u[i], c0[i])
        if state[STALLED] >= patience:
            state[THETA] /= 2
            state[STALLED] = 0
            _copy(best_u, u)
            _fill(way, 0.0)
            if state[THETA] < least_theta:
                end = FLAT
        elif not _move(indptr, distance, c0, slope, way, u, state[THETA], upper, bound):
            end = FLAT
        if state[FREE] < _SHRINK_BELOW * laid_out and state[TO_OPEN] > 0:
            laid_out = _shrink(indptr, column, distance, name, order, state, c0)
        if better and stop_at_better and end == GOING:
            end = BETTER
    return end
