"""A network too large for one worker, cut into tiles (分块) with a halo (光晕) around each.

A tile owns the nodes in its square. To answer for them it needs what lies around, as far as anybody walks: its halo.
How wide that must be depends on what edges cost, and edges may cost less than they are long. So the halo is proposed by
geometry and proved by a search: where an owned node gets to the *fringe*, the first nodes beyond the halo, within the
limit, the halo is too narrow, and is widened. What comes out is exact on any network, whatever its coordinates say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.checks import checked_ids
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.projection import LocalProjection

OF_NODES = ("x", "y")
APART = ("u", "v", "timetables", "projection", *OF_NODES)
OF_EDGES = tuple(field.name for field in fields(WalkNetwork) if field.name not in APART)
"""Arrays of a network with a row an edge, besides its two ends."""

_SLACK, _SLACK_M = 1.01, 10.0
_WIDER = 1.5
_MOST_TILES = 1_000_000


@dataclass(frozen=True, slots=True)
class Tiling:
    """Squares over a plane, numbered row by row from the south-west.

    Attributes
    ----------
    west, south : float
        Corner of tile 0, metres.
    side : float
        Metres along a side.
    columns, rows : int
        Tiles from west to east, and from south to north.
    """

    west: float
    south: float
    side: float
    columns: int
    rows: int

    @classmethod
    def over(cls, x: ArrayLike, y: ArrayLike, side: float) -> Tiling:
        """As many squares as cover some points.

        Raises
        ------
        ValueError
            No points; `side` is not a positive number of metres, or so small that there would be over a million tiles.
        """
        x_, y_ = np.asarray(x, np.float64), np.asarray(y, np.float64)
        if x_.size == 0 or x_.shape != y_.shape:
            raise ValueError("x and y must be vectors of the same length with at least one point to lay tiles over")
        if not 0 < side < np.inf:
            raise ValueError(f"side must be a positive number of metres, not {side}")
        wide, high = float(x_.max() - x_.min()) // side + 1, float(y_.max() - y_.min()) // side + 1
        if not wide * high <= _MOST_TILES:
            raise ValueError(f"side must be longer: tiles of {side:g} m would be {wide * high:.0f}")
        return cls(float(x_.min()), float(y_.min()), float(side), int(wide), int(high))

    @property
    def count(self) -> int:
        """Tiles, empty ones too."""
        return self.columns * self.rows

    def of(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.int64]:
        """Tile that owns each point, int64[N]; beyond the outermost tiles, the nearest of them."""
        column = np.floor((np.asarray(x, np.float64) - self.west) / self.side)
        row = np.floor((np.asarray(y, np.float64) - self.south) / self.side)
        column, row = np.clip(column, 0, self.columns - 1), np.clip(row, 0, self.rows - 1)
        return np.asarray(row * self.columns + column, np.int64)

    def near(self, tile: int, halo: float) -> list[int]:
        """Tiles that a tile and a halo of some metres around it touch, itself included."""
        row, column = divmod(tile, self.columns)
        reach = int(min(np.ceil(halo / self.side), max(self.columns, self.rows)))
        columns = range(max(0, column - reach), min(self.columns, column + reach + 1))
        rows = range(max(0, row - reach), min(self.rows, row + reach + 1))
        return [one * self.columns + other for one in rows for other in columns]

    def within(self, tile: int, halo: float, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Points in a tile's square or at most `halo` metres beside it, bool[N]."""
        row, column = divmod(tile, self.columns)
        west, south = self.west + column * self.side - halo, self.south + row * self.side - halo
        wide = self.side + 2 * halo
        return np.asarray((x >= west) & (x <= west + wide) & (y >= south) & (y <= south + wide))


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """What one tile owns of a network, by the numbers of the whole: its nodes, and every edge with an end among them.

    An edge between two tiles is in the pieces of both.

    Attributes
    ----------
    node : int64[n]
    x, y : float64[n]
        Metres.
    edge, u, v : int64[e]
        Number and ends of each edge.
    of_edges : dict of str to array[e]
        The arrays named in `OF_EDGES`.
    """

    node: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    edge: NDArray[np.int64]
    u: NDArray[np.int64]
    v: NDArray[np.int64]
    of_edges: dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """A tile with its halo, as a network of its own.

    Attributes
    ----------
    number : int
    network : WalkNetwork
        Nodes in the order of the whole network, then the fringe.
    node : int64[M]
        Number in the whole network of each node; ascending, but for the fringe.
    edge : int64[D]
        Number in the whole network of each edge, ascending.
    own : bool[M]
        Nodes of the tile itself. All others are halo or fringe.
    fringe : int32[]
        Nodes beyond the halo that an edge leads to; they have no further edges and no place of their own.
    """

    number: int
    network: WalkNetwork
    node: NDArray[np.int64]
    edge: NDArray[np.int64]
    own: NDArray[np.bool_]
    fringe: NDArray[np.int32]

    def local(self, nodes: NDArray[np.int64]) -> NDArray[np.int32]:
        """Nodes of this tile's network by their numbers in the whole, -1 for those elsewhere and for the fringe."""
        inside = self.node[: len(self.node) - len(self.fringe)]
        if not len(inside):
            return np.full(len(nodes), -1, np.int32)
        place = np.minimum(np.searchsorted(inside, nodes), len(inside) - 1)
        return np.where(inside[place] == nodes, place, -1).astype(np.int32)


