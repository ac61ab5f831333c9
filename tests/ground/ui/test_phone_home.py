"""The phone's home, its tabs and its today: only what rooms have registered, for whom it is."""

from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from expectations import by_hand
from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.clock import now
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.ui import phone
from xiuhua.ground.ui.phone import Call, Card, Cell


@pytest.fixture
def registered(monkeypatch):
    """A shell in which nothing is registered yet."""
    monkeypatch.setattr(phone, "_registered", fresh := phone._Registered())
    return fresh


@pytest.fixture
def resident(db):
    with by_hand():
        return User.objects.create(username="r1", kind=Kind.RESIDENT, phone="13800000000", name="王秀英", made_at=now())


def words_of(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("hour", "words"), [(3, "夜深了"), (6, "早上好"), (9, "上午好"), (12, "中午好"), (15, "下午好"), (20, "晚上好")]
)
def test_greeting_goes_by_the_time_of_the_day(hour, words):
    assert phone.greeting(datetime(2023, 8, 3, hour, tzinfo=UTC)) == words


@pytest.mark.django_db
def test_empty_shell_draws_nothing_that_nobody_registered(registered):
    page = words_of(Client().get("/phone/"))
    for css in ("weui-tabbar", "i-grid", "weui-cell", "ph-card"):
        assert css not in page


def test_what_rooms_registered_stands_in_their_order(registered, client_of, resident):
    phone.name_told_by(lambda request: request.user.name)
    phone.tile("看直播", "home", "i-video", order=20, second=True)
    phone.tile("我要反映", "ui:phone", "i-message-2", order=10)
    phone.tile("只给工作人员", "waiting", "i-inbox", for_=(phone.STAFF,))
    phone.card(lambda _request: None)
    phone.card(lambda _request: Card("ui/phone/empty.html", {}), order=1)
    phone.cells(lambda _request: [Cell("后来的", "有消息")], order=20)
    phone.cells(lambda _request: [Cell("坡道被单车挡住", "街道去看", "/my/", "i-route", "办理中")], order=10)
    phone.line_told_by(lambda _request: "中江路 88 弄 12 号")
    phone.call_told_by(lambda _request: Call("小傅", "02162000000", "中江第 5 微格"))
    page = words_of(client_of(resident).get("/phone/"))
    assert "王秀英，" in page
    assert "中江路 88 弄 12 号 · " in page
    assert page.index("我要反映") < page.index("看直播") < page.index("坡道被单车挡住") < page.index("后来的")
    assert 'href="tel:02162000000"' in page
    assert "只给工作人员" not in page
    assert page.count("ph-empty") == 1


def test_whose_name_nobody_knows_is_greeted_without(registered, client_of, resident):
    phone.name_told_by(lambda _request: "")
    page = words_of(client_of(resident).get("/phone/"))
    assert "138" not in page
    assert "，" not in page[page.index("<h1>") : page.index("</h1>")]


@pytest.mark.django_db
def test_visitor_finds_the_door_and_a_worker_finds_today(registered, worker_of, client_of):
    phone.signed_in_at("accounts:phone", "account_logout")
    assert 'href="/sign-in/phone/"' in words_of(Client().get("/phone/"))
    worker = client_of(worker_of(Role.GRID_WORKER, "310107014001"))
    assert worker.get("/phone/").url == "/phone/today/"
    assert "今天都办好了" in words_of(worker.get("/phone/today/"))


def test_tabs_are_four_at_most_and_the_last_stays(registered, client_of, resident):
    names = ["ui:phone", "ui:outbox_page", "ui:offline", "feed", "accounts:mine"]
    for order, name in enumerate(names):
        phone.tab(f"第 {order}", name, "i-home", order=order)
    page = words_of(client_of(resident).get("/phone/"))
    assert page.count("weui-tabbar__item") == phone.TABS
    assert "第 4" in page
    assert "第 3" not in page
    assert page.count('aria-current="page"') == 1


@pytest.mark.django_db
def test_large_type_is_remembered_by_the_server():
    client = Client()
    assert 'class="elder"' not in words_of(client.get("/phone/"))
    response = client.post("/phone/size/", {"size": "elder", "next": "/phone/waiting/"})
    assert response.url == "/phone/waiting/"
    page = words_of(client.get("/phone/"))
    assert 'class="elder"' in page
    assert "小字" in page
    assert client.post("/phone/size/", {"size": "", "next": "https://elsewhere.example/"}).url == "/phone/"
    assert 'class="elder"' not in words_of(client.get("/phone/"))


@pytest.mark.django_db
def test_pages_speak_english_by_switch():
    client = Client()
    client.post("/language/", {"language": "en", "next": "/phone/"})
    assert '<html lang="en"' in words_of(client.get("/phone/"))


def test_no_page_of_the_frame_says_who_reads_but_by_reference(registered, client_of, resident):
    page = words_of(client_of(resident).get("/phone/waiting/"))
    assert f'<meta name="xh-owner" content="{resident.reference}">' in page
    assert "王秀英" not in page
    assert "xh-keep" in page


@pytest.mark.django_db
def test_page_for_no_signal_belongs_to_nobody(registered):
    phone.tile("我要反映", "ui:phone", "i-message-2")
    phone.opens_offline("ui:phone")
    page = words_of(Client().get("/phone/offline/"))
    assert "xh-owner" not in page
    assert "xh-keep" not in page
    assert "我要反映" in page


def test_call_speaks_of_the_committee():
    with translation.override("zh-hans"):
        assert "打电话" in render_to_string("ui/phone/call.html", {"call": Call("小傅", "021")})
