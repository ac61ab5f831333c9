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

from xiuhua.engine.searches.compiling import kernel


@kernel
def _nearest_two(start, client, away, cap, chosen, n1, n2, d1, d2):  # type: ignore[no-untyped-def]
    """The places in `chosen` of each client's nearest two, -1 where it pays its cap, and what they cost."""
    for i in range(len(cap)):
        n1[i], n2[i], d1[i], d2[i] = -1, -1, cap[i], cap[i]
    for s in range(len(chosen)):
        _add(start, client, away, chosen[s], s, n1, n2, d1, d2)


@kernel
def _add(start, client, away, j, s, n1, n2, d1, d2):  # type: ignore[no-untyped-def]
    """Let candidate j, at place s, serve whom it serves more cheaply."""
    for k in range(start[j], start[j + 1]):
        i, d = client[k], away[k]
        if d < d2[i]:
            if d < d1[i]:
                d2[i], n2[i] = d1[i], n1[i]
                d1[i], n1[i] = d, s
            else:
                d2[i], n2[i] = d, s


@kernel
def _put(indptr, candidate, distance, start, client, away, cap, chosen, where, j, s, n1, n2, d1, d2):  # type: ignore[no-untyped-def]
    """Put candidate j at place s; `where` gives the place of each candidate, -1 where it is closed."""
    where[chosen[s]] = -1
    where[j] = s
    chosen[s] = j
    if len(chosen) * len(chosen) < len(where):
        _nearest_two(start, client, away, cap, chosen, n1, n2, d1, d2)
        return
    for i in range(len(cap)):
        if n1[i] != s and n2[i] != s:
            continue
        n1[i], n2[i], d1[i], d2[i] = -1, -1, cap[i], cap[i]
        for k in range(indptr[i], indptr[i + 1]):
            if distance[k] >= cap[i]:
                break
            if where[candidate[k]] >= 0:
                if n1[i] < 0:
                    n1[i], d1[i] = where[candidate[k]], distance[k]
                else:
                    n2[i], d2[i] = where[candidate[k]], distance[k]
                    break
    for k in range(start[j], start[j + 1]):
        i, d = client[k], away[k]
        if n1[i] != s and n2[i] != s and d < d2[i]:
            if d < d1[i]:
                d2[i], n2[i] = d1[i], n1[i]
                d1[i], n1[i] = d, s
            else:
                d2[i], n2[i] = d, s


@kernel
def _saving(start, client, away, n1, d1, d2, j, loss, extra):  # type: ignore[no-untyped-def]
    """What opening j instead of the best one to give up saves, and the place of that one."""
    gain = 0.0
    extra[:] = 0.0
    for k in range(start[j], start[j + 1]):
        i, d = client[k], away[k]
        if d < d2[i]:
            if d < d1[i]:
                gain += d1[i] - d
                if n1[i] >= 0:
                    extra[n1[i]] += d2[i] - d1[i]
            else:
                extra[n1[i]] += d2[i] - d
    most, place = -np.inf, -1
    for s in range(len(loss)):
        saved = gain - loss[s] + extra[s]
        if saved > most:
            most, place = saved, s
    return most, place


@kernel(
    signature="f8(i4[::1], i4[::1], f8[::1], i4[::1], i4[::1], f8[::1], f8[::1], i4[::1], i4[::1], f8, i8)",
)
def exchange(indptr, candidate, distance, start, client, away, cap, chosen, candidates, least, most):  # type: ignore[no-untyped-def]
    """Exchange wherever that saves more than `least`, until no exchange with one of `candidates` does.

    Parameters
    ----------
    indptr, candidate, distance : int32[N + 1], int32[A], float64[A]
        Pairs by client, nearest first.
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
    most : int
        Largest number of exchanges.

    Returns
    -------
    float
        Cost of the choice.
    """
    n, p = len(cap), len(chosen)
    n1, n2, d1, d2 = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n), np.empty(n)
    loss, extra = np.empty(p), np.empty(p)
    where = np.full(len(start) - 1, -1, np.int32)
    for s in range(p):
        where[chosen[s]] = s
    _nearest_two(start, client, away, cap, chosen, n1, n2, d1, d2)
    c, looked, stale = 0, 0, True
    while looked < len(candidates) and most > 0:
        if stale:
            loss[:] = 0.0
            for i in range(n):
                if n1[i] >= 0:
                    loss[n1[i]] += d2[i] - d1[i]
            stale = False
        j = candidates[c]
        c = c + 1 if c + 1 < len(candidates) else 0
        looked += 1
        if where[j] >= 0:
            continue
        saved, s = _saving(start, client, away, n1, d1, d2, j, loss, extra)
        if saved > least:
            _put(indptr, candidate, distance, start, client, away, cap, chosen, where, j, s, n1, n2, d1, d2)
            looked, most, stale = 0, most - 1, True
    return d1.sum()


@kernel(signature="void(i4[::1], i4[::1], i4[::1], i4[::1])")
def put_in(chosen, candidates, going, coming):  # type: ignore[no-untyped-def]
    """Let candidates come, by their place, for chosen ones by theirs, unless they are already inside."""
    for t in range(len(going)):
        comes, inside = candidates[coming[t]], False
        for s in range(len(chosen)):
            inside = inside or chosen[s] == comes
        if not inside:
            chosen[going[t]] = comes


@kernel(signature="i4[::1](i4[::1], i4[::1], f8[::1], f8[::1], i8)")
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
