"""What shares are tried with: 720,000 yuan for the house of twelve flats, and choices that a meeting makes."""

from datetime import date
from fractions import Fraction
from typing import Any

from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.rules.shares import Choice

TOTAL, SUBSIDY = 72_000_000, 28_000_000
MAY = date(2023, 5, 1)
JUNE = date(2023, 6, 1)

AGREED = {1: 0, 2: 8, 3: 14, 4: 20, 5: 26, 6: 32}
"""Percent by floor, as in the house that the pictures show."""


def chosen(kind: str, floors: dict[int, Any] | None = None, **more: Any) -> Choice:
    """A choice with the usual money."""
    told = {"total_fen": TOTAL, "subsidy_fen": SUBSIDY, **more}
    return Choice(kind, floors={at: Fraction(str(value)) for at, value in (floors or {}).items()}, **told)


def adopted(dossier: Any, actor: Any, choice: Choice | None = None) -> Any:
    """A scheme in force."""
    choice = choice or chosen("guidance", AGREED)
    draft = actions.draft_scheme(actor=actor, dossier=dossier, choice=choice, on=MAY).subject
    return actions.adopt_scheme(actor=actor, scheme=draft, on=MAY).subject
