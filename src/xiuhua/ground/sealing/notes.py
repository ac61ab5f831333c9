"""Which keys a data folder was sealed with: ids and fingerprints, so that a wrong or missing key is told at once."""

from collections.abc import Mapping
from pathlib import Path

from xiuhua.ground.sealing.ringfile import replace
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

FILE = "keys.ids"
FINGERPRINT = 16
"""Hexadecimal digits of a fingerprint."""


def read(folder: Path) -> dict[str, str]:
    """Return the noted fingerprints by key id; empty where nothing has been sealed yet."""
    try:
        text = (folder / FILE).read_text("ascii")
    except FileNotFoundError:
        return {}
    return {kid: fingerprint for kid, _blank, fingerprint in (line.partition(" ") for line in text.splitlines()) if kid}


def check_and_keep(folder: Path, ring: Mapping[str, str], where: str) -> None:
    """Refuse a ring that is not this data folder's, and note the keys that are new in it.

    Raises
    ------
    Refused
        The ring lacks a noted key, or holds another one under its id.
    """
    known = read(folder)
    for kid, fingerprint in known.items():
        if kid not in ring:
            raise Refused(lacking(kid, where))
        if ring[kid] != fingerprint:
            raise Refused(_another(kid, where))
    if ring.keys() - known.keys():
        replace(folder / FILE, "".join(f"{kid} {fingerprint}\n" for kid, fingerprint in {**known, **ring}.items()))


def lacking(kid: str, where: str) -> Reason:
    """Why a ring without a noted key is refused."""
    return Reason(
        _("这个数据目录是用钥匙 %(kid)s 封存的，钥匙文件里没有它") % {"kid": kid},
        field=where,
        mend=_("请把钥匙文件从备份里找回来，或用 XIUHUA_KEYS_FILE 指明它在哪里"),
    )


def _another(kid: str, where: str) -> Reason:
    return Reason(
        _("钥匙 %(kid)s 不是封存这个数据目录的那一把，只是编号一样") % {"kid": kid},
        field=where,
        mend=_("请换回这个数据目录自己的钥匙文件"),
    )
