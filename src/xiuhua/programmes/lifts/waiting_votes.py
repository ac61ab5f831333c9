"""What waits of votes and objections: objections answered too late, votes that nobody could count."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui import waiting
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import permits
from xiuhua.programmes.lifts.models import Objection, Vote

LATE, UNCOUNTED = "lifts.late_objections", "lifts.uncounted_votes"


def _late(reader: Actor) -> QuerySet[Any] | None:
    if not reader.sees(Sight.OWNERS):
        return None
    rows: QuerySet[Any] = Objection.objects.visible_to(reader).late(today())
    return rows


def _uncounted(reader: Actor) -> QuerySet[Any] | None:
    """Votes that were over before today and are open still: their boxes do not hold what was put into them."""
    if not reader.holds(*permits.WORKS):
        return None
    midnight = timezone.make_aware(datetime.combine(today(), time()))
    rows: QuerySet[Any] = Vote.objects.visible_to(reader).open().filter(closes_at__lt=midnight)
    return rows.order_by("closes_at")


def _with_place(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("dossier__stairwell__building").defer("dossier__stairwell__building__geometry")


def _columns(_request: HttpRequest) -> Sequence[Column[Objection]]:
    return [
        Column("dossier", _("门洞"), lambda row: row.dossier.address, link=Objection.get_absolute_url),
        Column("due_on", _("期限"), lambda row: row.due_on),
    ]


def _vote_columns(_request: HttpRequest) -> Sequence[Column[Vote]]:
    return [
        Column("dossier", _("门洞"), lambda row: row.dossier.address, link=Vote.get_absolute_url),
        Column("closes_at", _("截止时间"), lambda row: row.closes_at),
    ]


waiting.register(
    UNCOUNTED,
    gettext_lazy("表决到时没有开票，票箱要查"),
    rows=_uncounted,
    shown=_with_place,
    columns=_vote_columns,
    url=lambda: reverse("lifts:list"),
    fed_by="lifts.open_vote lifts.close_vote lifts.cancel_vote",
)

waiting.register(
    LATE,
    gettext_lazy("加梯异议，答复逾期"),
    rows=_late,
    shown=_with_place,
    columns=_columns,
    url=lambda: reverse("lifts:list"),
    fed_by="lifts.note_objection lifts.answer_objection",
)
