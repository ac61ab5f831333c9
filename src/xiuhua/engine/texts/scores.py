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

    Answers are dealt out anew to the examples, again and again: three standard deviations above the mean of what that
    gives, at most half the way to all right, since a handful of examples says little. Those that were given are dealt
    out, the right ones (a guess that knows how common each class is), and the commonest class for each.

    Parameters
    ----------
    rounds : int
        How often they are dealt out.

    References
    ----------
    Ojala, M., Garriga, G. C. (2010). Permutation tests for studying classifier performance. JMLR 11.
    """
    _names, places = np.unique([*truth, *found], return_inverse=True)
    right, said = places[: len(truth)], places[len(truth) :]
    commonest = np.full(len(right), np.bincount(right).argmax())
    return max(_dealt_out(right, answers, rounds) for answers in (said, right, commonest))


def _dealt_out(right: NDArray[np.int64], said: NDArray[np.int64], rounds: int) -> float:
    number = int(max(right.max(), said.max())) + 1
    in_all = np.bincount(right, minlength=number) + np.bincount(said, minlength=number)
    draw = np.random.default_rng(0)
    scores = []
    for _round in range(rounds):
        dealt = draw.permutation(said)
        hits = np.bincount(right[dealt == right], minlength=number)
        scores.append((2 * hits[in_all > 0] / in_all[in_all > 0]).mean())
    mean = float(np.mean(scores))
    return min(mean + 3 * float(np.std(scores)), (1 + mean) / 2)


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
