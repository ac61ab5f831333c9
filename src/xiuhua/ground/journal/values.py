"""Personal values that entries are about: sealed under a key of their subject, which can be shredded (粉碎).

Erasing a person destroys the keys; what they sealed can be read by nobody, and the chain of entries still holds, since
it binds the sealed form.
"""

import base64
import json
import os
from collections import Counter
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery

from xiuhua.ground.journal.models import Entry, Sealed, SubjectKey
from xiuhua.ground.sealing.seal import resealed, seal, unseal

_NONCE = 12
SHREDDED = "keys"
"""Under this name the facts of an entry say how many keys its verb has destroyed."""


def sealed_values(entry: Entry, subject: str, values: Mapping[str, Any]) -> Sealed:
    """Seal what an entry is about, without writing it; made before the entry, whose facts hold the digest."""
    year = entry.at.year
    nonce = os.urandom(_NONCE)
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str).encode()
    sealed = nonce + AESGCM(_key_for(subject, year)).encrypt(nonce, text, _context(entry, subject))
    return Sealed(subject=subject, year=year, token=base64.b64encode(sealed).decode())


def opened_values(entry: Entry) -> dict[str, Any] | None:
    """The values that an entry is about; None where there are none, or where their key has been shredded."""
    row = Sealed.objects.filter(entry=entry).first()
    if row is None:
        return None
    key = SubjectKey.objects.filter(subject=row.subject, year=row.year).first()
    if key is None:
        return None
    sealed = base64.b64decode(row.token)
    try:
        text = AESGCM(_unwrapped(key)).decrypt(sealed[:_NONCE], sealed[_NONCE:], _context(entry, row.subject))
    except InvalidTag:
        return None  # sealed under a key that was shredded; what came after has one of its own
    values: dict[str, Any] = json.loads(text)
    return values


def shred(subject: str) -> int:
    """Destroy every key of a subject; returns how many there were."""
    count, _by_model = SubjectKey.objects.filter(subject=subject).delete()
    return count


def shred_before(first_kept: Mapping[str, int]) -> Counter[str]:
    """Destroy the keys whose time is over in every chain that they seal values of.

    Parameters
    ----------
    first_kept : mapping of str to int
        By name of the chain, the first year that it keeps.

    Returns
    -------
    Counter
        How many keys went, each counted in the first of its chains.
    """
    sealed = Sealed.objects.filter(subject=OuterRef("subject"), year=OuterRef("year"))
    still_kept = Q()
    for name, year in first_kept.items():
        still_kept |= Q(entry__chain=name, year__gte=year)
    over = SubjectKey.objects.filter(~Exists(sealed.filter(still_kept)), year__lt=max(first_kept.values()))
    chain = Subquery(sealed.order_by("entry_id").values("entry__chain")[:1])
    gone = Counter(name or "" for name in over.annotate(chain=chain).values_list("chain", flat=True))
    over.delete()
    return gone


def key_under(row: Mapping[str, Any], kid: str) -> dict[str, str]:
    """A subject's key wrapped under another key of the ring: for their rotation."""
    return {"wrapped": resealed(row["wrapped"], kid, "journal_subjectkey", row["subject"], str(row["year"]))}


def _key_for(subject: str, year: int) -> bytes:
    with transaction.atomic():
        row, _made = SubjectKey.objects.get_or_create(
            subject=subject, year=year, defaults={"wrapped": _wrapped(os.urandom(32), subject, year)}
        )
    return _unwrapped(row)


def _wrapped(key: bytes, subject: str, year: int) -> str:
    return seal(base64.b64encode(key).decode(), "journal_subjectkey", subject, str(year))


def _unwrapped(row: SubjectKey) -> bytes:
    return base64.b64decode(unseal(row.wrapped, "journal_subjectkey", row.subject, str(row.year)))


def _context(entry: Entry, subject: str) -> bytes:
    return f"{entry.verb}|{entry.subject_type}|{entry.subject_id}|{subject}".encode()
