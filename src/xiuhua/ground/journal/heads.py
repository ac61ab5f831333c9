"""How far each chain has got, noted outside the database and signed: so a tail that is cut off is missed.

One small file a subdistrict in ``XIUHUA_DATA/heads`` (or ``XIUHUA_HEADS``, better on another disk). It is written after
the commit and only ever moves on, so a crash in between leaves it a few entries behind, never ahead.
"""

import fcntl
import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from xiuhua.ground.sealing.keyring import keyring

PURPOSE = "journal head"
NO_SUBDISTRICT = "office"
"""File name of the chain of what belongs to no subdistrict."""


@dataclass(frozen=True, slots=True)
class Head:
    """Number and link of the last entry that was noted."""

    number: int
    mac: str


class BadHead(Exception):
    """A noted head is not what we wrote."""


def keep(chain: str, number: int, mac: str) -> None:
    """Note that a chain has got this far, unless a later entry is noted already."""
    folder = Path(settings.JOURNAL_HEADS)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{_name(chain)}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (noted := noted_head(chain, trusting=True)) is None or noted.number < number:
            _write(folder, chain, number, mac)


def noted_head(chain: str, *, trusting: bool = False) -> Head | None:
    """Return what is noted of a chain, or None.

    Raises
    ------
    BadHead
        The note was changed or cannot be read; not raised when `trusting`, which takes it for missing.
    """
    path = _path(chain)
    if not path.exists():
        return None
    try:
        noted = json.loads(path.read_text("ascii"))
        head = Head(int(noted["number"]), str(noted["mac"]))
        good = hmac.compare_digest(noted["signature"], _signature(chain, head, noted["key"]))
    except (ValueError, KeyError, TypeError):
        good = False
    if not good and not trusting:
        raise BadHead(path)
    return head if good else None


def noted_chains() -> list[str]:
    """Names of the chains of which something is noted."""
    folder = Path(settings.JOURNAL_HEADS)
    names = sorted(path.stem for path in folder.glob("*.json")) if folder.is_dir() else []
    return ["" if name == NO_SUBDISTRICT else name for name in names]


def _write(folder: Path, chain: str, number: int, mac: str) -> None:
    head, kid = Head(number, mac), keyring().current
    fresh = folder / f"{_name(chain)}.{os.getpid()}"
    note = {"number": number, "mac": mac, "key": kid, "signature": _signature(chain, head, kid)}
    fresh.write_text(json.dumps(note), "ascii")
    fresh.replace(_path(chain))


def _signature(chain: str, head: Head, kid: str) -> str:
    text = f"{chain}|{head.number}|{head.mac}".encode()
    return hmac.new(keyring().key(PURPOSE, kid), text, hashlib.sha256).hexdigest()


def _name(chain: str) -> str:
    return chain or NO_SUBDISTRICT


def _path(chain: str) -> Path:
    return Path(settings.JOURNAL_HEADS) / f"{_name(chain)}.json"
