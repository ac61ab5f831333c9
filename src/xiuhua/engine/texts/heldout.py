"""What a model is measured by (留出的例子): the rows that it did not learn from, without their words.

Two models can be compared on rows that neither has learnt from only. So with each model there are kept the rows that it
was measured on, as counted grams, and which rows it has learnt from, as digests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from xiuhua.engine.texts import grams, packing
from xiuhua.engine.texts.model import FEATURES

_KIND = "xiuhua-held-out-1"
_ARRAYS = ("learnt", "digests", "places", "columns", "times", "ends")
_MOST_ROWS = 2_000
_TELLING = 12
"""Characters from which on what follows a first column tells its row from others."""

_Digests = NDArray[np.uint64]


def digests(first: Iterable[str], rest: Iterable[str]) -> _Digests:
    """By what a row is known again: its first column, and all that follows where that is long enough.

    Width, case, punctuation and white space make no difference.

    Returns
    -------
    uint64[N, 2]
        The second is the first once more where little or nothing follows.
    """
    found = []
    for title, body in zip(first, rest, strict=True):
        told, one = _bare(body), _digest(_bare(title))
        found.append((one, _digest(told) if len(told) >= _TELLING else one))
    return np.array(found, np.uint64).reshape(-1, 2)


def _bare(text: str) -> str:
    return grams.plain(text, fold=False).replace(" ", "")


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """The rows that a model was measured on.

    Attributes
    ----------
    learnt : uint64[M]
        Digests of the rows that it learnt from.
    digests : uint64[N, 2]
        Those of the rows that it was measured on.
    labels : tuple of str
        What somebody said that each of these is about.
    counts : csr_matrix of float32[N, FEATURES]
        Their grams, as `counted` finds them.
    """

    learnt: _Digests
    digests: _Digests
    labels: tuple[str, ...]
    counts: sparse.csr_matrix

    def fewer(self, most: int = _MOST_ROWS) -> HeldOut:
        """Of very many rows those whose digests come first."""
        kept = np.sort(np.argsort(self.digests[:, 0], kind="stable")[:most])
        labels = tuple(self.labels[place] for place in kept)
        return HeldOut(self.learnt, self.digests[kept], labels, self.counts[kept])

    def has_learnt(self, digests: _Digests) -> NDArray[np.bool_]:
        """Which rows of these digests the model has learnt from."""
        known: NDArray[np.bool_] = np.isin(digests, self.learnt)
        return known[:, 0] | known[:, 1]

    def to_bytes(self) -> bytes:
        """All this as bytes; the same, the same bytes."""
        named, places = np.unique(np.array(self.labels, dtype=str), return_inverse=True)
        counts = self.counts.sorted_indices()
        columns = np.diff(counts.indices.astype(np.int32), prepend=np.int32(0))
        arrays = {
            "learnt": np.unique(self.learnt),
            "digests": self.digests,
            "places": places.astype(np.int32),
            "columns": columns,
            "times": np.minimum(counts.data, 255).astype(np.uint8),
            "ends": counts.indptr[1:].astype(np.int32),
        }
        return packing.packed({"kind": _KIND, "labels": named.tolist()}, arrays)

    @classmethod
    def from_bytes(cls, content: bytes) -> HeldOut:
        """Read what `to_bytes` wrote.

        Raises
        ------
        ValueError
            The bytes are damaged or hold something else.
        """
        about, arrays = packing.unpacked(content, _KIND, _ARRAYS)
        _check(about, arrays)
        named = list(map(str, about["labels"]))
        pointers = np.concatenate([np.zeros(1, np.int32), arrays["ends"]])
        columns = np.cumsum(arrays["columns"], dtype=np.int32)
        shape = (len(arrays["places"]), FEATURES)
        counts = sparse.csr_matrix((arrays["times"].astype(np.float32), columns, pointers), shape=shape)
        return cls(arrays["learnt"], arrays["digests"], tuple(named[place] for place in arrays["places"]), counts)


def _check(about: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
    rows, grams_of_all = len(arrays["places"]), len(arrays["times"])
    columns, ends = np.cumsum(arrays["columns"], dtype=np.int64), arrays["ends"]
    fit = arrays["digests"].shape == (rows, 2) and ends.shape == (rows,) and columns.shape == (grams_of_all,)
    rise = (np.diff(ends, prepend=0) >= 0).all() and (ends[-1] if rows else 0) == grams_of_all
    inside = not grams_of_all or (columns.min() >= 0 and columns.max() < FEATURES)
    labels = about.get("labels")
    named = isinstance(labels, list) and (
        not rows or 0 <= arrays["places"].min() <= arrays["places"].max() < len(labels)
    )
    if not (fit and rise and inside and named):
        raise ValueError("the parts of what was held out do not fit each other")
