"""Strips of shops (沿街商铺) on the street side of a lot."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely
from numpy.random import Generator
from shapely import Polygon

from xiuhua.demo.plan.lines import left_of
from xiuhua.demo.plan.sketch import BuildingSketch
from xiuhua.demo.plan.streets import Streets

FRONT_M = (20.0, 52.0)
DEPTH_M = (7.5, 10.5)
UNIT_M = 9.0
SHORTEST_EDGE_M = 34.0


def shop_strips(land: Polygon, streets: Streets, share: float, rng: Generator) -> list[BuildingSketch]:
    """Shop buildings along those edges of the land that face a street, over about the `share` of their length.

    A shop's doors are the fronts of its units, a step outside its street side.
    """
    corners = shapely.get_coordinates(land.simplify(1.2))
    if not land.exterior.is_ccw:
        corners = corners[::-1]
    shops: list[BuildingSketch] = []
    for a, b in pairwise(corners):
        length = float(np.hypot(*(b - a)))
        if length < SHORTEST_EDGE_M or not _faces_street(a, b, streets):
            continue
        along = (b - a) / length
        at = float(rng.uniform(7, 18))
        while at < length - 24:
            front = min(float(rng.uniform(*FRONT_M)), length - at - 8)
            if front > 16 and rng.random() < share:
                shop = _shop(a + along * at, along, front, float(rng.uniform(*DEPTH_M)), land, rng)
                if shop and not any(shop.outline.distance(other.outline) < 1.5 for other in shops):
                    shops.append(shop)
            at += front + float(rng.choice([2.5, 9.0, 16.0], p=[0.5, 0.3, 0.2]))
    return shops


def _faces_street(a: np.ndarray, b: np.ndarray, streets: Streets) -> bool:
    middle = shapely.Point((a + b) / 2)
    return bool(middle.distance(streets.roadway) < 2.5) and any(
        street.kind != "lane" and street.line.distance(middle) < street.width / 2 + 3.0 for street in streets.streets
    )


def _shop(
    start: np.ndarray, along: np.ndarray, front: float, depth: float, land: Polygon, rng: Generator
) -> BuildingSketch | None:
    inward = left_of(along)
    base = start + inward * 1.2
    outline = Polygon([base, base + along * front, base + along * front + inward * depth, base + inward * depth])
    if not land.contains(outline):
        return None
    units = max(1, round(front / UNIT_M))
    doors = [base + along * front * (k + 0.5) / units - inward * 0.4 for k in range(units)]
    return BuildingSketch("shop", "other", outline, doors, int(rng.choice([1, 2, 3], p=[0.35, 0.5, 0.15])), -1)
