"""How good a classification is: by class, and whether its confidence can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ClassScore:
    """Of one class: what share of those called so are so, what share of what is so was found, both, examples."""

    precision: float
    recall: float
    f1: float
    support: int


def by_class(truth: Sequence[str], found: Sequence[str]) -> dict[str, ClassScore]:
    """The score of every class that stands in either, in order; an undefined ratio counts as 0.

    Raises
    ------
    ValueError
        `truth` and `found` differ in length.
    """
    right, said = np.asarray(truth, dtype=str), np.asarray(found, dtype=str)
    if right.shape != said.shape:
        raise ValueError(f"{len(right)} labels and {len(said)} predictions")
    scores = {}
    for label in sorted({*right.tolist(), *said.tolist()}):
        hits = int(((right == label) & (said == label)).sum())
        named, support = int((said == label).sum()), int((right == label).sum())
        f1 = 2 * hits / (named + support)
        scores[label] = ClassScore(hits / named if named else 0.0, hits / support if support else 0.0, f1, support)
    return scores


def macro_f1(truth: Sequence[str], found: Sequence[str]) -> float:
    """The mean F1 of the classes, each counting the same however rare it is; 0 where there are none."""
    scores = by_class(truth, found)
    return sum(score.f1 for score in scores.values()) / len(scores) if scores else 0.0


def guessed_f1(truth: Sequence[str], found: Sequence[str], rounds: int = 200) -> float:
    """The macro-F1 up to which answers are as good as guesses.

    The answers are dealt out anew to the examples, again and again: three standard deviations above the mean of what
    that gives, at most half the way to all right, since a handful of examples says little. Saying the commonest class
    each time is a guess too.

    Parameters
    ----------
    rounds : int
        How often they are dealt out.

    References
    ----------
    Ojala, M., Garriga, G. C. (2010). Permutation tests for studying classifier performance. JMLR 11.
    """
    names, places = np.unique([*truth, *found], return_inverse=True)
    right, said = places[: len(truth)], places[len(truth) :]
    in_all = np.maximum(np.bincount(right, minlength=len(names)) + np.bincount(said, minlength=len(names)), 1)
    draw = np.random.default_rng(0)
    scores = []
    for _round in range(rounds):
        dealt = draw.permutation(said)
        scores.append((2 * np.bincount(right[dealt == right], minlength=len(names)) / in_all).mean())
    commonest = max(set(truth), key=list(truth).count)
    mean = float(np.mean(scores))
    dealt_out = min(mean + 3 * float(np.std(scores)), (1 + mean) / 2)
    return max(dealt_out, macro_f1(truth, [commonest] * len(truth)))


def calibration_error(confidence: NDArray[np.floating], right: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error: by how much confidence and the share that is right differ, on average, 0 to 1.

    Parameters
    ----------
    confidence : float[N]
        Probability given to each answer.
    right : bool[N]
        Whether the answer was right.
    bins : int
        Into how many equal stretches of confidence the answers are sorted.

    References
    ----------
    Guo, C. et al. (2017). On calibration of modern neural networks. ICML.
    """
    if not len(confidence):
        return 0.0
    place = np.minimum((np.asarray(confidence) * bins).astype(int), bins - 1)
    gaps = np.bincount(place, weights=np.asarray(confidence, float) - np.asarray(right, float), minlength=bins)
    return float(np.abs(gaps).sum() / len(confidence))
