"""What lies around a point: a small picture of it (位置图), and what people call it (地点名称)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import shapely
from django.db.models import QuerySet
from shapely import Geometry, LineString, Point, Polygon

from xiuhua.ground.territory.models import Building, Committee, Landscape, Subdistrict
from xiuhua.ground.words import gettext as _

METRES_A_DEGREE = 111_320.0
HALF_WIDTH_M, HALF_HEIGHT_M = 110.0, 48.0
"""What the picture shows to either side of the point."""
PIXELS_A_METRE = 300 / (2 * HALF_WIDTH_M)
NEAR_ROAD_M, NEAR_HOUSE_M, CROSSING_M = 45.0, 40.0, 30.0

_ORDER = ("green", "campus", "square", "water", "path", "lane", "street")
_AREAS = {"green": "#d3e3c8", "campus": "#efe7d6", "square": "#f2ece0", "water": "#c6dbe6"}
_LINES = {"path": (2.5, "#ffffff"), "lane": (6.0, "#ffffff"), "street": (13.0, "#ffffff")}
_PAPER, _HOUSE, _HOUSE_EDGE = "#f4efe4", "#dccfb8", "#c8b798"
_PIN = (
    '<path d="M0 0C-9 -12 -13 -17 -13 -23a13 13 0 0 1 26 0c0 6-4 11-13 23z" fill="#a8322a" stroke="#fff" '
    'stroke-width="2"/><circle cy="-23" r="4.5" fill="#fff"/>'
)
_NAMED = (
    'text-anchor="middle" dy="4" font-size="11" fill="#6f675b" '
    'font-family="Noto Sans SC,Noto Sans CJK SC,PingFang SC,Microsoft YaHei,sans-serif"'
)


@dataclass(frozen=True, slots=True)
class Plane:
    """Metres east and north of a point, near it."""

    lon: float
    lat: float

    @property
    def _across(self) -> float:
        return METRES_A_DEGREE * math.cos(math.radians(self.lat))

    def flat(self, geometry: Geometry) -> Geometry:
        """A geometry in metres around the point."""
        east, north = self._across, METRES_A_DEGREE
        return shapely.transform(geometry, lambda xy: (xy - (self.lon, self.lat)) * (east, north))

    def window(self, half_width_m: float, half_height_m: float) -> tuple[float, float, float, float]:
        """West, south, east and north of what lies within so many metres."""
        dx, dy = half_width_m / self._across, half_height_m / METRES_A_DEGREE
        return self.lon - dx, self.lat - dy, self.lon + dx, self.lat + dy


def picture_of(subdistrict: Subdistrict, lon: float, lat: float) -> str:
    """The surroundings of a point as a small SVG, 300 by 131 pixels, with a pin; no house numbers."""
    plane, frame = Plane(lon, lat), shapely.box(-HALF_WIDTH_M, -HALF_HEIGHT_M, HALF_WIDTH_M, HALF_HEIGHT_M)
    width, height = round(2 * HALF_WIDTH_M * PIXELS_A_METRE), round(2 * HALF_HEIGHT_M * PIXELS_A_METRE)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f'<rect width="{width}" height="{height}" fill="{_PAPER}"/>',
        *_ground(subdistrict, plane, frame),
        *_houses(subdistrict, plane, frame),
        *_names(subdistrict, plane, frame),
        f'<g transform="translate({width / 2} {height / 2})">{_PIN}</g>',
        "</svg>",
    ]
    return "".join(parts)


def name_of_point(subdistrict: Subdistrict, lon: float, lat: float) -> str:
    """What people call a point: a crossing, a house, a street; the committee's name where nothing is near."""
    plane, here = Plane(lon, lat), Point(0, 0)
    window = plane.window(NEAR_ROAD_M, NEAR_ROAD_M)
    roads = _nearest(
        (row.name, plane.flat(row.geometry))
        for row in _landscape(subdistrict, window).filter(kind__in=("street", "lane")).exclude(name="")
    )
    near = [name for name, metres in roads if metres <= CROSSING_M]
    if len(near) >= 2:
        return _("%(one)s × %(other)s") % {"one": near[0], "other": near[1]}
    houses = _nearest(
        (row.name or row.quarter, plane.flat(row.geometry))
        for row in Building.objects.under(subdistrict.path).touching(*window)
        if row.name or row.quarter
    )
    if houses and houses[0][1] <= NEAR_HOUSE_M:
        return houses[0][0]
    if roads:
        return roads[0][0]
    committees = Committee.objects.filter(subdistrict=subdistrict).touching(lon, lat, lon, lat)
    around = next((row.name for row in committees if shapely.contains(plane.flat(row.geometry), here)), "")
    return _("%(committee)s居委会辖区") % {"committee": around} if around else subdistrict.name


