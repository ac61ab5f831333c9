"""Reads of the territory that pages, commands and programmes share."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Count, Q

from xiuhua.engine.network import WalkNetwork
from xiuhua.ground.territory.models import (
    Building,
    Committee,
    Facility,
    Household,
    Resident,
    Stairwell,
    Subdistrict,
    WalkingNetwork,
)


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
