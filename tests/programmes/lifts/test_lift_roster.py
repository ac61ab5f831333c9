"""The existing programme by spreadsheet."""

from datetime import date

import pytest

from expectations import refused, verbs_of
from ground.rosters.books import book
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.rosters import actions as rosters
from xiuhua.ground.rosters.actions import Upload
from xiuhua.ground.rosters.models import StagedRow, State
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.models import Dossier

HEADS = ("居委会", "地址", "开始征询", "进入方案", "公示日期", "签约日期", "开工日期", "竣工日期", "交付日期")
DONE = (
    "西村",
    "枣阳路1号1号",
    "2020-09-01",
    "2020-11-02",
    "2021-01-10",
    "2021-02-08",
    "2021-06-01",
    "2021-11-20",
    "2021-12-15",
)


@pytest.fixture
def check(town, section_head):
    def run(*rows):
        upload = Upload("存量.xlsx", book(HEADS, *rows))
        return rosters.check_roster(actor=section_head, kind="lifts", path=town.path, upload=upload)

    return run


def test_a_stairwell_is_taken_over_with_its_days(check, section_head):
    found = check(DONE)
    assert (found.state, found.new) == (State.READY, 1)
    rosters.apply_roster(actor=section_head, roster_import=found)

    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.signed_on, dossier.completed_on) == ("running", date(2021, 2, 8), date(2021, 12, 15))
    assert verbs_of(dossier)[-2:] == ["lifts.hand_over", "lifts.take_over"]
    assert Entry.objects.get(verb="lifts.sign_agreement").facts["on"] == "2021-02-08"


def test_the_same_file_twice_changes_nothing(check, section_head):
    rosters.apply_roster(actor=section_head, roster_import=check(DONE))
    again = check(DONE)
    assert (again.new, again.changed, again.same) == (0, 0, 1)


def test_steps_left_out_count_on_the_day_of_the_next(check, section_head):
    rosters.apply_roster(actor=section_head, roster_import=check(("西村", "1号", "", "", "", "2021-02-08", "", "", "")))
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.begun_on, dossier.signed_on) == ("signed", date(2021, 2, 8), date(2021, 2, 8))


def test_a_day_before_the_previous_is_refused_at_its_cell(check):
    found = check(("西村", "1号", "2021-03-01", "2021-02-01", "", "", "", "", ""))
    assert found.state == State.FAULTY
    assert "2021-02-01 比上一步（2021-03-01）还早" in str(
        list(StagedRow.objects.filter(batch=found.batch).values_list("faults", flat=True))
    )


@pytest.mark.parametrize(
    ("typed", "fault", "advice"),
    [("2031-02-08", "这一天还没有到", "对一下年份"), ("去年春天", "看不出是哪一天", "写成 2021-02-08 这样")],
)
def test_a_day_that_cannot_be_read_is_the_only_fault_of_its_row(check, typed, fault, advice):
    found = check(("西村", "1号", "", "", "", typed, "", "", ""))
    (faults,) = StagedRow.objects.filter(batch=found.batch).values_list("faults", flat=True)
    assert len(faults) == 1
    assert fault in str(faults)
    assert advice in str(faults)


def test_a_stairwell_under_way_is_refused(check, dossier, coordinator):
    actions.begin_consulting(actor=coordinator, dossier=dossier, on=date(2023, 3, 1))
    assert check(DONE).state == State.FAULTY


def test_nothing_is_written_where_one_was_begun_meanwhile(check, dossier, coordinator, section_head):
    found = check(DONE)
    actions.begin_consulting(actor=coordinator, dossier=dossier, on=date(2023, 3, 1))
    with refused("核对以后，有人改了同样的内容"):
        rosters.apply_roster(actor=section_head, roster_import=found)
    assert not Entry.objects.filter(verb="lifts.take_over", outcome="done").exists()
