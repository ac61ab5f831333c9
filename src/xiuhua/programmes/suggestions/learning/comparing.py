"""Whether a new model may take the place of the one in use: on rows that neither has learnt from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from xiuhua.engine import texts

KNOWN_AGAIN = 0.5
"""Share of the rows that the one in use was measured on whose labels a new one has to know, to be compared with it."""


class Outcome(StrEnum):
    """What came of comparing two models."""

    FIRST = "first"
    NOT_WORSE = "not_worse"
    WORSE = "worse"
    INCOMPARABLE = "incomparable"


@dataclass(frozen=True, slots=True)
class Measured:
    """A model, and the rows that it was measured on."""

    model: texts.TextModel
    held_out: texts.HeldOut


@dataclass(frozen=True, slots=True)
class Score:
    """How well both do on the same rows."""

    rows: int
    macro_f1: float
    previous_macro_f1: float

    @property
    def worse(self) -> bool:
        return self.macro_f1 < self.previous_macro_f1


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of it: on the new model's rows, and on those that the one in use was measured on."""

    outcome: Outcome
    new_rows: Score | None = None
    old_rows: Score | None = None

    @property
    def previous_macro_f1(self) -> float | None:
        """How well the one in use does, on the new rows where it can be said."""
        score = self.new_rows or self.old_rows
        return score.previous_macro_f1 if score else None


def compared(new: Measured, in_use: Measured | None) -> Comparison:
    """Set a new model beside the one in use.

    It has to do as well on the rows that it was measured on itself, and on those that the other was measured on, as
    far as it knows their labels: a sheet with wrong labels is not contradicted by its own rows, but by the earlier
    ones. Where it knows few of them, or there is no row that both have not learnt from, nothing can be said.
    """
    if in_use is None:
        return Comparison(Outcome.FIRST)
    new_rows, (old_rows, fair) = _on_new_rows(new, in_use), _on_old_rows(new, in_use)
    if not _knows_enough(new, in_use):
        outcome = Outcome.INCOMPARABLE
    elif any(score.worse for score in (new_rows, old_rows) if score):
        outcome = Outcome.WORSE
    else:
        outcome = Outcome.NOT_WORSE if new_rows or fair else Outcome.INCOMPARABLE
    return Comparison(outcome, new_rows, old_rows)


def _knows_enough(new: Measured, in_use: Measured) -> bool:
    known = np.isin(in_use.held_out.labels, new.model.labels)
    return bool(known.any()) and float(known.mean()) >= KNOWN_AGAIN


def _on_new_rows(new: Measured, in_use: Measured) -> Score | None:
    rows = new.held_out
    fair = np.flatnonzero(~rows.has_learnt(rows.digests) & ~in_use.held_out.has_learnt(rows.digests))
    if not len(fair):
        return None
    counts, truth = rows.counts[fair], [rows.labels[place] for place in fair]
    found, before = (one.model.predict_counted(counts)[0] for one in (new, in_use))
    return Score(len(fair), texts.macro_f1(truth, found), texts.macro_f1(truth, before))


def _on_old_rows(new: Measured, in_use: Measured) -> tuple[Score | None, bool]:
    """And whether it is fair to the one in use: where the new one has learnt from all these rows, they count only
    against it.
    """
    rows = in_use.held_out
    asked = np.isin(rows.labels, new.model.labels) & ~rows.has_learnt(rows.digests)
    unseen = asked & ~new.held_out.has_learnt(rows.digests)
    fair = bool(unseen.any())
    places = np.flatnonzero(unseen if fair else asked)
    if not len(places):
        return None, False
    truth = [rows.labels[place] for place in places]
    before, _sure = in_use.model.predict_counted(rows.counts[places])
    found, _sure = new.model.predict_counted(_as_the_new_one_reads(new.held_out, rows, places))
    return Score(len(places), _mean_f1(truth, found), _mean_f1(truth, before)), fair


def _as_the_new_one_reads(new: texts.HeldOut, old: texts.HeldOut, places: NDArray[np.int64]) -> sparse.csr_matrix:
    """Grams of old rows, taken from the new sheet where it has them: it may have columns that the old one lacked."""
    again = {int(digest): row for row, digest in enumerate(new.digests[:, 0])}
    rows = [again.get(int(digest), -1) for digest in old.digests[places, 0]]
    both = sparse.vstack([old.counts[places], new.counts], format="csr")
    chosen: sparse.csr_matrix = both[[len(places) + row if row >= 0 else at for at, row in enumerate(rows)]]
    return chosen


def _mean_f1(truth: Sequence[str], found: Sequence[str]) -> float:
    """The mean F1 of the labels that were given; what a model knows besides is no fault."""
    scores = texts.by_class(truth, found)
    return float(np.mean([scores[label].f1 for label in set(truth)]))
