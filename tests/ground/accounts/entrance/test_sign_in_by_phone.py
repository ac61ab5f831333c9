"""Residents come in by a telephone and the code that goes to it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from expectations import refused
from ground.accounts.door import PASSWORD, PLACE, last_entry
from xiuhua.ground import clock
from xiuhua.ground.accounts import actions, demonstration
from xiuhua.ground.accounts.actions import codes
from xiuhua.ground.accounts.actions.residents import resident_of
from xiuhua.ground.accounts.demonstration import DemoResident
from xiuhua.ground.accounts.guards import address_of
from xiuhua.ground.accounts.models import Kind, PhoneCode, User
from xiuhua.ground.journal.actors import System, Visitor
from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.messages.sms import NotSent

PHONE, OTHER = "13812345678", "13987654321"
ASK, ANSWER = "/sign-in/phone/", "/sign-in/phone/code/"
ADDRESS = "127.0.0.1"

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def outbox(settings, tmp_path):
    """Codes as they went out: ``outbox()`` gives the latest."""
    settings.SMS = {**settings.SMS, "sender": "file", "outbox": tmp_path}

    def latest() -> str:
        texts = [path.read_text("utf-8") for path in sorted(tmp_path.glob("*.txt"), key=lambda p: p.stat().st_mtime_ns)]
        return re.search(r"验证码 (\d+)", texts[-1])[1]

    return latest


@pytest.fixture
def asked(client, db, outbox):
    """Ask for a code, and give what went out: ``asked("13812345678")``."""

    def ask(phone=PHONE) -> str:
        response = client.post(ASK, {"phone": phone})
        assert (response.status_code, response.url) == (302, ANSWER), response.content.decode()
        return outbox()

    return ask


def words_of(response) -> str:
    return re.sub(r"<[^>]+>", " ", response.content.decode())


def later(**span):
    return clock.stopped_at(clock.now() + timedelta(**span))


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_resident_comes_in_and_an_account_is_there(client, asked):
    code = asked("138-1234-5678")
    response = client.post(ANSWER, {"code": f" {code[:3]} {code[3:]}"})
    assert (response.status_code, response.url) == (302, "/phone/")
    user = User.objects.get(kind=Kind.RESIDENT)
    assert (user.phone, user.name, user.has_usable_password()) == (PHONE, "", False)
    entry = last_entry()
    assert (entry.verb, entry.actor) == ("accounts.sign_in", user.reference)
    assert entry.facts == {"by": "code", "in_two_steps": False}


def test_second_time_it_is_the_same_account(client, asked):
    client.post(ANSWER, {"code": asked()})
    client.post("/sign-out/")
    with later(minutes=2):
        client.post(ANSWER, {"code": asked()})
    assert User.objects.filter(kind=Kind.RESIDENT).count() == 1


def test_page_of_a_resident_says_how_to_be_bound_to_a_home(client, asked):
    client.post(ANSWER, {"code": asked()})
    page = words_of(client.get("/my/"))
    assert "138****5678" in page
    assert "居委会" in page
    assert PHONE not in page


def test_resident_finds_no_page_of_the_staff(client, asked):
    client.post(ANSWER, {"code": asked()})
    for address in ("/account/", "/account/password/", "/account/second-step/app/"):
        assert client.get(address).status_code == 404
    assert client.get("/staff/").status_code == 403


def test_door_leads_on_to_where_one_wanted_to_go(client, outbox, db):
    response = client.post(ASK, {"phone": PHONE, "next": "/my/?from=qr"})
    assert response.url == "/sign-in/phone/code/?next=%2Fmy%2F%3Ffrom%3Dqr"
    assert client.post(response.url, {"code": outbox()}).url == "/my/?from=qr"


def test_code_lies_as_a_digest_and_the_number_sealed(asked):
    code = asked()
    row = PhoneCode.objects.values().get()
    assert all(code not in str(value) and PHONE not in str(value) for value in row.values())
    assert ADDRESS not in str(row)


def test_session_holds_neither_number_nor_code(client, asked):
    code = asked()
    held = str(dict(client.session))
    assert PHONE not in held
    assert code not in held


def test_wrong_code_counts_down(client, asked):
    code = asked()
    response = client.post(ANSWER, {"code": other_than(code)})
    assert response.status_code == 422
    assert "验证码不对，还能试 4 次" in words_of(response)
    entry = last_entry()
    assert (entry.outcome, entry.facts) == (Outcome.REFUSED, {"why": "code"})
    assert client.post(ANSWER, {"code": code}).status_code == 302


def test_code_that_was_tried_too_often_is_void_even_when_right(client, asked):
    code = asked()
    for _ in range(5):
        response = client.post(ANSWER, {"code": other_than(code)})
    assert "试错太多次" in words_of(response)
    assert "试错太多次" in words_of(client.post(ANSWER, {"code": code}))
    assert not User.objects.filter(kind=Kind.RESIDENT).exists()


def test_replayed_code_is_refused(client, asked):
    code = asked()
    row = PhoneCode.objects.get()
    client.post(ANSWER, {"code": code})
    with refused("这个验证码已经用过了；每个验证码只能用一次，请重新要一个"):
        codes.use_code(row, code)


def test_replayed_request_of_another_browser_is_refused(client, asked):
    code = asked()
    row = PhoneCode.objects.get()
    client.post(ANSWER, {"code": code})
    other = Client()
    session = other.session
    session["code_asked"] = row.pk
    session.save()
    assert "已经用过了" in words_of(other.post(ANSWER, {"code": code}))


def test_code_of_one_browser_opens_no_other(client, asked, db):
    code = asked()
    response = Client().post(ANSWER, {"code": code})
    assert (response.status_code, response.url) == (302, ASK)


def test_code_for_another_telephone_is_refused(client, asked):
    code = asked(OTHER)
    with later(minutes=2):
        asked(PHONE)
        response = client.post(ANSWER, {"code": code})
    assert "验证码不对" in words_of(response)
    assert not User.objects.exists()


def test_code_of_an_earlier_message_is_told_so(client, asked):
    first = asked()
    with later(minutes=2):
        asked()
        assert "前一条短信" in words_of(client.post(ANSWER, {"code": first}))


def test_code_expires(client, asked):
    code = asked()
    with later(minutes=10):
        assert "验证码过期了，它只管 10 分钟" in words_of(client.post(ANSWER, {"code": code}))
    with later(minutes=9, seconds=59):
        assert client.post(ANSWER, {"code": code}).status_code == 302


def test_next_code_waits_a_minute(client, asked):
    asked()
    response = client.post(ASK, {"phone": PHONE})
    assert response.status_code == 422
    assert "请等 60 秒再要一条" in words_of(response)
    with later(seconds=60):
        assert client.post(ASK, {"phone": PHONE}).status_code == 302


def test_telephone_gets_ten_codes_a_day(asked, client):
    for minute in range(10):
        with later(minutes=2 * minute):
            asked()
    with later(minutes=30):
        assert "今天要的验证码太多了" in words_of(client.post(ASK, {"phone": PHONE}))
    with later(days=1, minutes=1):
        asked()


def test_strangers_use_up_nobodys_codes(db):
    asks = {"actor": Visitor(), "phone": PHONE}
    for minute in range(20):
        with later(minutes=2 * minute):
            codes.send_code(**asks, address=f"10.0.{minute % 2}.1")
    with later(minutes=60):
        with refused("今天要的验证码太多了"):
            codes.send_code(**asks, address="10.0.9.1")
        codes.send_code(**asks, address="10.0.0.1", own=True)


def test_address_gets_thirty_codes_an_hour(db):
    for number in range(30):
        codes.send_code(actor=Visitor(), phone=f"138{number:08d}", address=ADDRESS)
    with refused("这里要的验证码太多了"):
        codes.send_code(actor=Visitor(), phone=PHONE, address=ADDRESS)
    codes.send_code(actor=Visitor(), phone=PHONE, address="10.0.0.1")


@pytest.mark.parametrize(
    ("proxies", "connected", "forwarded", "counted"),
    [
        (0, "10.0.0.1", "203.0.113.7", "10.0.0.1"),
        (1, "10.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (0, "2001:db8:1:2:aaaa::1", "", "2001:db8:1:2::"),
    ],
)
def test_limits_count_where_a_request_comes_from(rf, settings, proxies, connected, forwarded, counted):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/sign-in/phone/", REMOTE_ADDR=connected, headers={"X-Forwarded-For": forwarded})
    assert address_of(request) == counted


def test_old_codes_are_swept_away(db):
    codes.send_code(actor=Visitor(), phone=OTHER, address=ADDRESS)
    with later(days=3):
        codes.send_code(actor=Visitor(), phone=PHONE, address=ADDRESS)
        assert PhoneCode.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "还没有填"),
        ("1381234567", "手机号少了 1 位"),
        ("138123456789", "手机号多了 1 位"),
        ("02162345678", "这不是手机号"),
        ("一三八", "请填 11 位手机号"),
    ],
)
def test_number_that_is_none_is_told_how(client, db, typed, said):
    response = client.post(ASK, {"phone": typed})
    assert response.status_code == 422
    assert said in words_of(response)
    assert not PhoneCode.objects.exists()


def test_country_code_and_wide_figures_are_understood(client, outbox, db):
    assert client.post(ASK, {"phone": "+86 １３８ 1234 5678"}).status_code == 302
    assert PhoneCode.objects.get().phone == PHONE


def test_double_click_sends_one_message(client, outbox, db, tmp_path):
    for _ in range(2):
        assert client.post(ASK, {"phone": PHONE, "once": "a-double-click"}).status_code == 302
    assert PhoneCode.objects.count() == 1
    assert len(list(tmp_path.glob("*.txt"))) == 1


def test_message_that_does_not_go_out_is_said_so(client, db, monkeypatch):
    def fail(_sms):
        raise NotSent("the gateway answered 500")

    monkeypatch.setattr("xiuhua.ground.accounts.entrance.phone_pages.send_sms", fail)
    response = client.post(ASK, {"phone": PHONE})
    assert response.status_code == 422
    assert "短信没有发出去" in words_of(response)


def test_worker_does_not_come_in_by_a_code(client, asked, subdistrict):
    worker = actions.invite_staff(
        actor=System("test"), path=PLACE, username="CF1", name="甲", phone=PHONE, password=PASSWORD
    ).subject
    client.post(ANSWER, {"code": asked()})
    assert last_entry().actor != worker.reference
    assert client.get("/account/").status_code == 404


def test_ended_resident_is_told_where_to_ask(client, asked, db):
    from expectations import by_hand

    with by_hand():
        user = resident_of(PHONE)
        user.is_active, user.ended_at = False, clock.now()
        user.save()
    assert "这个账号已经停用" in words_of(client.post(ANSWER, {"code": asked()}))


def test_resident_stays_in_for_months_on_their_own_telephone(client, asked):
    client.post(ANSWER, {"code": asked()})
    with later(days=80):
        assert client.get("/my/").status_code == 200
    with later(days=169):
        assert client.get("/my/").status_code == 200
    with later(days=260):
        assert client.get("/my/").status_code == 302


def test_codes_are_on_record_without_the_number(asked):
    asked()
    entry = Entry.objects.get(verb="accounts.send_code")
    assert (entry.actor, entry.facts, entry.sealed_digest) == ("visitor", {}, "")


def test_demonstration_shows_the_code(client, asked, monkeypatch):
    monkeypatch.setattr("xiuhua.ground.accounts.demonstration.is_here", lambda: True)
    code = asked()
    assert code in words_of(client.get(ANSWER))


def test_demonstration_shows_a_resident_to_come_in_as(client, db, settings, tmp_path):
    settings.DATA = tmp_path
    assert "演示居民" not in words_of(client.get(ASK))
    demonstration.keep_resident(DemoResident("15400000001", "孙晔", "枣阳路1弄2号401室"))
    page = client.get(ASK)
    assert "孙晔" in words_of(page)
    assert 'name="phone" value="15400000001"' in page.content.decode()


def test_office_does_not_show_the_code(client, asked):
    code = asked()
    assert code not in words_of(client.get(ANSWER))
