"""The lift programme of the demonstration, as if it had run here since 2020: by its own verbs, each on its day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from xiuhua.demo.calendar import Deed
from xiuhua.demo.lifts import blocks, residents, site
from xiuhua.demo.lifts.course import Course, Told
from xiuhua.demo.lifts.house import House
from xiuhua.demo.lifts.office import Office, book
from xiuhua.demo.lifts.plan import Planned, Well, plan
from xiuhua.demo.lifts.timelines import LAST
from xiuhua.demo.people import worker_as
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Stairwell, Subdistrict

OPENS_AFTER = timedelta(hours=25)
"""How long after the office opened the programme's own people are there."""

TAKING_OVER_DAYS = 3
"""Over so many days what was under way is taken over."""

OPEN_VOTES = ((7, 10, 1), (3, 8, 5), (5, 8, 3), (1, 7, 9))
"""Open votes: opened so many days before the last that is told, for so many days, with so many heads missing."""

TWELVE = 12
"""Homes of the usual stairwell; one such is told of first."""

FAILED_FIRST, WAIVED = 3, 1
CLOSED_FAULTS, OPEN_FAULTS = 40, 2


def deeds(subdistrict: Subdistrict, *, seed: int, opened: datetime) -> Iterator[Deed]:
    """What was done about lifts: taken over in the first week, lived through from then on."""
    office = Office(subdistrict, Random(f"{seed}/lifts"))  # noqa: S311 - an invented year, nothing secret
    every = planned(subdistrict, seed)
    begun = [one for one in every if one.line.days]
    rng = Random(f"{seed}/lift stories")  # noqa: S311
    yield Deed(opened + OPENS_AFTER, office.open)
    first = (opened + OPENS_AFTER).date() + timedelta(days=1)
    particular = _particular(begun)
    houses = []
    for number, one in enumerate(begun):
        house = House(one, number, office, Random(f"{seed}/lift/{number}"))  # noqa: S311
        houses.append(house)
        taken = first + timedelta(days=number % TAKING_OVER_DAYS)
        course = Course(house, taken, particular.get(one.well.path, Told()))
        yield from house.deeds(course.steps(), taken if course.past else date.min)
    yield from _faults(houses, rng, opened)
    yield from blocks.deeds(office, every, first + timedelta(days=TAKING_OVER_DAYS))
    yield from residents.deeds([house for house in houses if particular.get(house.planned.well.path, Told()).vote])


def planned(subdistrict: Subdistrict, seed: int) -> list[Planned]:
    """The course of every stairwell that a lift suits, by its place."""
    rows = Stairwell.objects.under(subdistrict.path).filter(lift_suitable=True).order_by("path")
    wells = [
        Well(path, path[:-2], quarter or path[:-2], path[:12], levels * a_floor)
        for path, quarter, levels, a_floor in rows.values_list(
            "path", "building__quarter", "levels", "households_per_floor"
        )
    ]
    return plan(wells, Random(seed))  # noqa: S311


def _particular(begun: Sequence[Planned]) -> dict[str, Told]:
    """Which of them are told at more length: stuck ones, open votes, votes that failed first."""
    found: dict[str, Told] = {}
    stories = {state: [row for row in book()["stuck"] if row["state"] == state] for state in _STATES}
    for one in begun:
        if one.line.stuck and stories[one.line.state]:
            found[one.well.path] = Told(stuck=stories[one.line.state].pop(0))
    designing = [one for one in begun if one.line.state == "designing" and one.well.path not in found]
    homes = tuple(worker_as(role).home for role in (Role.COMMITTEE_HEAD, Role.GRID_WORKER))
    designing.sort(
        key=lambda one: (not one.well.path.startswith(homes), one.well.homes != TWELVE, one.line.days["design"])
    )
    for one, vote in zip(designing, OPEN_VOTES, strict=False):
        found[one.well.path] = Told(vote=vote)
    long = sorted(
        (one for one in begun if "agree" in one.line.days and one.well.path not in found),
        key=lambda one: one.line.days["agree"],
        reverse=True,
    )
    able = [one for one in long if (one.line.days["agree"] - one.line.days["design"]).days >= _LONG]
    for one in able[:FAILED_FIRST]:
        found[one.well.path] = Told(fails_first=True)
    building = [one for one in begun if one.line.state == "building" and one.well.path not in found]
    found |= {one.well.path: Told(waives=True) for one in building[:WAIVED]}
    return found


_STATES = ("consulting", "designing", "agreeing", "signed", "building")
_LONG = 75
"""Days that two votes and a mediation take, at least."""


def _faults(houses: Sequence[House], rng: Random, opened: datetime) -> Iterator[Deed]:
    """Faults of lifts that run: some of each month, closed; two still open."""
    running = [house for house in houses if house.line.state == "running"]
    if not running:
        return
    opens, rows = book()["open_faults"], book()["faults"]
    for told, house in zip(opens, running[:: max(1, len(running) // 2)], strict=False):
        at = datetime.combine(LAST - timedelta(days=rng.randint(0, 1)), opened.timetz())
        at += timedelta(minutes=rng.randint(0, 480))
        yield from house.deeds(site.faulty(house, told, at), date.min)
    count = max(2, round(CLOSED_FAULTS * len(running) / 124))
    for place in range(count):
        house = rng.choice(running)
        begin = max(house.line.days["hand_over"], opened.date()) + timedelta(days=12)
        if (days := (LAST - begin).days - 12) > 0:
            at = datetime.combine(begin + timedelta(days=rng.randrange(days)), opened.timetz())
            at += timedelta(minutes=rng.randrange(600))
            yield from house.deeds(site.faulty(house, rows[place % len(rows)], at), date.min)
