"""Gates (大门、边门): where a wall may open on to a street or lane, and which gates a quarter gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from numpy.typing import NDArray
from shapely import LineString, Polygon

from xiuhua.demo.plan.lines import XY
from xiuhua.demo.plan.sketch import GateSketch
from xiuhua.demo.plan.walks import Walks
from xiuhua.engine.network import Flag

GATE_REACH_M = 13.5
INNER_REACH_M = 5.0
STRAIGHT_OUT = 0.8  # a way out leads away from the wall: its far end is nearly its length away from it
GATE_HALF_WIDTH_M = 2.6
SIDE_GATE_SPACING_M = 62.0
# Side gates (边门): opening hours, None for day and night, and how common each is; the rest is locked for good.
SIDE_HOURS: tuple[tuple[int, int] | None, ...] = ((6, 22), (5, 23), (6, 20), (7, 9), None)
SIDE_ODDS = (0.36, 0.14, 0.10, 0.04, 0.12)
LOCKED_ODDS = 0.24


@dataclass(frozen=True)
class Surroundings:
    """Public ways outside, and the land of all lots, which a gate's way must not cross."""

    ways: NDArray[np.object_]
    way_tree: shapely.STRtree
    lots: NDArray[np.object_]
    lot_tree: shapely.STRtree


def surroundings(walks: Walks, lots: list[Polygon]) -> Surroundings:
    """Index sidewalks, lanes and lots."""
    ways = np.array(walks.public(), object)
    land = np.array([lot.buffer(-0.3) for lot in lots], object)
    return Surroundings(ways, shapely.STRtree(ways), land, shapely.STRtree(land))


def openings(
    inside: Polygon, lot: int, around: Surroundings, blocked: Sequence[Polygon], step_m: float = 4.0
) -> tuple[XY, XY]:
    """Points of the wall where a gate fits, and the point of the public way that each leads to, float64[K, 2] both."""
    wall = LineString(inside.exterior.coords)
    at = np.arange(step_m / 2, wall.length, step_m)
    points = shapely.line_interpolate_point(wall, at)
    which = around.way_tree.nearest(points)
    ways = around.ways[which]
    feet = shapely.line_interpolate_point(ways, shapely.line_locate_point(ways, points))
    links = shapely.linestrings(np.stack([shapely.get_coordinates(points), shapely.get_coordinates(feet)], axis=1))
    good = (shapely.length(links) < GATE_REACH_M) & (shapely.length(links) > 0.5)
    good &= shapely.distance(feet, inside) > STRAIGHT_OUT * shapely.length(links)
    near_corner = shapely.distance(points, shapely.multipoints(shapely.get_coordinates(inside.exterior.simplify(2.0))))
    good &= near_corner > 5.0
    link, other = around.lot_tree.query(links, predicate="intersects")
    good[link[other != lot]] = False
    if len(blocked):
        good &= ~shapely.intersects(links, shapely.union_all(blocked).buffer(0.6))
    return shapely.get_coordinates(points[good]), shapely.get_coordinates(feet[good])


def within_reach(places: tuple[XY, XY], inside: Polygon, ring: Polygon) -> tuple[XY, XY]:
    """Those of the places that lie beside the lane within the wall, with no corner of the wall between."""
    points, feet = places
    gates = shapely.points(points)
    loop = LineString(ring.exterior.coords)
    inner = shapely.line_interpolate_point(loop, shapely.line_locate_point(loop, gates))
    links = shapely.linestrings(np.stack([points, shapely.get_coordinates(inner)], axis=1))
    good = (shapely.length(links) < INNER_REACH_M) & shapely.covers(inside.buffer(0.05), links)
    return points[good], feet[good]


def choose_gates(places: tuple[XY, XY], inside: Polygon, wanted: list[XY], rng: Generator) -> list[GateSketch]:
    """A main gate near one of the `wanted` points (ends of inner lanes), and side gates far from each other."""
    points, feet = places
    if not len(points):
        return []
    pull = np.min([np.hypot(*(points - end).T) for end in wanted], axis=0) if wanted else np.zeros(len(points))
    first = int(np.argmin(pull + rng.gamma(1.2, 9.0, len(points))))
    gates = [GateSketch(points[first], feet[first], True, None, False)]
    more = 1 + int(inside.area > 16_000) + int(inside.area > 26_000) + int(rng.random() < 0.4)
    for _ in range(more):
        away = np.min([np.hypot(*(points - gate.at).T) for gate in gates], axis=0)
        if away.max() < SIDE_GATE_SPACING_M:
            break
        chosen = int(np.argmax(away * rng.uniform(0.55, 1.0, len(points)) - 0.3 * pull))
        if away[chosen] < SIDE_GATE_SPACING_M:
            continue
        gates.append(_side_gate(points[chosen], feet[chosen], rng))
    return gates


def _side_gate(at: XY, outside: XY, rng: Generator) -> GateSketch:
    draw = float(rng.random())
    if draw < LOCKED_ODDS:
        return GateSketch(at, outside, False, None, True)
    steps = np.cumsum(SIDE_ODDS) / sum(SIDE_ODDS)
    hours = SIDE_HOURS[int(np.searchsorted(steps, (draw - LOCKED_ODDS) / (1 - LOCKED_ODDS)))]
    return GateSketch(at, outside, False, hours, False)


def walls_with_gaps(inside: Polygon, gates: list[GateSketch]) -> list[LineString]:
    """The wall (围墙), with a gap at every gate that opens."""
    wall = LineString(inside.exterior.coords)
    opened = [shapely.Point(gate.at).buffer(GATE_HALF_WIDTH_M) for gate in gates if not gate.locked]
    rest = wall.difference(shapely.union_all(opened)) if opened else wall
    merged = shapely.line_merge(rest) if rest.geom_type == "MultiLineString" else rest
    return [part for part in shapely.get_parts(merged) if part.length > 1.0]


def walk_through_gates(gates: list[GateSketch], ring: LineString, walks: Walks) -> None:
    """A way through each gate that opens, from the lane inside the wall to the public way outside."""
    for gate in gates:
        if gate.locked:
            continue
        point = shapely.Point(gate.at)
        foot = shapely.get_coordinates(ring.interpolate(ring.project(point)))[0]
        walks.add(LineString([foot, gate.at, gate.outside]), flags=Flag.GATE, hours=gate.hours)
