"""Snapping a few points to a large network: by the edges near to them alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.snapping import Snap, snap

_CELLS = 512
"""Cells along the longer side of the network, at most."""


def snap_few(net: WalkNetwork, x: NDArray[np.float64], y: NDArray[np.float64], limit: float) -> Snap:
    """What `snap` gives without walls, without looking at edges that are far from all points.

    Parameters
    ----------
    x, y : float64[P]
        Points in metres, on the network's plane.
    limit : float
        Largest distance to an edge, metres.
    """
    near = edges_near(net, x, y, limit)
    per_edge = ("u", "v", "length_dm", "flags", "oneway", "slope", "timetable", "portion", "forward_dm", "backward_dm")
    part = replace(net, **{name: getattr(net, name)[near] for name in per_edge})
    found = snap(part, x, y, limit)
    edge = np.full(len(found.edge), -1, np.int32)
    snapped = found.edge >= 0
    edge[snapped] = near[found.edge[snapped]]
    return replace(found, edge=edge)


def edges_near(net: WalkNetwork, x: NDArray[np.float64], y: NDArray[np.float64], limit: float) -> NDArray[np.intp]:
    """Edges that may lie within `limit` of some point: all that do, and some others, ascending.

    Points are counted by cells of a grid. How many there are in the cells that an edge's bounds touch is then told by
    four look-ups in the running sums, without a search.

    Returns
    -------
    intp[F]
        Edges.
    """
    if not len(x) or not net.edge_count:
        return np.empty(0, np.intp)
    west, south = float(x.min()), float(y.min())
    extent = max(float(x.max()) - west, float(y.max()) - south)
    cell = max(limit, extent / _CELLS)
    columns, rows = int((x.max() - west) // cell) + 1, int((y.max() - south) // cell) + 1

    def cells(at: NDArray[np.float64], start: float, count: int) -> NDArray[np.int64]:
        return np.clip(np.floor((at - start) / cell), -1, count).astype(np.int64)

    sums = np.zeros((columns + 2, rows + 2), np.int64)
    np.add.at(sums, (cells(x, west, columns) + 1, cells(y, south, rows) + 1), 1)
    sums = sums.cumsum(axis=0).cumsum(axis=1)

    def bounds(along: NDArray[np.float64], start: float, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        u, v = along[net.u], along[net.v]
        first, last = np.minimum(u, v) - limit, np.maximum(u, v) + limit
        return np.maximum(cells(first, start, count), 0), cells(last, start, count) + 1

    left, right = bounds(net.x, west, columns)
    below, above = bounds(net.y, south, rows)
    met = sums[right, above] - sums[left, above] - sums[right, below] + sums[left, below]
    return np.flatnonzero(met > 0)
