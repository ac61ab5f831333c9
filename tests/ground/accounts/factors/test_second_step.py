"""The second step: an authenticator, a passkey, codes for the day when they are lost; and who must have one."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache

from expectations import refused
from ground.accounts.door import DOOR, PASSWORD, alert_of, last_entry
from xiuhua.ground import clock
from xiuhua.ground.accounts import actions
from xiuhua.ground.accounts.entrance.gates import TWO_STEPS
from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.scope.roles import ADMINISTRATIONS, Role, Sight, roles_with

STEP, APP, CODES = "/sign-in/second-step/", "/account/second-step/app/", "/account/second-step/codes/"
SET_UP = "/account/second-step/"


def code_now(secret: str, steps: int = 0) -> str:
    """What an authenticator shows, some half-minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture
def worker(staff, subdistrict):
    return staff(Role.GRID_WORKER, at=subdistrict)


@pytest.fixture
def enter(client):
    def by_password(user, **more):
        return client.post(DOOR, {"number": user.username, "password": PASSWORD, **more})

    return by_password


@pytest.fixture
def set_up(client, enter, django_capture_on_commit_callbacks):
    """Come in and set up an authenticator; gives its secret and the codes for a lost one, and goes out again."""

    def by_hand_of(user) -> tuple[str, list[str]]:
        enter(user)
        client.get(APP)
        secret = client.session["mfa.totp.secret"]
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(APP, {"code": code_now(secret, -1)})
        assert (response.status_code, response.url) == (302, CODES)
        codes = re.findall(r"<li>(\d{8})</li>", client.get(CODES).content.decode())
        client.post("/sign-out/")
        return secret, codes

    return by_hand_of


def test_authenticator_is_set_up_and_on_record(worker, set_up):
    secret, codes = set_up(worker)
    assert len(codes) == 10
    kinds = Entry.objects.filter(verb="accounts.keep_factor").values_list("facts", flat=True)
    assert list(kinds) == [{"kind": "totp"}, {"kind": "recovery_codes"}]
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_page_shows_a_picture_to_scan_and_the_same_in_letters(client, enter, worker):
    enter(worker)
    page = client.get(APP).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    assert client.session["mfa.totp.secret"] in page
    assert "style=" not in page


def test_password_alone_opens_no_page(client, enter, worker, set_up):
    set_up(worker)
    assert enter(worker).url == STEP
    assert client.get("/account/").url.startswith(DOOR)


def test_two_steps_lead_in(client, enter, worker, set_up):
    secret, _codes = set_up(worker)
    enter(worker, next="/account/")
    response = client.post(STEP, {"code": code_now(secret)})
    assert (response.status_code, response.url) == (302, "/account/")
    assert last_entry().facts == {"by": "password", "in_two_steps": True}
    assert client.get("/account/").status_code == 200


def test_wrong_figures_are_refused_and_on_record(client, enter, worker, set_up):
    secret, _codes = set_up(worker)
    enter(worker)
    page = client.post(STEP, {"code": f"{(int(code_now(secret)) + 1) % 10**6:06d}"}).content.decode()
    assert "这串数字不对" in page
    entry = last_entry()
    assert (entry.outcome, entry.subject_id, entry.facts) == (Outcome.REFUSED, str(worker.pk), {"why": "second_step"})


def test_same_figures_open_only_once(client, enter, worker, set_up):
    secret, _codes = set_up(worker)
    enter(worker)
    code = code_now(secret)
    assert client.post(STEP, {"code": code}).status_code == 302
    client.post("/sign-out/")
    enter(worker)
    assert "这串数字不对" in client.post(STEP, {"code": code}).content.decode()


