"""From points beside a network to nodes of it: the nearest edge on the same side of any wall, split at the foot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely import STRtree

from xiuhua.engine.network import CLOSED, WalkNetwork

_TOUCH_M = 0.05
_POINTS_A_ROUND = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Snap:
    """Where each of P points meets the network.

    Attributes
    ----------
    edge : int32[P]
        Edge met, or -1 where none lies within the limit.
    offset_dm : int32[P]
        Decimetres along the edge from its node `u` to the foot.
    distance_m : float64[P]
        Metres from the point to the foot; ``inf`` where unsnapped.
    x, y : float64[P]
        The foot; NaN where unsnapped.
    """

    edge: NDArray[np.int32]
    offset_dm: NDArray[np.int32]
    distance_m: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]


def snap(
    net: WalkNetwork,
    x: ArrayLike,
    y: ArrayLike,
    limit: float,
    walls: NDArray[np.object_] | None = None,
    *,
    handicap_m: ArrayLike | None = None,
    obstacles: NDArray[np.object_] | None = None,
    obstacle_factor: float = 0.0,
) -> Snap:
    """The nearest open edge to each point, such that no wall (围墙) stands between.

    An edge that one would rather not begin at, or that is reached through an obstacle, counts as farther than it is:
    it is met only where no other within the limit counts as less.

    Parameters
    ----------
    x, y : float64[P]
        Points in metres, on the network's plane.
    limit : float
        Largest distance to an edge, metres.
    walls : object[W], optional
        Shapely lines in metres. A straight connector that crosses one is refused, and the next nearest edge within the
        limit is tried. Its two ends may touch a wall, as a door and a gate do.
    handicap_m : float64[E], optional
        Metres that each edge counts as farther than it is.
    obstacles : object[S], optional
        Shapely polygons in metres, such as buildings. One at or in which a point lies is its own, and does not hinder
        it.
    obstacle_factor : float
        Further metres that each metre of a connector within another's obstacle counts as.

    Raises
    ------
    ValueError
        `x` and `y` differ in length or are not finite; `limit` is not positive; a handicap or the factor is negative,
        or there are not as many handicaps as edges.
    """
    x_, y_ = np.atleast_1d(np.asarray(x, np.float64)), np.atleast_1d(np.asarray(y, np.float64))
    if x_.shape != y_.shape or x_.ndim != 1:
        raise ValueError(f"x and y must be vectors of the same length, not of shape {x_.shape} and {y_.shape}")
    if not (np.isfinite(x_).all() and np.isfinite(y_).all()):
        raise ValueError("points must have finite coordinates")
    if not 0 < limit < np.inf:
        raise ValueError(f"limit must be a positive number of metres, not {limit}")
    handicap = np.zeros(net.edge_count) if handicap_m is None else np.asarray(handicap_m, np.float64)
    if handicap.shape != (net.edge_count,) or not (handicap >= 0).all():
        raise ValueError(f"handicaps must be metres from 0, one for each of the {net.edge_count} edges")
    if not 0 <= obstacle_factor < np.inf:
        raise ValueError(f"obstacle_factor must be a number from 0, not {obstacle_factor}")
    choice = _Chooser(net, limit, walls, handicap, obstacles, obstacle_factor)
    edge = np.full(len(x_), -1, np.int32)
    for first in range(0, len(x_), _POINTS_A_ROUND):
        span = slice(first, first + _POINTS_A_ROUND)
        edge[span] = choice.edges(x_[span], y_[span])
    return _feet(net, x_, y_, edge)


@dataclass(slots=True)
class _Choice:
    """The edges chosen so far for some points, and the metres that each counts as."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    edge: NDArray[np.int32]
    counts_m: NDArray[np.float64]
    plain: NDArray[np.bool_]


