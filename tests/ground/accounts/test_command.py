"""``xiuhua accounts``: administrators are founded from the office's own machine."""

import re

import pytest
from typer.testing import CliRunner

from expectations import refused
from xiuhua.ground.accounts import commands
from xiuhua.ground.accounts.models import User
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.scope.roles import Role

PLACE = "310107014"


@pytest.fixture
def run(monkeypatch, subdistrict):
    monkeypatch.setattr(commands, "_prepare", lambda: None)

    def call(*words: str) -> str:
        result = CliRunner().invoke(commands.app, list(words), standalone_mode=False)
        if result.exception:
            raise result.exception
        return result.output

    return call


INVITE = ("invite", "CF0901", "魏志强", "--path", PLACE, "--as-system")


@pytest.mark.parametrize("role", ["system_admin", "系统管理员"])
def test_administrator_is_founded_and_told_the_first_password_once(run, role):
    told = run(*INVITE, "--role", role)
    user = User.objects.get(username="CF0901")
    assert user.check_password(re.search(r"首次密码：(\w{14}) ", told)[1])
    assert [grant.role for grant in user.grants] == [Role.SYSTEM_ADMIN]
    assert Entry.objects.get(verb="accounts.invite_staff").actor == "system:commands"


def test_password_is_reset_and_the_lock_lifted(run):
    from xiuhua.ground.accounts.entrance import tries
    from xiuhua.ground.accounts.policy import policy

    run(*INVITE, "--role", "leader")
    user = User.objects.get(username="CF0901")
    for _ in range(5):
        tries.take(tries.key_for("", user), user, policy().sign_in)
    told = run("reset", "cf0901", "--as-system")
    user.refresh_from_db()
    assert user.check_password(re.search(r"首次密码：(\w{14}) ", told)[1])
    assert tries.locked_until(tries.key_for("", user)) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("invite", "CF1", "甲", "--role", "leader", "--path", PLACE), "命令行不知道您是谁"),
        (("reset", "CF1"), "命令行不知道您是谁"),
        ((*INVITE, "--role", "boss"), "没有角色 boss；可选：grid_worker"),
        (("invite", "CF1", "甲", "--role", "leader", "--path", "999", "--as-system"), "没有代码为 999 的区划"),
        (("invite", "C", "甲", "--role", "leader", "--path", PLACE, "--as-system"), "工号「C」不对"),
        (("reset", "CF1", "--as-system"), "没有工号为 CF1 的账号"),
    ],
)
def test_mistake_is_refused_and_nothing_written(run, words, said):
    with refused(said):
        run(*words)
    assert not User.objects.exists()
