"""Tiny maps, drawn in metres by hand and written as OpenStreetMap XML."""

from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np

from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.reach import nearest
from xiuhua.ground.sources.osm.network import build_network
from xiuhua.ground.sources.osm.reading import read_map

LON, LAT = 121.4, 31.2
DEG_A_METRE_NORTH = 1 / 110_880.0
DEG_A_METRE_EAST = 1 / 95_280.0

Tags = dict[str, str]


class MapSheet:
    """A map that is being drawn; nodes and ways are known by the numbers that drawing them returns."""

    def __init__(self) -> None:
        self.nodes: dict[int, tuple[float, float, Tags]] = {}
        self.ways: dict[int, tuple[tuple[int, ...], Tags]] = {}
        self.relations: list[tuple[list[tuple[int, str]], Tags]] = []

    def node(self, east_m: float, north_m: float, tags: Tags | None = None) -> int:
        number = len(self.nodes) + 1
        self.nodes[number] = (LON + east_m * DEG_A_METRE_EAST, LAT + north_m * DEG_A_METRE_NORTH, tags or {})
        return number

    def way(self, *nodes: int, tags: Tags | None = None) -> int:
        number = len(self.ways) + 1
        self.ways[number] = (nodes, tags or {})
        return number

    def footway(self, *nodes: int, **tags: str) -> int:
        return self.way(*nodes, tags={"highway": "footway", **tags})

    def street(self, *nodes: int) -> int:
        return self.way(*nodes, tags={"highway": "secondary"})

    def box(self, west: float, south: float, east: float, north: float, tags: Tags) -> int:
        corners = [self.node(x, y) for x, y in ((west, south), (east, south), (east, north), (west, north))]
        return self.way(*corners, corners[0], tags=tags)

    def multipolygon(self, outer: int, *inner: int, tags: Tags) -> None:
        members = [(outer, "outer"), *((way, "inner") for way in inner)]
        self.relations.append((members, {"type": "multipolygon", **tags}))

    def forget(self, node: int) -> None:
        """Leave a node out of the file, as if it lay outside the extract."""
        del self.nodes[node]

    def write(self, path: Path) -> Path:
        lines = ["<?xml version='1.0' encoding='UTF-8'?>", "<osm version='0.6'>"]
        for number, (lon, lat, tags) in self.nodes.items():
            lines += [f"<node id='{number}' lon='{lon:.9f}' lat='{lat:.9f}'>", *_tags(tags), "</node>"]
        for number, (nodes, tags) in self.ways.items():
            refs = [f"<nd ref='{node}'/>" for node in nodes]
            lines += [f"<way id='{number}'>", *refs, *_tags(tags), "</way>"]
        for number, (members, tags) in enumerate(self.relations, 1):
            refs = [f"<member type='way' ref='{way}' role='{role}'/>" for way, role in members]
            lines += [f"<relation id='{number}'>", *refs, *_tags(tags), "</relation>"]
        path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
        return path


class Walks:
    """A map's network, asked in the map's own node numbers."""

    def __init__(self, sheet: MapSheet, folder: Path) -> None:
        self.sheet = sheet
        self.net, self.counts = build_network(read_map(sheet.write(folder / "tiny.osm")))

    def at(self, node: int) -> np.ndarray:
        """Network nodes at a map node: several where a threshold parts them, the side of the street first."""
        assert self.net.projection is not None
        lon, lat, _tags = self.sheet.nodes[node]
        x, y = self.net.projection.forward(lon, lat)
        return np.flatnonzero(np.hypot(self.net.x - x, self.net.y - y) < 0.05).astype(np.int32)

    def metres(self, start: int, end: int, hour: int | None = None) -> float:
        """Metres walked from one map node to another, infinite where there is no way."""
        goals = self.at(end)
        if not len(goals) or not len(self.at(start)):
            return float("inf")
        net = self.net if hour is None else _at_hour(self.net, hour)
        return float(nearest(net, goals[:1], 100_000.0)[self.at(start)[0]])

    def reaches(self, start: int, end: int, hour: int | None = None) -> bool:
        return self.metres(start, end, hour) < float("inf")

    def flags(self, start: int, end: int) -> int:
        """Flags of the edge between two neighbouring map nodes."""
        ends = set(self.at(start).tolist()), set(self.at(end).tolist())
        for u, v, flags in zip(self.net.u.tolist(), self.net.v.tolist(), self.net.flags.tolist(), strict=True):
            if (u in ends[0] and v in ends[1]) or (u in ends[1] and v in ends[0]):
                return int(flags)
        raise AssertionError("no such edge")


def _at_hour(net: WalkNetwork, hour: int) -> WalkNetwork:
    from xiuhua.engine.network import Persona

    walker = Persona("walker", speed_m_s=1.0, steps_factor=1.0, crossing_delay_s=0.0, signal_delay_s=0.0, slope=False)
    return net.impedance(walker, hour)


def _tags(tags: Tags) -> list[str]:
    return [f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items()]
