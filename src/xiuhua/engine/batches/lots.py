"""Lots for lifts (成片): which stairwells to build together, and what that is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from xiuhua.engine.batches.bounds import upper_bound
from xiuhua.engine.batches.checks import (
    checked_flags,
    checked_numbers,
    checked_places,
    checked_readiness,
    checked_share,
)
from xiuhua.engine.batches.packing import MOST_STAIRWELLS, best_lots
from xiuhua.engine.batches.search import good_lots
from xiuhua.engine.batches.trees import Part, metres, worth

Floats = NDArray[np.float64]
_Numbered = tuple[NDArray[np.int64], Part]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a lot is, and what it is worth to build one.

    The value of a lot is ``sum(readiness - ready) - setup - walk * metres``: each member brings what it is more ready
    than `ready`, or costs what it is less; each lot costs the setting up of one site; and its members cost the way
    between them, the length of the shortest tree that joins them. A stairwell that is not ready is therefore taken
    only where it joins, or fills up to `least`, others that outweigh it.

    Raises
    ------
    ValueError
        A size is below 1 or `least` above `most`; a length or price is negative or not finite; `ready` is not between
        0 and 1.
    """

    least: int = 5
    """Fewest stairwells of a lot."""
    most: int = 20
    """Most stairwells of a lot: what one contractor takes."""
    reach_m: float = 60.0
    """Metres within which two stairwells are neighbours; those of one building are neighbours anyhow."""
    ready: float = 0.5
    """Readiness at which a stairwell is worth neither taking nor leaving."""
    setup: float = 1.0
    """Price of a site, in readiness: 1 is what two stairwells bring that are wholly ready, where `ready` is 0.5."""
    walk: float = 0.002
    """Price of a metre between members, in readiness."""

    def __post_init__(self) -> None:
        if self.least < 1:
            raise ValueError(f"least must be at least 1, not {self.least}")
        if self.most < self.least:
            raise ValueError(f"most must not be below least, but {self.most} is below {self.least}")
        for name, amount in (("reach_m", self.reach_m), ("setup", self.setup), ("walk", self.walk)):
            if not 0 <= amount < np.inf:
                raise ValueError(f"{name} must be a number that is not negative, not {amount}")
        checked_share("ready", self.ready)


@dataclass(frozen=True, slots=True)
class Lots:
    """What each of K lots is."""

    size: NDArray[np.int32]
    """int32[K]: stairwells."""
    readiness: Floats
    """float64[K]: mean readiness of the members."""
    metres: Floats
    """float64[K]: length of the shortest tree that joins the members; as the crow flies where they do not hang
    together."""
    value: Floats
    """float64[K]: as in `Terms`."""
    contiguous: NDArray[np.bool_]
    """bool[K]: whether the members hang together, each a neighbour of another."""


@dataclass(frozen=True, slots=True)
class Batches:
    """Lots that are proposed, and how good they are proven to be."""

    lot: NDArray[np.int32]
    """int32[N]: the lot of each stairwell, from 0 by falling value; -1 for none."""
    lots: Lots
    """What each lot is."""
    value: float
    """Value of all lots."""
    bound: float
    """What no lots under these terms exceed, to an accuracy of 1e-6 for each part of the town; `value` where the lots
    are proven best."""

    @property
    def gap(self) -> float:
        """Share of the bound by which the value may fall short of the best: 0 where the lots are proven best."""
        return (self.bound - self.value) / self.bound if self.bound > 0 else 0.0


