"""What waits of lifts: faults to which somebody has to come, inspections that come due."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiuhua.ground import standards
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.messages import titles
from xiuhua.ground.scope.queryset import below
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui import waiting
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import lists_build, permits, queries_build, words_build
from xiuhua.programmes.lifts.actions.faults import TEMPLATE
from xiuhua.programmes.lifts.models import Fault, Unit

FAULTS, INSPECTIONS = "lifts.faults", "lifts.inspections"


def _where(reader: Actor, lookup: str) -> Q | None:
    """Where the reader carries stairwells; None where nowhere."""
    tops = [grant.path for grant in reader.grants if grant.role in permits.WORKS]
    if not tops:
        return None
    where = Q()
    for top in tops:
        where |= below(lookup, top)
    return where


def _faults(reader: Actor) -> QuerySet[Any] | None:
    where = _where(reader, Fault.scope_path)
    if where is None:
        return None
    rows: Any = Fault.objects.visible_to(reader).filter(where)
    found: QuerySet[Any] = rows.open().order_by("priority", "opened_at")
    return found


def _inspections(reader: Actor) -> QuerySet[Any] | None:
    """Lifts that run and have to be inspected within the book's days, or should have been."""
    where = _where(reader, Unit.scope_path)
    if where is None:
        return None
    day = today()
    ahead = max(
        standards.on(day, at=grant.path).lifts.upkeep.inspect_ahead_days.number
        for grant in reader.grants
        if grant.role in permits.WORKS
    )
    rows: Any = Unit.objects.visible_to(reader).filter(where, inspect_by__lte=day + timedelta(days=int(ahead)))
    found: QuerySet[Any] = rows.in_service().order_by("inspect_by", "pk")
    return found


def _fault_columns(_request: HttpRequest) -> Sequence[Column[Any]]:
    columns = lists_build.fault_columns()
    return [one for one in columns if one.key in ("address", "what", "opened_at", "in_time")]


def _inspection_columns(_request: HttpRequest) -> Sequence[Column[Any]]:
    day = today()
    return [
        Column("address", _("门洞"), lambda row: row.dossier.address, link=lambda row: row.get_absolute_url()),
        Column("registration", _("使用登记证"), lambda row: row.registration),
        Column("inspect_by", _("下次检验"), lambda row: row.inspect_by),
        Column(
            "due",
            _("到期"),
            lambda row: words_build.due_words(row.inspect_by, day),
            kind="chip",
            tone=lambda row: "over" if row.inspect_by < day else "soon",
        ),
    ]


titles.calls(TEMPLATE, gettext_lazy("电梯困人"))
waiting.register(
    FAULTS,
    gettext_lazy("电梯故障，没修好"),
    rows=_faults,
    shown=queries_build.with_fault_place,
    columns=_fault_columns,
    url=lambda: f"{reverse('lifts:faults')}?state=open",
    fed_by="lifts.report_fault lifts.answer_fault lifts.close_fault",
)
waiting.register(
    INSPECTIONS,
    gettext_lazy("电梯检验，快到期"),
    rows=_inspections,
    shown=queries_build.with_unit_place,
    columns=_inspection_columns,
    url=lambda: f"{reverse('lifts:units')}?due=soon",
    fed_by="lifts.note_inspection lifts.register_unit lifts.hand_over",
)
