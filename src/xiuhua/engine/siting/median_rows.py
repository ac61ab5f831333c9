"""The p-median as its search wants it: by client the candidates from the nearest on, by candidate the clients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

_ENTRIES_AT_ONCE = 1 << 22
_WHOLE_UP_TO = 1e11
_SHARED_BY = 0.8
_FEW = 1000


@dataclass(frozen=True, slots=True)
class Rows:
    """Distances, already multiplied by the clients' weights, in both directions.

    Attributes
    ----------
    indptr, candidate, distance : int32[N + 1], int32[A], float64[A]
        By client, nearest first; equal distances by the candidate's number.
    start, client, away : int32[M + 1], int32[A], float64[A]
        The same pairs by candidate, clients ascending.
    cap : float64[N]
        A client pays no more than this: its furthest distance, or, where some candidate cannot serve it, so much that
        no choice which leaves it unserved can be the best.
    """

    indptr: NDArray[np.int32]
    candidate: NDArray[np.int32]
    distance: NDArray[np.float64]
    start: NDArray[np.int32]
    client: NDArray[np.int32]
    away: NDArray[np.float64]
    cap: NDArray[np.float64]

    @property
    def candidates(self) -> int:
        return len(self.start) - 1

    @property
    def beyond(self) -> float:
        """A sum that no choice which serves everybody comes near."""
        longest = np.diff(self.indptr) > 0
        return 2 * float(self.distance[self.indptr[1:][longest] - 1].sum()) + 1.0

    def first_prices(self, p: int) -> NDArray[np.float64]:
        """Each client's distance to the candidate that it would about have to share with others."""
        lengths = np.diff(self.indptr)
        nth = np.minimum(int(np.ceil(_SHARED_BY * self.candidates / p)), lengths) - 1
        return np.where(nth >= 0, self.distance[self.indptr[:-1] + np.maximum(nth, 0)], 0.0)


def sorted_rows(cost: sp.csr_array, weights: NDArray[np.float64]) -> Rows:
    """Rows of a checked cost, each client's distances times its weight."""
    from xiuhua.engine.siting.median_bound import by_candidate

    clients, candidates = cost.shape
    distance = cost.data * np.repeat(weights, np.diff(cost.indptr)) + 0.0
    indptr = np.asarray(cost.indptr, np.int32)
    order = _nearest_first(indptr, distance)
    candidate, distance = np.ascontiguousarray(cost.indices[order], np.int32), distance[order]
    start, client, away = by_candidate(indptr, candidate, distance, candidates)
    rows = Rows(indptr, candidate, distance, start, client, away, np.zeros(clients))
    full = np.diff(indptr) == candidates
    rows.cap[full] = distance[indptr[1:][full] - 1]
    rows.cap[~full] = rows.beyond
    return rows


def undecided(rows: Rows, status: NDArray[np.int8], cap: NDArray[np.float64]) -> Rows:
    """The same over the candidates of status 0 alone, renumbered, where no client pays more than `cap`."""
    from xiuhua.engine.siting.median_bound import by_candidate, lay_out

    indptr, name = np.empty_like(rows.indptr), np.empty(rows.candidates, np.int32)
    candidate, distance = np.empty_like(rows.candidate), np.empty_like(rows.distance)
    free = lay_out(rows.indptr, rows.candidate, rows.distance, status, cap, indptr, candidate, distance, name)
    candidate, distance = candidate[: indptr[-1]].copy(), distance[: indptr[-1]].copy()
    start, client, away = by_candidate(indptr, candidate, distance, free)
    return Rows(indptr, candidate, distance, start, client, away, cap)


def step_between_sums(distance: NDArray[np.float64]) -> float:
    """What two different sums differ by at least: the greatest common divisor of whole distances, otherwise 0."""
    if len(distance) == 0 or distance.max() >= _WHOLE_UP_TO or (distance != np.floor(distance)).any():
        return 0.0
    common = int(np.gcd.reduce(distance[:_FEW].astype(np.int64)))
    if common != 1 and len(distance) > _FEW:
        common = int(np.gcd.reduce(distance.astype(np.int64)))
    return float(common) if distance.sum() < _WHOLE_UP_TO * max(common, 1) else 0.0


def _nearest_first(indptr: NDArray[np.int32], distance: NDArray[np.float64]) -> NDArray[np.int64]:
    """Order of the pairs by client, distance and place.

    A positive double sorts like the whole number that its bits spell. Its last bits give way to the place in the row,
    so that one sort of whole numbers does; what fell together by that is put right afterwards.
    """
    from xiuhua.engine.siting.median_bound import put_right

    lengths = np.diff(indptr)
    widest = max(1, int(lengths.max()))
    low = np.int64((1 << max(1, (widest - 1).bit_length())) - 1)
    bits = distance.view(np.int64)
    order = np.empty(len(distance), np.int64)
    rows_at_once = max(1, _ENTRIES_AT_ONCE // widest)
    place = np.arange(widest)
    for first in range(0, len(lengths), rows_at_once):
        mine = lengths[first : first + rows_at_once]
        begin = indptr[first : first + len(mine)].astype(np.int64)
        here = slice(indptr[first], indptr[first + len(mine)])
        if mine.min() == widest:
            keys = bits[here].reshape(len(mine), widest) & ~low
            keys |= place
            keys.sort(axis=1)
            keys &= low
            keys += begin[:, None]
            order[here] = keys.ravel()
        else:
            used = place < mine[:, None]
            keys = np.full(used.shape, np.iinfo(np.int64).max)
            keys[used] = (bits[here] & ~low) | np.broadcast_to(place, used.shape)[used]
            keys.sort(axis=1)
            order[here] = ((keys & low) + begin[:, None])[used]
    put_right(indptr, distance, order)
    return order
