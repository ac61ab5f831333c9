"""A small plan of what stands around a place (平面图): drawn on the server, so that it prints and needs no script."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from numpy.typing import NDArray
from shapely import Geometry

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.territory.models import Building, Landscape
from xiuhua.ground.territory.names import building_name

WIDTH, ASPECT = 1280, 0.58
"""Units across, and how high at least for that; the page scales the drawing."""
METRES_A_DEGREE = 111_320.0
KINDS = ("campus", "square", "green", "water", "quarter", "street", "lane", "path", "rail", "wall")
"""What is drawn of the landscape, from the bottom up."""

STREET_M, LANE_M, NARROWEST = 14.0, 5.0, 6.0
"""Widths as drawn: of a street and of a lane in metres, and of either in units at least."""
SHORTEST_NAMED = 240
"""Units of a street that bear its name."""

OWN, HOUSE = "own", "building"
"""Kinds of buildings: those that the page is about, and the others."""
LARGE, SMALL = 24, 14
"""Units from the middle of a door's mark, with a number in it and without."""
_LINE, _RING, _POLYGON = 1, 2, 3
"""Kinds of geometry, as shapely numbers them."""

Bounds = tuple[float, float, float, float]
Area = tuple[str, str, Geometry]
"""Something that is outlined: its kind, its name, where it lies."""
LonLat = tuple[float, float]
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """An area or a line: what kind of thing it is, its path, how wide a line is, and where a click leads."""

    kind: str
    path: str
    title: str = ""
    url: str = ""
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with a word."""

    x: int
    y: int
    text: str
    title: str = ""
    url: str = ""
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plan as a template draws it."""

    width: int
    height: int
    shapes: Sequence[Shape]
    marks: Sequence[Mark] = ()
    names: Sequence[Mark] = ()
    label: str = ""

    @property
    def markup(self) -> SafeString:
        """What stands within the svg element, from the bottom up. Written here: a plan has a hundred shapes."""
        drawn = (*map(_shape, self.shapes), *map(_name, self.names), *map(_mark, self.marks))
        return SafeString("\n".join(drawn))


def _shape(shape: Shape) -> str:
    width = f' stroke-width="{shape.width}"' if shape.width else ""
    path = f'<path class="tr-{shape.kind}" d="{shape.path}"{width}/>'
    if not shape.url:
        return path
    current = ' aria-current="true"' if shape.kind == OWN else ""
    return f'<a href="{escape(shape.url)}"{current}><title>{escape(shape.title)}</title>{path}</a>'


def _name(mark: Mark) -> str:
    turn = f"translate({mark.x} {mark.y}) rotate({mark.turned})"
    return f'<text class="tr-name" transform="{turn}" dy="8">{escape(mark.text)}</text>'


def _mark(mark: Mark) -> str:
    words = f'<text x="{mark.x}" y="{mark.y}">{escape(mark.text)}</text>' if mark.text else ""
    radius = LARGE if mark.text else SMALL
    inside = f'<title>{escape(mark.title)}</title><circle cx="{mark.x}" cy="{mark.y}" r="{radius}"/>{words}'
    if not mark.url:
        return f'<g class="tr-door">{inside}</g>'
    return f'<a class="tr-door" href="{escape(mark.url)}">{inside}</a>'


class _Paper:
    """Turns degrees into whole units of the drawing: north is up, a metre is a metre both ways."""

    def __init__(self, bounds: Bounds, width: int) -> None:
        west, south, east, north = bounds
        self.west, self.north, self.bounds = west, north, bounds
        across = math.cos(math.radians((south + north) / 2))
        self.units = width / ((east - west) * across)
        self.across = self.units * across
        self.height = round((north - south) * self.units)

    def at(self, lon: float, lat: float) -> Point:
        return round((lon - self.west) * self.across), round((self.north - lat) * self.units)

    def metres(self, length: float) -> int:
        """So many metres in units."""
        return round(max(length * self.units / METRES_A_DEGREE, NARROWEST))

    def lines(self, geometries: Sequence[Geometry]) -> list[list[NDArray[np.int64]]]:
        """Of each geometry the lines that lie on the paper, as points; the rings of an area are lines."""
        cut = shapely.clip_by_rect(np.array(geometries, object), *self.bounds)
        parts, owner = _flat(cut)
        areas = shapely.get_type_id(parts) == _POLYGON
        rings, ring_of = shapely.get_rings(parts[areas], return_index=True)
        drawn = np.concatenate([parts[~areas], rings])
        owners = np.concatenate([owner[~areas], owner[areas][ring_of]])
        degrees, line_of = shapely.get_coordinates(drawn, return_index=True)
        points = np.column_stack([(degrees[:, 0] - self.west) * self.across, (self.north - degrees[:, 1]) * self.units])
        pieces = np.split(np.rint(points).astype(np.int64), np.searchsorted(line_of, np.arange(1, len(drawn))))
        found: list[list[NDArray[np.int64]]] = [[] for _ in geometries]
        for place, piece in zip(owners.tolist(), pieces, strict=False):
            if len(piece) > 1:
                found[place].append(piece)
        return found


