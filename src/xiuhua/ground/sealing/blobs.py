"""Sealing bytes that lie in a file (封存文件): AES-256-GCM as in `seal`, without the third that base64 adds.

A sealed file reads ``XHF1``, one byte for the length of the key's id, the id, the nonce, the ciphertext. What it is
bound to (which row, which of its sizes) is associated data, so that two files that change places on the disk open no
more.
"""

import os

from cryptography.exceptions import InvalidTag

from xiuhua.ground.sealing.keyring import keyring
from xiuhua.ground.sealing.seal import bound_to, broken, ring_with

MARK = b"XHF1"
_NONCE = 12


def seal_bytes(content: bytes, *context: str, kid: str | None = None) -> bytes:
    """Return the content sealed, bound to where it belongs; under the current key unless another is named."""
    ring = keyring()
    kid = ring.current if kid is None else kid
    nonce = os.urandom(_NONCE)
    head = MARK + bytes([len(kid.encode())]) + kid.encode()
    return head + nonce + ring.cipher(kid).encrypt(nonce, content, head + bound_to(context))


def unseal_bytes(sealed: bytes, *context: str) -> bytes:
    """Return the content that was sealed.

    Raises
    ------
    Broken
        It was changed, cut short, or sealed for another place.
    Refused
        The ring lacks the key; the reason names it.
    """
    kid = key_of(sealed, *context)
    head = MARK + bytes([len(kid.encode())]) + kid.encode()
    nonce, body = sealed[len(head) : len(head) + _NONCE], sealed[len(head) + _NONCE :]
    try:
        return ring_with(kid).cipher(kid).decrypt(nonce, body, head + bound_to(context))
    except (InvalidTag, ValueError):
        raise broken(context) from None


def key_of(sealed: bytes, *context: str) -> str:
    """Id of the key that bytes were sealed under; the head of the file is enough.

    Raises
    ------
    Broken
        They are no sealed file.
    """
    size = len(MARK)
    try:
        if sealed[:size] != MARK or len(sealed) <= size or len(sealed) < size + 1 + sealed[size]:
            raise broken(context)
        return sealed[size + 1 : size + 1 + sealed[size]].decode()
    except UnicodeDecodeError:
        raise broken(context) from None
