"""The airport game: a lift to floor k costs what the storeys up to k need."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from math import floor
from typing import SupportsIndex

from xiuhua.engine.shares.apportionment import apportion
from xiuhua.engine.shares.checks import same_length, whole, wholes
from xiuhua.engine.shares.tables import Household


def shapley_exact(storey_costs: Sequence[SupportsIndex], households: Sequence[SupportsIndex]) -> list[Fraction]:
    """Shapley value of one household on each storey, before rounding.

    Take the households in any order and let each pay what it adds to the cost of a lift for
    those before it; the mean over all orders is the Shapley value. For costs that only grow
    with the highest floor, it is this: what serving a storey adds is shared equally by all
    households on that storey and above.

    Parameters
    ----------
    storey_costs : sequence of S int
        Fen that serving storey k adds, ground floor first.
    households : sequence of S int
        Households on storey k.

    Returns
    -------
    list of S Fraction
        Fen a household.

    Raises
    ------
    ValueError
        The lengths differ; a cost or a number is negative; `storey_costs` is positive for a storey on which and above
        which nobody lives.

    References
    ----------
    Littlechild, S. C., Owen, G. (1973). A simple expression for the Shapley value in a special case. Management
    Science 20(3), 370-372.
    """
    same_length("storey_costs", storey_costs, "households", households)
    costs, numbers = wholes("storey_costs", storey_costs), wholes("households", households)
    values = []
    value, needing = Fraction(0), sum(numbers)
    for storey, (cost, number) in enumerate(zip(costs, numbers, strict=True)):
        if cost and not needing:
            raise ValueError(f"storey_costs[{storey}] is {cost} fen, but nobody lives on that storey or above")
        value += Fraction(cost, needing or 1)
        values.append(value)
        needing -= number
    return values


def shapley(storey_costs: Sequence[SupportsIndex], households: Sequence[SupportsIndex]) -> list[list[int]]:
    """Shares by the Shapley value of the airport game, exact to the fen.

    Each household pays its exact value with the fraction of a fen dropped or filled up, and
    three properties of the exact values survive the rounding: the sum is the whole cost; no
    household pays more than one on a floor above; and no group of households pays more
    together than a lift for them alone would cost (so no household does either).

    Parameters
    ----------
    storey_costs : sequence of S int
        Fen that serving storey k adds, ground floor first.
    households : sequence of S int
        Households on storey k.

    Returns
    -------
    list of S lists of int
        Fen of each household, one list a storey.

    Raises
    ------
    ValueError
        As in `shapley_exact`.

    Notes
    -----
    Storeys whose values have the same whole fen make a band. From the bottom, the bands up to
    any one pay together the whole fen of what they owe together, and within a band the odd fen
    go to its top. Then the storeys up to any one never pay more than their exact values sum to,
    which is at most the (whole) cost of a lift for them: the group property. Two bands differ
    by a fen at least, so that a fen filled up below never overtakes one above.
    """
    values = shapley_exact(storey_costs, households)
    numbers = wholes("households", households)
    shares: list[list[int]] = []
    owed, paid = Fraction(0), 0
    for base, storeys in groupby(range(len(values)), key=lambda storey: floor(values[storey])):
        band = list(storeys)
        owed += sum((numbers[storey] * values[storey] for storey in band), Fraction(0))
        odd = floor(owed) - paid - base * sum(numbers[storey] for storey in band)
        paid = floor(owed)
        shares += _band(base, odd, [numbers[storey] for storey in band])
    return shares


def storey_costs(total: SupportsIndex, fixed_part: SupportsIndex, top: int, served_from: int = 2) -> list[int]:
    """A total as a fixed part and an equal cost for each storey served.

    Parameters
    ----------
    total : int
        Fen.
    fixed_part : int
        Fen of what the first stop needs already: pit, ground works, cabin, machine.
    top : int
        Highest floor served.
    served_from : int
        Lowest floor that needs the lift; it bears the fixed part with all above. Floors below it cost nothing.

    Returns
    -------
    list of `top` int
        Fen that serving storey k adds, ground floor first, with the sum `total`; for `shapley`.

    Raises
    ------
    ValueError
        `total` or `fixed_part` is negative; `fixed_part` exceeds `total`; `served_from` is below 1 or above `top`.
    """
    total, fixed_part = whole("total", total), whole("fixed_part", fixed_part)
    first = whole("served_from", served_from, 1)
    if fixed_part > total:
        raise ValueError(f"fixed_part must not exceed total: {fixed_part} fen of {total}")
    if first > top:
        raise ValueError(f"served_from is floor {first}, but the lift ends at floor {top}")
    served = apportion(total - fixed_part, [1] * (top - first + 1))
    served[0] += fixed_part
    return [0] * (first - 1) + served


def shapley_of(
    total: SupportsIndex, households: Sequence[Household], fixed_part: SupportsIndex, served_from: int = 2
) -> list[int]:
    """`shapley` of a total, by `storey_costs` up to the highest floor on which somebody lives.

    Parameters
    ----------
    total, fixed_part, served_from
        As in `storey_costs`.
    households : sequence of N Household

    Returns
    -------
    list of N int
        Fen, in the order of `households`, with the sum `total`. Areas do not count.

    Raises
    ------
    ValueError
        As in `storey_costs`; `households` is empty.
    """
    if not households:
        raise ValueError("households must not be empty")
    top = max(household.floor for household in households)
    numbers = [0] * top
    for household in households:
        numbers[household.floor - 1] += 1
    stacks = [iter(storey) for storey in shapley(storey_costs(total, fixed_part, top, served_from), numbers)]
    return [next(stacks[household.floor - 1]) for household in households]


def _band(base: int, odd: int, numbers: Sequence[int]) -> list[list[int]]:
    """One band of `shapley`: `base` for everyone, and one more for `odd` households, from the top storey down."""
    shares = []
    for number in reversed(numbers):
        filled = min(odd, number)
        shares.append([base + 1] * filled + [base] * (number - filled))
        odd -= filled
    return shares[::-1]
