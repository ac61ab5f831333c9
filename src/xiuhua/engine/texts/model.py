"""What a short text is about (分类): a linear model that says how sure it is.

Three classifiers with different faults vote: a support vector machine, one over features scaled by how much they tell
(NB-SVM), and complement naive Bayes. All are linear in the same features, so their mean is one matrix. On short titles
the mean makes fewer mistakes than the best of the three. Confidence comes from two numbers, fitted on margins of texts
that the model had not seen: a temperature, and a share of labels that nothing foretells since they were given wrongly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse
from scipy.special import softmax

from xiuhua.engine.texts import grams, packing
from xiuhua.engine.texts.margins import borders

_KIND = "xiuhua-text-model-1"
_ARRAYS = ("columns", "idf", "weights", "offsets")
_FOLDS = 4
_RARE = 2
"""Texts in which a gram has to stand to count; in small collections one will do."""
_SMALL = 1_000
_CHUNK = 4_096
_BLOCKS: tuple[dict[str, tuple[int, ...]], ...] = (
    {"characters": (1, 2), "words": ()},
    {"characters": (3, 4), "words": ()},
    {"characters": (), "words": (1, 2)},
)
FEATURES = 2 * len(_BLOCKS) * grams.COLUMNS
"""Columns of `counted`: each block, of the whole text and of its title."""
_Linear = tuple[NDArray[np.float32], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class TextModel:
    """A classifier of short texts; make one by `train`.

    Attributes
    ----------
    labels : tuple of str
        The K classes, sorted.
    columns : int32[F]
        Features that count: block and gram.
    idf : float32[F]
        How rare each was in training.
    weights, offsets : float32[K, F], float32[K]
        Margin of a class: ``row @ weights[k] + offsets[k]``.
    temperature : float
        What margins are divided by before they become probabilities.
    doubt : float
        Share of labels, 0 to 1, that no margin foretells.
    """

    labels: tuple[str, ...]
    columns: NDArray[np.int32]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    offsets: NDArray[np.float32]
    temperature: float
    doubt: float

    def predict(self, texts: Sequence[str]) -> tuple[list[str], NDArray[np.float32]]:
        """The class of each text, and the probability that it is right.

        Parameters
        ----------
        texts : sequence of str
            The first line counts as the title, what follows as the body.

        Returns
        -------
        list of str, float32[N]
        """
        return self._likeliest(self.chances(texts))

    def predict_counted(self, counts: sparse.csr_matrix) -> tuple[list[str], NDArray[np.float32]]:
        """The same of texts of which there are only the grams, as `counted` finds them."""
        return self._likeliest(self._chances(counts))

    def ranked(self, texts: Sequence[str], k: int = 3) -> list[list[tuple[str, float]]]:
        """The `k` likeliest classes of each text with their probabilities, the likeliest first (其次……)."""
        chances = self.chances(texts)
        order = np.argsort(-chances, axis=1, kind="stable")[:, :k]
        return [
            [(self.labels[at], float(row[at])) for at in places] for row, places in zip(chances, order, strict=True)
        ]

    def chances(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Probability of each class for each text, float32[N, K]; rows sum to 1."""
        found = np.zeros((len(texts), len(self.labels)), np.float32)
        for start in range(0, len(texts), _CHUNK):
            part = texts[start : start + _CHUNK]
            found[start : start + len(part)] = self._chances(counted(part))
        return found

    def _chances(self, counts: sparse.csr_matrix) -> NDArray[np.float32]:
        rows = _weighted(counts[:, self.columns], self.columns, self.idf)
        sure = softmax(_margins(rows, (self.weights, self.offsets)) / self.temperature, axis=1)
        found: NDArray[np.float32] = ((1 - self.doubt) * sure + self.doubt / len(self.labels)).astype(np.float32)
        return found

    def _likeliest(self, chances: NDArray[np.float32]) -> tuple[list[str], NDArray[np.float32]]:
        best = chances.argmax(axis=1) if len(chances) else np.zeros(0, np.int64)
        return [self.labels[k] for k in best], chances[np.arange(len(best)), best]

    def to_bytes(self) -> bytes:
        """The model as bytes, without pickles; the same model, the same bytes."""
        about = {"kind": _KIND, "labels": self.labels, "temperature": self.temperature, "doubt": self.doubt}
        return packing.packed(about, {name: getattr(self, name) for name in _ARRAYS})

    @classmethod
    def from_bytes(cls, content: bytes) -> TextModel:
        """Read a model.

        Raises
        ------
        ValueError
            The bytes are damaged or hold something else.
        """
        about, arrays = packing.unpacked(content, _KIND, _ARRAYS)
        named = tuple(map(str, about.get("labels", ())))
        columns, idf, weights, offsets = (arrays[name] for name in _ARRAYS)
        sureness = (float(about.get(name, -1)) for name in ("temperature", "doubt"))
        model = cls(named, columns, idf, weights, offsets, *sureness)
        model._check()
        return model

    def _check(self) -> None:
        classes, features = len(self.labels), len(self.columns)
        shapes = self.idf.shape == (features,) and self.weights.shape == (classes, features)
        columns = self.columns.dtype == np.int32 and self.columns.ndim == 1
        sure = self.temperature > 0 and 0 <= self.doubt <= 1
        if not (classes > 1 and shapes and columns and sure and self.offsets.shape == (classes,)):
            raise ValueError("the parts of the model do not fit each other")
        inside = not features or (self.columns.min() >= 0 and self.columns.max() < FEATURES)
        if not (inside and np.isfinite(self.weights).all() and np.isfinite(self.idf).all()):
            raise ValueError("the model has figures that cannot be")


