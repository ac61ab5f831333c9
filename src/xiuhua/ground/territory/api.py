"""The territory by the API: its places and people, masked as on screen; a household's file, opened for a purpose."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from xiuhua.ground.api.asked import Body, Id, TerritoryPath, Text, Words, reader
from xiuhua.ground.api.paging import Page, Paging, Sought, paged
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.clock import now
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.standards import on
from xiuhua.ground.territory import actions, queries, rules
from xiuhua.ground.territory.models import Household, Sex, Use
from xiuhua.ground.territory.permits import LISTS
from xiuhua.ground.territory.told import every, found, told

router = Router()


class Listed(Paging):
    """Which places are asked for: those at a territory path and below it."""

    path: TerritoryPath | None = None


class Addressed(Listed):
    """The same, with words of the address."""

    words: Words = ""


class PersonSought(Sought):
    """A whole name, telephone or identity number, or words of the address."""

    path: TerritoryPath | None = None


class NodeTold(Schema):
    """A place in the tree of the territory."""

    id: int
    path: str


class CommitteeTold(NodeTold):
    """A residents' committee (居委会), with how many live there."""

    name: str
    micro_grids: int
    buildings: int
    households: int
    residents: int
    elders: int


class MicroGridTold(NodeTold):
    """A micro-grid (微网格)."""

    name: str
    committee: str
    buildings: int
    households: int
    residents: int
    elders: int


class BuildingTold(NodeTold):
    """A building (楼栋), with its door in WGS 84."""

    name: str
    quarter: str
    committee: str
    use: Use
    levels: float
    floor_area_m2: float
    year_built: int | None
    structure: str
    door_lon: float
    door_lat: float
    stairwells: int
    residents: int


class StairwellTold(NodeTold):
    """A stairwell (门洞), with what decides whether a lift suits it."""

    address: str
    committee: str
    levels: int
    households_per_floor: int
    has_lift: bool
    lift_suitable: bool | None
    unsuitable_because: str
    households: int
    residents: int


class HouseholdTold(NodeTold):
    """A household (住户): where, and how many live there, but not who."""

    address: str
    committee: str
    floor: int
    room: str
    living_area_m2: float | None
    tenure: str
    people: int
    elders: int


class ResidentTold(NodeTold):
    """A resident (居民); name, telephone and identity number are masked. `kept_only`: kept and not used (只存不用)."""

    household: int
    address: str
    committee: str
    name: str
    sex: Sex
    age: int
    phone: str
    id_number: str
    kept_only: bool
    left_at: datetime | None


class FacilityTold(Schema):
    """A facility (设施), in WGS 84."""

    id: int
    path: str
    name: str
    facility_type: str
    type_name: str
    committee: str
    floor_area_m2: float | None
    lon: float
    lat: float


class WholeResident(Schema):
    """A resident as the file has them."""

    id: int
    name: str
    sex: Sex
    birth_year: int
    birth_date: date | None
    phone: str
    id_number: str
    basis: str


class OpenedFile(Schema):
    """A household's file (一户一档), whole: what it was opened for is on record.

    `kept_only` are those whose data are kept and not used (只存不用), and whom that purpose does not open.
    """

    household: HouseholdTold
    purpose: str
    residents: list[WholeResident]
    kept_only: list[int]


class OpeningWanted(Body):
    """What a file is to be opened for: a purpose of the rule book, and in words what it is about.

    Where somebody's data are kept and not used, few purposes open them, and the words must say which case it is.
    """

    purpose: Words
    note: Text = ""


@router.get("/committees", response=Page[CommitteeTold], summary=_("居委会"))
def list_committees(request: HttpRequest, asked: Query[Listed]) -> dict[str, Any]:
    """Residents' committees."""
    return _list(request, "committees", asked)


@router.get("/committees/{row_id}", response=CommitteeTold, summary=_("一个居委会"))
def get_committee(request: HttpRequest, row_id: Id) -> dict[str, Any]:
    """One committee."""
    return _one(request, "committees", row_id)


@router.get("/micro-grids", response=Page[MicroGridTold], summary=_("微网格"))
def list_micro_grids(request: HttpRequest, asked: Query[Listed]) -> dict[str, Any]:
    """Micro-grids."""
    return _list(request, "micro_grids", asked)


@router.get("/micro-grids/{row_id}", response=MicroGridTold, summary=_("一个微网格"))
def get_micro_grid(request: HttpRequest, row_id: Id) -> dict[str, Any]:
    """One micro-grid."""
    return _one(request, "micro_grids", row_id)


