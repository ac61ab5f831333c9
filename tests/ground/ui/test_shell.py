import json
import re
from datetime import UTC, datetime

import pytest
from django.contrib import messages
from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from ground.ui.pages import NOTICE
from xiuhua.ground.ui import navigation, phone, shell

pytestmark = pytest.mark.usefixtures("empty_navigation")


@pytest.fixture(autouse=True)
def own_pages(settings):
    settings.ROOT_URLCONF = "ground.ui.pages"


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def test_frame_says_where_and_when_and_what_is_invented(client):
    navigation.register("看", "首页", "home")
    html = client.get("/").content.decode()
    assert "<span>长风新村街道</span>" in html
    assert "演示日期" in html
    assert NOTICE in html
    assert '<a href="/" aria-current="page">首页</a>' in html


def test_a_real_subdistrict_has_no_notice_and_no_demo_clock(client, monkeypatch):
    monkeypatch.setattr(shell, "_tellers", [lambda _request: shell.Place("真的街道")])
    html = client.get("/").content.decode()
    assert "演示日期" not in html
    assert "xh-notice" not in html


def test_chinese_whatever_the_browser_prefers(client):
    response = client.get("/", headers={"accept-language": "en-GB,en"})
    assert response["Content-Language"] == "zh-hans"
    assert '<html lang="zh-CN"' in response.content.decode()
    assert "xh-words" not in response.content.decode()


def test_english_by_switch_and_back(client):
    response = client.post("/language/", {"language": "en", "next": "/"})
    assert response["Location"] == "/"
    html = client.get("/").content.decode()
    assert '<html lang="en"' in html
    assert "Skip to the content" in html
    words = json.loads(re.search(r'id="xh-words" type="application/json">(.*?)</script>', html)[1])
    assert words["够不到"] == "Out of reach"
    client.post("/language/", {"language": "zh-hans", "next": "/"})
    assert "跳到正文" in client.get("/").content.decode()


def test_the_switch_leads_nowhere_else(client):
    assert client.post("/language/", {"language": "en", "next": "https://example.org/"})["Location"] == "/"


def test_an_unknown_language_cookie_is_chinese(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert client.get("/")["Content-Language"] == "zh-hans"


def test_policy_allows_nothing_inline(client):
    policy = dict(part.strip().split(" ", 1) for part in client.get("/")["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == policy["worker-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in str(policy)


@pytest.fixture
def at_work(monkeypatch):
    """Let whoever asks work here."""
    monkeypatch.setattr(phone, "kind_of", lambda _request: phone.STAFF)


@pytest.mark.usefixtures("at_work")
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere/", 404, "没有这个页面"),
        ("/forbidden/", 403, "这栋楼不归你管。"),
        ("/broken/", 500, "系统出错了"),
    ],
)
def test_error_pages_speak_and_show_a_way_on(db, client, settings, address, status, words):
    settings.DEBUG = False
    response = client.get(address)
    assert response.status_code == status
    assert words in response.content.decode()
    assert 'href="/"' in response.content.decode()


@pytest.mark.usefixtures("at_work")
def test_a_form_from_elsewhere_is_told_that_it_is_stale(db, settings):
    settings.DEBUG = False
    response = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert response.status_code == 403
    assert "这张表开得太久了" in response.content.decode()


def test_what_failed_stays_and_what_was_done_is_a_toast(ask):
    request = ask()
    messages.success(request, "3 件并成了 1 件")
    messages.error(request, "第 14 行的<b>身份证号</b>不对")
    html = render(request, "ui/base.html").content.decode()
    assert re.search(r'<div class="toast show" data-xh-toast>.*3 件并成了 1 件', html)
    assert re.search(r'role="alert">.*第 14 行的&lt;b&gt;身份证号', html)
    assert html.count("3 件并成了 1 件") == 1


def test_english_dates_read_as_english(client, noon):
    with translation.override("en"):
        client.cookies["django_language"] = "en"
        assert "3 Aug 2023 12:00" in client.get("/").content.decode()


@pytest.fixture
def signed_in():
    shell.person_told_by(
        lambda request: shell.Person("傅建华", "中江第 5 微网格长", account="/me/", sign_out="/out/"), sign_in="home"
    )


def test_a_visitor_is_shown_where_to_sign_in_and_comes_back(client):
    assert "登录" not in client.get("/").content.decode()
    shell.person_told_by(lambda request: None, sign_in="home")
    shell.bell_told_by(lambda request: pytest.fail("asked"))
    shell.searched_at("home", "搜索楼栋")
    html = client.get("/?a=1&b=2").content.decode()
    assert 'href="/?next=/%3Fa%3D1%26b%3D2">登录</a>' in html
    assert "搜索楼栋" not in html
    assert "data-xh-feed-url" not in html


def test_who_reads_finds_their_account_and_the_way_out(client, signed_in):
    html = client.get("/").content.decode()
    assert "傅建华<small>中江第 5 微网格长</small>" in html
    assert 'href="/me/"' in html
    assert re.search(r'<form action="/out/" method="post"><input type="hidden" name="csrfmiddlewaretoken"', html)
    assert "登录" not in html


def test_bell_search_and_feed_stand_where_rooms_offer_them(client, signed_in):
    html = client.get("/").content.decode()
    assert "i-bell" not in html
    assert 'role="search"' not in html
    shell.bell_told_by(lambda request: shell.Bell("/todo/", 120))
    shell.searched_at("home", "搜索楼栋、门洞")
    shell.fed_from("home")
    html = client.get("/").content.decode()
    assert 'href="/todo/" aria-label="待办，120 件"' in html
    assert ">99+</span>" in html
    assert 'placeholder="搜索楼栋、门洞"' in html
    assert 'data-xh-feed-url="/"' in html
    assert "ui/feed.js" in html


def test_the_door_has_its_form_and_no_navigation(client):
    html = client.get("/door/").content.decode()
    assert "<h1>登录工作台</h1>" in html
    assert "<p>在这里登录</p>" in html
    assert "xh-side" not in html
    assert "ui/pictures/stitched.svg" in html


def test_timeline_tells_when_what_and_who(noon):
    html = render_to_string(
        "ui/components/timeline.html",
        {
            "items": [
                {"moment": datetime(2023, 8, 3, 1, 30, tzinfo=UTC), "who": "沈晓岚", "what": "登记回函", "detail": ""}
            ]
        },
    )
    assert '<time datetime="2023-08-03T09:30:00+08:00">8 月 3 日 09:30</time>登记回函' in html
    assert "<small>沈晓岚</small>" in html
    assert "还没有人看过" in render_to_string("ui/components/timeline.html", {"items": [], "empty": "还没有人看过"})
