"""Severed pairs of nodes on all cores: found, measured on foot, and pruned to those worth proposing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.searches.arcs import Arcs
from xiuhua.engine.threads import on_all_cores, spans

_SPARE_M = 40.0
_GAP_COUNTS = 3.0
_Graph = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]


@dataclass(frozen=True, slots=True)
class Terms:
    max_gap: float
    min_detour: float
    min_ratio: float
    limit_dm: np.int32

    def needed(self, gap: NDArray[np.float64]) -> NDArray[np.int32]:
        """Decimetres on foot from which on ends so many metres apart count as severed."""
        return np.ceil(10 * np.maximum(self.min_detour + gap, self.min_ratio * gap) - 1e-6).astype(np.int32)


@dataclass(slots=True)
class Pairs:
    """Pairs of nodes by their number along the Hilbert curve."""

    one: NDArray[np.int32]
    other: NDArray[np.int32]
    gap: NDArray[np.float64]
    walk: NDArray[np.int32]

    @property
    def ends(self) -> NDArray[np.int32]:
        """Both nodes, int32[P, 2]."""
        return np.stack([self.one, self.other], axis=1)

    def kept(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> Pairs:
        return Pairs(self.one[which], self.other[which], self.gap[which], self.walk[which])


def graph(arcs: Arcs) -> _Graph:
    return arcs.indptr, arcs.head, arcs.cost_dm


def severed(net: WalkNetwork, may_end: NDArray[np.bool_], terms: Terms, islands: bool) -> Pairs:
    """All severed pairs of a network, one of the two the nearest to the other along its way, with their walk."""
    from xiuhua.engine.links.severed import find_span, walk_span

    ordered = net.ordered
    x, y = net.x[ordered.order], net.y[ordered.order]
    spare = min(_SPARE_M, terms.min_detour / 4)
    cells = _cells(x, y, may_end, terms.max_gap + spare)
    outward, inward, plane = graph(ordered.outward), graph(ordered.inward), (x, y, may_end)
    found: dict[int, tuple[NDArray[np.int32], NDArray[np.int32]]] = {}
    numbers = (float(terms.max_gap), float(terms.min_detour), float(terms.min_ratio), float(spare))

    def look(span: tuple[int, int]) -> None:
        found[span[0]] = find_span(outward, inward, net.directed, plane, cells, numbers, *span)

    on_all_cores(look, spans(net.node_count, 4096, 65536))
    one, other = (np.concatenate([found[first][side] for first in sorted(found)]) for side in (0, 1))
    part = net.components()[ordered.order]
    kept = islands | (part[one] == part[other])
    one, other = one[kept], other[kept]
    walk = np.empty(len(one), np.int32)

    def measure(span: tuple[int, int]) -> None:
        walk_span(outward, inward, net.directed, one, other, terms.limit_dm, *span, walk)

    starts = np.flatnonzero(np.diff(one, prepend=-1))
    cuts = [int(starts[first]) for first, _ in spans(len(starts), 16, 4096)] + [len(one)]
    on_all_cores(measure, list(pairwise(cuts)))
    pairs = Pairs(one, other, np.hypot(x[one] - x[other], y[one] - y[other]), walk)
    return pairs.kept(pairs.walk >= terms.needed(pairs.gap))


def _cells(
    x: NDArray[np.float64], y: NDArray[np.float64], which: NDArray[np.bool_], size: float
) -> tuple[NDArray[np.int64], NDArray[np.int32], np.int64, float, float, float]:
    """Some nodes by the cell of a square grid that they lie in, as `severed.find_span` wants them."""
    row, column = (np.floor((at - at.min()) / size) for at in (y, x))
    width = np.int64(column.max() + 1)
    cell = row.astype(np.int64) * width + column.astype(np.int64)
    node = np.flatnonzero(which)
    node = node[np.argsort(cell[node], kind="stable")]
    return cell[node], node.astype(np.int32), width, float(size), float(x.min()), float(y.min())


def chosen(net: WalkNetwork, pairs: Pairs, terms: Terms, worth: NDArray[np.float64] | None) -> Pairs:
    """The best pairs that no better one makes superfluous, the best first: those of most worth, if that is known."""
    from xiuhua.engine.links.severed import choose

    ordered = net.ordered
    merit = np.minimum(pairs.walk, terms.limit_dm) - np.rint(10 * _GAP_COUNTS * pairs.gap)
    first = np.zeros(len(merit)) if worth is None else -worth
    pairs = pairs.kept(np.lexsort((pairs.other, pairs.one, pairs.gap, -merit, first)))
    ends = pairs.ends
    at = np.argsort(ends.reshape(-1), kind="stable").astype(np.int32)
    begin = np.searchsorted(ends.reshape(-1)[at], np.arange(len(ordered.order) + 1)).astype(np.int32)
    gap_dm = np.rint(10 * pairs.gap).astype(np.int32)
    graphs = graph(ordered.outward), graph(ordered.inward)
    return pairs.kept(choose(*graphs, net.directed, ends, gap_dm, terms.needed(pairs.gap), begin, at))
