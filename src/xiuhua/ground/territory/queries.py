"""Reads of the territory that pages, commands and programmes share."""

import tempfile
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.db.models import Case, Count, Prefetch, Q, QuerySet, When

from xiuhua.engine.network import WalkNetwork
from xiuhua.ground.journal.unchanged import until_recorded
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.queryset import ScopedQuerySet
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory import hooks
from xiuhua.ground.territory.counts import ELDER_FROM, counted
from xiuhua.ground.territory.models import (
    Binding,
    Building,
    Committee,
    Facility,
    Household,
    MicroGrid,
    Resident,
    Stairwell,
    Subdistrict,
    WalkingNetwork,
)
from xiuhua.ground.ui.lists.query import Keeper

Rows = TypeVar("Rows", bound=QuerySet[Any])

_IN_AN_ADDRESS: dict[Any, frozenset[str]] = {
    Household: frozenset({"id", "path", "room", "stairwell"}),
    Stairwell: frozenset({"id", "name", "building"}),
    Building: frozenset({"id", "name"}),
}
"""What an address reads, and what leads on."""


def subdistricts() -> list[Subdistrict]:
    """All subdistricts on record."""
    return list(Subdistrict.objects.all())


def network_on_record(row: WalkingNetwork) -> WalkNetwork:
    """The network that a row holds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.npz"
        path.write_bytes(row.content)
        return WalkNetwork.load(path)


def residents_by_building(subdistrict: Subdistrict, year: int) -> dict[int, dict[str, int]]:
    """Residents on record of each building, by the groups that personas stand for.

    Parameters
    ----------
    year : int
        Ages are counted as this year less the year of birth.

    Returns
    -------
    dict
        Building id to counts: ``residents``, ``residents_60_plus``, ``residents_80_plus``, ``children_6_12`` and
        ``children_0_3``.
    """
    born = "birth_year"
    rows = (
        Resident.objects.here()
        .under(subdistrict.path)
        .order_by()
        .values("household__stairwell__building")
        .annotate(
            residents=Count("id"),
            residents_60_plus=Count("id", filter=Q(**{f"{born}__lte": year - 60})),
            residents_80_plus=Count("id", filter=Q(**{f"{born}__lte": year - 80})),
            children_6_12=Count("id", filter=Q(**{f"{born}__range": (year - 12, year - 6)})),
            children_0_3=Count("id", filter=Q(**{f"{born}__gte": year - 3})),
        )
    )
    return {row.pop("household__stairwell__building"): row for row in rows}


@dataclass(frozen=True, slots=True)
class Census:
    """What is on record in a subdistrict, counted."""

    committees: int
    committee_names: list[str]
    area_km2: float
    residents: int
    residents_60_plus: int
    households: int
    buildings: int
    stairwells: int
    facilities: int


def census(subdistrict: Subdistrict, year: int) -> Census:
    """Count a subdistrict back from the database; ages as in `residents_by_building`."""
    names = list(Committee.objects.under(subdistrict.path).values_list("name", flat=True))
    residents = Resident.objects.here().under(subdistrict.path)
    return Census(
        committees=len(names),
        committee_names=names,
        area_km2=round(area_km2(subdistrict), 3),
        residents=residents.count(),
        residents_60_plus=residents.filter(birth_year__lte=year - 60).count(),
        households=Household.objects.under(subdistrict.path).count(),
        buildings=Building.objects.under(subdistrict.path).count(),
        stairwells=Stairwell.objects.under(subdistrict.path).count(),
        facilities=Facility.objects.filter(subdistrict=subdistrict).count(),
    )


def area_km2(subdistrict: Subdistrict) -> float:
    """Geodesic area of the subdistrict on the WGS 84 ellipsoid."""
    from pyproj import Geod

    area_m2, _perimeter = Geod(ellps="WGS84").geometry_area_perimeter(subdistrict.geometry)
    return abs(area_m2) / 1e6


def committee_names(seer: Seer) -> dict[str, str]:
    """Name of each committee that a reader sees, by its path, in order."""
    return dict(Committee.objects.visible_to(seer).order_by("path").values_list("path", "name"))


_OF_A_COMMITTEE = ("micro_grids", "buildings", "households", "residents", "elders")
MANY_PEOPLE = 10_000
"""So many are counted once, until something is put on record."""


def listed_committees(seer: Seer, day: date) -> ScopedQuerySet:
    """Committees with what is counted in each."""
    return _light(Committee.objects.visible_to(seer).annotate(**counted(seer, day, Committee, *_OF_A_COMMITTEE)))


def committees_counted(seer: Seer, day: date) -> list[Committee]:
    """All of them, by their paths; where many people live their counts are kept until something is put on record."""
    names = [f"{name}_count" for name in _OF_A_COMMITTEE]

    def counts() -> dict[int, tuple[int, ...]]:
        return {pk: tuple(found) for pk, *found in listed_committees(seer, day).values_list("pk", *names)}

    def is_much(found: dict[int, tuple[int, ...]]) -> bool:
        return sum(one[names.index("residents_count")] for one in found.values()) >= MANY_PEOPLE

    tops = seer.sees(Committee.sight)
    found = until_recorded(("committees", tops, day), tops, counts, worth=is_much)
    rows = list(_light(Committee.objects.visible_to(seer).order_by("path")))
    for row in rows:
        for name, number in zip(names, found.get(row.pk, (0,) * len(names)), strict=True):
            setattr(row, name, number)
    return rows


def listed_micro_grids(seer: Seer, day: date) -> ScopedQuerySet:
    """Micro-grids with what is counted in each."""
    names = ("buildings", "households", "residents", "elders")
    return _light(MicroGrid.objects.visible_to(seer).annotate(**counted(seer, day, MicroGrid, *names)))


def listed_buildings(seer: Seer, day: date, *also: str) -> ScopedQuerySet:
    """Buildings with what is counted in each: stairwells and residents, and what else is named."""
    return _light(
        Building.objects.visible_to(seer).annotate(**counted(seer, day, Building, "stairwells", "residents", *also))
    )


def listed_stairwells(seer: Seer, day: date) -> ScopedQuerySet:
    """Stairwells with what is counted in each."""
    rows = addressed_stairwells(seer).annotate(**counted(seer, day, Stairwell, "households", "residents"))
    stairwells: ScopedQuerySet = rows
    return stairwells


def addressed_stairwells(seer: Seer) -> ScopedQuerySet:
    """Stairwells with their addresses."""
    return with_address(Stairwell.objects.visible_to(seer), "building")


def keeper_of(seer: Seer, sight: Sight) -> Keeper:
    """Keeps what a list of this reader takes long for until something is put on record, where many people live."""

    def keep(key: Hashable, work: Callable[[], Any]) -> Any:
        return until_recorded(key, seer.sees(sight), work, worth=lambda _found: _many_are_on_record())

    return keep


def _many_are_on_record() -> bool:
    newest = Resident.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest is not None and newest >= MANY_PEOPLE


def listed_households(seer: Seer) -> ScopedQuerySet:
    """Households with their addresses, which take one query more."""
    return Household.objects.visible_to(seer).prefetch_related(Prefetch("stairwell", _addresses()))


def listed_residents(seer: Seer, *, left: bool = False) -> ScopedQuerySet:
    """Residents who live here, or who have left, with their addresses, which take one query more."""
    rows = Resident.objects.visible_to(seer)
    rows = rows.filter(left_at__isnull=False) if left else rows.here()
    return rows.prefetch_related(Prefetch("household", _homes()))


def listed_facilities(seer: Seer) -> ScopedQuerySet:
    """Facilities, by where they stand."""
    return _light(Facility.objects.visible_to(seer).order_by("path", "facility_type", "name", "id"))


def listed_bindings(seer: Seer) -> ScopedQuerySet:
    """Bindings with their addresses, those that wait first, then the latest."""
    waits = Case(When(state=Binding.State.ASKED, then=0), default=1)
    rows = Binding.objects.visible_to(seer).select_related("user").order_by(waits, "-asked_at", "-id")
    bindings: ScopedQuerySet = rows.prefetch_related(Prefetch("stairwell", _addresses()))
    return bindings


def latest_binding(user: Any) -> Binding | None:
    """The binding that stands or waits for somebody, else their last one."""
    rows = Binding.objects.filter(user=user).select_related("stairwell__building", "resident")
    latest: Binding | None = rows.prefetch_related(Prefetch("household", _homes())).order_by("-asked_at", "-id").first()
    return latest


def own_record(user: Any) -> Resident | None:
    """The resident on record whom somebody with an account was found to be; None for whoever is bound to none."""
    if getattr(user, "pk", None) is None:
        return None
    rows = Binding.objects.standing().filter(user=user, resident__isnull=False, resident__erased_at__isnull=True)
    binding = rows.select_related("resident__household__stairwell__building").first()
    return binding.resident if binding else None


def housemates(binding: Binding) -> list[Resident]:
    """Who lives in the household that an account is bound to."""
    rows = Resident.objects.here().filter(household=binding.household_id, erased_at__isnull=True)
    return list(rows.order_by("path"))


def doors_by_quarter(committee: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Stairwells of a committee, as (number in the database, address), under the names of their quarters.

    Addresses stand in the street for everyone to read; who lives there is not among them.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    rows = Stairwell.objects.under(committee).select_related("building").defer("building__geometry")
    for row in rows.order_by("path"):
        found.setdefault(row.building.quarter or row.building.name, []).append((str(row.pk), row.address))
    return list(found.items())


def with_people_counted(rows: Iterable[Household], day: date) -> list[Household]:
    """Households with how many live in each (`people`) and how many of them are 60 or older (`elders`): one query."""
    found = list(rows)
    at_home: dict[int, list[Resident]] = {}
    people = Resident.objects.here().filter(household__in=found).only("household_id", "birth_year", "birth_date")
    for one in people:
        at_home.setdefault(one.household_id, []).append(one)
    for household in found:
        members = at_home.get(household.pk, [])
        household.people = len(members)
        household.elders = sum(one.age_on(day) >= ELDER_FROM for one in members)
    return found


def with_kept_only(rows: Iterable[Resident]) -> list[Resident]:
    """Residents with whether their data are kept and not used (`kept_only`): one query."""
    found = list(rows)
    numbers = hooks.kept_only_among([one.pk for one in found])
    for one in found:
        one.kept_only = one.pk in numbers
    return found


def lives_in(user: Any, node: Any) -> bool:
    """Whether someone with an account lives at a place, as a worker of its committee has confirmed.

    Parameters
    ----------
    user : User
        Whose account it is; a visitor lives nowhere.
    node : Node
        A household or anything above it.
    """
    if getattr(user, "pk", None) is None:
        return False
    return Binding.objects.standing().under(node.path).filter(user=user).exists()


def with_address(rows: Rows, way: str) -> Rows:
    """Rows with the address that lies that way: of what is between only what the address reads.

    Parameters
    ----------
    way : str
        From a row to the building, such as ``"household__stairwell__building"``.
    """
    model: Any = rows.model
    return rows.select_related(way).defer(*_beside_an_address(model, way))


@cache
def _beside_an_address(model: Any, way: str) -> tuple[str, ...]:
    """Columns on the way that no address reads."""
    here: Any = model
    found, names = [], way.split("__")
    for place, name in enumerate(names):
        here = here._meta.get_field(name).related_model
        if kept := _IN_AN_ADDRESS.get(here):
            before = "__".join(names[: place + 1])
            found += [f"{before}__{field.name}" for field in here._meta.concrete_fields if field.name not in kept]
    return tuple(found)


def _homes() -> QuerySet[Household]:
    return with_address(Household.objects.all(), "stairwell__building")


def _addresses() -> QuerySet[Stairwell]:
    return with_address(Stairwell.objects.all(), "building")


def _light(rows: ScopedQuerySet) -> ScopedQuerySet:
    """Rows without their outlines, which a list does not draw."""
    return rows.defer("geometry")
