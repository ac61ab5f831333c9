"""Sealed letters (封信): what a phone writes without signal and only this office can open.

A phone that is offline may be lost, shared or opened by others for days. What was written is therefore sealed at once
to the office's public key: ECDH on P-256 with a key that the phone makes for this one letter and forgets, HKDF-SHA256,
AES-256-GCM (all of them in every browser's WebCrypto). The private key is derived from a master key of the ring, so
that it needs no keeping of its own and letters sealed before a change of keys still open.

A sealed letter is ``XHL1``, the length of the key's id and the id, the phone's public key (65 bytes, uncompressed), a
nonce of 12 bytes, and the ciphertext, to which all before it is bound. Inside, four bytes say how long the JSON head
is; after it come the files' bytes, one after another.
"""

import base64
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from xiuhua.ground.sealing.keyring import keyring
from xiuhua.ground.sealing.seal import Broken
from xiuhua.ground.words import gettext as _

MARK, INFO = b"XHL1", b"xiuhua/letter/1"
_POINT, _NONCE, _HEAD = 65, 12, 4
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Order of P-256 (FIPS 186-5): a private key is 1 to this less 1."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What a phone seals its letters to: the id of the key and the point."""

    kid: str
    point: bytes

    @property
    def written(self) -> str:
        """``id.base64``, as a page carries it."""
        return f"{self.kid}.{base64.b64encode(self.point).decode()}"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file in a letter."""

    field: str
    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter that was opened: its head, and what was enclosed."""

    head: dict[str, Any]
    files: tuple[Enclosed, ...]


def public_key() -> PublicKey:
    """The key that letters are to be sealed to from now on."""
    kid = keyring().current
    return PublicKey(kid, _point_of(_private(kid)))


def opened(sealed: bytes) -> Opened:
    """Open a letter.

    Raises
    ------
    Broken
        It is no letter, was changed on its way, or its inside is not as it should be.
    Refused
        The ring lacks the key that it was sealed to; the reason names it.
    """
    kid, point, nonce, bound, ciphertext = _parts(sealed)
    private = _private(kid)
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        shared = private.exchange(ec.ECDH(), theirs)
        plain = AESGCM(_derived(shared, point, _point_of(private))).decrypt(nonce, ciphertext, bound)
    except (InvalidTag, ValueError):
        raise _broken() from None
    return _read(plain)


def sealed_to(key: PublicKey, plain: bytes) -> bytes:
    """Seal as a phone does: for the command line and for tests.

    Parameters
    ----------
    plain : bytes
        Head and files, as `framed` writes them.
    """
    once = ec.generate_private_key(ec.SECP256R1())
    point = _point_of(once)
    shared = once.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key.point))
    nonce = os.urandom(_NONCE)
    bound = MARK + bytes([len(key.kid)]) + key.kid.encode() + point + nonce
    return bound + AESGCM(_derived(shared, point, key.point)).encrypt(nonce, plain, bound)


def framed(head: dict[str, Any], *contents: bytes) -> bytes:
    """Write the inside of a letter: the head's length, the head, the files' bytes."""
    written = json.dumps(head, ensure_ascii=False).encode()
    return len(written).to_bytes(_HEAD, "big") + written + b"".join(contents)


@lru_cache(maxsize=16)
def _derived_private(material: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(material, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def _private(kid: str) -> ec.EllipticCurvePrivateKey:
    return _derived_private(bytes(keyring().key("letters", kid)))


def _point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(shared: bytes, theirs: bytes, ours: bytes) -> bytes:
    """The key of one letter, bound to both points (NIST SP 800-56C)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=INFO + theirs + ours).derive(shared)


def _parts(sealed: bytes) -> tuple[str, bytes, bytes, bytes, bytes]:
    if sealed[: len(MARK)] != MARK or len(sealed) <= len(MARK):
        raise _broken()
    after_kid = len(MARK) + 1 + sealed[len(MARK)]
    after_point = after_kid + _POINT
    after_nonce = after_point + _NONCE
    if len(sealed) <= after_nonce:
        raise _broken()
    try:
        kid = sealed[len(MARK) + 1 : after_kid].decode("ascii")
    except UnicodeDecodeError:
        raise _broken() from None
    return (
        kid,
        sealed[after_kid:after_point],
        sealed[after_point:after_nonce],
        sealed[:after_nonce],
        sealed[after_nonce:],
    )


def _read(plain: bytes) -> Opened:
    length = int.from_bytes(plain[:_HEAD], "big")
    try:
        head = json.loads(plain[_HEAD : _HEAD + length].decode())
        sizes = [(one, int(one["size"])) for one in head["files"]]
        if head["v"] != 1 or any(size < 0 for _one, size in sizes):
            raise _broken()
        files, at = [], _HEAD + length
        for one, size in sizes:
            files.append(Enclosed(str(one["field"]), str(one["name"]), str(one["type"]), plain[at : at + size]))
            at += size
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _broken() from None
    if at != len(plain):
        raise _broken()
    return Opened(head, tuple(files))


def _broken() -> Broken:
    return Broken(_("这封信打不开：它在路上被改动过，或者没有传完"))
