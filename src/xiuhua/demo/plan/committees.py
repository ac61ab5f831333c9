"""Committees (居民委员会) that partition the territory along streets and lanes, and their micro-grids (微网格)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from xiuhua.demo.plan.ground_facts import GroundFacts
from xiuhua.demo.plan.lines import polygons_of
from xiuhua.demo.plan.sketch import Sketch

GRID_AIM = 165.0
SPLITS_TRIED = 24
JITTER_M = 0.05  # corners of rows in line make no good Voronoi diagram; corners a little out of line do
EMPTY_CELL_WEIGHT = 6.0


@dataclass(frozen=True)
class Division:
    """Committees by name and area, and which one each building belongs to; the same for micro-grids."""

    names: tuple[str, ...]
    invented: tuple[bool, ...]
    areas: tuple[BaseGeometry, ...]
    committee_of_building: NDArray[np.int64]
    grid_of_building: NDArray[np.int64]
    grid_committee: tuple[int, ...]
    grid_areas: tuple[BaseGeometry, ...]


def divide(
    sketch: Sketch,
    cells: tuple[Polygon, ...],
    households: NDArray[np.int64],
    scale: float,
    facts: GroundFacts,
    rng: Generator,
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
    borders = _borders(shapes)
    centres, load = _centres(cells), weight + EMPTY_CELL_WEIGHT * scale
    tries = [_connected(_split(centres, load, count, rng), borders, shapes) for _ in range(SPLITS_TRIED)]
    part = min(tries, key=lambda one: float(np.bincount(one, weight, count).std()))
    part = _levelled(part, weight, borders)
    areas = [shapely.union_all(shapes[part == k]) for k in range(count)]
    names, invented = _names(rows, areas, count)
    committee = part[cell_of]
    grid_of, grid_committee = _micro_grids(inner, committee, households, count)
    grid_areas = _grid_areas(sketch, areas, committee, grid_of, grid_committee, rng)
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
    tilt = float(rng.uniform(-0.3, 0.3))
    order = np.argsort(spread[:, axis] + tilt * spread[:, 1 - axis], kind="stable")
    share = np.cumsum(weight[order]) / weight.sum()
    cut = int(np.searchsorted(share, first / count * float(rng.uniform(0.93, 1.07))))
    cut = min(max(cut, first), len(xy) - (count - first))
    low, high = order[:cut], order[cut:]
    part[low] = _split(xy[low], weight[low], first, rng)
    part[high] = first + _split(xy[high], weight[high], count - first, rng)
    return part


@dataclass(frozen=True)
class _Borders:
    """Pairs of cells that share a border, and its length in metres."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    length: NDArray[np.float64]


def _borders(shapes: NDArray[np.object_]) -> _Borders:
    a, b = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    a, b = a[a < b], b[a < b]
    length = shapely.length(shapely.intersection(shapely.boundary(shapes[a]), shapely.boundary(shapes[b])))
    return _Borders(a[length > 2.0], b[length > 2.0], length[length > 2.0])


def _connected(part: NDArray[np.int64], borders: _Borders, shapes: NDArray[np.object_]) -> NDArray[np.int64]:
    """Give cells that lie apart from the main body of their part to the neighbour with the longest common border."""
    area = shapely.area(shapes)
    for _ in range(8):
        moved = False
        for cell in _outliers(part, borders, area):
            here = (borders.a == cell) | (borders.b == cell)
            other = np.where(borders.a[here] == cell, borders.b[here], borders.a[here])
            gain = np.bincount(part[other], borders.length[here], part.max() + 1)
            gain[part[cell]] = 0
            if gain.max() > 0:
                part[cell] = int(np.argmax(gain))
                moved = True
        if not moved:
            break
    return part


def _outliers(part: NDArray[np.int64], borders: _Borders, area: NDArray[np.float64]) -> list[int]:
    same = part[borders.a] == part[borders.b]
    links = (borders.a[same], borders.b[same])
    graph = coo_array((np.ones(int(same.sum()), np.int8), links), shape=(len(part), len(part)))
    _, body = connected_components(graph, directed=False)
    size = np.bincount(body, area)
    main = {
        int(k): max(np.unique(body[part == k]).tolist(), key=lambda one: (size[one], -one)) for k in np.unique(part)
    }
    return [cell for cell in range(len(part)) if body[cell] != main[int(part[cell])]]


def _levelled(part: NDArray[np.int64], weight: NDArray[np.float64], borders: _Borders) -> NDArray[np.int64]:
    """Move cells on a border from heavy parts to light ones as long as parts stay whole and the difference shrinks."""
    area = np.ones(len(part))
    for _ in range(120):
        load = np.bincount(part, weight, part.max() + 1)
        a = np.concatenate([borders.a, borders.b])
        b = np.concatenate([borders.b, borders.a])
        gain = (load[part[a]] - load[part[b]] - weight[a]) * weight[a]
        gain[(part[a] == part[b]) | (weight[a] == 0)] = -1
        for k in np.argsort(-gain, kind="stable")[:240]:
            if gain[k] <= 0:
                return part
            trial = part.copy()
            trial[a[k]] = part[b[k]]
            if (trial == part[a[k]]).any() and not _outliers(trial, borders, area):
                part = trial
                break
        else:
            return part
    return part


def _names(
    rows: list[dict[str, object]], areas: list[BaseGeometry], count: int
) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    """Names by nearness; the four real ones are always among them."""
    at = np.array([row["at"] for row in rows], float)
    centre = np.array([shapely.get_coordinates(area.representative_point())[0] for area in areas])
    cost = np.hypot(*(centre[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
    real = [k for k, row in enumerate(rows) if row.get("real")]
    cost = cost**2
    cost[:, real] = 4 * cost[:, real] - 1e9
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


def _bisect(
    members: NDArray[np.int64], xy: NDArray[np.float64], households: NDArray[np.int64]
) -> list[NDArray[np.int64]]:
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
    areas: list[BaseGeometry],
    committee: NDArray[np.int64],
    grid: NDArray[np.int64],
    owner: list[int],
    rng: Generator,
) -> list[BaseGeometry]:
    """Each committee's area divided among its grids: a place belongs to the grid of the nearest lived-in building."""
    found: list[BaseGeometry] = [Polygon()] * len(owner)
    outlines = np.array([building.outline for building in sketch.buildings], object)
    for k, area in enumerate(areas):
        members = np.flatnonzero((committee == k) & (grid >= 0))
        if not len(members):
            continue
        xy, who = shapely.get_coordinates(shapely.segmentize(outlines[members], 14.0), return_index=True)
        _, first = np.unique(np.round(xy, 2), axis=0, return_index=True)
        xy = xy[first] + rng.uniform(-JITTER_M, JITTER_M, (len(first), 2))
        zones = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(xy), extend_to=area, ordered=True))
        of = grid[members][who[first]]
        for one in np.unique(of):
            zone = shapely.union_all(zones[of == one], grid_size=0.001)
            found[int(one)] = _polygonal(zone.intersection(area))
    return found


def _polygonal(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry, without pinholes."""
    parts = [
        Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area > 1.0])
        for part in polygons_of(shape, 1.0)
    ]
    return shapely.union_all(parts) if parts else Polygon()
