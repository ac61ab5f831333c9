"""How a key ring is written: a line a key, its id and 32 random bytes in base64; ``#`` begins a remark."""

import base64
import binascii
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

if sys.platform != "win32":
    import fcntl

LENGTH = 32
"""Bytes of a master key: AES-256."""

LONGEST_ID = 12
_ID = re.compile(rf"[a-z][a-z0-9-]{{0,{LONGEST_ID - 1}}}")


def parsed(text: str, where: str) -> dict[str, bytes]:
    """Return the keys of a ring by id, in order.

    Parameters
    ----------
    text : str
        Lines ``id:base64``; a comma ends a line too, so that a ring fits into an environment variable.
    where : str
        What the text was read from, to be named in a refusal.

    Raises
    ------
    Refused
        A line is not a key, an id comes twice, or there is no key at all.
    """
    keys: dict[str, bytes] = {}
    for number, line in enumerate(text.replace(",", "\n").splitlines(), start=1):
        entry = line.partition("#")[0].strip()
        if entry:
            kid, key = _key(entry, number, where)
            if kid in keys:
                raise _malformed(where, number, _("编号 %(kid)s 出现了两次") % {"kid": kid}, _("请删掉重复的一行"))
            keys[kid] = key
    if not keys:
        raise Refused(Reason(_("钥匙环里一把钥匙也没有"), field=where, mend=_("请把钥匙从备份里找回来")))
    return keys


def written(kid: str, key: bytes) -> str:
    """Return the line of a key."""
    return f"{kid}:{base64.b64encode(key).decode()}\n"


def write_first(path: Path, text: str) -> None:
    """Write a file that is not there yet, whole and readable by its owner only; where it is there, leave it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = _beside(path, text)
    with suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
    _settle(path.parent)


def replace(path: Path, text: str) -> None:
    """Put a new text in the place of a file's, whole or not at all."""
    _beside(path, text).replace(path)
    _settle(path.parent)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Be the only process that changes a file; the others wait. A process that dies lets go."""
    if sys.platform == "win32":
        yield
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _key(entry: str, number: int, where: str) -> tuple[str, bytes]:
    kid, colon, encoded = (part.strip() for part in entry.partition(":"))
    if not colon or not _ID.fullmatch(kid):
        mend = _("一行一把，写成 编号:base64，例如 k1:…；编号用小写字母、数字和 -，不超过 %(most)s 个字")
        raise _malformed(where, number, _("不是一把钥匙"), mend % {"most": LONGEST_ID})
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != LENGTH:
        mend = _("请对照备份改正；新的安装可用 openssl rand -base64 32 造一把")
        raise _malformed(where, number, _("钥匙 %(kid)s 不是 32 字节的 base64") % {"kid": kid}, mend)
    return kid, key


def _malformed(where: str, number: int, text: str, mend: str) -> Refused:
    cause = _("第 %(number)s 行：%(text)s") % {"number": number, "text": text}
    return Refused(Reason(cause, field=where, mend=mend))


def _beside(path: Path, text: str) -> Path:
    """Write a text to the disk beside a file, for its owner only (the mode that ``mkstemp`` gives)."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _settle(folder: Path) -> None:
    """Let a new name in a folder outlast a power cut, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
