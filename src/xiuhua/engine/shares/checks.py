"""What may come in: whole numbers as they are, fractions without loss, and nothing negative."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from operator import index
from typing import SupportsIndex

Number = int | Fraction | Decimal | float
"""A coefficient or a percentage. A float is read as the decimal that it prints: 0.7 is seven tenths."""


def whole(name: str, value: SupportsIndex, least: int = 0) -> int:
    """`value` as an int of at least `least`; ValueError names it otherwise."""
    try:
        number = index(value)
    except TypeError:
        raise ValueError(f"{name} must be a whole number, not {value!r}") from None
    if number < least:
        raise ValueError(f"{name} must be at least {least}, not {number}")
    return number


def wholes(name: str, values: Sequence[SupportsIndex], least: int = 0) -> list[int]:
    """Each of `values` as an int of at least `least`."""
    return [whole(f"{name}[{at}]", value, least) for at, value in enumerate(values)]


def exact(name: str, value: Number) -> Fraction:
    """`value` as a fraction of at least 0; ValueError names it otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Decimal | float) or not isfinite(value):
        raise ValueError(f"{name} must be a number, not {value!r}")
    number = Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    if number < 0:
        raise ValueError(f"{name} must not be negative, but is {value}")
    return number


def same_length(one: str, a: Sequence[object], other: str, b: Sequence[object]) -> None:
    """Refuse two sequences of which one has no partner for each of the other."""
    if len(a) != len(b):
        raise ValueError(f"{one} and {other} must have the same length, not {len(a)} and {len(b)}")