def _nearest(named: Iterator[tuple[str, Geometry]]) -> list[tuple[str, float]]:
    """Names by how near they come, each once."""
    here, found = Point(0, 0), dict[str, float]()
    for name, geometry in named:
        metres = float(shapely.distance(geometry, here))
        found[name] = min(metres, found.get(name, math.inf))
    return sorted(found.items(), key=lambda pair: pair[1])


def _landscape(subdistrict: Subdistrict, window: tuple[float, float, float, float]) -> QuerySet[Landscape]:
    rows: QuerySet[Landscape] = Landscape.objects.filter(subdistrict=subdistrict).touching(*window)
    return rows


def _ground(subdistrict: Subdistrict, plane: Plane, frame: Polygon) -> Iterator[str]:
    rows = list(_landscape(subdistrict, plane.window(HALF_WIDTH_M, HALF_HEIGHT_M)).filter(kind__in=_ORDER))
    for row in sorted(rows, key=lambda one: _ORDER.index(one.kind)):
        shape = shapely.intersection(plane.flat(row.geometry), shapely.buffer(frame, 12))
        if row.kind in _AREAS:
            yield from (_area(part, _AREAS[row.kind]) for part in _polygons(shape))
        else:
            width, colour = _LINES[row.kind]
            yield from (_line(part, width, colour) for part in _lines(shape))


def _houses(subdistrict: Subdistrict, plane: Plane, frame: Polygon) -> Iterator[str]:
    window = plane.window(HALF_WIDTH_M, HALF_HEIGHT_M)
    for row in Building.objects.under(subdistrict.path).touching(*window).only("geometry"):
        shape = shapely.intersection(plane.flat(row.geometry), shapely.buffer(frame, 12))
        yield from (_area(part, _HOUSE, _HOUSE_EDGE) for part in _polygons(shape))


def _names(subdistrict: Subdistrict, plane: Plane, frame: Polygon) -> Iterator[str]:
    """The name of each street once, along its longest stretch in the frame."""
    longest: dict[str, LineString] = {}
    window = plane.window(HALF_WIDTH_M, HALF_HEIGHT_M)
    for row in _landscape(subdistrict, window).filter(kind="street").exclude(name=""):
        for part in _lines(shapely.intersection(plane.flat(row.geometry), shapely.buffer(frame, -6))):
            if row.name not in longest or part.length > longest[row.name].length:
                longest[row.name] = part
    for name, part in longest.items():
        if part.length < 30:
            continue
        along = [_pixel(part.interpolate(share, normalized=True)) for share in (0.22, 0.3)]
        (x, y), (x2, y2) = along
        turn = math.degrees(math.atan2(y2 - y, x2 - x))
        turn = turn - 180 if turn > 90 else turn + 180 if turn < -90 else turn
        yield f'<text transform="translate({x:.1f} {y:.1f}) rotate({turn:.0f})" {_NAMED}>{escape(name)}</text>'


def _pixel(point: Point) -> tuple[float, float]:
    return (point.x + HALF_WIDTH_M) * PIXELS_A_METRE, (HALF_HEIGHT_M - point.y) * PIXELS_A_METRE


def _drawn(coordinates: Sequence[Sequence[float]]) -> str:
    return "L".join(
        f"{(xy[0] + HALF_WIDTH_M) * PIXELS_A_METRE:.1f} {(HALF_HEIGHT_M - xy[1]) * PIXELS_A_METRE:.1f}"
        for xy in coordinates
    )


def _area(part: Polygon, fill: str, edge: str = "") -> str:
    rings = [part.exterior, *part.interiors]
    path = "".join(f"M{_drawn(list(ring.coords))}Z" for ring in rings)
    return f'<path d="{path}" fill="{fill}" fill-rule="evenodd"' + (f' stroke="{edge}"/>' if edge else "/>")


def _line(part: LineString, width_m: float, colour: str) -> str:
    path = f"M{_drawn(list(part.coords))}"
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width_m * PIXELS_A_METRE:.1f}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _polygons(shape: Geometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and not part.is_empty]


def _lines(shape: Geometry) -> list[LineString]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, LineString) and not part.is_empty]
