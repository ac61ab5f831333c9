"""A city in a folder of GeoParquet: four tables in a file each, or in a file a tile, so that nobody reads them all."""

from __future__ import annotations

import re
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.tiles import OF_EDGES, Piece, Tiling
from xiuhua.ground import clock, standards
from xiuhua.ground.sources.geoparquet import (
    EDGES,
    NODES,
    Table,
    network_note,
    piece_of_files,
    read_network,
    read_note,
    read_table,
    write_piece,
    write_table,
)
from xiuhua.ground.standards import Standards
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle.analysis import MAIN, UNSNAPPED, Origins, Places, Town, join
from xiuhua.programmes.lifecircle.analysis.town import RESIDENTS
from xiuhua.programmes.lifecircle.outputs import STATES
from xiuhua.programmes.lifecircle.scale.city import City, CityPieces, Doors, Entrances, city_of

ORIGINS, FACILITIES, WALLS = "origins.parquet", "facilities.parquet", "walls.parquet"
_TABLES = (NODES, EDGES, ORIGINS, FACILITIES)
_TILE = re.compile(r"tile-(\d+)\.parquet")
_NOWHERE = np.zeros(0)


def is_in_tiles(folder: Path) -> bool:
    """Whether a folder holds a file a tile, rather than a file a table."""
    return (folder / Path(NODES).stem).is_dir()


def read_city(folder: Path, book: Standards, hour: int | None) -> City:
    """Read a city from ``nodes``, ``edges``, ``origins`` and ``facilities``, and from ``walls`` where there are any.

    Where origins and facilities both say which `node` they are at, that holds; else they are joined to the network as
    those of a map are.

    Raises
    ------
    Refused
        A file is missing or damaged, lacks a column, or lies in another coordinate system.
    """
    net = read_network(folder)
    of_origins = read_table(folder / ORIGINS, (RESIDENTS,), also=_of_doors())
    of_facilities = read_table(folder / FACILITIES, ("facility_type",), also=("id", "name", "node", "state"))
    doors, entrances = _doors(of_origins), _entrances(of_facilities)
    counted = bool(of_origins.note.get("counted", True))
    if "node" in of_origins.columns and "node" in of_facilities.columns:
        for table, node in ((of_origins, doors.node), (of_facilities, entrances.node)):
            if node.max(initial=-1) >= net.node_count:
                raise table.refusal(_("%(file)s 里有路网上没有的节点"), _("请把四张表一起导出，或删去 node 列重新接入"))
        return City(net, doors, entrances, counted)
    return _joined(folder, net, doors, entrances, counted, book, hour)


def write_city(city: City, folder: Path, *, note: dict[str, Any] | None = None) -> None:
    """Write ``nodes``, ``edges`` and ``facilities`` of a city, a file each; ``origins`` come with what was found."""
    from xiuhua.ground.sources.geoparquet import write_network

    write_network(city.network, folder)
    _write_entrances(folder / FACILITIES, city.entrances, note or {})


def write_tiles(pieces: CityPieces, folder: Path) -> None:
    """Write a city a file a tile, so that a worker reads what it needs.

    Only one tile is in memory at a time; `pieces` may make them as they are asked for.
    """
    note = {
        **network_note(pieces.projection, pieces.timetables),
        "tiling": asdict(pieces.tiling),
        "counted": pieces.counted,
    }
    for table in _TABLES:
        (folder / Path(table).stem).mkdir(parents=True, exist_ok=True)
    for tile in pieces.filled():
        nodes, edges, origins, facilities = (_file(folder, table, tile) for table in _TABLES)
        piece = pieces.network(tile)
        if len(piece.node):
            write_piece(nodes, edges, piece, pieces.ends(tile), pieces.projection, note)
        if len(doors := pieces.doors(tile)):
            _write_doors(origins, doors, {"counted": pieces.counted})
        if len(entrances := pieces.entrances(tile)):
            _write_entrances(facilities, entrances, {})


