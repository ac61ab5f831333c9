"""Lagrangian bound (拉格朗日下界) of the p-median with capacities: one knapsack a candidate.

Each client names a price at which it would be served. What a candidate can earn at these prices within its capacity is
a 0/1 knapsack: v_j, negative. Whatever the prices, no choice costs less than their sum plus the p smallest v_j. A pair
of client and candidate whose use would lift that bound to the least cost known is struck out, and so are candidates.

Only the candidates that compete for the p places have their knapsack solved; for the others its continuous relaxation
is enough, which is no larger. Compiled code is kept by numba until its own file changes.

References
----------
Pirkul, H. (1987). Efficient algorithms for the capacitated concentrator location problem. Computers & Operations
    Research 14(3).
Martello, S., Toth, P. (1990). Knapsack Problems: Algorithms and Computer Implementations. Wiley.
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel

BEST, THETA, STALLED, PAIRS, UPPER = range(5)
"""Places in the state of a climb: best bound, step, rounds without gain, pairs left, least cost known."""

GOING, CLOSED, FLAT = range(3)
"""How a climb ended: its rounds are over; nothing better is left; the steps are too small."""

_LEAST_GAIN = 0.002
_DEFLECTION = 1.5
_KEPT = 0.85
_BRANCHES = 20_000


@kernel
def _copy(source, target):  # type: ignore[no-untyped-def]
    """Element by element: slices that are assigned to slices take numba seconds to compile."""
    for i in range(len(source)):
        target[i] = source[i]


@kernel
def _all_zero(values):  # type: ignore[no-untyped-def]
    largest = 0.0
    for i in range(len(values)):
        largest = max(largest, abs(values[i]))
    return largest == 0.0


@kernel
def sort_by(key, order):  # type: ignore[no-untyped-def]
    """Insertion sort of `order`, which is mostly nearly right from the last round."""
    for a in range(1, len(order)):
        one = order[a]
        at = a
        while at > 0 and key[order[at - 1]] > key[one]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = one


@kernel
def _turn(way, slope):  # type: ignore[no-untyped-def]
    """Turn the last direction by the subgradient, deflected where they disagree; the new one's length squared."""
    along, length = 0.0, 0.0
    for i in range(len(way)):
        along += way[i] * slope[i]
        length += way[i] * way[i]
    back = -_DEFLECTION * along / length if along < 0 else 0.0
    length = 0.0
    for i in range(len(way)):
        way[i] = slope[i] + back * way[i]
        length += way[i] * way[i]
    return length


@kernel
def _by_worth(item, profit, size, count):  # type: ignore[no-untyped-def]
    """Sort the first `count` items by profit a unit of size, the best first."""
    for a in range(1, count):
        v, w, i = profit[a], size[a], item[a]
        at = a
        while at > 0 and profit[at - 1] * w < v * size[at - 1]:
            profit[at], size[at], item[at] = profit[at - 1], size[at - 1], item[at - 1]
            at -= 1
        profit[at], size[at], item[at] = v, w, i


@kernel
def _continuous(profit, size, first, count, room):  # type: ignore[no-untyped-def]
    """Most that items from `first` on can earn if one may be cut."""
    earned = 0.0
    for a in range(first, count):
        if size[a] <= room:
            room -= size[a]
            earned += profit[a]
        else:
            return earned + profit[a] * room / size[a]
    return earned


@kernel
def _knapsack(profit, size, count, room, taken, trial):  # type: ignore[no-untyped-def]
    """Most that whole items can earn (Horowitz and Sahni's search), or a little more where the search grows too long.

    Items are sorted by worth. `taken` becomes the best set found.
    """
    most, earned, left = -1.0, 0.0, room
    for b in range(count):
        trial[b], taken[b] = 0, 0
    a, branches = 0, 0
    while True:
        if earned + _continuous(profit, size, a, count, left) > most + 1e-12:
            while a < count:
                if size[a] <= left:
                    left -= size[a]
                    earned += profit[a]
                    trial[a] = 1
                else:
                    trial[a] = 0
                    if earned + _continuous(profit, size, a + 1, count, left) <= most + 1e-12:
                        break
                a += 1
            if a == count and earned > most:
                most = earned
                for b in range(count):
                    taken[b] = trial[b]
        branches += 1
        if branches > _BRANCHES:
            return _continuous(profit, size, 0, count, room)
        a -= 1
        while a >= 0 and trial[a] == 0:
            a -= 1
        if a < 0:
            return most
        trial[a] = 0
        left += size[a]
        earned -= profit[a]
        a += 1


