"""The invented people who may sign in to a demonstration (演示账号), noted in its data folder."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

FILE, RESIDENTS = "demo-accounts.json", "demo-residents.json"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Someone to sign in as: what they are here, and with what."""

    username: str
    name: str
    role: str
    password: str


def keep(accounts: Sequence[DemoAccount]) -> None:
    """Note who may sign in, for the door to show."""
    _file().write_text(json.dumps([asdict(one) for one in accounts], ensure_ascii=False, indent=1), "utf-8")


def accounts() -> list[DemoAccount]:
    """Who may sign in; none where nothing is invented."""
    if not is_here():
        return []
    return [DemoAccount(**one) for one in json.loads(_file().read_text("utf-8"))]


@dataclass(frozen=True, slots=True)
class DemoResident:
    """A resident to come in as, by a code to this telephone: what they are called, and where they live."""

    phone: str
    name: str
    place: str


def keep_resident(resident: DemoResident) -> None:
    """Note a resident to come in as, for the residents' door to show."""
    known = [*residents(), resident]
    _file(RESIDENTS).write_text(json.dumps([asdict(one) for one in known], ensure_ascii=False, indent=1), "utf-8")


def residents() -> list[DemoResident]:
    """Residents to come in as; none where nothing is invented."""
    if not _file(RESIDENTS).exists():
        return []
    return [DemoResident(**one) for one in json.loads(_file(RESIDENTS).read_text("utf-8"))]


def is_here() -> bool:
    """Whether this data folder holds a demonstration."""
    return _file().exists()


def _file(name: str = FILE) -> Path:
    return Path(settings.DATA) / name
