"""What binds entries to one another (链): each carries an HMAC over its content and over the entry before it.

The key stands outside the database, so that nobody who only reaches the database can change an entry, take one out, put
one in or cut off the tail without its being found (`verify`). RFC 2104; SHA-256.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from xiuhua.ground.sealing.keyring import keyring

PURPOSE = "journal"
START = "0" * 64
"""What the first entry of a chain follows."""


def link(content: Mapping[str, Any], previous: str, key_id: str | None = None) -> str:
    """Return the link of an entry with this content to the one before it, as ``key:hex``."""
    ring = keyring()
    kid = key_id or ring.current
    written = json.dumps({**content, "previous": previous}, ensure_ascii=False, sort_keys=True, default=_written)
    return f"{kid}:{hmac.new(ring.key(PURPOSE, kid), written.encode(), hashlib.sha256).hexdigest()}"


def key_of(mac: str) -> str:
    """Id of the key that a link was made with."""
    return mac.partition(":")[0]


def same(one: str, other: str) -> bool:
    """Whether two links are alike, told in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def digest_of(token: str) -> str:
    """Digest of a sealed value: the chain holds it, so that a sealed value cannot be swapped either."""
    return hashlib.sha256(token.encode()).hexdigest()


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    message = f"{value!r} cannot stand in an entry"
    raise TypeError(message)
