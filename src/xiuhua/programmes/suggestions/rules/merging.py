"""Which one of several about the same matter stays, and the others are merged into it (并到哪一件)."""

from collections.abc import Sequence
from dataclasses import dataclass

_FURTHEST = (
    *("adopted", "answered", "reopened", "passed_on", "assigned", "accepted", "received"),
    *("closed", "declined", "merged"),
)
"""In which order states speak for staying: what is told or in hand before what is over."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of those that are about the same matter; `has_merged`: others were merged into it before."""

    pk: int
    state: str
    has_merged: bool = False


def staying(candidates: Sequence[Candidate]) -> int:
    """Number of the one that stays: that others were merged into, that is furthest in hand, that came first."""
    best = min(candidates, key=lambda one: (not one.has_merged, _FURTHEST.index(one.state), one.pk))
    return best.pk
