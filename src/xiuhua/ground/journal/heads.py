"""How far each chain has got, noted outside the database and signed: so a tail that is cut off is missed.

One file a subdistrict in ``XIUHUA_DATA/heads`` (or ``XIUHUA_HEADS``, better on another disk), to which a line is added
after each commit. Lines are never written over, and each signature covers the one before it: a tail that is cut off and
grown again still disagrees with what was noted. A crash in between leaves the file a few entries behind, never ahead.
"""

import fcntl
import hashlib
import hmac
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from xiuhua.ground.sealing.keyring import keyring
from xiuhua.ground.verdicts import Refused

PURPOSE = "journal head"
NO_SUBDISTRICT = "office"
"""File name of the chain of what belongs to no subdistrict."""

_LONGEST_LINE = 1024


@dataclass(frozen=True, slots=True)
class Head:
    """Number and link of an entry that was the last one when it was noted."""

    number: int
    mac: str
    key: str
    signature: str

    @classmethod
    def read(cls, line: bytes) -> "Head":
        """Return what a line says; `ValueError` where it is none of ours."""
        number, mac, key, signature = line.decode("ascii").split()
        return cls(int(number), mac, key, signature)

    def written(self) -> bytes:
        """Return the line."""
        return f"{self.number} {self.mac} {self.key} {self.signature}\n".encode("ascii")


class BadHead(Exception):
    """A noted head is not what we wrote."""


def keep(chain: str, number: int, mac: str) -> None:
    """Note that a chain has got this far, unless a later entry is noted already."""
    Path(settings.JOURNAL_HEADS).mkdir(parents=True, exist_ok=True)
    with path_of(chain).open("ab+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        last = _last_line(file)
        try:
            noted = Head.read(last)
        except ValueError:
            noted = None  # a file that was tampered with goes on, and verification tells
        if noted is None or noted.number < number:
            kid = keyring().current
            file.write(Head(number, mac, kid, _signature(chain, number, mac, kid, last)).written())


def noted_bytes(chain: str) -> int:
    """How long the file of a chain is."""
    path = path_of(chain)
    return path.stat().st_size if path.exists() else 0


def noted_heads(chain: str, until_bytes: int) -> Iterator[Head]:
    """Read what was noted of a chain when its file was so long, oldest first.

    Raises
    ------
    BadHead
        A line was changed, taken out or put in, or cannot be read.
    """
    path, before = path_of(chain), b""
    if not until_bytes:
        return
    with path.open("rb") as file:
        while file.tell() < until_bytes:
            line = file.readline()
            try:
                head = Head.read(line)
                expected = _signature(chain, head.number, head.mac, head.key, before)
            except (ValueError, Refused, LookupError) as error:
                raise BadHead(path) from error
            if not hmac.compare_digest(head.signature, expected):
                raise BadHead(path)
            yield head
            before = line


def noted_chains() -> list[str]:
    """Names of the chains of which something is noted."""
    folder = Path(settings.JOURNAL_HEADS)
    names = sorted(path.stem for path in folder.glob("*.heads")) if folder.is_dir() else []
    return ["" if name == NO_SUBDISTRICT else name for name in names]


def set_aside(chain: str) -> Path | None:
    """Put the file of a chain aside under another name, for a new one to begin; returns where it lies, if it is."""
    path = path_of(chain)
    if not path.exists():
        return None
    aside = next(name for number in range(1, 10_000) if not (name := path.with_suffix(f".{number}")).exists())
    return path.rename(aside)


def path_of(chain: str) -> Path:
    """File in which a chain's heads are noted."""
    return Path(settings.JOURNAL_HEADS) / f"{chain or NO_SUBDISTRICT}.heads"


def _last_line(file: BinaryIO) -> bytes:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - _LONGEST_LINE, 0))
    lines = file.read().splitlines(keepends=True)
    return lines[-1] if lines else b""


def _signature(chain: str, number: int, mac: str, kid: str, before: bytes) -> str:
    text = f"{chain}|{number}|{mac}|".encode() + before
    return hmac.new(keyring().key(PURPOSE, kid), text, hashlib.sha256).hexdigest()
