"""Places of a session as they are taken and given back; whatever decides on them holds the session first."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy

from xiuhua.ground.bookings import permits, rules
from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.bookings.rules import Party
from xiuhua.ground.bookings.telling import News, tell
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.verdicts import Verdict

State = Booking.State


@action("bookings.promote", says=gettext_lazy("候补补上"), permits=permits.may_work_by_night)
def promote(*, actor: Actor, session: Session, numbers: Sequence[int]) -> Done[Session]:
    """Move people up from the waiting list (候补补上) and tell them."""
    for booking in session.bookings.filter(number__in=numbers).order_by("number"):
        booking.state, booking.promoted_at, booking.session = State.BOOKED, now(), session
        booking.save(update_fields=["state", "promoted_at"])
        tell(booking, News.PROMOTED)
    count(session)
    return Done(session, {"numbers": list(numbers)})


def laid_down(session: Session, *, name: str, phone: str, **values: Any) -> Booking:
    """A new booking, next on the list; its places are counted."""
    last = session.bookings.aggregate(last=Max("number"))["last"] or 0
    booking = Booking(
        session=session, number=last + 1, name=name.strip(), phone=phone.strip(), booked_at=now(), **values
    )
    booking.save(force_insert=True)
    count(session)
    return booking


def count(session: Session, *also: str) -> None:
    """Count the places that are taken; the database refuses more than there are."""
    held = session.bookings.filter(state__in=rules.HOLDS_PLACES)
    session.taken = held.aggregate(people=Sum("people"))["people"] or 0
    session.save(update_fields=["taken", *also])


def move_up(actor: Actor, session: Session) -> None:
    """Move up who can be; after the start nobody is, since whoever stands at the door comes first."""
    if now() >= session.starts_at:
        return
    waiting = parties(session.bookings.filter(state=State.WAITING))
    numbers = rules.promoted(waiting, session.free, small_parties_pass=session.small_parties_pass)
    if numbers:
        promote(actor=System("bookings", behalf=actor.reference), session=session, numbers=numbers)


def both(*verdicts: Verdict[bool]) -> Verdict[bool]:
    """All of several verdicts, with the reasons of those that refuse."""
    return Verdict(
        all(verdict.decision for verdict in verdicts),
        *(reason for verdict in verdicts if not verdict.decision for reason in verdict.reasons),
    )


def booked_before(session: Session, phone: str, user: Any) -> bool:
    """Whether a telephone or an account is on the list of a session."""
    holding = session.bookings.holding()
    return holding.of_phone(phone).exists() or (user is not None and holding.filter(user=user).exists())


def parties(bookings: Any) -> list[Party]:
    """Bookings as rules ask about them."""
    return [Party(number, people) for number, people in bookings.values_list("number", "people")]
