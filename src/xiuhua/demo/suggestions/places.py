"""Where in the drawn subdistrict something is said about: real rows of the territory, by kind of place."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import shapely

from xiuhua.ground.territory.models import Building, Committee, Facility, Landscape, Stairwell, Subdistrict

_TOWERS = ("花园", "名苑", "雅苑", "公寓", "景庭", "华庭", "佳苑", "御庭", "新苑", "绿苑")
_LANES = ("里", "坊")
_HIGH = 5
"""Floors from which people wish for a lift."""
_APART = 0.0012
"""Degrees between two points of the riverside walk."""
RIVERSIDE = "苏州河步道"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place: what people call it, and a point of it."""

    name: str
    lon: float
    lat: float


class Places:
    """The subdistrict's places by kind: read once."""

    def __init__(self, subdistrict: Subdistrict) -> None:
        self._area = subdistrict.geometry
        shapely.prepare(self._area)
        self._kinds: dict[str, list[Whereabouts]] = defaultdict(list)
        for kind, place in self._all(subdistrict):
            if shapely.contains_xy(self._area, place.lon, place.lat):
                self._kinds[kind].append(place)

    def at(self, kind: str, rng: Random) -> Whereabouts:
        """One of a kind; where a small demonstration has left it out, the ground floor of some quarter."""
        found = self._kinds.get(kind) or self._kinds["quarter"] or self._kinds["committee"]
        return found[int(rng.random() * len(found))]

    def some(self, kind: str, count: int) -> list[Whereabouts]:
        """Some of a kind, spread over the subdistrict, each name once."""
        named = list({place.name: place for place in self._kinds.get(kind, [])}.values())
        return named[:: max(1, len(named) // count)][:count]

    def _all(self, subdistrict: Subdistrict) -> Iterator[tuple[str, Whereabouts]]:
        streets = self._streets(subdistrict)
        yield from self._houses(subdistrict, list(streets))
        yield from self._facilities(subdistrict, list(streets))
        for name, line in streets.items():
            for share in (0.3, 0.4, 0.5, 0.6, 0.7):
                point = shapely.line_interpolate_point(line, share, normalized=True)
                yield f"street={name}", Whereabouts(name, point.x, point.y)
        yield from self._riverside(subdistrict, streets)

    def _houses(self, subdistrict: Subdistrict, streets: list[str]) -> Iterator[tuple[str, Whereabouts]]:
        committees = dict(Committee.objects.under(subdistrict.path).values_list("path", "name"))
        rows = Building.objects.under(subdistrict.path).order_by("path")
        for path, name, quarter, lon, lat in rows.values_list("path", "name", "quarter", "door_lon", "door_lat"):
            committee = committees[path[:12]]
            place = Whereabouts(quarter or committee, lon, lat)
            yield "committee", place
            street = next((one for one in streets if re.match(rf"{one}\d", name)), "")
            if street:
                yield f"road={street}", Whereabouts(street, lon, lat)
                yield "road", Whereabouts(street, lon, lat)
            if quarter:
                yield f"c={committee}", place
                yield "quarter", place
                yield "tower" if quarter.endswith(_TOWERS) else "lane" if quarter.endswith(_LANES) else "walkup", place
        doors = Stairwell.objects.under(subdistrict.path).filter(has_lift=False, levels__gte=_HIGH).order_by("path")
        for name, lon, lat in doors.values_list("name", "door_lon", "door_lat"):
            yield "door", Whereabouts(name, lon, lat)

    def _facilities(self, subdistrict: Subdistrict, streets: list[str]) -> Iterator[tuple[str, Whereabouts]]:
        rows = Facility.objects.filter(subdistrict=subdistrict).exclude(name="").order_by("id")
        for kind, name, entrances in rows.values_list("facility_type", "name", "entrances"):
            lon, lat = entrances[0]
            called = re.sub(r"[(（].*", "", name).replace("轨道交通", "地铁")
            yield f"f={kind}", Whereabouts(called, lon, lat)
            if kind == "bus_stop" and (crossing := _crossing(called, streets)):
                yield "stop", Whereabouts(crossing, lon, lat)
            if called.startswith("长风公园"):
                yield "park", Whereabouts(called, lon, lat)

    def _streets(self, subdistrict: Subdistrict) -> dict[str, shapely.LineString]:
        rows = Landscape.objects.filter(subdistrict=subdistrict, kind="street").exclude(name="").order_by("id")
        found: dict[str, shapely.LineString] = {}
        for row in rows:
            inside = shapely.intersection(row.geometry, self._area)
            longest = max(shapely.get_parts(inside), key=shapely.length, default=None)
            if isinstance(longest, shapely.LineString) and row.name not in found:
                found[row.name] = longest
        return found

    def _riverside(
        self, subdistrict: Subdistrict, streets: dict[str, shapely.LineString]
    ) -> Iterator[tuple[str, Whereabouts]]:
        rows = Landscape.objects.filter(subdistrict=subdistrict, kind="path", name="苏州河绿道").order_by("id")
        lines = [part for row in rows for part in shapely.get_parts(row.geometry)]
        points = [
            line.interpolate(step * _APART) for line in lines for step in range(int(shapely.length(line) / _APART) + 1)
        ]
        bridge = streets.get("中山北路")
        for point in points:
            place = Whereabouts(RIVERSIDE, point.x, point.y)
            yield "river", place
        if bridge is not None:
            for point in sorted(points, key=lambda one: float(shapely.distance(one, bridge)))[:3]:
                yield "bridge", Whereabouts(RIVERSIDE, point.x, point.y)


def _crossing(stop: str, streets: list[str]) -> str:
    """The crossing after which a stop is called: 真北路云岭西路站 is at 真北路云岭西路口."""
    first = next((one for one in streets if stop.startswith(one)), "")
    second = stop.removeprefix(first).removesuffix("站")
    return f"{first}{second}口" if first and second in streets else ""
