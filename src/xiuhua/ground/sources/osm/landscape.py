"""What the map draws and nobody lives in, and the walls (围墙) that no connector to the network may cross."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from xiuhua.ground.sources.osm import access
from xiuhua.ground.sources.osm.buildings import name_of
from xiuhua.ground.sources.osm.reading import Line, MapData

_WALLS = frozenset({"wall", "city_wall", "retaining_wall", "fence", "hedge", "noise_barrier", "guard_rail", "railing"})
_STREETS = access.THROUGH_STREETS | {"motorway", "motorway_link", "residential", "unclassified", "road"}
_LANES = frozenset({"living_street", "service"})
_PATHS = access.FOOTPATHS | {"track"}
_RAILS = frozenset({"rail", "light_rail", "subway", "tram", "narrow_gauge", "monorail"})
_BROAD_WATER = frozenset({"river", "canal", "riverbank"})
_GREEN = {
    "leisure": frozenset({"park", "garden", "nature_reserve"}),
    "landuse": frozenset({"grass", "forest", "village_green", "recreation_ground", "meadow", "cemetery", "flowerbed"}),
    "natural": frozenset({"wood", "scrub", "grassland", "heath"}),
}
_CAMPUS = frozenset({"university", "college", "school", "kindergarten", "hospital"})


@dataclass(frozen=True, slots=True)
class Landscape:
    """One thing to draw: `kind` is water, green, street, lane, path, quarter, campus, square, wall, gate or rail.

    Geometry is shapely in longitude and latitude.
    """

    kind: str
    name: str
    geometry: Geometry


def read_landscape(data: MapData) -> tuple[Landscape, ...]:
    """Land, water, streets, walls and gates of a map, areas before lines before points."""
    areas = (
        Landscape(kind, name_of(area.tags), area.outline)
        for area in data.areas
        if (kind := area_kind(area.tags)) is not None
    )
    lines = (
        Landscape(kind, name_of(line.tags), _geometry(line))
        for line in data.lines
        if (kind := line_kind(line.tags)) is not None
    )
    gates = (
        Landscape("gate", name_of(node.tags), shapely.Point(node.lon, node.lat))
        for node in data.nodes.values()
        if node.tags.get("barrier") in access.GATES
    )
    return (*areas, *lines, *gates)


def read_walls(data: MapData) -> NDArray[np.object_]:
    """Lines that nobody walks across: walls and fences, banks of broad water, railways at grade.

    Returns
    -------
    object[W]
        Shapely lines in longitude and latitude.

    References
    ----------
    https://wiki.openstreetmap.org/wiki/Key:barrier#Linear_barriers
    """
    return np.array([*_wall_lines(data), *_banks(data)], object)


def read_carriageways(data: MapData) -> NDArray[np.object_]:
    """Centre lines of streets with through traffic, and of the ways that lead over them.

    Returns
    -------
    object[C]
        Shapely lines in longitude and latitude.
    """
    taken = (line for line in data.lines if line.tags.get("highway") in access.THROUGH_STREETS)
    across = (line for line in data.lines if access.is_crossing_way(line.tags))
    return np.array([_geometry(line) for line in (*taken, *across)], object)


def area_kind(tags: Mapping[str, str]) -> str | None:
    """What an area is drawn as, None where it is not drawn. Buildings are not landscape."""
    if "building" in tags:
        return None
    if tags.get("natural") == "water" or tags.get("waterway") == "riverbank" or tags.get("landuse") == "reservoir":
        return "water"
    if tags.get("place") == "square" or (tags.get("highway") in ("pedestrian", "footway") and _is_flat(tags)):
        return "square"
    if any(tags.get(key) in values for key, values in _GREEN.items()):
        return "green"
    if tags.get("amenity") in _CAMPUS:
        return "campus"
    if tags.get("landuse") == "residential" or tags.get("place") in ("neighbourhood", "quarter"):
        return "quarter"
    return None


def line_kind(tags: Mapping[str, str]) -> str | None:
    """What a line is drawn as, None where it is not drawn: under the ground, indoors, or an area's edge."""
    if tags.get("tunnel", "no") not in ("no", "building_passage") or tags.get("indoor", "no") != "no":
        return None
    highway = tags.get("highway")
    if highway is not None and tags.get("area") != "yes":
        for kind, values in (("street", _STREETS), ("lane", _LANES), ("path", _PATHS)):
            if highway in values:
                return kind
    if tags.get("barrier") in _WALLS:
        return "wall"
    if tags.get("railway") in _RAILS:
        return "rail"
    return "water" if tags.get("waterway") in ("river", "canal", "stream") else None


def _is_flat(tags: Mapping[str, str]) -> bool:
    return tags.get("area") == "yes" or tags.get("type") == "multipolygon"


def _wall_lines(data: MapData) -> Iterator[Geometry]:
    for line in data.lines:
        tags = line.tags
        on_the_ground = tags.get("tunnel", "no") == "no" and tags.get("bridge", "no") == "no" and "indoor" not in tags
        is_water = tags.get("waterway") in _BROAD_WATER or tags.get("natural") == "coastline"
        is_railway = tags.get("railway") in ("rail", "light_rail") and not tags.get("layer", "0").startswith("-")
        if on_the_ground and (tags.get("barrier") in _WALLS or is_water or is_railway):
            yield _geometry(line)


def _banks(data: MapData) -> Iterator[Geometry]:
    for area in data.areas:
        if area_kind(area.tags) == "water" or (area.id.startswith("relation/") and area.tags.get("barrier") in _WALLS):
            yield from shapely.get_parts(shapely.boundary(area.outline))


def _geometry(line: Line) -> Geometry:
    return shapely.linestrings(line.lon, line.lat)
