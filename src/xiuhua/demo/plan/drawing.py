"""From seed to plan: draws the demonstration subdistrict (长风新村街道) and writes it down as a territory plan."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
import shapely
from numpy.random import Generator
from numpy.typing import NDArray
from shapely import MultiPoint, Polygon

from xiuhua.demo.plan.addresses import name_everything
from xiuhua.demo.plan.committees import Division, divide
from xiuhua.demo.plan.fabric import draw_fabric
from xiuhua.demo.plan.ground_facts import GroundFacts, read_ground_facts
from xiuhua.demo.plan.landscape import landscape_of
from xiuhua.demo.plan.lifts import judge_stairwells
from xiuhua.demo.plan.people import YEAR, People, fit_homes, settle
from xiuhua.demo.plan.persons import name_people
from xiuhua.demo.plan.places import place_facilities
from xiuhua.demo.plan.sketch import BuildingSketch, Sketch
from xiuhua.ground.territory.plan import (
    BuildingPlan,
    CommitteePlan,
    FacilityPlan,
    HouseholdPlan,
    LonLat,
    MicroGridPlan,
    ResidentPlan,
    StairwellPlan,
    TerritoryPlan,
)

STAGES = ("lots", "uses", "yards", "quarters", "parks", "homes", "people", "committees", "lifts", "places", "persons")
REMARKS = (
    "边界和轨道交通站点为实有（© OpenStreetMap 贡献者，ODbL）；路名为实有，路线、楼栋、设施和人员均为虚构。",
    "60 岁及以上按 2023 减出生年份不小于 60 计（参考日 2023-08-03）。",
    "中山桥、长风一村、曹家村、中江四个居委会名见于公开报道，其余为虚构。",
)

Progress = Callable[[str, float], None]


def draw_plan(seed: int, scale: float = 1.0, progress: Progress | None = None) -> TerritoryPlan:
    """Draw the demonstration subdistrict.

    The same seed and scale give the same plan on every machine: every stage draws from a stream of its own, seeded by
    the seed and the stage's name, and coordinates are rounded to 1e-7 degrees.

    Parameters
    ----------
    seed : int
        Not negative.
    scale : float
        Share of lots, people and facilities that are drawn, above 0 and at most 1. Streets, park, campus and creek are
        always whole; the lots nearest to 长风一村 are built first. At 1 there are 27 committees and exactly 107,100
        residents, 32,400 of them 60 or older (2023 minus year of birth at least 60).
    progress : callable, optional
        Told the stage and the share done.

    Raises
    ------
    ValueError
        The seed is negative or the scale lies outside ]0, 1].
    """
    if seed < 0 or not 0 < scale <= 1:
        raise ValueError("the seed must not be negative, and the scale must be above 0 and at most 1")
    tell = progress or _silent
    streams = {stage: np.random.default_rng([seed, zlib.crc32(stage.encode())]) for stage in STAGES}
    tell("街道与地块", 0.0)
    facts = read_ground_facts()
    sketch, streets, lots = draw_fabric(facts, scale, streams)
    tell("住户与居民", 0.35)
    people = _people(sketch, facts, scale, streams)
    tell("居委会与微网格", 0.55)
    division = divide(sketch, lots.cells, _households_by_building(sketch, people), scale, facts, streams["committees"])
    name_everything(sketch, facts, streets, division)
    tell("设施", 0.65)
    place_facilities(sketch, facts, streets, division, scale, streams["places"])
    tell("步行网络", 0.75)
    network = sketch.walks.network(facts.projection)
    tell("成图", 0.85)
    stairwells = _stairwells(sketch, facts, scale, streams["lifts"])
    landscape = landscape_of(sketch, facts, streets, lots)
    plan = TerritoryPlan(
        network=network,
        committees=_committees(division, facts),
        micro_grids=_micro_grids(division, facts),
        buildings=_buildings(sketch, division, facts),
        stairwells=stairwells,
        households=_households(sketch, people, stairwells),
        residents=_residents(people, facts, streams["persons"]),
        facilities=_facilities(sketch, facts),
        landscape=landscape,
        uncrossable=tuple(thing.geometry for thing in landscape if thing.kind == "wall"),
        remarks=REMARKS,
    )
    tell("完成", 1.0)
    return plan


def boundary() -> Polygon:
    """The real boundary of the subdistrict in longitude and latitude (© OpenStreetMap contributors)."""
    facts = read_ground_facts()
    area = facts.to_degrees(facts.boundary)
    if not isinstance(area, Polygon):
        raise ValueError("the boundary must be one polygon")
    return area


def housing_of(sketch: Sketch) -> list[tuple[int, BuildingSketch]]:
    """The buildings that people live in, each with its place in the sketch."""
    return [(k, building) for k, building in enumerate(sketch.buildings) if building.homes_per_floor]


def _people(sketch: Sketch, facts: GroundFacts, scale: float, streams: dict[str, Generator]) -> People:
    totals, figures = facts.census["subdistrict"], facts.census["households"]
    residents, elders = round(totals["residents"] * scale), round(totals["residents_60_plus"] * scale)
    housing = [building for _, building in housing_of(sketch)]
    fit_homes(housing, round(residents / figures["mean_size"]), figures["with_lift"], streams["homes"])
    return settle(housing, residents, elders, facts.census, streams["people"])


def _households_by_building(sketch: Sketch, people: People) -> NDArray[np.int64]:
    owner = np.concatenate([np.full(len(building.doors), k) for k, building in housing_of(sketch)])
    return np.bincount(owner[people.stairwell], minlength=len(sketch.buildings)).astype(np.int64)


def _committees(division: Division, facts: GroundFacts) -> tuple[CommitteePlan, ...]:
    return tuple(
        CommitteePlan(_committee_key(k), name, facts.to_degrees(division.areas[k]), division.invented[k])  # type: ignore[arg-type]
        for k, name in enumerate(division.names)
    )


def _micro_grids(division: Division, facts: GroundFacts) -> tuple[MicroGridPlan, ...]:
    count: dict[int, int] = {}
    grids = []
    for k, committee in enumerate(division.grid_committee):
        count[committee] = number = count.get(committee, 0) + 1
        name = f"{division.names[committee]}第{number}微网格"
        area = facts.to_sound_degrees(division.grid_areas[k])
        grids.append(MicroGridPlan(_grid_key(k), _committee_key(committee), name, area))  # type: ignore[arg-type]
    return tuple(grids)


def _buildings(sketch: Sketch, division: Division, facts: GroundFacts) -> tuple[BuildingPlan, ...]:
    outlines = [facts.to_degrees(building.outline) for building in sketch.buildings]
    doors = _lonlat(np.array([building.doors[len(building.doors) // 2] for building in sketch.buildings]), facts)
    plans = []
    for k, building in enumerate(sketch.buildings):
        grid = int(division.grid_of_building[k])
        plans.append(
            BuildingPlan(
                _building_key(k),
                building.name,
                outlines[k],  # type: ignore[arg-type]
                doors[k],
                float(building.levels),
                building.use,
                round(float(building.outline.area) * building.levels, 1),
                _grid_key(grid) if grid >= 0 else None,
                building.year,
                building.structure,
                sketch.quarters[building.quarter].name if building.quarter is not None else "",
            )
        )
    return tuple(plans)


def _stairwells(sketch: Sketch, facts: GroundFacts, scale: float, rng: Generator) -> tuple[StairwellPlan, ...]:
    housing = housing_of(sketch)
    verdicts = judge_stairwells([building for _, building in housing], scale, rng)
    doors = _lonlat(np.array([door for _, building in housing for door in building.doors]), facts)
    plans: list[StairwellPlan] = []
    for k, building in housing:
        address = sketch.quarters[building.quarter or 0].address
        for step in range(len(building.doors)):
            number = len(plans)
            suitable, reason = verdicts[number]
            name = f"{address}{building.numbers[0] + step}号"
            plans.append(
                StairwellPlan(
                    f"S{number + 1:05d}",
                    _building_key(k),
                    name,
                    doors[number],
                    building.levels,
                    building.homes_per_floor,
                    building.kind == "tower",
                    suitable,
                    reason,
                )
            )
    return tuple(plans)


def _households(sketch: Sketch, people: People, stairwells: tuple[StairwellPlan, ...]) -> tuple[HouseholdPlan, ...]:
    rows = zip(
        people.stairwell.tolist(),
        people.floor.tolist(),
        people.flat.tolist(),
        people.area_m2.tolist(),
        people.tenure.tolist(),
        strict=True,
    )
    return tuple(
        HouseholdPlan(f"H{k:06d}", stairwells[well].key, floor, f"{floor}{flat:02d}", area, tenure)
        for k, (well, floor, flat, area, tenure) in enumerate(rows, 1)
    )


def _residents(people: People, facts: GroundFacts, rng: Generator) -> tuple[ResidentPlan, ...]:
    rows = zip(people.household.tolist(), people.age.tolist(), people.male.tolist(), strict=True)
    persons = name_people(people, facts.people_names, rng)
    return tuple(
        ResidentPlan(
            f"R{k:06d}",
            f"H{household + 1:06d}",
            YEAR - age,
            "m" if male else "f",
            name=person.name,
            phone=person.phone,
            id_number=person.id_number,
            birth_date=person.born,
        )
        for k, ((household, age, male), person) in enumerate(zip(rows, persons, strict=True), 1)
    )


def _facilities(sketch: Sketch, facts: GroundFacts) -> tuple[FacilityPlan, ...]:
    plans = []
    for k, place in enumerate(sketch.places, 1):
        building = None if place.building is None else _building_key(place.building)
        area = place.floor_area_m2
        entrances = tuple(_lonlat(np.array(place.entrances), facts))
        plans.append(FacilityPlan(f"F{k:04d}", place.facility_type, place.name, entrances, area, building))
    return tuple(plans)


def _lonlat(xy: NDArray[np.float64], facts: GroundFacts) -> list[LonLat]:
    degrees = facts.to_degrees(MultiPoint(xy))
    return [(float(lon), float(lat)) for lon, lat in shapely.get_coordinates(degrees).tolist()]


def _committee_key(k: int) -> str:
    return f"C{k + 1:02d}"


def _grid_key(k: int) -> str:
    return f"G{k + 1:03d}"


def _building_key(k: int) -> str:
    return f"B{k + 1:04d}"


def _silent(_stage: str, _share: float) -> None:
    pass
