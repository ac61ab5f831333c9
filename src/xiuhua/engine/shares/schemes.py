"""Who pays what, by each rule that a residents' meeting may choose."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, SupportsIndex, get_args

from xiuhua.engine.shares.apportionment import apportion
from xiuhua.engine.shares.checks import Number, exact
from xiuhua.engine.shares.tables import Household, Table

Within = Literal["area", "equal"]


def by_coefficients(
    total: SupportsIndex, households: Sequence[Household], table: Table, within: Within = "area"
) -> list[int]:
    """Shares by a coefficient table (楼层系数).

    Parameters
    ----------
    total : int
        Fen that the households bear together.
    households : sequence of N Household
    table : Table
    within : {"area", "equal"}
        How the households of one floor split the floor's percentage; the other kinds of table say it themselves.

    Returns
    -------
    list of N int
        Fen, with the sum `total`. Each floor pays together less than one fen from its exact part, so exactly its
        percentage where that comes to whole fen, and each household less than one fen from its part of that.

        Between floors what rises with the weight still rises, and of two households of the same weight the lower one
        does not pay more. Where the weights of two floors are so near that the floors' sums would not let them, the
        odd fen go by household. Percentages are kept in any case: of two floors with the same percentage, a
        household of the lower one may pay a fen more.

    Raises
    ------
    ValueError
        `total` is negative; `households` is empty; `table` lacks a floor on which somebody lives, gives all of them
        nothing, or gives a percentage to a floor on which nobody lives (see `Table.only`).
    """
    check_households(households, within)
    rates, sizes = weighed(households, table, within)
    weights = [rates[household.floor] * size for household, size in zip(households, sizes, strict=True)]
    amounts = _floors_first(total, households, weights)
    if table.kind == "floor_percent" or _rise(amounts, households, weights):
        return amounts
    return _apportion(total, households, weights)


def by_area(total: SupportsIndex, households: Sequence[Household]) -> list[int]:
    """Shares by exclusive area: what the law gives where nothing is agreed. The ground floor pays too.

    Returns
    -------
    list of N int
        Fen, with the sum `total`.

    Raises
    ------
    ValueError
        `total` is negative; `households` is empty.

    References
    ----------
    Civil Code of the People's Republic of China (民法典), art. 283.
    """
    check_households(households)
    return _apportion(total, households, [Fraction(household.area_dm2) for household in households])


def equally(total: SupportsIndex, households: Sequence[Household]) -> list[int]:
    """The same for every household; the odd fen go to the upper floors (均摊).

    Returns
    -------
    list of N int
        Fen, with the sum `total`.

    Raises
    ------
    ValueError
        `total` is negative; `households` is empty.
    """
    check_households(households)
    return _apportion(total, households, [Fraction(1)] * len(households))


def by_benefit(
    total: SupportsIndex, households: Sequence[Household], walked: Number = 0, within: Within = "equal"
) -> list[int]:
    """Shares by the climb that the lift saves (受益): the storeys from the ground floor to the door.

    Parameters
    ----------
    total : int
        Fen.
    households : sequence of N Household
    walked : number
        Storeys still walked from the lift to the door: 0 with level entry (平层入户), 1/2 where the lift stops at the
        half-landing (错层入户).
    within : {"equal", "area"}
        ``"area"`` weighs the climb by exclusive area.

    Returns
    -------
    list of N int
        Fen, with the sum `total`, rounded as in `by_coefficients`. The ground floor saves no climb and pays nothing.

    Raises
    ------
    ValueError
        `total` or `walked` is negative; `households` is empty, or the lift saves none of them a climb.
    """
    check_households(households, within)
    less = 1 + exact("walked", walked)
    saved = [max(household.floor - less, Fraction(0)) for household in households]
    if not any(saved):
        raise ValueError("households must hold one to whom the lift saves a climb")
    if within == "area":
        saved = [climb * household.area_dm2 for climb, household in zip(saved, households, strict=True)]
    amounts = _floors_first(total, households, saved)
    return amounts if _rise(amounts, households, saved) else _apportion(total, households, saved)


def weighed(households: Sequence[Household], table: Table, within: Within) -> tuple[dict[int, Fraction], list[int]]:
    """A table's weights as a rate for each floor on which somebody lives, times a size of each household.

    Returns
    -------
    rates : dict of int to Fraction
        By floor.
    sizes : list of N int
        Square decimetres where the area counts, otherwise 1.

    Raises
    ------
    ValueError
        As in `by_coefficients`.
    """
    by_size = {"floor_percent": within, "household_weight": "equal", "area_weight": "area"}[table.kind]
    sizes = [household.area_dm2 if by_size == "area" else 1 for household in households]
    floors: dict[int, int] = {}
    for household, size in zip(households, sizes, strict=True):
        floors[household.floor] = floors.get(household.floor, 0) + size
    _fits(table, set(floors))
    shared = table.kind == "floor_percent"
    return {at: table.values[at] / (floors[at] if shared else 1) for at in sorted(floors)}, sizes


def check_households(households: Sequence[Household], within: str = "equal") -> None:
    """Refuse a stairwell in which nobody lives, and a way to split a floor that is none."""
    if not households:
        raise ValueError("households must not be empty")
    if within not in get_args(Within):
        raise ValueError(f"within must be one of {', '.join(get_args(Within))}, not {within!r}")


def _fits(table: Table, floors: set[int]) -> None:
    lacking = floors - set(table.values)
    if lacking:
        raise ValueError(f"table lacks floor {min(lacking)}, on which somebody lives")
    if not any(table.values[at] for at in floors):
        raise ValueError("table gives nothing to any floor on which somebody lives")
    if table.kind == "floor_percent":
        for at, percent in table.values.items():
            if percent and at not in floors:
                raise ValueError(f"table gives {float(percent):g} % to floor {at}, on which nobody lives")


def _apportion(total: SupportsIndex, households: Sequence[Household], weights: Sequence[Fraction]) -> list[int]:
    return apportion(total, weights, [household.floor for household in households])


def _floors_first(total: SupportsIndex, households: Sequence[Household], weights: Sequence[Fraction]) -> list[int]:
    """Split over the floors, then each floor's fen over its households: so no floor gains what another is owed."""
    homes: dict[int, list[int]] = {}
    for at in sorted(range(len(households)), key=lambda at: households[at].floor):
        homes.setdefault(households[at].floor, []).append(at)
    sums = apportion(total, [sum((weights[at] for at in here), Fraction(0)) for here in homes.values()], list(homes))
    amounts = [0] * len(households)
    for fen, here in zip(sums, homes.values(), strict=True):
        if fen:
            for at, amount in zip(here, apportion(fen, [weights[at] for at in here]), strict=True):
                amounts[at] = amount
    return amounts


def _rise(amounts: Sequence[int], households: Sequence[Household], weights: Sequence[Fraction]) -> bool:
    """Whether nobody pays more than one of more weight, or than one of the same weight on a floor above."""
    floors = [household.floor for household in households]
    ordered = [amount for _, _, amount in sorted(zip(weights, floors, amounts, strict=True))]
    return ordered == sorted(ordered)
