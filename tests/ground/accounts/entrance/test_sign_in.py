"""Signing in by number and password: what the door says, counts and puts on record."""

from datetime import timedelta

import pytest

from expectations import by_hand
from ground.accounts.door import DOOR, PASSWORD, PLACE, alert_of, last_entry
from xiuhua.ground import clock
from xiuhua.ground.accounts import actions
from xiuhua.ground.accounts.entrance import tries
from xiuhua.ground.accounts.models import User
from xiuhua.ground.accounts.policy import policy
from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.journal.values import opened_values
from xiuhua.ground.scope.roles import Role


@pytest.fixture
def worker(staff, subdistrict) -> User:
    return staff(Role.GRID_WORKER, at=subdistrict)


@pytest.fixture
def knock(client):
    """Try to come in: ``knock("CF0317", "secret")``."""

    def post(number, password=PASSWORD, **more):
        return client.post(DOOR, {"number": number, "password": password, **more})

    return post


def test_worker_comes_in_and_is_on_record(knock, worker, noon):
    response = knock(worker.username)
    assert (response.status_code, response.url) == (302, "/")
    worker.refresh_from_db()
    assert worker.last_login == noon
    entry = last_entry()
    assert (entry.verb, entry.actor, entry.subject_id) == ("accounts.sign_in", worker.reference, str(worker.pk))
    assert entry.facts == {"by": "password", "in_two_steps": False}
    assert entry.audience == "office"


def test_number_is_taken_as_it_was_meant(knock, worker):
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in worker.username.lower())
    assert knock(f" {wide} ").status_code == 302


def test_telephone_stands_for_the_staff_number(knock, subdistrict):
    user = actions.invite_staff(
        actor=System("test"), path=PLACE, username="CF1", name="甲", phone="13812345678", password=PASSWORD
    ).subject
    assert knock("138 1234 5678").status_code == 302
    assert last_entry().actor == user.reference


def test_door_leads_back_to_where_one_wanted_to_go(knock, worker):
    assert knock(worker.username, next="/lifecircle/runs/?q=1").url == "/lifecircle/runs/?q=1"


def test_door_leads_to_no_other_house(knock, worker):
    assert knock(worker.username, next="https://elsewhere.example/").url == "/"


def test_session_is_a_new_one(client, knock, worker):
    client.get(DOOR)
    session = client.session
    session["mark"] = 1
    session.save()
    before = session.session_key
    knock(worker.username)
    assert client.session.session_key != before


def test_wrong_password_counts_down_and_says_who_helps(knock, worker):
    assert alert_of(knock(worker.username, "wrong")) == "密码不对，还能试 4 次。忘了就找街道系统管理员重设。"
    assert alert_of(knock(worker.username, "wrong")) == "密码不对，还能试 3 次。忘了就找街道系统管理员重设。"
    entry = last_entry()
    assert (entry.outcome, entry.actor, entry.subject_id) == (Outcome.REFUSED, "visitor", str(worker.pk))
    assert entry.facts == {"why": "password"}
    assert opened_values(entry) == {"said": worker.username}
    assert entry.territory == worker.territory_path


def test_right_password_forgets_the_wrong_ones(client, knock, worker):
    for _ in range(4):
        knock(worker.username, "wrong")
    assert knock(worker.username).status_code == 302
    client.logout()
    assert "还能试 4 次" in alert_of(knock(worker.username, "wrong"))


def test_fifth_wrong_password_locks_the_door_also_for_the_right_one(knock, worker, noon):
    for _ in range(4):
        knock(worker.username, "wrong")
    assert "15 分钟后再来" in alert_of(knock(worker.username, "wrong"))
    with clock.stopped_at(noon + timedelta(minutes=5)):
        assert "10 分钟后再来" in alert_of(knock(worker.username))
    assert last_entry().facts == {"why": "locked"}
    with clock.stopped_at(noon + timedelta(minutes=15)):
        assert knock(worker.username).status_code == 302


def test_tries_at_once_are_no_more_than_tries_in_turn(knock, worker):
    key = tries.key_for("", worker)
    for _ in range(5):
        assert tries.take(key, worker, policy().sign_in) is None  # looked at, but not answered yet
    assert "锁住了" in alert_of(knock(worker.username))


def test_old_failures_are_forgotten(knock, worker, noon):
    for _ in range(4):
        knock(worker.username, "wrong")
    with clock.stopped_at(noon + timedelta(minutes=61)):
        assert "还能试 4 次" in alert_of(knock(worker.username, "wrong"))


def test_number_and_telephone_of_one_account_count_together(knock, subdistrict):
    actions.invite_staff(
        actor=System("test"), path=PLACE, username="CF1", name="甲", phone="13812345678", password=PASSWORD
    )
    knock("CF1", "wrong")
    assert "还能试 3 次" in alert_of(knock("13812345678", "wrong"))


