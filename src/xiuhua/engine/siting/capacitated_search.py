"""Good choices for the p-median with capacities: clients shifted and exchanged between sites, sites moved and replaced.

Overload is allowed on the way, at a price a unit. Compiled code is kept by numba until its own file changes.
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel
from xiuhua.engine.siting.capacitated_bound import sort_by

_EPSILON = 1e-9


@kernel
def _over(load, room):  # type: ignore[no-untyped-def]
    return max(0.0, load - room)


@kernel
def _distribute(away, demand, capacity, sites, fine, assign, load):  # type: ignore[no-untyped-def]
    """Clients to their nearest site with room, those first that would lose most by the second."""
    clients, p = away.shape[1], len(sites)
    regret = np.empty(clients)
    for i in range(clients):
        d1, d2 = np.inf, np.inf
        for s in range(p):
            d = away[sites[s], i]
            if d < d1:
                d1, d2 = d, d1
            elif d < d2:
                d2 = d
        regret[i] = d1 - d2 if p > 1 else 0.0
    for s in range(p):
        load[s] = 0.0
    order = np.arange(clients)
    sort_by(regret, order)
    for i in order:
        best, at = np.inf, 0
        for s in range(p):
            d = away[sites[s], i] + fine * _over(load[s] + demand[i], capacity[sites[s]])
            if d < best:
                best, at = d, s
        assign[i] = at
        load[at] += demand[i]


@kernel
def _settle(away, demand, capacity, sites, fine, assign, load):  # type: ignore[no-untyped-def]
    """Shift one client, or exchange two, until that does not help."""
    clients, p = away.shape[1], len(sites)
    least = _EPSILON * (1.0 + fine)
    moved = True
    while moved:
        moved = False
        for i in range(clients):
            a, q = assign[i], demand[i]
            here = away[sites[a], i]
            gain = _over(load[a], capacity[sites[a]]) - _over(load[a] - q, capacity[sites[a]])
            best, at = -least, -1
            for b in range(p):
                if b != a:
                    more = _over(load[b] + q, capacity[sites[b]]) - _over(load[b], capacity[sites[b]])
                    change = away[sites[b], i] - here + fine * (more - gain)
                    if change < best:
                        best, at = change, b
            if at >= 0:
                assign[i] = at
                load[a] -= q
                load[at] += q
                moved = True
        for i in range(clients):
            for k in range(i):
                a, b = assign[i], assign[k]
                if a == b:
                    continue
                change = away[sites[b], i] + away[sites[a], k] - away[sites[a], i] - away[sites[b], k]
                if change >= 0.0 and load[a] <= capacity[sites[a]] and load[b] <= capacity[sites[b]]:
                    continue
                q = demand[k] - demand[i]
                before = _over(load[a], capacity[sites[a]]) + _over(load[b], capacity[sites[b]])
                after = _over(load[a] + q, capacity[sites[a]]) + _over(load[b] - q, capacity[sites[b]])
                if change + fine * (after - before) < -least:
                    assign[i], assign[k] = b, a
                    load[a] += q
                    load[b] -= q
                    moved = True


@kernel
def _move_sites(away, demand, capacity, sites, fine, assign, load):  # type: ignore[no-untyped-def]
    """Move each site to where its clients are served best; true where one moved."""
    candidates, clients = away.shape
    p = len(sites)
    inside = np.zeros(candidates, np.uint8)
    for s in range(p):
        inside[sites[s]] = 1
    member, moved = np.empty(clients, np.int32), False
    for s in range(p):
        count = 0
        for i in range(clients):
            if assign[i] == s:
                member[count] = i
                count += 1
        best, at, here = np.inf, -1, np.inf
        for j in range(candidates):
            if inside[j] and j != sites[s]:
                continue
            total = fine * _over(load[s], capacity[j])
            for c in range(count):
                total += away[j, member[c]]
            if j == sites[s]:
                here = total
            if total < best:
                best, at = total, j
        if best < here - _EPSILON * (1.0 + fine):
            inside[sites[s]], inside[at] = 0, 1
            sites[s] = at
            moved = True
    return moved


@kernel(signature="f8(f8[:, ::1], f8[::1], f8[::1], i4[::1], f8, i4[::1], b1)")
def improve(away, demand, capacity, sites, fine, assign, afresh):  # type: ignore[no-untyped-def]
    """Improve sites and assignment in place, the latter made afresh first or as it is.

    Parameters
    ----------
    away : float64[M, N]
        Cost by candidate and client.
    demand, capacity : float64[N], float64[M]
    sites : int32[p]
    fine : float
        Price of a unit of overload.
    assign : int32[N]
        Place in `sites` of each client's.

    Returns
    -------
    float
        The cost, ``inf`` where a site is overloaded.
    """
    load = np.zeros(len(sites))
    if afresh:
        _distribute(away, demand, capacity, sites, fine, assign, load)
    else:
        for i in range(len(assign)):
            load[assign[i]] += demand[i]
    _settle(away, demand, capacity, sites, fine, assign, load)
    while _move_sites(away, demand, capacity, sites, fine, assign, load):
        _settle(away, demand, capacity, sites, fine, assign, load)
    for _ in range(3):
        overloaded = False
        for s in range(len(sites)):
            if load[s] > capacity[sites[s]] * (1 + 1e-12):
                overloaded = True
        if not overloaded:
            break
        fine *= 10.0
        _settle(away, demand, capacity, sites, fine, assign, load)
    cost = 0.0
    load[:] = 0.0
    for i in range(len(assign)):
        cost += away[sites[assign[i]], i]
        load[assign[i]] += demand[i]
    for s in range(len(sites)):
        if load[s] > capacity[sites[s]] * (1 + 1e-12):
            return np.inf
    return cost
