"""Shares to which most can say yes: the most stated limits kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple, SupportsIndex

from xiuhua.engine.shares.apportionment import apportion
from xiuhua.engine.shares.checks import same_length, whole
from xiuhua.engine.shares.schemes import Within, check_households, weighed
from xiuhua.engine.shares.tables import Household, Table


def most_consent(
    total: SupportsIndex,
    households: Sequence[Household],
    limits: Sequence[SupportsIndex | None],
    table: Table | None = None,
    within: Within = "equal",
) -> list[int]:
    """Shares that keep as many stated limits as any fair shares can (最大同意).

    Fair means: one rate a floor, that no floor undercuts a floor below it, and nothing where
    the table gives nothing. Among all shares that keep so many limits, those nearest to the
    table: every floor pays the table's rate, raised by one factor for all, or a ceiling where
    that is less, and the factor is the least possible. Where the table alone keeps as many
    limits, the answer is `by_coefficients`, but for the odd fen, which go by household here.

    Parameters
    ----------
    total : int
        Fen that the households bear together.
    households : sequence of N Household
    limits : sequence of N int or None
        The most fen that each says it would pay; None where it said nothing. They are told in confidence, and shares
        at a ceiling give one away: show the shares of a floor, never whose limit they keep.
    table : Table, optional
        Rates to stay near to; without it a household's rate is the storeys that it need not climb (floor less 1).
    within : {"equal", "area"}
        As in `by_coefficients`.

    Returns
    -------
    list of N int
        Fen, with the sum `total`. `kept` says which limits they keep.

    Raises
    ------
    ValueError
        As in `by_coefficients`; a limit is negative; `limits` has another length; the rate of `table` falls from a
        floor to a higher one.

    Notes
    -----
    Floor f pays at a rate of at most U(f), which is infinite or one of the limits (each divided
    by its household's size), and U rises with the floor. Such ceilings can bear the total
    exactly if sum(size(f) U(f)) reaches it, for all rates may then be lowered by one factor. So
    the number of limits kept is found without a solver, exactly: dynamic programming from the
    lowest floor up, keeping for each ceiling and each number of limits kept the most that the
    floors so far can bear. With the rates min(U(f), factor r(f)) in the place of U(f) the same programme
    tells whether a factor is enough, and each set of ceilings that it finds has its own least
    factor: Newton's steps downwards, which end because there are finitely many sets.
    """
    total = whole("total", total)
    same_length("limits", limits, "households", households)
    check_households(households, within)
    table = table or _climb(households)
    rates, sizes = weighed(households, table, within)
    if any(lower > upper for lower, upper in pairwise(rates.values())):
        raise ValueError("table must not fall, per household or square metre, from a floor to a higher one")
    if total == 0:
        return [0] * len(households)
    floors = _floors(households, sizes, rates, _limits(limits))
    paid = dict(zip((floor.number for floor in floors), _rates(total, floors), strict=True))
    exact = [paid.get(household.floor, Fraction(0)) * size for household, size in zip(households, sizes, strict=True)]
    return apportion(total, exact, [household.floor for household in households])


def kept(shares: Sequence[SupportsIndex], limits: Sequence[SupportsIndex | None]) -> list[bool]:
    """Whether each share is within its household's limit; True where it stated none.

    Parameters
    ----------
    shares : sequence of N int
        Fen, by any scheme.
    limits : sequence of N int or None
        Fen.

    Raises
    ------
    ValueError
        The lengths differ; an amount is negative.
    """
    same_length("shares", shares, "limits", limits)
    paid = [whole(f"shares[{at}]", share) for at, share in enumerate(shares)]
    return [most is None or share <= most for share, most in zip(paid, _limits(limits), strict=True)]


@dataclass(frozen=True)
class _Floor:
    """A floor that pays: its table rate, its size, and the ceilings up to which a limit each is kept."""

    number: int
    rate: Fraction
    size: int
    limits: tuple[Fraction, ...]

    def keeps(self, ceiling: Fraction) -> int:
        return sum(ceiling <= limit for limit in self.limits)


class _Plan(NamedTuple):
    """Ceilings, lowest floor first; what they bear at a factor, and how fast less if the factor falls (negative).

    Compared in this order, so that the greater plan bears more at a factor a little smaller.
    """

    bears: Fraction
    falls: Fraction
    ceilings: tuple[Fraction, ...]


def _rates(total: int, floors: Sequence[_Floor]) -> list[Fraction]:
    """The rate of each floor that pays."""
    ample = Fraction(total)
    levels = sorted({ample, *(limit for floor in floors for limit in floor.limits)})
    unbound = ample / min(floor.rate for floor in floors)
    plans = _plans(floors, levels, unbound)
    most = max(count for count, plan in plans.items() if plan.bears >= total)
    plan = plans[most]
    enough = (ample, Fraction(0))
    while True:
        factor = _least_factor(total, floors, plan.ceilings)
        better = _plans(floors, levels, factor)[most]
        if (better.bears, better.falls) < enough:
            return [min(c, factor * floor.rate) for c, floor in zip(plan.ceilings, floors, strict=True)]
        plan = better


def _plans(floors: Sequence[_Floor], levels: Sequence[Fraction], factor: Fraction) -> dict[int, _Plan]:
    """For each number of limits kept, the rising ceilings that bear most at `factor`."""
    ending = [{0: _Plan(Fraction(0), Fraction(0), ())} for _ in levels]
    for floor in floors:
        so_far: dict[int, _Plan] = {}
        following = []
        for level, below in zip(levels, ending, strict=True):
            so_far = _best([so_far, below])
            keeps = floor.keeps(level)
            following.append({count + keeps: _raised(plan, floor, level, factor) for count, plan in so_far.items()})
        ending = following
    return _best(ending)


def _raised(plan: _Plan, floor: _Floor, level: Fraction, factor: Fraction) -> _Plan:
    at_rate = factor * floor.rate
    falls = floor.size * floor.rate if at_rate <= level else Fraction(0)
    return _Plan(plan.bears + floor.size * min(level, at_rate), plan.falls - falls, (*plan.ceilings, level))


def _best(choices: Iterable[dict[int, _Plan]]) -> dict[int, _Plan]:
    best: dict[int, _Plan] = {}
    for choice in choices:
        for count, plan in choice.items():
            best[count] = max(best.get(count, plan), plan)
    return best


def _least_factor(total: int, floors: Sequence[_Floor], ceilings: Sequence[Fraction]) -> Fraction:
    """The factor at which floors under these ceilings bear exactly `total`; they can bear it."""
    capped, rising = Fraction(0), sum((floor.size * floor.rate for floor in floors), Fraction(0))
    for floor, ceiling in sorted(zip(floors, ceilings, strict=True), key=lambda pair: pair[1] / pair[0].rate):
        factor = (total - capped) / rising
        if factor <= ceiling / floor.rate:
            return factor
        capped += floor.size * ceiling
        rising -= floor.size * floor.rate
    raise AssertionError("ceilings bear less than the total")


def _floors(
    households: Sequence[Household],
    sizes: Sequence[int],
    rates: dict[int, Fraction],
    limits: Sequence[int | None],
) -> list[_Floor]:
    """The floors that pay, lowest first."""
    floors = []
    for number, rate in rates.items():
        here = [at for at, household in enumerate(households) if household.floor == number]
        stated = [(limits[at], sizes[at]) for at in here]
        ceilings = tuple(Fraction(most, size) for most, size in stated if most is not None)
        if rate:
            floors.append(_Floor(number, rate, sum(sizes[at] for at in here), ceilings))
    return floors


def _climb(households: Sequence[Household]) -> Table:
    top = max(household.floor for household in households)
    if top == 1:
        raise ValueError("households must hold one above the ground floor")
    return Table("household_weight", {at: at - 1 for at in range(1, top + 1)})


def _limits(limits: Sequence[SupportsIndex | None]) -> list[int | None]:
    return [None if most is None else whole(f"limits[{at}]", most) for at, most in enumerate(limits)]
