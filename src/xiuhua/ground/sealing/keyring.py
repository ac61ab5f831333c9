"""The key ring (钥匙环): the master keys, which lie outside the database and outside the data folder.

It is read from ``XIUHUA_KEYS``, else from a file of its owner's, and read again as soon as that file changes, so that a
web process meets a new key at once. New values are sealed under the first key; the others open what they once sealed.
"""

import os
import stat
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from xiuhua.ground.sealing import notes, ringfile
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

ENVIRONMENT = "XIUHUA_KEYS"
_LOOK_AGAIN = 0.1
"""Seconds after which the file is looked at again."""


class Key(bytes):
    """The bytes of a key; they never show."""

    def __repr__(self) -> str:
        return "Key(...)"

    __str__ = __repr__


class Keyring:
    """Master keys by their short ids, the current one first, and what is derived from them.

    Parameters
    ----------
    masters : Mapping of str to bytes
        32 random bytes each; the first is the current one.

    Attributes
    ----------
    ids : tuple of str
        Ids of the keys, the current one first.
    current : str
        Id of the key that new values are sealed under.
    """

    __slots__ = ("_ciphers", "_derived", "_masters", "current", "ids")

    def __init__(self, masters: Mapping[str, bytes]) -> None:
        self._masters = MappingProxyType({kid: Key(master) for kid, master in masters.items()})
        self._derived: dict[tuple[str, str], Key] = {}
        self._ciphers: dict[str, AESGCM] = {}
        self.ids = tuple(self._masters)
        self.current = self.ids[0]

    def key(self, purpose: str, kid: str | None = None) -> Key:
        """Return the key for one purpose, derived from a master key (default: the current one).

        HKDF-SHA256 (RFC 5869) with the purpose as its info, so that what signs can never open what is sealed.

        Raises
        ------
        Refused
            The ring lacks the master key.
        """
        kid = self.current if kid is None else kid
        derived = self._derived.get((purpose, kid))
        if derived is None:
            info = f"xiuhua/{purpose}".encode()
            derived = Key(HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self._master(kid)))
            self._derived[purpose, kid] = derived
        return derived

    def cipher(self, kid: str) -> AESGCM:
        """Return the cipher that seals under a master key; made once, since making it costs more than using it."""
        cipher = self._ciphers.get(kid)
        if cipher is None:
            cipher = self._ciphers[kid] = AESGCM(self.key("seal", kid))
        return cipher

    def fingerprint(self, kid: str) -> str:
        """Return what tells two master keys apart and gives neither away."""
        return self.key("fingerprint", kid).hex()[: notes.FINGERPRINT]

    def _master(self, kid: str) -> Key:
        if kid not in self._masters:
            raise Refused(
                Reason(
                    _("这条内容是用钥匙 %(kid)s 封存的，钥匙环里没有它") % {"kid": kid},
                    field=source(),
                    mend=_("请把这把钥匙从备份里找回来，补进钥匙环"),
                )
            )
        return self._masters[kid]

    def __repr__(self) -> str:
        return f"Keyring({', '.join(self.ids)})"

    def __reduce__(self) -> Any:
        message = "a key ring is not pickled: it would leave the place where it is kept"
        raise TypeError(message)


@dataclass(slots=True)
class _Held:
    """The ring as last read, the mark of what it was read from, and until when nobody need look."""

    ring: Keyring | None = None
    mark: object = None
    settled: object = None
    until: float = 0.0


_held = _Held()
_looking = threading.Lock()
"""One thread looks at a time, so that an older reading never takes the place of a newer one."""


