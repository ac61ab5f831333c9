"""The area within a width of many street lines, and areas that lie within each other.

Joining a disc and a box for every street is slow, and nearly all that it joins is joined away. Only the blocks matter:
the streets cut the plane into faces; the area is all faces together, made wider, less each face made narrower; and what
bounds no face, such as a dead end, is added. Each face is a small polygon and has to do with no other.
"""

from __future__ import annotations

from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from xiuhua.engine.threads import on_all_cores, spans

_GRID_M = 0.001
GRID_DEGREES = 1e-8
_ARCS_A_QUADRANT = 8


def around(lines: NDArray[np.object_], points: NDArray[np.object_], width: float) -> BaseGeometry:
    """All within `width` metres of some lines and points, as a Polygon or MultiPolygon with its holes.

    Lines may cross, overlap and repeat. Arcs are drawn by straight pieces, 32 to a circle, so that the outline is true
    to one or two hundredths of the width.
    """
    try:
        return _around(shapely.union_all(lines), points, width)
    except shapely.errors.GEOSException:  # Lines that all but coincide; on a grid they do.
        return _around(shapely.union_all(lines, grid_size=_GRID_M), points, width)


def _around(streets: BaseGeometry, points: NDArray[np.object_], width: float) -> BaseGeometry:
    """The area around streets that have nodes wherever they meet."""
    faces, *others = shapely.polygonize_full(shapely.get_parts(streets))
    blocks = shapely.get_parts(faces)
    loose = shapely.get_parts(shapely.line_merge(shapely.union_all(others)))
    rest = shapely.union_all(_wider(np.concatenate([loose, points]), width))
    if not len(blocks):
        return rest
    courts = shapely.get_parts(_wider(blocks, -width))
    (whole,) = _wider(np.array([shapely.coverage_union_all(blocks)], object), width)
    whole = shapely.difference(whole, shapely.multipolygons(courts))
    return cast("BaseGeometry", shapely.union(whole, rest))  # A fifth of the time of `union_all`.


def nested(areas: NDArray[np.object_], grid: float = _GRID_M) -> NDArray[np.object_]:
    """The same areas, each joined with all before it, such that each contains the one before it to the last digit.

    Outlines of areas meant to be nested may cross by a hair, where arcs are drawn by straight pieces. So all outlines,
    rounded to a grid, cut the plane into faces, and each area is made of faces: areas made of the same faces share
    their vertices. A face is told by one point of it, see `_well_inside`.
    """
    rounded = shapely.transform(areas, lambda xy: np.round(xy / grid) * grid)
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(shapely.boundary(rounded), grid_size=grid)]))
    inside = shapely.get_coordinates(_well_inside(faces, grid))
    shapely.prepare(rounded)
    held = np.logical_or.accumulate([shapely.contains_xy(area, inside) for area in rounded], axis=0)
    return np.array([shapely.coverage_union_all(faces[mine]) for mine in held], object)


def _well_inside(faces: NDArray[np.object_], grid: float) -> NDArray[np.object_]:
    """A point of each face, two grid steps or more from its outline unless the face is a hair that has none.

    The grid has moved outlines by up to a step, so that a point in a spike of a face may lie on the other side of the
    outline that it is held against: the whole face would be lost, or won.
    """
    points = np.asarray(shapely.point_on_surface(faces), object)
    near = np.flatnonzero(shapely.distance(points, shapely.boundary(faces)) < 2 * grid)
    cores = np.asarray(shapely.buffer(faces[near], -2 * grid), object)
    wide = ~shapely.is_empty(cores)
    points[near[wide]] = shapely.point_on_surface(cores[wide])
    return points


def without_small_holes(area: BaseGeometry, least_m2: float) -> BaseGeometry:
    """The area with those holes filled that are smaller than so many square metres, and with what stands in them."""
    parts = shapely.get_parts(area)
    rings, part = shapely.get_rings(parts, return_index=True)
    hole = np.concatenate([[False], part[1:] == part[:-1]])
    small = hole.copy()
    small[hole] = shapely.area(shapely.polygons(rings[hole])) < least_m2
    if not small.any():
        return area
    filled = np.asarray(shapely.polygons(rings[~small], indices=part[~small]), object)
    tree = shapely.STRtree(shapely.polygons(rings[small]))
    within, _ = tree.query(shapely.point_on_surface(parts), predicate="within")
    left = np.delete(filled, within).tolist()
    return left[0] if len(left) == 1 else shapely.MultiPolygon(left)


def _wider(shapes: NDArray[np.object_], width: float) -> NDArray[np.object_]:
    """Each shape made wider, or narrower where the width is negative; many at once on all cores."""
    result = np.empty(len(shapes), object)

    def widen(span: tuple[int, int]) -> None:
        some = slice(*span)
        result[some] = shapely.buffer(shapes[some], width, quad_segs=_ARCS_A_QUADRANT)

    on_all_cores(widen, spans(len(shapes), 64, 4096))
    return result
