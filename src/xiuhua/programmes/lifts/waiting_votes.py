"""What waits of votes and objections: objections of which the term of answering is over."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui import waiting
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.models import Objection

LATE = "lifts.late_objections"


def _late(reader: Actor) -> QuerySet[Any] | None:
    if not reader.sees(Sight.OWNERS):
        return None
    rows: QuerySet[Any] = Objection.objects.visible_to(reader).late(today())
    return rows


def _with_place(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("dossier__stairwell__building").defer("dossier__stairwell__building__geometry")


def _columns(_request: HttpRequest) -> Sequence[Column[Objection]]:
    return [
        Column("dossier", _("门洞"), lambda row: row.dossier.address, link=Objection.get_absolute_url),
        Column("due_on", _("期限"), lambda row: row.due_on),
    ]


waiting.register(
    LATE,
    gettext_lazy("加梯异议，答复逾期"),
    rows=_late,
    shown=_with_place,
    columns=_columns,
    url=lambda: reverse("lifts:list"),
    fed_by="lifts.note_objection lifts.answer_objection",
)
