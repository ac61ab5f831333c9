"""Coefficient tables: what each floor bears, as published or as a stairwell agreed it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, SupportsIndex, get_args

from xiuhua.engine.shares.checks import Number, exact, same_length, whole, wholes

Kind = Literal["floor_percent", "household_weight", "area_weight"]


@dataclass(frozen=True)
class Household:
    """A household (户) of the stairwell.

    Attributes
    ----------
    floor : int
        Storey on which it lives; 1 is the ground floor.
    area_dm2 : int
        Exclusive area (专有部分面积) in hundredths of a square metre, as the register gives it: 58.36 m² is 5836.

    Raises
    ------
    ValueError
        The floor is below 1, or the area is not positive.
    """

    floor: int
    area_dm2: int

    def __post_init__(self) -> None:
        whole("floor", self.floor, 1)
        whole("area_dm2", self.area_dm2, 1)


@dataclass(frozen=True, init=False)
class Table:
    """A number for each floor, and what it means.

    Attributes
    ----------
    kind : str
        ``"floor_percent"``: percent of the total that all households of the floor bear together (Shanghai's guidance);
        ``"household_weight"``: weight of each household (Guangzhou's 1.0 for floor 3, and 0.3 more a floor);
        ``"area_weight"``: weight of each square metre (Dongpu's, times area).
    values : dict of int to Fraction
        By floor, lowest first. A floor that pays nothing is listed with 0.

    Raises
    ------
    ValueError
        `kind` is none of these; a value is negative or all are zero; percentages do not sum to exactly 100.
    """

    kind: Kind
    values: Mapping[int, Fraction]

    def __init__(self, kind: Kind, values: Mapping[int, Number]) -> None:
        if kind not in get_args(Kind):
            raise ValueError(f"kind must be one of {', '.join(get_args(Kind))}, not {kind!r}")
        read = {whole("floor", at, 1): exact(f"values[{at}]", values[at]) for at in sorted(values)}
        if not any(read.values()):
            raise ValueError("values must not be empty or all zero")
        if kind == "floor_percent" and sum(read.values()) != 100:
            raise ValueError(f"values must sum to 100 %, not {float(sum(read.values())):g}")
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "values", read)

    def only(self, floors: Collection[int]) -> Table:
        """The table for `floors` alone; percentages are scaled up to 100 again.

        For a stairwell where nobody of some floor takes part.

        Raises
        ------
        ValueError
            The table gives none of `floors` anything.
        """
        left = {at: value for at, value in self.values.items() if at in floors}
        together = sum(left.values(), Fraction(0))
        if together == 0:
            raise ValueError("floors must name a floor that the table gives something")
        scale = 100 / together if self.kind == "floor_percent" else Fraction(1)
        return Table(self.kind, {at: value * scale for at, value in left.items()})


def floor_percents(shares: Sequence[SupportsIndex], households: Sequence[Household]) -> Table:
    """What any scheme comes to, as percent of the total for each floor.

    Parameters
    ----------
    shares : sequence of N int
        Fen of each household.
    households : sequence of N Household

    Raises
    ------
    ValueError
        The lengths differ; a share is negative or all are zero.
    """
    same_length("shares", shares, "households", households)
    amounts = wholes("shares", shares)
    total = sum(amounts)
    if total == 0:
        raise ValueError("shares must not be empty or all zero")
    sums: dict[int, int] = {}
    for household, amount in zip(households, amounts, strict=True):
        sums[household.floor] = sums.get(household.floor, 0) + amount
    return Table("floor_percent", {at: Fraction(100 * amount, total) for at, amount in sums.items()})


def outside(table: Table, intervals: Mapping[int, tuple[Number, Number]]) -> list[int]:
    """Floors that lie outside guidance intervals, lowest first (超出指导区间的楼层).

    Parameters
    ----------
    table : Table
        Of kind ``"floor_percent"``; `floor_percents` makes one of any scheme's shares.
    intervals : mapping of int to (low, high)
        Percent of the total by floor, ends included. A floor without an interval has to pay nothing, and a floor that
        `table` lacks pays nothing.

    Raises
    ------
    ValueError
        `table` is of another kind; an interval ends before it begins or is negative.
    """
    if table.kind != "floor_percent":
        raise ValueError(f"table must hold percentages of the total, not {table.kind}; see floor_percents")
    bounds = _intervals(intervals)
    nothing = (Fraction(0), Fraction(0))
    found = []
    for at in sorted({*table.values, *bounds}):
        low, high = bounds.get(at, nothing)
        if not low <= table.values.get(at, 0) <= high:
            found.append(at)
    return found


def midpoints(intervals: Mapping[int, tuple[Number, Number]]) -> Table:
    """A table in the middle of guidance intervals, with the sum 100.

    Where the middles do not sum to 100, every floor moves by the same part of its interval, so
    that none leaves it. Floors below the lowest interval are listed with nothing.

    Parameters
    ----------
    intervals : mapping of int to (low, high)
        Percent of the total by floor.

    Raises
    ------
    ValueError
        `intervals` is empty, has a bad interval as in `outside`, or leaves no room for a sum of 100.
    """
    bounds = _intervals(intervals)
    lowest = sum((low for low, _ in bounds.values()), Fraction(0))
    highest = sum((high for _, high in bounds.values()), Fraction(0))
    if not lowest <= 100 <= highest:
        raise ValueError(f"intervals must leave room for 100 %, but reach from {float(lowest):g} to {float(highest):g}")
    along = (100 - lowest) / (highest - lowest) if highest > lowest else Fraction(0)
    free = dict.fromkeys(range(1, min(bounds)), Fraction(0))
    return Table("floor_percent", free | {at: low + along * (high - low) for at, (low, high) in bounds.items()})


def _intervals(intervals: Mapping[int, tuple[Number, Number]]) -> dict[int, tuple[Fraction, Fraction]]:
    bounds = {}
    for at in sorted(intervals):
        low, high = (exact(f"intervals[{at}]", end) for end in intervals[at])
        if low > high:
            raise ValueError(f"intervals[{at}] must not end before it begins: {float(low):g} to {float(high):g}")
        bounds[whole("floor", at, 1)] = (low, high)
    return bounds
