"""Covering within a limit: everybody by the fewest (LSCP, 全覆盖选址), or the most by p (MCLP, 最大覆盖选址)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.siting.checks import (
    checked_candidates,
    checked_cost,
    checked_limit,
    checked_p,
    checked_weights,
    refuse_unserved,
    within,
)
from xiuhua.engine.siting.median import nearest_open, p_median
from xiuhua.engine.siting.solution import Solution, relative_gap
from xiuhua.engine.stopwatch import Stopwatch

_LEAST_SECONDS = 1e-3
"""What is left of a limit that is over: the search gives what it has."""


def lscp(
    cost: Any,
    limit: float,
    time_limit: float | None = None,
    *,
    fixed: ArrayLike | None = None,
    skip_unreachable: bool = False,
    stop: Callable[[], bool] | None = None,
) -> Solution:
    """Open as few candidates as possible so that every client has one within a limit.

    Parameters
    ----------
    cost : array_like[N, M] or scipy sparse[N, M]
        Cost of serving each client from each candidate, e.g. metres. ``inf``, or not stored: cannot serve.
    limit : float
        Largest cost that counts as served, in the units of `cost`.
    time_limit : float, optional
        Seconds after which the best found is given, with an honest gap.
    fixed : array_like[F], optional
        Candidates that are open already; they count in the objective.
    skip_unreachable : bool
        Leave out clients beyond the limit from every candidate instead of refusing.
    stop : callable, optional
        Asked now and then; a true answer ends the search likewise.

    Returns
    -------
    Solution
        `objective` is the number of open candidates, `fixed` among them. `assign` is -1 for clients left out.

    Raises
    ------
    ValueError
        An argument is not as described; or clients lie beyond the limit from every candidate, whom it names.

    References
    ----------
    Toregas, C., Swain, R., ReVelle, C., Bergman, L. (1971). The location of emergency service facilities.
    Operations Research 19(6), 1363-1373.
    """
    table = checked_cost(cost)
    serves = within(table, checked_limit(limit))
    already = checked_candidates("fixed", fixed, table.shape[1])
    watch = Stopwatch(time_limit, stop)
    if not skip_unreachable:
        refuse_unserved(f"limit {limit:g}: beyond it from every candidate", serves)
    opened, bound = _complete(serves, already, watch)
    assign = nearest_open(serves, opened)[0]
    return Solution(len(opened), bound, relative_gap(len(opened), bound), opened, assign, watch.seconds)


def _complete(serves: sp.csr_array, already: NDArray[np.int32], watch: Stopwatch) -> tuple[NDArray[np.int32], int]:
    """What is open already and the fewest others that cover the rest; and how few there can be in all."""
    from xiuhua.engine.siting.fewest import fewest  # compiles

    served = np.diff(serves.indptr) > 0
    rest = np.flatnonzero(served & (nearest_open(serves, already)[0] < 0))
    if not len(rest):
        return already, len(already)
    cover = fewest(sp.csr_array(serves[rest]), serves.shape[1], 0, watch)
    assert cover.open is not None  # all candidates together cover, so a first cover is always met
    return np.union1d(already, cover.open).astype(np.int32), len(already) + cover.bound


def mclp(
    cost: Any,
    p: int,
    limit: float,
    weights: ArrayLike | None = None,
    time_limit: float | None = None,
    *,
    fixed: ArrayLike | None = None,
    stop: Callable[[], bool] | None = None,
) -> Solution:
    """Open p candidates so that as much weight as possible lies within a limit of one.

    Clients whom the same candidates cover are merged and candidates that another replaces left out; what remains is a
    p-median in which a client costs its weight unless it is covered.

    Parameters
    ----------
    cost : array_like[N, M] or scipy sparse[N, M]
        Cost of serving each client from each candidate, e.g. metres. ``inf``, or not stored: cannot serve.
    p : int
        How many to open, exactly, besides what is `fixed`. With `fixed` it may be 0: how things are today.
    limit : float
        Largest cost that counts as served, in the units of `cost`.
    weights : array_like[N], optional
        Residents or visits of each client; 1 each without.
    time_limit : float, optional
        Seconds after which the best found is given, with an honest gap.
    fixed : array_like[F], optional
        Candidates that are open already and stay open; `p` counts new ones besides. Repeats count once. Whom they
        cover counts in objective and bound.
    stop : callable, optional
        Asked now and then; a true answer ends the search likewise.

    Returns
    -------
    Solution
        `objective` is the weight within the limit, `bound` no less than any choice can reach. `assign` is -1 for
        clients beyond the limit from all that is open, which nobody refuses here. `open` holds the fixed too.

    Raises
    ------
    ValueError
        An argument is not as described.

    References
    ----------
    Church, R., ReVelle, C. (1974). The maximal covering location problem. Papers in Regional Science 32(1).
    """
    table = checked_cost(cost)
    already = checked_candidates("fixed", fixed, table.shape[1])
    p = checked_p(p, table.shape[1], len(already))
    serves = within(table, checked_limit(limit))
    weight = checked_weights(weights, table.shape[0])
    watch = Stopwatch(time_limit, stop)
    today = nearest_open(serves, already)[0] >= 0
    opened, bound = _most_covered(serves, np.where(today, 0.0, weight), p, watch)
    opened = _filled_up(np.union1d(already, opened), len(already) + p, table.shape[1])
    assign = nearest_open(serves, opened)[0]
    objective, bound = float(weight[assign >= 0].sum()), float(weight[today].sum()) + bound
    bound = max(bound, objective)
    return Solution(objective, bound, relative_gap(objective, bound), opened, assign, watch.seconds)


def _most_covered(
    serves: sp.csr_array, weight: NDArray[np.float64], p: int, watch: Stopwatch
) -> tuple[NDArray[np.int32], float]:
    """At most p candidates, and a weight that no choice exceeds: a p-median at a cost of 0 where covered, else 1."""
    groups, worth, kept = _without_needless(serves, weight)
    if p == 0:
        return kept[:0], 0.0
    if p >= len(kept):
        return kept, float(worth.sum())
    left_out = np.ones(groups.shape)
    left_out[np.repeat(np.arange(groups.shape[0]), np.diff(groups.indptr)), groups.indices] = 0.0
    found = p_median(left_out, p, worth, max(watch.left, _LEAST_SECONDS), stop=watch.over)
    return kept[found.open], float(worth.sum() - found.bound)


def _without_needless(
    serves: sp.csr_array, weight: NDArray[np.float64]
) -> tuple[sp.csr_array, NDArray[np.float64], NDArray[np.int32]]:
    """Clients whom the same candidates cover merged, and only candidates whom no other replaces.

    Returns
    -------
    groups : csr_array[G, K]
        Which of the candidates kept cover each group.
    worth : float64[G]
        Weight of each group.
    kept : int32[K]
        Candidates kept, ascending.
    """
    from xiuhua.engine.siting.dominance import FREE, close_dominated  # compiles
    from xiuhua.engine.siting.fewest import both_ways

    counted = np.flatnonzero((weight > 0) & (np.diff(serves.indptr) > 0))
    table = sp.csr_array(serves[counted])
    state = np.full(table.shape[1], FREE, np.uint8)
    close_dominated(*both_ways(table), np.full(len(counted), FREE, np.uint8), state)
    kept = np.flatnonzero(state == FREE).astype(np.int32)
    table = sp.csr_array(table[:, kept])
    table.sort_indices()
    number: dict[bytes, int] = {}
    rows = (table.indices[table.indptr[i] : table.indptr[i + 1]].tobytes() for i in range(len(counted)))
    group = np.array([number.setdefault(row, len(number)) for row in rows], np.intp)
    first = np.unique(group, return_index=True)[1]
    worth = np.bincount(group, weight[counted], len(first)).astype(np.float64)
    return sp.csr_array(table[first]), worth, kept


def _filled_up(opened: NDArray[np.int32], p: int, candidates: int) -> NDArray[np.int32]:
    """The first of the others besides, so that p are open: they cannot add anything."""
    others = np.setdiff1d(np.arange(candidates), opened)[: p - len(opened)]
    return np.union1d(opened, others).astype(np.int32)
