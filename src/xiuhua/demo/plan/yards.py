"""Lots and slices of lots that nobody lives on: schools, markets, offices, small parks, homes for the aged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from shapely import LineString, Polygon

from xiuhua.demo.plan.gates import Surroundings, openings, walls_with_gaps
from xiuhua.demo.plan.lines import XY, inset, largest, left_of, long_axis, rectangle, slice_off
from xiuhua.demo.plan.rows import Recipe, Slab, facing_south, lay_rows
from xiuhua.demo.plan.sketch import BuildingSketch, FeatureSketch, GateSketch, Sketch, YardSketch

OFFICE = Recipe((24.0, 34.0), (32.0, 52.0), (1,), (1.0,), (12.0, 20.0), (46.0, 58.0), 0.06)
WORKS = Recipe((18.0, 26.0), (34.0, 62.0), (1,), (1.0,), (10.0, 16.0), (34.0, 42.0), 0.06)
SCHOOL = Recipe((10.0, 12.5), (30.0, 46.0), (1,), (1.0,), (9.0, 14.0), (27.0, 33.0), 0.04)
WARD = Recipe((14.0, 17.0), (34.0, 48.0), (1,), (1.0,), (10.0, 14.0), (36.0, 42.0), 0.0)


@dataclass(frozen=True)
class YardStyle:
    """How a yard looks: walled or open, what land on the map, how many storeys, how its buildings lie."""

    walled: bool
    land: str
    levels: tuple[int, ...]
    layout: str
    recipe: Recipe | None = None
    kind: str = "public"


STYLES: dict[str, YardStyle] = {
    "office": YardStyle(False, "", (5, 6, 8, 10, 12, 16, 20), "rows", OFFICE, "office"),
    "works": YardStyle(True, "", (2, 3, 4), "rows", WORKS, "office"),
    "mall": YardStyle(False, "square", (4, 5, 6), "hall", None, "mall"),
    "school_nine": YardStyle(True, "campus", (4, 5), "school", SCHOOL, "school"),
    "school_junior": YardStyle(True, "campus", (4, 5), "school", SCHOOL, "school"),
    "school_primary": YardStyle(True, "campus", (3, 4), "school", SCHOOL, "school"),
    "kindergarten": YardStyle(True, "campus", (2, 3), "side", None, "school"),
    "hospital": YardStyle(True, "", (4, 6, 8), "rows", WARD),
    "health_centre": YardStyle(False, "", (4,), "hall"),
    "nursing_home": YardStyle(True, "", (4, 5), "side"),
    "elder_care_home": YardStyle(True, "", (5,), "side"),
    "market": YardStyle(False, "", (1, 2), "hall"),
    "culture_centre": YardStyle(False, "", (4,), "hall"),
    "service_centre": YardStyle(False, "", (4,), "hall"),
    "elder_service_centre": YardStyle(False, "", (3,), "hall"),
    "street_office": YardStyle(False, "", (6,), "hall"),
    "police_station": YardStyle(True, "", (4,), "side"),
    "fire_station": YardStyle(True, "", (3,), "side"),
    "bus_terminus": YardStyle(False, "square", (1,), "side"),
    "refuse_transfer": YardStyle(True, "", (1,), "hall"),
    "switching_station": YardStyle(True, "", (1,), "hall"),
    "car_parking": YardStyle(False, "square", (), "none"),
    "sports": YardStyle(
        False, "square", (2, 3), "school", Recipe((24, 30), (40, 60), (1,), (1.0,), (14, 20), (60, 70))
    ),
    "sports_ground_medium": YardStyle(False, "square", (), "none"),
    "sports_ground_small": YardStyle(False, "square", (), "none"),
    "pocket_park": YardStyle(False, "green", (), "park"),
}


def draw_yard(
    sketch: Sketch,
    use: str,
    lot: int,
    land: Polygon,
    around: Surroundings,
    rng: Generator,
    neighbours: Sequence[Polygon] = (),
) -> bool:
    """Draw a yard on its land; False if it has no way out to a street or lane but through its neighbours on the lot."""
    style = STYLES[use]
    inside = inset(land, 1.4)
    ring = inset(inside, 2.6)
    if ring.is_empty:
        return False
    points, feet = openings(inside, lot, around, neighbours)
    if not len(points):
        return False
    first = int(rng.integers(len(points)))
    yard = YardSketch(use, land, lot, feet[first])
    if style.land:
        sketch.features.append(FeatureSketch(style.land, "", land))
    slabs, paths = _lay(style, inside, ring, sketch, rng)
    if style.walled:
        gate = GateSketch(points[first], feet[first], True, None, False)
        sketch.features += [FeatureSketch("wall", "", wall) for wall in walls_with_gaps(inside, [gate])]
        sketch.features.append(FeatureSketch("gate", "", shapely.Point(gate.at)))
    else:
        _open_ways(sketch, ring, points, feet, first, paths, slabs)
    for slab in slabs:
        door = yard.gate if style.walled else slab.doors[0]
        yard.buildings.append(len(sketch.buildings))
        year = int(rng.integers(1978, 2018))
        levels = int(rng.choice(style.levels))
        sketch.buildings.append(
            BuildingSketch(
                style.kind, _use(style), slab.outline, [door], levels, lot, year=year, structure="钢筋混凝土框架"
            )
        )
    sketch.yards.append(yard)
    return True


def cut_slice(land: Polygon, area_m2: float, rng: Generator) -> tuple[Polygon, Polygon]:
    """A piece from the end or corner of a lot for a yard, and the rest, with room for a wall between them."""
    _, _, width = long_axis(land)
    depth = float(np.sqrt(area_m2 * 0.8))
    piece = land
    if width > 1.7 * area_m2 / depth:
        piece, _ = slice_off(land, depth * width, int(rng.choice([-1, 1])))
    piece, _ = slice_off(piece, area_m2, int(rng.choice([-1, 1])))
    rest = largest(land.difference(piece.buffer(0.5, join_style="mitre")))
    return inset(piece, 0.5), rest


def fitted(room: Polygon, length: float, depth: float, at: XY | None = None, direction: XY | None = None) -> Polygon:
    """The largest rectangle of the given proportions around a point that lies within the room, at most that size."""
    centre = shapely.get_coordinates(room.representative_point())[0] if at is None else at
    along = long_axis(room)[0] if direction is None else direction
    for share in np.arange(1.0, 0.15, -0.06):
        shape = rectangle(centre, along, length * float(share), depth * float(share))
        if room.contains(shape):
            return shape
    return Polygon()


def _use(style: YardStyle) -> str:
    return "public" if style.kind in ("school", "public") else "other"


def _lay(
    style: YardStyle, inside: Polygon, ring: Polygon, sketch: Sketch, rng: Generator
) -> tuple[list[Slab], list[LineString]]:
    room = inset(inside, 5.2)
    if room.area < 40:
        return [], []
    direction, length, width = long_axis(room)
    angle = facing_south(inside, rng)
    if style.layout == "rows" and style.recipe:
        rows = lay_rows(room, ring, angle, style.recipe, rng)
        return list(rows.slabs), list(rows.paths)
    if style.layout == "school" and style.recipe:
        field, rest = slice_off(room, 0.5 * room.area, int(rng.choice([-1, 1])))
        _field(field, sketch)
        room_left = largest(rest.buffer(-2))
        rows = lay_rows(room_left, room_left, angle, style.recipe, rng)
        slabs = list(rows.slabs) or _one(fitted(room_left, 46, 13))
        return slabs, []
    if style.layout == "hall":
        return _one(fitted(room, length * 0.92, width * 0.86)), []
    if style.layout == "side":
        side = left_of(direction)
        across = side if side[1] > 0 else -side
        centre = shapely.get_coordinates(room.centroid)[0] + across * width * 0.16
        return _one(fitted(room, length * 0.8, min(18.0, width * 0.45), centre, direction)), []
    if style.layout == "park":
        paths = [LineString([corner, room.centroid.coords[0]]) for corner in list(ring.exterior.coords)[:-1:2]]
        return [], paths
    return [], []


def _one(outline: Polygon) -> list[Slab]:
    if outline.is_empty:
        return []
    corners = shapely.get_coordinates(outline)
    front = (corners[0] + corners[1]) / 2
    inward = shapely.get_coordinates(outline.centroid)[0] - front
    return [Slab(outline, (front - inward / max(1e-9, float(np.hypot(*inward))) * 0.4,))]


def _field(field: Polygon, sketch: Sketch) -> None:
    """A running track (跑道) with rounded ends."""
    _, length, width = long_axis(field)
    core = fitted(field, min(150.0, length * 0.9), min(78.0, width * 0.9))
    if not core.is_empty:
        rounding = min(long_axis(core)[2] / 2 - 0.5, 30.0)
        sketch.features.append(FeatureSketch("green", "操场", core.buffer(-rounding).buffer(rounding)))


def _open_ways(
    sketch: Sketch, ring: Polygon, points: XY, feet: XY, first: int, paths: list[LineString], slabs: list[Slab]
) -> None:
    """Ways of an open yard: around it, through it, and out to the street at several points."""
    loop = LineString(ring.exterior.coords)
    sketch.walks.add(loop)
    taken = shapely.union_all([slab.outline for slab in slabs]).buffer(0.8) if slabs else Polygon()
    for path in paths:
        for part in shapely.get_parts(path.difference(taken)):
            if part.length > 3.0:
                sketch.walks.add(part)
    chosen = [first]
    while len(chosen) < 4:
        away = np.min([np.hypot(*(points - points[k]).T) for k in chosen], axis=0)
        if away.max() < 45:
            break
        chosen.append(int(np.argmax(away)))
    for k in chosen:
        foot = shapely.get_coordinates(loop.interpolate(loop.project(shapely.Point(points[k]))))[0]
        sketch.walks.add(LineString([foot, points[k], feet[k]]))
