"""Work orders of the 12345 hotline by spreadsheet."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from expectations import forbidden, refused, verbs_of
from ground.rosters.books import book
from xiuhua.ground.jobs.work import run_waiting
from xiuhua.ground.rosters import actions as rosters
from xiuhua.ground.rosters.actions import Upload
from xiuhua.ground.rosters.models import HeadingChoice, RosterImport, StagedRow, StagedWrite, State
from xiuhua.programmes.suggestions import actions
from xiuhua.programmes.suggestions.models import Suggestion

HEADS = (
    "工单编号",
    "受理时间",
    "问题描述",
    "诉求标题",
    "来电人",
    "联系电话",
    "事发地址",
    "诉求类型",
    "承办单位",
    "办理时限",
)
LAMP = (
    "GD001",
    datetime(2023, 8, 3, 9, 15),  # noqa: DTZ001 - as a workbook has it
    "弄口路灯不亮，我叫王秀英，老人走路看不清",
    "路灯不亮",
    "王女士",
    "13812342046",
    "西村 1 号门口",
    "求助",
    "西村居委会",
    "2023-08-05",
)
BENCH = ("GD002", "2023/8/3 10:40", "建议在小花园加两张长椅", "", "匿名", "保密", "", "建议", "西村居委会", "")


def check(head, town, *rows, heads=HEADS, title=None):
    content = book(*([title] if title else []), heads, *rows)
    return rosters.check_roster(actor=head, kind="hotline", path=town.path, upload=Upload("工单.xlsx", content))


def faults(found):
    return [tuple(fault) for row in StagedRow.objects.filter(batch=found.batch) for fault in row.faults]


def test_work_orders_become_suggestions(town, head):
    found = check(head, town, LAMP, BENCH)
    assert (found.state, found.new) == (State.READY, 2)
    rosters.apply_roster(actor=head, roster_import=found)
    lamp, bench = Suggestion.objects.order_by("pk")
    assert (lamp.number, lamp.source, lamp.outside_number) == ("2023-0803-001", "hotline", "GD001")
    assert lamp.words == "弄口路灯不亮，我叫王秀英，老人走路看不清"
    assert "秀英" not in lamp.masked_words
    assert (lamp.name, lamp.phone, lamp.wants_reply) == ("王女士", "13812342046", False)
    assert lamp.written_at == datetime(2023, 8, 3, 1, 15, tzinfo=UTC)
    assert (lamp.nature, bench.nature) == ("service", "suggestion")
    assert (bench.name, bench.phone, bench.place) == ("", "", "西村居委会")
    assert verbs_of(lamp) == ["suggestions.receive"]


def test_the_hotlines_own_earlier_day_is_the_term(town, head):
    rosters.apply_roster(actor=head, roster_import=check(head, town, LAMP, BENCH))
    lamp, bench = Suggestion.objects.order_by("pk")
    assert (lamp.reply_due_on, bench.reply_due_on) == (date(2023, 8, 5), date(2023, 8, 10))
    lamp = actions.accept(actor=head, suggestion=lamp, unit=actions.assigning.Unit(section="services")).subject
    assert lamp.reply_due_on == date(2023, 8, 5)


def test_the_same_file_twice_changes_nothing(town, head):
    rosters.apply_roster(actor=head, roster_import=check(head, town, LAMP))
    again = check(head, town, LAMP, BENCH)
    assert (again.new, again.same) == (1, 1)


def test_an_order_that_came_meanwhile_stops_the_whole(town, head):
    waiting = check(head, town, LAMP, BENCH)
    rosters.apply_roster(actor=head, roster_import=check(head, town, LAMP))
    with refused("有人改了同样的内容"):
        rosters.apply_roster(actor=head, roster_import=waiting)
    assert Suggestion.objects.count() == 1


def test_what_is_wrong_is_said_of_each_cell(town, head):
    bad = ("", "昨天", "", "", "", "1381234204", "", "", "", "5 个工作日")
    found = check(head, town, LAMP, bad, (*LAMP[:2], "又一件", *LAMP[3:]))
    assert found.state == State.FAULTY
    told = {name: text for name, text, _mend in faults(found)}
    assert told["words"] == "空着"
    assert told["called_at"] == "看不出是哪一天"
    assert told["due"] == "看不出是哪一天"
    assert told["number"] in ("空着", "和第 2 行重复")
    assert "少了" in told["phone"]
    assert all(mend for _name, _text, mend in faults(found))


def test_nothing_of_a_person_lies_open_while_it_waits(town, head):
    found = check(head, town, LAMP)
    staged = str(list(StagedWrite.objects.values_list("data", flat=True)))
    shown = str(list(StagedRow.objects.filter(batch=found.batch).values_list("shown", flat=True)))
    for plain in ("王秀英", "13812342046", "王女士"):
        assert plain not in staged
        assert plain not in shown


STRANGE = ("单子", "几时来电", "说了什么", "哪里", "谁管")
ROW = ("W-1", "2023-08-03 08:00", "电梯厅太暗", "东村 3 号", "东村居委会")


def columns_of(found):
    return reverse("rosters:columns", args=[found.pk])


@pytest.fixture
def office(head, client_of):
    return client_of(head)


def test_headings_that_nobody_knows_are_assigned_once_and_remembered(town, head, office):
    """The file goes in by the page; its headings are told; the next file needs no telling."""
    sent = SimpleUploadedFile("工单.xlsx", book(("八月上旬工单",), STRANGE, ROW))
    office.post(reverse("rosters:start", args=["hotline"]), {"path": town.path, "file": sent})
    found = RosterImport.objects.get()
    assert found.state == State.REFUSED
    assert "认列" in office.get(found.get_absolute_url()).content.decode()
    page = office.get(columns_of(found)).content.decode()
    assert all(heading in page for heading in STRANGE)
    assert "请点「认列」" in office.get(found.get_absolute_url()).content.decode()

    chosen = {"h0": "number", "h1": "called_at", "h2": "words", "h3": "place", "h4": ""}
    assert office.post(columns_of(found), chosen).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.new) == (State.READY, 1)
    assert HeadingChoice.objects.count() == 5
    office.post(reverse("rosters:begin", args=[found.pk]))
    assert reverse("suggestions:inbox") in office.get(found.get_absolute_url()).content.decode()
    again = check(head, town, ("W-2", *ROW[1:]), heads=STRANGE)
    assert (again.state, again.new) == (State.READY, 1)
    assert "认列" in office.get(again.get_absolute_url()).content.decode()


def test_a_column_that_must_be_there_is_asked_for(town, head, office):
    found = check(head, town, ROW, heads=STRANGE)
    answer = office.post(columns_of(found), {"h0": "number", "h1": "number", "h2": "words"})
    assert answer.status_code == 422
    assert "没有一列是「来电时间」" in answer.content.decode()
    assert "都选了「工单编号」" in answer.content.decode()
    assert not HeadingChoice.objects.exists()


def test_what_the_office_says_goes_before_what_a_heading_usually_means(town, head):
    heads = ("工单编号", "来电时间", "标题", "内容")
    row = ("W-1", "2023-08-03 08:00", "电梯厅太暗，晚上看不清", "已转物业")
    found = check(head, town, row, heads=heads)
    chosen = {"工单编号": "number", "来电时间": "called_at", "标题": "words", "内容": ""}
    rosters.choose_headings(actor=head, roster_import=found, chosen=chosen)
    found = rosters.check_again(actor=head, roster_import=found)
    rosters.apply_roster(actor=head, roster_import=found)
    assert Suggestion.objects.get().words == "电梯厅太暗，晚上看不清"


def test_a_long_file_is_a_job_and_all_of_it_or_nothing(town, head, monkeypatch):
    monkeypatch.setattr(rosters, "AT_ONCE_ROWS", 3)
    rows = [(f"L{number}", "2023-08-03 08:00", f"第 {number} 件事", *BENCH[3:]) for number in range(8)]
    found = check(head, town, *rows)
    assert found.state == State.READING
    run_waiting()
    found.refresh_from_db()
    rosters.start_import(actor=head, roster_import=found)
    run_waiting()
    found.refresh_from_db()
    assert (found.state, Suggestion.objects.count()) == (State.APPLIED, 8)


def test_a_grid_worker_brings_no_work_orders(town, worker):
    with forbidden():
        check(worker, town, LAMP)
