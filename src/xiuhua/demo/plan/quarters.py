"""Walled quarters (小区): land, wall, gates, inner lanes, gardens and rows of housing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from shapely import LineString, Polygon, affinity

from xiuhua.demo.plan.gates import (
    Surroundings,
    choose_gates,
    openings,
    walk_through_gates,
    walls_with_gaps,
    within_reach,
)
from xiuhua.demo.plan.lines import XY, inset, largest, lines_of
from xiuhua.demo.plan.rows import Recipe, Rows, facing_south, lay_rows
from xiuhua.demo.plan.shops import shop_strips
from xiuhua.demo.plan.sketch import BuildingSketch, FeatureSketch, QuarterSketch, Sketch
from xiuhua.demo.plan.streets import Streets
from xiuhua.demo.plan.yards import fitted

RING_IN_M = 3.2
ROOM_IN_M = 6.4
SMALLEST_M2 = 2500.0

RECIPES: dict[str, Recipe] = {
    "village": Recipe((9.6, 11.0), (13.0, 16.0), (2, 3, 4), (0.58, 0.34, 0.08), (6.0, 9.0), (22.0, 26.0), 0.01),
    "terrace": Recipe((10.4, 12.0), (14.5, 18.0), (2, 3), (0.66, 0.34), (7.0, 11.0), (25.0, 29.0), 0.02),
    "lane": Recipe((8.4, 9.6), (7.5, 9.5), (3, 4, 5, 6), (0.2, 0.3, 0.3, 0.2), (4.0, 5.5), (15.5, 17.5), 0.02),
    "slab": Recipe((13.5, 15.5), (21.0, 26.0), (1, 2, 3), (0.35, 0.45, 0.20), (12.0, 18.0), (37.0, 44.0), 0.04, 1.6),
    "point": Recipe((18.0, 21.0), (25.0, 31.0), (1,), (1.0,), (15.0, 22.0), (42.0, 50.0), 0.04, 2.4),
}


@dataclass(frozen=True)
class QuarterStyle:
    """What the buildings of a quarter have in common."""

    recipe: str
    levels: tuple[int, ...]
    homes_per_floor: tuple[int, ...]
    year: int
    structure: str


def quarter_style(kind: str, rng: Generator) -> QuarterStyle:
    """Draw a style for a quarter of walk-ups (walkup), towers (tower) or lane houses (lane)."""
    if kind == "lane":
        return QuarterStyle("lane", (2, 3), (1, 2), int(rng.integers(1926, 1949)), "砖木")
    if kind == "tower":
        year = int(rng.integers(1994, 2017))
        if rng.random() < 0.42:
            low = int(rng.choice([11, 12, 14, 16]))
            return QuarterStyle("slab", (low, low + 2), (2, 3), year, "钢筋混凝土剪力墙")
        low = int(rng.choice([16, 18, 22, 24, 28, 31]))
        return QuarterStyle("point", (low, min(33, low + 3)), (4, 6), year, "钢筋混凝土剪力墙")
    draw = float(rng.random())
    if draw < 0.24:
        return QuarterStyle("village", (3, 4, 5), (3, 4), int(rng.integers(1953, 1968)), "砖混")
    if draw < 0.78:
        return QuarterStyle("village", (5, 6, 6), (2, 3, 4), int(rng.integers(1976, 1990)), "砖混")
    return QuarterStyle("terrace", (6, 6, 6, 7), (2, 2, 3), int(rng.integers(1989, 2003)), "混合")


def draw_quarter(
    sketch: Sketch, kind: str, lot: int, land: Polygon, streets: Streets, around: Surroundings, rng: Generator
) -> None:
    """Draw one quarter on its land: shops on the street side, wall and gates, inner lanes, a garden, rows."""
    style = quarter_style(kind, rng)
    shops = shop_strips(land, streets, 0.5 if kind == "walkup" else 0.28, rng)
    rest = inset(land, 1.0).difference(
        shapely.union_all([shop.outline for shop in shops]).buffer(1.2, join_style="mitre")
    )
    inside = largest(inset(largest(rest), 7.0).buffer(7.0, join_style="mitre", mitre_limit=2.5).intersection(rest))
    ring = inset(inside, RING_IN_M)
    blocked = [*(shop.outline for shop in shops), *(yard.land for yard in sketch.yards if yard.lot == lot)]
    places = (np.empty((0, 2)), np.empty((0, 2)))
    if inside.area > SMALLEST_M2:
        places = within_reach(openings(inside, lot, around, blocked), inside, ring)
    if not len(places[0]):
        sketch.features.append(FeatureSketch("green", "", land))
        return
    angle = facing_south(inside, rng)
    room = inset(inside, ROOM_IN_M)
    garden = _garden(room, angle, kind, rng)
    rows = lay_rows(room.difference(garden.buffer(3.0)), ring, angle, RECIPES[style.recipe], rng)
    quarter = QuarterSketch(len(sketch.quarters), lot, kind, land, inside, year=style.year, pitch_m=rows.pitch_m)
    quarter.gates = choose_gates(places, inside, _ends(rows.paths, inside), rng)
    quarter.gardens = [garden] if not garden.is_empty else []
    sketch.quarters.append(quarter)
    for shop in shops:
        shop.lot = lot
        shop.year = style.year
        sketch.buildings.append(shop)
    _build(sketch, quarter, style, rows, rng)
    for garden in quarter.gardens:
        ways = shapely.union_all(list(rows.paths)).buffer(1.8)
        _activity_room(sketch, quarter, largest(garden.buffer(-1.0).difference(ways)), angle, rng)
    _walk(sketch, quarter, ring, rows)
    sketch.features += [FeatureSketch("wall", "", wall) for wall in walls_with_gaps(inside, quarter.gates)]
    sketch.features += [FeatureSketch("green", "", garden) for garden in quarter.gardens]


def _garden(room: Polygon, angle: float, kind: str, rng: Generator) -> Polygon:
    """The quarter's garden (中心绿地), near its middle; small quarters have none."""
    if room.area < (9_000 if kind == "tower" else 11_000) or kind == "lane":
        return Polygon()
    x, y = shapely.get_coordinates(room.representative_point())[0] + rng.normal(0, 8, 2)
    width, height = (
        (rng.uniform(30, 48), rng.uniform(22, 34)) if kind == "tower" else (rng.uniform(22, 36), rng.uniform(15, 22))
    )
    plot = affinity.rotate(
        shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2), angle, use_radians=True
    )
    return largest(plot.buffer(-4).buffer(4).intersection(room))


