"""Composite reuse (复合利用) asked and answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.siting.reuse.answer import TOLERANCE, CompositeSolution, answer, hosts_of
from xiuhua.engine.siting.reuse.checks import Asked, checked, checked_budget, checked_floors, checked_search
from xiuhua.engine.siting.reuse.needs import Functions, Needs, Spaces
from xiuhua.engine.stopwatch import Stopwatch

if TYPE_CHECKING:
    from xiuhua.engine.siting.reuse.search import Found

Progress = Callable[[float, float, float], None]
SECONDS_TO_EXPLAIN = 20.0


class FloorsOutOfReach(ValueError):
    """No choice within the budget keeps every floor.

    Attributes
    ----------
    committee : int
        One that cannot be brought to its floor, by its place among the sorted codes.
    code : int or str
        The same, as `Needs.committee` calls it.
    floor, reachable : float
        Need that its floor asks for, and what can be covered there at most while the floors in `kept` are kept.
    kept : int32[...]
        The other committees whose floors bind together with it, by place; empty where it cannot have its floor even
        alone.
    """

    def __init__(
        self, words: str, committee: int, code: int | str, floor: float, reachable: float, kept: NDArray[np.int32]
    ) -> None:
        super().__init__(words)
        self.committee, self.code = committee, code
        self.floor, self.reachable, self.kept = floor, reachable, kept


def composite(
    spaces: Spaces,
    functions: Functions,
    needs: Needs,
    budget: int,
    *,
    floor: ArrayLike = 0.0,
    floor_of: Literal["unmet", "coverable"] = "unmet",
    time_limit: float | None = None,
    stop: Callable[[], bool] | None = None,
    progress: Progress | None = None,
    seed: int = 0,
    threads: int | None = None,
) -> CompositeSolution:
    """Choose functions for spaces so that most unmet need is covered within one budget.

    A Lagrangian branch and bound: exact in what each space can host (floor area by part of the day, exclusions, noise,
    cost of opening), with prices for needs, money and floors. It ends with a proof, or at the limit with the best
    choice found and an honest gap.

    Parameters
    ----------
    budget : int
        Money in all, in the unit of the costs. With 0 nothing is bought that costs anything.
    floor : float or float[C]
        Share of its need that each committee is to have covered at least, 0 to 1; of several in the order of their
        sorted codes.
    floor_of : {"unmet", "coverable"}
        Share of all unmet need of the committee, or of that which some space could meet at all.
    time_limit : float, optional
        Seconds after which the search gives what it has.
    stop : callable, optional
        Asked now and then; a true answer ends the search like the limit.
    progress : callable, optional
        Told the need covered, the bound and the seconds a few times a second, from the thread that called.
    seed : int
        Of the pseudo-random numbers.
    threads : int, optional
        How many search at once; one for each core, where not given.

    Returns
    -------
    CompositeSolution
        With one thread and no limit the same for the same seed. With several, objective and bound of a proven answer
        are the same; which of several equally good choices is given may differ.

    Raises
    ------
    FloorsOutOfReach
        No choice keeps all floors: which committee cannot have its floor, and what it can have at most.
    ValueError
        Another argument is wrong or contradicts the others; the message names it and the constraint.
    TypeError
        `stop` or `progress` cannot be called.

    References
    ----------
    Fisher, M. L. (1981). The Lagrangian relaxation method for solving integer programming problems. Management Science
    27(1).
    Church, R. and ReVelle, C. (1974). The maximal covering location problem. Papers of the Regional Science Association
    32.
    """
    from xiuhua.engine.siting.reuse.case import case_of
    from xiuhua.engine.siting.reuse.search import search

    watch = Stopwatch(time_limit, stop)
    seed, workers = checked_search(seed, threads, progress)
    asked = checked(spaces, functions, needs)
    money = checked_budget(asked, "budget", budget)
    floors = checked_floors(asked, floor, floor_of)
    found = search(case_of(asked, floors), money, watch, threads=workers, seed=seed, progress=progress)
    if found.bound == -np.inf:
        raise out_of_reach(asked, floors, money, found, workers)
    return answer_of(asked, floors, money, found, watch.seconds)


def answer_of(
    asked: Asked, floors: NDArray[np.float64], budget: int, found: Found, seconds: float
) -> CompositeSolution:
    """A planner's answer from what a search found."""
    hosts = hosts_of(asked, found.masks)
    return answer(asked, hosts, floors, budget, found.bound, float(found.prices[-1]), seconds)


def out_of_reach(
    asked: Asked, floors: NDArray[np.float64], budget: int, found: Found, threads: int
) -> FloorsOutOfReach:
    """Find a committee that cannot have its floor, and what it can have at most.

    Committees are tried alone first, those with the greatest premium before the others; then each with the floors of
    those tried before, until the floors so gathered cannot be kept together.
    """
    floored = np.flatnonzero(floors > 0)
    premium = found.prices[-1 - len(floored) : -1] * floors[floored]
    order = floored[np.argsort(-premium, kind="stable")]
    watch = Stopwatch(SECONDS_TO_EXPLAIN)
    for c in order:
        most = most_covered(asked, floors, budget, int(c), order[:0], watch, threads)
        if most < floors[c]:
            return _told(asked, floors, budget, int(c), most, order[:0])
    low, high = 1, len(order) - 1
    while low < high:
        middle = (low + high) // 2
        if (
            most_covered(asked, floors, budget, int(order[middle]), order[:middle], watch, threads)
            < floors[order[middle]]
        ):
            high = middle
        else:
            low = middle + 1
    most = most_covered(asked, floors, budget, int(order[low]), order[:low], watch, threads)
    return _told(asked, floors, budget, int(order[low]), max(0.0, most), order[:low])


def most_covered(
    asked: Asked,
    floors: NDArray[np.float64],
    budget: int,
    committee: int,
    kept: NDArray[np.int64],
    watch: Stopwatch,
    threads: int,
) -> float:
    """Most need that can be covered in a committee while others keep their floors; -inf where those cannot be kept."""
    from xiuhua.engine.siting.reuse.case import case_of
    from xiuhua.engine.siting.reuse.search import search

    theirs = np.zeros_like(floors)
    theirs[kept] = floors[kept]
    weight = np.where((asked.committee == committee)[:, None], asked.weight, 0.0)
    found = search(case_of(asked, theirs, weight), budget, watch, threads=threads)
    proven = found.bound - found.covered <= TOLERANCE * max(1.0, found.covered)
    return found.covered if proven else found.bound


def _told(
    asked: Asked, floors: NDArray[np.float64], budget: int, committee: int, most: float, kept: NDArray[np.int64]
) -> FloorsOutOfReach:
    called, unmet = asked.call("committee", committee), asked.by_committee(asked.weight)[committee]
    others = (
        ""
        if len(kept) == 0
        else (
            " while "
            + ", ".join(asked.call("committee", int(c)) for c in kept[:8])
            + (" ..." if len(kept) > 8 else "")
            + (" keep theirs" if len(kept) > 1 else " keeps its own")
        )
    )
    floor = float(floors[committee])
    best = (
        f"at best {most:.6g} ({most / unmet:.1%}) can be" if most < floor else "how much can be was not settled in time"
    )
    return FloorsOutOfReach(
        f"floor: {called} cannot have {floors[committee]:.6g} of its unmet need of {unmet:.6g} covered within a budget "
        f"of {budget}{others}; {best}; raise the budget or lower the floor",
        committee,
        asked.committees[committee].item(),
        floor,
        float(most),
        kept.astype(np.int32),
    )
