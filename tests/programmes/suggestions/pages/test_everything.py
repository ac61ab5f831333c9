"""The list, the map and the boards."""

from programmes.suggestions.conftest import NOON
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.models import Source, Suggestion


def test_the_list_filters_sorts_and_exports(answered, say, desk, read):
    say(nature="service")
    assert read("all").count('role="rowheader"') == 2
    assert read("all", state="answered").count('role="rowheader"') == 1
    assert read("all", nature="service", source="phone").count('role="rowheader"') == 1
    assert read("all", stand="overdue").count('role="rowheader"') == 0
    assert read("all", submitted_from="2023-08-03", submitted_to="2023-08-03").count('role="rowheader"') == 2
    assert read("all", sort="-number").count('role="rowheader"') == 2
    assert "138" not in read("all")
    assert desk.get("/suggestions/all/", {"export": "xlsx"}).content[:2] == b"PK"


def test_the_map_has_those_with_a_point(say, read):
    here = say(lon=121.405, lat=31.23)
    say()
    told = read("map")
    assert f"/suggestions/{here.pk}/" in told
    assert told.count('"type": "received"') == 2  # one feature, and what is marked
    assert read("map", only="x").count(f"/suggestions/{here.pk}/") == 0


def test_boards_lead_to_what_they_count(answered, read):
    told = read("board")
    assert "慢行友好" in told
    assert "category=slow_mobility&amp;submitted_from=" in told
    assert "收到 1" in told
    assert "按时答复 100%" in told


def test_boards_of_nothing_say_so(town, read):
    told = read("board")
    assert "还没有人评价" in told
    assert "没有逾期的" in told


def test_the_page_tells_what_happened_and_what_was_said(answered, read):
    told = read("suggestion", answered.pk)
    for words in ("收到建议", "受理", "答复", "您好，坡口前八月十日已经画好禁停线", "服务办"):
        assert words in told
    assert Suggestion.objects.get().submitted_at == NOON


def test_what_went_out_about_it_stands_on_its_page(say, head, read):
    row = say(actor=head, source=Source.TELEPHONE, name="王女士", phone="13812342046", wants_reply=True)
    assert "希望短信回复" in read("suggestion", row.pk)
    actions.contact(actor=head, suggestion=row, words="王女士您好，坡口的事收到了，下午去看。")
    told = read("suggestion", row.pk)
    assert "发过的消息" in told
    assert "138****2046" in told
    assert "13812342046" not in told


def test_a_number_that_nobody_has_shown_to_be_theirs_is_called(said, read):
    assert "号码还没有核实，发不了短信，请打电话" in read("suggestion", said.pk)
