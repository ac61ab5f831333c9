"""What each lot is used for: old walk-ups in the middle and the east, new towers and offices in the south-west."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from numpy.random import Generator
from shapely import Point

from xiuhua.demo.plan.ground_facts import GroundFacts
from xiuhua.demo.plan.lots import Lot, Lots

HOUSING = ("walkup", "tower", "lane")

# Number of whole lots at full scale, and where their likes gather (metres): (x, y, weight).
LOT_USES: tuple[tuple[str, int, tuple[tuple[float, float], ...]], ...] = (
    ("mall", 2, ((1215, 560), (-330, -780))),
    ("school_nine", 1, ((-900, 330),)),
    ("school_junior", 3, ((120, 340), (1500, 560), (-700, -480))),
    ("school_primary", 5, ((-60, 620), (-1350, 60), (1850, 300), (900, -480), (-480, 60))),
    ("hospital", 1, ((330, 60),)),
    ("sports", 1, ((-950, -700),)),
    ("works", 3, ((-2000, -620), (-1950, -400), (-1650, -640))),
    ("office", 17, ((-1350, -420), (-1050, -520), (-1500, -640), (-600, -420))),
    ("pocket_park", 3, ((-1250, -760), (1500, 880), (-760, 330))),
)
TOWER_SHARE = 0.29
LANE_LOTS = 5
FEWEST_LOTS = 8


def lot_uses(facts: GroundFacts, lots: Lots, scale: float, rng: Generator) -> dict[int, str]:
    """The use of each lot that is built upon, by its index.

    At a scale below 1 only the lots nearest to the middle are built, so much housing as the scale says; the rest stays
    open land.
    """
    free = [lot for lot in lots.lots if lot.kind == "plain"]
    uses: dict[int, str] = {}

    def take(use: str, count: int, wanted: Callable[[Lot], float]) -> None:
        for _ in range(count):
            if free:
                chosen = min(free, key=wanted)
                free.remove(chosen)
                uses[chosen.index] = use

    for use, count, places in LOT_USES:
        for k in range(max(1, round(count * scale))):
            at = Point(places[k % len(places)])
            small = use.startswith(("school", "mall", "pocket", "hospital"))
            take(use, 1, lambda lot, at=at, small=small: _away(lot, at) + (lot.shape.area / 60 if small else 0))  # type: ignore[misc]
    heart = Point(20, 380)
    free.sort(key=lambda lot: lot.shape.distance(heart))
    free = free[: max(FEWEST_LOTS, round(len(free) * scale))]
    take("lane", max(1, round(LANE_LOTS * scale)), lambda lot: _away(lot, Point(1480, -60)))
    newness = {lot.index: _newness(lot, rng) for lot in free}
    towers = TOWER_SHARE * sum(lot.shape.area for lot in free)
    for lot in sorted(free, key=lambda lot: -newness[lot.index]):
        uses[lot.index] = "tower" if towers > 0 else "walkup"
        towers -= lot.shape.area
    return uses


def _away(lot: Lot, at: Point) -> float:
    return float(lot.shape.centroid.distance(at))


def _newness(lot: Lot, rng: Generator) -> float:
    """How likely the lot was rebuilt: near the creek and in the south-west more than in the old workers' villages."""
    x, y = shapely.get_coordinates(lot.shape.centroid)[0]
    old = [(0, 640, 420), (700, 400, 300), (-950, 300, 420), (1230, -100, 320), (1900, 600, 330), (-1500, 350, 300)]
    new = [(-1500, -550, 520), (-550, -650, 420), (1750, 30, 300), (2100, 150, 260), (-300, 100, 200), (1350, 900, 220)]
    pull = sum(np.exp(-((x - a) ** 2 + (y - b) ** 2) / (2 * s**2)) for a, b, s in new)
    push = sum(np.exp(-((x - a) ** 2 + (y - b) ** 2) / (2 * s**2)) for a, b, s in old)
    return float(pull - push + rng.normal(0, 0.34))
