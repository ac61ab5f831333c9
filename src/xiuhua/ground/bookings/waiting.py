"""What waits for those who hold sessions: today's doors, and lists that nobody has closed."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from xiuhua.ground.bookings import lists, queries, times
from xiuhua.ground.bookings.models import Session
from xiuhua.ground.clock import now
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui import waiting
from xiuhua.ground.ui.addresses import address_of
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.words import gettext as _


def register_all() -> None:
    """Tell the bell what waits here."""
    waiting.register(
        "bookings.today",
        gettext_lazy("今天的场次，等签到和结束登记"),
        rows=_today,
        shown=queries.with_counts,
        columns=lambda _request: _columns(),
        url=lambda: reverse("bookings:sessions"),
        fed_by="bookings.open_session bookings.edit_session bookings.cancel_session bookings.close_session",
    )


def _today(reader: Any) -> QuerySet[Session] | None:
    if not reader.sees(Sight.BOOKINGS):
        return None
    midnight = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    standing = Session.objects.visible_to(reader).filter(cancelled_at__isnull=True, closed_at__isnull=True)
    rows: QuerySet[Session] = standing.filter(starts_at__lt=midnight).order_by("starts_at", "id")
    return rows


def _columns() -> list[Column[Any]]:
    return [
        Column("title", _("场次"), lambda row: row.title, link=lambda row: address_of("bookings:door", row.pk)),
        Column("when", _("时间"), times.span_of),
        Column("place", _("地点"), lambda row: row.place),
        Column("taken", _("已约"), lambda row: row.taken, unit=_("人"), numeric=True),
        lists.state_column(),
    ]
