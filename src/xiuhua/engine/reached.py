"""Which stretches of which edges can be walked to within a limit: the exact core of a catchment (服务范围)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.checks import checked_ids, checked_net
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.reach import limit_in_dm, ring_size


@dataclass(frozen=True, slots=True, eq=False)
class ReachedEdges:
    """Stretches of edges, P of them, in the order of edges and along each edge; none is empty, no two overlap.

    Attributes
    ----------
    edge : int32[P]
        Edge that each lies on; an edge reached from both ends with a gap between has two.
    start, end : float64[P]
        Where it begins and ends, as a share of the edge from its node `u` (0) to `v` (1).
    """

    edge: NDArray[np.int32]
    start: NDArray[np.float64]
    end: NDArray[np.float64]

    def ends(self, net: WalkNetwork) -> NDArray[np.float64]:
        """Both ends of each stretch on the network's plane, float64[P, 2, 2] metres; at a node exactly the node's."""
        u, v = net.u[self.edge], net.v[self.edge]

        def at(share: NDArray[np.float64], along: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.where(share == 1.0, along[v], along[u] + share * (along[v] - along[u]))

        xy = [at(share, along) for share in (self.start, self.end) for along in (net.x, net.y)]
        return np.stack(xy, axis=1).reshape(-1, 2, 2)

    def lines(self, net: WalkNetwork) -> NDArray[np.object_]:
        """Each stretch as a shapely LineString on the network's plane, object[P]."""
        return np.asarray(shapely.linestrings(self.ends(net)), object).reshape(-1)


def reached_edges(net: WalkNetwork, origins: ArrayLike, limit: float, *, inward: bool = False) -> ReachedEdges:
    """What can be reached of every edge within a limit of the nearest of some origins; one search for all of them.

    The cost of a point of an edge is that of the node it is walked from, and of the edge in proportion to the way along
    it. So a delay, as at a crossing, is spread over its edge, just as `WalkNetwork.insert` shares it out. An edge is
    entered only in directions that are open. An edge whose ends are both reached may leave a gap in its middle.

    Parameters
    ----------
    origins : int or int[F]
        Nodes; for a place inside an edge, `WalkNetwork.insert` makes one.
    limit : float
        Largest cost, in metres of impedance, rounded down to whole decimetres.
    inward : bool
        From where the origins are reached, instead of what is reached from them; the same unless the network is
        directed.

    Raises
    ------
    ValueError
        `origins` is empty or names a node outside the network; `limit` is not positive.
    """
    checked_net(net)
    limit_dm = limit_in_dm(limit)
    return within(net, search(net, checked_origins(net, origins), limit_dm, inward), limit_dm, inward)


def checked_origins(net: WalkNetwork, origins: ArrayLike) -> NDArray[np.int32]:
    """One node or several as int32[F]."""
    nodes = checked_ids("origins", np.atleast_1d(np.asarray(origins)), net.node_count)
    if len(nodes) == 0:
        raise ValueError("origins is empty: there is nowhere to start from")
    return nodes


def search(net: WalkNetwork, origins: NDArray[np.int32], limit_dm: np.int32, inward: bool) -> NDArray[np.int32]:
    """Decimetres from the nearest origin to each node, or to it if `inward`, int32[N]; more than the limit beyond."""
    from xiuhua.engine.searches.cuts import distances_dm

    ordered = net.ordered
    arcs, ring = ordered.inward if inward else ordered.outward, ring_size(ordered.dearest, limit_dm)
    found = distances_dm(arcs.indptr, arcs.head, arcs.cost_dm, ordered.rank[origins], limit_dm, ring, ordered.rank)
    return np.asarray(found)


def within(net: WalkNetwork, node_dm: NDArray[np.int32], limit_dm: np.int32, inward: bool) -> ReachedEdges:
    """The stretches within a limit, by what `search` found for this limit or a larger one."""
    from xiuhua.engine.searches.cuts import stretches

    forward, backward = (net.backward_dm, net.forward_dm) if inward else (net.forward_dm, net.backward_dm)
    return ReachedEdges(*stretches(net.u, net.v, forward, backward, node_dm, limit_dm))
