import pytest

from expectations import by_hand, forbidden, refused, verbs_of
from xiuhua.ground.accounts.actions.staff import (
    end_staff,
    give_role,
    invite_staff,
    reopen_staff,
    reset_password,
    take_role,
)
from xiuhua.ground.accounts.models import RoleGrant, User
from xiuhua.ground.journal.actors import System, Visitor
from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.scope.grants import Grant
from xiuhua.ground.scope.roles import ADMINISTRATIONS, OVERSIGHT, Role

TOP = "310107014"


@pytest.fixture
def system_admin(subdistrict, worker_of):
    return worker_of(Role.SYSTEM_ADMIN, TOP)


@pytest.fixture
def security_admin(subdistrict, worker_of):
    return worker_of(Role.SECURITY_ADMIN, TOP)


@pytest.fixture
def worker(system_admin):
    return invite_staff(actor=system_admin, path=TOP, username="CF0317", name="傅建华").subject


def test_an_invited_worker_gets_a_first_password_once(worker):
    assert worker.check_password(worker.first_password)
    assert worker.must_change_password
    assert not hasattr(User.objects.get(pk=worker.pk), "first_password")
    assert verbs_of(worker) == ["accounts.invite_staff"]


def test_a_role_is_held_at_once(worker, system_admin):
    grant = give_role(actor=system_admin, user=worker, role=Role.LEADER, path=TOP).subject
    assert User.objects.get(pk=worker.pk).grants == (Grant(Role.LEADER, TOP),)
    take_role(actor=system_admin, grant=grant)
    assert User.objects.get(pk=worker.pk).grants == ()
    assert verbs_of(grant) == ["accounts.give_role", "accounts.take_role"]


@pytest.mark.parametrize("overseer", sorted(OVERSIGHT))
@pytest.mark.parametrize("other", Role)
def test_whoever_oversees_holds_no_other_role(worker, overseer, other, staff):
    for first, second in ((Role(overseer), other), (other, Role(overseer))):
        person = staff(first, at=TOP)
        with refused("不能兼任" if first != second else "已经有了"):
            give_role(actor=System("test"), user=person, role=second, path=TOP)


def test_a_role_given_stands_on_the_timeline_of_the_person(worker, security_admin, client_of):
    give_role(actor=security_admin, user=worker, role=Role.AUDIT_ADMIN, path=TOP)
    assert "授予角色" in client_of(security_admin).get(f"/staff/{worker.pk}/").content.decode()


@pytest.mark.parametrize("role", Role)
def test_working_roles_are_the_system_administrators_and_oversight_the_security_administrators(
    worker, system_admin, security_admin, role
):
    working = role not in ADMINISTRATIONS | {Role.PRIVACY_OFFICER}
    right, wrong = (system_admin, security_admin) if working else (security_admin, system_admin)
    with forbidden():
        give_role(actor=wrong, user=worker, role=role, path=TOP)
    give_role(actor=right, user=worker, role=role, path=TOP)


def test_nobody_gives_to_themselves(system_admin):
    with refused("不能给自己角色"):
        give_role(actor=system_admin, user=system_admin, role=Role.LEADER, path=TOP)


def test_a_place_that_is_not_on_record_is_refused(worker, system_admin):
    with refused("没有代码为 310107014009 的区划"):
        give_role(actor=system_admin, user=worker, role=Role.GRID_WORKER, path="310107014009")


def test_another_subdistricts_administrator_may_not(worker, worker_of):
    with forbidden():
        give_role(actor=worker_of(Role.SYSTEM_ADMIN, "310107015"), user=worker, role=Role.LEADER, path=TOP)
    attempt = Entry.objects.get(outcome=Outcome.REFUSED)
    assert (attempt.verb, attempt.facts) == ("accounts.give_role", {"why": "permission"})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": ""}, "工号「」不对"),
        ({"username": "工号一"}, "工号「工号一」不对"),
        ({"username": "cf0317"}, "工号 cf0317 已经有人用"),
        ({"name": "  "}, "姓名空着"),
        ({"phone": "12345"}, "手机号不对"),
    ],
)
def test_what_makes_no_account_is_refused(worker, system_admin, change, words):
    with refused(words):
        invite_staff(actor=system_admin, path=TOP, **{"username": "CF0318", "name": "李四", **change})


