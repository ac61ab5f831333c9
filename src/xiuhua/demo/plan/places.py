"""Facilities (设施): which shop, ground floor, garden, yard or pavement houses what, under believable names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from numpy.random import Generator
from shapely import Point

from xiuhua.demo.plan.committees import Division
from xiuhua.demo.plan.ground_facts import GroundFacts
from xiuhua.demo.plan.lines import XY, along, left_of
from xiuhua.demo.plan.sketch import PlaceSketch, Sketch
from xiuhua.demo.plan.streets import SIDEWALK_IN_M, Street, Streets

Site = tuple[XY, int | None, dict[str, str]]
STATION_REACH_M = 160.0
# Where in a garden each kind of ground lies, metres from its middle.
GARDEN_CORNERS = {"playground": (-5.0, -3.0), "fitness_outdoor": (5.0, -3.0), "fitness_equipment": (5.0, 3.5)}


def place_facilities(
    sketch: Sketch, facts: GroundFacts, streets: Streets, division: Division, scale: float, rng: Generator
) -> None:
    """Place the facilities of every row of ``facilities.toml``."""
    named = [street for street in streets.streets if street.name]
    taken: set[str] = set()
    used: list[XY] = []
    for row in facts.facilities["place"]:
        sites = _SITES[row["in"]](row, sketch, facts, streets, division)
        if row.get("short_west"):
            sites = [site for site in sites if not _in_short_west(site[0])] or sites
        if row["in"] in ("shop", "quarter", "garden", "pavement"):
            sites = _spread(sites, max(1, round(row["count"] * scale)), [] if row["in"] == "garden" else used, rng)
        elif row["in"] == "every_quarter":
            sites = [site for site in sites if rng.random() < row["share"]] or sites[:1]
        for number, (at, building, words) in enumerate(sites):
            words = _words(at, named, facts) | words
            name = (
                row["names"][0].format(**words)
                if row["in"] == "stops"
                else _name(row["names"], words, taken, number, rng)
            )
            if row["in"] == "shop":
                used.append(at)
            sketch.places.append(
                PlaceSketch(row["type"], name, [at], row.get("floor_area_m2") if number == 0 else None, building)
            )
    _station_entrances(sketch, facts)
    _park_entrances(sketch)


def _in_short_west(at: XY) -> bool:
    return bool(at[0] < -1080 or (at[0] < -560 and at[1] > 190))


def _spread(sites: list[Site], count: int, used: list[XY], rng: Generator) -> list[Site]:
    """So many of the sites, far from each other and on no door that is taken, with some luck in the order."""
    xy = np.array([site[0] for site in sites])
    if used and sites:
        near, _ = shapely.STRtree([Point(door) for door in used]).query_nearest(
            shapely.points(xy), max_distance=5.0, return_distance=True, all_matches=False
        )
        sites = [site for k, site in enumerate(sites) if k not in set(near[0].tolist())]
        xy = np.array([site[0] for site in sites])
    if not sites:
        return []
    luck = rng.uniform(0.35, 1.0, len(sites))
    chosen = [int(np.argmax(luck))]
    away = np.hypot(*(xy - xy[chosen[0]]).T)
    while len(chosen) < min(count, len(sites)):
        best = int(np.argmax(away * luck))
        chosen.append(best)
        away = np.minimum(away, np.hypot(*(xy - xy[best]).T))
    return [sites[k] for k in chosen]


def _words(at: XY, named: list[Street], facts: GroundFacts) -> dict[str, str]:
    street = min(named, key=lambda one: one.line.distance(Point(at))).name
    stem = facts.names["quarters"]["stems"].get(street, street.removesuffix("路"))
    return {"street": street, "stem": stem}


def _name(patterns: list[str], words: dict[str, str], taken: set[str], number: int, rng: Generator) -> str:
    """A name not given yet; when all patterns are used up, one with the street or a number."""
    order = [patterns[int(k)] for k in rng.permutation(len(patterns))] if len(patterns) > 4 else patterns
    candidates = [pattern.format(**words) for pattern in order]
    candidates += [f"{name}（{words['street']}店）" for name in candidates[:4] if words["stem"] not in name]
    candidates += [
        f"{candidates[0]}{number + 2 + k}号" if "号" in candidates[0] else f"{candidates[0]}（{k}）"
        for k in range(2, 60)
    ]
    name = next(one for one in candidates if one not in taken)
    taken.add(name)
    return name


def _shops(row: dict[str, Any], sketch: Sketch, *_: object) -> list[Site]:
    return [(door, k, {}) for k, b in enumerate(sketch.buildings) if b.kind == "shop" for door in b.doors]


def _ground_floors(row: dict[str, Any], sketch: Sketch, *_: object) -> list[Site]:
    """The activity room of each quarter, or else the building whose door is nearest to its main gate."""
    return [(*_house_of(sketch, quarter.index), {"quarter": quarter.name}) for quarter in sketch.quarters]


def _house_of(sketch: Sketch, quarter: int) -> tuple[XY, int]:
    gate = sketch.quarters[quarter].gates[0].at
    options = [
        (b.kind != "service", float(np.hypot(*(b.doors[0] - gate))), k)
        for k, b in enumerate(sketch.buildings)
        if b.quarter == quarter
    ]
    _, _, k = min(options)
    return sketch.buildings[k].doors[0], k


def _committees(
    row: dict[str, Any], sketch: Sketch, facts: GroundFacts, streets: Streets, division: Division
) -> list[Site]:
    """One quarter's house for each committee, in its own area; a shop where it has no quarter."""
    sites: list[Site] = []
    for k, name in enumerate(division.names):
        inside = [b for b in range(len(sketch.buildings)) if division.committee_of_building[b] == k]
        housing = [b for b in inside if sketch.buildings[b].kind == "service"] or [
            b for b in inside if sketch.buildings[b].quarter is not None
        ]
        if not housing and not inside:
            continue
        centre = shapely.get_coordinates(division.areas[k].centroid)[0]
        best = min(housing or inside, key=lambda b: float(np.hypot(*(sketch.buildings[b].doors[0] - centre))))
        sites.append((sketch.buildings[best].doors[0], best, {"committee": name}))
    return sites


