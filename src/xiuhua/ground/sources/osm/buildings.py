"""Buildings (楼栋) of a map: outline, door, use and floor area."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree

from xiuhua.engine.projection import LocalProjection
from xiuhua.ground.sources.osm.reading import Area, MapData

NO_BUILDING = frozenset({"no", "entrance", "underpass_entrance", "construction", "proposed", "demolished", "razed"})
_DOOR_RANK = {"main": 0, "yes": 1, "home": 1, "staircase": 1, "secondary": 2, "shop": 2, "side": 2}
_SHARED_WITH_HOMES = ("shop", "amenity", "office", "craft", "healthcare")


class Number(Protocol):
    """A figure of the rule book."""

    @property
    def number(self) -> float:
        """Its value."""


class BuildingKind(Protocol):
    """What a building is taken for."""

    @property
    def use(self) -> str:
        """``residential``, ``mixed``, ``public``, ``other`` or ``shelter``."""

    @property
    def levels(self) -> Number:
        """Storeys where they are not tagged."""


class BuildingDefaults(Protocol):
    """The rule book's word on buildings: `xiuhua.ground.standards` has it."""

    def type_of(self, tags: Mapping[str, str], *, in_residential_quarter: bool = False) -> BuildingKind:
        """What a building with these tags is taken for."""


@dataclass(frozen=True, slots=True, eq=False)
class Buildings:
    """B buildings.

    Attributes
    ----------
    id : list of str
        ``way/1`` or ``relation/1``.
    outline : object[B]
        Shapely polygons, longitude and latitude.
    door_lon, door_lat : float64[B]
        The entrance that is tagged, the main one before others, or else a point inside.
    use : list of str
        ``residential``, ``mixed``, ``public``, ``other`` or ``shelter``.
    levels : float64[B]
        Storeys as tagged; NaN where they are not.
    floor_area_m2 : float64[B]
        Footprint times storeys, tagged or assumed.
    name : list of str
    """

    id: list[str]
    outline: NDArray[np.object_]
    door_lon: NDArray[np.float64]
    door_lat: NDArray[np.float64]
    use: list[str]
    levels: NDArray[np.float64]
    floor_area_m2: NDArray[np.float64]
    name: list[str]

    def __len__(self) -> int:
        return len(self.id)


def read_buildings(data: MapData, defaults: BuildingDefaults, projection: LocalProjection) -> Buildings:
    """Take the buildings out of a map.

    A home with a shop or an office in it is mixed. Levels come from ``building:levels``; an outline without them is
    given the storeys that the rule book assumes for its kind.

    Parameters
    ----------
    data : MapData
    defaults : BuildingDefaults
        Use and storeys by the tag ``building``.
    projection : LocalProjection
        Plane on which footprints are measured.

    References
    ----------
    https://wiki.openstreetmap.org/wiki/Key:building, https://wiki.openstreetmap.org/wiki/Key:building:levels,
    https://wiki.openstreetmap.org/wiki/Key:entrance
    """
    areas = [area for area in data.areas if area.tags.get("building", "no") not in NO_BUILDING]
    outline = np.array([area.outline for area in areas], object)
    footprint_m2 = shapely.area(projection.flat(outline))
    inside = shapely.point_on_surface(outline)
    in_quarter = _in_residential_quarter(data, inside)
    kinds = [
        defaults.type_of(area.tags, in_residential_quarter=bool(within))
        for area, within in zip(areas, in_quarter, strict=True)
    ]
    levels = np.array([tagged_levels(area.tags) for area in areas], np.float64)
    assumed = np.array([kind.levels.number for kind in kinds], np.float64)
    doors = [_door(area, data) for area in areas]
    has_door = np.array([door is not None for door in doors], np.bool_)
    door = np.array([door or (0.0, 0.0) for door in doors], np.float64).reshape(-1, 2)
    return Buildings(
        id=[area.id for area in areas],
        outline=outline,
        door_lon=np.where(has_door, door[:, 0], shapely.get_x(inside)),
        door_lat=np.where(has_door, door[:, 1], shapely.get_y(inside)),
        use=[_use(kind.use, area.tags) for kind, area in zip(kinds, areas, strict=True)],
        levels=levels,
        floor_area_m2=footprint_m2 * np.where(np.isnan(levels), assumed, levels),
        name=[name_of(area.tags) for area in areas],
    )


def tagged_levels(tags: Mapping[str, str]) -> float:
    """Storeys above ground as tagged, the most of several; NaN where there are none or they are no number."""
    numbers = []
    for word in tags.get("building:levels", "").split(";"):
        try:
            numbers.append(float(word))
        except ValueError:
            continue
    return max((number for number in numbers if 0 < number < 200), default=math.nan)


def name_of(tags: Mapping[str, str]) -> str:
    """The Chinese name where there is one, else the name on the ground, else nothing."""
    return tags.get("name:zh") or tags.get("name") or ""


def is_door(tags: Mapping[str, str]) -> bool:
    """Whether people go in there: emergency exits, garages and delivery doors are none."""
    return tags.get("entrance") in _DOOR_RANK


def _use(use: str, tags: Mapping[str, str]) -> str:
    return "mixed" if use == "residential" and any(key in tags for key in _SHARED_WITH_HOMES) else use


def _door(area: Area, data: MapData) -> tuple[float, float] | None:
    on_outline = (data.nodes.get(ref) for refs, _lon, _lat in area.rings for ref in refs)
    doors = [node for node in on_outline if node is not None and is_door(node.tags)]
    if not doors:
        return None
    door = min(doors, key=lambda node: (_DOOR_RANK[node.tags["entrance"]], node.id))
    return door.lon, door.lat


def _in_residential_quarter(data: MapData, inside: NDArray[np.object_]) -> NDArray[np.bool_]:
    quarters = [area.outline for area in data.areas if area.tags.get("landuse") == "residential"]
    found = np.zeros(len(inside), np.bool_)
    if quarters:
        found[STRtree(quarters).query(inside, predicate="within")[0]] = True
    return found
