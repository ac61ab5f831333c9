"""What the phone's home lists: a resident's own bookings, and for those who hold sessions today's."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from xiuhua.ground.bookings import times
from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.clock import now
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.phone import Cell
from xiuhua.ground.words import gettext as _

MOST = 5


def cells_of(request: HttpRequest) -> Iterable[Cell]:
    """Cells of whoever reads."""
    reader: Any = request.actor  # type: ignore[attr-defined]
    if reader.sees(Sight.BOOKINGS):
        return _held_today(reader)
    return _own(reader) if getattr(reader, "pk", None) else []


def _own(reader: Any) -> list[Cell]:
    live = [Booking.State.BOOKED, Booking.State.WAITING]
    rows = Booking.objects.filter(user=reader, state__in=live, session__ends_at__gt=now()).select_related("session")
    return [
        Cell(
            row.session.title,
            f"{times.span_of(row.session)} {row.session.place}",
            row.own_url,
            "i-calendar-check",
            Booking.State(row.state).label,
        )
        for row in rows.order_by("session__starts_at")[:MOST]
    ]


def _held_today(reader: Any) -> list[Cell]:
    at = now()
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    rows = Session.objects.visible_to(reader).to_come(at).filter(starts_at__lt=midnight).order_by("starts_at")
    return [
        Cell(
            row.title,
            f"{times.span_of(row)} {row.place}",
            reverse("bookings:door", args=[row.pk]),
            "i-qrcode",
            _("约 %(taken)d 人") % {"taken": row.taken},
        )
        for row in rows[:MOST]
    ]