@kernel
def _items(start, end, client, away, demand, u, j, item, profit, size):  # type: ignore[no-untyped-def]
    """The pairs in which a candidate would serve below the price, sorted by worth; how many they are."""
    count = 0
    for k in range(start[j], end[j]):
        i = client[k]
        if away[k] < u[i]:
            item[count], profit[count], size[count] = k, u[i] - away[k], demand[i]
            count += 1
    _by_worth(item, profit, size, count)
    return count


@kernel
def _strike(  # type: ignore[no-untyped-def]
    start, end, client, away, used, demand, capacity, u, value, chosen, dearest_in, cheapest_out, bound, ceiling,
    alive, must, item, profit, size,
):  # fmt: skip
    """Strike out the pairs and candidates that the bound decides against; returns the pairs left."""
    left = 0
    for j in range(len(value)):
        if not alive[j]:
            continue
        beside = bound if chosen[j] else bound + value[j] - dearest_in
        if beside >= ceiling:
            alive[j] = 0
            end[j] = start[j]
            continue
        if chosen[j] and bound - value[j] + cheapest_out >= ceiling:
            must[j] = 1
        count = _items(start, end, client, away, demand, u, j, item, profit, size)
        kept = start[j]
        whole = -value[j]
        for k in range(start[j], end[j]):
            i, d = client[k], away[k]
            room = capacity[j] - demand[i]
            if room >= 0:
                # What the others can earn beside this client, cut as in the continuous relaxation.
                earned = 0.0
                for a in range(count):
                    if item[a] == k:
                        continue
                    if size[a] <= room:
                        room -= size[a]
                        earned += profit[a]
                    else:
                        earned += profit[a] * room / size[a]
                        break
                if beside + whole - (earned + u[i] - d) < ceiling:
                    client[kept], away[kept], used[kept] = i, d, used[k]
                    kept += 1
        end[j] = kept
        left += kept - start[j]
    return left


@kernel
def _rank(  # type: ignore[no-untyped-def]
    start, end, client, away, demand, capacity, u, alive, must, p, value, order, item, profit, size, taken, trial
):
    """Fill `value`, and `order` by it, those that must be open first; the first p are exact, the others relaxed."""
    key, exact = np.full(len(value), np.inf), np.zeros(len(value), np.uint8)
    for j in range(len(value)):
        value[j] = np.inf
        if alive[j]:
            count = _items(start, end, client, away, demand, u, j, item, profit, size)
            value[j] = -_continuous(profit, size, 0, count, capacity[j])
            key[j] = -1e300 if must[j] else value[j]
    while True:
        sort_by(key, order)
        solved = 0
        for s in range(p):
            j = order[s]
            if exact[j] or not alive[j]:
                solved += 1
                continue
            count = _items(start, end, client, away, demand, u, j, item, profit, size)
            value[j] = -_knapsack(profit, size, count, capacity[j], taken, trial)
            exact[j] = 1
            if not must[j]:
                key[j] = value[j]
        if solved == p:
            return


@kernel
def _total(serving, start, end, client, away):  # type: ignore[no-untyped-def]
    """Cost of serving each client from its candidate."""
    total = 0.0
    for j in range(len(start)):
        for k in range(start[j], end[j]):
            if serving[client[k]] == j:
                total += away[k]
    return total


