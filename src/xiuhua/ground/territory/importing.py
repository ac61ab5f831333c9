"""A map extract drawn as a plan of the territory (导入地图)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

import numpy as np
import shapely
from django.db import transaction
from shapely import MultiPolygon, Polygon

from xiuhua.ground.clock import now
from xiuhua.ground.journal import attempts
from xiuhua.ground.journal.actors import System
from xiuhua.ground.progress import Progress, silent
from xiuhua.ground.sources.area import read_area, require_overlap
from xiuhua.ground.sources.datum import Datum, to_wgs84
from xiuhua.ground.sources.osm import Buildings, Extract, FacilityPoints, read_extract
from xiuhua.ground.sources.residents import residents_by_floor_area
from xiuhua.ground.standards import Standards, on
from xiuhua.ground.territory import actions
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.territory.plan import (
    BuildingPlan,
    CommitteePlan,
    FacilityPlan,
    LandscapePlan,
    TerritoryPlan,
)
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

DATUMS = get_args(Datum)
UNDIVIDED = "undivided"
MARGIN_DEG = 0.0005
"""Room left around an extract that comes without a boundary, about fifty metres."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import, and what had to be assumed."""

    subdistrict: Subdistrict
    buildings: int
    facilities: int
    edges: int
    remarks: tuple[str, ...]


def import_extract(
    extract: Path,
    *,
    code: str,
    name: str,
    boundary: Path | None = None,
    datum: str = "wgs84",
    progress: Progress = silent,
) -> Imported:
    """Import an OpenStreetMap extract as a subdistrict of its own: all of it, or nothing.

    Parameters
    ----------
    extract, boundary : Path
        The map, and the area in which buildings belong to the subdistrict (default: the whole map).
    code, name : str
        As `actions.found_subdistrict` wants them.
    datum : {"wgs84", "gcj02", "bd09"}
        What the boundary's coordinates are given in; OpenStreetMap itself is always WGS 84.

    Raises
    ------
    Refused
        A file cannot be used, map and boundary lie apart, or the code is taken.
    """
    book = on(now().date())
    area = None if boundary is None else _converted(read_area(boundary), datum)
    read = read_extract(
        extract,
        facility_types=book.facility_types,
        building_defaults=book.buildings,
        progress=lambda _phase, share: progress(_("读地图"), 0.4 * share),
    )
    if area is not None and boundary is not None:
        require_overlap(area, read.extent, area_name=boundary.name, map_name=extract.name)
    area = area or read.extent.buffer(MARGIN_DEG, join_style="mitre")
    plan = plan_of_extract(read, book, area)
    system = System("import")
    with attempts.written_in_the_end(), transaction.atomic():
        subdistrict = actions.found_subdistrict(actor=system, code=code, name=name, area=area).subject
        actions.lay_out(
            actor=system,
            subdistrict=subdistrict,
            plan=plan,
            progress=lambda stage, share: progress(stage, 0.4 + 0.6 * share),
        )
    return Imported(subdistrict, len(plan.buildings), len(plan.facilities), plan.network.edge_count, plan.remarks)


def _converted(area: Polygon | MultiPolygon, datum: str) -> Polygon | MultiPolygon:
    if datum not in DATUMS:
        raise Refused(
            Reason(
                _("没有「%(datum)s」这种坐标系") % {"datum": datum},
                field="--datum",
                mend=_("可选：%(datums)s") % {"datums": " ".join(DATUMS)},
            )
        )
    converted: Polygon | MultiPolygon = shapely.transform(
        area, lambda points: np.column_stack(to_wgs84(points[:, 0], points[:, 1], cast(Datum, datum)))
    )
    return converted


def plan_of_extract(extract: Extract, standards: Standards, area: Polygon | MultiPolygon) -> TerritoryPlan:
    """Draw an extract as a plan: one committee for all, until the office draws its own.

    Buildings belong to the subdistrict by their door. Facilities, ways, walls and water beyond the boundary come along,
    since people walk across it.

    Raises
    ------
    Refused
        No building stands inside the area.
    """
    residents, remarks = residents_by_floor_area(
        extract.buildings.use, extract.buildings.floor_area_m2, standards.buildings
    )
    inside = shapely.contains_xy(area, extract.buildings.door_lon, extract.buildings.door_lat)
    if not inside.any():
        raise Refused(
            Reason(
                _("边界里没有地图上的楼栋"),
                field=_("边界"),
                mend=_("请核对边界是否为 WGS 84 经纬度（先经度、后纬度），并与地图在同一个地方"),
            )
        )
    return TerritoryPlan(
        network=extract.network,
        committees=(CommitteePlan(UNDIVIDED, _("未划分居委会"), area),),
        buildings=tuple(_building(extract.buildings, row, residents[row]) for row in np.flatnonzero(inside).tolist()),
        facilities=tuple(_facilities(extract.facilities)),
        landscape=tuple(
            LandscapePlan(str(number), thing.kind, thing.name, thing.geometry)
            for number, thing in enumerate(extract.landscape)
        ),
        uncrossable=tuple(extract.walls),
        remarks=remarks,
    )


def _building(buildings: Buildings, row: int, residents: float) -> BuildingPlan:
    levels = float(buildings.levels[row])
    footprint_storeys = max(levels if np.isfinite(levels) else 1.0, 1.0)
    return BuildingPlan(
        key=buildings.id[row],
        name=buildings.name[row],
        outline=buildings.outline[row],
        door=(float(buildings.door_lon[row]), float(buildings.door_lat[row])),
        levels=footprint_storeys,
        use=buildings.use[row],
        floor_area_m2=float(buildings.floor_area_m2[row]),
        residents=float(residents),
    )


def _facilities(points: FacilityPoints) -> list[FacilityPlan]:
    """One facility for the rows that share its id and type, in the order of their first row."""
    entrances: dict[tuple[str, str], list[tuple[float, float]]] = {}
    names: dict[tuple[str, str], str] = {}
    for row, key in enumerate(zip(points.facility_id, points.facility_type, strict=True)):
        entrances.setdefault(key, []).append((float(points.lon[row]), float(points.lat[row])))
        names.setdefault(key, points.name[row])
    return [
        FacilityPlan(key=one, facility_type=kind, name=names[one, kind], entrances=tuple(doors))
        for (one, kind), doors in entrances.items()
    ]
