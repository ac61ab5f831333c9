"""A spreadsheet is compared with what is on record, row by row, before anything is written."""

import base64

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from expectations import by_hand, forbidden, refused, verbs_of
from ground.rosters.books import book
from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.rosters import actions, staging
from xiuhua.ground.rosters.actions import Upload, check_roster
from xiuhua.ground.rosters.models import RosterFile, RosterImport, StagedRow, StagedWrite, State
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.sources.id_numbers import check_digit
from xiuhua.ground.territory.models import Resident

SYSTEM = System("test")
HEADS = ("门洞", "室号", "姓名", "证件号", "性别", "出生日期", "电话", "微格")
WANG = ("1 号", "501", "王秀英", "11010519491231002X", "女", "1949-12-31", "13812345678", 1)


def id_number(serial):
    body = f"31010719400101{serial:03d}"
    return body + check_digit(body)


LI = ("1 号", "502", "李强", id_number(901), "男", "1940-01-01", "", 1)


def check(laid, *rows, actor=SYSTEM, heads=HEADS, name="名册.xlsx", **more):
    upload = Upload(name, book(heads, *rows))
    return check_roster(actor=actor, kind="neighbours", path=laid.path, upload=upload, **more)


def faults(found):
    return {
        row.number: [tuple(fault) for fault in row.faults]
        for row in StagedRow.objects.filter(batch=found.batch, outcome="error")
    }


def test_new_rows_are_counted_and_nothing_is_written(laid):
    found = check(laid, WANG, LI)
    assert (found.state, found.rows, found.new, found.changed, found.same, found.faulty) == (State.READY, 2, 2, 0, 0, 0)
    assert (found.reminded, found.place, found.file_name) == (1, "西村", "名册.xlsx")
    assert Resident.objects.filter(id_number_index__gt="").count() == 0
    assert verbs_of(found) == ["rosters.receive", "rosters.check"]
    assert Entry.objects.get(verb="rosters.check").facts == {
        "kind": "neighbours", "rows": 2, "new": 2, "changed": 0, "same": 0, "faulty": 0,
    }  # fmt: skip


def test_the_preview_is_masked(laid):
    found = check(laid, WANG)
    (row,) = StagedRow.objects.filter(batch=found.batch)
    assert row.shown == ["1 号", "501", "王**", "1101**********002X", "女", "1949-12-31", "138****5678", "1"]


def test_no_personal_value_lies_in_clear(laid):
    check(laid, WANG, ("1 号", "502", "赵铁柱", "310107194001010", "男", "", "1391234567", 1))
    secrets = ["王秀英", "11010519491231002X", "13812345678", "赵铁柱", "310107194001010", "1391234567"]
    with connection.cursor() as cursor:
        for model in (StagedRow, StagedWrite, RosterFile, RosterImport, Entry):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            held = str(cursor.fetchall())
            for secret in secrets:
                assert secret not in held, model
                assert base64.b64encode(secret.encode()).decode()[:12] not in held


def test_each_fault_names_its_column_cause_and_mend(laid):
    found = check(
        laid,
        ("1 号", "", "何芳", id_number(1), "女", "1943-02-30", "13812345678", 1),
        ("9 号", "501", "许强", "3101071940010", "男", "", "", 9),
    )
    assert (found.state, found.faulty) == (State.FAULTY, 2)
    assert faults(found) == {
        2: [("born", "没有这一天", "2 月没有 30 日，对一下"), ("room", "空着", "写上，例如 501")],
        3: [
            ("id_number", "少了 5 位", "应是 18 位，对一下证件，补上缺的 5 位"),
            ("stairwell", "没有这个门洞", "有：1 号"),
            ("grid", "没有第 9 微格", "只有 1 至 1"),
        ],
    }
    assert StagedWrite.objects.count() == 0


def test_repeated_rows_are_told_across_chunks(laid, monkeypatch):
    monkeypatch.setattr(staging, "CHUNK", 1)
    found = check(laid, WANG, LI, WANG)
    assert faults(found) == {4: [("id_number", "和第 2 行重复", "两行留一行")]}


def test_what_the_sheet_looks_like_is_kept(laid):
    rows = [("1 号", "501", "王秀英", "11010519491231002X", "女", "党员"), ("合计", "", "", "", "", "1")]
    found = check(laid, *rows, heads=(*HEADS[:5], "政治面貌"))
    assert found.layout == {
        "faults": 0,
        "reminders": [["没有电话", 1, 2]],
        "sheet": "Sheet1",
        "heading_line": 1,
        "columns": [
            ["stairwell", "门洞", "A"],
            ["room", "室号", "B"],
            ["name", "姓名", "C"],
            ["id_number", "证件号", "D"],
            ["sex", "性别", "E"],
        ],
        "ignored": ["政治面貌"],
        "skipped": [3],
        "other_sheets": [],
    }


@pytest.mark.parametrize("rows", [[], [("示例", "501", "张三", "", "")]])
def test_sheet_without_rows_is_said_to_be_so(laid, rows):
    found = check(laid, *rows)
    assert (found.state, found.refusal[0][0]) == (State.REFUSED, "表头下面没有名册")