class _Chooser:
    """The nearest edge by a tree over the edges, and the next ones for points that something keeps from it."""

    def __init__(
        self,
        net: WalkNetwork,
        limit: float,
        walls: NDArray[np.object_] | None,
        handicap: NDArray[np.float64],
        obstacles: NDArray[np.object_] | None,
        obstacle_factor: float,
    ) -> None:
        self.net = net
        self.limit = limit
        self.open = np.flatnonzero(net.open_edges)
        u, v = net.u[self.open], net.v[self.open]
        ends = np.stack([net.x[u], net.y[u], net.x[v], net.y[v]], axis=1).reshape(-1, 2, 2)
        self.tree = STRtree(np.asarray(shapely.linestrings(ends)))
        self.walls = None if walls is None or len(walls) == 0 else STRtree(np.asarray(walls, object))
        self.handicap = handicap
        hindering = obstacles is not None and len(obstacles) > 0 and obstacle_factor > 0
        self.obstacles = STRtree(np.asarray(obstacles, object)) if hindering else None
        self.obstacle_factor = obstacle_factor

    def edges(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int32]:
        """Edge for each point, -1 for none: the one that counts as nearest, the lowest in number among equals."""
        count = len(x)
        choice = _Choice(x, y, np.full(count, -1, np.int32), np.full(count, np.inf), np.zeros(count, np.bool_))
        if len(self.open) == 0:
            return choice.edge
        points = np.asarray(shapely.points(x, y))
        point, place = self.tree.query_nearest(points, max_distance=self.limit, all_matches=True)
        self._try_in_turn(choice, point, place)
        doubted = np.setdiff1d(point, np.flatnonzero(choice.plain))
        if len(doubted):
            within = np.minimum(choice.counts_m[doubted] + _TOUCH_M, self.limit)
            which, place = self.tree.query(points[doubted], predicate="dwithin", distance=within)
            self._try_in_turn(choice, doubted[which], place)
        return choice.edge

    def _try_in_turn(self, choice: _Choice, point: NDArray[np.int64], place: NDArray[np.int64]) -> None:
        """Try the candidates of each point, those that may count as nearest first, while one may yet be better."""
        edge = self.open[place].astype(np.int32)
        at_least = _feet(self.net, choice.x[point], choice.y[point], edge).distance_m + self.handicap[edge]
        at_least = np.round(at_least, 6)
        in_order = np.lexsort((edge, at_least, point))
        _, first, count = np.unique(point[in_order], return_index=True, return_counts=True)
        turn = np.arange(len(in_order)) - np.repeat(first, count)
        by_turn = in_order[np.argsort(turn, kind="stable")]
        turns = np.bincount(turn).cumsum()
        for start, end in pairwise([0, *turns.tolist()]):
            tried = by_turn[start:end]
            tried = tried[at_least[tried] <= choice.counts_m[point[tried]]]
            if not len(tried):
                return
            self._try(choice, point[tried], edge[tried])

    def _try(self, choice: _Choice, point: NDArray[np.int64], edge: NDArray[np.int32]) -> None:
        """Choose an edge for each of some points where it is better than the one chosen so far."""
        feet = _feet(self.net, choice.x[point], choice.y[point], edge)
        lines = _connectors(choice.x[point], choice.y[point], feet)
        extra = self.handicap[edge] + self._hindrance(choice, point, lines)
        counts = np.round(feet.distance_m + extra, 6)
        known, chosen = choice.counts_m[point], choice.edge[point]
        better = (counts < known) | ((counts == known) & ((edge < chosen) | (chosen < 0)))
        better &= ~self._walled(lines, feet.distance_m)
        choice.edge[point[better]] = edge[better]
        choice.counts_m[point[better]] = counts[better]
        choice.plain[point[better]] = extra[better] == 0

    def _walled(self, lines: NDArray[np.object_], distance: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether each connector meets a wall."""
        walled = np.zeros(len(lines), np.bool_)
        if self.walls is not None:
            walled[self.walls.query(lines, predicate="intersects")[0]] = True
        return walled & (distance > 2 * _TOUCH_M)

    def _hindrance(self, choice: _Choice, point: NDArray[np.int64], lines: NDArray[np.object_]) -> NDArray[np.float64]:
        """Metres that each connector counts as longer for what it crosses of obstacles that are not the point's own."""
        hindrance = np.zeros(len(lines))
        if self.obstacles is None:
            return hindrance
        line, obstacle = self.obstacles.query(lines, predicate="intersects")
        crossed = self.obstacles.geometries[obstacle]
        here = shapely.points(choice.x[point[line]], choice.y[point[line]])
        others = ~shapely.dwithin(here, crossed, _TOUCH_M)
        line, crossed = line[others], crossed[others]
        within = shapely.length(shapely.intersection(lines[line], crossed))
        np.add.at(hindrance, line, self.obstacle_factor * within)
        return hindrance


def _connectors(x: NDArray[np.float64], y: NDArray[np.float64], feet: Snap) -> NDArray[np.object_]:
    """The straight way from each point to its foot, less a touch at either end."""
    touch = np.minimum(_TOUCH_M / np.maximum(feet.distance_m, _TOUCH_M), 0.4)
    dx, dy = (feet.x - x) * touch, (feet.y - y) * touch
    ends = np.stack([x + dx, y + dy, feet.x - dx, feet.y - dy], axis=1).reshape(-1, 2, 2)
    return np.asarray(shapely.linestrings(ends), object)


def _feet(net: WalkNetwork, x: NDArray[np.float64], y: NDArray[np.float64], edge: NDArray[np.int32]) -> Snap:
    """The nearest point to each (x, y) on the straight line of its edge; nothing where the edge is -1."""
    if net.edge_count == 0:
        nowhere = np.full(len(x), np.nan)
        return Snap(edge, np.zeros(len(x), np.int32), np.full(len(x), np.inf), nowhere, nowhere.copy())
    u, v = net.u[edge], net.v[edge]
    dx, dy = net.x[v] - net.x[u], net.y[v] - net.y[u]
    square = dx * dx + dy * dy
    along = ((x - net.x[u]) * dx + (y - net.y[u]) * dy) / np.where(square > 0, square, 1.0)
    along = np.clip(along, 0.0, 1.0)
    foot_x, foot_y = net.x[u] + along * dx, net.y[u] + along * dy
    snapped = edge >= 0
    offset = np.where(snapped, np.rint(along * net.length_dm[edge]), 0).astype(np.int32)
    distance = np.where(snapped, np.hypot(foot_x - x, foot_y - y), np.inf)
    return Snap(edge, offset, distance, np.where(snapped, foot_x, np.nan), np.where(snapped, foot_y, np.nan))


def insert(net: WalkNetwork, snap: Snap) -> tuple[WalkNetwork, NDArray[np.int32]]:
    """Split edges at the feet, so that every snapped point is a node.

    A foot at the end of an edge is the node there; feet at the same decimetre of an edge share one node. Pieces keep
    flags, direction, slope and timetable; their lengths and costs sum exactly to the whole. Nodes keep their numbers,
    and new ones follow; edges are renumbered.

    Parameters
    ----------
    snap : Snap
        What `snap` gave for this network.

    Returns
    -------
    net : WalkNetwork
        The network with the new nodes.
    nodes : int32[P]
        Node of each point, -1 where it was not snapped.

    Raises
    ------
    ValueError
        `snap` names an edge or an offset that this network does not have.
    """
    snapped = np.flatnonzero(snap.edge >= 0)
    edge, offset = snap.edge[snapped].astype(np.int64), snap.offset_dm[snapped].astype(np.int64)
    if len(edge) and edge.max() >= net.edge_count:
        raise ValueError(
            f"the snap names edge {edge.max()}, but the network has {net.edge_count}: is it of another network?"
        )
    length = net.length_dm[edge]
    if np.any(offset < 0) or np.any(offset > length):
        raise ValueError("the snap has an offset beyond its edge: is it of another network?")
    inside = (offset > 0) & (offset < length)
    keys, foot = np.unique((edge[inside] << 32) | offset[inside], return_inverse=True)
    at_node = np.where(offset == 0, net.u[edge], net.v[edge])
    at_node[inside] = net.node_count + foot
    nodes = np.full(len(snap.edge), -1, np.int32)
    nodes[snapped] = at_node
    return (_split(net, keys >> 32, keys & 0xFFFFFFFF) if len(keys) else net), nodes


def _split(net: WalkNetwork, edge: NDArray[np.int64], offset: NDArray[np.int64]) -> WalkNetwork:
    """Cut `edge` at `offset`, both sorted and without repeats; cut number k becomes node N + k."""
    pieces = 1 + np.bincount(edge, minlength=net.edge_count)
    whole = np.repeat(np.arange(net.edge_count), pieces)
    last = np.zeros(len(whole), np.bool_)
    last[np.cumsum(pieces) - 1] = True
    first = np.roll(last, 1)
    length = net.length_dm[whole].astype(np.int64)
    cuts = np.arange(net.node_count, net.node_count + len(edge), dtype=np.int32)
    u, v, start, end = net.u[whole], net.v[whole], np.zeros_like(length), length.copy()
    u[~first], v[~last] = cuts, cuts
    start[~first], end[~last] = offset, offset
    split = np.where(length > 0, length, 1)

    def shared(cost: NDArray[np.int32]) -> NDArray[np.int32]:
        total = cost[whole].astype(np.int64)
        part = np.where(last, total, total * end // split) - np.where(first, 0, total * start // split)
        return np.where(total < 0, CLOSED, part).astype(np.int32)

    along = offset / net.length_dm[edge]
    a, b = net.u[edge], net.v[edge]
    return replace(
        net,
        x=np.concatenate([net.x, net.x[a] + along * (net.x[b] - net.x[a])]),
        y=np.concatenate([net.y, net.y[a] + along * (net.y[b] - net.y[a])]),
        u=u,
        v=v,
        length_dm=(end - start).astype(np.int32),
        portion=np.where(first & last, net.portion[whole], net.portion[whole] * ((end - start) / split)).astype(
            np.float32
        ),
        forward_dm=shared(net.forward_dm),
        backward_dm=shared(net.backward_dm),
        **{name: getattr(net, name)[whole] for name in ("flags", "oneway", "slope", "timetable")},
    )
