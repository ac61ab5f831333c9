"""Facilities (设施) of a map, and the points where one walks into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, STRtree

from xiuhua.engine.network import Flag, WalkNetwork
from xiuhua.ground.sources.osm import access
from xiuhua.ground.sources.osm.access import Passage
from xiuhua.ground.sources.osm.buildings import is_door, on_plane
from xiuhua.ground.sources.osm.reading import Area, MapData
from xiuhua.ground.sources.osm.surroundings import sightings, told_by_surroundings

_AT_THE_OUTLINE_M = 5.0
_SAME_ENTRY_M = 15.0
_DOORSTEP_M = 1.0


class FacilityKind(Protocol):
    """A type of facility, as `xiuhua.ground.standards` has them.

    Where it also shows its rules as ``osm``, each with the ``keys`` that an object must have, only objects that
    have them are looked at. It may say ``not_inside``, ``drawn_as`` and ``part_of``: see `told_by_surroundings`.
    """

    def matches(self, tags: Mapping[str, str]) -> bool:
        """Whether an object with these tags is a facility of this type."""


@dataclass(frozen=True, slots=True)
class FacilityPoints:
    """Points where one walks into a facility, a row each; a park has one at every gate.

    Attributes
    ----------
    facility_id : list of str
        ``node/1``, ``way/1`` or ``relation/1``; the same for all entries of one facility. The doors of a station bear
        the station's.
    facility_type : list of str
    lon, lat : float64[F]
    name : list of str
    """

    facility_id: list[str] = field(default_factory=list)
    facility_type: list[str] = field(default_factory=list)
    lon: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    lat: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    name: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.facility_id)


def read_facilities(
    data: MapData, network: WalkNetwork, facility_types: Mapping[str, FacilityKind]
) -> tuple[FacilityPoints, int]:
    """Take the facilities out of a map; an object may be of several types, and its surroundings have a say.

    One that is an area is entered at the gates and doors on its outline and wherever a way leads across it; one
    without either, where its outline comes nearest to a way. A gate that nobody may pass is no entry. These points are
    set a step outside, so that who comes from outside arrives even where the gate is private.

    Returns
    -------
    points : FacilityPoints
    count : int
        Facilities, each counted once however many entries and types it has.
    """
    seen = sightings(data, _RuleIndex(facility_types).types_of)
    seen = told_by_surroundings(seen, data, network.projection, facility_types)
    areas = {one.area.id: one.area for one in seen if one.area is not None}
    entries = dict(zip(areas, _entries(list(areas.values()), data, network), strict=True))
    rows = [
        (one.facility, one.kind, lon, lat, one.name)
        for one in seen
        for lon, lat in entries.get(one.id, ((one.place.x, one.place.y),))
    ]
    ids, kinds, lon, lat, names = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    points = FacilityPoints(list(ids), list(kinds), np.array(lon, np.float64), np.array(lat, np.float64), list(names))
    return points, len(set(ids))


class _RuleIndex:
    """Rules by a key that an object must have for them to match, so that most rules are never asked."""

    def __init__(self, facility_types: Mapping[str, FacilityKind]) -> None:
        self.order = {kind: number for number, kind in enumerate(facility_types)}
        self.by_key: dict[str | None, list[tuple[str, Any]]] = {}
        for kind, facility_type in facility_types.items():
            for rule in getattr(facility_type, "osm", (facility_type,)):
                keys = sorted(getattr(rule, "keys", frozenset()) - {"name"})
                self.by_key.setdefault(keys[0] if keys else None, []).append((kind, rule))

    def types_of(self, tags: Mapping[str, str]) -> list[str]:
        """Types that an object belongs to, in the order of the rule book."""
        found = {kind for key in (None, *tags) for kind, rule in self.by_key.get(key, ()) if rule.matches(tags)}
        return sorted(found, key=self.order.__getitem__)


def _entries(areas: Sequence[Area], data: MapData, network: WalkNetwork) -> list[list[tuple[float, float]]]:
    """Longitude and latitude of the entries of each area."""
    projection = network.projection
    if not areas or projection is None:
        return [[] for _area in areas]
    on_ground = on_plane([area.outline for area in areas], projection)
    edges = np.array([outline.boundary for outline in on_ground], object)
    open_gates, shut_gates = _gates(data)
    gates = _near(edges, on_plane(open_gates, projection))
    shut = _near(edges, on_plane(shut_gates, projection))
    ways = _ways_at_ground_level(network)
    crossings = _crossings(edges, np.array(["building" not in area.tags for area in areas]), ways)
    nearest = _nearest_to_a_way(edges, ways)
    entries = []
    for number, outline in enumerate(on_ground):
        entry = [_doorstep(outline, gate) for gate in gates[number]]
        for crossing in crossings[number]:
            if not any(crossing.dwithin(other, _SAME_ENTRY_M) for other in (*entry, *shut[number])):
                entry.append(crossing)
        entry = entry or [_doorstep(outline, nearest[number])]
        lon, lat = projection.inverse([point.x for point in entry], [point.y for point in entry])
        entries.append(list(zip(lon.tolist(), lat.tolist(), strict=True)))
    return entries


def _gates(data: MapData) -> tuple[list[Geometry], list[Geometry]]:
    """Gates and doors that somebody may pass, and gates that nobody may, in longitude and latitude."""
    passable: list[Geometry] = []
    shut: list[Geometry] = []
    for node in data.nodes.values():
        if node.tags.get("barrier") in access.GATES or is_door(node.tags):
            closed = access.gate_passage(node.tags) is Passage.CLOSED
            (shut if closed else passable).append(shapely.Point(node.lon, node.lat))
    return passable, shut


def _near(edges: NDArray[np.object_], points: NDArray[np.object_]) -> list[list[Any]]:
    """Points that stand at each outline."""
    near: list[list[Any]] = [[] for _edge in edges]
    if len(points):
        for edge, point in STRtree(points).query(edges, predicate="dwithin", distance=_AT_THE_OUTLINE_M).T:
            near[edge].append(points[point])
    return near


def _ways_at_ground_level(network: WalkNetwork) -> STRtree:
    """Edges that lead into what stands on the ground: not over it, under it, indoors or private."""
    elsewhere = int(Flag.BRIDGE | Flag.TUNNEL | Flag.INDOOR | Flag.PRIVATE)
    level = np.flatnonzero((network.flags & elsewhere) == 0)
    ends = np.stack([network.x, network.y], axis=1)
    ways = np.asarray(shapely.linestrings(np.stack([ends[network.u[level]], ends[network.v[level]]], axis=1)), object)
    return STRtree(ways)


def _nearest_to_a_way(edges: NDArray[np.object_], ways: STRtree) -> NDArray[np.object_]:
    """The point of each outline that is nearest to a way, the middle of the outline where there are no ways."""
    if not len(ways.geometries):
        return np.asarray(shapely.point_on_surface(edges), object)
    way = ways.geometries[ways.nearest(edges)]
    return np.asarray(shapely.get_point(shapely.shortest_line(edges, way), 0), object)


def _crossings(edges: NDArray[np.object_], crossed: NDArray[np.bool_], ways: STRtree) -> list[list[Any]]:
    """Points where ways lead across each outline; none for buildings, which one enters by doors."""
    crossings: list[list[Any]] = [[] for _edge in edges]
    asked = np.flatnonzero(crossed)
    outline, way = ways.query(edges[asked], predicate="intersects")
    meeting = shapely.intersection(edges[asked][outline], ways.geometries[way])
    part, of = shapely.get_parts(meeting, return_index=True)
    for point, number in zip(shapely.centroid(part), asked[outline[of]], strict=True):
        if not shapely.is_empty(point):
            crossings[number].append(point)
    return crossings


def _doorstep(outline: Any, gate: Any) -> Any:
    """The point a step outside the gate of an area."""
    step = shapely.buffer(outline, _DOORSTEP_M)
    if not shapely.contains(step, gate):
        return gate
    return shapely.line_interpolate_point(step.boundary, shapely.line_locate_point(step.boundary, gate))
