"""Where passkeys (通行密钥) work: a browser binds them to a name, and only over a safe line."""

import ipaddress
from contextlib import suppress

from django.http import HttpRequest


def passkeys_work(request: HttpRequest) -> bool:
    """Whether a browser would make a passkey for this address: a name, by https; or this very machine by its name."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    if request.get_host().startswith("["):
        return False
    with suppress(ValueError):
        ipaddress.ip_address(host)
        return False
    return request.is_secure() or host == "localhost"
