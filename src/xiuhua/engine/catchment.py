"""How far one gets on foot, as polygons: the catchment (服务范围) of a place or of all places of a kind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine import outlines, reached
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.places import Places, joined
from xiuhua.engine.projection import LocalProjection
from xiuhua.engine.reach import LARGEST_LIMIT_M, limit_in_dm
from xiuhua.engine.reached import ReachedEdges, reached_edges

__all__ = ["Catchment", "ReachedEdges", "catchment", "reached_edges"]


@dataclass(frozen=True, eq=False)
class Catchment:
    """One area a limit, in the order in which the limits were given.

    Attributes
    ----------
    limits_m : float64[L]
        The limits, metres of impedance.
    plane : object[L]
        Shapely Polygons or MultiPolygons in metres on the network's plane.
    projection : LocalProjection or None
        That plane.
    """

    limits_m: NDArray[np.float64]
    plane: NDArray[np.object_]
    projection: LocalProjection | None

    @cached_property
    def lonlat(self) -> NDArray[np.object_]:
        """The same areas in longitude and latitude (WGS 84), object[L]; nested there too.

        Raises
        ------
        ValueError
            The network has no projection.
        """
        projection = self.projection
        if projection is None:
            raise ValueError("the network has no projection, so that its catchments are known on its plane only")

        def degrees(xy: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.stack(projection.inverse(xy[:, 0], xy[:, 1]), axis=1)

        areas = np.asarray(shapely.transform(self.plane, degrees), object)
        if len(areas) > 1:  # A line that is straight on the plane is not quite so in degrees.
            ascending = np.argsort(self.limits_m, kind="stable")
            areas[ascending] = outlines.nested(areas[ascending], outlines.GRID_DEGREES)
        return areas


def catchment(
    net: WalkNetwork,
    origins: Places,
    limits: ArrayLike,
    *,
    width: float = 25.0,
    smallest_hole_m2: float = 1.0,
    inward: bool = False,
) -> Catchment:
    """The area around all that can be reached within each of some limits of the nearest of some origins.

    One search for all origins and limits. The edges reached, cut exactly at the limit (see `reached_edges`), are made
    `width` wide to either side. What lies inside a block and farther than that from its streets stays a hole. Of two
    limits the area of the smaller lies within that of the larger.

    Parameters
    ----------
    origins : int or int[F]
        Nodes, or places in any form that `xiuhua.engine.places` reads, such as ``(lon, lat)``. An origin that no edge
        leaves has a disc around it.
    limits : float or float[L]
        Largest costs, in metres of impedance, rounded down to whole decimetres.
    width : float
        Metres to either side of an edge.
    smallest_hole_m2 : float
        Holes of fewer square metres are filled, with all that stands in them.
    inward : bool
        From where the origins are reached, as one asks of a facility, instead of what is reached from them; the same
        unless the network is directed.

    Returns
    -------
    Catchment
        With one area a limit, in the order given.

    Raises
    ------
    ValueError
        `origins` or `limits` is empty; an origin outside the network; a limit or `width` that is not positive; a
        smallest hole that is negative.
    TypeError
        `net` is no `WalkNetwork`.
    """
    net, (origins,) = joined(net, origins=origins)
    nodes = reached.checked_origins(net, origins)
    limits_m, limits_dm = _checked_limits(limits)
    if not 0 < width < np.inf:
        raise ValueError(f"width must be a positive number of metres, not {width}")
    if not 0 <= smallest_hole_m2 < np.inf:
        raise ValueError(f"smallest_hole_m2 must be a number of square metres from 0, not {smallest_hole_m2}")
    steps, which = np.unique(limits_dm, return_inverse=True)
    node_dm = reached.search(net, nodes, steps[-1], inward)
    areas = np.empty(len(steps), object)
    for step, limit_dm in enumerate(steps):
        stretches = reached.within(net, node_dm, limit_dm, inward)
        areas[step] = outlines.around(*_drawn(net, nodes, stretches), width)
    if len(steps) > 1:
        areas = outlines.nested(areas)
    if smallest_hole_m2 > 0:
        areas = np.array([outlines.without_small_holes(area, smallest_hole_m2) for area in areas], object)
    return Catchment(limits_m, areas[which], net.projection)


def _drawn(
    net: WalkNetwork, origins: NDArray[np.int32], stretches: ReachedEdges
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Lines of the stretches that have a length on the plane, and points of the origins at which none begins."""
    ends = stretches.ends(net)
    long = np.any(ends[:, 0] != ends[:, 1], axis=1)
    met = np.zeros(net.node_count, np.bool_)
    met[net.u[stretches.edge[long & (stretches.start == 0.0)]]] = True
    met[net.v[stretches.edge[long & (stretches.end == 1.0)]]] = True
    alone = origins[~met[origins]]
    points = shapely.points(np.stack([net.x[alone], net.y[alone]], axis=1))
    return np.asarray(shapely.linestrings(ends[long]), object), np.asarray(points, object)


def _checked_limits(limits: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    try:
        given = np.atleast_1d(np.asarray(limits))
    except ValueError:
        given = np.empty(0)
    if given.ndim != 1 or len(given) == 0 or given.dtype.kind not in "iuf":
        raise ValueError(f"limits must be one number of metres or a sequence of some, not {limits!r}")
    metres = given.astype(np.float64)
    for metre in metres:
        if not 0 < metre <= LARGEST_LIMIT_M:
            raise ValueError(f"limits must be positive numbers of metres up to {LARGEST_LIMIT_M:.0f}, not {metre}")
    return metres, np.array([limit_in_dm(metre) for metre in metres], np.int32)
