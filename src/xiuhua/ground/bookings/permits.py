"""Who may do what with sessions and bookings."""

import secrets

from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Sight


def holds_sessions_at(actor: Actor, path: str) -> bool:
    """Whether this actor's work is to hold events at a place: whoever sees bookings there."""
    return any(within(path, top) for top in actor.sees(Sight.BOOKINGS))


def may_open(actor: Actor, *, path: str, **_: object) -> bool:
    """Whoever holds events at the place."""
    return holds_sessions_at(actor, path)


def may_keep(actor: Actor, *, session: Session, **_: object) -> bool:
    """Whoever holds events where the session is."""
    return holds_sessions_at(actor, session.path)


def may_book(actor: Actor, *, session: Session, **_: object) -> bool:
    """Everybody, where residents book by themselves; else whoever holds events there."""
    return session.is_public or holds_sessions_at(actor, session.path)


def may_cancel(actor: Actor, *, booking: Booking, token: str = "", **_: object) -> bool:
    """Whoever booked, by their account or by the token of their page; and whoever holds events there."""
    has_token = bool(token) and secrets.compare_digest(token.encode(), booking.token.encode())
    return has_token or booking.is_of(actor) or holds_sessions_at(actor, booking.territory_path)


def may_check_in(actor: Actor, *, booking: Booking, **_: object) -> bool:
    """Whoever holds events where the session is."""
    return holds_sessions_at(actor, booking.territory_path)


def may_work_by_night(actor: Actor, **_: object) -> bool:
    """The system alone: nobody is moved up, or forgotten, by hand."""
    return isinstance(actor, System)