def _ends(paths: tuple[LineString, ...], inside: Polygon) -> list[XY]:
    """Ends of inner lanes that come near the wall: where a gate is natural."""
    if not paths:
        return []
    xy = shapely.get_coordinates([shapely.get_point(path, k) for path in paths for k in (0, -1)])
    near = shapely.distance(shapely.points(xy), inside.exterior) < RING_IN_M + 1.5
    return list(xy[near])


def _build(sketch: Sketch, quarter: QuarterSketch, style: QuarterStyle, rows: Rows, rng: Generator) -> None:
    homes = int(rng.choice(style.homes_per_floor))
    for slab in rows.slabs:
        per_floor = homes if rng.random() < 0.8 else int(rng.choice(style.homes_per_floor))
        use = "mixed" if quarter.kind == "tower" and rng.random() < 0.06 else "residential"
        sketch.buildings.append(
            BuildingSketch(
                quarter.kind,
                use,
                slab.outline,
                list(slab.doors),
                int(rng.choice(style.levels)),
                quarter.lot,
                quarter.index,
                per_floor,
                style.year + int(rng.integers(0, 3)),
                style.structure,
                pitch_m=rows.pitch_m,
            )
        )


def _activity_room(sketch: Sketch, quarter: QuarterSketch, plot: Polygon, angle: float, rng: Generator) -> None:
    """A small house in the garden: property office (物业) and activity room (活动室)."""
    room = fitted(
        plot,
        float(rng.uniform(11, 15)),
        float(rng.uniform(7, 9)),
        direction=np.array([np.cos(angle), np.sin(angle)]),
    )
    if room.area > 30:
        front = shapely.get_coordinates(room)[:2].mean(axis=0)
        away = front - shapely.get_coordinates(room.centroid)[0]
        door = front + away / np.hypot(*away) * 0.3
        levels = int(rng.choice([1, 2]))
        sketch.buildings.append(
            BuildingSketch("service", "public", room, [door], levels, quarter.lot, quarter.index, year=quarter.year + 8)
        )


def _walk(sketch: Sketch, quarter: QuarterSketch, ring: Polygon, rows: Rows) -> None:
    loop = LineString(ring.exterior.coords)
    taken = shapely.union_all([slab.outline for slab in rows.slabs]).buffer(0.8)
    paths = [part for way in rows.paths for part in lines_of(way.difference(taken), 3.0)]
    quarter.paths = [loop, *paths]
    for path in quarter.paths:
        sketch.walks.add(path)
    walk_through_gates(quarter.gates, loop, sketch.walks)
