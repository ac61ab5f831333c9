"""人员与权限: the pages on which administrators keep accounts and roles."""

import re

import pytest
from django.test import Client

from ground.accounts.door import DOOR, PASSWORD, last_entry
from xiuhua.ground.accounts import actions
from xiuhua.ground.accounts.models import RoleGrant, User
from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.models import Outcome
from xiuhua.ground.scope.roles import Role

PLACE = "310107014"


@pytest.fixture
def admin(staff, subdistrict) -> User:
    return staff(Role.SYSTEM_ADMIN, at=subdistrict, name="魏志强")


@pytest.fixture
def guard(staff, subdistrict) -> User:
    return staff(Role.SECURITY_ADMIN, at=subdistrict, name="钱亚萍")


@pytest.fixture
def worker(staff, subdistrict) -> User:
    return staff(Role.LEADER, at=subdistrict, name="潘文静")


@pytest.fixture
def desk(client_of, admin) -> Client:
    return client_of(admin)


def test_list_shows_roles_places_and_states(desk, worker):
    page = desk.get("/staff/").content.decode()
    assert "潘文静" in page
    assert "试验街道 街道领导" in page
    assert "在用" in page


def test_list_costs_the_same_for_many(desk, staff, subdistrict, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk.get("/staff/")
    with CaptureQueriesContext(connection) as few:
        desk.get("/staff/")
    for _ in range(12):
        staff(Role.LEADER, at=subdistrict)
    with django_assert_num_queries(len(few)):
        desk.get("/staff/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=潘", True),
        ("q=13812345678", True),
        ("q=13812345679", False),
        ("role=leader", True),
        ("role=grid_worker", False),
        (f"place={PLACE}", True),
    ],
)
def test_list_is_searched_and_narrowed(desk, worker, query, found):
    from expectations import by_hand

    with by_hand():
        worker.phone = "13812345678"
        worker.save()
    address = desk.post("/staff/", dict([query.split("=")])).headers["Location"]
    assert "q=" not in address
    assert ("潘文静" in desk.get(address).content.decode()) is found


def test_list_tells_locked_and_ended_apart(desk, worker, staff, subdistrict):
    other = Client()
    for _ in range(5):
        other.post(DOOR, {"number": worker.username, "password": "wrong"})
    assert "锁住" in desk.get("/staff/?state=locked").content.decode()
    assert "潘文静" in desk.get("/staff/?state=locked").content.decode()
    actions.end_staff(actor=System("test"), user=worker)
    assert "潘文静" in desk.get("/staff/?state=ended").content.decode()
    assert "潘文静" not in desk.get("/staff/?state=open").content.decode()


def test_residents_stand_on_no_list_of_staff(desk, db):
    from xiuhua.ground.accounts.actions.residents import resident_of

    resident = resident_of("13900000000")
    assert resident.username not in desk.get("/staff/").content.decode()
    assert desk.get(f"/staff/{resident.pk}/").status_code == 404


def test_account_is_opened_and_its_first_password_shown_once(desk):
    asked = {
        "username": "CF0317",
        "name": "傅建华",
        "phone": "",
        "role": "grid_worker",
        "path": PLACE,
        "once": "press-once",
    }
    page = desk.post("/staff/new/", asked).content.decode()
    user = User.objects.get(username="CF0317")
    first = re.search(r'<code class="xh-secret"[^>]*>(\w{14})</code>', page)[1]
    assert user.check_password(first)
    assert [grant.role for grant in user.grants] == [Role.GRID_WORKER]
    assert "已经显示过一次" in desk.post("/staff/new/", asked).content.decode()
    assert first not in desk.get(f"/staff/{user.pk}/").content.decode()


def test_account_may_be_opened_before_its_role_is_given(desk, guard, client_of):
    desk.post("/staff/new/", {"username": "CF9", "name": "严国栋", "role": "", "path": PLACE})
    user = User.objects.get(username="CF9")
    assert user.grants == ()
    client_of(guard).post(f"/staff/{user.pk}/role/", {"role": "privacy_officer", "path": PLACE})
    assert [grant.role for grant in User.objects.get(pk=user.pk).grants] == [Role.PRIVACY_OFFICER]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"username": "微网格"}, "工号「微网格」不对"),
        ({"username": ""}, "还没有填"),
        ({"name": ""}, "还没有填"),
        ({"phone": "1381234"}, "手机号不对"),
        ({"path": "310107999"}, "没有这个地方"),
        ({"role": "audit_admin"}, "没有这个角色"),
        ({"role": "boss"}, "没有这个角色"),
    ],
)
def test_account_with_a_mistake_is_refused_at_the_field(desk, changed, said):
    asked = {"username": "CF0317", "name": "傅建华", "phone": "", "role": "grid_worker", "path": PLACE}
    response = desk.post("/staff/new/", {**asked, **changed})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not User.objects.filter(name="傅建华").exists()


def test_role_is_given_and_taken(desk, worker):
    desk.post(f"/staff/{worker.pk}/role/", {"role": "community_planner", "path": PLACE})
    grant = RoleGrant.objects.get(user=worker, role="community_planner")
    assert "收回" in desk.get(f"/staff/{worker.pk}/").content.decode()
    assert desk.get(f"/staff/roles/{grant.pk}/take/").status_code == 200
    assert grant.is_held()
    desk.post(f"/staff/roles/{grant.pk}/take/")
    grant.refresh_from_db()
    assert not grant.is_held()


