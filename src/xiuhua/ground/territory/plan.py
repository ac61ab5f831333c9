"""A territory on paper: everything that one action lays out in a subdistrict (街道), as plain values.

The demonstration subdistrict and the import of a map extract both draw such a plan, so there is one way in. Geometry is
shapely in WGS 84 longitude and latitude; keys are unique within the plan and become codes on record.
"""

from dataclasses import dataclass
from datetime import date

from shapely import Geometry, MultiPolygon, Polygon

from xiuhua.engine.network import WalkNetwork

LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CommitteePlan:
    """A residents' committee (居民委员会) and its area."""

    key: str
    name: str
    area: Polygon | MultiPolygon
    invented_name: bool = True


@dataclass(frozen=True, slots=True)
class MicroGridPlan:
    """A micro-grid (微网格): the doors that one grid worker looks after."""

    key: str
    committee: str
    name: str
    area: Polygon | MultiPolygon


@dataclass(frozen=True, slots=True)
class BuildingPlan:
    """A building (楼栋). `residents` is an estimate, for buildings whose residents are not on record one by one."""

    key: str
    name: str
    outline: Polygon | MultiPolygon
    door: LonLat
    levels: float
    use: str
    floor_area_m2: float
    micro_grid: str | None = None
    year_built: int | None = None
    structure: str = ""
    quarter: str = ""
    residents: float = 0.0


@dataclass(frozen=True, slots=True)
class StairwellPlan:
    """A stairwell (门洞) with what decides whether a lift suits it (适合加梯)."""

    key: str
    building: str
    name: str
    door: LonLat
    levels: int
    households_per_floor: int
    has_lift: bool
    lift_suitable: bool | None = None
    unsuitable_because: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdPlan:
    """A household (户) in its flat."""

    key: str
    stairwell: str
    floor: int
    room: str
    living_area_m2: float
    tenure: str


@dataclass(frozen=True, slots=True)
class ResidentPlan:
    """A resident (居民). Sex is ``f`` or ``m``; name, telephone and identity number where they are known."""

    key: str
    household: str
    birth_year: int
    sex: str
    name: str = ""
    phone: str = ""
    id_number: str = ""
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class FacilityPlan:
    """A facility (设施) of a type of the rule book, with the points where one walks in."""

    key: str
    facility_type: str
    name: str
    entrances: tuple[LonLat, ...]
    floor_area_m2: float | None = None
    building: str | None = None


@dataclass(frozen=True, slots=True)
class LandscapePlan:
    """What the map draws and nobody lives in; the kinds are those of `Landscape.Kind`."""

    key: str
    kind: str
    name: str
    geometry: Geometry


@dataclass(frozen=True, slots=True)
class TerritoryPlan:
    """A whole subdistrict, ready to be laid out.

    `uncrossable` are the lines that nobody walks across between a door and the network: walls, fences, banks, railways.
    """

    network: WalkNetwork
    committees: tuple[CommitteePlan, ...] = ()
    micro_grids: tuple[MicroGridPlan, ...] = ()
    buildings: tuple[BuildingPlan, ...] = ()
    stairwells: tuple[StairwellPlan, ...] = ()
    households: tuple[HouseholdPlan, ...] = ()
    residents: tuple[ResidentPlan, ...] = ()
    facilities: tuple[FacilityPlan, ...] = ()
    landscape: tuple[LandscapePlan, ...] = ()
    uncrossable: tuple[Geometry, ...] = ()
    remarks: tuple[str, ...] = ()
