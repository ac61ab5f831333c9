"""Covering within a limit: everybody by the fewest (LSCP, 全覆盖选址), or the most by p (MCLP, 最大覆盖选址)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.siting.checks import checked_candidates, checked_cost, checked_limit, refuse_unserved, within
from xiuhua.engine.siting.serving import nearest_open
from xiuhua.engine.siting.solution import Solution, relative_gap
from xiuhua.engine.stopwatch import Stopwatch


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