def test_a_telephone_belongs_to_one_account(worker, system_admin):
    invite_staff(actor=system_admin, path=TOP, username="CF0318", name="李四", phone="15400000001")
    with refused("这个手机号已经有账号在用"):
        invite_staff(actor=system_admin, path=TOP, username="CF0319", name="王五", phone="15400000001")


def test_only_the_system_administrator_of_the_place_invites(subdistrict, worker_of):
    for actor in (Visitor(), worker_of(Role.LEADER, TOP), worker_of(Role.SYSTEM_ADMIN, f"{TOP}001")):
        with forbidden():
            invite_staff(actor=actor, path=TOP, username="CF0318", name="李四")
    assert not User.objects.filter(username="CF0318").exists()


def test_an_ended_account_holds_nothing_and_may_be_opened_again(worker, system_admin):
    give_role(actor=system_admin, user=worker, role=Role.LEADER, path=TOP)
    end_staff(actor=system_admin, user=User.objects.get(pk=worker.pk))
    ended = User.objects.get(pk=worker.pk)
    assert (ended.is_active, ended.grants) == (False, ())
    with refused("已经停用"):
        give_role(actor=system_admin, user=ended, role=Role.LEADER, path=TOP)
    again = reopen_staff(actor=system_admin, user=ended).subject
    assert again.is_active
    assert again.check_password(again.first_password)
    assert again.grants == ()


def test_the_last_administrator_stays(system_admin, worker_of, security_admin):
    other = worker_of(Role.SECURITY_ADMIN, TOP)
    end_staff(actor=security_admin, user=other)
    with refused("不能停用自己的账号"):
        end_staff(actor=security_admin, user=security_admin)
    with refused("最后一位系统管理员"):
        end_staff(actor=security_admin, user=system_admin)


def test_the_system_administrator_has_no_hand_on_those_who_oversee(system_admin, security_admin, worker):
    for act in (end_staff, reset_password):
        with forbidden():
            act(actor=system_admin, user=security_admin)
    give_role(actor=system_admin, user=worker, role=Role.LEADER, path=TOP)
    with forbidden():
        reset_password(actor=security_admin, user=User.objects.get(pk=worker.pk))


def test_an_account_that_reaches_farther_than_its_keeper_is_not_theirs(worker, worker_of):
    keeper = worker_of(Role.SYSTEM_ADMIN, TOP)
    give_role(actor=keeper, user=worker, role=Role.LEADER, path=TOP)
    grant = RoleGrant(user=worker, role=Role.LEADER, path="310107015", given_by="system:test", given_at=worker.made_at)
    with by_hand():
        grant.save()
    for act in (end_staff, reset_password):
        with forbidden():
            act(actor=keeper, user=User.objects.get(pk=worker.pk))


def test_staff_are_seen_by_the_administrators_of_their_place(system_admin, security_admin, worker, worker_of):
    assert {worker, system_admin} <= set(User.objects.visible_to(system_admin)) | {system_admin}
    assert worker in User.objects.visible_to(security_admin)
    assert worker not in User.objects.visible_to(worker_of(Role.SYSTEM_ADMIN, "310107015"))
    assert list(User.objects.visible_to(worker)) == [worker]


def test_a_reset_password_must_be_changed(worker, system_admin):
    give_role(actor=system_admin, user=worker, role=Role.LEADER, path=TOP)
    before = worker.first_password
    fresh = reset_password(actor=system_admin, user=User.objects.get(pk=worker.pk)).subject
    assert fresh.must_change_password
    assert not fresh.check_password(before)
    assert fresh.check_password(fresh.first_password)
