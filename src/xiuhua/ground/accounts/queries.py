"""What the record says of accounts."""

from datetime import datetime

from xiuhua.ground.accounts.models import User
from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.journal.record import reference_of

_GIVE_FIRST = (
    "accounts.invite_staff",
    "accounts.give_first_password",
    "accounts.reset_password",
    "accounts.reopen_staff",
)


def first_password_given_at(user: User) -> datetime | None:
    """When somebody was last given a first password; None where the record says nothing of it."""
    return _last(user, *_GIVE_FIRST)


def password_changed_at(user: User) -> datetime | None:
    """When somebody last chose a password; None where the record says nothing of it."""
    return _last(user, "accounts.change_password")


def _last(user: User, *verbs: str) -> datetime | None:
    label, _colon, key = reference_of(user).partition(":")
    done = Entry.objects.filter(subject_type=label, subject_id=key, verb__in=verbs, outcome=Outcome.DONE)
    return done.order_by("-id").values_list("at", flat=True).first()
