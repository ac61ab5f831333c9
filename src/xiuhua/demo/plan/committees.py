"""Committees (居民委员会) that partition the territory along streets and lanes, and their micro-grids (微网格)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from shapely import Geometry, Polygon

from xiuhua.demo.plan.ground_facts import GroundFacts
from xiuhua.demo.plan.sketch import Sketch

HOUSEHOLDS_A_GRID = (100, 250)
GRID_AIM = 185.0
EMPTY_CELL_WEIGHT = 6.0


@dataclass(frozen=True)
class Division:
    """Committees by name and area, and which of them each cell and each building belongs to; the same for micro-grids."""

    names: tuple[str, ...]
    invented: tuple[bool, ...]
    areas: tuple[Geometry, ...]
    committee_of_building: NDArray[np.int64]
    grid_of_building: NDArray[np.int64]
    grid_committee: tuple[int, ...]
    grid_areas: tuple[Geometry, ...]


def divide(
    sketch: Sketch, cells: tuple[Polygon, ...], households: NDArray[np.int64], scale: float, facts: GroundFacts, rng: Generator
) -> Division:
    """Divide the territory into committees of like size, and each into micro-grids.

    Parameters
    ----------
    cells : polygons that partition the territory
    households : int[B], lived-in homes of each building of the sketch
    """
    rows = facts.names["committee"]
    count = max(4, round(27 * scale))
    inner = shapely.points([shapely.get_coordinates(b.outline.representative_point())[0] for b in sketch.buildings])
    shapes = np.array(cells, object)
    cell_of = shapely.STRtree(shapes).nearest(inner)
    weight = np.bincount(cell_of, households, len(cells)).astype(float)
    part = _connected(_split(_centres(cells), weight + EMPTY_CELL_WEIGHT, count, rng), cells)
    areas = [shapely.union_all(shapes[part == k]) for k in range(count)]
    names, invented = _names(rows, areas, count)
    committee = part[cell_of]
    grid_of, grid_committee = _micro_grids(inner, committee, households, count)
    grid_areas = _grid_areas(sketch, areas, committee, grid_of, grid_committee)
    return Division(names, invented, tuple(areas), committee, grid_of, tuple(grid_committee), tuple(grid_areas))


def _centres(cells: tuple[Polygon, ...]) -> NDArray[np.float64]:
    return np.asarray(shapely.get_coordinates(shapely.centroid(np.array(cells, object))))


def _split(xy: NDArray[np.float64], weight: NDArray[np.float64], count: int, rng: Generator) -> NDArray[np.int64]:
    """Split points into `count` parts of about equal weight, each time across the longer side."""
    part = np.zeros(len(xy), np.int64)
    if count == 1:
        return part
    first = count // 2
    spread = xy - xy.mean(axis=0)
    axis = 0 if np.ptp(spread[:, 0]) >= 0.9 * np.ptp(spread[:, 1]) else 1
    order = np.argsort(spread[:, axis] + 0.15 * spread[:, 1 - axis], kind="stable")
    share = np.cumsum(weight[order]) / weight.sum()
    cut = int(np.searchsorted(share, first / count * float(rng.uniform(0.97, 1.03))))
    cut = min(max(cut, first), len(xy) - (count - first))
    low, high = order[:cut], order[cut:]
    part[low] = _split(xy[low], weight[low], first, rng)
    part[high] = first + _split(xy[high], weight[high], count - first, rng)
    return part


def _connected(part: NDArray[np.int64], cells: tuple[Polygon, ...]) -> NDArray[np.int64]:
    """Give cells that lie apart from the main body of their part to the neighbour with the longest common border."""
    shapes = np.array(cells, object)
    a, b = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    keep = a < b
    a, b = a[keep], b[keep]
    border = shapely.length(shapely.intersection(shapely.boundary(shapes[a]), shapely.boundary(shapes[b])))
    touching = border > 2.0
    a, b, border = a[touching], b[touching], border[touching]
    for _ in range(6):
        moved = False
        for cell in _outliers(part, a, b, shapes):
            here = (a == cell) | (b == cell)
            other = np.where(a[here] == cell, b[here], a[here])
            gain = np.bincount(part[other], border[here], part.max() + 1)
            gain[part[cell]] = 0
            if gain.max() > 0:
                part[cell] = int(np.argmax(gain))
                moved = True
        if not moved:
            break
    return part


def _outliers(
    part: NDArray[np.int64], a: NDArray[np.int64], b: NDArray[np.int64], shapes: NDArray[np.object_]
) -> list[int]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    same = part[a] == part[b]
    graph = coo_array((np.ones(int(same.sum()), np.int8), (a[same], b[same])), shape=(len(part), len(part)))
    _, body = connected_components(graph, directed=False)
    area = np.bincount(body, shapely.area(shapes))
    main = {int(k): int(max(set(body[part == k].tolist()), key=lambda one: (area[one], -one))) for k in np.unique(part)}
    return [cell for cell in range(len(part)) if body[cell] != main[int(part[cell])]]


def _names(rows: list[dict[str, object]], areas: list[Geometry], count: int) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    """Names by nearness; the four real ones are always among them."""
    at = np.array([row["at"] for row in rows], float)
    centre = np.array([shapely.get_coordinates(area.representative_point())[0] for area in areas])
    cost = np.hypot(*(centre[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
    cost[:, [k for k, row in enumerate(rows) if row.get("real")]] -= 1e5
    area_index, name_index = linear_sum_assignment(cost)
    chosen = dict(zip(area_index.tolist(), name_index.tolist(), strict=True))
    return (
        tuple(str(rows[chosen[k]]["name"]) for k in range(count)),
        tuple(not rows[chosen[k]].get("real", False) for k in range(count)),
    )


def _micro_grids(
    inner: NDArray[np.object_], committee: NDArray[np.int64], households: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int64], list[int]]:
    """Group the lived-in buildings of each committee into grids of near households."""
    xy = shapely.get_coordinates(inner)
    grid = np.full(len(xy), -1, np.int64)
    owner: list[int] = []
    for k in range(count):
        members = np.flatnonzero((committee == k) & (households > 0))
        for group in _bisect(members, xy, households):
            grid[group] = len(owner)
            owner.append(k)
    return grid, owner


def _bisect(members: NDArray[np.int64], xy: NDArray[np.float64], households: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    total = int(households[members].sum())
    parts = round(total / GRID_AIM)
    if parts <= 1 or len(members) < 2:
        return [members] if len(members) else []
    span = np.ptp(xy[members], axis=0)
    order = members[np.lexsort((xy[members, 1 - int(span[1] > span[0])], xy[members, int(span[1] > span[0])]))]
    share = np.cumsum(households[order]) / total
    cut = int(np.argmin(np.abs(share - (parts // 2) / parts))) + 1
    cut = min(max(cut, 1), len(order) - 1)
    return _bisect(order[:cut], xy, households) + _bisect(order[cut:], xy, households)


def _grid_areas(
    sketch: Sketch,
    areas: list[Geometry],
    committee: NDArray[np.int64],
    grid: NDArray[np.int64],
    owner: list[int],
) -> list[Geometry]:
    """Each committee's area divided among its grids: a place belongs to the grid of the nearest lived-in building."""
    found: list[Geometry] = [Polygon()] * len(owner)
    outlines = np.array([building.outline for building in sketch.buildings], object)
    for k, area in enumerate(areas):
        members = np.flatnonzero((committee == k) & (grid >= 0))
        if not len(members):
            continue
        xy, who = shapely.get_coordinates(shapely.segmentize(outlines[members], 14.0), return_index=True)
        xy = np.round(xy, 2)
        xy, first = np.unique(xy, axis=0, return_index=True)
        zones = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(xy), extend_to=area, ordered=True))
        of = grid[members][who[first]]
        for one in np.unique(of):
            zone = shapely.union_all(zones[of == one], grid_size=0.01)
            found[int(one)] = _polygonal(zone.intersection(area, grid_size=0.01))
    return found


def _polygonal(shape: Geometry) -> Geometry:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 1.0]
    return shapely.union_all(parts) if parts else Polygon()