def test_file_that_cannot_be_used_leaves_nothing(laid):
    with refused("缺少：性别"):
        check(laid, WANG[:4], heads=HEADS[:4])
    with refused("只能读"):
        check_roster(actor=SYSTEM, kind="neighbours", path=laid.path, upload=Upload("a.pdf", b"%PDF\x00"))
    assert RosterImport.objects.count() == 0


def test_another_committee_and_another_role_cannot(laid, staff):
    east = laid.subdistrict.committees.get(name="东村")
    head = staff(Role.COMMITTEE_HEAD, at=east)
    with forbidden():
        check(laid, WANG, actor=head)
    assert Entry.objects.filter(verb="rosters.receive", outcome="refused").count() == 1
    with forbidden():
        check(laid, WANG, actor=staff(Role.COMMUNITY_PLANNER, at=laid))
    assert check(laid, WANG, actor=staff(Role.COMMITTEE_HEAD, at=laid)).state == State.READY


def test_imports_are_seen_by_those_who_see_such_rows_there(laid, staff):
    check(laid, WANG)
    east = laid.subdistrict.committees.get(name="东村")
    seen = {
        role: RosterImport.objects.visible_to(staff(role, at=at)).count()
        for role, at in [
            (Role.COMMITTEE_HEAD, laid),
            (Role.SECTION_HEAD, laid.subdistrict),
            (Role.COMMUNITY_PLANNER, laid),
            (Role.GRID_WORKER, east),
        ]
    }
    assert list(seen.values()) == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("kind", "path", "says"), [("nothing", "", "没有「nothing」"), ("neighbours", "999999999999", "不能为")]
)
def test_unknown_kind_or_place(laid, kind, path, says):
    with refused(says):
        check_roster(actor=SYSTEM, kind=kind, path=path or laid.path, upload=Upload("a.xlsx", book(HEADS, WANG)))


def test_queries_do_not_grow_with_the_rows(laid):
    def queries(count):
        rows = [("1 号", str(s), "王秀英", id_number(s), "女", "", "", 1) for s in range(count)]
        with CaptureQueriesContext(connection) as captured:
            assert check(laid, *rows).new == count
        return len([query for query in captured if query["sql"].startswith("SELECT")])

    assert queries(300) == queries(3)


def test_longer_files_are_a_job(laid, staff, monkeypatch):
    from xiuhua.ground.jobs.work import run_waiting

    monkeypatch.setattr(actions, "AT_ONCE_ROWS", 1)
    head = staff(Role.COMMITTEE_HEAD, at=laid)
    found = check(laid, WANG, LI, actor=head)
    assert (found.state, found.at_work, found.job.title) == (State.READING, True, "核对邻居名册（西村）")
    run_waiting()
    found = RosterImport.objects.get()
    assert (found.state, found.new, found.at_work) == (State.READY, 2, False)
    assert found.job.result["counts"] == [["新增", 2], ["更新", 0], ["不变", 0], ["错", 0]]
    assert Entry.objects.get(verb="rosters.check").behalf == head.reference


def test_file_that_a_job_cannot_use_says_why(laid, staff, monkeypatch):
    from xiuhua.ground.jobs.work import run_waiting

    monkeypatch.setattr(actions, "AT_ONCE_BYTES", 10)
    found = check(laid, WANG[:4], heads=HEADS[:4], actor=staff(Role.COMMITTEE_HEAD, at=laid))
    run_waiting()
    found.refresh_from_db()
    assert (found.state, found.job.state) == (State.REFUSED, "done")
    assert found.refusal == [["「Sheet1」第 1 行的表头缺少：性别", "补上这几列，或者下载模板对照"]]


def test_a_job_does_not_go_on_for_someone_who_lost_the_role(laid, staff, monkeypatch):
    from xiuhua.ground.jobs.work import run_waiting

    monkeypatch.setattr(actions, "AT_ONCE_BYTES", 10)
    head = staff(Role.COMMITTEE_HEAD, at=laid)
    found = check(laid, WANG, actor=head)
    with by_hand():
        head.role_grants.update(ended_at=found.made_at)
    run_waiting()
    found.refresh_from_db()
    assert (found.state, found.job.state) == (State.READING, "failed")
    assert StagedRow.objects.count() == 0


def test_a_check_that_was_killed_halfway_is_begun_anew_and_counts_once(laid, staff, monkeypatch):
    from xiuhua.ground.jobs.work import run_waiting

    monkeypatch.setattr(actions, "AT_ONCE_BYTES", 10)
    monkeypatch.setattr(staging, "CHUNK", 1)
    found = check(laid, WANG, LI, actor=staff(Role.COMMITTEE_HEAD, at=laid))

    class Killed(BaseException):
        pass

    def die(stage, share):
        raise Killed

    with pytest.raises(Killed):
        actions.check_now(actor=SYSTEM, roster_import=found, progress=die)
    assert (StagedRow.objects.count(), RosterImport.objects.get().state) == (1, State.READING)
    run_waiting()
    found.refresh_from_db()
    assert (found.state, found.new, found.batch is not None) == (State.READY, 2, True)
    assert StagedRow.objects.filter(batch=found.batch).count() == 2
    applied = actions.apply_roster(actor=SYSTEM, roster_import=found).subject
    assert (applied.new, Resident.objects.count()) == (2, 4)