def train(texts: Sequence[str], labels: Sequence[str], told: Callable[[float], None] | None = None) -> TextModel:
    """Learn what texts are about from examples.

    Parameters
    ----------
    texts : sequence of str
        The first line of each counts as the title, what follows as the body. Titles have features of their own: a
        body says much that is not the point.
    labels : sequence of str
        The class of each.
    told : callable, optional
        Hears the share that is done, 0 to 1.

    Returns
    -------
    TextModel
        The same for the same examples, byte for byte.

    Raises
    ------
    ValueError
        `texts` and `labels` differ in length, there are fewer than two classes, a class has one example only, or no
        text has anything in it.

    References
    ----------
    Wang, S., Manning, C. D. (2012). Baselines and bigrams. ACL.
    Rennie, J. D. M. et al. (2003). Tackling the poor assumptions of naive Bayes text classifiers. ICML.
    """
    names, classes = _classes(texts, labels)
    counts = counted(texts)
    tell = told or (lambda _share: None)
    tell(0.2)
    folds, seen = _folds(classes), np.zeros((len(texts), len(names)))
    for fold in range(_FOLDS):
        out = folds == fold
        if out.any():
            columns, idf, linear = _fitted(counts[~out], classes[~out], len(names))
            seen[out] = _margins(_weighted(counts[out][:, columns], columns, idf), linear)
        tell(0.2 + 0.65 * (fold + 1) / _FOLDS)
    columns, idf, (weights, offsets) = _fitted(counts, classes, len(names))
    return TextModel(names, columns, idf, weights, offsets, *_sureness(seen, classes))


