"""Verbs of sessions and bookings; whatever decides on a session's places holds the session first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy

from xiuhua.ground.bookings import permits, queries, rules
from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.bookings.rules import BookingState, Party
from xiuhua.ground.bookings.telling import News, tell
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.sealing.normal import digits_of
from xiuhua.ground.standards import BookingStandard
from xiuhua.ground.verdicts import Reason, Refused, Verdict, refuse_unless
from xiuhua.ground.words import gettext as _

State = Booking.State
PLAN = (
    "title", "place", "starts_at", "ends_at", "opens_at", "capacity", "lon", "lat", "has_waiting_list",
    "small_parties_pass", "is_public",
)  # fmt: skip
"""Fields that whoever opens a session gives, and may change afterwards."""

PHONE_END = 4
"""So many figures of a telephone people say at the door."""


@action("bookings.open_session", says=gettext_lazy("设立场次"), permits=permits.may_open, audience=Audience.PUBLIC)
def open_session(
    *,
    actor: Actor,
    path: str,
    title: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    capacity: int,
    opens_at: datetime | None = None,
    lon: float | None = None,
    lat: float | None = None,
    has_waiting_list: bool = True,
    small_parties_pass: bool = False,
    is_public: bool = True,
    subject: models.Model | None = None,
) -> Done[Session]:
    """Open a session that people can book (设立场次).

    Parameters
    ----------
    subject : Model, optional
        What it belongs to, such as an event of a programme.

    Raises
    ------
    Refused
        It has no name or place, is over already, ends before it starts, or has no room.
    """
    session = Session(
        path=path,
        title=title.strip(),
        place=place.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        opens_at=opens_at,
        capacity=capacity,
        lon=lon,
        lat=lat,
        has_waiting_list=has_waiting_list,
        small_parties_pass=small_parties_pass,
        is_public=is_public,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        opened_at=now(),
    )
    refuse_unless(_can_be_held(session))
    session.save(force_insert=True)
    return Done(session, {"starts_at": starts_at, "capacity": capacity})


@action("bookings.edit_session", says=gettext_lazy("改场次"), permits=permits.may_keep)
def edit_session(*, actor: Actor, session: Session, **changes: Any) -> Done[Session]:
    """Change a session (改场次): any of `PLAN`. More room moves people up; who booked is told of another time or place.

    Raises
    ------
    Refused
        As for `open_session`; it was called off or ended; or there would be less room than is taken.
    """
    if unknown := changes.keys() - set(PLAN):
        message = f"a session has no {', '.join(sorted(unknown))} to change"
        raise TypeError(message)
    session = locked(session)
    refuse_unless(rules.is_still_open(session.facts()))
    before = {name: getattr(session, name) for name in changes}
    for name, value in changes.items():
        setattr(session, name, value.strip() if isinstance(value, str) else value)
    refuse_unless(_can_be_held(session))
    changed = sorted(name for name in changes if getattr(session, name) != before[name])
    session.save(update_fields=changed)
    if {"starts_at", "ends_at", "place"} & set(changed):
        for booking in _live(session):
            tell(booking, News.CHANGED)
    _move_up(actor, session)
    return Done(session, {"fields": changed})


@action("bookings.cancel_session", says=gettext_lazy("取消场次"), permits=permits.may_keep, audience=Audience.PUBLIC)
def cancel_session(*, actor: Actor, session: Session, reason: str) -> Done[Session]:
    """Call a session off (取消场次); everybody who booked or waits is told why.

    Raises
    ------
    Refused
        It was called off or ended before, is over, or no reason is given.
    """
    session, at = locked(session), now()
    refuse_unless(rules.can_be_called_off(session.facts(), reason=reason, now=at))
    session.cancelled_at, session.cancel_reason, session.taken = at, reason.strip(), 0
    session.save(update_fields=["cancelled_at", "cancel_reason", "taken"])
    told = list(_live(session))
    session.bookings.filter(pk__in=[booking.pk for booking in told]).update(state=State.CANCELLED, ended_at=at)
    for booking in told:
        booking.session = session
        tell(booking, News.CALLED_OFF)
    return Done(session, {"bookings": len(told)})


@action("bookings.close_session", says=gettext_lazy("结束登记"), permits=permits.may_keep)
def close_session(*, actor: Actor, session: Session) -> Done[Session]:
    """Close the list of a session that is over (结束登记): who booked and did not come has missed it.

    Raises
    ------
    Refused
        It is not over, or was called off or closed before.
    """
    session, at = locked(session), now()
    refuse_unless(rules.can_be_closed(session.facts(), now=at))
    missed = session.bookings.filter(state=State.BOOKED).update(state=State.MISSED)
    session.bookings.filter(state=State.WAITING).update(state=State.CANCELLED, ended_at=at)
    session.closed_at = at
    _count(session, "closed_at")
    return Done(session, {"came": session.taken, "missed": missed})


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
    refuse_unless(_both(rules.name_reads(name), rules.phone_reads(phone)))
    verdict = rules.can_be_booked(
        session.facts(),
        people=people,
        booked_before=_booked_before(session, phone, user),
        others_first=queries.others_first(session),
        now=at,
        figures=_figures(session),
    )
    if verdict.decision is None:
        raise Refused(*verdict.reasons)
    booking = _laid_down(session, name=name, phone=phone, people=people, user=user, state=State(verdict.decision))
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
    _count(session)
    _move_up(actor, session)
    return Done(booking, {"session": session.pk, "people": booking.people})


@action("bookings.promote", says=gettext_lazy("候补补上"), permits=permits.may_work_by_night)
def promote(*, actor: Actor, session: Session, numbers: Sequence[int]) -> Done[Session]:
    """Move people up from the waiting list (候补补上) and tell them."""
    for booking in session.bookings.filter(number__in=numbers).order_by("number"):
        booking.state, booking.promoted_at, booking.session = State.BOOKED, now(), session
        booking.save(update_fields=["state", "promoted_at"])
        tell(booking, News.PROMOTED)
    _count(session)
    return Done(session, {"numbers": list(numbers)})


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
            BookingState(booking.state), session.facts(), people=booking.people, now=at, figures=_figures(session)
        )
    )
    booking.state, booking.came_at, booking.session = State.CAME, at, session
    booking.save(update_fields=["state", "came_at"])
    _count(session)
    return Done(booking, {"session": session.pk, "people": booking.people})


def check_in_by_code(*, actor: Actor, session: Session, code: str) -> Done[Booking]:
    """Let in who shows a code of this session, or says the last four figures of their telephone (凭码签到).

    Raises
    ------
    Refused
        Nobody, or more than one, booked this session with such a code or telephone; or as for `check_in`.
    """
    return check_in(actor=actor, booking=_called(session, plain_code(code)))


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
    figures = _figures(session)
    not_come = _parties(session.bookings.filter(state=State.BOOKED))
    refuse_unless(
        _both(
            rules.phone_reads(phone) if phone.strip() else Verdict(True),
            rules.can_walk_in(
                session.facts(),
                not_come,
                people=people,
                booked_before=_booked_before(session, phone, None),
                others_first=queries.others_first(session),
                now=at,
                figures=figures,
            ),
        )
    )
    gone = rules.given_away(not_come, session.facts(), people=people, now=at, figures=figures) or []
    session.bookings.filter(number__in=gone).update(state=State.MISSED)
    booking = _laid_down(session, name=name, phone=phone, people=people, user=None, state=State.CAME, came_at=at)
    return Done(booking, {"session": session.pk, "people": people, "given_away": gone})


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


@action(
    "bookings.export_people",
    says=gettext_lazy("导出名单"),
    permits=permits.may_keep,
    audience=Audience.OFFICE,
    shows=True,
)
def export_people(*, actor: Actor, session: Session, rows: int) -> Done[Session]:
    """Put on record that the list of a session was taken away as a file, masked as on screen (导出名单)."""
    return Done(session, {"rows": rows})


@action(
    "bookings.forget_contacts",
    says=gettext_lazy("清掉联系方式"),
    permits=permits.may_work_by_night,
    audience=Audience.OFFICE,
)
def forget_contacts(*, actor: Actor, session: Session) -> Done[Session]:
    """Let names and telephones of a session go (清掉联系方式) that was long ago; how many came stays."""
    session = locked(session)
    rows = session.bookings.select_for_update()
    for booking in rows:
        booking.name = booking.phone = booking.token = ""
        booking.save(update_fields=["name", "phone", "token"])
    session.contacts_forgotten_at = now()
    session.save(update_fields=["contacts_forgotten_at"])
    return Done(session, {"bookings": len(rows)})


def plain_code(code: str) -> str:
    """A code as it was drawn, whatever of its address, blanks and small letters came along."""
    last = code.strip().rstrip("/").rpartition("/")[2]
    return "".join(letter for letter in last.upper() if letter.isalnum())


def _figures(session: Session) -> BookingStandard:
    return queries.figures_of(session)


def _can_be_held(session: Session) -> Verdict[bool]:
    return rules.session_can_be_held(
        session.facts(), title=session.title, place=session.place, now=now(), figures=_figures(session)
    )


def _both(*verdicts: Verdict[bool]) -> Verdict[bool]:
    return Verdict(
        all(verdict.decision for verdict in verdicts),
        *(reason for verdict in verdicts if not verdict.decision for reason in verdict.reasons),
    )


def _account_of(actor: Actor) -> Any:
    """The account by which a resident books for themselves; staff book for others."""
    return actor if getattr(actor, "kind", "") == "resident" else None


def _booked_before(session: Session, phone: str, user: Any) -> bool:
    holding = session.bookings.holding()
    return holding.of_phone(phone).exists() or (user is not None and holding.filter(user=user).exists())


def _live(session: Session) -> Any:
    return session.bookings.filter(state__in=[State.BOOKED, State.WAITING]).select_related("session")


def _parties(bookings: Any) -> list[Party]:
    return [Party(number, people) for number, people in bookings.values_list("number", "people")]


def _laid_down(session: Session, *, name: str, phone: str, **values: Any) -> Booking:
    last = session.bookings.aggregate(last=Max("number"))["last"] or 0
    booking = Booking(
        session=session, number=last + 1, name=name.strip(), phone=phone.strip(), booked_at=now(), **values
    )
    booking.save(force_insert=True)
    _count(session)
    return booking


def _count(session: Session, *also: str) -> None:
    """Count the places that are taken; the database refuses more than there are."""
    held = session.bookings.filter(state__in=rules.HOLDS_PLACES)
    session.taken = held.aggregate(people=Sum("people"))["people"] or 0
    session.save(update_fields=["taken", *also])


def _move_up(actor: Actor, session: Session) -> None:
    """Move up who can be; after the start nobody is, since whoever stands at the door comes first."""
    if now() >= session.starts_at:
        return
    waiting = _parties(session.bookings.filter(state=State.WAITING))
    numbers = rules.promoted(waiting, session.free, small_parties_pass=session.small_parties_pass)
    if numbers:
        promote(actor=System("bookings", behalf=actor.reference), session=session, numbers=numbers)
