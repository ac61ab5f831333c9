"""How far it is to the nearest facility (设施), and how much lies within reach (可达), from every node of a network.

Searches run on all cores. They are exact on the network's whole decimetres.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.checks import checked_count, checked_ids, checked_net, checked_number, checked_numbers
from xiuhua.engine.decays import Decay, table
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.places import Places, joined
from xiuhua.engine.threads import on_all_cores, spans

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LARGEST_LIMIT_M = 1_000_000.0
FEW_NODES = 1024
MOST_NEAREST = 100_000


class Nearest(NamedTuple):
    """How far it is to the nearest facilities, and which they are.

    Attributes
    ----------
    metres : float32[N] or float32[N, k]
        Metres of impedance, ascending; ``inf`` where there are fewer facilities within the limit.
    which : int32[N] or int32[N, k]
        Position of the facility in `nodes`; -1 where there is none.
    """

    metres: NDArray[np.float32]
    which: NDArray[np.int32]


@overload
def nearest(net: WalkNetwork, nodes: Places, limit: float, k: None = None) -> NDArray[np.float32]: ...


@overload
def nearest(net: WalkNetwork, nodes: Places, limit: float, k: int) -> Nearest: ...


def nearest(net: WalkNetwork, nodes: Places, limit: float, k: int | None = None) -> NDArray[np.float32] | Nearest:
    """Walking cost from every node to the nearest of some facilities; with `k`, to the k nearest, and which they are.

    One search from all facilities at once (Dial's buckets, since costs are small whole numbers), so the cost does not
    grow with their number. In a directed network it runs against the arcs.

    Parameters
    ----------
    nodes : int[F]
        Node of each facility, or places in any form that `xiuhua.engine.places` reads; two on the same node are two.
    limit : float
        Largest cost of interest, in metres of impedance.
    k : int, optional
        How many facilities to find for each node. Of equally near ones the first in `nodes` comes first.

    Returns
    -------
    float32[N] or Nearest
        Metres of impedance, ``inf`` where nothing lies within `limit`; with `k` a `Nearest` of shape [N] for 1 and
        [N, k] for more, as scipy's ``KDTree.query`` has it.

    Raises
    ------
    ValueError
        `nodes` is empty or names a node outside the network; `limit` is not one positive number; `k` is
        not a whole number from 1.
    TypeError
        `net` is no `WalkNetwork`.

    References
    ----------
    Dial, R. B. (1969). Algorithm 360. Communications of the ACM 12(11).
    """
    limit_dm = limit_in_dm(limit)
    whole, (nodes,) = joined(net, nodes=nodes)
    facilities = _checked_places("nodes", nodes, whole)
    if k is not None:
        found = _k_nearest(whole, facilities, limit_dm, checked_count("k", k, MOST_NEAREST))
        return Nearest(found.metres[: net.node_count], found.which[: net.node_count])
    return nearest_each(whole, facilities, np.zeros(len(facilities), np.int32), 1, limit)[0, : net.node_count]


def _k_nearest(net: WalkNetwork, facilities: NDArray[np.int32], limit_dm: np.int32, k: int) -> Nearest:
    from xiuhua.engine.searches.neighbours import k_nearest

    ordered, found = net.ordered, min(k, len(facilities))
    arcs, ring = ordered.inward, ring_size(ordered.dearest, limit_dm)
    metres, which = np.empty((net.node_count, found), np.float32), np.empty((net.node_count, found), np.int32)
    sources = ordered.rank[facilities]
    k_nearest(arcs.indptr, arcs.head, arcs.cost_dm, sources, limit_dm, ring, ordered.rank, metres, which)
    if found < k:
        missing = ((0, 0), (0, k - found))
        metres, which = np.pad(metres, missing, constant_values=np.inf), np.pad(which, missing, constant_values=-1)
    return Nearest(metres[:, 0], which[:, 0]) if k == 1 else Nearest(metres, which)


def nearest_each(
    net: WalkNetwork, nodes: Places, category: ArrayLike, categories: int, limit: float
) -> NDArray[np.float32]:
    """Walking cost from every node to the nearest facility of each category; one search a category.

    Parameters
    ----------
    nodes, category : int[F]
        Node of each facility, or places as in `nearest`; and its category from 0 to ``categories - 1``.
    limit : float
        Largest cost of interest, in metres of impedance.

    Returns
    -------
    float32[categories, N]
        Metres of impedance; ``inf`` where nothing lies within `limit`, and throughout a category without facilities.

    Raises
    ------
    ValueError
        Arrays of unequal length; a node or a category that does not exist; `limit` is not one positive number.
    TypeError
        `net` is no `WalkNetwork`.
    """
    from xiuhua.engine.searches.dial import nearest_metres

    checked_net(net)
    limit_dm = limit_in_dm(limit)
    own_nodes = net.node_count
    net, (nodes,) = joined(net, nodes=nodes)
    facilities = checked_ids("nodes", nodes, net.node_count)
    kind = _checked_category(category, categories, len(facilities))
    metres = np.full((categories, net.node_count), np.inf, np.float32)
    ordered = net.ordered
    arcs, ring = ordered.inward, ring_size(ordered.dearest, limit_dm)
    sources = ordered.rank[facilities]

    def search(one: int) -> None:
        mine = sources[kind == one]
        nearest_metres(arcs.indptr, arcs.head, arcs.cost_dm, mine, limit_dm, ring, ordered.rank, metres[one])

    on_all_cores(search, np.unique(kind).tolist())
    return metres[:, :own_nodes]


def totals(net: WalkNetwork, weights: ArrayLike, limit: float, decay: Decay = None) -> NDArray[np.float64]:
    """Sum of the weights of all nodes that can be reached from each node within a limit; the node itself counts.

    The network is folded to its junctions and searched from 128 neighbouring origins at once, whether or not it costs
    the same both ways (`xiuhua.engine.searches.lanes`); one too small to be worth it is searched from each origin.

    Parameters
    ----------
    weights : float64[N] or float64[N, K]
        One column a quantity, such as residents or jobs.
    limit : float
        Largest cost, in metres of impedance.
    decay : str or callable, optional
        How much a node counts at a distance of d metres: None or "flat", 1; "linear", 1 - d / limit; "exponential",
        exp(-d / limit), as pandana has it; "gaussian", the kernel of Dai (2010) that vanishes at the limit,
        (exp(-(d / limit)^2 / 2) - exp(-1 / 2)) / (1 - exp(-1 / 2)). A function is given all distances from 0 to the
        limit once, float64[D] in steps of 0.1 m, and returns as many finite weights; `xiuhua.engine.decays` has some.
        Nothing counts beyond the limit.

    Returns
    -------
    float64[N, K]
        Sums in the units of `weights`. Exact for whole numbers without decay; otherwise rounded as float64 sums are, in
        an order that does not depend on the number of threads.

    Raises
    ------
    ValueError
        `weights` does not fit the nodes or is not finite; `limit` is not one positive number; `decay` is not known, or
        returns another shape or what is not a finite number.
    TypeError
        `net` is no `WalkNetwork`.

    References
    ----------
    Dai, D. (2010). Black residential segregation, disparities in spatial access to health care facilities, and
    late-stage breast cancer diagnosis in metropolitan Detroit. Health & Place 16(5), 1038-1052.
    """
    checked_net(net)
    columns = _checked_weights(weights, net.node_count)
    limit_dm = limit_in_dm(limit)
    parts = table(decay, limit, int(limit_dm))
    if net.node_count <= FEW_NODES:
        return _totals_one_by_one(net, columns, limit_dm, parts)
    return _totals_by_lanes(net, columns, limit_dm, parts)


def _totals_by_lanes(
    net: WalkNetwork, weights: NDArray[np.float64], limit_dm: np.int32, parts: NDArray[np.float64]
) -> NDArray[np.float64]:
    from xiuhua.engine.searches.lanes import LANES, sum_span

    contracted = net.contracted
    ring = ring_size(contracted.dearest, limit_dm)
    mine = np.ascontiguousarray(weights[contracted.order])
    sums = np.zeros_like(mine)

    def search(batches: tuple[int, int]) -> None:
        sum_span(contracted, mine, parts, limit_dm, ring, batches, sums)

    on_all_cores(search, spans(-(-net.node_count // LANES), 1, 64))
    return np.asarray(sums[contracted.rank])


def _totals_one_by_one(
    net: WalkNetwork, weights: NDArray[np.float64], limit_dm: np.int32, parts: NDArray[np.float64]
) -> NDArray[np.float64]:
    from xiuhua.engine.searches.dial import sums_one_by_one

    ordered = net.ordered
    arcs, ring = ordered.outward, ring_size(ordered.dearest, limit_dm)
    mine = np.ascontiguousarray(weights[ordered.order])
    sums = np.zeros_like(mine)

    def search(span: tuple[int, int]) -> None:
        sums_one_by_one(arcs.indptr, arcs.head, arcs.cost_dm, mine, parts, limit_dm, ring, span[0], span[1], sums)

    on_all_cores(search, spans(net.node_count, 128, 1024))
    return np.asarray(sums[ordered.rank])


def matrix(net: WalkNetwork, origins: Places, destinations: Places, limit: float) -> csr_matrix[np.float32]:
    """Walking cost from each origin to each destination within a limit, as a sparse matrix.

    One search from each node of the shorter list, on all cores.

    Parameters
    ----------
    origins, destinations : int[O], int[D]
        Nodes, or places as in `nearest`; repeats are allowed and have equal rows or columns.
    limit : float
        Largest cost of interest, in metres of impedance.

    Returns
    -------
    scipy.sparse.csr_matrix of float32[O, D]
        Metres of impedance, columns ascending within each row. A destination at the origin itself is stored, as 0; one
        beyond the limit is not stored. So ask for what is stored (``indices``, ``data``, ``nnz``); `eliminate_zeros`,
        arithmetic with scalars and dense forms lose the difference.

    Raises
    ------
    ValueError
        `origins` or `destinations` is empty or names a node outside the network; `limit` is not one positive
        number.
    TypeError
        `net` is no `WalkNetwork`.
    """
    limit_dm = limit_in_dm(limit)
    net, (origins, destinations) = joined(net, origins=origins, destinations=destinations)
    starts = _checked_places("origins", origins, net)
    ends = _checked_places("destinations", destinations, net)
    if len(starts) <= len(ends):
        return _distances(net, starts, ends, limit_dm, against=False)
    return _distances(net, ends, starts, limit_dm, against=True).T.tocsr()


def _distances(
    net: WalkNetwork, starts: NDArray[np.int32], ends: NDArray[np.int32], limit_dm: np.int32, *, against: bool
) -> csr_matrix[np.float32]:
    """One search from each distinct start, along the arcs or against them."""
    from scipy.sparse import csr_matrix

    from xiuhua.engine.searches.pairs import by_node, pairs_of_span, row_by_row

    ordered = net.ordered
    arcs, ring = ordered.inward if against else ordered.outward, ring_size(ordered.dearest, limit_dm)
    seeds, row = np.unique(ordered.rank[starts], return_inverse=True)
    begin, listed = by_node(ordered.rank[ends], net.node_count)
    counts = np.zeros(len(seeds), np.int64)

    def search(span: tuple[int, int]) -> NDArray[np.int64]:
        keys = pairs_of_span(
            arcs.indptr, arcs.head, arcs.cost_dm, seeds, span[0], span[1], begin, listed, limit_dm, ring, counts
        )
        return np.asarray(keys)

    found = row_by_row(on_all_cores(search, spans(len(seeds), 16, 1024)), counts)
    return csr_matrix(found, shape=(len(seeds), len(ends)))[row]


def limit_in_dm(limit: float) -> np.int32:
    """A limit in metres as whole decimetres, rounded down."""
    if not 0 < checked_number("limit", limit, "metres") <= LARGEST_LIMIT_M:
        raise ValueError(f"limit must be a positive number of metres up to {LARGEST_LIMIT_M:.0f}, not {limit}")
    return np.int32(np.floor(limit * 10 + 1e-6))


def ring_size(dearest: int, limit_dm: np.int32) -> int:
    """Buckets that a search needs so that no two distances in use share one."""
    return min(dearest, int(limit_dm)) + 1


def _checked_places(name: str, nodes: ArrayLike, net: WalkNetwork) -> NDArray[np.int32]:
    places = checked_ids(name, nodes, net.node_count)
    if len(places) == 0:
        raise ValueError(f"{name} is empty: give at least one node")
    return places


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
    columns = checked_numbers("weights", weights).astype(np.float64, copy=False)
    columns = columns[:, None] if columns.ndim == 1 else columns
    if columns.ndim != 2 or len(columns) != count:
        raise ValueError(f"weights must have {count} rows, one a node, not shape {columns.shape}")
    if not np.isfinite(columns).all():
        raise ValueError("weights must be finite numbers")
    return columns
