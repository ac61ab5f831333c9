"""A map extract made a town: buildings become origins, weighted by floor area or by a population grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from xiuhua.ground.sources.residents import SHELTER, residents_by_floor_area
from xiuhua.ground.standards import BuildingDefaults, Standards
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle.analysis.town import RESIDENTS, Origins, Town

if TYPE_CHECKING:
    from shapely import Geometry

    from xiuhua.engine.network import WalkNetwork
    from xiuhua.ground.sources.osm import Buildings, Extract
    from xiuhua.ground.sources.population import PopulationGrid

_MAYBE_HOMES = ("other",)


@dataclass(frozen=True, slots=True, eq=False)
class TownOfExtract:
    """A town made from an extract, what each origin was made from, and what had to be assumed.

    Attributes
    ----------
    town : Town
    building : int64[O]
        Row of the extract's buildings, -1 for an origin that is none.
    remarks : tuple of str
        In the reader's language.
    """

    town: Town
    building: NDArray[np.int64]
    remarks: tuple[str, ...]


def town_of_extract(
    extract: Extract, standards: Standards, *, cells: PopulationGrid | None = None, boundary: Geometry | None = None
) -> TownOfExtract:
    """Make a town of a map extract.

    Residents live in housing by floor area and the rule book's area a head; where a grid is given, in its cells, each
    cell's residents spread over its housing by floor area (over any other building that could be a home where it has
    none, and at the cell's middle where it has no such building). Without buildings, walks begin at the nodes of the
    network.

    Parameters
    ----------
    extract : Extract
        As read from OpenStreetMap.
    standards : Standards
        The rule book: storeys, shares and area a head by default.
    cells : PopulationGrid, optional
        A population grid.
    boundary : shapely Polygon or MultiPolygon in degrees, optional
        Origins outside it are left out; facilities and ways outside it are still used.

    Raises
    ------
    Refused
        Nothing of the extract lies inside the boundary, or no resident of the grid inside the extract.
    """
    book = standards.buildings
    found = set(extract.facilities.facility_type)
    unmapped = frozenset(standards.facility_types) - found
    people, rows, remarks = _origins(extract, book, cells)
    if boundary is not None:
        people, rows = _inside(people, rows, boundary)
    town = Town(extract.network, extract.walls, people, extract.facilities, unmapped, extract.buildings.outline)
    return TownOfExtract(town, rows, tuple(remarks))


_People = tuple[Origins, NDArray[np.int64], list[str]]


def _origins(extract: Extract, book: BuildingDefaults, cells: PopulationGrid | None) -> _People:
    if cells is not None:
        return _from_cells(extract, cells, book)
    if len(extract.buildings.id) == 0:
        return _from_nodes(extract.network)
    return _from_floor_area(extract.buildings, book)


def _from_floor_area(buildings: Buildings, book: BuildingDefaults) -> _People:
    residents, remarks = residents_by_floor_area(buildings.use, buildings.floor_area_m2, book)
    rows = np.flatnonzero(residents > 0)
    return _of_buildings(buildings, rows, residents[rows]), rows, list(remarks)


def _from_nodes(net: WalkNetwork) -> _People:
    """Every node with a way is an origin that weighs one; nobody is counted."""
    if net.projection is None:
        raise ValueError("the network has no projection")
    nodes = np.unique(np.concatenate([net.u, net.v]))
    lon, lat = net.projection.inverse(net.x[nodes], net.y[nodes])
    origins = Origins(
        id=[f"walk-node/{node}" for node in nodes],
        lon=lon,
        lat=lat,
        weights={RESIDENTS: np.ones(len(nodes))},
        label=[""] * len(nodes),
        counted=False,
    )
    remark = _("地图里没有建筑：以步行路网的 %(count)s 个节点为起点，不折算居民数") % {"count": len(nodes)}
    return origins, np.full(len(nodes), -1, np.int64), [remark]


def _from_cells(extract: Extract, cells: PopulationGrid, book: BuildingDefaults) -> _People:
    inside = _share_inside(extract, cells)
    residents = cells.residents * inside
    if not residents.sum() > 0:
        raise Refused(
            Reason(_("地图范围内，人口格网里没有居民"), mend=_("请核对格网的范围、坐标系和人口列"), field=cells.file)
        )
    lived, left = _spread(extract.buildings, cells, residents, book)
    rows = np.flatnonzero(lived > 0)
    origins = _of_buildings(extract.buildings, rows, lived[rows])
    middle = shapely.centroid(cells.area[left])
    origins = Origins(
        id=[*origins.id, *(f"cell/{cell}" for cell in left)],
        lon=np.concatenate([origins.lon, shapely.get_x(middle)]),
        lat=np.concatenate([origins.lat, shapely.get_y(middle)]),
        weights={RESIDENTS: np.concatenate([origins.weights[RESIDENTS], residents[left]])},
        label=[*origins.label, *([""] * len(left))],
    )
    remarks = [
        _("人口格网：地图范围内 %(residents)s 位居民，按住宅建筑面积分到 %(buildings)s 栋楼")
        % {"residents": f"{residents.sum():,.0f}", "buildings": len(rows)}
    ]
    if len(left):
        remarks.append(
            _("%(cells)s 个格子里没有能住人的建筑（%(residents)s 位居民），以格子中心为起点")
            % {"cells": len(left), "residents": f"{residents[left].sum():,.0f}"}
        )
    return origins, np.concatenate([rows, np.full(len(left), -1)]), remarks


def _spread(
    buildings: Buildings, cells: PopulationGrid, residents: NDArray[np.float64], book: BuildingDefaults
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Residents of each building, float64[B], and the cells that have residents and no building."""
    doors = shapely.points(buildings.door_lon, buildings.door_lat)
    door, cell = shapely.STRtree(cells.area).query(doors, predicate="intersects")
    door, first = np.unique(door, return_index=True)
    cell = cell[first]
    use = np.asarray(buildings.use)
    big = np.array([book.is_big_enough(area) for area in buildings.floor_area_m2], bool)
    homes = np.where(big & (use != SHELTER), buildings.floor_area_m2, 0.0)
    lived = np.array([book.residents(one, area) for one, area in zip(use, buildings.floor_area_m2, strict=True)])
    room = np.zeros(len(use))
    shares: tuple[NDArray[np.float64], ...] = (
        lived * big,
        np.where(np.isin(use, _MAYBE_HOMES), homes, 0.0),
        homes,
    )
    empty = np.ones(len(residents), bool)
    for share in shares:
        inside = np.bincount(cell, weights=share[door], minlength=len(residents))
        mine = empty[cell] & (inside[cell] > 0)
        room[door[mine]] = share[door[mine]] / inside[cell[mine]] * residents[cell[mine]]
        empty &= ~(inside > 0)
    return room, np.flatnonzero(empty & (residents > 0))