def test_role_that_is_held_already_is_refused_at_the_field(desk, worker):
    response = desk.post(f"/staff/{worker.pk}/role/", {"role": "leader", "path": PLACE})
    assert response.status_code == 422
    assert "这个角色已经有了" in response.content.decode()


def test_password_is_reset_and_told_once(desk, worker):
    assert desk.get(f"/staff/{worker.pk}/password/").status_code == 200
    worker.refresh_from_db()
    assert worker.check_password(PASSWORD)
    page = desk.post(f"/staff/{worker.pk}/password/", {"once": "press-once"}).content.decode()
    first = re.search(r'<code class="xh-secret"[^>]*>(\w{14})</code>', page)[1]
    worker.refresh_from_db()
    assert worker.check_password(first)
    assert worker.must_change_password
    assert "已经显示过一次" in desk.post(f"/staff/{worker.pk}/password/", {"once": "press-once"}).content.decode()
    worker.refresh_from_db()
    assert worker.check_password(first)


def test_account_is_ended_and_opened_again(desk, worker):
    assert "停用后马上退出登录" in desk.get(f"/staff/{worker.pk}/end/").content.decode()
    desk.post(f"/staff/{worker.pk}/end/")
    worker.refresh_from_db()
    assert not worker.is_active
    assert "已停用" in desk.get(f"/staff/{worker.pk}/").content.decode()
    desk.post(f"/staff/{worker.pk}/reopen/")
    worker.refresh_from_db()
    assert worker.is_active


def test_locked_account_is_unlocked(desk, worker):
    other = Client()
    for _ in range(5):
        other.post(DOOR, {"number": worker.username, "password": "wrong"})
    assert f"/staff/{worker.pk}/unlock/" in desk.get(f"/staff/{worker.pk}/").content.decode()
    desk.post(f"/staff/{worker.pk}/unlock/")
    assert other.post(DOOR, {"number": worker.username, "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("deed", "said"), [("unlock", "没有锁住"), ("second-step", "没有设置登录第二步"), ("reopen", "没有停用")]
)
def test_deed_without_a_reason_is_refused_in_words(desk, worker, deed, said):
    page = desk.post(f"/staff/{worker.pk}/{deed}/", follow=True).content.decode()
    assert said in page


def test_nobody_ends_their_own_account(desk, admin):
    response = desk.post(f"/staff/{admin.pk}/end/")
    assert response.status_code == 403
    admin.refresh_from_db()
    assert admin.is_active


@pytest.mark.parametrize(
    "address", ["staff/", "staff/new/", "staff/{pk}/", "staff/{pk}/role/", "staff/{pk}/end/", "staff/{pk}/password/"]
)
@pytest.mark.parametrize("role", [Role.GRID_WORKER, Role.SECTION_HEAD, Role.LEADER, Role.PRIVACY_OFFICER])
def test_who_keeps_no_accounts_sees_none(client_of, staff, subdistrict, worker, role, address):
    browser = client_of(staff(role, at=subdistrict))
    assert browser.get("/" + address.format(pk=worker.pk)).status_code == 403
    assert browser.post("/" + address.format(pk=worker.pk)).status_code == 403


def test_auditor_looks_and_changes_nothing(client_of, staff, subdistrict, worker):
    browser = client_of(staff(Role.AUDIT_ADMIN, at=subdistrict))
    page = browser.get(f"/staff/{worker.pk}/").content.decode()
    assert "重设密码" not in page
    assert "给角色" not in page
    for deed in ("end", "password", "unlock", "second-step", "reopen"):
        assert browser.post(f"/staff/{worker.pk}/{deed}/").status_code == 403
    assert browser.post(f"/staff/{worker.pk}/role/", {"role": "leader", "path": PLACE}).status_code == 403
    assert browser.get("/staff/new/").status_code == 403
    assert last_entry().outcome == Outcome.REFUSED


def test_system_administrator_does_not_keep_those_who_watch(desk, guard):
    page = desk.get(f"/staff/{guard.pk}/").content.decode()
    assert "重设密码" not in page
    assert desk.post(f"/staff/{guard.pk}/password/").status_code == 403
    guard.refresh_from_db()
    assert guard.check_password(PASSWORD)


def test_administrator_of_one_committee_sees_no_other(client_of, worker_of):
    browser = client_of(worker_of(Role.SYSTEM_ADMIN, f"{PLACE}001"))
    stranger = worker_of(Role.GRID_WORKER, f"{PLACE}002")
    assert stranger.username not in browser.get("/staff/").content.decode()
    assert browser.get(f"/staff/{stranger.pk}/").status_code == 404
    assert browser.post(f"/staff/{stranger.pk}/end/").status_code == 404
    grant = RoleGrant.objects.get(user=stranger)
    assert browser.post(f"/staff/roles/{grant.pk}/take/").status_code == 404


def test_export_holds_what_the_list_shows(desk, worker):
    response = desk.get("/staff/?export=xlsx")
    assert response.status_code == 200
    assert response.headers["Content-Type"].endswith("sheet")


def test_colleagues_are_named_residents_are_not(admin, worker, db):
    from xiuhua.ground.accounts.actions.residents import resident_of
    from xiuhua.ground.accounts.titles import colleagues_named

    resident = resident_of("13900000000")
    named = colleagues_named([str(worker.pk), str(resident.pk), "x"], admin)
    assert named == {str(worker.pk): "潘文静"}
