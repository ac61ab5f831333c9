"""How far it is to the nearest facility (设施), and how much lies within reach (可达), from every node of a network.

Searches run on all cores. They are exact on the network's whole decimetres.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.checks import checked_ids
from xiuhua.engine.network import WalkNetwork

LARGEST_LIMIT_M = 1_000_000.0
FEW_NODES = 1024


def nearest(net: WalkNetwork, nodes: ArrayLike, limit: float) -> NDArray[np.float32]:
    """Walking cost from every node to the nearest of some facilities.

    One search from all facilities at once (Dial's buckets, since costs are small whole numbers), so the cost does not
    grow with their number. In a directed network it runs against the arcs.

    Parameters
    ----------
    nodes : int[F]
        Node of each facility; repeats are allowed.
    limit : float
        Largest cost of interest, in metres of impedance.

    Returns
    -------
    float32[N]
        Metres of impedance; ``inf`` where nothing lies within `limit`.

    Raises
    ------
    ValueError
        `nodes` is empty or names a node outside the network; `limit` is not positive.

    References
    ----------
    Dial, R. B. (1969). Algorithm 360. Communications of the ACM 12(11).
    """
    facilities = checked_ids("nodes", nodes, net.node_count)
    if len(facilities) == 0:
        raise ValueError("nodes is empty: there is no facility to be near to")
    metres = nearest_each(net, facilities, np.zeros(len(facilities), np.int32), 1, limit)
    return metres.reshape(-1)


def nearest_each(
    net: WalkNetwork, nodes: ArrayLike, category: ArrayLike, categories: int, limit: float
) -> NDArray[np.float32]:
    """Walking cost from every node to the nearest facility of each category; one search a category.

    Parameters
    ----------
    nodes, category : int[F]
        Node of each facility, and its category from 0 to ``categories - 1``.
    limit : float
        Largest cost of interest, in metres of impedance.

    Returns
    -------
    float32[categories, N]
        Metres of impedance; ``inf`` where nothing lies within `limit`, and throughout a category without facilities.

    Raises
    ------
    ValueError
        Arrays of unequal length; a node or a category that does not exist; `limit` is not positive.
    """
    from xiuhua.engine.dial import nearest_metres

    facilities = checked_ids("nodes", nodes, net.node_count)
    kind = _checked_category(category, categories, len(facilities))
    limit_dm = limit_in_dm(limit)
    metres = np.full((categories, net.node_count), np.inf, np.float32)
    ordered = net.ordered
    arcs, ring = ordered.inward, ring_size(ordered.dearest, limit_dm)
    sources = ordered.rank[facilities]

    def search(one: int) -> None:
        mine = sources[kind == one]
        nearest_metres(arcs.indptr, arcs.head, arcs.cost_dm, mine, limit_dm, ring, ordered.rank, metres[one])

    on_all_cores(search, np.unique(kind).tolist())
    return metres


def totals(net: WalkNetwork, weights: ArrayLike, limit: float) -> NDArray[np.float64]:
    """Sum of the weights of all nodes that can be reached from each node within a limit; the node itself counts.

    A network that costs the same both ways is folded to its junctions and searched from 128 neighbouring origins at
    once (`xiuhua.engine.lanes`); a directed one, and one too small to be worth it, from one origin after the other.

    Parameters
    ----------
    weights : float64[N] or float64[N, K]
        One column a quantity, such as residents or jobs.
    limit : float
        Largest cost, in metres of impedance.

    Returns
    -------
    float64[N, K]
        Sums in the units of `weights`. Exact for whole numbers; otherwise the order of adding is fixed but unspecified.

    Raises
    ------
    ValueError
        `weights` does not fit the nodes or is not finite; `limit` is not positive.
    """
    columns = _checked_weights(weights, net.node_count)
    limit_dm = limit_in_dm(limit)
    if net.directed or net.node_count <= FEW_NODES:
        return _totals_one_by_one(net, columns, limit_dm)
    return _totals_by_lanes(net, columns, limit_dm)


def _totals_by_lanes(net: WalkNetwork, weights: NDArray[np.float64], limit_dm: np.int32) -> NDArray[np.float64]:
    from xiuhua.engine.lanes import LANES, sum_span

    contracted = net.contracted
    ring = ring_size(contracted.dearest, limit_dm)
    mine = np.ascontiguousarray(weights[contracted.order])
    sums = np.zeros_like(mine)

    def search(batches: tuple[int, int]) -> None:
        sum_span(contracted, mine, limit_dm, ring, batches, sums)

    on_all_cores(search, spans(-(-net.node_count // LANES), 1, 64))
    return np.asarray(sums[contracted.rank])


def _totals_one_by_one(net: WalkNetwork, weights: NDArray[np.float64], limit_dm: np.int32) -> NDArray[np.float64]:
    from xiuhua.engine.dial import sums_one_by_one

    ordered = net.ordered
    arcs, ring = ordered.outward, ring_size(ordered.dearest, limit_dm)
    mine = np.ascontiguousarray(weights[ordered.order])
    sums = np.zeros_like(mine)

    def search(span: tuple[int, int]) -> None:
        sums_one_by_one(arcs.indptr, arcs.head, arcs.cost_dm, mine, limit_dm, ring, span[0], span[1], sums)

    on_all_cores(search, spans(net.node_count, 128, 1024))
    return np.asarray(sums[ordered.rank])


def limit_in_dm(limit: float) -> np.int32:
    """A limit in metres as whole decimetres, rounded down."""
    if not 0 < limit <= LARGEST_LIMIT_M:
        raise ValueError(f"limit must be a positive number of metres up to {LARGEST_LIMIT_M:.0f}, not {limit}")
    return np.int32(np.floor(limit * 10 + 1e-6))


def ring_size(dearest: int, limit_dm: np.int32) -> int:
    """Buckets that a search needs so that no two distances in use share one."""
    return min(dearest, int(limit_dm)) + 1


def spans(count: int, shortest: int, longest: int) -> list[tuple[int, int]]:
    """Cut ``0 .. count`` into pieces for the cores, several a core, unless they would be too short or too long."""
    step = max(shortest, min(longest, -(-count // (4 * _cores()))))
    return [(first, min(first + step, count)) for first in range(0, count, step)]


def on_all_cores(work: Callable[[Any], None], pieces: Sequence[Any]) -> None:
    """Do independent pieces of compiled work, which let go of the interpreter's lock, on all cores.

    Threads of our own rather than numba's: its portable threading layer stops the process when two callers meet in it,
    as two requests to the same server do.
    """
    if len(pieces) < 2 or _cores() < 2:
        for piece in pieces:
            work(piece)
        return
    with ThreadPoolExecutor(min(_cores(), len(pieces))) as pool:
        for _ in pool.map(work, pieces):
            pass


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _checked_category(category: ArrayLike, categories: int, count: int) -> NDArray[np.int32]:
    kind = np.asarray(category)
    if kind.shape != (count,):
        raise ValueError(f"nodes and category must have the same length, not {count} and {kind.size}")
    if categories < 1:
        raise ValueError(f"categories must be at least 1, not {categories}")
    if count and (kind.dtype.kind not in "iu" or kind.min() < 0 or kind.max() >= categories):
        raise ValueError(f"category must hold whole numbers from 0 to {categories - 1}")
    return kind.astype(np.int32)


def _checked_weights(weights: ArrayLike, count: int) -> NDArray[np.float64]:
    columns = np.asarray(weights, np.float64)
    columns = columns[:, None] if columns.ndim == 1 else columns
    if columns.ndim != 2 or len(columns) != count:
        raise ValueError(f"weights must have {count} rows, one a node, not shape {columns.shape}")
    if not np.isfinite(columns).all():
        raise ValueError("weights must be finite numbers")
    return columns