class PiecesOf:
    """A network in memory, by tile."""

    def __init__(self, net: WalkNetwork, tiling: Tiling) -> None:
        self.net, self.tiling = net, tiling
        tile = tiling.of(net.x, net.y)
        self.nodes = Grouped(tile, tiling.count)
        from_, to = tile[net.u], tile[net.v]
        across = np.flatnonzero(from_ != to)
        self._edge = np.concatenate([np.arange(net.edge_count), across])
        self._edges = Grouped(np.concatenate([from_, to[across]]), tiling.count)

    def __call__(self, tile: int) -> Piece:
        """The piece of one tile."""
        net, node = self.net, self.nodes[tile]
        edge = np.sort(self._edge[self._edges[tile]])
        return Piece(
            node,
            net.x[node],
            net.y[node],
            edge,
            net.u[edge].astype(np.int64),
            net.v[edge].astype(np.int64),
            {name: getattr(net, name)[edge] for name in OF_EDGES},
        )


class Grouped:
    """Rows by their group: ``grouped[k]`` are those of group k, ascending."""

    def __init__(self, group: NDArray[np.int64], count: int) -> None:
        self._order = np.argsort(group, kind="stable")
        self._start = np.searchsorted(group[self._order], np.arange(count + 1))

    def __getitem__(self, group: int) -> NDArray[np.int64]:
        return np.asarray(self._order[self._start[group] : self._start[group + 1]], np.int64)

    def filled(self) -> NDArray[np.int64]:
        """Groups with at least one row."""
        return np.flatnonzero(np.diff(self._start))


def first_halo(limit: float) -> float:
    """Metres of halo to try first: the limit, and a little for lengths that rounding has shortened."""
    return _SLACK * limit + _SLACK_M


def wider(halo: float) -> float:
    """Metres of halo to try after one that was too narrow."""
    return _WIDER * halo


def with_halo(
    tiling: Tiling,
    number: int,
    halo: float,
    pieces: Sequence[Piece],
    timetables: NDArray[np.bool_],
    projection: LocalProjection | None = None,
) -> Tile:
    """Put a tile and its halo together.

    Parameters
    ----------
    halo : float
        Metres around the tile's square.
    pieces : sequence of Piece
        Those of all tiles ``tiling.near(number, halo)``.
    timetables : bool[K, 168]
        Of the whole network.
    """
    node, x, y = (np.concatenate([getattr(piece, name) for piece in pieces]) for name in ("node", *OF_NODES))
    kept = np.flatnonzero(tiling.within(number, halo, x, y))
    kept = kept[np.argsort(node[kept], kind="stable")]
    node, x, y = node[kept], x[kept], y[kept]
    edge = np.concatenate([piece.edge for piece in pieces])
    edge, first = np.unique(edge, return_index=True)
    u, v = (np.concatenate([getattr(piece, name) for piece in pieces])[first] for name in ("u", "v"))
    at_u, at_v = _places(node, u), _places(node, v)
    used = (at_u >= 0) | (at_v >= 0)
    edge, first, u, v, at_u, at_v = (rows[used] for rows in (edge, first, u, v, at_u, at_v))
    out_u, out_v = at_u < 0, at_v < 0
    beyond, which = np.unique(np.concatenate([u[out_u], v[out_v]]), return_inverse=True)
    beside = np.concatenate([at_v[out_u], at_u[out_v]])
    at_u[out_u] = len(node) + which[: out_u.sum()]
    at_v[out_v] = len(node) + which[out_u.sum() :]
    neighbour = np.zeros(len(beyond), np.int64)
    neighbour[which] = beside
    own = np.zeros(len(node) + len(beyond), np.bool_)
    own[: len(node)] = tiling.of(x, y) == number
    columns = {name: np.concatenate([piece.of_edges[name] for piece in pieces])[first] for name in OF_EDGES}
    network = WalkNetwork(
        np.concatenate([x, x[neighbour]]),
        np.concatenate([y, y[neighbour]]),
        u=at_u.astype(np.int32),
        v=at_v.astype(np.int32),
        timetables=timetables,
        projection=projection,
        **columns,
    )
    fringe = np.arange(len(node), len(node) + len(beyond), dtype=np.int32)
    return Tile(number, network, np.concatenate([node, beyond]), edge, own, fringe)


