"""What the office's own clock does every day (每日例行): tells of terms let pass, closes what is settled, groups."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from xiuhua.demo.calendar import ZONE, Deed
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import System
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.suggestions import actions, rules
from xiuhua.programmes.suggestions.jobs import answered_long_ago, overdue_untold
from xiuhua.programmes.suggestions.topics.nightly import regroup_now

SYSTEM = System("jobs")
SETTLES_AT, GROUPS_AT, ESCALATES_AT = time(1, 15), time(1, 40), time(9, 5)
GROUPED = (7, 0)
"""How many days before the last one topics are grouped: what older nights found nobody sees any more."""


def deeds(opened: datetime, until: datetime) -> Iterator[Deed]:
    """Each day's round, from the day on which the office opened."""
    for days in range(1, (until - opened).days + 2):
        day = (opened + timedelta(days=days)).date()
        yield Deed(datetime.combine(day, SETTLES_AT, ZONE), _settle)
        yield Deed(datetime.combine(day, ESCALATES_AT, ZONE), _escalate)
    for days in GROUPED:
        yield Deed(datetime.combine((until - timedelta(days=days)).date(), GROUPS_AT, ZONE), _group)


def _settle() -> None:
    days = int(on(today()).suggestions.terms.settle.days.number)
    for one in answered_long_ago().filter(answered_at__lt=now() - timedelta(days=days)):
        actions.close(actor=SYSTEM, suggestion=one)


def _group() -> None:
    for subdistrict in Subdistrict.objects.defer("geometry"):
        regroup_now(SYSTEM, subdistrict)


def _escalate() -> None:
    terms = on(today()).suggestions.terms
    for one in overdue_untold():
        if one.due_on and rules.escalates_on(one.due_on, terms) <= today():
            actions.escalate(actor=SYSTEM, suggestion=one)
