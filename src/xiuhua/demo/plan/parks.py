"""The large park with its lake and the university's campus: walled land with few gates and many paths."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.random import Generator
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from xiuhua.demo.plan.gates import Surroundings, openings, walk_through_gates, walls_with_gaps
from xiuhua.demo.plan.lines import XY, inset, largest, left_of, lines_of, smoothed
from xiuhua.demo.plan.lots import Lot
from xiuhua.demo.plan.rows import Recipe, facing_south, lay_rows
from xiuhua.demo.plan.sketch import BuildingSketch, FeatureSketch, GateSketch, Sketch, YardSketch
from xiuhua.demo.plan.yards import fitted
from xiuhua.engine.network import Flag

PARK_HOURS = (5, 21)
CAMPUS_HOURS = (6, 23)
CAMPUS = Recipe((13.0, 19.0), (34.0, 62.0), (1,), (1.0,), (16.0, 28.0), (40.0, 54.0), 0.16)


def draw_park(sketch: Sketch, name: str, lot: Lot, around: Surroundings, rng: Generator) -> None:
    """Draw the park: lake with an island, a way around each, and ways between them; gates shut at night."""
    land = lot.shape
    inside = inset(land, 1.5)
    west, south, east, north = land.bounds
    lake = _lake(np.array([west + 0.47 * (east - west), south + 0.47 * (north - south)]), 185.0, 128.0, rng)
    lake = largest(lake.intersection(land.buffer(-55)))
    island = _lake(shapely.get_coordinates(lake.representative_point())[0] + [45, 18], 26.0, 17.0, rng)
    loop = LineString(inside.buffer(-12).buffer(-25).buffer(25).exterior.coords)
    shore = LineString(lake.buffer(9).exterior.simplify(0.8).coords)
    gates = _gates(inside, lot, around, [(0.42, 1.0), (0.0, 0.93), (0.0, 0.35), (1.0, 0.62), (0.62, 0.0)], PARK_HOURS)
    sketch.features += [
        FeatureSketch("green", name, land),
        FeatureSketch("water", "银锄湖", lake.difference(island)),
        *(FeatureSketch("wall", "", wall) for wall in walls_with_gaps(inside, gates)),
    ]
    yard = YardSketch("park", land, lot.index, gates[0].outside, name=name)
    sketch.yards.append(yard)
    _note_gates(sketch, gates, name)
    walk_through_gates(gates, loop, sketch.walks)
    for way in (loop, shore, *_spokes(loop, shore, gates, rng)):
        sketch.walks.add(way)
        sketch.features.append(FeatureSketch("path", "", way))
    ways = shapely.union_all([loop, shore]).buffer(7)
    room = land.buffer(-22).difference(lake.buffer(16)).difference(ways)
    _pavilions(sketch, room, lot.index, yard, rng)


def draw_campus(sketch: Sketch, name: str, lot: Lot, around: Surroundings, rng: Generator) -> None:
    """Draw the campus: its river from north to south, halls in rows, lawns, ways on a loose grid with two bridges."""
    land = lot.shape
    inside = inset(land, 1.5)
    river = _river(land, rng)
    ring = inset(inside, 6)
    lawn = fitted(land.buffer(-60), 150, 84, shapely.get_coordinates(land.centroid)[0] + (140, 60))
    track = fitted(
        land.buffer(-30), 160, 88, np.array([land.bounds[0] + 150, land.bounds[3] - 150]), np.array([0.0, 1.0])
    )
    track = track.buffer(-28).buffer(28)
    room = inside.buffer(-14).difference(shapely.union_all([river.buffer(9), lawn.buffer(5), track.buffer(6)]))
    rows = lay_rows(room, ring, facing_south(inside, rng), CAMPUS, rng)
    gates = _gates(inside, lot, around, [(1.0, 0.52), (0.0, 0.42), (0.6, 1.0), (0.45, 0.0)], CAMPUS_HOURS)
    sketch.features += [
        FeatureSketch("campus", name, land),
        FeatureSketch("water", "丽娃河", river),
        FeatureSketch("green", "", lawn.difference(river)),
        FeatureSketch("green", "操场", track),
        *(FeatureSketch("wall", "", wall) for wall in walls_with_gaps(inside, gates)),
    ]
    loop = LineString(ring.exterior.coords)
    _note_gates(sketch, gates, name)
    walk_through_gates(gates, loop, sketch.walks)
    yard = YardSketch("campus", land, lot.index, gates[0].outside, name=name)
    sketch.yards.append(yard)
    for slab in rows.slabs:
        yard.buildings.append(len(sketch.buildings))
        levels, year = int(rng.choice([3, 4, 5, 6, 10])), int(rng.integers(1951, 2012))
        sketch.buildings.append(
            BuildingSketch(
                "campus", "public", slab.outline, [slab.doors[0]], levels, lot.index, year=year, structure="混合"
            )
        )
    _campus_ways(
        sketch, loop, list(rows.paths), river, shapely.union_all([slab.outline for slab in rows.slabs]).buffer(0.8)
    )


def _lake(centre: XY, across: float, up: float, rng: Generator) -> Polygon:
    """A shore with bays: an ellipse bent by a few waves."""
    turn = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    radius = np.ones_like(turn)
    for wave in (2, 3, 4, 5):
        radius += 0.34 / wave * np.cos(wave * turn + rng.uniform(0, 2 * np.pi))
    points = centre + np.column_stack([np.cos(turn) * across, np.sin(turn) * up]) * radius[:, None]
    return largest(Polygon(points).buffer(0).buffer(-6).buffer(12).buffer(-6))


def _river(land: Polygon, rng: Generator) -> Polygon:
    west, south, east, north = land.buffer(-45).bounds
    at = np.linspace(south + 0.04 * (north - south), north - 0.16 * (north - south), 7)
    x = west + 0.44 * (east - west) + np.cumsum(rng.normal(0, 9, 7)) + 0.03 * (at - south)
    return largest(smoothed(np.column_stack([x, at])).buffer(11).intersection(land.buffer(-25)))


def _gates(
    inside: Polygon, lot: Lot, around: Surroundings, wanted: list[tuple[float, float]], hours: tuple[int, int]
) -> list[GateSketch]:
    """A gate near each wanted point (share of the bounds from west and south); the first is the main gate."""
    points, feet = openings(inside, lot.index, around, [])
    west, south, east, north = inside.bounds
    gates: list[GateSketch] = []
    for share_x, share_y in wanted:
        goal = np.array([west + share_x * (east - west), south + share_y * (north - south)])
        k = int(np.argmin(np.hypot(*(points - goal).T)))
        gates.append(GateSketch(points[k], feet[k], not gates, hours, False))
    return gates


def _note_gates(sketch: Sketch, gates: list[GateSketch], name: str) -> None:
    for number, gate in enumerate(gates, 1):
        sketch.features.append(FeatureSketch("gate", f"{name}{number}号门", shapely.Point(gate.at)))


def _spokes(loop: LineString, shore: LineString, gates: list[GateSketch], rng: Generator) -> list[LineString]:
    """Bent ways from the park's outer way to the shore, one from each gate and some between."""
    starts = [loop.project(shapely.Point(gate.at)) for gate in gates]
    starts += [float(at) for at in np.arange(0.5, 9) / 9 * loop.length + rng.normal(0, 20, 9)]
    spokes = []
    for at in starts:
        a = shapely.get_coordinates(loop.interpolate(at % loop.length))[0]
        b = shapely.get_coordinates(shore.interpolate(shore.project(shapely.Point(a))))[0]
        if np.hypot(*(b - a)) > 35:
            bend = left_of((b - a) / np.hypot(*(b - a))) * float(rng.normal(0, 0.10)) * np.hypot(*(b - a))
            spokes.append(smoothed([a, (a + b) / 2 + bend, b]))
    return spokes