def test_figures_that_were_seen_open_nothing_while_their_clock_still_lets_them_pass(client, enter, worker, set_up):
    secret, _codes = set_up(worker)
    enter(worker)
    code = code_now(secret)
    assert client.post(STEP, {"code": code}).status_code == 302
    client.post("/sign-out/")
    cache.delete(f"allauth.mfa.totp.used?user={worker.pk}&code={code}")  # as after half a minute
    enter(worker)
    assert "这串数字不对" in client.post(STEP, {"code": f"{code[:3]} {code[3:]}"}).content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("guess", [{"code": "abc"}, {"credential": '{"id": "x"}'}])
def test_guessing_ends_after_five_at_either_step(client, enter, worker, set_up, guess):
    secret, _codes = set_up(worker)
    enter(worker)
    for _ in range(5):
        client.post(STEP, guess)
    assert "锁住了" in client.post(STEP, {"code": code_now(secret)}).content.decode()
    assert last_entry().facts == {"why": "locked"}
    assert "锁住了" in alert_of(enter(worker))


def test_guessing_before_something_that_matters_counts_as_well(client, enter, worker, set_up, noon):
    secret, _codes = set_up(worker)
    enter(worker)
    client.post(STEP, {"code": code_now(secret)})
    with clock.stopped_at(noon + timedelta(minutes=6)):
        assert client.get(APP).url.startswith("/account/again/")
        assert "再确认一次是您" in client.get("/account/again/code/").content.decode()
        for _ in range(5):
            client.post("/account/again/code/", {"code": "abc"})
        assert "锁住了" in client.post("/account/again/code/", {"code": code_now(secret, 1)}).content.decode()


def test_right_password_gives_nobody_more_guesses(client, enter, worker, set_up):
    set_up(worker)
    for _ in range(5):
        enter(worker)
        client.post(STEP, {"code": "abc"})
    assert "锁住了" in alert_of(enter(worker))


def test_right_password_alone_costs_no_try(client, enter, worker, set_up):
    set_up(worker)
    assert [enter(worker).url for _ in range(7)] == [STEP] * 7


def test_administrator_takes_no_factors_of_their_own_away(set_up, staff, subdistrict):
    admin = staff(Role.SECURITY_ADMIN, at=subdistrict)
    set_up(admin)
    with refused("不能清除自己的登录第二步"):
        actions.drop_factors(actor=admin, user=admin)
    with refused("不能重设自己的密码"):
        actions.reset_password(actor=admin, user=admin)


def test_code_for_a_lost_telephone_opens_once(client, enter, worker, set_up):
    _secret, codes = set_up(worker)
    enter(worker)
    assert client.post(STEP, {"code": codes[0]}).status_code == 302
    client.post("/sign-out/")
    enter(worker)
    assert "这串数字不对" in client.post(STEP, {"code": codes[0]}).content.decode()
    assert client.post(STEP, {"code": codes[1]}).status_code == 302


def test_codes_are_shown_once(client, enter, worker, set_up):
    secret, codes = set_up(worker)
    enter(worker)
    client.post(STEP, {"code": code_now(secret)})
    page = client.get(CODES).content.decode()
    assert "已经显示过一次" in page
    assert all(code not in page for code in codes)


@pytest.mark.parametrize(
    "credential",
    ["", "null", "[]", "{}", "1", '"x"', '{"response": []}', '{"id": "x", "rawId": "x", "response": {"a": 1}}', "{"],
)
@pytest.mark.parametrize("address", [STEP, "/sign-in/passkey/"])
def test_no_hostile_passkey_breaks_the_door(client, enter, worker, set_up, address, credential):
    set_up(worker)
    if address == STEP:
        enter(worker)
    response = client.post(address, {"credential": credential})
    assert response.status_code in (200, 302)
    assert "_auth_user_id" not in client.session


def test_foreign_passkey_is_refused_in_words(client, db):
    response = client.post("/sign-in/passkey/", {"credential": '{"id": "x"}'}, follow=True)
    assert "没有认出您的通行密钥" in alert_of(response)
    assert last_entry().facts == {"why": "passkey"}


