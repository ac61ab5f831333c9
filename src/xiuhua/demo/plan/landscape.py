"""What the map draws besides buildings: streets, lanes, paths, quarters, walls, gates, green, water, rail."""

from __future__ import annotations

import shapely
from shapely import LineString

from xiuhua.demo.plan.ground_facts import GroundFacts
from xiuhua.demo.plan.lots import Lots
from xiuhua.demo.plan.sketch import FeatureSketch, Sketch
from xiuhua.demo.plan.streets import Streets
from xiuhua.ground.territory.plan import LandscapePlan

AROUND_M = 160.0


def landscape_of(sketch: Sketch, facts: GroundFacts, streets: Streets, lots: Lots) -> tuple[LandscapePlan, ...]:
    """Everything on the drawing board that is landscape, in degrees, in drawing order."""
    frame = facts.boundary.buffer(AROUND_M)
    shapes = [
        *sketch.features,
        *(FeatureSketch("quarter", quarter.name, quarter.land) for quarter in sketch.quarters),
        *(
            FeatureSketch("gate", gate.name, shapely.Point(gate.at))
            for quarter in sketch.quarters
            for gate in quarter.gates
        ),
        *(FeatureSketch("path", "", _simple(path)) for quarter in sketch.quarters for path in quarter.paths),
        *(
            FeatureSketch("street" if street.kind != "lane" else "lane", street.name, street.line.intersection(frame))
            for street in streets.streets
        ),
        *(FeatureSketch("lane", "", _simple(lane)) for lane in lots.lanes),
        FeatureSketch("rail", facts.skeleton["rail"]["name"], streets.rail.intersection(frame)),
    ]
    whole = [shape for shape in shapes if not shape.geometry.is_empty]
    return tuple(
        LandscapePlan(f"L{k:05d}", shape.kind, shape.name, facts.to_degrees(shape.geometry))
        for k, shape in enumerate(whole, 1)
    )


def _simple(line: LineString) -> LineString:
    simple = line.simplify(0.3)
    return simple if isinstance(simple, LineString) else line
