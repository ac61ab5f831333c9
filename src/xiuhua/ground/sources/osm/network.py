"""From the ways of a map to a network that can be walked (步行网络).

Every stretch between two neighbouring nodes of a way is an edge, so that geometry is kept. A gate is an edge of its
own without length between the two sides of its node, and so is the mouth of a private way: what holds at the
threshold (hours, whose it is) holds there and nowhere else. Who may pass is decided in `access`, which way a
private threshold opens in `private`; it is then a one-way edge, and what it is flagged as only tells what it is: GATE a
gate of any kind, PRIVATE a private way, its mouth or a private gate.
"""

from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree

from xiuhua.engine.network import Flag, WalkNetwork
from xiuhua.engine.projection import LocalProjection
from xiuhua.ground.sources.osm import access, plazas
from xiuhua.ground.sources.osm.access import Passage
from xiuhua.ground.sources.osm.hours import Hours, Table, hours_of
from xiuhua.ground.sources.osm.landscape import read_walls
from xiuhua.ground.sources.osm.private import Kind, outward
from xiuhua.ground.sources.osm.reading import Area, Line, MapData, read_map
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

_SIDES_OF_A_GATE = 2
_NO_FLAG = Flag(0)
_NOT_FROM_THE_SIDE = Flag.BRIDGE | Flag.TUNNEL | Flag.INDOOR | Flag.STEPS | Flag.CROSSING | Flag.SIGNALS
_SAME_NODE_M = 0.05
_COUNTED = (
    "walked_ways",
    "private_ways",
    "plazas",
    "gates",
    "gates_private",
    "gates_closed",
    "timed",
    "hours_unreadable",
    "crossings",
)


def read_walk_network(path: str | Path) -> WalkNetwork:
    """Read the walking network of an OpenStreetMap extract.

    Parameters
    ----------
    path : path
        ``.osm.pbf``, ``.osm``, ``.osm.bz2`` or ``.osm.gz``.

    Raises
    ------
    Refused
        The file cannot be read, or holds no way that can be walked.
    """
    return build_network(read_map(path))[0]


def _is_plaza(area: Area) -> bool:
    drawn = area.id.startswith("relation/") or area.tags.get("area") == "yes"
    return drawn and access.way_passage(area.tags) is not Passage.CLOSED


def build_network(data: MapData) -> tuple[WalkNetwork, dict[str, int]]:
    """Network of a map, and how many gates, crossings, private places and the like it was built from.

    Raises
    ------
    Refused
        The map holds no way that can be walked.
    """
    draft = _Draft()
    for line in data.lines:
        draft.add_line(line)
    for area in data.areas:
        draft.add_plaza(area)
    if not draft.edges:
        raise Refused(
            Reason(
                _("%(file)s 里没有可以步行的道路") % {"file": data.file},
                field=data.file,
                mend=_("请确认数据带有 highway 标签，且没有把道路裁掉"),
            )
        )
    draft.cross_plazas(data)
    draft.add_gates(data)
    draft.add_mouths()
    draft.mark_crossings(data)
    network, pockets = draft.finished()
    counts = {**draft.counts, "nodes": network.node_count, "edges": network.edge_count, "pockets": pockets}
    return network, {**counts, "cut_ways": data.cut_ways}


@dataclass(slots=True)
class _Edge:
    """A stretch of way between neighbouring nodes, or a threshold."""

    u: int
    v: int
    way: int
    kind: Kind = Kind.WAY
    flags: Flag = _NO_FLAG
    direction: int = 0
    slope: float = 0.0
    table: Table | None = None
    street: bool = False
    footpath: bool = False

    @property
    def is_met_from_the_side(self) -> bool:
        """Whether one can step on to it from the side: open to all, not up steps, not where a crossing is paid for."""
        return self.kind is Kind.WAY and not self.flags & _NOT_FROM_THE_SIDE

    def other_end(self, node: int) -> int:
        return self.v if self.u == node else self.u

    def reattach(self, node: int, twin: int) -> None:
        if self.u == node:
            self.u = twin
        if self.v == node:
            self.v = twin


