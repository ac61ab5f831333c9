"""p-median (p-中位): the p sites from which the clients are served at the least total cost, with a proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.siting.open_already import Question, checked_question
from xiuhua.engine.siting.solution import Solution, relative_gap
from xiuhua.engine.stopwatch import Stopwatch


def p_median(
    cost: Any,
    p: int,
    weights: ArrayLike | None = None,
    time_limit: float | None = None,
    *,
    fixed: ArrayLike | None = None,
    skip_unreachable: bool = False,
    stop: Callable[[], bool] | None = None,
) -> Solution:
    """The p candidates that serve all clients at the least sum of weight times cost, each from its cheapest.

    No solver of integer programs: Lagrangian bound, fixing by reduced costs, exchange for good choices, and a tree over
    what is left undecided. A search that proves its choice gives the same one however many threads there are.

    Parameters
    ----------
    cost : array_like[N, M] or scipy sparse[N, M]
        Cost of serving each client (rows) from each candidate (columns), not negative. ``inf``, or in a sparse matrix a
        pair that is not stored, says that it cannot; a stored zero is a cost of 0.
    p : int
        How many to open, exactly, besides what is `fixed`. With `fixed` it may be 0: how things are today.
    weights : float[N], optional
        Residents or visits of each client; 1 each without. A client of weight 0 need not be served.
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
        before any choice that serves everybody was found, the objective is ``inf``. `open` holds the fixed too.

    Raises
    ------
    ValueError
        A cost or weight is negative or NaN; `fixed` names no candidate; `p` is not between 1 and M, or 0 and M - F with
        `fixed`; a client can be served by no candidate, or what is open then cannot serve all clients.

    References
    ----------
    Beasley, J. E. (1985). A note on solving large p-median problems. European Journal of Operational Research 21(2).
    """
    watch = Stopwatch(time_limit, stop)
    question = checked_question(cost, p, weights, fixed, skip_unreachable)
    chosen, bound = _searched(question, watch)
    sites = question.opened(chosen)
    assign, paid = nearest_open(question.given, sites)
    counted = question.counted > 0
    objective = float(question.counted[counted] @ paid[counted])
    bound = min(bound, objective)
    return Solution(objective, bound, relative_gap(objective, bound), sites, assign, watch.seconds)


def nearest_open(cost: sp.csr_array, sites: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The cheapest open candidate of each client, the first of equals, and its cost; -1 and ``inf`` where none serves.

    Parameters
    ----------
    cost : csr_array[N, M]
        Checked costs.
    sites : int32[P]
        Open candidates, ascending.
    """
    assign = np.full(cost.shape[0], -1, np.int32)
    paid = np.full(cost.shape[0], np.inf)
    is_open = np.zeros(cost.shape[1], np.bool_)
    is_open[sites] = True
    pairs = np.flatnonzero(is_open[cost.indices])
    client = np.searchsorted(cost.indptr, pairs, side="right") - 1
    first = np.lexsort((cost.data[pairs], client))
    served, at = np.unique(client[first], return_index=True)
    nearest = pairs[first[at]]
    assign[served], paid[served] = cost.indices[nearest], cost.data[nearest]
    return assign, paid


def _searched(question: Question, watch: Stopwatch) -> tuple[NDArray[np.int32], float]:
    """The choice and the bound."""
    from xiuhua.engine.siting.median_rows import sorted_rows
    from xiuhua.engine.siting.median_tree import Search

    table, weight, p = question.cost, question.weight, question.p
    counted = np.flatnonzero(weight > 0)
    if len(counted) < len(weight):
        table, weight = table[counted], weight[counted]
    search = Search(sorted_rows(table, weight), p, watch)
    if table.nnz < table.shape[0] * table.shape[1]:
        search.begin_with_a_choice()
        if np.isinf(search.cost):
            cover = _cover(table, question, watch)
            if cover is None:
                return search.chosen, 0.0
            search.begin_with_cover(cover)
    search.run()
    return search.chosen, search.bound


def _cover(table: sp.csr_array, question: Question, watch: Stopwatch) -> NDArray[np.int32] | None:
    """At most p candidates that serve everybody, or None where the time is up first.

    Raises
    ------
    ValueError
        There are none.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    serves = sp.csr_array((np.ones(table.nnz), table.indices, table.indptr), shape=table.shape)
    one_each = np.ones(table.shape[1])
    answer = milp(
        one_each,
        integrality=one_each.astype(np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(serves, 1),
        options={"time_limit": watch.left} if np.isfinite(watch.left) else {},
    )
    needed = len(one_each) if answer.mip_dual_bound is None else int(np.ceil(answer.mip_dual_bound - 1e-6))
    if needed > question.p:
        raise ValueError(question.too_few(needed))
    if answer.x is None or answer.x.sum() > question.p + 0.5:
        return None
    return np.flatnonzero(answer.x > 0.5).astype(np.int32)
