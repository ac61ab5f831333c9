"""Tries to come in: counted under the account, or under a number that nobody has, so that both answer alike.

A try is taken before what was shown is looked at, so that a hundred at once are not more tries than five. It is given
back where a password was right; all are forgotten when somebody has come in by every step.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from xiuhua.ground.accounts import rules
from xiuhua.ground.accounts.models import FailedSignIns, User
from xiuhua.ground.clock import now
from xiuhua.ground.sealing.keyring import keyring
from xiuhua.ground.standards.trust import SignInStandard

_KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one stands at the door: tries left, and until when one stays out."""

    left: int
    locked_until: datetime | None = None


def key_for(number: str, user: User | None) -> str:
    """What failures are counted under: the account, however it was named; else a keyed digest of the number."""
    if user is not None:
        return f"user:{user.pk}"
    ring = keyring()
    secret = ring.key("tries", ring.ids[-1])
    return f"typed:{hmac.new(secret, number.casefold().encode(), hashlib.sha256).hexdigest()}"


def locked_until(key: str) -> datetime | None:
    """Until when one stays out; None where one does not."""
    row = FailedSignIns.objects.filter(key=key, locked_until__gt=now()).first()
    return row.locked_until if row else None


def take(key: str, user: User | None, figures: SignInStandard) -> datetime | None:
    """Take a try; where there is none left, return until when one stays out."""
    at, most = now(), int(figures.tries.number)
    with transaction.atomic():
        FailedSignIns.objects.filter(last_at__lt=at - _KEPT).delete()
        row = _held(key, user, at)
        if row.locked_until and row.locked_until > at:
            return row.locked_until
        row.count = rules.after_failure(row.count, None if row.locked_until else row.last_at, at, figures)
        row.last_at, row.locked_until = at, None
        if row.count > most:
            row.locked_until = at + timedelta(minutes=figures.lock_minutes.number)
        row.save()
    return row.locked_until


def failed(key: str, user: User | None, figures: SignInStandard) -> Standing:
    """Say that a try came to nothing, and lock the door after the last one."""
    at = now()
    with transaction.atomic():
        row = _held(key, user, at)
        left = max(int(figures.tries.number) - row.count, 0)
        if not left and row.locked_until is None:
            row.locked_until = at + timedelta(minutes=figures.lock_minutes.number)
            row.save()
    return Standing(left, row.locked_until)


def give_back(key: str) -> None:
    """Count the try taken last no more: the password was right, and a second step may still be failed."""
    FailedSignIns.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)


def forget(key: str) -> int:
    """Forget failures: after a sign-in, or because an administrator says so. Returns whether there were any."""
    return FailedSignIns.objects.filter(key=key).delete()[0]


def _held(key: str, user: User | None, at: datetime) -> FailedSignIns:
    FailedSignIns.objects.get_or_create(key=key, defaults={"user": user, "last_at": at})
    return FailedSignIns.objects.select_for_update().get(key=key)
