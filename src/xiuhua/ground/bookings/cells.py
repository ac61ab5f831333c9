"""What the phone's home lists: a resident's own bookings."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from xiuhua.ground.bookings import times
from xiuhua.ground.bookings.models import Booking
from xiuhua.ground.clock import now
from xiuhua.ground.ui.phone import Cell

MOST = 5


def cells_of(request: HttpRequest) -> Iterable[Cell]:
    """Bookings of whoever is signed in that are still to come, the next first."""
    reader: Any = request.actor  # type: ignore[attr-defined]
    if not getattr(reader, "pk", None):
        return []
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