def _flat(geometries: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Polygons and lines, and which geometry each is of; points, which a clip may leave, fall away."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    inner, place = shapely.get_parts(parts, return_index=True)
    owner = owner[place]
    kept = np.isin(shapely.get_type_id(inner), (_LINE, _RING, _POLYGON)) & ~shapely.is_empty(inner)
    return inner[kept], owner[kept]


def _path(lines: list[NDArray[np.int64]]) -> str:
    """Path of lines; one that ends where it began is closed."""
    return "".join(
        f"M{' '.join(map(str, line.ravel().tolist()))}{'Z' if (line[0] == line[-1]).all() else ''}" for line in lines
    )


def _name_on(name: str, lines: list[NDArray[np.int64]]) -> Mark | None:
    """A street's name along its longest straight piece, where that is long enough; never upside down."""
    pieces = [piece for line in lines for piece in itertools.pairwise(map(tuple, line.tolist()))]
    longest = max(pieces, key=lambda piece: math.dist(*piece), default=None)
    if longest is None or math.dist(*longest) < SHORTEST_NAMED:
        return None
    (x0, y0), (x1, y1) = sorted(longest)
    turned = math.degrees(math.atan2(y1 - y0, x1 - x0))
    return Mark((x0 + x1) // 2, (y0 + y1) // 2, name, turned=round(turned))


def around(bounds: Bounds, metres: float) -> Bounds:
    """Bounds with so many metres to spare on each side, and more where a drawing needs it to be a landscape."""
    west, south, east, north = bounds
    across = math.cos(math.radians((south + north) / 2))
    up = metres / METRES_A_DEGREE
    high, wide = north - south + 2 * up, (east - west) * across + 2 * up
    up += max(0.0, wide * ASPECT - high) / 2
    along = (metres / METRES_A_DEGREE + max(0.0, high / ASPECT - wide) / 2) / across
    return west - along, south - up, east + along, north + up


def drawing_of(
    seer: Seer,
    bounds: Bounds,
    *,
    label: str,
    kind_of: Callable[[Building], str] = lambda _row: HOUSE,
    doors: Iterable[tuple[LonLat, str, str, str]] = (),
    areas: Sequence[Area] = (),
    width: int = WIDTH,
) -> Drawing:
    """Draw what a reader sees of a window of the map.

    Parameters
    ----------
    bounds : west, south, east, north
        The window, in degrees.
    label : str
        What the drawing is called for those who cannot see it.
    kind_of : callable
        Kind of each building: `OWN` for those that the page is about, which stand out.
    doors : iterable of ((lon, lat), text, title, url)
        Doors to be marked.
    areas : sequence of (kind, name, geometry)
        What is outlined above the ground, with its name.
    width : int
        Units across; a large sheet wants more.
    """
    paper = _Paper(bounds, width)
    landscape = Landscape.objects.visible_to(seer).touching(*bounds).filter(kind__in=KINDS)
    ground = sorted(landscape, key=lambda row: KINDS.index(row.kind))
    houses = list(Building.objects.visible_to(seer).touching(*bounds))
    lines = paper.lines([*(row.geometry for row in (*ground, *houses)), *(area[2] for area in areas)])
    widths = {"street": paper.metres(STREET_M), "lane": paper.metres(LANE_M)}
    shapes = [
        Shape(row.kind, _path(drawn), row.name, width=widths.get(row.kind))
        for row, drawn in zip(ground, lines, strict=False)
        if drawn
    ]
    address = reverse(Building.page, args=[0])
    for row, drawn in zip(houses, lines[len(ground) :], strict=False):
        url = address.replace("/0/", f"/{row.pk}/")
        shapes.append(Shape(kind_of(row), _path(drawn), building_name(row), url))
    for (kind, name, _geometry), drawn in zip(areas, lines[len(ground) + len(houses) :], strict=True):
        shapes.append(Shape(kind, _path(drawn), name))
    named = {row.name: _name_on(row.name, drawn) for row, drawn in zip(ground, lines, strict=False) if _bears_name(row)}
    marks = [Mark(*paper.at(*at), text, title, url) for at, text, title, url in doors]
    names = [mark for mark in named.values() if mark]
    names += [Mark(*paper.at(*_middle(area)), name) for _kind, name, area in areas if name]
    return Drawing(width, paper.height, shapes, marks, names, label)


def _middle(area: Geometry) -> LonLat:
    point = shapely.point_on_surface(area)
    return shapely.get_x(point).item(), shapely.get_y(point).item()


def _bears_name(row: Landscape) -> bool:
    return row.kind == Landscape.Kind.STREET and bool(row.name)