def _classes(texts: Sequence[str], labels: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    if len(texts) != len(labels):
        raise ValueError(f"{len(texts)} texts and {len(labels)} labels")
    names = sorted(set(labels))
    if len(names) < 2:
        raise ValueError(f"at least two classes are needed, there are {len(names)}")
    place = {name: k for k, name in enumerate(names)}
    classes = np.array([place[label] for label in labels], np.int32)
    alone = [name for name, count in zip(names, np.bincount(classes), strict=True) if count < 2]
    if alone:
        raise ValueError(f"these classes have one example only: {', '.join(alone)}")
    return tuple(names), classes


def _folds(classes: NDArray[np.int32]) -> NDArray[np.int64]:
    """A fold for each example, each class dealt out evenly, so that of each class something is left to learn from."""
    folds = np.zeros(len(classes), np.int64)
    order = np.random.default_rng(0).permutation(len(classes))
    for k in range(int(classes.max()) + 1):
        of_class = order[classes[order] == k]
        folds[of_class] = (np.arange(len(of_class)) + k) % _FOLDS
    return folds


def counted(texts: Sequence[str]) -> sparse.csr_matrix:
    """Grams of the whole text, and of its title once more in columns of their own: float32[N, FEATURES]."""
    whole = [grams.plain(text) for text in texts]
    titles = [grams.plain(text.lstrip().split("\n", 1)[0]) for text in texts]
    parts = [grams.counted(part, **block) for part in (whole, titles) for block in _BLOCKS]
    joined: sparse.csr_matrix = sparse.hstack(parts, format="csr", dtype=np.float32)
    return joined


def _weighted(counts: sparse.csr_matrix, columns: NDArray[np.int32], idf: NDArray[np.float32]) -> sparse.csr_matrix:
    """The features that count, each block of a row of unit length."""
    bounds = np.searchsorted(columns, np.arange(2 * len(_BLOCKS) + 1) * grams.COLUMNS)
    blocks = [grams.sublinear(counts[:, start:end], idf[start:end]) for start, end in pairwise(bounds)]
    joined: sparse.csr_matrix = sparse.hstack(blocks, format="csr", dtype=np.float32)
    return joined


def _fitted(
    counts: sparse.csr_matrix, classes: NDArray[np.int32], number: int
) -> tuple[NDArray[np.int32], NDArray[np.float32], _Linear]:
    """Features that count, their rarity, and the mean of the three classifiers, each brought to margins of one size."""
    having = np.bincount(counts.indices, minlength=counts.shape[1])
    columns = np.flatnonzero(having >= (_RARE if counts.shape[0] > _SMALL else 1)).astype(np.int32)
    kept = counts[:, columns]
    idf = grams.rarity(kept)
    rows = _weighted(kept, columns, idf)
    if not rows.nnz:
        raise ValueError("there is nothing to learn from in these texts")
    voices = (
        borders(rows, classes, number, 0.2),
        borders(rows, classes, number, 0.1, np.abs(_log_ratios(rows, classes, number))),
        _complement(rows, classes, number),
    )
    weights, offsets = np.zeros((number, len(columns)), np.float32), np.zeros(number, np.float32)
    for voice in voices:
        spread = float(_margins(rows, voice).std()) or 1.0
        weights += voice[0] / np.float32(spread)
        offsets += voice[1] / np.float32(spread)
    return columns, idf, (weights, offsets)


def _sums(rows: sparse.csr_matrix, classes: NDArray[np.int32], number: int) -> NDArray[np.float64]:
    """Sum of each feature over the examples of each class, float64[K, F]."""
    member = sparse.csr_matrix(
        (np.ones(len(classes)), (classes, np.arange(len(classes)))), shape=(number, len(classes))
    )
    sums: NDArray[np.float64] = (member @ rows).toarray().astype(np.float64)
    return sums


def _log_ratios(rows: sparse.csr_matrix, classes: NDArray[np.int32], number: int) -> NDArray[np.float32]:
    """How much oftener a feature stands in a class than outside it, as logarithm, float32[K, F]."""
    inside = 1 + _sums(rows, classes, number)
    outside = inside.sum(axis=0) - (number - 1) - inside + 1
    ratio = np.log(inside / inside.sum(axis=1, keepdims=True)) - np.log(outside / outside.sum(axis=1, keepdims=True))
    return np.asarray(ratio, np.float32)


def _complement(rows: sparse.csr_matrix, classes: NDArray[np.int32], number: int) -> _Linear:
    """Complement naive Bayes: a class is what the others are unlike."""
    sums = _sums(rows, classes, number)
    others = sums.sum(axis=0) - sums + 0.2
    weights = -np.log(others / others.sum(axis=1, keepdims=True))
    return (weights - weights.mean(axis=0)).astype(np.float32), np.zeros(number, np.float32)


def _margins(rows: sparse.csr_matrix, linear: _Linear) -> NDArray[Any]:
    return np.asarray(rows @ linear[0].T) + linear[1]


def _sureness(margins: NDArray[Any], classes: NDArray[np.int32]) -> tuple[float, float]:
    """The temperature and the share of doubt under which the labels of unseen examples are likeliest."""
    own, number = np.arange(len(classes)), margins.shape[1]

    def surprise(log_temperature: float, doubt: float) -> float:
        chances = softmax(margins / np.exp(log_temperature), axis=1)[own, classes]
        return -float(np.log((1 - doubt) * chances + doubt / number).mean())

    def best_temperature(doubt: float) -> Any:
        return optimize.minimize_scalar(surprise, bounds=(-4, 4), args=(doubt,), method="bounded")

    doubt = optimize.minimize_scalar(
        lambda share: best_temperature(share).fun, bounds=(1e-4, 0.5), method="bounded", options={"maxiter": 20}
    ).x
    return round(float(np.exp(best_temperature(doubt).x)), 6), round(float(doubt), 6)
