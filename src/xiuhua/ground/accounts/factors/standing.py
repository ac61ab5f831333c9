"""Which second factors somebody has, and where a browser makes one."""

import ipaddress
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from xiuhua.ground.accounts.models import User
from xiuhua.ground.accounts.own.devices import on_our_clock

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Factors that make a second step."""


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its owner knows it."""

    pk: int
    name: str
    made_at: datetime


def standing(user: User) -> dict[str, Any]:
    """Which second factors someone has."""
    rows = list(Authenticator.objects.filter(user=user).order_by("pk"))
    kinds = {row.type for row in rows}
    codes = next((row.wrap() for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return {
        "app": Authenticator.Type.TOTP in kinds,
        "passkeys": [
            Passkey(row.pk, row.wrap().name, on_our_clock(row.created_at))
            for row in rows
            if row.type == Authenticator.Type.WEBAUTHN
        ],
        "codes_left": len(codes.get_unused_codes()) if codes else None,
    }


def has_second_factor(user: User) -> bool:
    """Whether an authenticator or a passkey stands; codes for the day when they are lost are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=STRONG).exists())


def passkeys_work(request: HttpRequest) -> bool:
    """Whether a browser would make a passkey for this address: a name, by https; or this very machine by its name."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    if request.get_host().startswith("["):
        return False
    with suppress(ValueError):
        ipaddress.ip_address(host)
        return False
    return request.is_secure() or host == "localhost"
