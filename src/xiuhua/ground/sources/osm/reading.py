"""Reading an OpenStreetMap file as it is: tagged nodes, lines and areas; and refusing in plain words what is not
one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium
import shapely
from osmium.filter import EmptyTagFilter, KeyFilter
from shapely import Geometry

from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

FORMATS = (".osm.pbf", ".pbf", ".osm", ".osm.bz2", ".osm.gz")
_LINE_KEYS = frozenset(
    {"highway", "barrier", "railway", "waterway", "public_transport", "route", "man_made", "natural"}
)


@dataclass(frozen=True, slots=True)
class Node:
    """A tagged point."""

    id: int
    tags: dict[str, str]
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Line:
    """A way, or an unbroken stretch of one whose other nodes lie outside the extract."""

    id: int
    tags: dict[str, str]
    refs: list[int]
    lon: list[float]
    lat: list[float]


@dataclass(frozen=True, slots=True)
class Area:
    """A closed way or a multipolygon relation, `id` being ``way/1`` or ``relation/1``.

    Attributes
    ----------
    rings : list of (list of node, list of lon, list of lat)
        Outer and inner rings, for areas that are walked round or have doors: highways and buildings.
    """

    id: str
    tags: dict[str, str]
    outline: Geometry
    rings: list[tuple[list[int], list[float], list[float]]]


@dataclass(slots=True)
class MapData:
    """What was read.

    Attributes
    ----------
    file : str
        Name to speak of it by.
    nodes : dict of int to Node
        Tagged nodes.
    cut_ways : int
        Ways with nodes outside the extract; they are read as far as they go.
    outlines : set of str
        Buildings and multipolygons that ought to be areas, as ``way/1`` or ``relation/1``.
    """

    file: str
    nodes: dict[int, Node] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    cut_ways: int = 0
    outlines: set[str] = field(default_factory=set)

    @property
    def broken_areas(self) -> int:
        """Buildings and multipolygons whose outline cannot be put together: cut by the extract, or crossing itself."""
        return len(self.outlines - {area.id for area in self.areas})


def read_map(path: str | Path) -> MapData:
    """Read every tagged node, line and area of an extract.

    Parameters
    ----------
    path : path
        ``.osm.pbf``, ``.osm``, ``.osm.bz2`` or ``.osm.gz``, nodes before ways as all tools write it.

    Raises
    ------
    Refused
        The file is missing, empty, cut short, or no OpenStreetMap file.
    """
    path = Path(path)
    _refuse_unreadable(path)
    data = MapData(file=path.name)
    try:
        for entity in _entities(path):
            _take(entity, data)
    except (RuntimeError, ValueError, OSError, osmium.InvalidLocationError) as error:
        raise Refused(_why_unreadable(path, error)) from error
    return data


def _entities(path: Path) -> Iterator[Any]:
    processor = osmium.FileProcessor(str(path)).with_areas()
    used_ways = KeyFilter(*_LINE_KEYS, "building")
    used_ways.enable_for(osmium.osm.WAY)
    processor.with_filter(EmptyTagFilter())
    processor.with_filter(used_ways)
    return iter(processor)


def _take(entity: Any, data: MapData) -> None:
    if entity.is_node():
        where = entity.location
        if where.valid():
            data.nodes[entity.id] = Node(entity.id, dict(entity.tags), where.lon, where.lat)
    elif entity.is_way():
        tags = dict(entity.tags)
        if "building" in tags:
            data.outlines.add(f"way/{entity.id}")
        if not _LINE_KEYS.isdisjoint(tags):
            _take_line(entity, tags, data)
    elif entity.is_area():
        _take_area(entity, data)
    elif entity.tags.get("type") == "multipolygon":
        data.outlines.add(f"relation/{entity.id}")


def _take_line(way: Any, tags: dict[str, str], data: MapData) -> None:
    nodes = list(way.nodes)
    try:
        lon = [node.lon for node in nodes]
        lat = [node.lat for node in nodes]
    except osmium.InvalidLocationError:
        data.cut_ways += 1
        data.lines.extend(_stretches(way.id, tags, nodes))
        return
    data.lines.append(Line(way.id, tags, [node.ref for node in nodes], lon, lat))


def _stretches(way: int, tags: dict[str, str], nodes: Any) -> Iterator[Line]:
    """The unbroken runs of nodes that are in the file."""
    run: list[tuple[int, float, float]] = []
    for node in [*nodes, None]:
        if node is not None and node.location.valid():
            run.append((node.ref, node.lon, node.lat))
            continue
        if len(run) > 1:
            yield Line(way, tags, [ref for ref, _lon, _lat in run], [p[1] for p in run], [p[2] for p in run])
        run = []


def _take_area(area: Any, data: MapData) -> None:
    tags = dict(area.tags)
    try:
        outline = shapely.from_wkb(_wkb.create_multipolygon(area))
    except (RuntimeError, shapely.errors.GEOSException):
        return
    parts = shapely.get_parts(outline)
    outline = parts[0] if len(parts) == 1 else outline
    kind = "way" if area.from_way() else "relation"
    rings = list(_rings(area)) if "building" in tags or "highway" in tags else []
    data.areas.append(Area(f"{kind}/{area.orig_id()}", tags, outline, rings))


def _rings(area: Any) -> Iterator[tuple[list[int], list[float], list[float]]]:
    for outer in area.outer_rings():
        for ring in (outer, *area.inner_rings(outer)):
            yield [node.ref for node in ring], [node.lon for node in ring], [node.lat for node in ring]


_wkb = osmium.geom.WKBFactory()


def _refuse_unreadable(path: Path) -> None:
    name = path.name
    if not path.is_file():
        cause = _("%(file)s 不是文件") if path.exists() else _("找不到文件 %(file)s")
        raise Refused(Reason(cause % {"file": name}, field=name, mend=_("请核对路径")))
    if not name.lower().endswith(FORMATS):
        raise Refused(
            Reason(
                _("%(file)s 不是 OpenStreetMap 数据的文件名") % {"file": name},
                field=name,
                mend=_("请提供 %(formats)s 文件") % {"formats": " / ".join(FORMATS)},
            )
        )
    if path.stat().st_size == 0:
        raise Refused(Reason(_("%(file)s 是空文件") % {"file": name}, field=name, mend=_("请重新下载")))


def _why_unreadable(path: Path, error: Exception) -> Reason:
    """What is wrong with a file, told from what the reader stumbled over."""
    name, message = path.name, str(error)
    if any(sign in message for sign in ("unexpected EOF", "no element found", "unclosed token", "read failed: -7")):
        cause, mend = _("%(file)s 不完整，读到一半就断了"), _("下载可能中断，请重新下载")
    elif isinstance(error, osmium.InvalidLocationError):
        cause, mend = _("%(file)s 里有不是经纬度的坐标"), _("请提供未经投影的 OpenStreetMap 原始数据")
    else:
        cause = _("%(file)s 不是 OpenStreetMap 数据，或已损坏")
        mend = _("请提供 %(formats)s 文件") % {"formats": " / ".join(FORMATS)}
    return Reason(cause % {"file": name}, field=name, mend=mend)
