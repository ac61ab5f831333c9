"""What waits of lifts: gates that are late, stairwells that are stuck, and for section heads those stuck for long."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.scope.queryset import below
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.standards.lifts import LiftRule, LiftStandard
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui import waiting
from xiuhua.ground.ui.lists import Column
from xiuhua.programmes.lifts import lists, words
from xiuhua.programmes.lifts.flow import NEXT, STEPS
from xiuhua.programmes.lifts.models import Dossier, GatePass
from xiuhua.programmes.lifts.rules.moves import PUT_IN

CARRIES = (Role.LIFT_COORDINATOR, Role.COMMITTEE_HEAD)
"""Who is told first; section heads hear of what has been stuck for longer."""

LATE, STUCK, RISEN = "lifts.late", "lifts.stuck", "lifts.risen"
FED_BY = "lifts."
SHOWN = frozenset({"address", "stage", "step", "stuck"})

BEGAN = {
    "consulting": "begun_on",
    "designing": "designed_on",
    "agreeing": "agreed_on",
    "signed": "agreed_on",
    "building": "started_on",
    "finishing": "finished_on",
}
"""Where the day is kept on which the step of each state began."""


def register_all() -> None:
    """Tell the bell what waits here."""
    for key, title, rows, query in (
        (LATE, _("加梯，关口过期没过"), _late, "suits=yes"),
        (STUCK, _("加梯，卡住的门洞"), _stuck, "stuck=20"),
        (RISEN, _("加梯，卡了很久的门洞"), _risen, "stuck=40"),
    ):
        waiting.register(key, title, rows=rows, shown=_shown, columns=_columns, url=_url(query), fed_by=FED_BY)


def _url(query: str) -> Any:
    return lambda: f"{reverse('lifts:list')}?{query}"


def _stuck(reader: Any) -> QuerySet[Any] | None:
    found = _carried(reader, CARRIES)
    return None if found is None else _stuck_for(*found, lambda book: book.pace.stuck_days.number)


def _risen(reader: Any) -> QuerySet[Any] | None:
    """Stuck ones rise by themselves: nobody has to report them."""
    found = _carried(reader, (Role.SECTION_HEAD,))
    return None if found is None else _stuck_for(*found, lambda book: book.pace.escalate_days.number)


def _late(reader: Any) -> QuerySet[Any] | None:
    """Those with a gate that somebody has to put in, and that is past its day."""
    found = _carried(reader, CARRIES)
    if found is None:
        return None
    rows, book = found
    late = Q(pk__in=[])
    for rule in book.rules.values():
        if rule.used.value and rule.evidence in PUT_IN:
            late |= _late_by(rule, today())
    waits: QuerySet[Any] = rows.filter(late).order_by("moved_on", "path")
    return waits


def _late_by(rule: LiftRule, day: date) -> Q:
    """Dossiers that stand before a rule's move, past its day and without a pass in this attempt."""
    passed = GatePass.objects.filter(
        dossier=OuterRef("pk"), attempt=OuterRef("attempt"), rule=rule.key, taken_back_at__isnull=True
    )
    since = day - timedelta(days=int(rule.days.number))
    states = [state for state, move in NEXT.items() if move == rule.move and STEPS[state] == rule.step]
    when = Q(pk__in=[])
    for state in states:
        when |= Q(state=state, **{f"{BEGAN[state]}__lt": since})
    return when & ~Q(Exists(passed))


def _stuck_for(rows: Any, book: LiftStandard, days: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.stuck_since(today() - timedelta(days=int(days(book))))
    return found.order_by(F("progressed_on"), "path")


def _carried(reader: Any, roles: tuple[Role, ...]) -> tuple[Any, LiftStandard] | None:
    """Dossiers where the reader holds one of these roles, and the rule book there; None where they hold none."""
    tops = sorted(grant.path for grant in reader.grants if grant.role in roles)
    if not tops:
        return None
    where = Q()
    for top in tops:
        where |= below("path", top)
    return Dossier.objects.filter(where), words.book(tops[0][:9])


def _shown(rows: QuerySet[Any]) -> QuerySet[Any]:
    shown: QuerySet[Any] = rows.with_place()  # type: ignore[attr-defined]
    return shown


def _columns(request: HttpRequest) -> Sequence[Column[Any]]:
    return [column for column in lists.columns(request, few=True) if column.key in SHOWN]
