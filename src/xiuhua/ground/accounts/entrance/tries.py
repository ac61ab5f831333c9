"""Failed sign-ins: counted under the account, or under a number that nobody has, so that both answer alike."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

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


def count_failure(key: str, user: User | None, figures: SignInStandard) -> Standing:
    """Count one more failure, and lock the door after the last one that is allowed."""
    at, most = now(), int(figures.tries.number)
    with transaction.atomic():
        FailedSignIns.objects.get_or_create(key=key, defaults={"user": user, "last_at": at})
        row = FailedSignIns.objects.select_for_update().get(key=key)
        if row.locked_until and row.locked_until > at:
            return Standing(0, row.locked_until)
        row.count = rules.after_failure(row.count, None if row.locked_until else row.last_at, at, figures)
        row.last_at = at
        row.locked_until = at + timedelta(minutes=figures.lock_minutes.number) if row.count >= most else None
        row.save()
        FailedSignIns.objects.filter(last_at__lt=at - _KEPT).delete()
    return Standing(max(most - row.count, 0), row.locked_until)


def forget(key: str) -> int:
    """Forget failures: after a sign-in, or because an administrator says so. Returns whether there were any."""
    return FailedSignIns.objects.filter(key=key).delete()[0]
