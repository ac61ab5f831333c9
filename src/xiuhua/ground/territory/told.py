"""What the API tells of places and people: the rows that the pages list, by name of list, in plain values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from xiuhua.ground.clock import now
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.standards import on
from xiuhua.ground.territory import names, queries, search
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.ui.lists.query import Found

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """What the rows of one answer are told with: the day, and the names of the committees that the reader sees."""

    day: date
    committees: Mapping[str, str]

    def committee(self, row: Any) -> str:
        """Name of the committee in which a row lies; none for what belongs to the whole subdistrict."""
        return self.committees.get(committee_of(row.path), "")


@dataclass(frozen=True, slots=True)
class Telling:
    """A list: where its rows come from, what is told of one, and how words are sought in it.

    Parameters
    ----------
    rows : callable
        Given the reader and the day, the rows that they see.
    tell : callable
        Given a row and what is around, its values.
    seek : callable, optional
        Given rows, words and the reader, those that the words mean.
    """

    rows: Callable[[Seer, date], QuerySet[Any]]
    tell: Callable[[Any, Around], Row]
    seek: Callable[[QuerySet[Any], list[str], Seer], Found] | None = None


def found(name: str, seer: Seer, *, path: str | None = None, words: str = "") -> Found:
    """The rows of a list that a reader sees.

    Parameters
    ----------
    path : str, optional
        Only what lies at it or below.
    words : str
        What is sought.
    """
    telling = TOLD[name]
    rows: Any = telling.rows(seer, now().date())
    if path:
        rows = rows.under(path)
    return telling.seek(rows, words.split(), seer) if telling.seek and words.strip() else rows


def every(name: str, seer: Seer) -> QuerySet[Any]:
    """The rows of a list that a reader sees; of residents, those who have moved away too."""
    return _everybody(seer) if name == "residents" else TOLD[name].rows(seer, now().date())


def told(name: str, rows: list[Any], seer: Seer) -> list[Row]:
    """What is told of rows."""
    around = Around(now().date(), queries.committee_names(seer))
    if name == "households":
        rows = queries.with_people_counted(rows, around.day)
    if name == "residents":
        rows = queries.with_kept_only(rows)
    return [{"id": row.pk, "path": row.path, **TOLD[name].tell(row, around)} for row in rows]


def _everybody(seer: Seer) -> QuerySet[Any]:
    rows: QuerySet[Any] = Resident.objects.visible_to(seer).select_related("household__stairwell__building")
    return rows


def _counts(row: Any, *counted: str) -> Row:
    return {name: getattr(row, f"{name}_count") for name in counted}


def _same(row: Any, *fields: str) -> Row:
    return {name: getattr(row, name) for name in fields}


def _committee(row: Any, _around: Around) -> Row:
    return {**_same(row, "name"), **_counts(row, "micro_grids", "buildings", "households", "residents", "elders")}


def _micro_grid(row: Any, around: Around) -> Row:
    counts = _counts(row, "buildings", "households", "residents", "elders")
    return {**_same(row, "name"), "committee": around.committee(row), **counts}


def _building(row: Any, around: Around) -> Row:
    own = ("name", "quarter", "use", "levels", "floor_area_m2", "year_built", "structure", "door_lon", "door_lat")
    return {**_same(row, *own), "committee": around.committee(row), **_counts(row, "stairwells", "residents")}


def _stairwell(row: Any, around: Around) -> Row:
    own = ("address", "levels", "households_per_floor", "has_lift", "lift_suitable", "unsuitable_because")
    return {**_same(row, *own), "committee": around.committee(row), **_counts(row, "households", "residents")}


def _household(row: Any, around: Around) -> Row:
    own = ("address", "floor", "room", "living_area_m2", "tenure", "people", "elders")
    return {**_same(row, *own), "committee": around.committee(row)}


def _resident(row: Any, around: Around) -> Row:
    return {
        **_same(row, "sex", "left_at"),
        "household": row.household_id,
        "address": row.household.address,
        "committee": around.committee(row),
        "name": names.resident_name(row),
        "kept_only": row.kept_only,
        "age": row.age_on(around.day),
        "phone": names.resident_phone(row),
        "id_number": names.resident_id_number(row),
    }


def _facility(row: Any, around: Around) -> Row:
    kind = on(around.day).facility_types.get(row.facility_type)
    lon, lat = row.entrances[0]
    return {
        **_same(row, "name", "facility_type", "floor_area_m2"),
        "type_name": names.type_name(kind, row.facility_type),
        "committee": around.committee(row),
        "lon": lon,
        "lat": lat,
    }


TOLD: dict[str, Telling] = {
    "committees": Telling(queries.listed_committees, _committee),
    "micro_grids": Telling(queries.listed_micro_grids, _micro_grid),
    "buildings": Telling(queries.listed_buildings, _building),
    "stairwells": Telling(queries.listed_stairwells, _stairwell, search.stairwells_with),
    "households": Telling(lambda seer, _day: queries.listed_households(seer), _household, search.households_with),
    "residents": Telling(lambda seer, _day: queries.listed_residents(seer), _resident, search.residents_with),
    "facilities": Telling(lambda seer, _day: queries.listed_facilities(seer), _facility),
}
