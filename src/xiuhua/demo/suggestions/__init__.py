"""A year of people's suggestions (人民建议) in the demonstration, in residents' own words, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from xiuhua.demo import dwellers
from xiuhua.demo.calendar import Deed
from xiuhua.demo.plan.ground_facts import read_ground_facts
from xiuhua.demo.suggestions.course import Course
from xiuhua.demo.suggestions.nightly import deeds as nightly
from xiuhua.demo.suggestions.office import Office
from xiuhua.demo.suggestions.places import Places
from xiuhua.demo.suggestions.plan import Plan, Times
from xiuhua.demo.suggestions.voices import Voices
from xiuhua.ground.accounts.actions.residents import resident_of
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.suggestions import actions

CODES_AFTER, ACCOUNTS_AFTER = timedelta(days=1, hours=2), timedelta(days=2, hours=1)
"""How long after the office opened the codes are put up, and two residents come to have an account."""

ACCOUNTS = 2


def deeds(subdistrict: Subdistrict, *, seed: int, scale: float, opened: datetime, until: datetime) -> Iterator[Deed]:
    """What people say in the demonstration's year, and what the office does about it.

    Parameters
    ----------
    seed : int
        The same seed gives the same rows.
    scale : float
        Share of the full size, above 0 and up to 1.
    """
    rng = Random(seed)  # noqa: S311 - an invented year, nothing secret
    office, voices = Office(subdistrict, rng), Voices(rng, read_ground_facts().people_names["phones_begin"])
    plan = Plan(Places(subdistrict), voices, Times(opened, until, scale), rng)
    yield Deed(opened + CODES_AFTER, lambda: _put_up_codes(plan, office))
    yield Deed(opened + ACCOUNTS_AFTER, lambda: _open_accounts(office))
    yield from nightly(opened, until)
    cases = plan.cases()
    courses = [
        Course(case, project=plan.project_of(case.row), office=office, voices=voices, rng=Random(f"{seed}/{number}"))  # noqa: S311
        for number, case in enumerate(cases)
    ]
    of_case = {id(case): course for case, course in zip(cases, courses, strict=True)}
    for case, course in zip(cases, courses, strict=True):
        course.into = of_case[id(case.into)] if case.into is not None else None
        yield from course.deeds()


def _put_up_codes(plan: Plan, office: Office) -> None:
    for _kind, place in plan.spots:
        spot = actions.make_spot(
            actor=office.head, subdistrict=office.subdistrict, name=place.name, lon=place.lon, lat=place.lat
        ).subject
        office.spots.append(spot)


def _open_accounts(office: Office) -> None:
    for elder in dwellers.who_ask(office.subdistrict)[:ACCOUNTS]:
        office.residents.append(resident_of(elder.phone))
