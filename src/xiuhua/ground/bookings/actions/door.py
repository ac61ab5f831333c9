"""Verbs at the door: those who booked come in, and those who did not where there is room."""

from django.utils.translation import gettext_lazy

from xiuhua.ground.bookings import permits, queries, rules
from xiuhua.ground.bookings.actions.taken import booked_before, both, count, laid_down, parties
from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.bookings.rules import BookingState
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.ground.verdicts import Reason, Refused, Verdict, refuse_unless
from xiuhua.ground.words import gettext as _

State = Booking.State

PHONE_END = 4
"""So many figures of a telephone people say at the door."""


@action("bookings.check_in", says=gettext_lazy("签到"), permits=permits.may_check_in)
def check_in(*, actor: Actor, booking: Booking) -> Done[Booking]:
    """Let in who booked (签到).

    Raises
    ------
    Refused
        The door is not open yet or no more; they have come, cancelled, or still wait and there is no room.
    """
    session, booking = locked(booking.session), locked(booking)
    at = now()
    refuse_unless(
        rules.can_be_checked_in(
            BookingState(booking.state),
            session.facts(),
            people=booking.people,
            now=at,
            figures=queries.figures_of(session),
        )
    )
    booking.state, booking.came_at, booking.session = State.CAME, at, session
    booking.save(update_fields=["state", "came_at"])
    count(session)
    return Done(booking, {"session": session.pk, "people": booking.people})


def check_in_by_code(*, actor: Actor, session: Session, code: str) -> Done[Booking]:
    """Let in who shows a code of this session, or says the last four figures of their telephone (凭码签到).

    Raises
    ------
    Refused
        Nobody, or more than one, booked this session with such a code or telephone; or as for `check_in`.
    """
    return check_in(actor=actor, booking=_called(session, plain_code(code)))


@action("bookings.walk_in", says=gettext_lazy("现场登记"), permits=permits.may_keep)
def walk_in(*, actor: Actor, session: Session, people: int = 1, name: str = "", phone: str = "") -> Done[Booking]:
    """Let in people who did not book (现场登记); name and telephone are theirs to give.

    Some time after the start, places of those who have not come are given to them.

    Raises
    ------
    Refused
        The door is not open; there is no room; or the telephone is on the list.
    """
    session, at = locked(session), now()
    figures = queries.figures_of(session)
    not_come = parties(session.bookings.filter(state=State.BOOKED))
    refuse_unless(
        both(
            rules.phone_reads(phone) if phone.strip() else Verdict(True),
            rules.can_walk_in(
                session.facts(),
                not_come,
                people=people,
                booked_before=booked_before(session, phone, None),
                others_first=queries.others_first(session),
                now=at,
                figures=figures,
            ),
        )
    )
    gone = rules.given_away(not_come, session.facts(), people=people, now=at, figures=figures) or []
    session.bookings.filter(number__in=gone).update(state=State.MISSED)
    booking = laid_down(session, name=name, phone=phone, people=people, user=None, state=State.CAME, came_at=at)
    return Done(booking, {"session": session.pk, "people": people, "given_away": gone})


def plain_code(code: str) -> str:
    """A code as it was drawn, whatever of its address, blanks and small letters came along."""
    last = code.strip().rstrip("/").rpartition("/")[2]
    return "".join(letter for letter in last.upper() if letter.isalnum())


def _called(session: Session, code: str) -> Booking:
    rows = session.bookings.holding().select_related("session")
    found: list[Booking]
    if len(code) == PHONE_END and code.isdigit():
        found = [row for row in rows if digits_of(row.phone).endswith(code)]
    else:
        found = list(session.bookings.filter(code=code).select_related("session"))
    if len(found) > 1:
        raise Refused(
            Reason(
                _("尾号相同的有 %(count)d 份") % {"count": len(found)}, field="code", mend=_("请用签到码，或在名单里点")
            )
        )
    if not found:
        raise Refused(Reason(_("这一场没有这个签到码或尾号"), field="code", mend=_("请核对，或者在名单里找")))
    return found[0]
