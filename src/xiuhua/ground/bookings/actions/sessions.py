"""Verbs of a session: it is opened, changed, called off and closed; what it knows of people goes in the end."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from xiuhua.ground.bookings import permits, queries, rules
from xiuhua.ground.bookings.actions.taken import count, move_up
from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.bookings.telling import News, tell
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.verdicts import Verdict, refuse_unless

State = Booking.State
PLAN = (
    "title", "place", "starts_at", "ends_at", "opens_at", "capacity", "lon", "lat", "has_waiting_list",
    "small_parties_pass", "is_public",
)  # fmt: skip
"""Fields that whoever opens a session gives, and may change afterwards."""


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
    move_up(actor, session)
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
    count(session, "closed_at")
    return Done(session, {"came": session.taken, "missed": missed})


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


def _can_be_held(session: Session) -> Verdict[bool]:
    return rules.session_can_be_held(
        session.facts(), title=session.title, place=session.place, now=now(), figures=queries.figures_of(session)
    )


def _live(session: Session) -> Any:
    return session.bookings.filter(state__in=[State.BOOKED, State.WAITING]).select_related("session")