def _pavilions(sketch: Sketch, room: BaseGeometry, lot: int, yard: YardSketch, rng: Generator) -> None:
    west, south, east, north = room.bounds
    ways = shapely.union_all(sketch.walks.lines[-24:]).buffer(3)
    placed: list[Polygon] = []
    for _ in range(260):
        at = np.array([rng.uniform(west, east), rng.uniform(south, north)])
        shape = fitted(
            shapely.box(*(at - 40), *(at + 40)),
            float(rng.uniform(14, 40)),
            float(rng.uniform(10, 22)),
            at,
            np.array([1.0, 0.0]),
        )
        if (
            room.contains(shape)
            and not shape.intersects(ways)
            and not any(shape.distance(other) < 60 for other in placed)
        ):
            placed.append(shape)
            door = np.array([at[0], shape.bounds[1] - 0.4])
            yard.buildings.append(len(sketch.buildings))
            sketch.buildings.append(
                BuildingSketch("public", "public", shape, [door], int(rng.choice([1, 1, 2])), lot, year=1959)
            )
        if len(placed) == 8:
            return


def _campus_ways(
    sketch: Sketch, loop: LineString, paths: list[LineString], river: Polygon, taken: BaseGeometry
) -> None:
    sketch.walks.add(loop)
    over = [path for path in paths if path.intersects(river) and path.length > 150]
    bridges = {id(over[len(over) // 3]), id(over[2 * len(over) // 3])} if over else set()
    for path in paths:
        free = path.difference(taken)
        water = river if id(path) in bridges else river.buffer(3)
        for part in lines_of(free.difference(water), 4.0):
            sketch.walks.add(part)
            sketch.features.append(FeatureSketch("path", "", part))
        if id(path) in bridges:
            for part in lines_of(free.intersection(river), 1.0):
                sketch.walks.add(part, flags=Flag.BRIDGE)
                sketch.features.append(FeatureSketch("path", "", part))
