import base64
import os

import pytest

from xiuhua.ground.sealing import keyring, rotation


def a_key(kid: str) -> str:
    return f"{kid}:{base64.b64encode(os.urandom(32)).decode()}\n"


@pytest.fixture(autouse=True)
def nobody_listens(monkeypatch):
    """A rotation tells nobody here: the record has its own test of it."""
    monkeypatch.setattr(rotation, "_listeners", [])


@pytest.fixture
def home(tmp_path, settings):
    """An installation of its own: an empty data folder, and the place of its key file outside."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.KEYS_FILE = tmp_path / "config" / "keys.txt"
    settings.KEYS = ""
    yield tmp_path
    keyring.forget()
