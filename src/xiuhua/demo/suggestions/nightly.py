"""What the office's own clock does every day (每日例行): tells who has let a term pass, closes what is settled."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from xiuhua.demo.calendar import ZONE, Deed
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import System
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.programmes.suggestions import actions, rules
from xiuhua.programmes.suggestions.jobs import answered_long_ago, overdue_untold

SYSTEM = System("jobs")
SETTLES_AT, ESCALATES_AT = time(1, 15), time(9, 5)


def deeds(opened: datetime, until: datetime) -> Iterator[Deed]:
    """Each day's round, from the day on which the office opened."""
    for days in range(1, (until - opened).days + 2):
        day = (opened + timedelta(days=days)).date()
        yield Deed(datetime.combine(day, SETTLES_AT, ZONE), _settle)
        yield Deed(datetime.combine(day, ESCALATES_AT, ZONE), _escalate)


def _settle() -> None:
    days = int(on(today()).suggestions.terms.settle.days.number)
    for one in answered_long_ago().filter(answered_at__lt=now() - timedelta(days=days)):
        actions.close(actor=SYSTEM, suggestion=one)


def _escalate() -> None:
    terms = on(today()).suggestions.terms
    for one in overdue_untold():
        if one.due_on and rules.escalates_on(one.due_on, terms) <= today():
            actions.escalate(actor=SYSTEM, suggestion=one)
