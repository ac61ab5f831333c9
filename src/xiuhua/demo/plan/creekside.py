"""The creek's bank: green strip, greenway (滨河绿道) with its steps, footbridges; and footbridges over wide streets."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import LineString, Point

from xiuhua.demo.plan.ground_facts import GroundFacts
from xiuhua.demo.plan.lines import along, left_of, lines_of, part_of_ring
from xiuhua.demo.plan.lots import Lots
from xiuhua.demo.plan.sketch import FeatureSketch, Sketch
from xiuhua.demo.plan.streets import SIDEWALK_IN_M, Streets
from xiuhua.engine.network import Flag

FROM_WATER_M = 9.0
ACCESS_EVERY_M = 185.0
STEPS_M = 7.0


def draw_creekside(sketch: Sketch, facts: GroundFacts, streets: Streets, lots: Lots) -> None:
    """Draw water, bank and greenway, with ways up to the street, each third one by steps (防汛墙台阶)."""
    sketch.features.append(FeatureSketch("water", facts.skeleton["creek"]["name"], streets.creek))
    banks = [lot.shape for lot in lots.lots if lot.kind == "bank"]
    sketch.features += [FeatureSketch("green", "苏州河滨河绿地", bank) for bank in banks]
    inland = facts.boundary.buffer(-FROM_WATER_M).buffer(-6).buffer(6)
    bank = streets.bank
    way = part_of_ring(
        LineString(inland.exterior.coords), Point(bank.coords[0]), Point(bank.coords[-1]), Point(0, -970)
    )
    land = shapely.union_all(banks).buffer(30, join_style="mitre").intersection(bank.buffer(30))
    pieces = lines_of(way.simplify(0.5).intersection(land), 60.0)
    sidewalks = sketch.walks.public()
    tree = shapely.STRtree(sidewalks)
    count = 0
    for piece in pieces:
        sketch.walks.add(piece)
        sketch.features.append(FeatureSketch("path", "苏州河绿道", piece))
        for at in np.arange(20.0, piece.length, ACCESS_EVERY_M):
            start = piece.interpolate(float(at))
            near = sidewalks[int(tree.nearest(start))]
            end = near.interpolate(near.project(start))
            if 3.0 < start.distance(end) < 34.0:
                sketch.walks.add(LineString([start, end]), flags=Flag.STEPS if count % 3 == 2 else 0)
                sketch.features.append(FeatureSketch("path", "", LineString([start, end])))
                count += 1
    for row in facts.skeleton["footbridge"]:
        _footbridge(sketch, streets, row["name"], Point(row["at"]), pieces)


def draw_overpasses(sketch: Sketch, facts: GroundFacts, streets: Streets) -> None:
    """Footbridges with steps over wide streets (人行天桥), from sidewalk to sidewalk."""
    sidewalks = sketch.walks.public()
    tree = shapely.STRtree(sidewalks)
    for row in facts.skeleton["overpass"]:
        street = next(street for street in streets.streets if street.name == row["street"])
        here, direction = along(street.line, street.line.project(Point(row["at"])))
        ends = []
        for side in (1, -1):
            kerb = Point(here + side * left_of(direction) * (street.width / 2 - SIDEWALK_IN_M))
            near = sidewalks[int(tree.nearest(kerb))]
            ends.append(shapely.get_coordinates(near.interpolate(near.project(kerb)))[0])
        _bridge(sketch, ends[0], ends[1], f"{row['street']}人行天桥")


def _footbridge(sketch: Sketch, streets: Streets, name: str, near: Point, pieces: list[LineString]) -> None:
    way = min(pieces, key=lambda piece: piece.distance(near))
    start = shapely.get_coordinates(way.interpolate(way.project(near)))[0]
    bank = streets.bank
    foot = shapely.get_coordinates(bank.interpolate(bank.project(Point(start))))[0]
    out = (foot - start) / max(1e-9, float(np.hypot(*(foot - start))))
    _bridge(sketch, start, foot + out * 74.0, name)


def _bridge(sketch: Sketch, start: np.ndarray, end: np.ndarray, name: str) -> None:
    unit = (end - start) / float(np.hypot(*(end - start)))
    up, down = start + unit * STEPS_M, end - unit * STEPS_M
    sketch.walks.add(LineString([start, up]), flags=Flag.STEPS | Flag.BRIDGE)
    sketch.walks.add(LineString([up, down]), flags=Flag.BRIDGE)
    sketch.walks.add(LineString([down, end]), flags=Flag.STEPS | Flag.BRIDGE)
    sketch.features.append(FeatureSketch("path", name, LineString([start, up, down, end])))
