"""One lesson: examples are parted, a model is made of most, and measured on the others beside the one in use."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine import texts
from xiuhua.ground.progress import Progress, silent
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions.learning.comparing import Comparison, Measured, Outcome, compared
from xiuhua.programmes.suggestions.learning.tables import read_columns, titled, words

HELD_OUT = 0.2
"""Share of each label's examples that a model does not learn from, so that it can be measured on them."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts, the label that somebody gave each, and by what each is known again (`texts.digests`)."""

    texts: list[str]
    labels: list[str]
    digests: NDArray[np.uint64]
    skipped: int = 0

    def __len__(self) -> int:
        return len(self.texts)

    def picked(self, places: Sequence[int]) -> Examples:
        """Those at these places."""
        kept = list(places)
        return Examples([self.texts[i] for i in kept], [self.labels[i] for i in kept], self.digests[kept])


@dataclass(frozen=True, slots=True)
class Lesson:
    """What came of it: the model, what is to be said of it, and whether it is to replace the one in use."""

    measured: Measured
    report: dict[str, Any]

    @property
    def replaces(self) -> bool:
        return bool(self.report["replaced"])


def examples_in(file: Path, text_columns: Sequence[str], label_column: str) -> Examples:
    """Examples of a spreadsheet; rows without a text or a label are passed over and counted.

    Raises
    ------
    Refused
        The file cannot be read, lacks a column, or has no row with both.
    """
    rows = read_columns(file, [*text_columns, label_column])
    told = [(titled(row.cells[:-1]), " ".join(words(row.cells[-1]).split())) for row in rows]
    kept = [place for place, (text, label) in enumerate(told) if text and label]
    if not kept:
        mend = _("看看是不是选错了列")
        raise Refused(Reason(_("没有一行既有文字又有分类"), field=str(file), mend=mend))
    parts = [[cell for cell in map(words, rows[place].cells[:-1]) if cell] for place in kept]
    known_by = texts.digests([first for first, *_rest in parts], ["\n".join(rest) for _first, *rest in parts])
    return Examples([told[at][0] for at in kept], [told[at][1] for at in kept], known_by, len(told) - len(kept))


def learn(
    examples: Examples,
    in_use: Measured | None,
    test: Examples | None = None,
    progress: Progress = silent,
    *,
    anyway: bool = False,
) -> Lesson:
    """Make a model, measure it, and set it beside the one in use.

    Parameters
    ----------
    examples : Examples
        What there is to learn from.
    in_use : Measured or None
        The model that the new one has to be as good as (`comparing.compared`).
    test : Examples, optional
        Rows to measure on; without them a fifth of each label's examples is held out, always the same ones, so that
        no later model is measured on what an earlier one had learned.
    progress : callable
        Hears how far it is.
    anyway : bool
        Whether it is to replace the one in use though it is worse, or cannot be compared with it.

    Raises
    ------
    Refused
        There is one label only, or a label has too few examples; the rows to measure on cannot tell good from bad;
        the model does no better on them than guesses.
    """
    _refuse_too_few(examples)
    learned, measured = (examples, test) if test else _parted(examples)
    _refuse_unmeasurable(learned, measured)
    started = time.perf_counter()
    model = texts.train(learned.texts, learned.labels, lambda share: progress(_("学习"), 0.9 * share))
    seconds = time.perf_counter() - started
    progress(_("核对"), 0.95)
    held_out = texts.HeldOut(learned.digests, measured.digests, tuple(measured.labels), texts.counted(measured.texts))
    new = Measured(model, held_out)
    report = _report(new, compared(new, in_use), anyway=anyway)
    report |= {"rows": len(learned), "train_seconds": round(seconds, 3)}
    return Lesson(new, report | {"skipped_rows": examples.skipped + (test.skipped if test else 0)})


def _report(new: Measured, comparison: Comparison, *, anyway: bool) -> dict[str, Any]:
    truth = new.held_out.labels
    said, confidence = new.model.predict_counted(new.held_out.counts)
    right = np.array(said) == np.array(truth)
    macro = texts.macro_f1(truth, said)
    _refuse_guesses(macro, texts.guessed_f1(truth, said))
    return {
        "macro_f1": macro,
        "accuracy": float(right.mean()),
        "calibration_error": texts.calibration_error(confidence, right),
        "by_class": {label: asdict(score) for label, score in texts.by_class(truth, said).items()},
        "test_rows": len(truth),
        "replaced": anyway or comparison.outcome in {Outcome.FIRST, Outcome.NOT_WORSE},
        "previous_macro_f1": comparison.previous_macro_f1,
        "compared": asdict(comparison),
    }


def _refuse_too_few(examples: Examples) -> None:
    counts = Counter(examples.labels)
    if len(counts) < 2:
        reason = Reason(_("只有一种分类「%(label)s」，没有可分的") % {"label": next(iter(counts))})
        raise Refused(Reason(reason.text, field="--label", mend=_("看看是不是选错了列")))
    scarce = sorted(label for label, count in counts.items() if count < 2)
    if scarce:
        listed = _("、").join(f"「{label}」" for label in scarce[:10])
        text = _("%(count)s 种分类只有一个例子：%(labels)s") % {"count": len(scarce), "labels": listed}
        raise Refused(Reason(text, field="--label", mend=_("补上例子，或者并到别的分类里")))


def _refuse_unmeasurable(learned: Examples, measured: Examples) -> None:
    there = sorted(set(measured.labels))
    if not set(there) & set(learned.labels):
        listed = _("、").join(f"「{label}」" for label in there[:10])
        mend = _("那里写的是 %(labels)s；两个表要用同样的类别") % {"labels": listed}
        raise Refused(Reason(_("核对用的表里没有一个认得的类别"), field="--test", mend=mend))
    if len(there) < 2:
        said = _("核对用的只有一种分类「%(label)s」，量不出好坏") % {"label": there[0]}
        raise Refused(Reason(said, mend=_("每种分类至少三个例子，或者用 --test 另给一个表")))


def _refuse_guesses(macro: float, guessed: float) -> None:
    if macro <= guessed:
        said = _("学不出来：分得和乱猜差不多（macro-F1 %(macro).4f，乱猜也有 %(guessed).4f）")
        mend = _("看看分类那一列是不是选错了、错了行；例子太少的，再补一些")
        raise Refused(Reason(said % {"macro": macro, "guessed": guessed}, field="--label", mend=mend))


def _parted(examples: Examples) -> tuple[Examples, Examples]:
    """What to learn from and what to measure on: of each label the fifth whose first column has the least digests."""
    by_label: dict[str, list[tuple[int, int, int]]] = {}
    for place, ((first, rest), label) in enumerate(zip(examples.digests.tolist(), examples.labels, strict=True)):
        by_label.setdefault(label, []).append((first, rest, place))
    held: set[int] = set()
    for digests in by_label.values():
        share = min(max(1, round(HELD_OUT * len(digests))), len(digests) - 2)
        held.update(place for _first, _rest, place in sorted(digests)[: max(share, 0)])
    if not held:
        raise Refused(Reason(_("例子太少，留不出核对用的"), mend=_("每种分类至少三个例子，或者用 --test 另给一个表")))
    learned = [place for place in range(len(examples)) if place not in held]
    return examples.picked(learned), examples.picked(sorted(held))
