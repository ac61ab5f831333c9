"""Short texts against what anybody would try first: character n-grams with a linear SVM of scikit-learn.

Ratios and differences are of one run on one machine; nothing is asserted.
"""

import argparse
import json
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from message_board import Board, board
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

from xiuhua.engine import texts

FOLDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=9_210)
    parser.add_argument("--indexed", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="figures for scripts")
    asked = parser.parse_args()
    drawn = board(asked.messages)
    texts.train(drawn.titles[:300], drawn.labels[:300])
    figures = {
        "titles": classified(drawn.titles, drawn.labels),
        "titles and bodies": classified(drawn.whole, drawn.labels),
        "group 4,000": grouped(),
        "index": indexed(asked.indexed, drawn),
    }
    if asked.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
        return
    for name, found in figures.items():
        print(f"{name}: " + ", ".join(f"{what} {value:.4g}" for what, value in found.items()))


def classified(said: Sequence[str], labels: Sequence[str]) -> dict[str, float]:
    """Two folds of five: macro-F1 of both, seconds of training, and how far confidence can be believed."""
    place = np.random.default_rng(7).permutation(len(said)) % FOLDS
    runs = []
    for fold in range(2):
        learned, asked = (np.flatnonzero(part).tolist() for part in (place != fold, place == fold))
        truth = [labels[i] for i in asked]
        train, test, given = [said[i] for i in learned], [said[i] for i in asked], [labels[i] for i in learned]
        started = time.perf_counter()
        plain = _plain(train, given, test)
        baseline_s, started = time.perf_counter() - started, time.perf_counter()
        model = texts.train(train, given)
        ours_s = time.perf_counter() - started
        found, confidence = model.predict(test)
        error = texts.calibration_error(confidence, np.array(found) == np.array(truth))
        runs.append((texts.macro_f1(truth, plain), texts.macro_f1(truth, found), error, baseline_s, ours_s))
    plain_f1, ours_f1, error, baseline_s, ours_s = np.mean(runs, axis=0).tolist()
    return {
        "macro-F1 plain": plain_f1,
        "ours": ours_f1,
        "difference": ours_f1 - plain_f1,
        "mistakes ratio": (1 - ours_f1) / (1 - plain_f1),
        "calibration error": error,
        "seconds plain": baseline_s,
        "seconds ours": ours_s,
    }


def _plain(train: list[str], labels: list[str], test: list[str]) -> list[Any]:
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
    return list(LinearSVC().fit(vectors.fit_transform(train), labels).predict(vectors.transform(test)))


def grouped() -> dict[str, float]:
    """4,000 messages: seconds, matters found, and the largest."""
    drawn = board(4_000, seed=2)
    started = time.perf_counter()
    numbers = texts.group(drawn.titles, np.arange(4_000) * 3_600.0)
    seconds = time.perf_counter() - started
    sizes = np.bincount(numbers[numbers >= 0], minlength=1)
    return {"seconds": seconds, "matters": len(sizes), "largest": int(sizes.max())}


def indexed(size: int, asked: Board) -> dict[str, float]:
    """Milliseconds of a search for what is alike, half and worst of a hundred."""
    said = board(size, seed=3).titles
    started = time.perf_counter()
    index = texts.TextIndex.from_texts(said)
    built, spent = time.perf_counter() - started, []
    for title in asked.titles[:100]:
        started = time.perf_counter()
        index.alike(title, 10)
        spent.append(1_000 * (time.perf_counter() - started))
    return {"build seconds": built, "median ms": float(np.median(spent)), "worst ms": max(spent)}


if __name__ == "__main__":
    main()
