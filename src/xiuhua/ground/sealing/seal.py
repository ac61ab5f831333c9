"""Sealing one text (封存): AES-256-GCM under the current key, bound to the place where it lies.

The place (table, field, row) is the associated data, so that a sealed value that is moved to another place does not
open there. NIST SP 800-38D; the nonce is random, 96 bits.
"""

import base64
import binascii
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag

from xiuhua.ground.sealing.keyring import Keyring, forget, keyring
from xiuhua.ground.words import gettext as _

_NONCE = 12


class Broken(Exception):
    """A sealed value that was changed, or moved from the place where it was sealed."""


def seal(text: str, *context: str, kid: str | None = None) -> str:
    """Return the text sealed, as ``kid.base64url(nonce|ciphertext)``.

    Parameters
    ----------
    text : str
        Any text, the empty one too.
    *context : str
        Where the value lies, such as table, field and row; it opens nowhere else.
    kid : str, optional
        Id of the key (default: the current one).
    """
    ring = keyring()
    kid = ring.current if kid is None else kid
    nonce = os.urandom(_NONCE)
    sealed = nonce + ring.cipher(kid).encrypt(nonce, text.encode(), bound_to(context))
    return f"{kid}.{base64.urlsafe_b64encode(sealed).decode()}"


def unseal(token: str, *context: str) -> str:
    """Return the text that was sealed.

    Raises
    ------
    Broken
        The token was changed, or sealed for another place.
    Refused
        The ring lacks the key; the reason names it.
    """
    kid, _dot, encoded = token.partition(".")
    sealed = _decoded(encoded, context)
    try:
        return ring_with(kid).cipher(kid).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to(context)).decode()
    except InvalidTag:
        raise broken(context) from None


def ring_with(kid: str) -> Keyring:
    """Return the ring, looked for anew where it lacks a key that another process may just have added."""
    ring = keyring()
    if kid in ring.ids:
        return ring
    forget()
    return keyring()


def resealed(token: str, kid: str, *context: str) -> str:
    """Return the token of the same text under a key; a token under that key already, and the empty one, as it is.

    Raises
    ------
    Broken, Refused
        As `unseal`.
    """
    return token if not token or key_id(token) == kid else seal(unseal(token, *context), *context, kid=kid)


def key_id(token: str) -> str:
    """Id of the key that a token was sealed under, or a blind index made with."""
    return token.partition(".")[0]


def blind_index(value: str, table: str, field: str, kid: str | None = None) -> str:
    """Return what an exact search compares in place of a sealed value, as ``kid.hex`` (盲索引).

    HMAC-SHA256 (RFC 2104) under a key of its own: equal values of a field have equal indexes, and nobody without the
    key can try out telephone numbers.
    """
    ring = keyring()
    kid = ring.current if kid is None else kid
    return f"{kid}.{hmac.digest(ring.key('index', kid), bound_to((table, field, value)), hashlib.sha256).hex()}"


def bound_to(parts: tuple[str, ...]) -> bytes:
    """Write the parts so that no other parts are written alike: each with its length before it."""
    return _bound_first(parts[:-1]) + _bound_one(parts[-1]) if parts else b""


@lru_cache(maxsize=256)
def _bound_first(parts: tuple[str, ...]) -> bytes:
    """The parts before the last, a table and a field mostly: the same for every row."""
    return b"".join(map(_bound_one, parts))


def _bound_one(part: str) -> bytes:
    encoded = part.encode()
    return len(encoded).to_bytes(4, "big") + encoded


def _decoded(encoded: str, context: tuple[str, ...]) -> bytes:
    """Decode base64, strictly: a token is written in one way only."""
    try:
        sealed = base64.urlsafe_b64decode(encoded.encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        raise broken(context) from None
    if len(sealed) <= _NONCE or base64.urlsafe_b64encode(sealed).decode() != encoded:
        raise broken(context)
    return sealed


def broken(context: tuple[str, ...]) -> Broken:
    """What is raised of a sealed value that does not open where it lies."""
    return Broken(_("封存的内容被改动或挪动过：%(place)s") % {"place": " ".join(context)})
