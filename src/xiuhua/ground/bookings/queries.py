"""Reads of sessions and bookings, within the reader's scope."""

from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from xiuhua.ground.bookings.models import Booking, Session, SessionQuerySet
from xiuhua.ground.bookings.rules import SessionFacts
from xiuhua.ground.clock import now
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.standards import BookingStandard, on


def sessions_for(seer: Seer) -> SessionQuerySet:
    """Sessions with how many people wait and came, the latest first."""
    rows: SessionQuerySet = with_counts(Session.objects.visible_to(seer)).order_by("-starts_at", "-id")
    return rows


def with_counts(rows: Any) -> Any:
    """Sessions with how many people wait and came."""
    state = Booking.State
    return rows.annotate(
        waiting_people=Sum("bookings__people", filter=Q(bookings__state=state.WAITING), default=0),
        came_people=Sum("bookings__people", filter=Q(bookings__state=state.CAME), default=0),
    )


def bookings_of(session: Session) -> QuerySet[Booking]:
    """Who booked a session, in order."""
    rows: QuerySet[Booking] = session.bookings.select_related("session").order_by("number")
    return rows


def bookings_for(seer: Seer) -> QuerySet[Booking]:
    """Bookings that a reader may see."""
    rows: QuerySet[Booking] = Booking.objects.visible_to(seer).select_related("session")
    return rows


def counts_of(session: Session) -> dict[str, int]:
    """How many people booked, wait, came and stayed away, by state."""
    rows = session.bookings.values("state").annotate(total=Sum("people"))
    return {str(state): 0 for state in Booking.State.values} | {row["state"]: row["total"] for row in rows}


def ahead_of(booking: Booking) -> int:
    """How many parties wait before one."""
    waiting = booking.session.bookings.filter(state=Booking.State.WAITING, number__lt=booking.number)
    return int(waiting.aggregate(parties=Count("id"))["parties"])


def others_first(session: Session) -> bool:
    """Whether free places are kept for those who wait, whose next party needs more of them."""
    return not session.small_parties_pass and session.bookings.filter(state=Booking.State.WAITING).exists()


def open_to_all() -> QuerySet[Session]:
    """Sessions that anybody may book now, the next first."""
    rows: QuerySet[Session] = Session.objects.open_to_all(now()).order_by("starts_at", "id")
    return rows


def figures_of(session: Session) -> BookingStandard:
    """The office's figures where a session is held."""
    return on(now().date(), at=session.path).bookings


def is_over(facts: SessionFacts) -> bool:
    """Whether a session has ended by the clock."""
    return now() >= facts.ends_at
