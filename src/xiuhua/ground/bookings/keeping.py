"""What bookings keep of a person: for the copy that they may ask for, and for their erasure."""

from typing import Any

from django.db.models import Q

from xiuhua.ground.bookings import actions
from xiuhua.ground.bookings.models import Booking
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import System
from xiuhua.ground.sealing.fields import sealed_equals


def of_person(accounts: Any, phone: str) -> Any:
    """Bookings by some accounts, or with a telephone."""
    wanted = Q(user__in=accounts)
    if phone:
        wanted |= sealed_equals(Booking, "phone", phone)
    return Booking.objects.filter(wanted).select_related("session").order_by("pk")


def forget(booking: Booking) -> None:
    """Empty what tells who somebody was; places that they hold at a session to come go to those who wait."""
    if booking.state in (Booking.State.BOOKED, Booking.State.WAITING) and now() < booking.session.starts_at:
        actions.cancel_booking(actor=System("bookings"), booking=booking)
        booking.refresh_from_db()
    booking.name = booking.phone = booking.token = ""
    booking.user = None
    booking.save(update_fields=["name", "phone", "token", "user"])