class InFolder:
    """A city in files, by tile.

    Raises
    ------
    Refused
        The folder does not hold a city in tiles.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        files = sorted((folder / Path(NODES).stem).glob("tile-*.parquet"))
        if not files:
            cause = _("计算进程在 %(folder)s 里找不到分块的路网") % {"folder": folder}
            raise Refused(Reason(cause, field=folder.name, mend=_("请核对路径；各台机器都要能读到这个文件夹")))
        head = read_table(files[0], ("node",), shapes=False)
        try:
            known = read_note(head.note)
            self.tiling = Tiling(**head.note["tiling"])
            self.counted = bool(head.note["counted"])
        except (ValueError, KeyError, TypeError):
            known = None
        if known is None:
            raise head.refusal(_("%(file)s 没有说明怎样分块"), _("请用 write_tiles 重新写"))
        self.projection, self.timetables = known

    def filled(self) -> list[int]:
        """Tiles with anything in them."""
        found = {
            int(name[1])
            for table in _TABLES
            for path in (self.folder / Path(table).stem).glob("tile-*.parquet")
            if (name := _TILE.fullmatch(path.name)) and int(name[1]) < self.tiling.count
        }
        return sorted(found)

    def network(self, tile: int) -> Piece:
        """What a tile owns of the network."""
        nodes, edges = _file(self.folder, NODES, tile), _file(self.folder, EDGES, tile)
        return piece_of_files(nodes, edges) if nodes.exists() else _NO_PIECE

    def ends(self, tile: int) -> NDArray[np.float64]:
        """Where the edges of that piece begin and end."""
        lines = read_table(_file(self.folder, EDGES, tile), ()).shapes
        degrees = shapely.get_coordinates(lines)
        return np.column_stack(self.projection.forward(degrees[:, 0], degrees[:, 1])).reshape(-1, 2, 2)

    def doors(self, tile: int) -> Doors:
        """Doors of a tile."""
        path = _file(self.folder, ORIGINS, tile)
        return _doors(read_table(path, (RESIDENTS, "node"), also=_of_doors())) if path.exists() else _NO_DOORS

    def entrances(self, tile: int) -> Entrances:
        """Entrances of a tile."""
        path = _file(self.folder, FACILITIES, tile)
        if not path.exists():
            return _NO_ENTRANCES
        return _entrances(read_table(path, ("facility_type", "node"), also=("id", "name", "state")))


def _file(folder: Path, table: str, tile: int) -> Path:
    return folder / Path(table).stem / f"tile-{tile:06d}.parquet"


@cache
def _of_doors() -> tuple[str, ...]:
    people = {persona.population for persona in standards.on(clock.now().date()).personas.values()}
    return ("id", "name", "node", "metres", "state", *sorted(people - {RESIDENTS}))


def _doors(table: Table) -> Doors:
    lon, lat = table.points()
    node = _nodes(table)
    if table.note.get("counted", True):
        people = {
            name: table.numbers(name, np.float64, least=0)
            for name in table.columns
            if name not in ("id", "name", "node", "metres", "state")
        }
    else:
        people = {RESIDENTS: np.ones(len(lon))}
    metres = table.numbers("metres", np.float64, least=0) if "metres" in table.columns else np.zeros(len(lon))
    names = table.words("id") if "id" in table.columns else [f"{table.file}/{row}" for row in range(len(lon))]
    return Doors(names, table.words("name"), lon, lat, people, node, metres, _states(table, node))


def _entrances(table: Table) -> Entrances:
    lon, lat = table.points()
    node = _nodes(table)
    names = table.words("id") if "id" in table.columns else [f"{table.file}/{row}" for row in range(len(lon))]
    kinds = table.words("facility_type")
    return Entrances(names, kinds, table.words("name"), lon, lat, node, _states(table, node))


def _nodes(table: Table) -> NDArray[np.int64]:
    if "node" not in table.columns:
        return np.full(len(table), -1, np.int64)
    return table.numbers("node", np.int64, least=-1)


def _states(table: Table, node: NDArray[np.int64]) -> NDArray[np.int8]:
    if "state" not in table.columns:
        return np.where(node >= 0, MAIN, UNSNAPPED).astype(np.int8)
    said = table.words("state")
    if unknown := sorted(set(said) - set(STATES)):
        cause = _("%(file)s 的列“%(column)s”里有不能用的值") % {"file": table.file, "column": "state"}
        mend = _("可选：%(keys)s") % {"keys": " ".join(STATES)}
        raise Refused(Reason(f"{cause}（{unknown[0][:30]}）", field=table.file, mend=mend))
    return np.array([STATES.index(one) for one in said], np.int8)


def _write_doors(path: Path, doors: Doors, note: dict[str, Any]) -> None:
    columns: dict[str, Any] = {
        "id": list(doors.id),
        "name": list(doors.name),
        "state": [STATES[one] for one in doors.state],
        "node": doors.node,
        "metres": doors.metres,
        **doors.weights,
    }
    write_table(path, columns, np.asarray(shapely.points(doors.lon, doors.lat), object), note)


def _write_entrances(path: Path, entrances: Entrances, note: dict[str, Any]) -> None:
    columns: dict[str, Any] = {
        "id": list(entrances.facility_id),
        "facility_type": list(entrances.facility_type),
        "name": list(entrances.name),
        "node": entrances.node,
        "state": [STATES[one] for one in entrances.state],
    }
    write_table(path, columns, np.asarray(shapely.points(entrances.lon, entrances.lat), object), note)


def _joined(
    folder: Path,
    net: WalkNetwork,
    doors: Doors,
    entrances: Entrances,
    counted: bool,
    book: Standards,
    hour: int | None,
) -> City:
    walls = np.array([], object)
    if (folder / WALLS).exists():
        shapes = read_table(folder / WALLS).shapes
        walls = walls if shapes is None else shapes
    origins = Origins(doors.id, doors.lon, doors.lat, doors.weights, doors.name, counted=counted)
    places = Places(entrances.facility_id, entrances.facility_type, entrances.lon, entrances.lat, entrances.name)
    town = Town(net, walls, origins, places)
    limit_m = book.buildings.snap_limit_m.number
    return city_of(town, join(town, book.personas["adult"].persona, hour, limit_m))


_NUMBERS = np.zeros(0, np.int64)
_STATES = np.zeros(0, np.int8)
_NO_WAY = WalkNetwork.from_edges([0.0], [0.0], _NUMBERS, _NUMBERS, [])
_NO_PIECE = Piece(
    _NUMBERS, _NOWHERE, _NOWHERE, _NUMBERS, _NUMBERS, _NUMBERS, {name: getattr(_NO_WAY, name) for name in OF_EDGES}
)
_NO_DOORS = Doors([], [], _NOWHERE, _NOWHERE, {RESIDENTS: _NOWHERE}, _NUMBERS, _NOWHERE, _STATES)
_NO_ENTRANCES = Entrances([], [], [], _NOWHERE, _NOWHERE, _NUMBERS, _STATES)