def _gardens(row: dict[str, Any], sketch: Sketch, *_: object) -> list[Site]:
    return [
        (shapely.get_coordinates(garden.centroid)[0] + GARDEN_CORNERS[row["type"]], None, {"quarter": quarter.name})
        for quarter in sketch.quarters
        for garden in quarter.gardens
    ]


def _every_quarter(row: dict[str, Any], sketch: Sketch, *_: object) -> list[Site]:
    """A point on the inner lane: offices and lockers by the main gate, the rest further in."""
    share = {"property_office": 0.02, "parcel": 0.04, "refuse_point": 0.3, "resident_parking": 0.6, "recycling": 0.45}
    sites: list[Site] = []
    for quarter in sketch.quarters:
        loop = quarter.paths[0]
        start = loop.project(Point(quarter.gates[0].at))
        at = loop.interpolate((start + share.get(row["type"], 0.1) * loop.length) % loop.length)
        sites.append((shapely.get_coordinates(at)[0], None, {"quarter": quarter.name}))
    return sites


def _pavements(
    row: dict[str, Any], sketch: Sketch, facts: GroundFacts, streets: Streets, division: Division
) -> list[Site]:
    ways = [line for line in sketch.walks.public() if line.length > 90 and facts.boundary.contains(line.centroid)]
    return [(shapely.get_coordinates(way.interpolate(0.31, normalized=True))[0], None, {}) for way in ways]


def _stops(row: dict[str, Any], sketch: Sketch, facts: GroundFacts, streets: Streets, division: Division) -> list[Site]:
    """Bus stops in pairs along the wider streets, named after the nearest cross street."""
    sites: list[Site] = []
    for street in streets.streets:
        if street.kind == "lane" or street.line.length < 500:
            continue
        for at in np.arange(230.0, street.line.length - 60, float(row["every_m"])):
            crossing = _nearest_cross(street, float(at), streets)
            for side in (1, -1):
                here, direction = along(street.line, float(at) + 30 * side)
                stop = here + side * left_of(direction) * (street.width / 2 - SIDEWALK_IN_M - 0.4)
                if facts.boundary.buffer(8).contains(Point(stop)) and crossing:
                    sites.append((stop, None, {"street": street.name, "crossing": crossing}))
    return sites


def _nearest_cross(street: Street, at: float, streets: Streets) -> str:
    here = street.line.interpolate(at)
    others = [
        other
        for other in streets.streets
        if other.name and other.name != street.name and other.line.distance(street.line) < 20
    ]
    return min(others, key=lambda other: other.line.distance(here)).name if others else ""


def _yards(row: dict[str, Any], sketch: Sketch, *_: object) -> list[Site]:
    sites: list[Site] = []
    for yard in sketch.yards:
        if yard.kind in row["yards"] and yard.kind != "park":
            sites.append((yard.gate, yard.buildings[0] if yard.buildings else None, {}))
    return sites


def _no_sites(row: dict[str, Any], *_: object) -> list[Site]:
    return []


_SITES: dict[str, Callable[..., list[Site]]] = {
    "shop": _shops,
    "quarter": _ground_floors,
    "committee": _committees,
    "garden": _gardens,
    "every_quarter": _every_quarter,
    "pavement": _pavements,
    "stops": _stops,
    "yard": _yards,
    "stations": _no_sites,
}


def _station_entrances(sketch: Sketch, facts: GroundFacts) -> None:
    """Entrances of the metro stations: four corners around each, moved on to the nearest sidewalk in reach."""
    ways = sketch.walks.public()
    tree = shapely.STRtree(ways)
    for name, station in facts.stations.items():
        entrances: list[XY] = []
        for dx, dy in ((48, 30), (-48, 30), (48, -30), (-48, -30)):
            corner = Point(station.x + dx, station.y + dy)
            way = ways[int(tree.nearest(corner))]
            foot = way.interpolate(way.project(corner))
            fresh = all(np.hypot(foot.x - x, foot.y - y) > 20 for x, y in entrances)
            if foot.distance(corner) < STATION_REACH_M and facts.boundary.buffer(12).contains(foot) and fresh:
                entrances.append(shapely.get_coordinates(foot)[0])
        if entrances:
            sketch.places.append(PlaceSketch("metro", f"轨道交通{name}站", entrances))


def _park_entrances(sketch: Sketch) -> None:
    """The large park is entered at its gates; small parks at every way in."""
    gates = {
        yard.name: [
            shapely.get_coordinates(f.geometry)[0]
            for f in sketch.features
            if f.kind == "gate" and f.name.startswith(yard.name)
        ]
        for yard in sketch.yards
        if yard.kind == "park"
    }
    sketch.places += [PlaceSketch("park", name, points) for name, points in gates.items()]
