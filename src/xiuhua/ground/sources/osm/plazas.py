"""Plazas (广场): entered from the ways beside them, and crossed straight wherever nothing stands between."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, STRtree

_MOST_ENTRIES = 64
_STANDPOINTS = 4
_TOUCH_DEG = 1e-7
_BESIDE_M = 15.0


def lines_of_sight(
    outline: Geometry,
    lon: Sequence[float],
    lat: Sequence[float],
    rings: Sequence[Sequence[int]],
    entries: Sequence[int],
) -> list[tuple[int, int]]:
    """Pairs of nodes of a plaza that see each other, that is whose straight line stays within its outline.

    They are its entries, and of a ring without any, such as the foot of a monument, four points from which it is left.
    Such a ring is joined to another in any case, by the shortest line of sight.

    Parameters
    ----------
    outline : Polygon or MultiPolygon
        Holes are what stands on the plaza.
    lon, lat : sequence of float
        Of all nodes.
    rings : sequence of sequence of int
        Nodes of the outline, ring by ring.
    entries : sequence of int
        Nodes of the outline at which other ways arrive. Of more than 64 an even choice is taken, for the edge of so
        large a plaza serves as well.

    Returns
    -------
    list of (node, node)
    """
    lonely = [ring for ring in rings if set(ring).isdisjoint(entries)] if len(rings) > 1 else []
    stands = [*_even(entries, _MOST_ENTRIES), *(node for ring in lonely for node in _even(ring, _STANDPOINTS))]
    room = shapely.buffer(outline, _TOUCH_DEG)
    shapely.prepare(room)
    where = np.column_stack([lon, lat])
    seen = _seen(room, where, list(combinations(stands, 2)))
    joined = {node for pair in seen for node in pair}
    for ring in lonely:
        if joined.isdisjoint(ring):
            far = np.array([node for other in rings if other is not ring for node in other])
            pairs = [(a, b) for a in ring for b in far[np.hypot(*(where[far] - where[a]).T).argsort()].tolist()]
            pairs.sort(key=lambda pair: float(np.hypot(*(where[pair[0]] - where[pair[1]]))))
            seen += _seen(room, where, pairs)[:1]
    return seen


def _seen(room: Geometry, where: NDArray[np.float64], pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if not pairs:
        return []
    free = np.atleast_1d(shapely.covers(room, shapely.linestrings(where[np.array(pairs)])))
    return [pair for pair, is_free in zip(pairs, free, strict=True) if is_free]


def _even(nodes: Sequence[int], most: int) -> list[int]:
    """An even choice of so many nodes at most."""
    if len(nodes) <= most:
        return list(nodes)
    return [nodes[place] for place in np.linspace(0, len(nodes), most, endpoint=False).astype(int)]


def joints(
    edge: NDArray[np.object_], streets: STRtree, way: NDArray[np.int64], walls: STRtree
) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Where a plaza that no way touches is entered: from each way beside it, at the nearest point.

    Parameters
    ----------
    edge : object[R]
        Stretches of the plaza's outline, in metres.
    streets : STRtree
        Of the stretches of ways, in metres.
    way : int64[S]
        Which way each of those belongs to.
    walls : STRtree
        Lines that nobody walks across, in metres.

    Returns
    -------
    iterator of (stretch of a way, float64[2, 2])
        And the points on the outline and on the way.
    """
    outline, street = streets.query(edge, predicate="dwithin", distance=_BESIDE_M)
    distance = np.round(shapely.distance(edge[outline], streets.geometries[street]), 6)
    nearest = np.lexsort((outline, street, distance, way[street]))
    _, first = np.unique(way[street[nearest]], return_index=True)
    for place in nearest[first].tolist():
        between = shapely.shortest_line(edge[outline[place]], streets.geometries[street[place]])
        if not len(walls.query(between, predicate="intersects")):
            yield int(street[place]), shapely.get_coordinates(between)
