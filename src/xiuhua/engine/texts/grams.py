"""Short Chinese texts as sparse rows of counted grams (字词特征): characters in runs of one to four, words.

A gram's column is a hash of it, so there is no vocabulary to keep, and everything is done on whole arrays: all
texts are laid end to end, and the hash of every run of characters comes from the hash of the run one shorter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import rjieba
from numpy.typing import NDArray
from scipy import sparse

BITS = 20
COLUMNS = 1 << BITS
MOST_CHARACTERS = 4_000
"""What is read of one text; a longer one is a pasted document and says what it wants at its beginning."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_BETWEEN = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - BITS)


def plain(text: str, *, fold: bool = True) -> str:
    """A text without what does not carry its subject (归一).

    Full width becomes half width, capitals small, invisible characters nothing, punctuation and white space one blank.

    Parameters
    ----------
    text : str
        Anything.
    fold : bool
        Whether each number becomes ``0``: house numbers, prices and dates say little about the department.
    """
    text = _UNSEEN.sub("", text[: 2 * MOST_CHARACTERS])
    text = _BETWEEN.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()[:MOST_CHARACTERS]
    return _DIGITS.sub("0", text) if fold else text


def counted(
    texts: Sequence[str], *, characters: Iterable[int] = (1, 2, 3, 4), words: Iterable[int] = (1, 2)
) -> sparse.csr_matrix:
    """How often each gram stands in each text.

    Parameters
    ----------
    texts : sequence of str
        As `plain` leaves them.
    characters, words : iterable of int
        Lengths of the runs of characters and of words that count.

    Returns
    -------
    csr_matrix of float32[N, COLUMNS]
        Columns sorted within each row.
    """
    laid = "\n".join(f" {text} " if text else "" for text in texts) + "\n"
    codes = np.frombuffer(laid.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    ends = np.flatnonzero(codes == ord("\n"))
    row_of = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=-1))
    found = [*_runs(codes, row_of, characters), *_words(laid, codes, row_of, words)]
    rows = np.concatenate([rows for rows, _ in found]) if found else np.zeros(0, np.int64)
    columns = np.concatenate([columns for _, columns in found]) if found else np.zeros(0, np.int64)
    keys, times = np.unique((rows << BITS) | columns, return_counts=True)
    starts = np.searchsorted(keys, np.arange(len(texts) + 1, dtype=np.int64) << BITS)
    return sparse.csr_matrix(
        (times.astype(np.float32), (keys & (COLUMNS - 1)).astype(np.int32), starts.astype(np.int32)),
        shape=(len(texts), COLUMNS),
    )


def sublinear(counts: sparse.csr_matrix, idf: NDArray[np.float32]) -> sparse.csr_matrix:
    """Rows of unit length in which a gram weighs ``(1 + log count) * idf``; a row without grams stays empty."""
    weighted = counts.copy()
    weighted.data = (1 + np.log(counts.data)) * idf[counts.indices]
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    weighted.data /= np.repeat(np.maximum(lengths, 1e-12), np.diff(weighted.indptr)).astype(np.float32)
    return weighted.astype(np.float32)


def rarity(counts: sparse.csr_matrix) -> NDArray[np.float32]:
    """Inverse document frequency of each column, smoothed (idf): ``1 + log((1 + N) / (1 + texts with it))``."""
    having = np.bincount(counts.indices, minlength=counts.shape[1])
    idf: NDArray[np.float32] = (1 + np.log((1 + counts.shape[0]) / (1 + having))).astype(np.float32)
    return idf


def _runs(codes: NDArray[Any], row_of: NDArray[Any], lengths: Iterable[int]) -> list[tuple[NDArray[Any], NDArray[Any]]]:
    """Row and column of each run of characters that does not leave its text and is not a blank alone."""
    wanted, found = set(lengths), []
    hashes = codes
    for length in range(1, max(wanted, default=0) + 1):
        if length > 1:
            hashes = hashes[:-1] * _FACTOR + codes[length - 1 :]
        if length in wanted:
            last = row_of[length - 1 :]
            inside = row_of[: len(hashes)] == last
            inside &= codes[length - 1 :] != ord("\n")
            if length == 1:
                inside &= codes != ord(" ")
            found.append((row_of[: len(hashes)][inside], _column(hashes[inside], length)))
    return found


def _words(
    laid: str, codes: NDArray[Any], row_of: NDArray[Any], lengths: Iterable[int]
) -> list[tuple[NDArray[Any], NDArray[Any]]]:
    """Row and column of each word and of each run of neighbouring words."""
    wanted = set(lengths)
    if not wanted:
        return []
    cut = rjieba.cut(laid)
    sizes = np.fromiter(map(len, cut), np.int64, len(cut))
    starts = np.cumsum(sizes) - sizes
    real = ~np.isin(codes[starts], (ord(" "), ord("\n")))
    starts, sizes = starts[real], sizes[real]
    powers = np.cumprod(np.full(len(codes), _FACTOR, np.uint64))
    sums = np.concatenate([[np.uint64(0)], np.cumsum(codes * powers)])
    back = pow(int(_FACTOR), -1, 1 << 64)
    undo = np.cumprod(np.full(len(codes), back, np.uint64))
    word = (sums[starts + sizes] - sums[starts]) * undo[starts]
    rows, found, hashes = row_of[starts], [], word
    for length in range(1, max(wanted) + 1):
        if length > 1:
            hashes = hashes[:-1] * _FACTOR + word[length - 1 :]
        if length in wanted:
            inside = rows[: len(hashes)] == rows[length - 1 :]
            found.append((rows[: len(hashes)][inside], _column(hashes[inside], 16 + length)))
    return found


def _column(hashes: NDArray[Any], kind: int) -> NDArray[np.int64]:
    """The column of each hash; the same run as characters and as a word has two."""
    mixed = (hashes + np.uint64(kind)) * _FACTOR
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> _SHIFT).astype(np.int64)
