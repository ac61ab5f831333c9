"""我的账号: password, tokens, sessions, as their owner changes them."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from ground.accounts.door import DOOR, PASSWORD, last_entry
from xiuhua.ground import clock
from xiuhua.ground.accounts import actions
from xiuhua.ground.accounts.actions.own import digest_of
from xiuhua.ground.accounts.models import ApiToken, User
from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.scope.roles import Role

NEW = "a-new-thread-2023"
CHANGE = "/account/password/"


@pytest.fixture
def worker(staff, subdistrict) -> User:
    return staff(Role.LEADER, at=subdistrict)


@pytest.fixture
def desk(worker) -> Client:
    """A browser in which the worker has come in by the door."""
    return come_in(worker)


def come_in(user, password=PASSWORD) -> Client:
    client = Client()
    assert client.post(DOOR, {"number": user.username, "password": password}).status_code == 302
    return client


def test_own_page_says_who_one_is(desk, worker):
    page = desk.get("/account/").content.decode()
    assert worker.username in page
    assert "试验街道 街道领导" in page
    assert "就是这台" in page


def test_top_bar_names_who_reads(desk, worker):
    page = desk.get("/account/").content.decode()
    assert re.search(r'class="xh-mename"><b>张三</b><small>试验街道 街道领导</small>', page)


def test_guessing_the_password_of_now_ends_like_guessing_at_the_door(desk, worker):
    for _ in range(5):
        desk.post(CHANGE, {"current": "wrong", "new": NEW, "again": NEW})
    assert "锁住了" in desk.post(CHANGE, {"current": PASSWORD, "new": NEW, "again": NEW}).content.decode()
    worker.refresh_from_db()
    assert worker.check_password(PASSWORD)


def test_password_is_changed_and_this_session_stays(desk, worker):
    response = desk.post(CHANGE, {"current": PASSWORD, "new": NEW, "again": NEW})
    assert (response.status_code, response.url) == (302, "/account/")
    assert desk.get("/account/").status_code == 200
    worker.refresh_from_db()
    assert worker.check_password(NEW)
    entry = Entry.objects.get(verb="accounts.change_password")
    assert (entry.facts, entry.sealed_digest) == ({}, "")


def test_new_password_ends_the_other_sessions(desk, worker):
    other = come_in(worker)
    desk.post(CHANGE, {"current": PASSWORD, "new": NEW, "again": NEW})
    assert other.get("/account/").url.startswith(DOOR)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"current": "wrong", "new": NEW, "again": NEW}, "密码不对，还能试 4 次"),
        ({"current": PASSWORD, "new": NEW, "again": f"{NEW}x"}, "两遍不一样"),
        ({"current": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "新密码和现在的一样"),
        ({"current": PASSWORD, "new": "short1", "again": "short1"}, "密码只有 6 个字"),
        ({"current": PASSWORD, "new": "onlysmallletters", "again": "onlysmallletters"}, "密码太单一"),
        ({"current": PASSWORD, "new": "Password123", "again": "Password123"}, "太常见"),
    ],
)
def test_password_that_will_not_do_is_refused_in_words(desk, worker, typed, said):
    response = desk.post(CHANGE, typed)
    assert response.status_code == 422
    assert said in response.content.decode()
    worker.refresh_from_db()
    assert worker.check_password(PASSWORD)


def test_own_number_is_no_password(desk, worker):
    mine = f"{worker.username}-abcdef"
    response = desk.post(CHANGE, {"current": PASSWORD, "new": mine, "again": mine})
    assert "密码里有您的工号" in response.content.decode()


@pytest.fixture
def newcomer(subdistrict) -> User:
    return actions.invite_staff(
        actor=System("test"), path=subdistrict.path, username="CF1", name="甲", password=PASSWORD, role=Role.LEADER
    ).subject


def test_first_password_opens_nothing_but_its_change(newcomer):
    desk = come_in(newcomer)
    for address in ("/", "/account/", "/staff/", "/account/second-step/app/", "/account/tokens/new/"):
        assert desk.get(address).url == CHANGE
    page = desk.get(CHANGE).content.decode()
    assert "首次密码" in page
    assert 'name="current"' not in page


def test_after_the_change_the_doors_are_open(newcomer):
    desk = come_in(newcomer)
    assert desk.post(CHANGE, {"new": NEW, "again": NEW}).url == "/"
    assert desk.get("/account/").status_code == 200


def test_first_password_does_not_become_the_own_one(newcomer):
    desk = come_in(newcomer)
    assert "和现在的一样" in desk.post(CHANGE, {"new": PASSWORD, "again": PASSWORD}).content.decode()
    assert desk.get("/account/").url == CHANGE


def test_old_password_is_led_to_its_change(newcomer, noon):
    actions.change_password(actor=newcomer, user=newcomer, password=NEW)
    with clock.stopped_at(noon + timedelta(days=180)):
        assert come_in(newcomer, NEW).get("/account/").status_code == 200
    with clock.stopped_at(noon + timedelta(days=181)):
        desk = come_in(newcomer, NEW)
        assert desk.get("/account/").url == CHANGE
        desk.post(CHANGE, {"current": NEW, "new": f"{NEW}-4", "again": f"{NEW}-4"})
        assert desk.get("/account/").status_code == 200


def test_one_goes_out_everywhere(desk, worker):
    other = come_in(worker)
    response = desk.post("/account/sign-out-everywhere/")
    assert response.url == DOOR
    assert other.get("/account/").url.startswith(DOOR)
    assert desk.get("/account/").url.startswith(DOOR)
    assert Entry.objects.get(verb="accounts.sign_out_everywhere").facts == {"sessions": 2}


def test_token_is_shown_once_and_kept_as_a_digest(desk, worker):
    asked = {"name": "区大屏取数", "days": "30", "once": "press-once"}
    secret = re.search(r"xiuhua-[\w-]{43}", desk.post("/account/tokens/new/", asked).content.decode())[0]
    token = ApiToken.objects.get()
    assert token.digest == digest_of(secret)
    assert token.expires_at - token.made_at == timedelta(days=30)
    assert secret not in desk.get("/account/").content.decode()
    assert "已经显示过一次" in desk.post("/account/tokens/new/", asked).content.decode()
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "", "days": "30"}, "还没有填"),
        ({"name": "取数", "days": "0"}, "1 天到 366 天之间"),
        ({"name": "取数", "days": "3650"}, "1 天到 366 天之间"),
        ({"name": "取数", "days": "三十"}, "请填一个整数"),
    ],
)
def test_token_without_use_or_end_is_refused(desk, typed, said):
    response = desk.post("/account/tokens/new/", typed)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not ApiToken.objects.exists()


def test_token_asks_who_one_is_when_that_was_long_ago(noon, desk):
    with clock.stopped_at(noon + timedelta(minutes=6)):
        response = desk.get("/account/tokens/new/")
        assert response.url.startswith("/account/again/")
        assert desk.post(response.url, {"password": "wrong"}).status_code == 200
        assert desk.post(response.url, {"password": PASSWORD}).url == "/account/tokens/new/"


def test_token_is_ended_by_its_owner_only(desk, worker, staff, subdistrict):
    token = actions.make_token(actor=worker, user=worker, name="取数", days=30).subject
    stranger = come_in(staff(Role.LEADER, at=subdistrict))
    assert stranger.post(f"/account/tokens/{token.pk}/end/").status_code == 404
    assert desk.get(f"/account/tokens/{token.pk}/end/").status_code == 200
    assert desk.post(f"/account/tokens/{token.pk}/end/").url == "/account/"
    token.refresh_from_db()
    assert not token.is_good(clock.now())
    assert last_entry().verb == "accounts.end_token"
