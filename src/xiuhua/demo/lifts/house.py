"""One stairwell of the demonstration: who lives and owns there, and how its deeds find their day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from random import Random
from typing import Any

from xiuhua.demo.calendar import ZONE, Deed
from xiuhua.demo.lifts.office import Office, book
from xiuhua.demo.lifts.plan import Planned
from xiuhua.demo.lifts.timelines import LAST, is_open
from xiuhua.ground.accounts.models import User
from xiuhua.ground.journal.actions import Done
from xiuhua.ground.standards.workdays import is_working_day
from xiuhua.ground.territory.models import Resident
from xiuhua.programmes.lifts.models import Dossier, Flat

GROWN = 1998
"""Who was born later owns nothing yet."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is done at a stairwell on a day; what was before the system is entered later."""

    on: date
    act: Callable[[date], object]
    at: time | None = None


class House:
    """A stairwell with its dossier."""

    def __init__(self, planned: Planned, number: int, office: Office, rng: Random) -> None:
        self.planned, self.number, self.office, self.rng = planned, number, office, rng
        self.line = planned.line

    @cached_property
    def dossier(self) -> Dossier:
        """Its dossier, once that has been opened."""
        dossier: Dossier = Dossier.objects.select_related("stairwell").get(path=self.planned.well.path)
        return dossier

    @property
    def flats(self) -> list[Flat]:
        """Its flats as they are now, from the ground floor up."""
        rows = list(self.dossier.flats.order_by("floor", "room"))
        for row in rows:
            row.dossier = self.dossier
        return rows

    @property
    def worker(self) -> User:
        """Who puts down what happens."""
        return self.office.works(self.planned.well.path)

    def do(self, verb: Callable[..., Done[Any]], **told: Any) -> Any:
        """Do something to the dossier."""
        return verb(actor=self.worker, dossier=self.dossier, **told).subject

    def move(self, verb: Callable[..., Done[Any]], **told: Any) -> None:
        """Move the dossier on; it is read anew when it is next asked for."""
        verb(dossier=self.dossier, **{"actor": self.worker, **told})
        del self.dossier

    def deeds(self, steps: Iterator[Step], first: date) -> Iterator[Deed]:
        """Steps at hours of the office, none before the first day on which the system was there."""
        day, place = first, 0
        for step in steps:
            now = max(step.on, first, day)
            place = place + 1 if now == day else 0
            day = now
            minutes = self.number * 7 % 50 + place * 6
            at = datetime.combine(day, step.at or time(9, 5), ZONE) + timedelta(minutes=minutes)
            yield Deed(at, partial(step.act, step.on))

    def residents(self) -> dict[int, list[Resident]]:
        """Grown residents by household, the oldest first (one query)."""
        rows = Resident.objects.here().filter(household__stairwell=self.dossier.stairwell_id, birth_year__lte=GROWN)
        found: dict[int, list[Resident]] = {}
        for row in rows.order_by("birth_year", "path"):
            found.setdefault(row.household_id, []).append(row)
        return found

    def said(self, step: str) -> tuple[int, str]:
        """Something that somebody says at this step: the floor, 0 for anybody, and the words."""
        floor, words = self.rng.choice(book()["said"][step])
        return floor, words


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is usually done at a share of the time that a state takes; `quiet` where it is no progress."""

    share: float
    key: str
    do: Callable[[date], object]
    quiet: bool = False


def told(begin: date, end: date, acts: Sequence[Act]) -> Iterator[Step]:
    """Steps by the share of the time from a beginning to an end, on working days."""
    for act in acts:
        yield Step(between(begin, end, act.share), act.do)


def so_far(
    begin: date, until: date, acts: Sequence[Act], share: float, without: Collection[str] = ()
) -> Iterator[Step]:
    """As many acts as a share of them all, in their order, the last progress of them on the day `until`."""
    rows = [act for act in acts if act.key not in without]
    count = max(1, round(len(rows) * share))
    last = next((place for place, act in enumerate(rows) if place + 1 >= count and not act.quiet), len(rows) - 1)
    rows = rows[: max(last + 1, count)]
    whole = max(act.share for act in rows if not act.quiet)
    for act in rows:
        yield Step(until if act.share >= whole else between(begin, until, act.share / whole), act.do)


def between(first: date, last: date, share: float) -> date:
    """A working day so far from the first to the last."""
    day = first + timedelta(days=round((last - first).days * share))
    while not is_open(day) and day > first:
        day -= timedelta(days=1)
    return day


def working(day: date, days: int) -> date:
    """A working day so many days later, none after the last that is told."""
    then = day + timedelta(days=days)
    while not is_working_day(then):
        then += timedelta(days=1)
    return min(then, LAST)
