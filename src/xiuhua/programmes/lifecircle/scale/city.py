"""A city as workers see it: doors and entrances that stand on a network already joined, tile by tile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.projection import LocalProjection
from xiuhua.engine.tiles import Grouped, Piece, PiecesOf, Tile, Tiling, with_halo
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle.analysis import Joined, Town


@dataclass(frozen=True, slots=True, eq=False)
class Doors:
    """Where walks begin, and the node of the network that each door leads to.

    Attributes
    ----------
    id, name : sequence of str, length O
    lon, lat : float64[O]
        Degrees.
    weights : mapping of str to float64[O]
        Columns of people; ``residents`` always.
    node : int64[O]
        -1 where the door meets no path.
    metres : float64[O]
        From the door to its node.
    state : int8[O]
        `MAIN`, `ISLAND` or `UNSNAPPED`.
    """

    id: Sequence[str]
    name: Sequence[str]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    weights: Mapping[str, NDArray[np.float64]]
    node: NDArray[np.int64]
    metres: NDArray[np.float64]
    state: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.node)

    def take(self, rows: NDArray[np.intp]) -> Doors:
        """Some of them."""
        chosen = rows.tolist()
        return Doors(
            [self.id[one] for one in chosen],
            [self.name[one] for one in chosen],
            self.lon[rows],
            self.lat[rows],
            {name: column[rows] for name, column in self.weights.items()},
            self.node[rows],
            self.metres[rows],
            self.state[rows],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Entrances:
    """Where walks end: a row an entrance of a facility, with the node that stands for it."""

    facility_id: Sequence[str]
    facility_type: Sequence[str]
    name: Sequence[str]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    node: NDArray[np.int64]
    state: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.node)

    def take(self, rows: NDArray[np.intp]) -> Entrances:
        """Some of them."""
        chosen = rows.tolist()
        return Entrances(
            [self.facility_id[one] for one in chosen],
            [self.facility_type[one] for one in chosen],
            [self.name[one] for one in chosen],
            self.lon[rows],
            self.lat[rows],
            self.node[rows],
            self.state[rows],
        )


@dataclass(frozen=True, slots=True, eq=False)
class City:
    """A whole city in memory.

    Attributes
    ----------
    network : WalkNetwork
        With a node for every foot of a door and every entrance.
    counted : bool
        Whether weights are people.
    islands : int or None
        Parts of the network besides the main one, where that is known.
    """

    network: WalkNetwork
    doors: Doors
    entrances: Entrances
    counted: bool = True
    islands: int | None = None


def city_of(town: Town, joined: Joined) -> City:
    """A town whose doors and entrances were joined to its network."""
    origins, facilities = town.origins, town.facilities
    doors = Doors(
        origins.id,
        origins.label,
        np.asarray(origins.lon, np.float64),
        np.asarray(origins.lat, np.float64),
        origins.weights,
        joined.origin_node.astype(np.int64),
        np.where(joined.origin_node >= 0, joined.origin_m, 0.0),
        joined.origin_state,
    )
    entrances = Entrances(
        facilities.facility_id,
        facilities.facility_type,
        facilities.name,
        np.asarray(facilities.lon, np.float64),
        np.asarray(facilities.lat, np.float64),
        joined.facility_node.astype(np.int64),
        joined.facility_state,
    )
    return City(joined.network, doors, entrances, origins.counted, joined.islands)


class CityPieces(Protocol):
    """A city, tile by tile, in memory or in files."""

    @property
    def tiling(self) -> Tiling:
        """How it is cut."""

    @property
    def projection(self) -> LocalProjection:
        """The plane of its network."""

    @property
    def timetables(self) -> NDArray[np.bool_]:
        """Hours of all its gates."""

    @property
    def counted(self) -> bool:
        """Whether weights are people."""

    def filled(self) -> list[int]:
        """Tiles with anything in them."""

    def network(self, tile: int) -> Piece:
        """What a tile owns of the network."""

    def ends(self, tile: int) -> NDArray[np.float64]:
        """Where the edges of that piece begin and end, metres, float64[e, 2, 2]."""

    def doors(self, tile: int) -> Doors:
        """Doors that a tile owns: those at its nodes, and those without a node that stand in its square."""

    def entrances(self, tile: int) -> Entrances:
        """Entrances that a tile owns, likewise."""


class InMemory:
    """A city in memory, by tile."""

    def __init__(self, city: City, side: float) -> None:
        net = city.network
        if net.projection is None:
            raise ValueError("the network has no projection")
        self.city, self.projection, self.timetables, self.counted = city, net.projection, net.timetables, city.counted
        self.tiling = Tiling.over(net.x, net.y, side)
        self.network = PiecesOf(net, self.tiling)
        self._doors = Grouped(self._tile_of(city.doors), self.tiling.count)
        self._entrances = Grouped(self._tile_of(city.entrances), self.tiling.count)

    def filled(self) -> list[int]:
        """Tiles with anything in them."""
        full = [rows.filled() for rows in (self.network.nodes, self._doors, self._entrances)]
        return [int(tile) for tile in np.unique(np.concatenate(full))]

    def ends(self, tile: int) -> NDArray[np.float64]:
        """Where the edges of a piece begin and end."""
        net, piece = self.city.network, self.network(tile)
        return np.stack([np.column_stack([net.x[end], net.y[end]]) for end in (piece.u, piece.v)], axis=1)

    def doors(self, tile: int) -> Doors:
        """Doors of a tile."""
        return self.city.doors.take(self._doors[tile])

    def entrances(self, tile: int) -> Entrances:
        """Entrances of a tile."""
        return self.city.entrances.take(self._entrances[tile])

    def _tile_of(self, places: Doors | Entrances) -> NDArray[np.int64]:
        """By the node where there is one, since a door may stand across the border from its path."""
        net, on = self.city.network, places.node >= 0
        x, y = self.projection.forward(places.lon, places.lat)
        x[on], y[on] = net.x[places.node[on]], net.y[places.node[on]]
        return self.tiling.of(x, y)


@dataclass(frozen=True, slots=True, eq=False)
class TileTown:
    """All that one worker needs for the doors of one tile.

    Attributes
    ----------
    tile : Tile
    doors : Doors
        Those of the tile itself.
    door_node : int32[O]
        Node in the tile's network, -1 for none.
    entrances : Entrances
        Those of the tile and its halo.
    entrance_node : int32[F]
        Node in the tile's network, -1 for none.
    own : bool[F]
        Entrances of the tile itself.
    counted : bool
    """

    tile: Tile
    doors: Doors
    door_node: NDArray[np.int32]
    entrances: Entrances
    entrance_node: NDArray[np.int32]
    own: NDArray[np.bool_]
    counted: bool


def tile_town(pieces: CityPieces, number: int, halo: float) -> TileTown:
    """Put a tile, its halo, and what stands on them together.

    Raises
    ------
    Refused
        A door of the tile names a node that is not the tile's.
    """
    near = pieces.tiling.near(number, halo)
    tile = with_halo(
        pieces.tiling, number, halo, [pieces.network(one) for one in near], pieces.timetables, pieces.projection
    )
    doors = pieces.doors(number)
    door_node = tile.local(doors.node)
    stray = doors.node[(doors.node >= 0) & (door_node < 0)]
    if len(stray):
        cause = _("第 %(tile)s 块里有一个起点接在不属于这一块的节点 %(node)s 上") % {"tile": number, "node": stray[0]}
        raise Refused(Reason(cause, field="origins", mend=_("请用 write_tiles 重新写")))
    parts = [pieces.entrances(one) for one in near]
    own = np.repeat(np.array(near) == number, [len(part) for part in parts])
    entrances = _together(parts)
    at = tile.local(entrances.node)
    needed = np.flatnonzero(own | (at >= 0))
    return TileTown(
        tile,
        doors,
        door_node,
        entrances.take(needed),
        at[needed],
        own[needed],
        pieces.counted,
    )


def _together(parts: Sequence[Entrances]) -> Entrances:
    def words(name: str) -> list[str]:
        return [one for part in parts for one in getattr(part, name)]

    def numbers(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(part, name) for part in parts])

    return Entrances(
        words("facility_id"),
        words("facility_type"),
        words("name"),
        numbers("lon"),
        numbers("lat"),
        numbers("node"),
        numbers("state"),
    )
