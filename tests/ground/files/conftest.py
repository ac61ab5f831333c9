"""A household with files, whoever works there, and a vault of the test's own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ground.files.pictures import JPEG
from xiuhua.ground.files import keeping, vault
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.files.taking import take_in
from xiuhua.ground.journal.guard import acting
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.actions import lay_out
from xiuhua.ground.territory.models import Household


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(vault, "folder", lambda: tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture
def household(subdistrict, plan, noon) -> Household:
    from xiuhua.ground.journal.actors import System

    lay_out(actor=System("test"), subdistrict=subdistrict, plan=plan)
    return Household.objects.get()


@pytest.fixture
def keep(household: Household) -> Callable[..., StoredFile]:
    """Keep a file of the household, as an action would."""

    def kept(sent: bytes = JPEG, title: str = "门口") -> StoredFile:
        with acting():
            return keeping.keep(take_in(sent, name="王家门口.jpg"), subject=household, title=title)

    return kept


@pytest.fixture
def worker(household: Household, staff: Callable[..., object]) -> object:
    return staff(Role.GRID_WORKER, at=household.path[:12])
