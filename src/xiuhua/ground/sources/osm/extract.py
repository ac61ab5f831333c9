"""Everything that Xiuhua takes from one OpenStreetMap extract."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from xiuhua.engine.network import WalkNetwork
from xiuhua.ground.progress import Progress, silent
from xiuhua.ground.sources.osm.buildings import BuildingDefaults, Buildings, read_buildings
from xiuhua.ground.sources.osm.landscape import Landscape, read_carriageways, read_landscape, read_walls
from xiuhua.ground.sources.osm.network import build_network
from xiuhua.ground.sources.osm.places import FacilityKind, FacilityPoints, read_facilities
from xiuhua.ground.sources.osm.reading import read_map


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """An extract, read.

    Attributes
    ----------
    network : WalkNetwork
    buildings : Buildings
    facilities : FacilityPoints
    landscape : tuple of Landscape
    walls : object[W]
        Shapely lines in longitude and latitude that no connector to the network may cross.
    carriageways : object[C]
        Shapely lines in longitude and latitude: streets with through traffic, and ways over them.
    counts : dict of str to int
        What was found and what could not be used: ``gates_private``, ``hours_unreadable``, ``pockets``,
        ``cut_ways`` and so on.
    """

    network: WalkNetwork
    buildings: Buildings
    facilities: FacilityPoints
    landscape: tuple[Landscape, ...]
    walls: NDArray[np.object_]
    carriageways: NDArray[np.object_]
    counts: dict[str, int]

    @property
    def extent(self) -> Polygon:
        """Box around every way and door, longitude and latitude."""
        net = self.network
        assert net.projection is not None
        lon, lat = net.projection.inverse(net.x, net.y)
        lon, lat = np.append(lon, self.buildings.door_lon), np.append(lat, self.buildings.door_lat)
        box: Polygon = shapely.box(lon.min(), lat.min(), lon.max(), lat.max())
        return box


def read_extract(
    path: str | Path,
    *,
    facility_types: Mapping[str, FacilityKind],
    building_defaults: BuildingDefaults,
    progress: Progress | None = None,
) -> Extract:
    """Read network, buildings, facilities and landscape of an extract.

    Parameters
    ----------
    path : path
        ``.osm.pbf``, ``.osm``, ``.osm.bz2`` or ``.osm.gz``.
    facility_types : mapping
        By key, what shows each type of facility.
    building_defaults : BuildingDefaults
        Use and storeys where the map is silent.
    progress : callable, optional
        Called with a phase (``read``, ``network``, ``buildings``, ``facilities``) and the share of it that is done.

    Raises
    ------
    Refused
        The file cannot be read, or holds no way that can be walked. An extract without buildings or facilities is
        none the less one: the network alone is of use.
    """
    tell = progress or silent
    data = read_map(path)
    tell("read", 1.0)
    network, counts = build_network(data)
    tell("network", 1.0)
    assert network.projection is not None
    buildings = read_buildings(data, building_defaults, network.projection)
    tell("buildings", 1.0)
    walls = read_walls(data)
    facilities, facility_count = read_facilities(data, network, facility_types, walls)
    tell("facilities", 1.0)
    counts |= {
        "buildings": len(buildings),
        "facilities": facility_count,
        "facility_points": len(facilities),
        "walls": len(walls),
        "broken_areas": data.broken_areas,
    }
    return Extract(network, buildings, facilities, read_landscape(data), walls, read_carriageways(data), counts)
