"""p-median with capacities (有容量限制的 p-中位): each client wholly from one site, no site beyond what it holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.siting.checks import (
    checked_candidates,
    checked_cost,
    checked_p,
    checked_weights,
    clients_named,
)
from xiuhua.engine.siting.median import nearest_open
from xiuhua.engine.siting.open_already import kept_open, served_weights
from xiuhua.engine.siting.solution import Solution, relative_gap
from xiuhua.engine.stopwatch import Stopwatch


def capacitated_p_median(
    cost: Any,
    p: int,
    capacity: ArrayLike,
    demand: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    time_limit: float | None = None,
    *,
    fixed: ArrayLike | None = None,
    skip_unreachable: bool = False,
    stop: Callable[[], bool] | None = None,
) -> Solution:
    """The p candidates, and who is served by which, at the least sum of weight times cost within the capacities.

    A client is served by one site alone, which need not be its nearest. No solver of integer programs: Lagrangian bound
    with a knapsack for each candidate, pairs and candidates struck out by reduced costs, shifts and exchanges for good
    choices, and a tree over what is left. A search that proves its choice gives the same one however many threads there
    are.

    Parameters
    ----------
    cost : array_like[N, M] or scipy sparse[N, M]
        Cost of serving each client (rows) from each candidate (columns), not negative. ``inf``, or in a sparse matrix a
        pair that is not stored, says that it cannot.
    p : int
        How many to open, exactly, besides what is `fixed`. With `fixed` it may be 0: how things are today.
    capacity : float or float[M]
        What each candidate holds, in the units of `demand`.
    demand : float[N], optional
        What each client takes of it; its weight without, or 1 each where there are no weights either.
    weights : float[N], optional
        How much the cost of each client counts; 1 each without.
    time_limit : float, optional
        Seconds after which the best choice found is given, with an honest gap.
    fixed : array_like[F], optional
        Candidates that are open already and stay open; `p` counts new ones besides. Repeats count once.
    skip_unreachable : bool
        Leave out clients whom no candidate can serve instead of refusing: they are assigned -1, and neither the
        objective nor the bound knows of them.
    stop : callable, optional
        Asked now and then; a true answer ends the search in the same way.

    Returns
    -------
    Solution
        Whole products of weight and cost are proven exactly, others to 1e-9 of the objective. If the search was ended
        before any choice within the capacities was found, the objective is ``inf`` and nobody is assigned. A client
        without weight and demand goes to its cheapest open site. `open` holds the fixed too.

    Raises
    ------
    ValueError
        A cost, weight, demand or capacity is negative or NaN; `fixed` names no candidate; `p` is not between 1 and M,
        or 0 and M - F with `fixed`; a client can be served by no candidate or is larger than all that could serve it;
        what is open then cannot hold the demand, or not so that each client is served by one.

    References
    ----------
    Pirkul, H. (1987). Efficient algorithms for the capacitated concentrator location problem. Computers & Operations
    Research 14(3).

    Ceselli, A., Righini, G. (2005). A branch-and-price algorithm for the capacitated p-median problem. Networks 45(3).
    """
    watch = Stopwatch(time_limit, stop)
    table = checked_cost(cost)
    clients, candidates = table.shape
    weight = checked_weights(weights, clients)
    already = checked_candidates("fixed", fixed, candidates)
    p = checked_p(p, candidates, len(already))
    takes = weight.copy() if demand is None else _amounts("demand", demand, clients, "client")
    holds = _amounts("capacity", capacity, candidates, "candidate")
    asking = ((weight > 0) | (takes > 0)).astype(np.float64)
    counted = served_weights(table, asking, skip_unreachable) > 0
    takes[~counted] = 0.0
    _refuse_too_small(table, p, already, takes, holds)

    sites, assign, bound = _searched(table, p, already, takes, holds, weight, np.flatnonzero(counted), watch)
    if assign is None:
        return Solution(float("inf"), bound, float("inf"), sites, np.full(clients, -1, np.int32), watch.seconds)
    free = ~counted
    assign[free] = nearest_open(table, sites)[0][free]
    paid = _paid(table, assign)
    objective = float(weight[counted] @ paid[counted])
    bound = min(bound, objective)
    return Solution(objective, bound, relative_gap(objective, bound), sites, assign, watch.seconds)


def _searched(
    table: sp.csr_array,
    p: int,
    already: NDArray[np.int32],
    takes: NDArray[np.float64],
    holds: NDArray[np.float64],
    weight: NDArray[np.float64],
    counted: NDArray[np.intp],
    watch: Stopwatch,
) -> tuple[NDArray[np.int32], NDArray[np.int32] | None, float]:
    """Sites, who is served by which, and the bound; no assignment where the watch was first."""
    from xiuhua.engine.siting.capacitated_tree import Search
    from xiuhua.engine.siting.median_rows import sorted_rows

    fitting = _fitting(table, takes, holds)
    fitting = kept_open(fitting[counted] if len(counted) < len(weight) else fitting, already)
    matters = np.concatenate([weight[counted], np.ones(len(already))])
    fills = np.concatenate([takes[counted], np.zeros(len(already))])
    search = Search(sorted_rows(fitting, matters), fills, holds, p + len(already), watch)
    search.run()
    assign = np.full(len(weight), -1, np.int32)
    if search.solved:
        assign[counted] = search.sites[search.place[: len(counted)]]
        return np.sort(search.sites), assign, search.bound
    if search.exhausted:
        beside = f" and the {len(already)} in fixed" if len(already) else ""
        raise ValueError(
            f"p={p} candidates{beside} cannot serve all clients within their capacity, though it suffices in sum: "
            "a client is served by one site alone"
        )
    return np.sort(search.sites), None, search.bound


def _amounts(name: str, amounts: ArrayLike, count: int, of_a: str) -> NDArray[np.float64]:
    given = np.asarray(amounts)
    if given.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold numbers, not {given.dtype}")
    if given.shape not in ((), (count,)):
        raise ValueError(f"{name} must be one number, or one a {of_a}, shape ({count},), not {given.shape}")
    if np.isnan(given).any() or given.min() < 0 or (name == "demand" and np.isinf(given).any()):
        raise ValueError(f"{name} must not be negative or NaN" + (" or infinite" if name == "demand" else ""))
    return np.array(np.broadcast_to(given, (count,)), np.float64)


def _refuse_too_small(
    table: sp.csr_array,
    p: int,
    already: NDArray[np.int32],
    takes: NDArray[np.float64],
    holds: NDArray[np.float64],
) -> None:
    largest_first = np.sort(np.delete(holds, already))[::-1]
    most = float(largest_first[:p].sum() + holds[already].sum())
    if takes.sum() > most * (1 + 1e-12):
        those = f"the {p} largest candidates" + (f" and the {len(already)} in fixed" if len(already) else "")
        raise ValueError(f"capacity is too small: {those} hold {most:g} in sum, the demand is {takes.sum():g}")
    largest = np.zeros(len(takes))
    np.maximum.at(largest, np.repeat(np.arange(len(takes)), np.diff(table.indptr)), holds[table.indices])
    too_large = np.flatnonzero((takes > largest) & (np.diff(table.indptr) > 0))
    if len(too_large):
        raise ValueError(
            f"demand exceeds the capacity of every candidate that can serve it: {clients_named(too_large)}"
        )


def _fitting(table: sp.csr_array, takes: NDArray[np.float64], holds: NDArray[np.float64]) -> sp.csr_array:
    """The pairs in which the client fits into the candidate."""
    client = np.repeat(np.arange(len(takes)), np.diff(table.indptr))
    kept = takes[client] <= holds[table.indices]
    before = np.concatenate([[0], np.cumsum(kept)])
    return sp.csr_array((table.data[kept], table.indices[kept], before[table.indptr]), shape=table.shape)


def _paid(table: sp.csr_array, assign: NDArray[np.int32]) -> NDArray[np.float64]:
    """Cost of each client from the candidate that serves it, ``inf`` where none does."""
    paid = np.full(table.shape[0], np.inf)
    client = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    mine = table.indices == assign[client]
    paid[client[mine]] = table.data[mine]
    return paid
