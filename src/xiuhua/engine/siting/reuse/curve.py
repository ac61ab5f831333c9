"""What the next 100,000 yuan buy: the best choice at each of several budgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.siting.reuse.answer import TOLERANCE, CompositeSolution
from xiuhua.engine.siting.reuse.checks import checked, checked_budget, checked_floors, checked_search, whole
from xiuhua.engine.siting.reuse.choosing import answer_of, out_of_reach
from xiuhua.engine.siting.reuse.needs import Functions, Needs, Spaces
from xiuhua.engine.siting.solution import relative_gap
from xiuhua.engine.stopwatch import Stopwatch


@dataclass(frozen=True, eq=False, repr=False)
class BudgetCurve:
    """Need covered against money (预算曲线), P points.

    Attributes
    ----------
    budget : int64[P]
        Ascending.
    objective, bound, gap : float64[P]
        Of each point, as in `Solution`; neither falls from a point to the next. NaN, -inf and NaN where no choice keeps
        the floors.
    marginal : float64[P]
        Need that a unit of money more covers, from the point before (the first: from nothing) to this one. NaN at a
        budget of 0, and so are `marginal_least` and `marginal_most`.
    marginal_least, marginal_most : float64[P]
        Between which it lies, whatever the gaps hide.
    solutions : tuple of CompositeSolution or None
        The choice at each point; None where no choice keeps the floors.
    seconds : float
        How long all took.
    """

    budget: NDArray[np.int64]
    objective: NDArray[np.float64]
    bound: NDArray[np.float64]
    gap: NDArray[np.float64]
    marginal: NDArray[np.float64]
    marginal_least: NDArray[np.float64]
    marginal_most: NDArray[np.float64]
    solutions: tuple[CompositeSolution | None, ...]
    seconds: float

    def __repr__(self) -> str:
        covered = f"covered={self.objective[0]:.10g} to {self.objective[-1]:.10g}, bound={self.bound[-1]:.10g}"
        widest = float(np.fmax.reduce(self.gap))
        money = f"{len(self.budget)} budgets from {self.budget[0]:,} to {self.budget[-1]:,}"
        return f"BudgetCurve({money}, {covered}, gap<={widest:.3g}, {self.seconds:.3g} s)"


def budget_curve(
    spaces: Spaces,
    functions: Functions,
    needs: Needs,
    budgets: ArrayLike,
    *,
    floor: ArrayLike = 0.0,
    floor_of: Literal["unmet", "coverable"] = "unmet",
    time_limit: float | None = None,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[int, float, float, float], None] | None = None,
    seed: int = 0,
    threads: int | None = None,
) -> BudgetCurve:
    """Solve `composite` at each of several budgets, from the least to the largest.

    Each point begins from the prices and the choice of the one before, which it can afford. Bounds come down from the
    larger budgets, and along the prices of every other point: at fixed prices the bound is a straight line in the
    budget, and holds for all.

    Parameters
    ----------
    budgets : int[P]
        Ascending, such as ``np.arange(100_000, 2_100_000, 100_000)``; the first may be 0.
    time_limit : float, optional
        Seconds for the whole curve; what a point leaves over is shared by the next.
    progress : callable, optional
        Told the point, its need covered, its bound and the seconds so far.

    Other parameters are those of `composite`.

    Raises
    ------
    FloorsOutOfReach
        Not even the largest budget keeps all floors.
    ValueError
        `budgets` is empty or not ascending, or as for `composite`.
    """
    from xiuhua.engine.siting.reuse.case import case_of
    from xiuhua.engine.siting.reuse.search import Found, search

    watch = Stopwatch(time_limit, stop)
    seed, workers = checked_search(seed, threads, progress)
    asked = checked(spaces, functions, needs)
    money = whole("budgets", budgets, (-1,))
    if len(money) == 0 or (np.diff(money) <= 0).any():
        raise ValueError("budgets must be ascending, with at least one")
    checked_budget(asked, "budgets", money[0])
    floors = checked_floors(asked, floor, floor_of)
    case = case_of(asked, floors)
    found: list[Found] = []
    solutions: list[CompositeSolution | None] = []
    for point, budget in enumerate(money):
        share = watch.left / (len(money) - point)
        mine = Stopwatch(None if time_limit is None else max(share, 1e-3), stop)

        def tell(covered: float, bound: float, _: float, point: int = point) -> None:
            if progress is not None:
                progress(point, covered, bound, watch.seconds)

        ceiling = min(
            (_along(one, float(at), float(budget)) for one, at in zip(found, money, strict=False)), default=np.inf
        )
        found.append(
            search(
                case,
                int(budget),
                mine,
                threads=workers,
                seed=seed,
                start=found[-1] if found else None,
                ceiling=ceiling,
                progress=tell if progress else None,
            )
        )
        one = found[-1]
        solutions.append(None if one.bound == -np.inf else answer_of(asked, floors, int(budget), one, mine.seconds))
    if solutions[-1] is None:
        raise out_of_reach(asked, floors, int(money[-1]), found[-1], workers)
    bound = np.array([one.bound for one in found])
    for p in range(len(money)):
        bound[p] = min(
            [bound[p], *(_along(one, float(at), float(money[p])) for one, at in zip(found, money, strict=True))]
        )
    bound = np.minimum.accumulate(bound[::-1])[::-1]
    return _drawn(money, bound, solutions, watch.seconds)


def _along(found: object, at: float, budget: float) -> float:
    """Bound at another budget by the prices of a point at `at`, raised by what adding up may lose."""
    from xiuhua.engine.siting.reuse.search import Found

    assert isinstance(found, Found)
    line = found.root + float(found.prices[-1]) * (budget - at)
    return line + 1e-9 * abs(line) if np.isfinite(line) else np.inf


def _drawn(
    money: NDArray[np.int64], bound: NDArray[np.float64], solutions: list[CompositeSolution | None], seconds: float
) -> BudgetCurve:
    told: list[CompositeSolution | None] = []
    for one, most in zip(solutions, bound, strict=True):
        if one is None or not one.floors_kept:
            told.append(one)
            continue
        most = max(float(most), one.objective)
        told.append(replace(one, bound=most, gap=relative_gap(one.objective, most, TOLERANCE)))
    objective = np.array([np.nan if one is None else one.objective for one in told])
    bounds = np.array([-np.inf if one is None else one.bound for one in told])
    steps = np.diff(money, prepend=0).astype(np.float64)
    steps[steps == 0] = np.nan
    before = np.concatenate([[0.0], np.nan_to_num(objective[:-1])])
    before_most = np.concatenate([[0.0], np.maximum(bounds[:-1], 0.0)])
    return BudgetCurve(
        money,
        objective,
        bounds,
        np.array([np.nan if one is None else one.gap for one in told]),
        (objective - before) / steps,
        np.maximum(0.0, objective - before_most) / steps,
        (np.where(np.isfinite(bounds), bounds, np.nan) - before) / steps,
        tuple(told),
        seconds,
    )
