"""What must hold for a plan of any size; the small and the full plan are both put to it."""

from collections import Counter
from dataclasses import fields
from functools import cache
from typing import Any

import numpy as np
import shapely

from xiuhua.demo.plan import boundary
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.projection import LocalProjection
from xiuhua.ground.territory.plan import TerritoryPlan

SNAP_LIMIT_M = 60.0
PLANE = LocalProjection(121.3946, 31.2290)


def flat(shapes: Any) -> Any:
    return shapely.transform(np.array(list(shapes), object), lambda c: np.column_stack(PLANE.forward(c[:, 0], c[:, 1])))


def landscape(plan: TerritoryPlan, *kinds: str) -> Any:
    return flat(piece.geometry for piece in plan.landscape if piece.kind in kinds)


@cache
def outlines(plan: TerritoryPlan) -> Any:
    return flat(building.outline for building in plan.buildings)


def overlapping(first: Any, second: Any, more_than_m2: float = 0.05) -> int:
    b, a = shapely.STRtree(first).query(second, predicate="intersects")
    pairs = a < b if first is second else np.ones(len(a), bool)
    return int((shapely.area(shapely.intersection(first[a[pairs]], second[b[pairs]])) > more_than_m2).sum())


def check_keys(plan: TerritoryPlan) -> None:
    groups = [field.name for field in fields(plan) if field.name not in ("network", "uncrossable", "remarks")]
    keys = {name: {row.key for row in getattr(plan, name)} for name in groups}
    assert all(len(keys[name]) == len(getattr(plan, name)) for name in groups)
    assert {grid.committee for grid in plan.micro_grids} <= keys["committees"]
    assert {b.micro_grid for b in plan.buildings} - {None} <= keys["micro_grids"]
    assert {well.building for well in plan.stairwells} <= keys["buildings"]
    assert {household.stairwell for household in plan.households} <= keys["stairwells"]
    assert {resident.household for resident in plan.residents} == keys["households"]
    assert {place.building for place in plan.facilities} - {None} <= keys["buildings"]
    assert len({well.name for well in plan.stairwells}) == len(plan.stairwells)
    rooms = Counter((household.stairwell, household.room) for household in plan.households)
    assert max(rooms.values()) == 1


def check_shapes_are_sound(plan: TerritoryPlan) -> None:
    for name in ("buildings", "committees", "micro_grids", "landscape"):
        field = {"buildings": "outline", "landscape": "geometry"}.get(name, "area")
        shapes = [getattr(row, field) for row in getattr(plan, name)]
        assert all(shapely.is_valid(shapes)), name
        assert not any(shapely.is_empty(shapes)), name
        assert np.array_equal(shapely.get_coordinates(shapes), np.round(shapely.get_coordinates(shapes), 7))


def check_committees_partition(plan: TerritoryPlan) -> None:
    areas = flat(committee.area for committee in plan.committees)
    whole = flat([boundary()])[0]
    assert shapely.area(shapely.symmetric_difference(shapely.union_all(areas), whole)) < 60.0
    assert abs(float(shapely.area(areas).sum()) - whole.area) < 60.0
    assert overlapping(areas, areas, 1.0) == 0


def check_micro_grids(plan: TerritoryPlan) -> None:
    area = {committee.key: committee.area for committee in plan.committees}
    grids = flat(grid.area for grid in plan.micro_grids)
    parents = flat(area[grid.committee] for grid in plan.micro_grids)
    assert float(shapely.area(shapely.difference(grids, parents)).max()) < 5.0
    assert overlapping(grids, grids, 5.0) == 0
    grid_of = {building.key: building.micro_grid for building in plan.buildings}
    well_of = {well.key: grid_of[well.building] for well in plan.stairwells}
    sizes = Counter(well_of[household.stairwell] for household in plan.households)
    assert set(sizes) == {grid.key for grid in plan.micro_grids}
    assert max(sizes.values()) <= 260


def check_buildings_stand_free(plan: TerritoryPlan) -> None:
    """No building overlaps another, or stands in a street, on a wall, in water or across the boundary."""
    built = outlines(plan)
    assert overlapping(built, built) == 0
    assert overlapping(shapely.buffer(landscape(plan, "street"), 7.0), built) == 0
    assert overlapping(shapely.buffer(landscape(plan, "lane"), 3.0), built) == 0
    assert overlapping(landscape(plan, "water"), built) == 0
    assert overlapping(shapely.buffer(landscape(plan, "wall"), 0.1), built) == 0
    assert overlapping(shapely.buffer(landscape(plan, "path"), 0.2), built) == 0
    assert bool(shapely.covers(flat([boundary()])[0].buffer(0.1), built).all())


def snapped(plan: TerritoryPlan, lonlat: list[tuple[float, float]]) -> tuple[WalkNetwork, Any]:
    x, y = PLANE.forward(*np.array(lonlat).T)
    snap = plan.network.snap(x, y, SNAP_LIMIT_M, walls=flat(plan.uncrossable))
    return plan.network.insert(snap)


def check_doors_reach_everything(plan: TerritoryPlan, network: WalkNetwork, nodes: Any) -> None:
    assert int((nodes < 0).sum()) == 0
    part = network.components()
    assert len(set(part[nodes].tolist())) == 1
