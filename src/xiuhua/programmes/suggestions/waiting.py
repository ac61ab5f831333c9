"""What waits of people's suggestions: those that nobody has taken up, those of which a term is over, words to check."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui import waiting
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import permits
from xiuhua.programmes.suggestions.models import PublicState, Suggestion

RECEIVED, OVERDUE, TO_CHECK = "suggestions.received", "suggestions.overdue", "suggestions.to_check"
FED_BY = "suggestions."


def register_all() -> None:
    """Tell the bell what waits here."""
    for key, title, rows, query in (
        (RECEIVED, gettext_lazy("人民建议，待受理"), _received, "tab=received"),
        (OVERDUE, gettext_lazy("人民建议，已逾期"), _overdue, "tab=overdue"),
        (TO_CHECK, gettext_lazy("拟公开的建议，等您核对"), _to_check, "tab=to_check"),
    ):
        waiting.register(key, title, rows=rows, columns=_columns, url=_url(query), fed_by=FED_BY)


def _url(query: str) -> Any:
    return lambda: f"{reverse('suggestions:inbox')}?{query}"


def _received(reader: Actor) -> QuerySet[Any] | None:
    if not reader.holds(*permits.DECIDES):
        return None
    rows: QuerySet[Any] = Suggestion.objects.visible_to(reader).waiting()
    return rows.order_by("due_on", "submitted_at")


def _overdue(reader: Actor) -> QuerySet[Any] | None:
    if not reader.holds(*permits.HEARS):
        return None
    rows: QuerySet[Any] = Suggestion.objects.visible_to(reader).overdue(today())
    return rows.order_by("due_on", "submitted_at")


def _to_check(reader: Actor) -> QuerySet[Any] | None:
    """Words that somebody else has put forward for the board."""
    if not reader.holds(*permits.DECIDES):
        return None
    rows: QuerySet[Any] = Suggestion.objects.visible_to(reader).filter(public_state=PublicState.DRAFTED)
    return rows.exclude(public_drafted_by=reader.reference).order_by("submitted_at")


def _columns(_request: HttpRequest) -> Sequence[Column[Suggestion]]:
    return [
        Column("title", _("建议"), lambda row: row.title, link=Suggestion.get_absolute_url),
        Column("place", _("地点"), lambda row: row.place),
        Column("due_on", _("期限"), lambda row: row.due_on),
    ]
