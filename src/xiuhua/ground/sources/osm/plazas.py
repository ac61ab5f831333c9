"""Plazas (广场) are crossed as people cross them: straight, wherever nothing stands between."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import shapely
from shapely import Geometry

_MOST_ENTRIES = 64
_TOUCH_DEG = 1e-7


def lines_of_sight(
    outline: Geometry, lon: Sequence[float], lat: Sequence[float], entries: Sequence[int]
) -> list[tuple[int, int]]:
    """Pairs of entries of a plaza that see each other, that is whose straight line stays within its outline.

    Parameters
    ----------
    outline : Polygon or MultiPolygon
        Holes are what stands on the plaza.
    lon, lat : sequence of float
        Of all nodes.
    entries : sequence of int
        Nodes of the outline at which other ways arrive. Of more than 64 an even choice is taken, for the edge of so
        large a plaza serves as well.

    Returns
    -------
    list of (node, node)
    """
    if len(entries) > _MOST_ENTRIES:
        chosen = np.linspace(0, len(entries) - 1, _MOST_ENTRIES).astype(int)
        entries = [entries[i] for i in chosen]
    pairs = list(combinations(entries, 2))
    if not pairs:
        return []
    ends = np.array([[(lon[a], lat[a]), (lon[b], lat[b])] for a, b in pairs])
    room = shapely.buffer(outline, _TOUCH_DEG)
    shapely.prepare(room)
    seen = np.atleast_1d(shapely.covers(room, shapely.linestrings(ends)))
    return [pair for pair, free in zip(pairs, seen, strict=True) if free]