def keyring() -> Keyring:
    """Return the key ring; made on the first use of a new installation.

    The file is looked at ten times a second at the most, since whole rosters are sealed in one go.

    Raises
    ------
    Refused
        The ring cannot be read, others can read it, it lies in the data folder, or it lacks a key that this data folder
        was sealed with.
    """
    settled = (settings.KEYS, settings.KEYS_FILE)
    ring = _held.ring
    if ring is None or time.monotonic() >= _held.until or settled != _held.settled:
        with _looking:
            ring, mark = _held.ring, _mark()
            if ring is None or mark is None or mark != _held.mark:
                ring = _read()
            _held.ring, _held.mark, _held.settled, _held.until = ring, mark, settled, time.monotonic() + _LOOK_AGAIN
    return ring


def make_keyring() -> Path:
    """Make a ring of one fresh key where there is none; returns its file.

    Several processes may do so at once: one ring comes into being and all of them read it.
    """
    path = _outside(_file())
    ringfile.write_first(path, ringfile.written(*fresh_key(1)))
    return path


def add_key() -> str:
    """Put a fresh key at the head of the ring and return its id; the others stay.

    Raises
    ------
    Refused
        The ring comes from the environment, which only the administrator can change.
    """
    if _given():
        raise Refused(
            Reason(
                _("钥匙环来自环境变量 XIUHUA_KEYS，程序改不了它"),
                field=ENVIRONMENT,
                mend=_("请用 openssl rand -base64 32 造一把新钥匙，写在最前面，重启各个进程，再换钥匙"),
            )
        )
    keyring()
    path = _file()
    with ringfile.alone(path):
        text = path.read_text("utf-8")
        kid, master = fresh_key(len(ringfile.parsed(text, str(path))) + 1)
        ringfile.replace(path, ringfile.written(kid, master) + text)
    forget()
    keyring()
    return kid


def fresh_key(number: int) -> tuple[str, bytes]:
    """Return a new key and its id: a number, and a few digits of its own so that two offices' keys are told apart."""
    master = os.urandom(ringfile.LENGTH)
    return f"k{number}-{Keyring({'': master}).fingerprint('')[:4]}", master


def source() -> str:
    """Where the ring is read from, in words for the administrator: the variable's name or the file's path."""
    return ENVIRONMENT if _given() else str(_file())


def forget() -> None:
    """Read the ring anew at its next use."""
    with _looking:
        _held.ring = None


def _read() -> Keyring:
    known = notes.read(Path(settings.DATA))
    if not _given() and not _file().exists():
        if known:
            raise Refused(notes.lacking(next(iter(known)), source()))
        make_keyring()
    if _given():
        return _checked(settings.KEYS)
    with ringfile.alone(_file()):
        return _checked(_text_of(_outside(_file())))


def _checked(text: str) -> Keyring:
    ring = Keyring(ringfile.parsed(text, source()))
    notes.check_and_keep(Path(settings.DATA), {kid: ring.fingerprint(kid) for kid in ring.ids}, source())
    return ring


def _outside(path: Path) -> Path:
    if Path(settings.DATA).resolve() in path.resolve().parents:
        raise Refused(
            Reason(
                _("钥匙文件放在了数据目录里：谁拿到数据的备份，谁就拿到了钥匙"),
                field=str(path),
                mend=_("请把它移到数据目录外面，用 XIUHUA_KEYS_FILE 指明"),
            )
        )
    return path


def _text_of(path: Path) -> str:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Refused(
            Reason(_("别人也能读这个钥匙文件"), field=str(path), mend=_("请运行 chmod 600 %(path)s") % {"path": path})
        )
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        mend = _("请看文件是不是属于运行程序的人，是不是文本")
        raise Refused(Reason(_("钥匙文件读不出来"), field=str(path), mend=mend)) from error


def _file() -> Path:
    return Path(settings.KEYS_FILE)


def _given() -> bool:
    return bool(settings.KEYS.strip())


def _mark() -> object:
    """What changes when the ring changes; None where it does not exist yet."""
    if _given():
        return settings.KEYS
    try:
        found = _file().stat()
    except FileNotFoundError:
        return None
    return str(_file()), found.st_ino, found.st_mtime_ns, found.st_size, found.st_mode
