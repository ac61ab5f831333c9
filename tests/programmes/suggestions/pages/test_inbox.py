"""The inbox: who waits for what, one of them open beside the list."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.models import Source


def test_it_shows_what_waits_and_opens_the_first(said, read):
    told = read("inbox")
    assert re.search(r"待受理 <small>1</small>", told)
    for words in ("坡口被共享单车占满", "王女士", "138****2046", "云岭东路近枣阳路", "受理并分派", "确认分类"):
        assert words in told
    assert "13812342046" not in told
    assert "王秀英" not in told


def test_tabs_hold_what_they_say(answered, say, read):
    say(words="楼道灯坏了，晚上看不见路")
    assert "楼道灯坏了" not in read("inbox", tab="told")
    assert f'data-c-row="{answered.pk}"' in read("inbox", tab="told")
    assert "data-c-row" not in read("inbox", tab="overdue")
    assert read("inbox", tab="all").count("data-c-row") == 2
    assert "没有逾期的" in read("inbox", tab="overdue")
    assert read("inbox", tab="没有这个").count("data-c-row") == 1


def test_filters_and_words_narrow_it(said, say, west, east, read):
    say(words="菜场太吵", source=Source.TELEPHONE, actor=_system())
    assert read("inbox", source="telephone").count("data-c-row") == 1
    assert read("inbox", committee=west.path).count("data-c-row") == 2
    assert read("inbox", committee=east.path).count("data-c-row") == 0
    assert read("inbox", q="枣阳路 坡口").count("data-c-row") == 2
    assert "没有符合条件的" in read("inbox", q="没有人说过这个")
    assert read("inbox", category="elderly").count("data-c-row") == 0


def test_choosing_a_row_gives_the_panes_only(said, desk):
    address = f"{reverse('suggestions:inbox')}?at={said.pk}"
    told = desk.get(address, headers={"HX-Request": "true", "HX-Target": "c-panes"}).content.decode()
    assert "c-read" in told
    assert "<html" not in told
    restored = desk.get(
        address, headers={"HX-Request": "true", "HX-Target": "c-panes", "HX-History-Restore-Request": "true"}
    )
    assert "<html" in restored.content.decode()


def test_a_committee_reads_its_own(said, stranger, worker, client_of, read):
    assert "坡口被共享单车占满" in read("inbox", by=client_of(worker))
    assert "坡口被共享单车占满" not in read("inbox", by=client_of(stranger))
    assert client_of(stranger).get(said.get_absolute_url()).status_code == 404


def test_mine_is_what_i_took_upon_myself(said, read, press):
    assert "您手上没有要办的" in read("inbox", tab="mine")
    press("accept", said.pk, unit="section:services", by_me="on")
    assert f'data-c-row="{said.pk}"' in read("inbox", tab="mine")


def test_news_are_offered_not_pushed_in(said, say, read):
    assert read("news", since=said.pk).strip() == ""
    say()
    say()
    assert "有 2 件新的" in read("news", since=said.pk)
    assert "有 3 件新的" in read("news", since="不是数")


@pytest.mark.parametrize("tab", ["received", "all"])
def test_many_rows_take_no_more_queries_than_one(tab, said, say, desk):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("suggestions:inbox"), {"tab": tab, "at": said.pk})
        return len(queries)

    asked()
    one = asked()
    for number in range(9):
        say(words=f"第 {number} 件，路灯不亮")
    asked()
    assert asked() <= one


def test_more_rows_are_asked_for(said, say, read, monkeypatch):
    monkeypatch.setattr("xiuhua.programmes.suggestions.inbox.PAGE", 1)
    say()
    assert "往下看更多" in read("inbox")
    assert read("inbox", show="2").count("data-c-row") == 2


def test_the_day_of_its_term_is_named(said, read):
    assert "还剩 1 个工作日" in read("inbox")
    assert "首次联系 1 个工作日" in read("inbox")


def test_one_that_is_closed_is_read_but_not_handled(answered, head, read):
    actions.close(actor=head, suggestion=answered)
    told = read("inbox", tab="all")
    assert "已办结" in told
    assert "c-accept" not in told


def _system():
    from xiuhua.ground.journal.actors import System

    return System("test")
