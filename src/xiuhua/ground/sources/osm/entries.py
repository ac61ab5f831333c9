"""Entries (出入口) of facilities that are areas: gates, ways that lead in, or the frontage along a way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, STRtree

from xiuhua.engine.network import NOT_ON_THE_GROUND, Flag, WalkNetwork
from xiuhua.ground.sources.osm import access
from xiuhua.ground.sources.osm.access import Passage
from xiuhua.ground.sources.osm.buildings import is_door
from xiuhua.ground.sources.osm.reading import Area, MapData

_AT_THE_OUTLINE_M = 5.0
_SAME_ENTRY_M = 15.0
_DOORSTEP_M = 1.0
_FRONTAGE_M = 12.0
_BESIDE_M = 30.0
_SAMPLE_M = 5.0
_BETWEEN_ENTRIES_M = 30.0
_AT_A_WALL_M = 0.5
_OPEN_GROUND = {
    "leisure": frozenset({"park", "garden", "common", "playground", "fitness_station", "nature_reserve"}),
    "landuse": frozenset({"grass", "village_green", "recreation_ground", "forest", "meadow"}),
    "natural": frozenset({"wood", "grassland", "scrub", "beach"}),
    "place": frozenset({"square"}),
    "highway": frozenset({"pedestrian", "footway"}),
}


def entries_of(
    areas: Sequence[Area], data: MapData, network: WalkNetwork, walls: NDArray[np.object_]
) -> list[list[tuple[float, float]]]:
    """Longitude and latitude of the entries of each area.

    An area is entered at the gates and doors on its outline and wherever a way leads across it. One without either is
    entered from its frontage, the stretch of its outline that is about as near to a way as any of it: open ground
    beside a way, such as a park, about every thirty metres of it where no wall stands between; anything else, which
    has a gate that the map does not show, in the middle. A gate that nobody may pass is no entry. These points are set
    a step outside, so that who comes from outside arrives even where the gate is private.

    Parameters
    ----------
    areas : sequence of Area
    data : MapData
        With the gates and doors.
    network : WalkNetwork
        With its projection.
    walls : object[W]
        Shapely lines in longitude and latitude.
    """
    projection = network.projection
    if not areas or projection is None:
        return [[] for _area in areas]
    on_ground = projection.flat([area.outline for area in areas])
    edges = np.array([outline.boundary for outline in on_ground], object)
    open_gates, shut_gates = _gates(data)
    gates = _near(edges, projection.flat(open_gates))
    shut = _near(edges, projection.flat(shut_gates))
    ways = _ways_at_ground_level(network)
    crossings = _crossings(edges, np.array(["building" not in area.tags for area in areas]), ways)
    front = _Front(ways, STRtree(projection.flat(walls)))
    entries = []
    for number, (area, outline) in enumerate(zip(areas, on_ground, strict=True)):
        entry = [_doorstep(outline, gate) for gate in gates[number]]
        for crossing in crossings[number]:
            if not any(crossing.dwithin(other, _SAME_ENTRY_M) for other in (*entry, *shut[number])):
                entry.append(crossing)
        entry = entry or [_doorstep(outline, point) for point in front.entries(outline, is_open=_is_open(area.tags))]
        lon, lat = projection.inverse([point.x for point in entry], [point.y for point in entry])
        entries.append(list(zip(lon.tolist(), lat.tolist(), strict=True)))
    return entries


def _is_open(tags: Mapping[str, str]) -> bool:
    """Whether one may step on to the ground anywhere along a way."""
    if "building" in tags or tags.get("barrier", "no") != "no":
        return False
    return any(tags.get(key) in values for key, values in _OPEN_GROUND.items())


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
    elsewhere = NOT_ON_THE_GROUND | int(Flag.PRIVATE)
    level = np.flatnonzero((network.flags & elsewhere) == 0)
    ends = np.stack([network.x, network.y], axis=1)
    ways = np.asarray(shapely.linestrings(np.stack([ends[network.u[level]], ends[network.v[level]]], axis=1)), object)
    return STRtree(ways)


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


@dataclass(frozen=True, slots=True)
class _Front:
    """Frontages of areas along the ways at ground level."""

    ways: STRtree
    walls: STRtree

    def entries(self, outline: Any, *, is_open: bool) -> list[Any]:
        """Points of an outline at which one enters from the ways along it; inside, where there are no ways."""
        if not len(self.ways.geometries):
            return [shapely.point_on_surface(outline)]
        rings = [part.exterior for part in shapely.get_parts(outline)]
        samples = [_samples(ring) for ring in rings]
        near = [self._feet(points) for points in samples]
        nearest = min(float(distance.min()) for _feet, distance in near)
        frontage = [distance <= nearest + _FRONTAGE_M for _feet, distance in near]
        if is_open and nearest <= _BESIDE_M:
            free = [
                fronts & ~self._walled(points, feet)
                for points, fronts, (feet, _distance) in zip(samples, frontage, near, strict=True)
            ]
            runs = [run for place, fronts in enumerate(free) for run in _runs(samples[place], fronts)]
            if runs:
                return [point for run in runs for point in _spaced(run)]
        longest = max((run for place, fronts in enumerate(frontage) for run in _runs(samples[place], fronts)), key=len)
        return [longest[(len(longest) - 1) // 2]]

    def _feet(self, points: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.float64]]:
        way = self.ways.geometries[self.ways.nearest(points)]
        return np.asarray(shapely.get_point(shapely.shortest_line(points, way), -1), object), shapely.distance(
            points, way
        )

    def _walled(self, points: NDArray[np.object_], feet: NDArray[np.object_]) -> NDArray[np.bool_]:
        """Whether a wall stands between each point and its foot, or at the point itself."""
        walled = np.zeros(len(points), np.bool_)
        ends = np.stack([shapely.get_coordinates(points), shapely.get_coordinates(feet)], axis=1)
        walled[self.walls.query(shapely.linestrings(ends), predicate="dwithin", distance=_AT_A_WALL_M)[0]] = True
        return walled


def _samples(ring: Any) -> NDArray[np.object_]:
    """Points along a ring at even distances."""
    count = max(8, round(ring.length / _SAMPLE_M))
    return np.asarray(shapely.line_interpolate_point(ring, np.arange(count) * (ring.length / count)), object)


def _runs(points: NDArray[np.object_], chosen: NDArray[np.bool_]) -> list[NDArray[np.object_]]:
    """Stretches of a ring whose points are all chosen; a stretch may pass the ring's first point."""
    if chosen.all():
        return [points]
    first = int(np.argmin(chosen))
    points, chosen = np.roll(points, -first), np.roll(chosen, -first)
    place = np.flatnonzero(chosen)
    return [points[run] for run in np.split(place, np.flatnonzero(np.diff(place) > 1) + 1) if len(run)]


def _spaced(run: NDArray[np.object_]) -> list[Any]:
    """Points in the middle of pieces of about thirty metres, into which a stretch is cut evenly."""
    pieces = max(1, round(len(run) * _SAMPLE_M / _BETWEEN_ENTRIES_M))
    middle = ((np.arange(pieces) + 0.5) * len(run) / pieces - 0.5).round().astype(int)
    return [run[place] for place in middle]


def _doorstep(outline: Any, gate: Any) -> Any:
    """The point a step outside the gate of an area."""
    step = shapely.buffer(outline, _DOORSTEP_M)
    if not shapely.contains(step, gate):
        return gate
    return shapely.line_interpolate_point(step.boundary, shapely.line_locate_point(step.boundary, gate))