def test_unknown_number_is_answered_like_a_known_one(knock, worker):
    known = [alert_of(knock(worker.username, "wrong")) for _ in range(6)]
    unknown = [alert_of(knock("CF9999", "wrong")) for _ in range(6)]
    assert known == unknown
    refused = Entry.objects.filter(facts={"why": "unknown"}).first()
    assert (refused.subject_id, opened_values(refused)) == ("", {"said": "CF9999"})


def test_numbers_that_nobody_has_are_not_kept_as_typed(knock, worker):
    knock("CF9999", "wrong")
    from xiuhua.ground.accounts.models import FailedSignIns

    row = FailedSignIns.objects.get()
    assert row.user is None
    assert "9999" not in row.key


def test_administrator_lifts_a_lock(knock, worker, staff, subdistrict, noon):
    admin = staff(Role.SYSTEM_ADMIN, at=subdistrict)
    for _ in range(5):
        knock(worker.username, "wrong")
    actions.unlock(actor=admin, user=worker)
    assert knock(worker.username).status_code == 302


def test_ended_account_is_told_so_to_its_owner_only(knock, worker):
    actions.end_staff(actor=System("test"), user=worker)
    assert "已经停用" in alert_of(knock(worker.username))
    assert "还能试" in alert_of(knock(worker.username, "wrong"))


def test_empty_form_names_its_fields(client, db):
    response = client.post(DOOR, {"number": "", "password": ""})
    assert response.status_code == 422
    assert response.content.decode().count("还没有填") == 2


def test_resident_has_no_password_to_come_in_by(knock, db):
    from xiuhua.ground.accounts.actions.residents import resident_of

    resident = resident_of("13900000000")
    assert "密码不对" in alert_of(knock(resident.username, "")) or knock(resident.username, "x").status_code == 422
    assert "密码不对" in alert_of(knock("13900000000", "x"))


def test_first_password_that_nobody_used_in_time_is_good_no_more(knock, subdistrict, noon):
    user = actions.invite_staff(
        actor=System("test"), path=PLACE, username="CF1", name="甲", password=PASSWORD, role=Role.GRID_WORKER
    ).subject
    with clock.stopped_at(noon + timedelta(hours=73)):
        assert "首次密码过了 72 小时" in alert_of(knock(user.username))
    assert last_entry().facts == {"why": "first_password"}
    with clock.stopped_at(noon + timedelta(hours=71)):
        assert knock(user.username).status_code == 302


def test_whoever_is_in_is_not_asked_again(client_of, worker):
    response = client_of(worker).get(DOOR)
    assert (response.status_code, response.url) == (302, "/")


def test_worker_goes_out(client_of, worker):
    browser = client_of(worker)
    response = browser.post("/sign-out/")
    assert (response.status_code, response.url) == (302, DOOR)
    assert last_entry().verb == "accounts.sign_out"
    assert browser.get("/account/").status_code == 302


def test_going_out_is_no_link(client_of, worker):
    assert client_of(worker).get("/sign-out/").status_code == 405


def test_ended_account_is_out_at_once(client_of, worker):
    browser = client_of(worker)
    assert browser.get("/account/").status_code == 200
    actions.end_staff(actor=System("test"), user=worker)
    assert browser.get("/account/").url.startswith(DOOR)


def test_new_first_password_ends_the_old_sessions(client_of, worker):
    browser = client_of(worker)
    actions.reset_password(actor=System("test"), user=worker)
    assert browser.get("/account/").url.startswith(DOOR)


def test_idle_session_ends_and_says_so(client_of, worker, noon):
    browser = client_of(worker)
    browser.get("/account/")
    with clock.stopped_at(noon + timedelta(minutes=29)):
        assert browser.get("/account/").status_code == 200
    with clock.stopped_at(noon + timedelta(minutes=58)):
        assert browser.get("/account/").status_code == 200
    with clock.stopped_at(noon + timedelta(minutes=88)):
        response = browser.get("/account/", follow=True)
    assert "30 分钟没有动过" in response.content.decode()


def test_session_ends_after_a_day_of_work_however_busy(client_of, worker, noon):
    browser = client_of(worker)
    browser.get("/account/")
    for minutes in range(20, 720, 20):
        with clock.stopped_at(noon + timedelta(minutes=minutes)):
            assert browser.get("/account/").status_code == 200
    with clock.stopped_at(noon + timedelta(minutes=720)):
        assert "登录满 12 小时" in browser.get("/account/", follow=True).content.decode()


def test_door_shows_no_demo_accounts_where_nothing_is_invented(client, db):
    assert "演示账号" not in client.get(DOOR).content.decode()


def test_last_sign_in_is_written_by_the_action_alone(client_of, worker):
    with by_hand():
        User.objects.filter(pk=worker.pk).update(last_login=None)
    client_of(worker)
    worker.refresh_from_db()
    assert worker.last_login is None
