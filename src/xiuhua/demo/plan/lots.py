"""Lots: what lanes (弄) and shared walls leave of the cells between the streets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from xiuhua.demo.plan.ground_facts import GroundFacts
from xiuhua.demo.plan.lines import largest, left_of, lines_of, long_axis, polygons_of, stretched
from xiuhua.demo.plan.streets import Streets
from xiuhua.demo.plan.walks import Walks

LANE_WIDTH_M = 9.0
WALL_WIDTH_M = 1.0
SMALLEST_LOT_M2 = 1500.0


@dataclass(frozen=True)
class Lot:
    """A lot (地块): `shape` is the land inside the red lines, `cell` the part of the territory that it stands for."""

    index: int
    shape: Polygon
    cell: Polygon
    kind: str


@dataclass(frozen=True)
class Lots:
    """All lots, the lanes between them, and the lines of shared walls."""

    lots: tuple[Lot, ...]
    cells: tuple[Polygon, ...]
    lanes: tuple[LineString, ...]
    open_land: BaseGeometry


def draw_lots(facts: GroundFacts, streets: Streets, rng: Generator) -> Lots:
    """Divide the cells by lanes until a lot is the size of a walled quarter (小区), here and there by a shared wall."""
    park, campus = (Point(facts.skeleton[name]["at"]) for name in ("park", "campus"))
    lanes: list[LineString] = []
    walls: list[LineString] = []
    for cell in streets.cells:
        if not (cell.contains(park) or cell.contains(campus) or _is_bank(cell, streets)):
            _divide(cell, float(rng.uniform(25_000, 42_000)), rng, lanes, walls)
    borders = [cell.exterior for cell in streets.cells]
    net = shapely.union_all([*borders, *lanes, *walls], grid_size=0.01)
    cells = polygons_of(shapely.polygonize(lines_of(net)))
    taken = shapely.union_all(
        [
            streets.roadway,
            *(lane.buffer(LANE_WIDTH_M / 2) for lane in lanes),
            *(wall.buffer(WALL_WIDTH_M / 2) for wall in walls),
        ]
    )
    shapely.prepare(taken)
    lots: list[Lot] = []
    for cell in cells:
        shape = largest(cell.difference(taken).buffer(-2).buffer(2, join_style="mitre"))
        if shape.area < SMALLEST_LOT_M2:
            continue
        kind = "park" if cell.contains(park) else "campus" if cell.contains(campus) else ""
        kind = kind or ("bank" if _is_bank(cell, streets) else "plain")
        lots.append(Lot(len(lots), shape, cell, kind))
    return Lots(tuple(lots), tuple(cells), tuple(lanes), taken)


def walk_along_lanes(lots: Lots, streets: Streets, walks: Walks) -> None:
    """People walk in the middle of a lane, from the sidewalk at one end to the sidewalk at the other."""
    land = shapely.union_all([block.buffer(1.65, join_style="mitre", mitre_limit=2.0) for block in streets.blocks])
    shapely.prepare(land)
    for lane in lots.lanes:
        for piece in lines_of(lane.intersection(land), 4.0):
            walks.add(piece, street=True)


def _is_bank(cell: Polygon, streets: Streets) -> bool:
    return bool(cell.intersection(streets.bank.buffer(40)).area > 0.95 * cell.area)


def _divide(cell: Polygon, target_m2: float, rng: Generator, lanes: list[LineString], walls: list[LineString]) -> None:
    if cell.area < target_m2 * 1.35:
        return
    for _ in range(8):
        cut = _cut_line(cell, rng)
        halves = polygons_of(shapely.polygonize(lines_of(shapely.union_all([cell.exterior, cut], grid_size=0.01))))
        if len(halves) == 2 and min(half.area for half in halves) > 0.28 * cell.area:
            break
    else:
        return
    last = cell.area < target_m2 * 2.2
    (walls if last and rng.random() < 0.30 else lanes).append(cut)
    for half in halves:
        _divide(half, target_m2 * float(rng.uniform(0.85, 1.15)), rng, lanes, walls)


def _cut_line(cell: Polygon, rng: Generator) -> LineString:
    """A slightly bent line across the long axis of the cell."""
    direction, length, width = long_axis(cell)
    if length < 1.25 * width and rng.random() < 0.4:
        direction, length = left_of(direction), width
    turn = rng.normal(0, 0.05)
    across = left_of(direction) @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    middle = shapely.get_coordinates(cell.centroid)[0] + direction * length * rng.uniform(-0.10, 0.10)
    bend = direction * rng.normal(0, 5.0)
    reach = across * 900
    whole = LineString(
        [middle - reach, middle - across * 0.2 * width + bend, middle + across * 0.2 * width + bend, middle + reach]
    )
    inside = lines_of(whole.intersection(cell))
    return stretched(max(inside, key=lambda part: part.length)) if inside else whole
