"""The street skeleton: centre lines, land between red lines, sidewalks and crossings, the creek and its bank."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from xiuhua.demo.plan.ground_facts import GroundFacts
from xiuhua.demo.plan.lines import along, largest, left_of, lines_of, part_of_ring, polygons_of, smoothed, stretched
from xiuhua.demo.plan.walks import Walks
from xiuhua.engine.network import Flag

SIDEWALK_IN_M = 1.6
FRAME_M = 42.0
CROSSING_EVERY_M = 170.0
SIGNALS_FROM_WIDTH_M = 24.0


@dataclass(frozen=True)
class Street:
    """A street (道路) by its centre line; `width` from red line to red line (红线), metres."""

    name: str
    kind: str
    width: float
    line: LineString


@dataclass(frozen=True)
class Streets:
    """The skeleton drawn.

    Attributes
    ----------
    roadway : polygon between the red lines of all streets
    cells : what the centre lines and the boundary cut the territory into
    blocks : street blocks (街坊) with a sidewalk around each
    bank : the line of the boundary along the creek, west to east
    """

    streets: tuple[Street, ...]
    roadway: BaseGeometry
    cells: tuple[Polygon, ...]
    blocks: tuple[Polygon, ...]
    bank: LineString
    creek: Polygon
    rail: LineString


def draw_streets(facts: GroundFacts) -> Streets:
    """Draw the skeleton inside the real boundary."""
    bank = creek_bank(facts)
    streets = [
        Street(row["name"], row["class"], float(row["width"]), smoothed(row["points"]))
        for row in facts.skeleton["street"]
    ]
    streets.append(_creek_street(facts, bank))
    streets = _trimmed(streets)
    roadway = shapely.union_all([street.line.buffer(street.width / 2, cap_style="flat") for street in streets])
    net = shapely.union_all([facts.boundary.exterior, *(street.line for street in streets)], grid_size=0.01)
    cells = [
        cell
        for cell in polygons_of(shapely.polygonize(lines_of(net)))
        if facts.boundary.covers(cell.representative_point())
    ]
    blocks = polygons_of(facts.boundary.buffer(FRAME_M).difference(roadway), 400.0)
    return Streets(
        tuple(streets),
        roadway,
        tuple(cells),
        tuple(blocks),
        bank,
        _creek(facts, bank),
        next(street.line for street in streets if street.name == facts.skeleton["rail"]["follows"]),
    )


def creek_bank(facts: GroundFacts) -> LineString:
    """The boundary's side along the creek: between its south-western and its eastern corner."""
    xy = facts.corners
    west = Point(xy[np.argmin(xy[:, 0] + xy[:, 1])])
    east = Point(xy[np.argmax(xy[:, 0])])
    return part_of_ring(LineString(facts.boundary.exterior.coords), west, east, near=Point(0, -980))


def _creek_street(facts: GroundFacts, bank: LineString) -> Street:
    row = facts.skeleton["creek_street"]
    inland = facts.boundary.buffer(-float(row["inland"]) - 30).buffer(30)
    ring = LineString(polygons_of(inland)[0].exterior.coords)
    start, end = Point(bank.coords[0]), Point(bank.coords[-1])
    way = shapely.simplify(part_of_ring(ring, start, end, near=Point(0, -940)), 1.0)
    points = shapely.get_coordinates(way)
    before, after = (
        points[0] - [60, 0],
        points[-1] + 60 * (points[-1] - points[-2]) / np.hypot(*(points[-1] - points[-2])),
    )
    return Street(row["name"], "street", float(row["width"]), LineString(np.vstack([before, points, after])))


def _trimmed(streets: list[Street], tail_m: float = 75.0) -> list[Street]:
    """Streets that end where they meet the last street that they cross, with no stub beyond."""
    streets = [
        street
        if street.kind == "arterial"
        else Street(street.name, street.kind, street.width, stretched(street.line, 20.0))
        for street in streets
    ]
    trimmed = []
    for street in streets:
        others = shapely.union_all([other.line for other in streets if other is not street])
        cuts = sorted(street.line.project(point) for point in _points_of(street.line.intersection(others)))
        first, last = 0.0, street.line.length
        if cuts and street.kind != "arterial":
            first = cuts[0] if cuts[0] < tail_m else first
            last = cuts[-1] if last - cuts[-1] < tail_m else last
        trimmed.append(
            Street(
                street.name,
                street.kind,
                street.width,
                stretched(LineString(substring(street.line, first, last).coords)),
            )
        )
    return trimmed


def _creek(facts: GroundFacts, bank: LineString) -> Polygon:
    row = facts.skeleton["creek"]
    xy = shapely.get_coordinates(bank)
    upstream, downstream = xy[0] + [-420, 14], xy[-1] + [150, 190]
    course = LineString(np.vstack([upstream, xy, downstream]))
    water = course.buffer(row["width"] + row["gap"]).difference(facts.boundary.buffer(row["gap"]))
    return polygons_of(water.buffer(-4).buffer(8).buffer(-4).difference(facts.boundary), 20_000)[0]


def walk_along_streets(streets: Streets, walks: Walks) -> None:
    """Sidewalks (人行道) around every block, and crossings (人行横道) between them."""
    frame_edge = largest(shapely.union_all([*streets.blocks, streets.roadway])).exterior.buffer(3.0)
    for block in streets.blocks:
        ring = block.simplify(0.8).buffer(SIDEWALK_IN_M, join_style="mitre", mitre_limit=2.0).exterior
        for piece in lines_of(ring.difference(frame_edge), 6.0):
            walks.add(piece, street=True)
    shore = shapely.STRtree(walks.lines)
    for street in streets.streets:
        for at, signals in _crossing_places(street, streets):
            _cross(street, at, signals, shore, walks)


def _crossing_places(street: Street, streets: Streets) -> list[tuple[float, bool]]:
    """Distances along a street where one crosses it: beside each junction, and between junctions that lie far apart."""
    junctions = []
    for other in streets.streets:
        if other is not street and other.kind != "lane":
            for point in _points_of(street.line.intersection(other.line)):
                junctions.append((street.line.project(point), other.width / 2 + 5.0, other.width))
    junctions.sort()
    signals = street.width >= SIGNALS_FROM_WIDTH_M
    places = [
        (at + side * away, signals and width >= SIGNALS_FROM_WIDTH_M)
        for at, away, width in junctions
        for side in (-1, 1)
    ]
    stops = [0.0, *(at for at, _, _ in junctions), street.line.length]
    for a, b in pairwise(stops):
        count = int((b - a) // CROSSING_EVERY_M)
        places += [(a + (b - a) * (k + 1) / (count + 1), street.kind == "arterial") for k in range(count)]
    return [(at, lit) for at, lit in places if 0 < at < street.line.length]


def _cross(street: Street, at: float, signals: bool, shore: shapely.STRtree, walks: Walks) -> None:
    here, direction = along(street.line, at)
    ends = []
    for side in (1, -1):
        kerb = Point(here + side * left_of(direction) * (street.width / 2 - SIDEWALK_IN_M))
        near = walks.lines[int(shore.nearest(kerb))]
        foot = near.interpolate(near.project(kerb))
        if foot.distance(kerb) > 6.0:
            return
        ends.append(foot)
    flags = Flag.CROSSING | Flag.SIGNALS if signals else Flag.CROSSING
    walks.add(LineString(ends), flags=flags)


def _points_of(shape: BaseGeometry) -> list[Point]:
    return [
        Point(xy)
        for xy in shapely.get_coordinates(shapely.get_parts(shape)[shapely.get_type_id(shapely.get_parts(shape)) == 0])
    ]