def propose(
    xy: ArrayLike,
    readiness: ArrayLike,
    terms: Terms = Terms(),
    *,
    block: ArrayLike | None = None,
    building: ArrayLike | None = None,
    done: ArrayLike | None = None,
    cross_blocks: bool = False,
    effort: int = 4_000,
    seed: int = 0,
) -> Batches:
    """Propose contiguous lots of stairwells to build together, of the greatest value found.

    Stairwells fall apart into parts that have no neighbours in common. A part of up to 15 is solved outright; a larger
    one by annealing, and its bound is a linear relaxation with cuts, which often proves the lots best. Above 4,000
    pairs of neighbours (counted both ways) in one part no cuts are sought, and above 12,000 the bound is a mere count.
    There is no clock in it: the same input gives the same lots, in whatever order the stairwells come (those that
    are alike in everything may change places).

    Parameters
    ----------
    xy : float[N, 2]
        Place of each stairwell in metres.
    readiness : float[N]
        How surely each can be built soon, from 0 to 1.
    terms : Terms
        Sizes and prices of a lot.
    block : int[N], optional
        The residential quarter (小区) of each; stairwells of two blocks are no neighbours unless `cross_blocks`.
    building : int[N], optional
        The building of each.
    done : bool[N], optional
        Built, or being built: in no lot, and joining none.
    effort : int
        Changes that the annealing tries for each stairwell.
    seed : int
        Of the annealing.

    Raises
    ------
    ValueError
        The arrays differ in length or kind, hold numbers that are not finite, or a readiness outside 0 to 1; `effort`
        or `seed` is negative.
    """
    places = checked_places(xy)
    degrees = checked_readiness(readiness, len(places))
    blocks = checked_numbers("block", block, len(places))
    buildings = None if building is None else checked_numbers("building", building, len(places))
    out = checked_flags("done", done, len(places))
    for name, number in (("effort", effort), ("seed", seed)):
        if number < 0:
            raise ValueError(f"{name} must not be negative, but is {number}")
    if cross_blocks:
        blocks = np.zeros_like(blocks)
    houses = np.zeros_like(blocks) if buildings is None else buildings
    order = np.lexsort((houses, blocks, degrees, places[:, 1], places[:, 0]))
    order = order[~out[order]]
    near = _neighbours(places[order], terms, blocks[order], None if buildings is None else buildings[order])
    lot, bound = np.full(len(places), -1, np.int32), 0.0
    for inside, part in _parts(near, places[order], degrees[order] - terms.ready, terms):
        found, its_bound = _solved(part, effort, seed)
        bound += its_bound
        lot[order[inside]] = np.where(found < 0, -1, found + lot.max() + 1)
    as_found = appraise(places, degrees, lot, terms, block=blocks, building=buildings)
    lot = _numbered(lot, order, as_found.value)
    lots = appraise(places, degrees, lot, terms, block=blocks, building=buildings)
    value = float(lots.value.sum())
    return Batches(lot, lots, value, max(bound, value))


def appraise(
    xy: ArrayLike,
    readiness: ArrayLike,
    lot: ArrayLike,
    terms: Terms = Terms(),
    *,
    block: ArrayLike | None = None,
    building: ArrayLike | None = None,
    cross_blocks: bool = False,
) -> Lots:
    """What lots are that somebody has drawn, by the same measure as those that `propose` gives.

    Parameters
    ----------
    lot : int[N]
        The lot of each stairwell, from 0; -1 for none. A number that nobody has is a lot of no value and size 0.
    xy, readiness, terms, block, building, cross_blocks
        As in `propose`.

    Raises
    ------
    ValueError
        As in `propose`; a lot is below -1.
    """
    places = checked_places(xy)
    degrees = checked_readiness(readiness, len(places))
    lots = checked_numbers("lot", lot, len(places))
    blocks = np.zeros(len(places), np.int64) if cross_blocks else checked_numbers("block", block, len(places))
    buildings = None if building is None else checked_numbers("building", building, len(places))
    if len(lots) and lots.min() < -1:
        raise ValueError(f"lot must be -1 or a number from 0, not {lots.min()}")
    count = int(lots.max(initial=-1)) + 1
    joined, long = np.ones(count, np.bool_), np.zeros(count)
    order = np.lexsort((degrees, places[:, 1], places[:, 0]))
    order = order[lots[order] >= 0]
    near = _neighbours(places[order], terms, blocks[order], None if buildings is None else buildings[order])
    for number in np.unique(lots[order]):
        members = np.flatnonzero(lots[order] == number)
        long[number] = _metres(near[members][:, members], places[order[members]])
        if np.isinf(long[number]):
            joined[number] = False
            everywhere = sparse.csr_matrix(~np.eye(len(members), dtype=np.bool_))
            long[number] = _metres(everywhere, places[order[members]])
    size = np.bincount(lots[order], minlength=count)
    total = np.bincount(lots[order], degrees[order], count)
    value = np.where(size > 0, total - size * terms.ready - terms.setup - terms.walk * long, 0.0)
    return Lots(size.astype(np.int32), total / np.maximum(size, 1), long, value, joined)


