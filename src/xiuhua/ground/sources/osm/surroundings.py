"""What stands around a facility (设施周边): grounds that make it none, an outline that shows it twice, a station (站点)
that it is a door of. The rule book says which types this concerns: ``not_inside``, ``drawn_as`` and ``part_of``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely import Geometry, STRtree

from xiuhua.engine.projection import LocalProjection
from xiuhua.ground.sources.osm.buildings import name_of
from xiuhua.ground.sources.osm.reading import Area, MapData

AREA = "area"
"""Value of ``drawn_as`` of a type that is only believed where it has an outline."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """An object of the map, taken for a facility of one type.

    Attributes
    ----------
    id : str
        ``node/1``, ``way/1`` or ``relation/1``.
    kind : str
        Key of the facility type.
    name : str
    place : shapely Point
        Itself, or a point inside its outline; longitude and latitude.
    area : Area or None
    facility : str
        What it is part of: itself, or the outline or station that stands for it.
    """

    id: str
    kind: str
    name: str
    place: Any
    area: Area | None
    facility: str


def sightings(data: MapData, types_of: Callable[[Mapping[str, str]], list[str]]) -> list[Sighting]:
    """Every object of a map that its tags make a facility, once for each type that it belongs to."""
    seen = []
    for node in data.nodes.values():
        if types := types_of(node.tags):
            one, place = f"node/{node.id}", shapely.Point(node.lon, node.lat)
            seen += [Sighting(one, kind, name_of(node.tags), place, None, one) for kind in types]
    for area in data.areas:
        if types := types_of(area.tags):
            place = shapely.point_on_surface(area.outline)
            seen += [Sighting(area.id, kind, name_of(area.tags), place, area, area.id) for kind in types]
    return seen


def told_by_surroundings(
    seen: Sequence[Sighting], data: MapData, projection: LocalProjection | None, types: Mapping[str, Any]
) -> list[Sighting]:
    """Sightings without those that their surroundings belie, each with the facility that it is part of.

    A pitch inside a school is the school's, so a type with ``not_inside`` is not believed inside such an area (other
    than itself). A point or outline inside a larger outline of the same type is the same facility where one of them has
    no name or one name shortens the other. Doors of one station are one facility, named as the station is.
    """
    kept = []
    for kind in dict.fromkeys(one.kind for one in seen):
        rules = types[kind]
        group = [one for one in seen if one.kind == kind and (one.area or getattr(rules, "drawn_as", "") != AREA)]
        group = _outside(group, data, getattr(rules, "not_inside", ()))
        group = _at_stations(group, data, projection, rules)
        kept += _drawn_once(group)
    order = {(one.id, one.kind): number for number, one in enumerate(seen)}
    return sorted(kept, key=lambda one: order[one.id, one.kind])


def _outside(group: list[Sighting], data: MapData, rules: Sequence[Any]) -> list[Sighting]:
    """Those that stand in no area which the rules describe."""
    grounds = [area for area in data.areas if any(rule.matches(area.tags) for rule in rules)]
    inside = {
        number
        for number, ground in _pairs(group, [area.outline for area in grounds])
        if _is_larger(grounds[ground], group[number])
    }
    return [one for number, one in enumerate(group) if number not in inside]


def _drawn_once(group: list[Sighting]) -> list[Sighting]:
    """Those that are not inside the outline of the same facility; a nameless outline takes the name that is in it."""
    outlined = [one for one in group if one.area is not None]
    inside: set[int] = set()
    named: dict[str, str] = {}
    for number, outline in _pairs(group, [one.area.outline for one in outlined if one.area is not None]):
        inner, outer = group[number], outlined[outline]
        assert outer.area is not None
        if _is_larger(outer.area, inner) and _same_name(inner.name, outer.name):
            inside.add(number)
            named.setdefault(outer.id, inner.name)
    return [
        replace(one, name=one.name or named.get(one.id, "")) for number, one in enumerate(group) if number not in inside
    ]


def _at_stations(
    group: list[Sighting], data: MapData, projection: LocalProjection | None, rules: Any
) -> list[Sighting]:
    """Each with the station whose door it is: one whose name it bears before the nearest. Those of a name are one."""
    stations = list(_matching(data, getattr(rules, "part_of", ())))
    if not stations or not group or projection is None:
        return group
    one_of_name = {name: station for station, name, _place in reversed(stations) if name}
    doors = projection.flat([one.place for one in group])
    places = projection.flat([place for _station, _name, place in stations])
    limit = rules.part_of_within_m.number
    nearest: dict[int, tuple[bool, float, int]] = {}
    for door, station in STRtree(places).query(doors, predicate="dwithin", distance=limit).T.tolist():
        name = stations[station][1]
        rank = (not (name and name in group[door].name), float(shapely.distance(doors[door], places[station])), station)
        nearest[door] = min(rank, nearest.get(door, rank))
    found = list(group)
    for door, (_other, _metres, station) in nearest.items():
        one, name, _place = stations[station]
        found[door] = replace(group[door], facility=one_of_name.get(name, one), name=name or group[door].name)
    return found


def _matching(data: MapData, rules: Sequence[Any]) -> Iterator[tuple[str, str, Geometry]]:
    """Id, name and place of the objects that the rules describe."""
    if not rules:
        return
    for node in data.nodes.values():
        if any(rule.matches(node.tags) for rule in rules):
            yield f"node/{node.id}", name_of(node.tags), shapely.Point(node.lon, node.lat)
    for area in data.areas:
        if any(rule.matches(area.tags) for rule in rules):
            yield area.id, name_of(area.tags), area.outline


def _pairs(group: Sequence[Sighting], outlines: list[Geometry]) -> list[list[int]]:
    """Which sighting lies in which outline."""
    if not group or not outlines:
        return []
    places = np.array([one.place for one in group], object)
    pairs: list[list[int]] = STRtree(outlines).query(places, predicate="within").T.tolist()
    return pairs


def _is_larger(ground: Area, one: Sighting) -> bool:
    """Whether an area is another object than a sighting, and the larger: of two alike, that of the later number."""
    if one.area is None:
        return True
    return (shapely.area(ground.outline), ground.id) > (shapely.area(one.area.outline), one.id)


def _same_name(one: str, other: str) -> bool:
    """Whether two names may be of one thing: 南京五中 shortens 南京市第五中学."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return all(letter in letters for letter in short)
