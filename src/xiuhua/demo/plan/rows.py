"""Rows of slabs (行列式) facing south: how housing fills a walled quarter."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.random import Generator
from shapely import LineString, Polygon, affinity
from shapely.geometry.base import BaseGeometry

from xiuhua.demo.plan.lines import XY, common, crossings_of, long_axis, rings_of

DOOR_IN_FRONT_M = 0.3
PATH_IN_FRONT_M = 3.2
CORRIDOR_M = 7.0


@dataclass(frozen=True)
class Recipe:
    """How slabs of a kind stand: metres, low and high.

    `unit` is the length of one stairwell's part, `units` how many parts a slab has with what odds, `skip` how often one
    is left out.
    """

    depth: tuple[float, float]
    unit: tuple[float, float]
    units: tuple[int, ...]
    odds: tuple[float, ...]
    gap: tuple[float, float]
    pitch: tuple[float, float]
    skip: float = 0.05
    bump_m: float = 0.0


@dataclass(frozen=True)
class Slab:
    """A slab with the doors of its stairwells on its north side."""

    outline: Polygon
    doors: tuple[XY, ...]


@dataclass(frozen=True)
class Rows:
    """Slabs, the paths in front of them and between them, and the distance from row to row."""

    slabs: tuple[Slab, ...]
    paths: tuple[LineString, ...]
    pitch_m: float


def facing_south(shape: Polygon, rng: Generator) -> float:
    """Angle of the rows, radians: along the side of the lot that runs nearest to east-west, at most 17 degrees off."""
    direction, _, _ = long_axis(shape)
    angle = math.atan2(direction[1], direction[0])
    angle = (angle + math.pi / 4) % (math.pi / 2) - math.pi / 4
    return float(np.clip(angle, -0.30, 0.30) + rng.normal(0, 0.008))


def lay_rows(
    room: BaseGeometry, ring: Polygon, angle: float, recipe: Recipe, rng: Generator, margin: float = 0.0
) -> Rows:
    """Fill `room` with rows; paths run from side to side of `ring`, the way inside the wall.

    Both polygons are in metres; `angle` turns the rows from due east. Every slab lies wholly within `room`.
    """
    origin = room.centroid
    turned = affinity.rotate(room, -angle, origin, use_radians=True)
    loop = affinity.rotate(ring, -angle, origin, use_radians=True)
    corridors = _corridors(turned, rng)
    depth = float(rng.uniform(*recipe.depth))
    pitch = float(rng.uniform(*recipe.pitch))
    slabs: list[tuple[Polygon, list[tuple[float, float]]]] = []
    ways: list[LineString] = []
    outer, inner = rings_of(turned), rings_of(loop)
    low, high = turned.bounds[1], turned.bounds[3]
    level = low + margin + float(rng.uniform(0.2, 3.0))
    while level + depth < high - 1.0:
        row = _row(outer, level, depth, corridors, recipe, rng)
        slabs += row
        if row:
            north = level + depth + PATH_IN_FRONT_M
            ways += [LineString([(a, north), (b, north)]) for a, b in crossings_of(inner, north) if b - a > 12]
        level += pitch * float(rng.uniform(0.97, 1.05)) if row else 4.0
    for x in corridors:
        ways += [LineString([(x, a), (x, b)]) for a, b in crossings_of(inner, x, axis=0) if b - a > 12]
    shapely.prepare(turned)
    kept = [slab for slab in slabs if turned.covers(slab[0])]
    back = [affinity.rotate(outline, angle, origin, use_radians=True) for outline, _ in kept]
    doors = [_turn(np.array(points), angle, origin) for _, points in kept]
    return Rows(
        tuple(Slab(outline, tuple(points)) for outline, points in zip(back, doors, strict=True)),
        tuple(affinity.rotate(way, angle, origin, use_radians=True) for way in ways),
        pitch - depth,
    )


def _corridors(turned: BaseGeometry, rng: Generator) -> list[float]:
    west, _, east, _ = turned.bounds
    count = round((east - west) / 105 - 0.2)
    if count == 0:
        return []
    step = (east - west) / (count + 1) if count == 1 else (east - west) / count
    first = west + step * (1.0 if count == 1 else 0.5)
    return [first + k * step + float(rng.normal(0, 6)) for k in range(count)]


def _row(
    rings: list[XY], level: float, depth: float, corridors: list[float], recipe: Recipe, rng: Generator
) -> list[tuple[Polygon, list[tuple[float, float]]]]:
    free = crossings_of(rings, level - recipe.bump_m)
    for share in (0.35, 0.7, 1.0):
        free = common(free, crossings_of(rings, level + share * depth + recipe.bump_m * share))
    bounds = [-math.inf, *corridors, math.inf]
    between = [(a + CORRIDOR_M / 2, b - CORRIDOR_M / 2) for a, b in pairwise(bounds)]
    row = []
    for start, end in common(free, between):
        row += _fill(start + 0.2, end - 0.2, level, depth, recipe, rng)
    return row


def _fill(
    start: float, end: float, level: float, depth: float, recipe: Recipe, rng: Generator
) -> list[tuple[Polygon, list[tuple[float, float]]]]:
    """Slabs side by side from `start` to `end`; what is left over goes into the gaps."""
    unit = float(rng.uniform(*recipe.unit))
    counts: list[int] = []
    used = 0.0
    while True:
        room = end - start - used - (recipe.gap[0] if counts else 0.0)
        count = min(int(rng.choice(recipe.units, p=recipe.odds)), int(room // unit))
        if count < min(recipe.units):
            break
        used += count * unit + (recipe.gap[0] if counts else 0.0)
        counts.append(count)
    spare = end - start - used
    ease = min(spare / max(1, len(counts)), float(rng.uniform(*recipe.gap)) - recipe.gap[0])
    x = start + (spare - ease * max(0, len(counts) - 1)) * float(rng.uniform(0.1, 0.9))
    laid = []
    for count in counts:
        length = count * unit
        if rng.random() >= recipe.skip:
            laid.append(_slab(x, level + float(rng.normal(0, 0.3)), length, depth, count, recipe, rng))
        x += length + recipe.gap[0] + ease
    return laid


def _slab(
    x: float, y: float, length: float, depth: float, count: int, recipe: Recipe, rng: Generator
) -> tuple[Polygon, list[tuple[float, float]]]:
    unit = length / count
    doors = [(x + (k + 0.5) * unit, y + depth + recipe.bump_m + DOOR_IN_FRONT_M) for k in range(count)]
    if recipe.bump_m:
        return _pointed(x, y, length, depth, count, recipe.bump_m), doors
    if count >= 3 and rng.random() < 0.35:
        split, shift = x + unit * int(rng.integers(1, count)), float(rng.choice([-1.2, 1.2]))
        y2 = y + min(0.0, shift)
        outline = [
            (x, y),
            (split, y),
            (split, y2),
            (x + length, y2),
            (x + length, y2 + depth),
            (split, y2 + depth),
            (split, y + depth),
            (x, y + depth),
        ]
        if shift > 0:
            outline = [
                (x, y),
                (split, y),
                (split, y),
                (x + length, y),
                (x + length, y + depth - 1.2),
                (split, y + depth - 1.2),
                (split, y + depth),
                (x, y + depth),
            ]
        return Polygon(outline).buffer(0), doors
    return shapely.box(x, y, x + length, y + depth), doors


def _pointed(x: float, y: float, length: float, depth: float, count: int, bump: float) -> Polygon:
    """A tower's outline: recessed corners to the south, a core that stands out to the north of each unit."""
    unit = length / count
    parts = [shapely.box(x, y, x + length, y + depth)]
    for k in range(count):
        middle = x + (k + 0.5) * unit
        parts.append(shapely.box(middle - unit * 0.2, y + depth - 1, middle + unit * 0.2, y + depth + bump))
        parts.append(shapely.box(middle - unit * 0.34, y - bump, middle + unit * 0.34, y + 1))
    outline = shapely.union_all(parts)
    if not isinstance(outline, Polygon):
        raise ValueError("a tower's parts must join")
    return outline


def _turn(points: XY, angle: float, origin: shapely.Point) -> list[XY]:
    centre = np.array([origin.x, origin.y])
    c, s = math.cos(angle), math.sin(angle)
    return list((points - centre) @ np.array([[c, s], [-s, c]]) + centre)
