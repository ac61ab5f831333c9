"""Names and addresses: a quarter is a number in a street (弄), a stairwell a number in the quarter (号)."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import Point

from xiuhua.demo.plan.committees import Division
from xiuhua.demo.plan.ground_facts import GroundFacts
from xiuhua.demo.plan.sketch import BuildingSketch, QuarterSketch, Sketch
from xiuhua.demo.plan.streets import Street, Streets

METRES_A_NUMBER = 3.0


def name_everything(sketch: Sketch, facts: GroundFacts, streets: Streets, division: Division) -> None:
    """Give quarters, buildings, gates and yards their names."""
    named = [street for street in streets.streets if street.name]
    taken: set[str] = set()
    villages = _villages(sketch, division)
    taken.update(villages.values())
    for quarter in sketch.quarters:
        street, number = _address(quarter.gates[0].outside, named, taken)
        quarter.address = f"{street.name}{number}弄"
        taken.add(quarter.address)
        quarter.name = villages.get(quarter.index) or _quarter_name(quarter, street, facts, taken)
        taken.add(quarter.name)
        _name_gates(quarter)
    _number_stairwells(sketch)
    for building in sketch.buildings:
        if not building.name:
            street, number = _address(building.doors[0], named, taken)
            building.name = f"{street.name}{number}号"
            taken.add(building.name)


def _villages(sketch: Sketch, division: Division) -> dict[int, str]:
    """The quarter that bears its committee's name, if that is a village's (村): the largest of walk-ups in its area."""
    homes: dict[str, dict[int, int]] = {}
    for k, building in enumerate(sketch.buildings):
        name = division.names[int(division.committee_of_building[k])]
        if building.kind == "walkup" and building.quarter is not None and name.endswith("村"):
            count = homes.setdefault(name, {})
            count[building.quarter] = count.get(building.quarter, 0) + 1
    return {max(count, key=lambda one: (count[one], -one)): name for name, count in homes.items()}


def _address(at: np.ndarray, named: list[Street], taken: set[str]) -> tuple[Street, int]:
    """The nearest named street and the number that a place has in it: odd on one side, even on the other, each once."""
    point = Point(at)
    street = min(named, key=lambda one: one.line.distance(point))
    along = street.line.project(point)
    ahead = shapely.get_coordinates(street.line.interpolate(min(along + 1.0, street.line.length)))[0]
    here = shapely.get_coordinates(street.line.interpolate(max(0.0, along - 1.0)))[0]
    side = np.cross(np.append(ahead - here, 0), np.append(np.asarray(at) - here, 0))[2] > 0
    number = 2 * round(along / METRES_A_NUMBER / 2) + (1 if side else 2)
    while f"{street.name}{number}弄" in taken or f"{street.name}{number}号" in taken:
        number += 2
    return street, number


def _quarter_name(quarter: QuarterSketch, street: Street, facts: GroundFacts, taken: set[str]) -> str:
    words = facts.names["quarters"]
    stem = words["stems"].get(street.name, street.name.removesuffix("路"))
    for ending in words[quarter.kind]:
        if stem + ending not in taken:
            return str(stem + ending)
    return f"{quarter.address}小区"


def _name_gates(quarter: QuarterSketch) -> None:
    centre = shapely.get_coordinates(quarter.inside.centroid)[0]
    for gate in quarter.gates:
        dx, dy = gate.at - centre
        side = ("东" if dx > 0 else "西") if abs(dx) > abs(dy) else ("北" if dy > 0 else "南")
        if gate.main:
            gate.name = f"{quarter.name}{side}大门"
        elif gate.locked:
            gate.name = f"{quarter.name}{side}边门（常闭）"
        elif gate.hours:
            gate.name = f"{quarter.name}{side}边门（{gate.hours[0]}:00-{gate.hours[1]}:00）"
        else:
            gate.name = f"{quarter.name}{side}边门"


def _number_stairwells(sketch: Sketch) -> None:
    """Number the stairwells of each quarter row by row from the south, west to east."""
    homes: dict[int, list[BuildingSketch]] = {}
    for building in sketch.buildings:
        if building.quarter is not None and building.homes_per_floor:
            homes.setdefault(building.quarter, []).append(building)
    for quarter, buildings in homes.items():
        address = sketch.quarters[quarter].address
        number = 1
        for building in sorted(buildings, key=lambda b: (round(b.doors[0][1] / 14), b.doors[0][0])):
            building.numbers = (number, number + len(building.doors) - 1)
            building.name = (
                f"{address}{number}号" if len(building.doors) == 1 else f"{address}{number}-{building.numbers[1]}号"
            )
            number += len(building.doors)
