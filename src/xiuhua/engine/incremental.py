"""The nearest facility after a change (变更), found by touching only what changes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.checks import checked_ids, checked_net
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.reach import limit_in_dm

_LONGEST_LINK_M = 100_000_000.0
_Three = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]


def nearest_after(
    net: WalkNetwork,
    nodes: ArrayLike,
    limit: float,
    metres: ArrayLike,
    *,
    links: ArrayLike | None = None,
    length: ArrayLike | None = None,
    oneway: ArrayLike | None = None,
    without_edges: ArrayLike | None = None,
    new_nodes: ArrayLike | None = None,
    gone_nodes: ArrayLike | None = None,
) -> NDArray[np.float32]:
    """Walking cost to the nearest facility after links, edges or facilities came or went.

    Equal to `xiuhua.engine.reach.nearest` on the changed network with the changed facilities, but no network is built
    and only the nodes are visited whose distance changes, with their neighbours; the rest is one copy of `metres`.

    Parameters
    ----------
    net : WalkNetwork
        The network before the change.
    nodes : int[F]
        Nodes of the facilities before the change.
    limit : float
        The limit with which `metres` was found, metres of impedance.
    metres : float32[N]
        What ``nearest(net, nodes, limit)`` gave; it is not altered.
    links : int[L, 2], optional
        New links, each between two nodes of the network.
    length : float[L], optional
        Metres of impedance of each link, rounded to decimetres; by default the straight line.
    oneway : bool[L], optional
        Links walked from the first node to the second only; by default both ways.
    without_edges : int[R], optional
        Edges of `net` that are closed in both directions.
    new_nodes, gone_nodes : int[], optional
        Nodes where a facility opens, and nodes where every facility shuts. A node in both has one afterwards.

    Returns
    -------
    float32[N]
        Metres of impedance; ``inf`` where nothing lies within `limit`.

    Raises
    ------
    ValueError
        A node or an edge that does not exist; a length that is negative or not a number; `metres` that is not of this
        network, limit and facilities; `gone_nodes` that names a node without facility, or leaves none at all.

    References
    ----------
    Ramalingam, G. & Reps, T. (1996). An incremental algorithm for a generalization of the shortest-path problem.
    Journal of Algorithms 21(2).

    Examples
    --------
    >>> from xiuhua.engine.network import WalkNetwork
    >>> from xiuhua.engine.reach import nearest
    >>> street = WalkNetwork.from_edges([0, 10, 20, 30], [0, 0, 0, 0], [0, 1, 2], [1, 2, 3], [10, 10, 10])
    >>> before = nearest(street, [0], limit=100)
    >>> nearest_after(street, [0], 100, before, links=[[0, 3]], length=[5])
    array([ 0., 10., 15.,  5.], dtype=float32)
    >>> nearest_after(street, [0], 100, before, without_edges=[1])
    array([ 0., 10., inf, inf], dtype=float32)
    """
    from xiuhua.engine.searches.relaxing import mend

    checked_net(net)
    limit_dm = limit_in_dm(limit)
    facilities = checked_ids("nodes", nodes, net.node_count)
    after = _checked_metres(metres, net, facilities, limit_dm)
    closed = _checked_edges(without_edges, net)
    fresh, gone, stays = _checked_facilities(net, facilities, new_nodes, gone_nodes)
    pairs, length_dm = checked_links("links", links if links is not None else np.empty((0, 2), int), length, net)
    ordered = net.ordered
    mend(
        after,
        ordered.order,
        (ordered.inward.indptr, ordered.inward.head, ordered.inward.cost_dm, ordered.inward.edge),
        (ordered.outward.indptr, ordered.outward.head, ordered.outward.cost_dm, ordered.outward.edge),
        np.isin(np.arange(net.edge_count), closed) if len(closed) else np.zeros(net.edge_count, np.bool_),
        _arcs_of(net, closed, ordered.rank),
        ordered.rank[gone],
        np.sort(ordered.rank[stays]),
        ordered.rank[fresh],
        _arcs_of_links(ordered.rank[pairs], length_dm, _checked_oneway(oneway, len(pairs))),
        limit_dm,
    )
    return after


def checked_links(
    name: str, pairs: ArrayLike, length: ArrayLike | None, net: WalkNetwork
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Pairs of nodes as int32[L, 2], and decimetres between them; the straight line where no length is given."""
    given = np.asarray(pairs)
    if given.ndim != 2 or given.shape[1] != 2:
        raise ValueError(f"{name} must have two columns, a node at either end, not shape {given.shape}")
    ends = checked_ids(name, given.reshape(-1), net.node_count).reshape(-1, 2)
    if length is None:
        x, y = net.x[ends], net.y[ends]
        metres = np.hypot(x[:, 0] - x[:, 1], y[:, 0] - y[:, 1])
    else:
        metres = np.asarray(length, np.float64)
    if metres.shape != (len(ends),):
        raise ValueError(f"length must hold a number for each of the {len(ends)} {name}, not shape {metres.shape}")
    if not ((metres >= 0) & (metres <= _LONGEST_LINK_M)).all():
        raise ValueError(f"length must be metres from 0 to {_LONGEST_LINK_M:.0f}, neither negative nor NaN")
    return ends, np.rint(metres * 10).astype(np.int32)


