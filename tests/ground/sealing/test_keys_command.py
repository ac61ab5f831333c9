"""`xiuhua keys`: lists, adds and changes keys, and never shows one."""

import pytest
from django.db import connection
from typer.testing import CliRunner

from ground.sealing.app.models import Neighbour
from xiuhua.ground.sealing import commands
from xiuhua.ground.sealing.keyring import keyring
from xiuhua.ground.verdicts import Refused


@pytest.fixture
def keys(home, db, monkeypatch):
    monkeypatch.setattr(commands, "_migrate", lambda: None)

    def run(*words):
        return CliRunner().invoke(commands.app, words)

    return run


def test_keys_are_listed_by_id_with_what_lies_under_them(keys, settings):
    Neighbour.objects.create(name="一", phone="13812345678", notes="记")
    secret = settings.KEYS_FILE.read_text().partition(":")[2].strip()

    told = keys("list")

    assert told.exit_code == 0
    assert str(settings.KEYS_FILE) in told.output
    assert f"{keyring().current}：3 个值（现用）" in told.output
    assert secret not in told.output


def test_a_key_is_added_and_the_rest_is_said(keys, settings):
    Neighbour.objects.create(name="一", phone="13812345678")
    old = keyring().current

    told = keys("add")

    assert told.exit_code == 0
    assert keyring().ids[1:] == (old,)
    assert "还有 1 行在旧钥匙下" in told.output
    assert f"请马上备份 {settings.KEYS_FILE}" in told.output
    assert f"{old}：2 个值\n" in keys("list").output


def test_keys_are_changed(keys):
    row = Neighbour.objects.create(name="一", phone="13812345678")

    told = keys("rotate")

    assert told.exit_code == 0
    assert f"换好 1 行，现用钥匙 {keyring().current}" in told.output
    row.refresh_from_db()
    assert row.phone == "13812345678"
    assert "换好 0 行" in keys("rotate", "--resume").output
    assert len(keyring().ids) == 2


def test_a_value_that_does_not_open_is_named(keys):
    row = Neighbour.objects.create(name="一", phone="13812345678")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sealing_app_neighbour SET notes = phone")

    told = keys("rotate")

    assert told.exit_code == commands.UNFINISHED
    assert f"sealing_app_neighbour notes {row.seal_id}" in told.stderr
    assert "从数据的备份里找回" in told.stderr


def test_a_ring_in_the_environment_is_not_changed(keys, settings):
    keyring()
    settings.KEYS = settings.KEYS_FILE.read_text()

    with pytest.raises(Refused, match="环境变量"):
        raise keys("add").exception
