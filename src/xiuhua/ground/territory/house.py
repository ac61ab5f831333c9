"""A stairwell as it stands (门洞立面): its floors from the top down, on each its homes, and who lives there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString

from xiuhua.ground.territory.counts import ELDER_FROM
from xiuhua.ground.territory.models import Household, Resident, Stairwell
from xiuhua.ground.territory.models.nodes import full_years
from xiuhua.ground.territory.names import resident_name
from xiuhua.ground.words import gettext as _

VERY_OLD_FROM = 80


@dataclass(frozen=True, slots=True)
class Flat:
    """A home: the household on record, or none; how many live there; the oldest of them, masked, and how old."""

    household: Household | None
    people: int = 0
    who: str = ""
    oldest: int | None = None

    @property
    def tone(self) -> str:
        """Whether somebody there is 60, or 80."""
        if self.oldest is None or self.oldest < ELDER_FROM:
            return ""
        return "is-very-old" if self.oldest >= VERY_OLD_FROM else "is-old"


@dataclass(frozen=True, slots=True)
class Floor:
    """A storey: homes left and right of the stairs."""

    number: int
    left: list[Flat] = field(default_factory=list)
    right: list[Flat] = field(default_factory=list)


@dataclass(slots=True)
class _AtHome:
    """How many live in a home, and who of them is the oldest."""

    people: int = 0
    oldest: int = -1
    number: int = 0


def floors_of(
    stairwell: Stairwell, households: Iterable[Household], residents: QuerySet[Resident] | None, day: date
) -> list[Floor]:
    """Floors from the top down; homes that no household is on record for stand empty.

    Parameters
    ----------
    residents : queryset of Resident, or None
        Those who live there now; None for a reader who does not see people, for whom each household's are counted.
    """
    at_home = _at_home(residents, day) if residents is not None else None
    names = _names(home.number for home in at_home.values()) if at_home else {}
    on_floor: dict[int, list[Flat]] = {}
    for household in households:
        flat = Flat(household, household.people) if at_home is None else _flat(household, at_home, names)
        on_floor.setdefault(household.floor, []).append(flat)
    numbers = set(range(1, stairwell.levels + 1)) | set(on_floor)
    return [_floor(number, on_floor.get(number, []), stairwell) for number in sorted(numbers, reverse=True)]


def flats_drawn(flats: Iterable[Flat], *, empty: str) -> SafeString:
    """Homes as markup, written here since a tower has two hundred; `empty` is said where no household is on record."""
    people, years = _("%(people)s 人"), _("%(age)s 岁")
    nobody = f'<span class="d-who">{escape(empty)}</span>' if empty else ""
    drawn = []
    for flat in flats:
        if flat.household is None:
            drawn.append(f'<div class="d-flat is-empty">{nobody}</div>')
            continue
        age = years % {"age": flat.oldest}
        who = f'<span class="d-who">{escape(flat.who)}</span><span class="d-age">{age}</span>' if flat.who else ""
        room = f"{escape(flat.household.room)}<small>{people % {'people': flat.people}}</small>"
        address = flat.household.get_absolute_url()
        drawn.append(f'<a class="d-flat {flat.tone}" href="{address}"><span class="d-no">{room}</span>{who}</a>')
    return SafeString("".join(drawn))


def _at_home(residents: QuerySet[Resident], day: date) -> dict[int, _AtHome]:
    """Who is at home, by household; of several of one age the first counts as the oldest."""
    found: dict[int, _AtHome] = {}
    rows = residents.order_by("path").values_list("pk", "household_id", "birth_year", "birth_date")
    for number, household, year, born in rows:
        home = found.setdefault(household, _AtHome())
        home.people += 1
        age = full_years(year, born, day)
        if age > home.oldest:
            home.oldest, home.number = age, number
    return found


def _names(numbers: Iterable[int]) -> dict[int, str]:
    rows = Resident.objects.filter(pk__in=list(numbers)).only("seal_id", "name")
    return {row.pk: resident_name(row) for row in rows}


def _flat(household: Household, at_home: dict[int, _AtHome], names: dict[int, str]) -> Flat:
    home = at_home.get(household.pk)
    return Flat(household) if home is None else Flat(household, home.people, names[home.number], home.oldest)


def _floor(number: int, flats: list[Flat], stairwell: Stairwell) -> Floor:
    flats += [Flat(None)] * (stairwell.households_per_floor - len(flats))
    middle = (len(flats) + 1) // 2
    return Floor(number, flats[:middle], flats[middle:])
