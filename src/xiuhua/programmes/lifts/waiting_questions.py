"""What waits of residents' questions: those that nobody has answered."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.ui import waiting
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import permits
from xiuhua.programmes.lifts.models import Question

WAITING = "lifts.questions"


def _waiting(reader: Actor) -> QuerySet[Any] | None:
    if not reader.holds(*permits.WORKS):
        return None
    rows: QuerySet[Any] = Question.objects.visible_to(reader).waiting()
    return rows


def _with_place(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("stairwell__building").defer("stairwell__building__geometry")


def _columns(_request: HttpRequest) -> Sequence[Column[Question]]:
    return [
        Column("stairwell", _("门洞"), lambda row: row.stairwell.address, link=Question.get_absolute_url),
        Column("kind", _("种类"), lambda row: str(row.get_kind_display())),
        Column("asked_at", _("提问时间"), lambda row: row.asked_at),
    ]


waiting.register(
    WAITING,
    gettext_lazy("加梯提问，等答复"),
    rows=_waiting,
    shown=_with_place,
    columns=_columns,
    url=lambda: f"{reverse('lifts:questions')}?state=waiting",
    fed_by="lifts.ask lifts.answer_question",
)
