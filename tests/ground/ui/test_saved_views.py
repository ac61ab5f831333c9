"""Named views of a list: kept by reader and list, offered on the page, gone when forgotten."""

from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from xiuhua.ground.ui import views
from xiuhua.ground.ui.lists import Column, Empty, ListPage, saved

LIST = ListPage(title="居民", columns=[Column("name", "姓名", str)], empty=Empty("空"))


@pytest.fixture
def session() -> dict:
    return {}


@pytest.fixture
def reads(session):
    """A request of someone who signed in."""

    def make(path: str = "/people/", data: dict | None = None, method: str = "get") -> HttpRequest:
        request = getattr(RequestFactory(), method)(path, data or {})
        request.session, request.user, request._messages = session, SimpleNamespace(is_authenticated=True), []
        return request

    return make


def keep(reads, address: str, name: str):
    return views.keep_view(reads("/views/keep/", {"address": address, "name": name}, "post"))


def names(reads, path: str = "/people/") -> list[str]:
    found = saved.views_of(reads(path))
    assert found is not None
    return [view.name for view in found.all]


def test_what_is_filtered_can_be_named_and_comes_back(reads):
    address = "/people/?q=%E4%B8%AD%E6%B1%9F&page=3&sort=-name&export=xlsx"
    assert keep(reads, address, " 中江的 ")["Location"] == address
    html = LIST.respond(reads(), ["王**"]).content.decode()
    assert 'href="?q=%E4%B8%AD%E6%B1%9F&amp;sort=-name">中江的</a>' in html
    again = LIST.respond(reads(data={"q": "中江", "sort": "-name"}), ["王**"]).content.decode()
    assert 'aria-current="true">中江的</a>' in again
    assert "给现在的筛选起个名字" not in again


def test_views_belong_to_their_list(reads):
    keep(reads, "/people/?q=a", "甲")
    assert names(reads) == ["甲"]
    assert names(reads, "/staff/") == []


def test_the_same_name_replaces_and_a_forgotten_view_is_gone(reads, session):
    keep(reads, "/people/?q=a", "甲")
    keep(reads, "/people/?q=b", "甲")
    assert [view.query for view in saved.views_of(reads()).all] == ["q=b"]
    views.drop_view(reads("/views/drop/", {"address": "/people/?q=b", "name": "甲"}, "post"))
    assert session[saved.SESSION_KEY] == {}


def test_there_is_an_end_to_names(reads):
    for number in range(saved.MOST + 3):
        keep(reads, f"/people/?q={number}", str(number))
    assert len(names(reads)) == saved.MOST


@pytest.mark.parametrize(
    ("address", "name"), [("/people/", "甲"), ("/people/?q=a", "  "), (f"/people/?q={'x' * 500}", "甲")]
)
def test_nothing_to_name_is_not_kept(reads, address, name):
    keep(reads, address, name)
    assert names(reads) == []


@pytest.mark.parametrize("address", ["https://example.org/?q=a", "//example.org/?q=a", "javascript:alert(1)", ""])
def test_an_address_elsewhere_leads_home(reads, session, address):
    assert keep(reads, address, "甲")["Location"] == "/"
    assert not session.get(saved.SESSION_KEY)


def test_who_did_not_sign_in_is_offered_none_and_keeps_none(ask, session):
    assert saved.views_of(ask()) is None
    stranger = RequestFactory().post("/views/keep/", {"address": "/people/?q=a", "name": "甲"})
    stranger.session, stranger.user = session, SimpleNamespace(is_authenticated=False)
    views.keep_view(stranger)
    assert session == {}
    assert "xh-views" not in LIST.respond(ask(q="a"), ["a"]).content.decode()


def test_a_room_above_may_keep_them(reads, monkeypatch):
    monkeypatch.setattr(saved, "_keepers", list(saved._keepers))
    kept: dict = {}

    class Keeper:
        def views(self, request, path):
            return kept.get(path, [])

        def keep(self, request, path, views):
            kept[path] = views

    saved.kept_by(Keeper())
    keep(reads, "/people/?q=a", "甲")
    assert kept == {"/people/": [saved.SavedView("甲", "q=a")]}
