"""A small plan of what stands around a place (平面图): drawn on the server, so that it prints and needs no script."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import shapely
from shapely import Geometry

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.territory.models import Building, Landscape
from xiuhua.ground.territory.names import building_name

WIDTH = 640.0
"""Units across; the page scales the drawing."""
METRES_A_DEGREE = 111_320.0
KINDS = ("campus", "square", "green", "water", "quarter", "street", "lane", "path", "rail", "wall")
"""What is drawn of the landscape, from the bottom up."""

Bounds = tuple[float, float, float, float]
LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """An area or a line: what kind of thing it is, its path, and where a click leads."""

    kind: str
    path: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with a word."""

    x: float
    y: float
    text: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plan as a template draws it."""

    width: float
    height: float
    shapes: Sequence[Shape]
    marks: Sequence[Mark] = field(default_factory=tuple)
    label: str = ""


class _Paper:
    """Turns degrees into units of the drawing: north is up, a metre is a metre both ways."""

    def __init__(self, bounds: Bounds) -> None:
        west, south, east, north = bounds
        self.west, self.north, self.bounds = west, north, bounds
        across = math.cos(math.radians((south + north) / 2))
        self.units = WIDTH / ((east - west) * across)
        self.across = self.units * across
        self.height = round((north - south) * self.units, 1)

    def at(self, lon: float, lat: float) -> LonLat:
        return round((lon - self.west) * self.across, 1), round((self.north - lat) * self.units, 1)

    def path(self, geometry: Geometry) -> str:
        """Path of what lies on the paper; empty where nothing does."""
        cut = shapely.clip_by_rect(geometry, *self.bounds)
        return "".join(self._line(part) for part in _lines(cut))

    def _line(self, line: Geometry) -> str:
        points = [self.at(lon, lat) for lon, lat in shapely.get_coordinates(line)]
        closed = "Z" if points[0] == points[-1] else ""
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + closed


def around(bounds: Bounds, metres: float) -> Bounds:
    """Bounds with so many metres to spare on each side."""
    west, south, east, north = bounds
    up = metres / METRES_A_DEGREE
    along = up / math.cos(math.radians((south + north) / 2))
    return west - along, south - up, east + along, north + up


def drawing_of(
    seer: Seer,
    bounds: Bounds,
    *,
    label: str,
    is_own: Callable[[Building], bool],
    doors: Iterable[tuple[LonLat, str, str, str]] = (),
) -> Drawing:
    """Draw what a reader sees of a window of the map.

    Parameters
    ----------
    bounds : west, south, east, north
        The window, in degrees.
    label : str
        What the drawing is called for those who cannot see it.
    is_own : callable
        Which buildings the page is about; they stand out.
    doors : iterable of ((lon, lat), text, title, url)
        Doors to be marked.
    """
    paper = _Paper(bounds)
    landscape = Landscape.objects.visible_to(seer).touching(*bounds).filter(kind__in=KINDS)
    ground = sorted(landscape, key=lambda row: KINDS.index(row.kind))
    shapes = [Shape(row.kind, path, row.name) for row in ground if (path := paper.path(row.geometry))]
    for row in Building.objects.visible_to(seer).touching(*bounds):
        if path := paper.path(row.geometry):
            own = is_own(row)
            shapes.append(Shape("own" if own else "building", path, building_name(row), row.get_absolute_url()))
    marks = [Mark(*paper.at(*at), text, title, url) for at, text, title, url in doors]
    return Drawing(WIDTH, paper.height, shapes, marks, label)


def _lines(geometry: Geometry) -> list[Geometry]:
    """The rings of areas, and lines as they are."""
    found: list[Geometry] = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon" and not part.is_empty:
            found += [part.exterior, *part.interiors]
        elif part.geom_type == "LineString" and not part.is_empty:
            found.append(part)
        elif part.geom_type.startswith(("Multi", "Geometry")):
            found += _lines(part)
    return found
