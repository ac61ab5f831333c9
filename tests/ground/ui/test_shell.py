import json
import re

import pytest
from django.contrib import messages
from django.shortcuts import render
from django.test import Client
from django.utils import translation

from ground.ui.pages import NOTICE
from xiuhua.ground.ui import navigation, shell

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
