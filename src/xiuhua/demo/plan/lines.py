"""Lines and polygons in metres: smoothing, cutting, offsets. What several rooms of the demonstration draw with."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

XY = NDArray[np.float64]


def polygons_of(shape: BaseGeometry, at_least_m2: float = 0.0) -> list[Polygon]:
    """The polygons that a geometry is made of, those at least so large, from west to east."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and part.area > at_least_m2]
    return sorted(parts, key=lambda part: tuple(round(value, 2) for value in part.bounds))


def lines_of(shape: BaseGeometry, at_least_m: float = 0.0) -> list[LineString]:
    """The lines that a geometry is made of, those at least so long, in a stable order."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, LineString) and part.length > at_least_m]
    return sorted(parts, key=lambda part: tuple(round(value, 2) for value in part.bounds))


def largest(shape: BaseGeometry) -> Polygon:
    """The largest polygon of a geometry, an empty one if it has none."""
    parts = polygons_of(shape)
    return max(parts, key=lambda part: part.area) if parts else Polygon()


def inset(shape: Polygon, by_m: float) -> Polygon:
    """The largest part of a polygon that lies so far within its edge, corners kept sharp."""
    with np.errstate(divide="ignore", invalid="ignore"):  # GEOS divides by the length of edges that it then drops
        return largest(shape.simplify(0.05).buffer(-by_m, join_style="mitre", mitre_limit=2.5))


def smoothed(points: Iterable[Iterable[float]], step_m: float = 18.0) -> LineString:
    """A line through the points, bent like a street and not broken like a ruler (Catmull-Rom)."""
    p = np.asarray(list(points), np.float64)
    padded = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    pieces = []
    for a, b, c, d in zip(padded[:-3], padded[1:-2], padded[2:-1], padded[3:], strict=True):
        t = np.linspace(0, 1, max(2, math.ceil(float(np.hypot(*(c - b))) / step_m)), endpoint=False)[:, None]
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    line = LineString(np.vstack([*pieces, p[-1:]]))
    return _as_line(shapely.simplify(line, 0.5))


def part_of_ring(ring: LineString, start: Point, end: Point, near: Point) -> LineString:
    """The way along a closed ring from near `start` to near `end`, that one of the two that passes by `near`."""
    a, b = ring.project(start), ring.project(end)
    direct = substring(ring, min(a, b), max(a, b))
    rest = [*substring(ring, max(a, b), ring.length).coords, *list(substring(ring, 0, min(a, b)).coords)[1:]]
    other = LineString(rest)
    chosen = _as_line(direct) if direct.distance(near) < other.distance(near) else other
    first = Point(chosen.coords[0])
    return chosen if first.distance(start) < first.distance(end) else _as_line(chosen.reverse())


def stretched(line: LineString, by_m: float = 0.3) -> LineString:
    """The line made longer at both ends, so that rounding cannot part it from what it ends at."""
    xy = shapely.get_coordinates(line)
    first, last = xy[0] - xy[1], xy[-1] - xy[-2]
    return LineString(np.vstack([xy[0] + first / np.hypot(*first) * by_m, xy, xy[-1] + last / np.hypot(*last) * by_m]))


def along(line: LineString, distance: float, step: float = 2.0) -> tuple[XY, XY]:
    """A point of the line and the unit vector along it there."""
    a = shapely.get_coordinates(line.interpolate(max(0.0, distance - step)))[0]
    b = shapely.get_coordinates(line.interpolate(min(line.length, distance + step)))[0]
    here = shapely.get_coordinates(line.interpolate(distance))[0]
    return here, (b - a) / max(1e-9, float(np.hypot(*(b - a))))


def left_of(direction: XY) -> XY:
    """The unit vector to the left of a direction."""
    return np.array([-direction[1], direction[0]])


def long_axis(shape: Polygon) -> tuple[XY, float, float]:
    """Direction of the longer side of the smallest rectangle around a shape, and the rectangle's length and width."""
    corners = shapely.get_coordinates(shape.minimum_rotated_rectangle)[:4]
    a, b = corners[1] - corners[0], corners[2] - corners[1]
    if np.hypot(*a) < np.hypot(*b):
        a, b = b, a
    length, width = float(np.hypot(*a)), float(np.hypot(*b))
    direction = a / max(length, 1e-9)
    return (direction if direction[0] > 0 or (direction[0] == 0 and direction[1] > 0) else -direction), length, width


def crossings_of(rings: list[XY], level: float, axis: int = 1) -> list[tuple[float, float]]:
    """Intervals in which a straight line at `level` lies inside a polygon given by its rings (even-odd).

    `axis` 1 is a horizontal line at y = level (intervals of x), 0 a vertical one at x = level (intervals of y).
    """
    other = 1 - axis
    found: list[float] = []
    for ring in rings:
        a, b = ring[:-1], ring[1:]
        hit = (a[:, axis] <= level) != (b[:, axis] <= level)
        share = (level - a[hit, axis]) / (b[hit, axis] - a[hit, axis])
        found.extend((a[hit, other] + share * (b[hit, other] - a[hit, other])).tolist())
    found.sort()
    return list(zip(found[::2], found[1::2], strict=False))


def common(first: list[tuple[float, float]], second: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Where both lists of intervals hold."""
    cut = [(max(a, c), min(b, d)) for a, b in first for c, d in second]
    return [(a, b) for a, b in cut if b > a]


def rings_of(shape: BaseGeometry) -> list[XY]:
    """Coordinates of the exteriors and the holes of a polygon or several."""
    return [np.asarray(ring.coords) for part in polygons_of(shape) for ring in (part.exterior, *part.interiors)]


def rectangle(centre: XY, direction: XY, length: float, depth: float) -> Polygon:
    """A rectangle around a point, its length along the direction."""
    a, b = direction * length / 2, left_of(direction) * depth / 2
    return Polygon([centre - a - b, centre + a - b, centre + a + b, centre - a + b])


def slice_off(shape: Polygon, area_m2: float, end: int) -> tuple[Polygon, Polygon]:
    """Cut a piece of about the area from one end (+1 or -1) of a polygon, across its long axis: piece and remainder."""
    direction, length, _ = long_axis(shape)
    direction = direction * end
    side = left_of(direction) * 5000
    reach = shapely.get_coordinates(shape) @ direction
    low, high = float(reach.max() - length), float(reach.max())
    centre = shapely.get_coordinates(shape.centroid)[0]
    base = centre - direction * float(centre @ direction)
    for _ in range(22):
        middle = (low + high) / 2
        foot = base + direction * middle
        half = Polygon([foot - side, foot + side, foot + side + direction * 9000, foot - side + direction * 9000])
        if shape.intersection(half).area > area_m2:
            low = middle
        else:
            high = middle
    return largest(shape.intersection(half)), largest(shape.difference(half))


def _as_line(shape: BaseGeometry) -> LineString:
    if not isinstance(shape, LineString):
        raise ValueError(f"a line was expected, not a {shape.geom_type}")
    return shape