@dataclass(slots=True)
class _Draft:
    """A network that is being drawn."""

    lon: list[float] = field(default_factory=list)
    lat: list[float] = field(default_factory=list)
    place: dict[int, int] = field(default_factory=dict)
    edges: list[_Edge] = field(default_factory=list)
    at: dict[int, list[_Edge]] = field(default_factory=dict)
    crossing_ways: list[list[_Edge]] = field(default_factory=list)
    ways: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTED, 0))

    # -- ways ----------------------------------------------------------------------------------------------------------

    def add_line(self, line: Line) -> None:
        """Draw a way if it may be walked."""
        passage = access.way_passage(line.tags)
        hours = self._hours(line.tags, passage)
        if passage is Passage.CLOSED or hours is None:
            return
        self.counts["walked_ways"] += 1
        self.counts["private_ways"] += passage is Passage.PRIVATE
        nodes = [self._node(*point) for point in zip(line.refs, line.lon, line.lat, strict=True)]
        drawn = self._draw(nodes, line.tags, passage, hours.table)
        if drawn and access.is_crossing_way(line.tags) and access.crossing_flags(line.tags):
            self.crossing_ways.append(drawn)
            drawn[len(drawn) // 2].flags |= access.crossing_flags(line.tags)

    def add_plaza(self, area: Area) -> None:
        """Draw the edge of a plaza (广场) that is a relation, for its ways need not be highways themselves."""
        if area.id.startswith("relation/") and _is_plaza(area):
            for refs, lon, lat in area.rings:
                nodes = [self._node(*point) for point in zip(refs, lon, lat, strict=True)]
                self._draw(nodes, area.tags, access.way_passage(area.tags), None)

    def cross_plazas(self, data: MapData) -> None:
        """Join the entries of each plaza that see each other, once all ways that touch it are drawn."""
        squares = [area for area in data.areas if _is_plaza(area)]
        rings = [self._rings(area) for area in squares]
        self._enter_from_streets(data, rings)
        for area, ring in zip(squares, rings, strict=True):
            edge = list(dict.fromkeys(node for part in ring for node in part))
            entries = [node for node in edge if len({edge.way for edge in self.at[node]}) > 1]
            joined = {frozenset((edge.u, edge.v)) for node in edge for edge in self.at[node]}
            self.counts["plazas"] += 1
            for pair in plazas.lines_of_sight(area.outline, self.lon, self.lat, ring, entries):
                if frozenset(pair) not in joined:
                    self._draw(list(pair), area.tags, access.way_passage(area.tags), None)

    def _rings(self, area: Area) -> list[list[int]]:
        rings = ([self.place[ref] for ref in refs if ref in self.place] for refs, _lon, _lat in area.rings)
        return [list(dict.fromkeys(ring)) for ring in rings if ring]

    def _enter_from_streets(self, data: MapData, squares: list[list[list[int]]]) -> None:
        """Join each plaza that no way connects to the rest with the ways beside it; its rings get the new nodes."""
        plane = LocalProjection.around(self.lon, self.lat)
        on_main = self._on_main_part(plane)
        apart = [rings for rings in squares if not any(on_main[node] for ring in rings for node in ring)]
        walls = STRtree(plane.flat(read_walls(data))) if apart else STRtree([])
        streets = [edge for edge in self.edges if on_main[edge.u] and edge.is_met_from_the_side]
        for ring in (ring for rings in apart for ring in rings):
            ways = np.array([edge.way for edge in streets], np.int64)
            found = plazas.joints(
                self._lines(self._along(ring), plane), STRtree(self._lines(streets, plane)), ways, walls
            )
            for number, (on_edge, on_street) in found:
                street, rest = self._cut(streets[number], on_street, plane)
                streets += rest
                along = self._along(ring)
                beside = along[int(shapely.distance(self._lines(along, plane), shapely.Point(on_edge)).argmin())]
                entry, _rest = self._cut(beside, on_edge, plane)
                ring += [] if entry in ring else [entry]
                self._join(replace(beside, u=entry, v=street, way=self.ways))
                self.ways += 1

    def _on_main_part(self, plane: LocalProjection) -> NDArray[np.bool_]:
        """Whether each node hangs together with the longest part of the map."""
        metres = shapely.length(self._lines(self.edges, plane))
        u, v = self._ends()
        part = WalkNetwork.from_edges(*plane.forward(self.lon, self.lat), u, v, metres).components()
        return np.asarray(part == np.bincount(part[u], weights=metres).argmax())

    def _along(self, ring: list[int]) -> list[_Edge]:
        """Edges that are met from the side, of which both ends lie on a ring."""
        own = set(ring)
        return [
            edge
            for node in ring
            for edge in self.at[node]
            if edge.u == node and edge.v in own and edge.is_met_from_the_side
        ]

    def _lines(self, edges: list[_Edge], plane: LocalProjection) -> NDArray[np.object_]:
        ends = np.array([(edge.u, edge.v) for edge in edges], np.int64).reshape(-1)
        x, y = plane.forward(np.array(self.lon)[ends], np.array(self.lat)[ends])
        return np.asarray(shapely.linestrings(np.column_stack([x, y]).reshape(-1, 2, 2)), object)

    def _cut(self, edge: _Edge, point: NDArray[np.float64], plane: LocalProjection) -> tuple[int, list[_Edge]]:
        """Node at a point of an edge in metres, and the piece cut off the edge if it had to be cut there."""
        ends = shapely.get_coordinates(self._lines([edge], plane))
        for node, end in zip((edge.u, edge.v), ends, strict=True):
            if np.hypot(*(end - point)) < _SAME_NODE_M:
                return node, []
        lon, lat = plane.inverse(*point)
        node = self._new_node(float(lon), float(lat))
        rest = replace(edge, u=node)
        self.at[edge.v] = [rest if other is edge else other for other in self.at[edge.v]]
        edge.v = node
        self.at[node] = [edge, rest]
        self.edges.append(rest)
        return node, [rest]

    def _draw(self, nodes: list[int], tags: access.Tags, passage: Passage, table: Table | None) -> list[_Edge]:
        kind = Kind.PRIVATE_WAY if passage is Passage.PRIVATE else Kind.WAY
        flags = access.way_flags(tags) | (Flag.PRIVATE if passage is Passage.PRIVATE else _NO_FLAG)
        direction, slope = access.foot_direction(tags), access.slope(tags)
        street, footpath = tags.get("highway") in access.THROUGH_STREETS, tags.get("highway") in access.FOOTPATHS
        drawn = [
            self._join(_Edge(u, v, self.ways, kind, flags, direction, slope, table, street, footpath))
            for u, v in pairwise(nodes)
            if u != v
        ]
        self.ways += 1
        return drawn

    def _node(self, ref: int, lon: float, lat: float) -> int:
        node = self.place.get(ref)
        if node is None:
            node = self.place[ref] = self._new_node(lon, lat)
        return node

    def _new_node(self, lon: float, lat: float) -> int:
        self.lon.append(lon)
        self.lat.append(lat)
        return len(self.lon) - 1

    def _join(self, edge: _Edge) -> _Edge:
        self.edges.append(edge)
        self.at.setdefault(edge.u, []).append(edge)
        self.at.setdefault(edge.v, []).append(edge)
        return edge

    def _hours(self, tags: access.Tags, passage: Passage) -> Hours | None:
        """Hours of a way or gate, None where it is never open."""
        hours = hours_of(tags, passage)
        self.counts["hours_unreadable"] += hours.unreadable
        if hours.table is not None and not any(hours.table):
            return None
        self.counts["timed"] += hours.table is not None
        return hours

    # -- thresholds ----------------------------------------------------------------------------------------------------

    def add_gates(self, data: MapData) -> None:
        """Put every gate and barrier that stands on a way between the two sides of its node."""
        for ref, node in data.nodes.items():
            if ("barrier" in node.tags or "locked" in node.tags) and ref in self.place:
                self._add_gate(self.place[ref], node.tags)

    def _add_gate(self, node: int, tags: access.Tags) -> None:
        passage = access.gate_passage(tags)
        hours = self._hours(tags, passage)
        is_gate = tags.get("barrier") in access.GATES
        self.counts["gates"] += is_gate
        self.counts["gates_private"] += is_gate and passage is Passage.PRIVATE
        self.counts["gates_closed"] += is_gate and (passage is Passage.CLOSED or hours is None)
        if passage is Passage.OPEN and not is_gate and hours is not None and hours.table is None:
            return
        for side in self._gated_sides(node):
            twin = self._new_node(self.lon[node], self.lat[node])
            self._move(side, node, twin)
            if hours is None or passage is Passage.CLOSED:
                continue
            kind = Kind.PRIVATE_GATE if passage is Passage.PRIVATE else Kind.OPEN_GATE
            flags = (Flag.GATE if is_gate else _NO_FLAG) | (Flag.PRIVATE if passage is Passage.PRIVATE else _NO_FLAG)
            self._join(_Edge(node, twin, -1, kind, flags, table=hours.table))

    def _gated_sides(self, node: int) -> list[list[_Edge]]:
        """Edges at a gate's node by the side of the gate that they lie on, without the side that keeps the node.

        A gate belongs between two edges. Where it was put on a junction, it closes each way that ends there off
        from the way that passes, for a gate across the street itself would be mapped beside the junction.
        """
        edges = self.at[node]
        if len(edges) <= _SIDES_OF_A_GATE:
            return [edges[1:]] if len(edges) == _SIDES_OF_A_GATE else []
        ways: dict[int, list[_Edge]] = {}
        for edge in edges:
            ways.setdefault(edge.way, []).append(edge)
        passing = max(ways.values(), key=lambda ends: (len(ends), any(edge.street for edge in ends)))
        return [ends for ends in ways.values() if ends is not passing]

    def add_mouths(self) -> None:
        """Part private ways from those that are not where they meet, by a threshold."""
        for node, edges in list(self.at.items()):
            private = [edge for edge in edges if edge.kind is Kind.PRIVATE_WAY]
            if private and any(edge.kind is Kind.WAY for edge in edges):
                twin = self._new_node(self.lon[node], self.lat[node])
                self._move(private, node, twin)
                self._join(_Edge(node, twin, -1, Kind.MOUTH, Flag.PRIVATE))

    def _move(self, edges: list[_Edge], node: int, twin: int) -> None:
        moved = list(edges)
        self.at[node] = [edge for edge in self.at[node] if not any(edge is other for other in moved)]
        self.at[twin] = moved
        for edge in moved:
            edge.reattach(node, twin)

    # -- crossings -----------------------------------------------------------------------------------------------------

    def mark_crossings(self, data: MapData) -> None:
        """Put the delay of every crossing on exactly one edge, so that it is paid once.

        A crossing drawn as a way carries it in its middle. One that is only a node carries it on the footpath that
        meets the carriageway there, or, over rails, on the way that crosses them. Where only carriageways meet,
        nobody is known to cross: who walks along the street does not.
        """
        middle = {id(edge): drawn[len(drawn) // 2] for drawn in self.crossing_ways for edge in drawn}
        for ref, node in data.nodes.items():
            flags = access.crossing_flags(node.tags)
            if not flags or ref not in self.place:
                continue
            edges = self.at[self.place[ref]]
            drawn = [middle[id(edge)] for edge in edges if id(edge) in middle]
            own = [edge for edge in edges if edge.footpath or "railway" in node.tags]
            for edge in drawn or own[:1]:
                edge.flags |= flags
        self.counts["crossings"] = sum(Flag.CROSSING in edge.flags for edge in self.edges)

    # -- the end -------------------------------------------------------------------------------------------------------

    def finished(self) -> tuple[WalkNetwork, int]:
        """The network, and the number of private pockets in it."""
        projection = LocalProjection.around(self.lon, self.lat)
        x, y = projection.forward(self.lon, self.lat)
        u, v = self._ends()
        length = np.hypot(x[u] - x[v], y[u] - y[v])
        kind = np.array([edge.kind for edge in self.edges], np.int8)
        street = np.array([edge.street for edge in self.edges], np.bool_)
        ways = outward(len(x), u, v, kind, street, length)
        direction = np.array([edge.direction for edge in self.edges], np.int8)
        forward, backward = ways.forward & (direction >= 0), ways.backward & (direction <= 0)
        kept, turned = forward | backward, ~forward & backward
        timetable, timetables = self._timetables()
        slope = np.array([edge.slope for edge in self.edges], np.float32)
        network = WalkNetwork.from_edges(
            x,
            y,
            np.where(turned, v, u)[kept],
            np.where(turned, u, v)[kept],
            length[kept],
            np.array([edge.flags for edge in self.edges], np.uint16)[kept],
            oneway=(forward != backward)[kept],
            slope=np.where(turned, -slope, slope)[kept],
            timetable=timetable[kept],
            timetables=timetables,
            projection=projection,
        )
        return network, ways.pocket_count

    def _ends(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        u = np.array([edge.u for edge in self.edges], np.int32)
        v = np.array([edge.v for edge in self.edges], np.int32)
        return u, v

    def _timetables(self) -> tuple[NDArray[np.int16], NDArray[np.bool_]]:
        tables = list(dict.fromkeys(edge.table for edge in self.edges if edge.table is not None))
        row = {table: number for number, table in enumerate(tables)}
        timetable = np.array([-1 if edge.table is None else row[edge.table] for edge in self.edges], np.int16)
        return timetable, np.array(tables, np.bool_).reshape(-1, 168)
