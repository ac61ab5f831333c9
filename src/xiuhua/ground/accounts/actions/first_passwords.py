"""First passwords (首次密码): drawn, given to one, or handed out on one printed list to all whom a sheet opened."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import get_hasher
from django.db.models import Q
from django.utils.translation import gettext_lazy

from xiuhua.ground.accounts import permits, rules
from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.journal.actions import Audience, Done, action, idempotency_key, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.verdicts import refuse_unless

LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""What first passwords are drawn from: nothing that reads like something else."""
ROUNDS = 1_000
"""Rounds of hashing for a password that was drawn: 80 bits are not guessed. The one that its owner takes gets all."""


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """A line of the printed list."""

    username: str
    name: str
    password: str


@action(
    "accounts.give_first_password",
    says=gettext_lazy("发首次密码"),
    permits=permits.may_manage,
    audience=Audience.OFFICE,
)
def give_first_password(*, actor: Actor, user: User) -> Done[User]:
    """Give somebody who has not come in yet a first password (发首次密码); the answer's subject carries it, once.

    Raises
    ------
    Refused
        The account has ended, or is one's own.
    """
    user = locked(user)
    refuse_unless(rules.password_can_be_reset(is_active=user.is_active, is_self=user.reference == actor.reference))
    return Done(with_first_password(user))


def waiting(actor: Actor, *, again: bool = False) -> list[User]:
    """Accounts of the actor's that have no password yet; to hand out `again`, those too that did not use theirs."""
    without = Q(password__startswith="!") | Q(password="")  # noqa: S106 - Django's mark of a password that is none
    unused = Q(must_change_password=True, last_login__isnull=True)
    staff = User.objects.visible_to(actor).filter(kind=Kind.STAFF, is_active=True)
    found: Sequence[User] = staff.filter(without | unused if again else without).order_by("username")
    return [user for user in found if permits.may_manage(actor, user=user)]


def hand_out(*, actor: Actor, again: bool = False) -> list[FirstPassword]:
    """Give each of those `waiting` a first password, and return the list to print: it is told once, and kept nowhere.

    Sent twice, the second time finds nobody waiting.
    """
    with idempotency_key(None):
        given = [give_first_password(actor=actor, user=user).subject for user in waiting(actor, again=again)]
    return [FirstPassword(user.username, user.name, user.first_password) for user in given]  # type: ignore[attr-defined]


def with_first_password(user: User, **changed: object) -> User:
    """An account with a new first password, which its owner must change, and with whatever else is `changed`."""
    drawn = draw()
    for name, value in {**changed, "password": _hashed(drawn), "must_change_password": True}.items():
        setattr(user, name, value)
    user.save(update_fields=["password", "must_change_password", *changed])
    user.first_password = drawn  # type: ignore[attr-defined]  # told once, kept nowhere
    return user


def _hashed(drawn: str) -> str:
    hasher: Any = get_hasher()
    if not hasattr(hasher, "iterations"):
        return str(hasher.encode(drawn, hasher.salt()))
    return str(hasher.encode(drawn, secrets.token_hex(16), iterations=ROUNDS))


def draw() -> str:
    """Draw a password of 14 letters and figures, for a person to copy once."""
    return "".join(secrets.choice(LETTERS) for _place in range(14))
