"""The shortest way (最短路径) from each of many origins to its destination, node by node and edge by edge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.checks import checked_ids
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.places import Places, joined
from xiuhua.engine.reach import limit_in_dm, ring_size
from xiuhua.engine.threads import on_all_cores, spans

_Traced = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """P paths, one after the other: what belongs to path ``p`` is at ``indptr[p]`` to ``indptr[p + 1]``.

    A destination beyond the limit has a path without nodes; one that is its own origin has a path of one node.

    Attributes
    ----------
    metres : float32[P]
        Metres of impedance; ``inf`` beyond the limit.
    indptr : int64[P + 1]
    nodes : int32[M]
        Nodes from origin to destination.
    edges : int32[M]
        Edge by which each node is reached from the one before it; -1 for an origin.
    net : WalkNetwork
        The network that numbers them: the one asked about, or where places were given, the same with places joined.
    """

    metres: NDArray[np.float32]
    indptr: NDArray[np.int64]
    nodes: NDArray[np.int32]
    edges: NDArray[np.int32]
    net: WalkNetwork

    def __len__(self) -> int:
        """Number of paths, P."""
        return len(self.metres)

    def of(self, path: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Nodes of one path, and the edges between them, of which there is one fewer."""
        span = slice(int(self.indptr[path]), int(self.indptr[path + 1]))
        return self.nodes[span], self.edges[span][1:]

    @property
    def plane(self) -> NDArray[np.object_]:
        """Shapely LineStrings in metres on the network's plane, object[P]; empty for fewer than two nodes."""
        return self._lines(np.stack([self.net.x[self.nodes], self.net.y[self.nodes]], axis=1))

    @property
    def lonlat(self) -> NDArray[np.object_]:
        """The same lines in longitude and latitude (WGS 84), object[P].

        Raises
        ------
        ValueError
            The network has no projection.
        """
        if self.net.projection is None:
            raise ValueError("the network has no projection, so that its paths are known on its plane only")
        lon, lat = self.net.projection.inverse(self.net.x[self.nodes], self.net.y[self.nodes])
        return self._lines(np.stack([lon, lat], axis=1))

    def _lines(self, xy: NDArray[np.float64]) -> NDArray[np.object_]:
        count = np.diff(self.indptr)
        drawn = count > 1
        lines = np.full(len(count), shapely.LineString(), object)
        if drawn.any():
            line = np.repeat(np.cumsum(drawn) - 1, count)
            lines[drawn] = shapely.linestrings(xy[np.repeat(drawn, count)], indices=line[np.repeat(drawn, count)])
        return lines


def paths(net: WalkNetwork, origins: Places, destinations: Places, limit: float) -> Paths:
    """The shortest path from origin ``p`` to destination ``p``, for each of P pairs.

    One search for every origin that occurs, however many destinations it has, on all cores. Of several shortest paths,
    the one found goes back from the destination, each time by the edge of lowest number; it depends neither on the
    other pairs nor on the number of cores.

    Parameters
    ----------
    origins, destinations : int[P] or places
        Nodes, or whatever `xiuhua.engine.places` can put on the network.
    limit : float
        Largest cost of interest, in metres of impedance.

    Returns
    -------
    Paths
        In the order of the pairs.

    Raises
    ------
    ValueError
        `origins` is empty, or not as long as `destinations`; a node outside the network; `limit` is not one positive
        number.
    TypeError
        `net` is no `WalkNetwork`.

    References
    ----------
    Dial, R. B. (1969). Algorithm 360: shortest-path forest with topological ordering. Communications of the ACM 12(11).
    """
    limit_dm = limit_in_dm(limit)
    net, (origins, destinations) = joined(net, origins=origins, destinations=destinations)
    starts, ends = _checked_pairs(net, origins, destinations)
    rank = net.ordered.rank
    by_origin = np.argsort(rank[starts], kind="stable")
    each, first = np.unique(rank[starts[by_origin]], return_index=True)
    traced = _traced(net, each, np.append(first, len(starts)), rank[ends[by_origin]], limit_dm)
    return _in_the_order_of_pairs(net, by_origin, traced, limit_dm)


def _traced(
    net: WalkNetwork,
    origins: NDArray[np.int32],
    starts: NDArray[np.intp],
    destinations: NDArray[np.int32],
    limit_dm: np.int32,
) -> _Traced:
    """Decimetres, number of nodes, nodes and edges of the paths by origin, in the numbers of `WalkNetwork.ordered`."""
    from xiuhua.engine.searches.tracing import trace

    ordered = net.ordered
    out, back = ordered.outward, ordered.inward
    search = partial(
        trace,
        (out.indptr, out.head, out.cost_dm),
        (back.indptr, back.head, back.cost_dm, back.edge),
        origins,
        starts,
        destinations,
        limit_dm,
        ring_size(ordered.dearest, limit_dm),
    )
    found = on_all_cores(lambda span: search(*span), spans(len(origins), 8, 1024))
    length, count, nodes, edges = (np.concatenate(part) for part in zip(*found, strict=True))
    return length, count, nodes, edges


def _in_the_order_of_pairs(net: WalkNetwork, by_origin: NDArray[np.intp], traced: _Traced, limit_dm: np.int32) -> Paths:
    length, count, nodes, edges = traced
    place = np.empty_like(by_origin)
    place[by_origin] = np.arange(len(by_origin))
    found_at = np.cumsum(count) - count
    indptr = np.concatenate([[0], np.cumsum(count[place], dtype=np.int64)])
    at = np.repeat(found_at[place] - indptr[:-1], count[place]) + np.arange(len(nodes))
    metres = np.where(length[place] <= limit_dm, length[place] / 10, np.inf).astype(np.float32)
    return Paths(metres, indptr, net.ordered.order[nodes[at]], edges[at], net)


def _checked_pairs(
    net: WalkNetwork, origins: ArrayLike, destinations: ArrayLike
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    starts = checked_ids("origins", np.atleast_1d(np.asarray(origins)), net.node_count)
    ends = checked_ids("destinations", np.atleast_1d(np.asarray(destinations)), net.node_count)
    if len(starts) != len(ends):
        raise ValueError(f"origins and destinations must have the same length, not {len(starts)} and {len(ends)}")
    if len(starts) == 0:
        raise ValueError("origins is empty: there is no path to find")
    return starts, ends
