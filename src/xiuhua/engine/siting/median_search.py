"""Good choices for the p-median by exchange (交换法): one open candidate against one that is not, while that helps.

A client that no open candidate serves more cheaply pays its cap. Compiled code is kept by numba until its own file
changes.

References
----------
Teitz, M. B., Bart, P. (1968). Heuristic methods for estimating the generalized vertex median of a weighted graph.
    Operations Research 16(5).
Whitaker, R. A. (1983). A fast algorithm for the greedy interchange of large-scale clustering and median location
    problems. INFOR 21(2).
Resende, M. G. C., Werneck, R. F. (2007). A fast swap-based local search procedure for location problems. Annals of
    Operations Research 150(1).
"""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def _nearest_two(start, client, away, cap, chosen, nearest, d1, d2):  # type: ignore[no-untyped-def]
    """The place in `chosen` of each client's nearest, -1 where it pays its cap, and what the nearest two cost."""
    nearest[:] = -1
    d1[:] = cap
    d2[:] = cap
    for s in range(len(chosen)):
        j = chosen[s]
        for k in range(start[j], start[j + 1]):
            i, d = client[k], away[k]
            if d < d2[i]:
                if d < d1[i]:
                    d2[i] = d1[i]
                    d1[i] = d
                    nearest[i] = s
                else:
                    d2[i] = d


@njit(cache=True, nogil=True)
def _saving(start, client, away, nearest, d1, d2, j, loss, extra):  # type: ignore[no-untyped-def]
    """What opening j instead of the best one to give up saves, and the place of that one."""
    gain = 0.0
    extra[:] = 0.0
    for k in range(start[j], start[j + 1]):
        i, d = client[k], away[k]
        if d < d2[i]:
            if d < d1[i]:
                gain += d1[i] - d
                if nearest[i] >= 0:
                    extra[nearest[i]] += d2[i] - d1[i]
            else:
                extra[nearest[i]] += d2[i] - d
    most, place = -np.inf, -1
    for s in range(len(loss)):
        saved = gain - loss[s] + extra[s]
        if saved > most:
            most, place = saved, s
    return most, place


@njit("f8(i4[::1], i4[::1], f8[::1], f8[::1], i4[::1], i4[::1], f8, i8)", cache=True, nogil=True)
def exchange(start, client, away, cap, chosen, candidates, least, rounds):  # type: ignore[no-untyped-def]
    """Exchange, the best first, until no exchange with one of `candidates` saves more than `least`.

    Parameters
    ----------
    start, client, away : int32[M + 1], int32[A], float64[A]
        Pairs by candidate.
    cap : float64[N]
        What an unserved client pays.
    chosen : int32[p]
        The choice, improved in place.
    candidates : int32[C]
        Which may come in.
    least : float
        Smallest saving that counts, above what rounding feigns.
    rounds : int
        Largest number of exchanges.

    Returns
    -------
    float
        Cost of the choice.
    """
    n, p = len(cap), len(chosen)
    nearest, d1, d2 = np.empty(n, np.int32), np.empty(n), np.empty(n)
    loss, extra = np.empty(p), np.empty(p)
    inside = np.zeros(len(start) - 1, np.uint8)
    for s in range(p):
        inside[chosen[s]] = 1
    _nearest_two(start, client, away, cap, chosen, nearest, d1, d2)
    for _ in range(rounds):
        loss[:] = 0.0
        for i in range(n):
            if nearest[i] >= 0:
                loss[nearest[i]] += d2[i] - d1[i]
        most, comes, goes = least, -1, -1
        for c in range(len(candidates)):
            j = candidates[c]
            if inside[j]:
                continue
            saved, place = _saving(start, client, away, nearest, d1, d2, j, loss, extra)
            if saved > most:
                most, comes, goes = saved, j, place
        if comes < 0:
            break
        inside[chosen[goes]], inside[comes] = 0, 1
        chosen[goes] = comes
        _nearest_two(start, client, away, cap, chosen, nearest, d1, d2)
    return d1.sum()


@njit("void(i4[::1], i4[::1], i4[::1], i4[::1])", cache=True, nogil=True)
def put_in(chosen, candidates, going, coming):  # type: ignore[no-untyped-def]
    """Let candidates come, by their place, for chosen ones by theirs, unless they are already inside."""
    for t in range(len(going)):
        comes, inside = candidates[coming[t]], False
        for s in range(len(chosen)):
            inside = inside or chosen[s] == comes
        if not inside:
            chosen[going[t]] = comes


@njit("i4[::1](i4[::1], i4[::1], f8[::1], f8[::1], i8)", cache=True, nogil=True)
def greedy(start, client, away, cap, p):  # type: ignore[no-untyped-def]
    """The candidate that saves most, p times. What one saves only falls, so that few are asked again each time."""
    candidates = len(start) - 1
    pays, saves = cap.copy(), np.full(candidates, np.inf)
    chosen = np.empty(p, np.int32)
    for s in range(p):
        asked = -1
        while True:
            j = int(np.argmax(saves))
            if j == asked:
                break
            saves[j] = 0.0
            for k in range(start[j], start[j + 1]):
                saves[j] += max(0.0, pays[client[k]] - away[k])
            asked = j
        chosen[s] = asked
        saves[asked] = -1.0
        for k in range(start[asked], start[asked + 1]):
            pays[client[k]] = min(pays[client[k]], away[k])
    return chosen
