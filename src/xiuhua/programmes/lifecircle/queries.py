"""Reads that the pages of the life circle share."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from django.db.models import Exists, OuterRef, Q, QuerySet
from shapely.geometry.base import BaseGeometry

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.standards import Standards
from xiuhua.ground.territory.models import Building, Committee, Facility, Stairwell, Subdistrict
from xiuhua.ground.territory.queries import network_on_record, residents_by_building
from xiuhua.programmes.lifecircle.analysis import Analysis, Origins, Places, Town
from xiuhua.programmes.lifecircle.analysis.kept import unpack
from xiuhua.programmes.lifecircle.models import Run

POPULATIONS = ("residents", "residents_60_plus", "residents_80_plus", "children_6_12", "children_0_3")


def runs(seer: Seer) -> QuerySet[Run]:
    """Analyses that this reader may see, with their subdistrict, newest first, without their content."""
    rows: QuerySet[Run] = Run.objects.visible_to(seer).select_related("subdistrict").defer("content")
    return rows


def runs_of(seer: Seer, subdistrict: Subdistrict) -> list[Run]:
    """Analyses that were made of a subdistrict, newest first, without their content and area."""
    return list(runs(seer).filter(subdistrict=subdistrict).defer("content", "area"))


def newest_run(seer: Seer, subdistrict: Subdistrict) -> Run | None:
    """The analysis made last of the whole subdistrict, else of a part of it, else None."""
    of_all = runs(seer).filter(subdistrict=subdistrict)
    return of_all.filter(area__isnull=True).first() or of_all.first()


def buildings_asked_about(subdistrict: Subdistrict, area: BaseGeometry | None) -> list[Building]:
    """Buildings where people live, those inside an area only if one is given (by their door), in order of path."""
    on_record = Exists(Stairwell.objects.filter(building=OuterRef("pk")))
    lived_in = Building.objects.under(subdistrict.path).filter(Q(residents_estimate__gt=0) | on_record)
    rows = list(lived_in.select_related("committee").order_by("path"))
    if area is None or not rows:
        return rows
    doors = shapely.points([row.door_lon for row in rows], [row.door_lat for row in rows])
    inside = shapely.intersects(area, doors)
    return [row for row, is_inside in zip(rows, inside, strict=True) if is_inside]


def town_of(subdistrict: Subdistrict, buildings: list[Building], book: Standards) -> Town:
    """What an analysis stands on, from the record as of the rule book's day.

    Residents on record one by one are counted; where none are, the buildings' estimates stand in. Types of which no
    facility is on record say nothing, and are left out of the score as they are where a map lacks them.
    """
    entrances = [
        (row, lon, lat)
        for row in Facility.objects.filter(subdistrict=subdistrict).order_by("id")
        for lon, lat in row.entrances
    ]
    outlines = Building.objects.under(subdistrict.path).values_list("geometry", flat=True)
    laid = subdistrict.networks.latest()
    return Town(
        network=network_on_record(laid),
        walls=shapely.get_parts(laid.uncrossable),
        origins=_origins(subdistrict, buildings, book.day.year),
        facilities=Places(
            facility_id=[row.key for row, _lon, _lat in entrances],
            facility_type=[row.facility_type for row, _lon, _lat in entrances],
            lon=np.array([lon for _row, lon, _lat in entrances], float),
            lat=np.array([lat for _row, _lon, lat in entrances], float),
            name=[row.name for row, _lon, _lat in entrances],
        ),
        unmapped=frozenset(book.facility_types) - {row.facility_type for row, _lon, _lat in entrances},
        footprints=np.array([*outlines], object),
    )


def _origins(subdistrict: Subdistrict, buildings: list[Building], year: int) -> Origins:
    committees = list(dict.fromkeys(row.committee for row in buildings))
    place = {committee.pk: number for number, committee in enumerate(committees)}
    return Origins(
        id=[str(row.pk) for row in buildings],
        lon=np.array([row.door_lon for row in buildings], float),
        lat=np.array([row.door_lat for row in buildings], float),
        weights=_people(subdistrict, buildings, year),
        label=[row.name for row in buildings],
        group=np.array([place[row.committee_id] for row in buildings], np.int32),
        group_names=[committee.name for committee in committees],
    )


def _people(
    subdistrict: Subdistrict, buildings: list[Building], year: int
) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    counted = residents_by_building(subdistrict, year)
    if not counted:
        return {"residents": np.array([row.residents_estimate for row in buildings], float)}
    nobody: dict[str, int] = dict.fromkeys(POPULATIONS, 0)
    return {
        column: np.array([counted.get(row.pk, nobody)[column] for row in buildings], float) for column in POPULATIONS
    }


def analysis_of(run: Run) -> Analysis:
    """The outcome of a run; kept in memory, since runs never change."""
    return _analysis(run.pk)


@lru_cache(maxsize=16)
def _analysis(run_id: int) -> Analysis:
    run = Run.objects.select_related("network").get(pk=run_id)
    return unpack(bytes(run.content), network_on_record(run.network))


def forget_analyses() -> None:
    """Let go of the outcomes kept in memory: a test's database gives the same number to another run."""
    _analysis.cache_clear()


def committee_numbers(subdistrict: Subdistrict) -> dict[str, int]:
    """Number on record of each committee, by its name."""
    return dict(Committee.objects.under(subdistrict.path).values_list("name", "pk"))
