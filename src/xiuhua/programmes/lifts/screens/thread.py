"""The five steps of a dossier as knots on a thread, each with its days: passed, running, expected."""

from collections.abc import Sequence
from datetime import date, timedelta

from xiuhua.ground.standards.lifts import LiftStep
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.objects import Step
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import words
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.rules.moves import GateFacts


def steps_of(dossier: Dossier, open_gates: Sequence[GateFacts]) -> list[Step]:
    """The thread; `open_gates` are those in the way of the next move."""
    book = list(words.book(dossier.path).steps.values())
    began = [dossier.begun_on, dossier.designed_on, dossier.agreed_on, dossier.started_on, dossier.finished_on]
    ended = [*began[1:], dossier.completed_on]
    now = next((number for number, step in enumerate(book) if step.key == dossier.step), None)
    if now is None:
        return [Step(step.name) for step in book]
    done = len(book) if dossier.state == "running" else now
    ahead = _expected(book, now, began[now] or today())
    return [
        Step(step.name, "done", _span(began[number], ended[number]))
        if number < done
        else Step(step.name, "now", _running(began[number], open_gates))
        if number == done
        else Step(step.name, "later", _("预计 %(month)s") % {"month": words.in_month(ahead[number])})
        for number, step in enumerate(book)
    ]


def _span(began: date | None, ended: date | None) -> str:
    """From when to when, the year said once."""
    if began is None or ended is None:
        day = began or ended
        return words.on_day(day) if day else ""
    return words.on_days(began, ended)


def _running(began: date | None, open_gates: Sequence[GateFacts]) -> str:
    told = {"days": (today() - began).days + 1 if began else 1, "gates": len(open_gates)}
    if not open_gates:
        return _("第 %(days)s 天，关口都过了") % told
    return _("第 %(days)s 天，还差 %(gates)s 个关口") % told


def _expected(book: Sequence[LiftStep], now: int, began: date) -> dict[int, date]:
    """When each step ahead is expected to begin: what is left of this one, then as long as each usually takes."""
    day = max(began + timedelta(days=int(book[now].days.number)), today())
    found = {}
    for number in range(now + 1, len(book)):
        found[number] = day
        day += timedelta(days=int(book[number].days.number))
    return found
