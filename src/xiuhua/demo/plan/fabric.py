"""The fabric drawn lot by lot: which yard is sliced from which quarter, and in what order things are drawn."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from shapely import Point, Polygon

from xiuhua.demo.plan.creekside import draw_creekside, draw_overpasses
from xiuhua.demo.plan.gates import Surroundings, surroundings
from xiuhua.demo.plan.ground_facts import GroundFacts
from xiuhua.demo.plan.lots import Lots, draw_lots, walk_along_lanes
from xiuhua.demo.plan.parks import draw_campus, draw_park
from xiuhua.demo.plan.quarters import draw_quarter
from xiuhua.demo.plan.sketch import Sketch
from xiuhua.demo.plan.streets import Streets, draw_streets, walk_along_streets
from xiuhua.demo.plan.uses import HOUSING, lot_uses
from xiuhua.demo.plan.yards import cut_slice, draw_yard

LARGE_LOT_M2 = 15_000.0
# Yards cut from the end of a housing lot: kind, m², and where (metres). Markets and homes for the aged keep away from
# the north-west, which is short of them.
SLICES: tuple[tuple[str, float, tuple[tuple[float, float], ...]], ...] = (
    ("street_office", 2600, ((-420, 330),)),
    ("service_centre", 2000, ((330, 420), (1500, 380))),
    ("culture_centre", 2400, ((300, 480), (1650, 760))),
    ("health_centre", 2600, ((520, 400), (1750, 420))),
    ("elder_service_centre", 1500, ((-1500, 120), (1250, 60))),
    ("police_station", 2200, ((-500, 60),)),
    ("fire_station", 2600, ((1650, 620),)),
    ("nursing_home", 3800, ((1900, 760), (-1000, 60))),
    ("elder_care_home", 3400, ((900, 380),)),
    ("market", 2600, ((-120, 420), (1180, -120), (1850, 420), (-560, -640), (800, -480))),
    (
        "kindergarten",
        4400,
        (
            (-1780, 380),
            (-1350, 380),
            (-900, 60),
            (-480, 400),
            (0, 760),
            (250, 260),
            (650, 400),
            (1200, 120),
            (1800, 880),
            (1900, 150),
            (-480, -620),
            (-1600, 100),
            (-200, 60),
            (900, 400),
            (1500, 700),
            (700, -480),
        ),
    ),
    ("sports_ground_medium", 3200, ((420, 120), (1550, 420), (-1000, 380), (1150, -250))),
    (
        "sports_ground_small",
        1500,
        (
            (-1600, 100),
            (-200, 250),
            (1750, 680),
            (1280, -300),
            (760, 380),
            (-640, -720),
            (2000, 20),
            (-1000, 200),
            (200, 650),
            (-450, 200),
            (1600, 250),
        ),
    ),
    ("pocket_park", 2600, ((-1560, 420), (-280, 600), (560, 380), (1220, 300), (1900, 620), (2050, 330), (-420, -500))),
    ("bus_terminus", 2600, ((-1980, -120),)),
    ("refuse_transfer", 1300, ((-1800, -60),)),
    ("switching_station", 700, ((-800, 90), (1450, 700))),
    ("car_parking", 2000, ((1300, 820), (-330, -500))),
)


def draw_fabric(facts: GroundFacts, scale: float, streams: dict[str, Generator]) -> tuple[Sketch, Streets, Lots]:
    """Draw streets, lots, quarters, yards, park, campus and creek; everything but people and facilities."""
    sketch = Sketch()
    streets = draw_streets(facts)
    walk_along_streets(streets, sketch.walks)
    lots = draw_lots(facts, streets, streams["lots"])
    walk_along_lanes(lots, streets, sketch.walks)
    around = surroundings(sketch.walks, [lot.shape for lot in lots.lots])
    uses = lot_uses(facts, lots, scale, streams["uses"])
    land = {lot.index: lot.shape for lot in lots.lots if lot.index in uses}
    _cut_slices(sketch, land, uses, around, scale, streams["yards"])
    for index in sorted(uses):
        if uses[index] in HOUSING:
            draw_quarter(sketch, uses[index], index, land[index], streets, around, streams["quarters"])
        else:
            draw_yard(sketch, uses[index], index, land[index], around, streams["yards"])
    for lot in lots.lots:
        if lot.kind == "park":
            draw_park(sketch, facts.skeleton["park"]["name"], lot, around, streams["parks"])
        elif lot.kind == "campus":
            draw_campus(sketch, facts.skeleton["campus"]["name"], lot, around, streams["parks"])
    draw_creekside(sketch, facts, streets, lots)
    draw_overpasses(sketch, facts, streets)
    return sketch, streets, lots


def _cut_slices(
    sketch: Sketch, land: dict[int, Polygon], uses: dict[int, str], around: Surroundings, scale: float, rng: Generator
) -> None:
    whole = {index for index in land if uses[index] in HOUSING and land[index].area > LARGE_LOT_M2}
    if not whole:
        whole = {index for index in land if uses[index] in HOUSING}
    cuts: dict[int, int] = {}
    for kind, area, places in SLICES:
        wanted = places[: max(1, int(np.ceil(len(places) * scale)))]
        for place in wanted:
            at = Point(place)
            cost = {index: (cuts.get(index, 0) * 400 + land[index].centroid.distance(at), index) for index in whole}
            for index in sorted(whole, key=cost.__getitem__):
                piece, rest = cut_slice(land[index], area, rng)
                others = [rest, *(yard.land for yard in sketch.yards if yard.lot == index)]
                if rest.area > 8_000 and draw_yard(sketch, kind, index, piece, around, rng, others):
                    land[index] = rest
                    cuts[index] = cuts.get(index, 0) + 1
                    break