def _share_inside(extract: Extract, cells: PopulationGrid) -> NDArray[np.float64]:
    """Share of each cell's area that the extract covers, taking its extent for a box."""
    inside = shapely.intersection(cells.area, extract.extent)
    share: NDArray[np.float64] = shapely.area(inside) / shapely.area(cells.area)
    return share


def _of_buildings(buildings: Buildings, rows: NDArray[np.intp], residents: NDArray[np.float64]) -> Origins:
    return Origins(
        id=[buildings.id[row] for row in rows.tolist()],
        lon=buildings.door_lon[rows],
        lat=buildings.door_lat[rows],
        weights={RESIDENTS: residents},
        label=[buildings.name[row] for row in rows.tolist()],
    )


def _inside(people: Origins, rows: NDArray[np.int64], boundary: Geometry) -> tuple[Origins, NDArray[np.int64]]:
    keep = np.flatnonzero(shapely.contains_xy(boundary, people.lon, people.lat))
    if not len(keep):
        raise Refused(
            Reason(
                _("边界里没有地图上的任何起点"),
                field=_("边界"),
                mend=_("请核对边界是否为 WGS 84 经纬度（先经度、后纬度），并与地图在同一个地方"),
            )
        )
    kept = Origins(
        id=[people.id[one] for one in keep.tolist()],
        lon=people.lon[keep],
        lat=people.lat[keep],
        weights={name: column[keep] for name, column in people.weights.items()},
        label=[people.label[one] for one in keep.tolist()],
        counted=people.counted,
    )
    return kept, rows[keep]
