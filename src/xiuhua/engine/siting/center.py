"""p-center (p 中心): open p candidates so that whoever is worst off is as well off as can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.siting.checks import within
from xiuhua.engine.siting.median import nearest_open
from xiuhua.engine.siting.open_already import Question, checked_question
from xiuhua.engine.siting.solution import Solution, relative_gap
from xiuhua.engine.stopwatch import Stopwatch


def p_center(
    cost: Any,
    p: int,
    weights: ArrayLike | None = None,
    time_limit: float | None = None,
    *,
    fixed: ArrayLike | None = None,
    skip_unreachable: bool = False,
    stop: Callable[[], bool] | None = None,
) -> Solution:
    """Open p candidates so that the largest cost of any client is least.

    A choice within a given cost exists where p candidates cover all clients within it; the least such cost is one of
    those given, and a binary search finds it. Each question is a covering problem, answered exactly by `fewest`.

    Parameters
    ----------
    cost : array_like[N, M] or scipy sparse[N, M]
        Cost of serving each client from each candidate, e.g. metres. ``inf``, or not stored: cannot serve.
    p : int
        How many to open, exactly, besides what is `fixed`. With `fixed` it may be 0: how things are today.
    weights : array_like[N], optional
        Factor on the costs of each client: the largest *weighted* cost is made least, as the field understands it.
        Such a weight says how grave a metre is for that client, not how many live there. Weight 0 does not count.
    time_limit : float, optional
        Seconds after which the best found is given, with an honest gap.
    fixed : array_like[F], optional
        Candidates that are open already and stay open; `p` counts new ones besides. Repeats count once.
    skip_unreachable : bool
        Leave out clients whom no candidate can serve instead of refusing: they are assigned -1, and neither the
        objective nor the bound knows of them.
    stop : callable, optional
        Asked now and then; a true answer ends the search likewise.

    Returns
    -------
    Solution
        `objective` is the largest weighted cost, `bound` a cost that no choice can be below. Exactly p are opened: what
        the cover leaves spare goes to whoever is then worst off. `open` holds the fixed too. Where a search is cut
        short before any choice that reaches every client was found, `objective` and `gap` are ``inf``.

    Raises
    ------
    ValueError
        An argument is not as described, a client cannot be served at all, or what is open then cannot serve all.

    References
    ----------
    Minieka, E. (1970). The m-center problem. SIAM Review 12(1), 138-139.
    Kariv, O., Hakimi, S. L. (1979). An algorithmic approach to network location problems I. SIAM J. Appl. Math. 37(3).
    """
    watch = Stopwatch(time_limit, stop)
    question = checked_question(cost, p, weights, fixed, skip_unreachable)
    weighted = _weighted(question.cost, question.weight)
    chosen, bound = _bisect(weighted, question, watch)
    chosen = _farthest_first(weighted, chosen, question.p)
    objective = float(nearest_open(weighted, chosen)[1].max())
    opened = question.opened(chosen)
    gap = relative_gap(objective, bound) if np.isfinite(objective) else np.inf
    return Solution(objective, bound, gap, opened, nearest_open(question.given, opened)[0], watch.seconds)


def _weighted(table: sp.csr_array, weight: NDArray[np.float64]) -> sp.csr_array:
    """Weighted costs of the clients that count."""
    counted = sp.csr_array(table[np.flatnonzero(weight > 0)])
    counted.data *= np.repeat(weight[weight > 0], np.diff(counted.indptr))
    return counted


def _bisect(weighted: sp.csr_array, question: Question, watch: Stopwatch) -> tuple[NDArray[np.int32], float]:
    """Candidates that are open in the best choice found, at most p, and a cost that no choice is below."""
    from xiuhua.engine.siting.fewest import fewest  # compiles

    p = question.p
    opened = _farthest_first(weighted, np.zeros(0, np.int32), p)
    if np.isinf(nearest_open(weighted, opened)[1]).any():
        cover = fewest(weighted, weighted.shape[1], p, watch)
        if cover.bound > p:
            raise ValueError(question.too_few(cover.bound))
        if cover.open is not None and len(cover.open) <= p:
            opened = cover.open
    worst = nearest_open(weighted, opened)[1].max()
    floor = np.minimum.reduceat(weighted.data, weighted.indptr[:-1]).max()
    radii = np.unique(weighted.data[(weighted.data >= floor) & (weighted.data <= worst)])
    search = _Bisection(weighted, radii, p, watch, opened)
    search.look()
    search.prove()
    return search.opened, float(radii[search.too_small + 1])


class _Bisection:
    """Between a radius within which p candidates cannot cover and one within which they can."""

    def __init__(
        self,
        weighted: sp.csr_array,
        radii: NDArray[np.float64],
        p: int,
        watch: Stopwatch,
        opened: NDArray[np.int32],
    ) -> None:
        self.opened = opened
        self.too_small = -1
        self._weighted, self._radii, self._p, self._watch = weighted, radii, p, watch
        self._enough = self._index_of_worst()

    def look(self) -> None:
        """Ask without a tree, first for the least radius found to be enough, then for the greatest that is not."""
        least = self.too_small
        while self._enough - least > 1 and not self._watch.over():
            middle = (least + self._enough) // 2
            if not self._is_enough(middle, tree=False):
                least = middle
        most = self._enough
        while most - self.too_small > 1 and not self._watch.over():
            middle = (self.too_small + most) // 2
            self._is_enough(middle, tree=False)
            if self.too_small < middle:
                most = middle

    def prove(self) -> None:
        """Ask with a tree until nothing is between."""
        while self._enough - self.too_small > 1 and not self._watch.over():
            self._is_enough((self.too_small + self._enough) // 2, tree=True)

    def _is_enough(self, at: int, tree: bool) -> bool:
        """Whether p candidates were found to cover within a radius; where that cannot be, `too_small` says so."""
        from xiuhua.engine.siting.fewest import fewest

        cover = fewest(within(self._weighted, self._radii[at]), self._p, self._p, self._watch, tree)
        if cover.open is not None:
            self.opened = cover.open
            self._enough = self._index_of_worst()
        elif cover.bound > self._p:
            self.too_small = at
        return cover.open is not None

    def _index_of_worst(self) -> int:
        """Where the radius of the best choice lies; beyond all where some are not reached yet."""
        return int(np.searchsorted(self._radii, nearest_open(self._weighted, self.opened)[1].max()))


def _farthest_first(weighted: sp.csr_array, opened: NDArray[np.int32], p: int) -> NDArray[np.int32]:
    """Open more until p are: each time what is cheapest for whoever is worst off (Gonzalez 1985)."""
    by_candidate = weighted.tocsc()
    least = nearest_open(weighted, opened)[1]
    chosen = np.zeros(weighted.shape[1], np.bool_)
    chosen[opened] = True
    for _ in range(p - len(opened)):
        row = slice(*weighted.indptr[(worst := int(least.argmax())) : worst + 2])
        at = np.where(chosen[weighted.indices[row]], np.inf, weighted.data[row])
        if np.isfinite(at).any():
            pick = int(weighted.indices[row][at.argmin()])
        else:  # whoever is worst off has all open that could serve
            pick = int(np.flatnonzero(~chosen)[0])
        chosen[pick] = True
        column = slice(*by_candidate.indptr[pick : pick + 2])
        least[by_candidate.indices[column]] = np.minimum(least[by_candidate.indices[column]], by_candidate.data[column])
    return np.flatnonzero(chosen).astype(np.int32)
