"""Splitting money exactly to the fen, and what changes when the sum or the families change."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import SupportsIndex, TypeVar

from xiuhua.engine.shares.checks import Number, exact, same_length, whole, wholes

Kept = TypeVar("Kept")


def apportion(
    total: SupportsIndex, weights: Sequence[Number], rank: Sequence[SupportsIndex] | None = None
) -> list[int]:
    """Split a sum in proportion to weights, exact to the fen (最大余额法).

    Each gets the whole fen of its exact part; the fen that are left go one each to the
    largest remainders. So nobody is a fen or more away from the exact part, and of two the
    one with more weight never gets less.

    Parameters
    ----------
    total : int
        Fen to split.
    weights : sequence of N numbers
        In any unit.
    rank : sequence of N int, optional
        Of equal remainders the higher rank comes first, then the order given. The schemes pass
        the floor: what rises with the floor then still rises after rounding.

    Returns
    -------
    list of N int
        Fen, with the sum `total`.

    Raises
    ------
    ValueError
        `total` is negative or no whole number; `weights` is empty, all zero, or one is negative; `rank` has another
        length.

    References
    ----------
    Balinski, M. L., Young, H. P. (1982). Fair Representation. Yale University Press (Hamilton's method).
    """
    total = whole("total", total)
    parts = [exact(f"weights[{at}]", weight) for at, weight in enumerate(weights)]
    ranks = [0] * len(parts) if rank is None else [whole(f"rank[{at}]", r, -(10**9)) for at, r in enumerate(rank)]
    same_length("rank", ranks, "weights", parts)
    whole_weight = sum(parts, Fraction(0))
    if whole_weight == 0:
        raise ValueError("weights must not be empty or all zero")
    due = [part * total / whole_weight for part in parts]
    amounts = [floor(part) for part in due]
    by_claim = sorted(range(len(due)), key=lambda at: (amounts[at] - due[at], -ranks[at], at))
    for at in by_claim[: total - sum(amounts)]:
        amounts[at] += 1
    return amounts


def instalments(amount: SupportsIndex, parts: SupportsIndex | Sequence[Number]) -> list[int]:
    """Split an amount over dates of payment, exact to the fen (分期).

    Parameters
    ----------
    amount : int
        Fen.
    parts : int or sequence of numbers
        A number of equal parts, or percentages that sum to 100.

    Returns
    -------
    list of int
        Fen, with the sum `amount`; of equal remainders the earlier part gets the fen.

    Raises
    ------
    ValueError
        `amount` is negative; `parts` is less than 1, has a negative percentage, or does not sum to 100.
    """
    amount = whole("amount", amount)
    if not isinstance(parts, Sequence):
        return apportion(amount, [1] * whole("parts", parts, 1))
    percents = [exact(f"parts[{at}]", part) for at, part in enumerate(parts)]
    if sum(percents) != 100:
        raise ValueError(f"parts must sum to 100 %, not {float(sum(percents)):g}")
    return apportion(amount, percents)


def resized(shares: Sequence[SupportsIndex], total: SupportsIndex) -> list[int]:
    """The same proportions for another sum, exact to the fen.

    Parameters
    ----------
    shares : sequence of N int
        Fen of each household.
    total : int
        Fen to split now.

    Returns
    -------
    list of N int
        Fen, with the sum `total`; `shares` itself where its sum is `total`.

    Raises
    ------
    ValueError
        `total` or a share is negative; `shares` is empty or all zero.
    """
    before = wholes("shares", shares)
    if sum(before) == 0:
        raise ValueError("shares must not be empty or all zero")
    return apportion(total, before)


def settle(paid: Sequence[SupportsIndex], shares: Sequence[SupportsIndex]) -> list[int]:
    """What each household gets back, or still has to pay (结算, 多退少补).

    Parameters
    ----------
    paid, shares : sequence of N int
        Fen that each household has paid, and fen that it owes.

    Returns
    -------
    list of N int
        Fen: positive is paid back, negative is still to pay. The sum is all that was paid less all that is owed.

    Raises
    ------
    ValueError
        An amount is negative; the lengths differ.
    """
    same_length("paid", paid, "shares", shares)
    return [done - due for done, due in zip(wholes("paid", paid), wholes("shares", shares), strict=True)]


def refund(
    paid: Sequence[SupportsIndex], shares_before: Sequence[SupportsIndex], total_after: SupportsIndex
) -> list[int]:
    """`settle` when the final cost is not that of the contract: shares of the same proportions.

    Parameters
    ----------
    paid, shares_before : sequence of N int
        Fen that each household has paid, and fen agreed before.
    total_after : int
        Fen that the households bear together now.

    Returns
    -------
    list of N int
        Fen: positive is paid back, negative is still to pay. The sum is all that was paid less `total_after`.

    Raises
    ------
    ValueError
        As in `settle` and `resized`.
    """
    return settle(paid, resized(shares_before, total_after))


def without(rows: Sequence[Kept], *left: int) -> list[Kept]:
    """`rows` less those at the positions `left`: the families that stay.

    Raises
    ------
    ValueError
        A position in `left` is not one of `rows`.
    """
    _positions(len(rows), left)
    return [row for at, row in enumerate(rows) if at not in left]


def difference(before: Sequence[SupportsIndex], after: Sequence[SupportsIndex], *left: int) -> list[int]:
    """What each household pays more (or less, negative) than before.

    Parameters
    ----------
    before : sequence of N int
        Fen of each household.
    after : sequence of int
        Fen of the households that stay, in the same order.
    left : int
        Positions in `before` of the families that left, each of which now pays nothing.

    Returns
    -------
    list of N int
        In the order of `before`; the sum is that of `after` less that of `before`.

    Raises
    ------
    ValueError
        An amount is negative; a position in `left` is not one of `before`; `after` is not one for each who stays.
    """
    was = wholes("before", before)
    _positions(len(was), left)
    same_length("after", after, "those who stay", without(was, *left))
    now = iter(wholes("after", after))
    return [(0 if at in left else next(now)) - amount for at, amount in enumerate(was)]


def _positions(count: int, left: Sequence[int]) -> None:
    for position in left:
        if not 0 <= position < count:
            raise ValueError(f"left names position {position}, but households are numbered 0 to {count - 1}")
