"""Which texts are most alike to a new one (查重): an inverted index over grams, exact, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from xiuhua.engine.texts import grams, packing

_KIND = "xiuhua-text-index-1"
_ARRAYS = ("starts", "columns", "counts")
LONGEST_TAIL = 2000
"""As many rows are looked through one by one before they are turned round with the rest."""
_GRAMS = {"characters": (2,), "words": (1,)}


class TextIndex:
    """Texts by their grams; make one by `from_texts`.

    Likeness is the cosine of sublinear tf-idf rows. How rare a gram is was settled when the index was built, and is
    settled anew when it has grown by a quarter.
    """

    def __init__(self, rows: sparse.csr_matrix, settled: int) -> None:
        self._parts = [rows]
        self._tail: sparse.csr_matrix = rows[:0]
        self._settled = settled
        self._arrange()

    @classmethod
    def from_texts(cls, texts: Sequence[str]) -> TextIndex:
        """Index `texts`; the row of each is its place among them."""
        return cls(_counted(texts), len(texts))

    def __len__(self) -> int:
        return sum(int(part.shape[0]) for part in self._parts)

    def add(self, texts: Sequence[str]) -> None:
        """Put more texts behind those that are there; a few are only looked through until there are many."""
        fresh = _counted(texts)
        self._parts.append(fresh)
        if len(self) > 1.25 * self._settled:
            self._settled = len(self)
            self._arrange()
        elif int(self._tail.shape[0]) + len(texts) > LONGEST_TAIL:
            self._arrange()
        else:
            self._tail = sparse.vstack([self._tail, grams.sublinear(fresh, self._idf)], format="csr")

    def alike(self, text: str, k: int = 10) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The texts that are most alike to one, the most alike first; of equals, the earlier first.

        Parameters
        ----------
        text : str
            What is looked for.
        k : int
            How many at most. Texts that share nothing with `text` are left out, so there may be fewer.

        Returns
        -------
        int32[k], float32[k]
            Rows, and likeness from 0 to 1.
        """
        wanted = grams.sublinear(_counted([text]), self._idf)
        found = np.zeros(len(self), np.float32)
        for column, weight in zip(wanted.indices, wanted.data, strict=True):
            start, end = self._by_gram.indptr[column], self._by_gram.indptr[column + 1]
            found[self._by_gram.indices[start:end]] += weight * self._by_gram.data[start:end]
        if self._tail.shape[0]:
            found[self._by_gram.shape[0] :] = (self._tail @ wanted.T).toarray().ravel()
        some = np.flatnonzero(found > 0)
        if len(some) > k:
            least = np.partition(found[some], len(some) - k)[len(some) - k]
            some = some[found[some] >= least]
        best = some[np.argsort(-found[some], kind="stable")][:k]
        return best.astype(np.int32), np.minimum(found[best], 1)

    def to_bytes(self) -> bytes:
        """The index as bytes, without pickles."""
        rows = self._whole()
        arrays: dict[str, NDArray[Any]] = {
            "starts": rows.indptr,
            "columns": rows.indices,
            "counts": rows.data.astype(np.uint16),
        }
        return packing.packed({"kind": _KIND, "settled": self._settled}, arrays)

    @classmethod
    def from_bytes(cls, content: bytes) -> TextIndex:
        """Read an index.

        Raises
        ------
        ValueError
            The bytes are damaged or hold something else.
        """
        about, arrays = packing.unpacked(content, _KIND, _ARRAYS)
        starts, columns, counts = (arrays[name] for name in _ARRAYS)
        settled = int(about.get("settled", -1))
        if starts.ndim != 1 or not len(starts) or not 0 <= settled <= len(starts) - 1:
            raise ValueError("the parts of the index do not fit each other")
        rows = sparse.csr_matrix((counts.astype(np.float32), columns, starts), shape=(len(starts) - 1, grams.COLUMNS))
        rows.check_format()
        return cls(rows, settled)

    def _arrange(self) -> None:
        """Weigh the rows and turn them round: for each gram, the texts in which it stands."""
        rows = self._whole()
        self._idf = grams.rarity(rows[: self._settled])
        self._by_gram = grams.sublinear(rows, self._idf).tocsc()
        self._tail = rows[:0]

    def _whole(self) -> sparse.csr_matrix:
        """The counts of all rows, in one piece."""
        if len(self._parts) > 1:
            self._parts = [sparse.vstack(self._parts, format="csr")]
        return self._parts[0]


def _counted(texts: Sequence[str]) -> sparse.csr_matrix:
    return grams.counted([grams.plain(text, fold=False) for text in texts], **_GRAMS)
