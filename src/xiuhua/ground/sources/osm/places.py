"""Facilities (设施) of a map, and the points where one walks into them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.network import WalkNetwork
from xiuhua.ground.sources.osm.entries import entries_of
from xiuhua.ground.sources.osm.reading import MapData
from xiuhua.ground.sources.osm.surroundings import sightings, told_by_surroundings


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
    data: MapData, network: WalkNetwork, facility_types: Mapping[str, FacilityKind], walls: NDArray[np.object_]
) -> tuple[FacilityPoints, int]:
    """Take the facilities out of a map; an object may be of several types, and its surroundings have a say.

    One that is an area is entered where `entries_of` says; `walls` are lines in longitude and latitude.

    Returns
    -------
    points : FacilityPoints
    count : int
        Facilities, each counted once however many entries and types it has.
    """
    seen = sightings(data, _RuleIndex(facility_types).types_of)
    seen = told_by_surroundings(seen, data, network.projection, facility_types)
    areas = {one.area.id: one.area for one in seen if one.area is not None}
    entries = dict(zip(areas, entries_of(list(areas.values()), data, network, walls), strict=True))
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