def _places(ascending: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Place of each wanted number among ascending ones, -1 where it is not there."""
    if not len(ascending):
        return np.full(len(wanted), -1, np.int64)
    place = np.minimum(np.searchsorted(ascending, wanted), len(ascending) - 1)
    return np.where(ascending[place] == wanted, place, -1)


def tiles(net: WalkNetwork, side: float, limit: float) -> Iterator[Tile]:
    """Cut a network into tiles whose halos are as wide as a limit needs; tiles without nodes are left out.

    Within `limit`, whoever starts at an owned node meets in the tile's network what he would meet in the whole.

    Parameters
    ----------
    side : float
        Metres along a tile.
    limit : float
        Largest cost of interest, in metres of impedance.

    Raises
    ------
    ValueError
        `side` or `limit` is not positive.
    """
    from xiuhua.engine.reach import limit_in_dm

    limit_in_dm(limit)
    tiling = Tiling.over(net.x, net.y, side)
    pieces = PiecesOf(net, tiling)

    def cut(number: int, halo: float) -> Tile:
        near = [pieces(one) for one in tiling.near(number, halo)]
        return with_halo(tiling, number, halo, near, net.timetables, net.projection)

    for number in pieces.nodes.filled().tolist():
        yield closed_tile(cut, number, limit)


def closed_tile(cut: Callable[[int, float], Tile], number: int, limit: float) -> Tile:
    """The tile with the first halo that nobody leaves within the limit; `cut` makes one of a number and a width."""
    halo = first_halo(limit)
    tile = cut(number, halo)
    while leaks(tile, limit):
        halo = wider(halo)
        tile = cut(number, halo)
    return tile


def leaks(tile: Tile, limit: float) -> bool:
    """Whether a walk of at most `limit` leads from an owned node out of the halo."""
    from xiuhua.engine.reach import nearest_each

    if not len(tile.fringe):
        return False
    out = nearest_each(tile.network, tile.fringe, np.zeros(len(tile.fringe), np.int32), 1, limit)
    return bool(np.isfinite(out[0, tile.own]).any())


def nearest_each(
    net: WalkNetwork, nodes: ArrayLike, category: ArrayLike, categories: int, limit: float, *, side: float
) -> NDArray[np.float32]:
    """Walking cost from every node to the nearest facility of each category, a tile at a time.

    Equal to `xiuhua.engine.reach.nearest_each` at every node; the memory of a search is that of a tile.

    Parameters
    ----------
    side : float
        Metres along a tile; the others as in `xiuhua.engine.reach.nearest_each`.

    Raises
    ------
    ValueError
        As there; `side` is not positive.
    """
    from xiuhua.engine import reach

    facilities = checked_ids("nodes", nodes, net.node_count).astype(np.int64)
    kind = checked_ids("category", category, categories)
    if len(kind) != len(facilities):
        raise ValueError(f"nodes and category must have the same length, not {len(facilities)} and {len(kind)}")
    metres = np.full((categories, net.node_count), np.inf, np.float32)
    for tile in tiles(net, side, limit):
        at = tile.local(facilities)
        here = at >= 0
        if here.any():
            found = reach.nearest_each(tile.network, at[here], kind[here], categories, limit)
            metres[:, tile.node[tile.own]] = found[:, tile.own]
    return metres


def totals(net: WalkNetwork, weights: ArrayLike, limit: float, *, side: float) -> NDArray[np.float64]:
    """Sum of the weights of all nodes within a limit of each node, a tile at a time.

    Equal to `xiuhua.engine.reach.totals`: exactly for whole numbers, else but for the order of adding.

    Parameters
    ----------
    side : float
        Metres along a tile; the others as in `xiuhua.engine.reach.totals`.

    Raises
    ------
    ValueError
        As there; `side` is not positive.
    """
    from xiuhua.engine import reach

    columns = np.asarray(weights, np.float64)
    columns = columns[:, None] if columns.ndim == 1 else columns
    if columns.ndim != 2 or len(columns) != net.node_count or not np.isfinite(columns).all():
        raise ValueError(f"weights must be finite, with {net.node_count} rows, one a node, not shape {columns.shape}")
    sums = np.zeros_like(columns)
    for tile in tiles(net, side, limit):
        around = columns[tile.node]
        around[tile.fringe] = 0.0
        sums[tile.node[tile.own]] = reach.totals(tile.network, around, limit)[tile.own]
    return sums
