"""What waits of events: one tomorrow without a programme, and notes that are no suggestions yet."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui import waiting
from xiuhua.ground.ui.addresses import address_of
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import permits
from xiuhua.programmes.suggestions.events import lists, queries
from xiuhua.programmes.suggestions.models import Event

FED_BY = (
    "suggestions.plan_event suggestions.edit_event suggestions.set_programme suggestions.call_off_event "
    "suggestions.hold_event suggestions.put_up_note suggestions.turn_notes suggestions.take_down_note "
    "suggestions.merge_notes"
)


def register_all() -> None:
    """Tell the bell what waits here."""
    waiting.register(
        "suggestions.no_programme",
        gettext_lazy("明天的活动，还没有议程"),
        rows=_without_programme,
        columns=lambda request: _columns(request, "gatherings:edit"),
        url=lambda: f"{reverse('gatherings:list')}?when=coming",
        fed_by=FED_BY,
    )
    waiting.register(
        "suggestions.notes",
        gettext_lazy("办过的活动，便签还没有转成建议"),
        rows=_with_notes,
        columns=lambda request: _columns(request, "gatherings:wall"),
        url=lambda: f"{reverse('gatherings:list')}?notes=unturned",
        fed_by=FED_BY,
    )


def _without_programme(reader: Actor) -> QuerySet[Any] | None:
    if not reader.holds(*permits.HEARS):
        return None
    rows: QuerySet[Any] = Event.objects.visible_to(reader).exclude(state="called_off")
    soon = (today(), today() + timedelta(days=1))
    return rows.filter(starts_at__date__range=soon, programme__isnull=True).order_by("starts_at", "pk")


def _with_notes(reader: Actor) -> QuerySet[Any] | None:
    if not reader.holds(*permits.HEARS):
        return None
    rows = queries.with_unturned_notes(Event.objects.visible_to(reader))
    found: QuerySet[Any] = rows.filter(starts_at__date__lte=today()).order_by("starts_at", "pk")
    return found


def _columns(_request: HttpRequest, url_name: str) -> Sequence[Column[Any]]:
    return [
        Column("title", _("活动"), lambda row: row.title, link=lambda row: address_of(url_name, row.pk)),
        Column("when", _("时间"), lists.span_of),
        Column("place", _("地点"), lambda row: row.place),
    ]