def _metres(near: sparse.csr_matrix, places: Floats) -> float:
    return float(metres(_apart(near, places), np.arange(len(places)), len(places)))


def _solved(part: Part, effort: int, seed: int) -> tuple[NDArray[np.int32], float]:
    """Lots of one part, and their bound."""
    exact = len(part.gain) <= MOST_STAIRWELLS
    found = best_lots(part) if exact else good_lots(part, effort * len(part.gain), seed)
    value = 0.0
    for number in range(int(found.max(initial=-1)) + 1):
        members = np.flatnonzero(found == number)
        if len(members):
            value += float(worth(part, members, len(members)))
    return found, value if exact else upper_bound(part, value)


def _parts(near: sparse.csr_matrix, places: Floats, gain: Floats, terms: Terms) -> Iterator[_Numbered]:
    """The parts without common neighbours that may hold a lot worth its price, each with the numbers of its own."""
    _, label = connected_components(near, directed=False)
    for number in range(int(label.max(initial=-1)) + 1):
        inside = np.flatnonzero(label == number)
        if len(inside) >= terms.least and gain[inside].clip(min=0).sum() > terms.setup:
            among = near[inside][:, inside].tocsr()
            among.sort_indices()
            indptr, head = among.indptr.astype(np.int32), among.indices.astype(np.int32)
            most = min(terms.most, len(inside))
            apart = _apart(among, places[inside])
            yield inside, Part(apart, gain[inside], indptr, head, terms.least, most, terms.setup, terms.walk)


def _neighbours(
    places: Floats, terms: Terms, blocks: NDArray[np.int64], buildings: NDArray[np.int64] | None
) -> sparse.csr_matrix:
    """True at each two stairwells of one block that are within reach of each other or in one building."""
    count = len(places)
    if count == 0:
        return sparse.csr_matrix(np.zeros((0, 0), np.bool_))
    pairs = cKDTree(places).query_pairs(terms.reach_m, output_type="ndarray")
    if buildings is not None:
        pairs = np.concatenate([pairs, _pairs_within(buildings)])
    one, other = pairs[blocks[pairs[:, 0]] == blocks[pairs[:, 1]]].T
    ends = (np.append(one, other), np.append(other, one))
    return sparse.csr_matrix((np.ones(len(ends[0]), np.bool_), ends), shape=(count, count))


def _pairs_within(buildings: NDArray[np.int64]) -> NDArray[np.int64]:
    order = np.argsort(buildings, kind="stable")
    houses = np.split(order, np.flatnonzero(np.diff(buildings[order])) + 1)
    return np.concatenate([house[np.column_stack(np.triu_indices(len(house), 1))] for house in houses])


def _apart(near: sparse.csr_matrix, places: Floats) -> Floats:
    """Metres between neighbours, ``inf`` between others."""
    apart = np.full(near.shape, np.inf)
    one, other = near.nonzero()
    apart[one, other] = np.hypot(*(places[one] - places[other]).T)
    return apart


def _numbered(lot: NDArray[np.int32], order: NDArray[np.int64], value: Floats) -> NDArray[np.int32]:
    """The lots worth their price, by falling value; of equal ones first that of the stairwell first in order."""
    first = np.full(len(value), len(lot))
    np.minimum.at(first, lot[order][lot[order] >= 0], np.flatnonzero(lot[order] >= 0))
    kept = np.lexsort((first, -value))[: int((value > 0).sum())]
    number = np.full(len(value) + 1, -1, np.int32)
    number[kept] = np.arange(len(kept))
    return number[lot]
