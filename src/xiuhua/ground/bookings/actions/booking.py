"""Verbs of who books: they book, and take it back; whose places they were before move up."""

from typing import Any

from django.utils.translation import gettext_lazy

from xiuhua.ground.bookings import permits, queries, rules
from xiuhua.ground.bookings.actions.taken import booked_before, both, count, laid_down, move_up
from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.bookings.rules import BookingState
from xiuhua.ground.bookings.telling import News, tell
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.verdicts import Refused, refuse_unless

State = Booking.State


@action("bookings.book", says=gettext_lazy("预约"), permits=permits.may_book)
def book(*, actor: Actor, session: Session, name: str, phone: str, people: int = 1) -> Done[Booking]:
    """Book places at a session (预约), or a place on its waiting list where there are none left.

    Who is booked for is told their code; who books by themselves has it before their eyes, and no text message goes to
    a telephone that nobody has shown to be theirs.

    Raises
    ------
    Refused
        It has begun, ended or was called off; it is full and has no waiting list; the phone or account has booked it
        before; they are too many at once; or name or telephone are missing.
    """
    session, at = locked(session), now()
    user = _account_of(actor)
    refuse_unless(both(rules.name_reads(name), rules.phone_reads(phone)))
    verdict = rules.can_be_booked(
        session.facts(),
        people=people,
        booked_before=booked_before(session, phone, user),
        others_first=queries.others_first(session),
        now=at,
        figures=queries.figures_of(session),
    )
    if verdict.decision is None:
        raise Refused(*verdict.reasons)
    booking = laid_down(session, name=name, phone=phone, people=people, user=user, state=State(verdict.decision))
    if permits.holds_sessions_at(actor, session.path):
        tell(booking, News.BOOKED if booking.state == State.BOOKED else News.WAITING)
    return Done(booking, {"session": session.pk, "people": people, "state": booking.state})


@action("bookings.cancel_booking", says=gettext_lazy("取消预约"), permits=permits.may_cancel)
def cancel_booking(*, actor: Actor, booking: Booking, token: str = "") -> Done[Booking]:
    """Take a booking back (取消预约); those who wait move up into its places.

    Raises
    ------
    Refused
        It was cancelled before, they have come, or the session is over.
    """
    session, booking = locked(booking.session), locked(booking)
    at = now()
    refuse_unless(rules.can_be_cancelled(BookingState(booking.state), session.facts(), now=at))
    booking.state, booking.ended_at, booking.session = State.CANCELLED, at, session
    booking.save(update_fields=["state", "ended_at"])
    count(session)
    move_up(actor, session)
    return Done(booking, {"session": session.pk, "people": booking.people})


@action(
    "bookings.open_contact",
    says=gettext_lazy("看预约人的电话"),
    permits=permits.may_check_in,
    audience=Audience.OFFICE,
    shows=True,
)
def open_contact(*, actor: Actor, booking: Booking) -> Done[Booking]:
    """Look at the name and telephone of who booked (看预约人的电话), to ring them; each time is on record."""
    return Done(booking, {"session": booking.session_id})


def _account_of(actor: Actor) -> Any:
    """The account by which a resident books for themselves; staff book for others."""
    return actor if getattr(actor, "kind", "") == "resident" else None
