"""Which messages speak of the same matter (归并同一件事): the same trouble at the same place, about the same time.

Average linkage: a message joins a group only if it is alike to its members on the whole, so a chain of neighbours,
each like the next, does not become one group, and a large group cannot swallow a smaller one beside it. Two messages
that name different places are held to be less alike than their words: two streets complain of noise in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from xiuhua.engine.texts import grams

_ALIKE = 0.34
"""Likeness, 0 to 1, from which messages are of one matter."""
_EDGE = 10 / 17
"""Share of that likeness below which two messages have nothing to do with each other."""
_MOST = 5_000
"""Messages that are linked at once; a larger heap is first taken apart by asking for more likeness."""
_ELSEWHERE = 0.35
_SAME_PLACE = 1.25
_FADING_S = 60 * 86_400.0
_FADED = 0.6
_PLACE = re.compile(
    r"([\u4e00-\u9fff]{2})(大道|公路|路|街|小区|新村|花园|家园|公寓|广场|社区|弄|巷|苑|村|桥|学校|小学|中学|医院|公园|市场)"
)
_ANY = set("我们本该这那个在的全各某老旧新到于和与对从了是有请附近门口每晚天多条整一二两几")


def group(
    texts: Sequence[str],
    times: Sequence[float] | NDArray[np.floating] | None = None,
    *,
    alike: float = _ALIKE,
) -> NDArray[np.int32]:
    """Number the matters that messages speak of.

    Parameters
    ----------
    texts : sequence of str
        Messages, N of them.
    times : float[N], optional
        When each was written, in seconds from any moment; NaN where that is not known. Messages that are months
        apart have to be more alike to be of one matter.
    alike : float
        Likeness, above 0 and at most 1, from which messages are of one matter: less for wider topics.

    Returns
    -------
    int32[N]
        A number a matter, from 0 in the order in which they are first met; -1 for a message alone. The order of
        the messages decides nothing else.

    Raises
    ------
    ValueError
        `times` has another length than `texts`, or `alike` is out of its range.
    """
    if not 0 < alike <= 1:
        raise ValueError(f"alike is {alike}, not above 0 and at most 1")
    moments = np.full(len(texts), np.nan) if times is None else np.asarray(times, np.float64)
    if moments.shape != (len(texts),):
        raise ValueError(f"{len(texts)} texts and {moments.size} times")
    plain = [grams.plain(text, fold=False) for text in texts]
    order = np.array(sorted(range(len(plain)), key=lambda i: (plain[i], np.nan_to_num(moments[i], nan=-np.inf))), int)
    spoken = order[[bool(plain[i]) for i in order]] if len(order) else order
    matter = np.full(len(texts), -1, np.int64)
    if len(spoken) > 1:
        matter[spoken] = _matters(_likeness([plain[i] for i in spoken], moments[spoken], _EDGE * alike), alike)
    return _numbered(matter)


def _likeness(plain: list[str], moments: NDArray[np.float64], edge: float) -> sparse.csr_matrix:
    """Likeness of each two messages that have something to do with each other, 0 to 1, without the diagonal."""
    counts = grams.counted(plain, characters=(1, 2, 3), words=(1,))
    rows = grams.sublinear(counts, grams.rarity(counts))
    places = _places(plain)
    somewhere = np.asarray(places.sum(axis=1)).ravel() > 0
    parts = []
    for start in range(0, len(plain), 512):
        alike = (rows[start : start + 512] @ rows.T).tocoo()
        here, there, value = alike.row + start, alike.col, alike.data.astype(np.float64)
        near = (value > edge) & (here != there)
        here, there, value = here[near], there[near], np.minimum(value[near], 1.0)
        shared = np.asarray(places[here].multiply(places[there]).sum(axis=1)).ravel() > 0
        named = somewhere[here] & somewhere[there]
        value = np.where(named & ~shared, value * _ELSEWHERE, value)
        value = np.where(shared, np.maximum(value, np.minimum(value * _SAME_PLACE, 0.98)), value)
        apart = np.nan_to_num(np.abs(moments[here] - moments[there]), nan=0.0)
        value *= _FADED + (1 - _FADED) * np.exp(-apart / _FADING_S)
        parts.append(sparse.coo_matrix((value, (here, there)), shape=(len(plain), len(plain))))
    total = sum((part.tocsr() for part in parts[1:]), parts[0].tocsr())
    return total.maximum(total.T).tocsr()


def _places(plain: list[str]) -> sparse.csr_matrix:
    """Which named places each message speaks of, 0 or 1."""
    names: dict[str, int] = {}
    rows, columns = [], []
    for row, text in enumerate(plain):
        for before, kind in set(_PLACE.findall(text)):
            if not _ANY.intersection(before):
                rows.append(row)
                columns.append(names.setdefault(before + kind, len(names)))
    shape = (len(plain), max(len(names), 1))
    return sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)


def _matters(alike: sparse.csr_matrix, enough: float) -> NDArray[np.int64]:
    """A number for each message, the same for messages of one matter, -1 for those alone."""
    matter = np.full(alike.shape[0], -1, np.int64)
    heaps = [(np.arange(alike.shape[0]), _EDGE * enough)]
    while heaps:
        members, least = heaps.pop()
        inside = alike[members][:, members]
        inside.data[inside.data < least] = 0
        inside.eliminate_zeros()
        _, part = sparse.csgraph.connected_components(inside, directed=False)
        by_part = np.argsort(part, kind="stable")
        for heap in np.split(members[by_part], np.cumsum(np.bincount(part))[:-1]):
            if len(heap) > _MOST and least < 0.99:
                heaps.append((heap, least + 0.05))
            elif len(heap) > 1:
                matter[heap] = _linked(alike, heap, enough)
    return matter


def _linked(alike: sparse.csr_matrix, heap: NDArray[np.int64], enough: float) -> NDArray[np.int64]:
    """Average linkage within a heap; a matter has the number of its first member."""
    distance = 1.0 - alike[heap][:, heap].toarray()
    np.fill_diagonal(distance, 0.0)
    part = fcluster(linkage(squareform(distance, checks=False), "average"), 1 - enough, "distance") - 1
    sizes, first = np.bincount(part), np.full(part.max() + 1, len(heap))
    np.minimum.at(first, part, np.arange(len(heap)))
    return np.where(sizes[part] > 1, heap[first[part]], -1)


def _numbered(matter: NDArray[np.int64]) -> NDArray[np.int32]:
    """The same grouping numbered from 0 in the order of first appearance."""
    numbers: dict[int, int] = {}
    return np.array([-1 if m < 0 else numbers.setdefault(int(m), len(numbers)) for m in matter], np.int32)
