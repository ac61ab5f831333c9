"""A stairwell as it stands (门洞立面): its floors from the top down, on each its homes, and who lives there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from xiuhua.ground.territory.counts import ELDER_FROM
from xiuhua.ground.territory.models import Household, Resident, Stairwell
from xiuhua.ground.territory.names import resident_name

VERY_OLD_FROM = 80


@dataclass(frozen=True, slots=True)
class Flat:
    """A home: the household on record, or none; the oldest there, masked, and how old."""

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


def floors_of(
    stairwell: Stairwell, households: Iterable[Household], residents: Iterable[Resident] | None, day: date
) -> list[Floor]:
    """Floors from the top down; homes that no household is on record for stand empty.

    Parameters
    ----------
    residents : iterable of Resident, or None
        Those who live there now; None for a reader who does not see people.
    """
    at_home: dict[int, list[Resident]] = {}
    for one in residents or ():
        at_home.setdefault(one.household_id, []).append(one)
    on_floor: dict[int, list[Flat]] = {}
    for household in households:
        on_floor.setdefault(household.floor, []).append(_flat(household, at_home.get(household.pk, []), day))
    numbers = set(range(1, stairwell.levels + 1)) | set(on_floor)
    return [_floor(number, on_floor.get(number, []), stairwell) for number in sorted(numbers, reverse=True)]


def _flat(household: Household, members: list[Resident], day: date) -> Flat:
    if not members:
        return Flat(household)
    oldest = max(members, key=lambda one: one.age_on(day))
    return Flat(household, len(members), resident_name(oldest), oldest.age_on(day))


def _floor(number: int, flats: list[Flat], stairwell: Stairwell) -> Floor:
    flats += [Flat(None)] * (stairwell.households_per_floor - len(flats))
    middle = (len(flats) + 1) // 2
    return Floor(number, flats[:middle], flats[middle:])
