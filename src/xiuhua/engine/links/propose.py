"""Where a gate (大门) or a short link would spare a long walk: walls, dead ends, estates that stand back to back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import STRtree

from xiuhua.engine.checks import checked_net, checked_number
from xiuhua.engine.links.finding import Pairs, Terms, chosen, graph, severed
from xiuhua.engine.network import NOT_ON_THE_GROUND, Flag, WalkNetwork
from xiuhua.engine.reach import limit_in_dm
from xiuhua.engine.snapping import Snap

_TOUCH_M = 0.05
_LEAST_GAP_M = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Proposals:
    """Places for C links, the best first, then gates that open to one side.

    Attributes
    ----------
    network : WalkNetwork
        The network given, with a node at every end that lay inside an edge. The nodes given keep their numbers.
    ends : int32[C, 2]
        Nodes of `network`, the lower first; of a gate the node that stands outside first.
    gap_m : float64[C]
        Straight line between them, metres.
    walk_m : float64[C]
        Metres of impedance on foot between them, in the shorter direction; for a gate in the direction that is shut;
        ``inf`` beyond the limit.
    ratio : float64[C]
        Severance: walk over gap, a gap below a metre counting as one.
    walled : bool[C]
        Whether the straight line meets one of the walls given.
    gate : int32[C]
        Edge of `network` that is a gate open to one side only, -1 for a place without one.
    """

    network: WalkNetwork
    ends: NDArray[np.int32]
    gap_m: NDArray[np.float64]
    walk_m: NDArray[np.float64]
    ratio: NDArray[np.float64]
    walled: NDArray[np.bool_]
    gate: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.ends)

    @property
    def lonlat(self) -> NDArray[np.float64]:
        """Longitude and latitude of the middle of each, WGS 84, float64[C, 2].

        Raises
        ------
        ValueError
            The network has no projection.
        """
        net = self.network
        if net.projection is None:
            raise ValueError("the network has no projection, so that nobody knows where on earth its nodes are")
        middle = net.x[self.ends].mean(axis=1), net.y[self.ends].mean(axis=1)
        return np.column_stack(net.projection.inverse(*middle))

    def spread(self, amounts: ArrayLike) -> NDArray[np.float64]:
        """Amounts by node of the network given, as amounts by node of `network`: nobody is at the new nodes."""
        given = np.asarray(amounts, np.float64)
        if given.ndim != 1 or len(given) > self.network.node_count:
            raise ValueError(f"amounts must be one for each node of the network given, not shape {given.shape}")
        return np.pad(given, (0, self.network.node_count - len(given)))


def propose(
    net: WalkNetwork,
    *,
    max_gap: float = 60.0,
    min_detour: float = 300.0,
    min_ratio: float = 5.0,
    limit: float = 1500.0,
    spacing: float = 20.0,
    may_end: ArrayLike | None = None,
    roads: ArrayLike | None = None,
    obstacles: NDArray[np.object_] | None = None,
    walls: NDArray[np.object_] | None = None,
    islands: bool = False,
    gates: bool = True,
    worth: Callable[[Proposals], ArrayLike] | None = None,
    most: int | None = None,
) -> Proposals:
    """Find places where the straight line is short and the walk is long.

    Ends are nodes and points along edges, every `spacing` metres. Two of them are *severed* if they are at most
    `max_gap` apart, the walk is longer than the gap by `min_detour` and is `min_ratio` times as long. Of the severed
    pairs those are proposed that are best and that no better proposal makes superfluous: a pair is dropped if, with a
    better one opened, its own ends are no longer severed. So a wall is proposed once for each stretch along which a
    gate helps, however many pairs face each other across it.

    Better is what is worth more, if `worth` is given; else a longer walk less three times the gap. With the gap counted
    once, every link would lie aslant, for its ends get farther on foot faster than on the plane.

    A link lies on the ground and ends at the next way: no end is on a bridge, in a tunnel or indoors, and the straight
    line crosses no way on the ground and no obstacle. Walls may be crossed, for a wall can have a gate.

    Where ways are walked in one direction only, the shorter of the two walks counts, so that an estate that people may
    leave, but not enter, is not severed from its street. Its gate is proposed for itself (`gates`).

    Parameters
    ----------
    net : WalkNetwork
        The network, at the cost of the persona who walks.
    max_gap : float
        Longest straight line, metres.
    min_detour : float
        Least that the walk is longer than the gap, metres.
    min_ratio : float
        Least severance: walk over gap.
    limit : float
        Longest walk that is looked for, metres of impedance; a longer one is given as ``inf`` and ranks as the limit.
    spacing : float
        Metres between points inside edges.
    may_end : bool[E], optional
        Edges of `net` at which a link may end; by default all that are open and lie on the ground.
    roads : bool[E], optional
        Edges of `net` that are carriageways. No link is proposed whose ends both lie on one, for that would be a
        crossing (过街): on a map of centre lines the two halves of every wide road ask for some.
    obstacles : object[S], optional
        Shapely polygons or lines in metres that no link may cross, such as buildings and water.
    walls : object[W], optional
        Shapely lines in metres; they hinder nothing, but `Proposals.walled` tells who meets one.
    islands : bool
        Whether ends may lie on parts of the network that nothing joins. Most such parts are gaps in a map.
    gates : bool
        Whether gates that are open to one side only are proposed too, whatever the walk around them.
    worth : callable, optional
        What each of some proposals is worth, float[C], such as the minutes that `evaluate` gives. Pairs are then ranked
        and pruned by it, and those worth nothing come last.
    most : int, optional
        Largest number of proposals, gates aside; all by default.

    Returns
    -------
    Proposals
        Feed `network`, `ends` and `gap_m` to `evaluate` to learn what each is worth.

    Raises
    ------
    ValueError
        A distance or ratio that is not positive; `limit` below the walk that is asked for; arrays of another length
        than the edges or, from `worth`, the proposals; `most` below 0.
    TypeError
        `net` is no `WalkNetwork`.
    """
    checked_net(net)
    terms = _checked_terms(max_gap, min_detour, min_ratio, limit, spacing, most)
    ending = net.open_edges & _on_the_ground(net) & _checked_edges("may_end", may_end, net, True)
    carriageways = ending & _checked_edges("roads", roads, net, False)
    points = _points_along(net, ending, spacing)
    dense, node = net.insert(points)
    pairs = severed(dense, _nodes_on(net, ending, points, node, dense), terms, islands)
    on_road = _nodes_on(net, carriageways, points, node, dense)
    pairs = pairs.kept(~(on_road[pairs.one] & on_road[pairs.other]))
    pairs = pairs.kept(_unhindered(dense, pairs, obstacles))
    pairs = chosen(dense, pairs, terms, None if worth is None else _worth(worth, dense, pairs, terms, walls))
    pairs = pairs.kept(np.arange(len(pairs.gap) if most is None else min(most, len(pairs.gap))))
    network, ends = _with_ends(net, points, node, dense.ordered.order[pairs.ends])
    gate = _gates(network, limit) if gates else (np.empty((0, 2), np.int32), np.empty(0), np.empty(0, np.int32))
    return _told(
        network,
        np.concatenate([ends, gate[0]]),
        np.concatenate([_metres(pairs.walk, terms), gate[1]]),
        np.concatenate([np.full(len(ends), -1, np.int32), gate[2]]),
        walls,
    )


def _told(
    network: WalkNetwork,
    ends: NDArray[np.int32],
    walk_m: NDArray[np.float64],
    gate: NDArray[np.int32],
    walls: NDArray[np.object_] | None,
) -> Proposals:
    x, y = network.x[ends], network.y[ends]
    gap = np.hypot(x[:, 0] - x[:, 1], y[:, 0] - y[:, 1])
    walled = ~_misses(_lines(x, y), walls)
    return Proposals(network, ends, gap, walk_m, walk_m / np.maximum(gap, _LEAST_GAP_M), walled, gate)


def _worth(
    worth: Callable[[Proposals], ArrayLike],
    dense: WalkNetwork,
    pairs: Pairs,
    terms: Terms,
    walls: NDArray[np.object_] | None,
) -> NDArray[np.float64]:
    """What all severed pairs are worth, each looked at alone."""
    ends, no_gate = dense.ordered.order[pairs.ends], np.full(len(pairs.gap), -1, np.int32)
    amounts = np.asarray(worth(_told(dense, ends, _metres(pairs.walk, terms), no_gate, walls)), np.float64)
    if amounts.shape != (len(ends),) or np.isnan(amounts).any():
        raise ValueError(f"worth must give a number for each of the {len(ends)} proposals")
    return amounts


def _metres(walk: NDArray[np.int32], terms: Terms) -> NDArray[np.float64]:
    return np.asarray(np.where(walk > terms.limit_dm, np.inf, walk / 10))


def _nodes_on(
    net: WalkNetwork, edges: NDArray[np.bool_], points: Snap, node: NDArray[np.int32], dense: WalkNetwork
) -> NDArray[np.bool_]:
    """Whether each node of the dense network lies at or in some edges of the one given, in the order of the search."""
    on = np.zeros(dense.node_count, np.bool_)
    on[net.u[edges]] = on[net.v[edges]] = True
    on[node[edges[points.edge]]] = True
    return np.asarray(on[dense.ordered.order])


def _points_along(net: WalkNetwork, ending: NDArray[np.bool_], spacing: float) -> Snap:
    """Points inside some edges, evenly at most `spacing` apart."""
    length = net.length_dm.astype(np.int64)
    pieces = np.where(ending, np.maximum(1, -(-length // max(1, round(spacing * 10)))), 1)
    edge = np.repeat(np.arange(net.edge_count), pieces - 1)
    nth = 1 + np.arange(len(edge)) - np.repeat(np.cumsum(pieces - 1) - (pieces - 1), pieces - 1)
    offset = length[edge] * nth // pieces[edge]
    zeros = np.zeros(len(edge))
    return Snap(edge.astype(np.int32), offset.astype(np.int32), zeros, zeros, zeros)


def _on_the_ground(net: WalkNetwork) -> NDArray[np.bool_]:
    return np.asarray((net.flags & NOT_ON_THE_GROUND) == 0)


def _unhindered(net: WalkNetwork, pairs: Pairs, obstacles: NDArray[np.object_] | None) -> NDArray[np.bool_]:
    """Whether the straight line between the ends of each pair crosses neither a way on the ground nor an obstacle."""
    one, other = net.ordered.order[pairs.one], net.ordered.order[pairs.other]
    lines = _lines(net.x[np.stack([one, other], axis=1)], net.y[np.stack([one, other], axis=1)])
    ways = np.flatnonzero(net.open_edges & _on_the_ground(net))
    u, v = net.u[ways], net.v[ways]
    ends = np.stack([net.x[u], net.y[u], net.x[v], net.y[v]], axis=1).reshape(-1, 2, 2)
    drawn = np.asarray(shapely.linestrings(ends), object)
    free = _misses(lines, obstacles)
    apart = np.flatnonzero(free & (pairs.gap > 4 * _TOUCH_M))
    free[apart] = _misses(lines[apart], drawn)
    return free


def _lines(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.object_]:
    """Straight lines between two ends each, float64[C, 2], less a touch at either end."""
    dx, dy = x[:, 1] - x[:, 0], y[:, 1] - y[:, 0]
    touch = np.minimum(_TOUCH_M / np.maximum(np.hypot(dx, dy), _TOUCH_M), 0.4)
    ends = np.stack([x[:, 0] + dx * touch, y[:, 0] + dy * touch, x[:, 1] - dx * touch, y[:, 1] - dy * touch], axis=1)
    return np.asarray(shapely.linestrings(ends.reshape(-1, 2, 2)), object)


def _misses(lines: NDArray[np.object_], shapes: NDArray[np.object_] | None) -> NDArray[np.bool_]:
    """Whether each line meets none of some shapes."""
    free = np.ones(len(lines), np.bool_)
    if shapes is not None and len(shapes) and len(lines):
        shapely.prepare(lines)
        free[STRtree(np.asarray(shapes, object)).query(lines, predicate="intersects")[0]] = False
    return free


def _with_ends(
    net: WalkNetwork, points: Snap, node: NDArray[np.int32], ends: NDArray[np.int32]
) -> tuple[WalkNetwork, NDArray[np.int32]]:
    """The network with those points alone that are an end, and the ends by its numbers."""
    used = np.flatnonzero(np.isin(node, ends) & (node >= net.node_count))
    taken = replace(
        points, **{name: getattr(points, name)[used] for name in ("edge", "offset_dm", "distance_m", "x", "y")}
    )
    network, fresh = net.insert(taken)
    number = np.arange(max(net.node_count, int(node.max(initial=-1)) + 1), dtype=np.int32)
    number[node[used]] = fresh
    return network, np.sort(number[ends], axis=1)


def _gates(net: WalkNetwork, limit: float) -> tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.int32]]:
    """Gates that are open to one side only: the nodes at either side, the walk where they are shut, and their edge."""
    from xiuhua.engine.links.severed import FAR, walk_span

    forward = net.forward_dm >= 0
    gate = np.flatnonzero((forward != (net.backward_dm >= 0)) & ((net.flags & int(Flag.GATE)) != 0)).astype(np.int32)
    outside = np.where(forward[gate], net.v[gate], net.u[gate])
    rank = net.ordered.rank
    by_place = np.argsort(rank[outside], kind="stable")
    gate, outside = gate[by_place], outside[by_place]
    inside = np.where(forward[gate], net.u[gate], net.v[gate])
    walk = np.full(len(gate), FAR, np.int32)
    out = graph(net.ordered.outward)
    walk_span(out, out, False, rank[outside], rank[inside], limit_in_dm(limit), 0, len(gate), walk)
    return np.stack([outside, inside], axis=1), np.where(walk == FAR, np.inf, walk / 10), gate


def _checked_edges(name: str, which: ArrayLike | None, net: WalkNetwork, unsaid: bool) -> NDArray[np.bool_]:
    if which is None:
        return np.full(net.edge_count, unsaid)
    given = np.asarray(which)
    if given.shape != (net.edge_count,) or given.dtype != np.bool_:
        raise ValueError(f"{name} must be true or false for each of the {net.edge_count} edges")
    return given


def _checked_terms(
    max_gap: float, min_detour: float, min_ratio: float, limit: float, spacing: float, most: int | None
) -> Terms:
    for name, value in (("max_gap", max_gap), ("min_detour", min_detour), ("spacing", spacing)):
        checked_number(name, value, "metres")
        if not 0.1 <= value <= 100_000:
            raise ValueError(f"{name} must be a number of metres from 0.1 to 100,000, not {value}")
    checked_number("min_ratio", min_ratio, "times the gap")
    if not 0 < min_ratio <= 1_000:
        raise ValueError(f"min_ratio must be a positive number up to 1,000, not {min_ratio}")
    limit_dm = limit_in_dm(limit)
    longest = max(min_detour + max_gap, min_ratio * max_gap)
    if limit < longest:
        raise ValueError(f"limit must be at least {longest:.0f} m, the walk that makes the longest gap a severed one")
    if most is not None and (isinstance(most, bool) or not isinstance(most, int | np.integer) or most < 0):
        raise ValueError(f"most must be a whole number from 0, not {most!r}")
    return Terms(max_gap, min_detour, min_ratio, limit_dm)