def _checked_metres(
    metres: ArrayLike, net: WalkNetwork, facilities: NDArray[np.int32], limit_dm: np.int32
) -> NDArray[np.float32]:
    after = np.array(metres, np.float32)
    if after.shape != (net.node_count,):
        raise ValueError(f"metres must have {net.node_count} values, one a node, not shape {after.shape}")
    if not ((after >= 0) & ((after <= np.float32(limit_dm / 10)) | np.isinf(after))).all():
        raise ValueError("metres must lie between 0 and limit, or be inf: was it found with another limit?")
    if after[facilities].any():
        raise ValueError("metres is not 0 at every one of nodes: was it found for other facilities?")
    return after


def _checked_edges(without_edges: ArrayLike | None, net: WalkNetwork) -> NDArray[np.int64]:
    edges = np.asarray([] if without_edges is None else without_edges)
    if edges.size == 0:
        return np.empty(0, np.int64)
    if edges.ndim != 1 or edges.dtype.kind not in "iu" or edges.min() < 0 or edges.max() >= net.edge_count:
        raise ValueError(f"without_edges must name edges by whole numbers from 0 to {net.edge_count - 1}")
    return np.unique(edges).astype(np.int64)


def _checked_facilities(
    net: WalkNetwork, facilities: NDArray[np.int32], new_nodes: ArrayLike | None, gone_nodes: ArrayLike | None
) -> _Three:
    """Nodes that become a facility, that cease to be one, and that stay one."""
    empty = np.empty(0, np.int32)
    fresh = empty if new_nodes is None else np.unique(checked_ids("new_nodes", new_nodes, net.node_count))
    gone = empty if gone_nodes is None else np.unique(checked_ids("gone_nodes", gone_nodes, net.node_count))
    strangers = np.setdiff1d(gone, facilities)
    if len(strangers):
        raise ValueError(f"gone_nodes names node {strangers[0]}, which is none of nodes")
    stays = np.setdiff1d(facilities, gone)
    if len(stays) == 0 and len(fresh) == 0:
        raise ValueError("gone_nodes leaves no facility to be near to")
    return fresh, gone, stays


def _checked_oneway(oneway: ArrayLike | None, count: int) -> NDArray[np.bool_]:
    one = np.zeros(count, np.bool_) if oneway is None else np.asarray(oneway)
    if one.shape != (count,) or one.dtype != np.bool_:
        raise ValueError(f"oneway must be true or false for each of the {count} links")
    return one


def _arcs_of(net: WalkNetwork, edges: NDArray[np.int64], rank: NDArray[np.int32]) -> _Three:
    """Node, node walked to and cost of the open arcs of some edges."""
    u, v = rank[net.u[edges]], rank[net.v[edges]]
    tail, head = np.concatenate([u, v]), np.concatenate([v, u])
    cost = np.concatenate([net.forward_dm[edges], net.backward_dm[edges]])
    kept = (cost >= 0) & (tail != head)
    return tail[kept], head[kept], cost[kept]


def _arcs_of_links(pairs: NDArray[np.int32], length_dm: NDArray[np.int32], oneway: NDArray[np.bool_]) -> _Three:
    """Node walked to, node walked from and cost of each direction of the links, sorted by the first."""
    back = ~oneway
    start = np.concatenate([pairs[:, 0], pairs[back, 1]])
    end = np.concatenate([pairs[:, 1], pairs[back, 0]])
    cost = np.concatenate([length_dm, length_dm[back]])
    by_end = np.argsort(end, kind="stable")
    return end[by_end], start[by_end], cost[by_end]
