"""Verbs of sessions and bookings; whatever decides on a session's places holds the session first."""

from xiuhua.ground.bookings.actions.booking import book, cancel_booking, open_contact
from xiuhua.ground.bookings.actions.door import check_in, check_in_by_code, plain_code, walk_in
from xiuhua.ground.bookings.actions.sessions import (
    PLAN,
    cancel_session,
    close_session,
    edit_session,
    export_people,
    forget_contacts,
    open_session,
)
from xiuhua.ground.bookings.actions.taken import promote

__all__ = [
    "PLAN",
    "book",
    "cancel_booking",
    "cancel_session",
    "check_in",
    "check_in_by_code",
    "close_session",
    "edit_session",
    "export_people",
    "forget_contacts",
    "open_contact",
    "open_session",
    "plain_code",
    "promote",
    "walk_in",
]