def test_passkey_options_are_for_nobody_in_particular(client, db):
    asked = client.get("/sign-in/passkey/", headers={"Accept": "application/json"}).json()["request_options"]
    assert asked["publicKey"]["userVerification"] == "required"
    assert not asked["publicKey"].get("allowCredentials")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "office.example"])
def test_passkeys_are_not_offered_where_no_browser_makes_them(client, db, settings, host):
    settings.ALLOWED_HOSTS = ["*"]
    assert "用通行密钥" not in client.get(DOOR, headers={"host": host}).content.decode()
    assert "用通行密钥" in client.get(DOOR, headers={"host": "office.example"}, secure=True).content.decode()
    assert "用通行密钥" in client.get(DOOR, headers={"host": "localhost:8000"}).content.decode()


def test_administrator_takes_lost_factors_away(client, client_of, enter, worker, set_up, staff, subdistrict):
    admin = staff(Role.SYSTEM_ADMIN, at=subdistrict)
    set_up(worker)
    actions.drop_factors(actor=admin, user=worker)
    assert enter(worker).url == "/"
    assert not Authenticator.objects.filter(user=worker).exists()


class TestPolicy:
    """Who must sign in in two steps, where the policy is on."""

    @pytest.fixture(autouse=True)
    def on(self, settings):
        settings.TWO_FACTOR = True

    @pytest.mark.parametrize("role", sorted(roles_with(Sight.OPEN_FILES) | ADMINISTRATIONS))
    def test_role_is_led_to_set_up_and_opens_nothing_else(self, client, enter, staff, subdistrict, role):
        user = staff(role, at=subdistrict)
        enter(user)
        for address in ("/", "/account/", "/account/tokens/new/", "/staff/", "/lifecircle/"):
            assert client.get(address).url == SET_UP
        assert client.get("/account/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == SET_UP
        assert client.get("/account/", headers={"Accept": "application/json"}).status_code == 403
        assert client.get(SET_UP).status_code == 200
        assert client.get(APP).status_code == 200

    @pytest.mark.parametrize("role", sorted(set(Role) - roles_with(Sight.OPEN_FILES) - ADMINISTRATIONS))
    def test_other_roles_come_in_by_password(self, client, enter, staff, subdistrict, role):
        enter(staff(role, at=subdistrict))
        assert client.get("/account/").status_code == 200

    def test_set_up_opens_the_doors(self, client, enter, worker, django_capture_on_commit_callbacks):
        enter(worker)
        client.get(APP)
        secret = client.session["mfa.totp.secret"]
        with django_capture_on_commit_callbacks(execute=True):
            client.post(APP, {"code": code_now(secret)})
        assert client.get("/account/").status_code == 200
        assert client.session[TWO_STEPS]

    def test_last_factor_stays(self, client, enter, worker, set_up):
        secret, _codes = set_up(worker)
        enter(worker)
        client.post(STEP, {"code": code_now(secret)})
        page = client.post("/account/second-step/app/remove/", {}).content.decode()
        assert "不能取消最后一种" in page
        assert Authenticator.objects.filter(user=worker, type="totp").exists()

    def test_policy_off_lets_the_factor_go_and_its_codes(self, client, enter, worker, set_up, settings):
        secret, _codes = set_up(worker)
        enter(worker)
        client.post(STEP, {"code": code_now(secret)})
        settings.TWO_FACTOR = False
        assert client.post("/account/second-step/app/remove/", {"once": "press-once"}).status_code == 302
        assert not Authenticator.objects.filter(user=worker).exists()
        assert last_entry().verb == "accounts.give_up_factor"

    def test_rule_book_decides_where_nobody_has(self, client, enter, worker, settings, monkeypatch):
        settings.TWO_FACTOR = None
        enter(worker)
        assert client.get("/account/").url == SET_UP
        monkeypatch.setattr("xiuhua.ground.accounts.demonstration.is_here", lambda: True)
        assert client.get("/account/").status_code == 200