@router.get("/buildings", response=Page[BuildingTold], summary=_("楼栋"))
def list_buildings(request: HttpRequest, asked: Query[Listed]) -> dict[str, Any]:
    """Buildings."""
    return _list(request, "buildings", asked)


@router.get("/buildings/{row_id}", response=BuildingTold, summary=_("一栋楼"))
def get_building(request: HttpRequest, row_id: Id) -> dict[str, Any]:
    """One building."""
    return _one(request, "buildings", row_id)


@router.get("/stairwells", response=Page[StairwellTold], summary=_("门洞"))
def list_stairwells(request: HttpRequest, asked: Query[Addressed]) -> dict[str, Any]:
    """Stairwells."""
    return _list(request, "stairwells", asked)


@router.get("/stairwells/{row_id}", response=StairwellTold, summary=_("一个门洞"))
def get_stairwell(request: HttpRequest, row_id: Id) -> dict[str, Any]:
    """One stairwell."""
    return _one(request, "stairwells", row_id)


@router.get("/households", response=Page[HouseholdTold], summary=_("住户"))
def list_households(request: HttpRequest, asked: Query[Addressed]) -> dict[str, Any]:
    """Households."""
    return _list(request, "households", asked)


@router.get("/households/{row_id}", response=HouseholdTold, summary=_("一户"))
def get_household(request: HttpRequest, row_id: Id) -> dict[str, Any]:
    """One household."""
    return _one(request, "households", row_id)


@router.get("/residents", response=Page[ResidentTold], summary=_("住在这里的居民"))
def list_residents(request: HttpRequest, asked: Query[Listed]) -> dict[str, Any]:
    """Residents who live here now."""
    return _list(request, "residents", asked)


@router.post("/residents/find", response=Page[ResidentTold], summary=_("找一位居民"))
def find_residents(request: HttpRequest, body: PersonSought) -> dict[str, Any]:
    """Residents who live here now, of whom every word is the whole name or number, or a part of the address."""
    return _list(request, "residents", body)


@router.get("/residents/{row_id}", response=ResidentTold, summary=_("一位居民"))
def get_resident(request: HttpRequest, row_id: Id) -> dict[str, Any]:
    """One resident."""
    return _one(request, "residents", row_id)


@router.get("/facilities", response=Page[FacilityTold], summary=_("设施"))
def list_facilities(request: HttpRequest, asked: Query[Listed]) -> dict[str, Any]:
    """Facilities."""
    return _list(request, "facilities", asked)


@router.get("/facilities/{row_id}", response=FacilityTold, summary=_("一处设施"))
def get_facility(request: HttpRequest, row_id: Id) -> dict[str, Any]:
    """One facility."""
    return _one(request, "facilities", row_id)


@router.post("/households/{row_id}/open", response=OpenedFile, summary=_("打开一户一档"))
def open_household_file(request: HttpRequest, row_id: Id, body: OpeningWanted) -> dict[str, Any]:
    """Open a household's file, for a purpose that goes on record."""
    actor = reader(request, LISTS["households"])
    household = get_visible_or_404(Household, actor, pk=row_id)
    opened = actions.open_household_file(actor=actor, household=household, **body.model_dump()).subject
    members = queries.with_kept_only(opened.residents.here().visible_to(actor))
    shown = [one for one in members if rules.is_shown(one.kept_only, body.purpose, on(now().date()).privacy.purposes)]
    return {
        "household": _one(request, "households", row_id),
        "purpose": body.purpose,
        "residents": [{name: getattr(one, name) for name in WholeResident.model_fields} for one in shown],
        "kept_only": [one.pk for one in members if one not in shown],
    }


def _list(request: HttpRequest, name: str, asked: Listed | PersonSought) -> dict[str, Any]:
    """Part of a list, as far as its reader sees it."""
    seer = reader(request, LISTS[name])
    rows = found(name, seer, path=asked.path, words=getattr(asked, "words", ""))
    return paged(rows, asked, lambda part: told(name, part, seer))


def _one(request: HttpRequest, name: str, row_id: int) -> dict[str, Any]:
    """One row of a list; of residents, also one who has moved away."""
    seer = reader(request, LISTS[name])
    return told(name, [get_visible_or_404(every(name, seer), seer, pk=row_id)], seer)[0]