@kernel(
    signature="i8(i4[::1], i4[::1], i4[::1], f8[::1], f8[::1], f8[::1], f8[::1], f8[::1], f8[::1], f8[::1], u1[::1],"
    " u1[::1], f8[::1], i4[::1], f8[::1], i4[::1], i8, f8, f8, i8, f8, i8)",
)
def climb(  # type: ignore[no-untyped-def]
    start, end, client, away, used, demand, capacity, u, best_u, way, alive, must, often, order, state, found, p,
    step, share, patience, least_theta, rounds,
):  # fmt: skip
    """Climb for some rounds, striking out on the way; everything handed in is carried on in place.

    Parameters
    ----------
    start, end, client, away, used : int32[M], int32[M], int32[A], float64[A], float64[A]
        Pairs left by candidate: places ``start[j]`` up to but without ``end[j]``; how often each was used, smoothed.
    demand, capacity : float64[N], float64[M]
    u, best_u, way : float64[N]
        Prices, the best prices, the last direction.
    alive, must : uint8[M]
        Candidates that may be, and that must be, open.
    often : float64[M]
        How often each candidate was among the cheapest, smoothed.
    order : int32[M]
        All candidates; on return by v_j: the first p are the last choice.
    state : float64[5]
        See `BEST` and its neighbours.
    found : int32[N]
        Candidate of each client in a choice that costs less than the best, where the climb met one.
    step, share : float
        A choice is as good as the best where it costs more than the best, less `step`, less that `share` of the best.

    Returns
    -------
    int
        GOING, CLOSED or FLAT.
    """
    candidates, clients = len(alive), len(u)
    value, chosen = np.empty(candidates), np.zeros(candidates, np.uint8)
    slope, serving = np.empty(clients), np.zeros(clients, np.int32)
    item, profit, size = np.empty(clients, np.int32), np.empty(clients), np.empty(clients)
    taken, trial = np.zeros(clients, np.uint8), np.zeros(clients, np.uint8)
    strike = True
    for _ in range(rounds):
        upper = state[UPPER]
        ceiling = upper - step - share * upper
        _rank(
            start,
            end,
            client,
            away,
            demand,
            capacity,
            u,
            alive,
            must,
            p,
            value,
            order,
            item,
            profit,
            size,
            taken,
            trial,
        )
        if value[order[p - 1]] == np.inf:
            return CLOSED
        bound, dearest_in = 0.0, -np.inf
        for i in range(clients):
            bound += u[i]
            slope[i] = 1.0
        for j in range(candidates):
            chosen[j] = 0
        for s in range(p):
            j = order[s]
            chosen[j] = 1
            bound += value[j]
            if not must[j]:
                dearest_in = max(dearest_in, value[j])
            count = _items(start, end, client, away, demand, u, j, item, profit, size)
            _knapsack(profit, size, count, capacity[j], taken, trial)
            for k in range(start[j], end[j]):
                used[k] *= _KEPT
            for a in range(count):
                if taken[a]:
                    slope[client[item[a]]] -= 1.0
                    used[item[a]] += 1 - _KEPT
                    serving[client[item[a]]] = j
        cheapest_out = value[order[p]] if p < candidates else np.inf
        for j in range(candidates):
            often[j] = _KEPT * often[j] + (1 - _KEPT) * chosen[j]
        state[STALLED] = 0 if bound > state[BEST] + _LEAST_GAIN * (upper - state[BEST]) else state[STALLED] + 1
        if bound > state[BEST]:
            state[BEST] = bound
            _copy(u, best_u)
        if _all_zero(slope):
            # The choice serves everybody once. It costs what the bound says, unless a knapsack was given up.
            total = _total(serving, start, end, client, away)
            if total < upper:
                state[UPPER] = upper = total
                _copy(serving, found)
                ceiling = upper - step - share * upper
        if bound >= ceiling:
            return CLOSED
        if strike:
            strike = False
            state[PAIRS] = _strike(
                start, end, client, away, used, demand, capacity, u, value, chosen, dearest_in, cheapest_out, bound,
                ceiling, alive, must, item, profit, size,
            )  # fmt: skip
        if state[STALLED] >= patience:
            state[THETA] /= 2
            state[STALLED] = 0
            _copy(best_u, u)
            for i in range(clients):
                way[i] = 0.0
            strike = True
            if state[THETA] < least_theta:
                return FLAT
            continue
        length = _turn(way, slope)
        if length == 0.0:
            return FLAT
        for i in range(clients):
            u[i] += state[THETA] * (upper - bound) / length * way[i]
    return GOING
