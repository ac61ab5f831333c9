"""A committee's own spreadsheet is refused with the cell of each fault, mended by what is said, and then goes in."""

import re
import runpy
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ground.territory.rosters.conftest import faults, figures, reminders
from xiuhua.ground.rosters.actions import Upload, apply_roster, check_roster
from xiuhua.ground.rosters.models import State
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.territory.models import Committee, Household, Resident

FOLDER = Path(__file__).parents[3] / "fixtures" / "rosters"
OWN, MENDED = FOLDER / "changfeng-1-own.xlsx", FOLDER / "changfeng-1-mended.xlsx"

SAID = {
    "E7": ("校验码不对，末位应为 X", "对一下证件，看哪一位写错了"),
    "H8": ("没有第 9 微格", "长风一村只有 1 至 3，这里该填 1"),
    "F9": ("没有这一天", "2 月没有 30 日，对一下"),
    "C11": ("空着", "写上，例如 401"),
    "E13": ("Excel 把号码变成了科学记数，末几位已丢失", "把这一列设为文本再填"),
    "B16": (
        "长风一村没有「枣阳路200弄16号」这个门洞",
        "相近的：枣阳路200弄14号、枣阳路100弄15号、枣阳路100弄14号；确实没有这一处，先导入门洞名册",
    ),
    "F16": ("年份只有两位", "年份写四位，例如 1943-02-03"),
}


@pytest.fixture
def head(street, staff):
    return staff(Role.COMMITTEE_HEAD, Committee.objects.get(name="长风一村"), name="傅建华")


def brought(path, head):
    upload = Upload(path.name, path.read_bytes())
    committee = Committee.objects.get(name="长风一村")
    return check_roster(actor=head, kind="residents", path=committee.path, upload=upload)


def test_every_fault_is_told_at_the_first_try(head):
    found = brought(OWN, head)
    assert (found.state, found.rows, found.faulty) == (State.FAULTY, 12, 6)
    assert faults(found) == SAID
    assert not Household.objects.exists()
    assert not Resident.objects.exists()


def test_what_was_passed_over_is_told(head):
    found = brought(OWN, head)
    assert (found.layout["sheet"], found.layout["heading_line"]) == ("7月", 3)
    assert found.layout["ignored"] == ["标记"]
    assert found.layout["skipped"] == [12, 17, 18]


def test_the_mended_sheet_differs_where_it_was_told_to():
    """It was mended by the messages alone: nothing else was touched."""
    own, mended = (load_workbook(path).active for path in (OWN, MENDED))
    changed = {
        one.coordinate
        for row, others in zip(own.iter_rows(), mended.iter_rows(), strict=True)
        for one, other in zip(row, others, strict=True)
        if one.value != other.value
    }
    assert changed == set(SAID)


def test_the_second_try_goes_in_and_the_third_changes_nothing(head):
    found = brought(MENDED, head)
    assert (figures(found), faults(found)) == ((12, 0, 0, 0), {})
    assert reminders(found) == ["没有电话", "没有电话"]
    apply_roster(actor=head, roster_import=found)
    assert (Resident.objects.count(), Household.objects.count()) == (12, 10)
    fang = Resident.objects.get(sealed_equals(Resident, "id_number", "310107195001150023"))
    assert (fang.name, fang.phone, fang.birth_date) == ("王芳", "021-62540000", date(1950, 1, 15))
    assert (fang.household.room, fang.household.floor, fang.household.stairwell.name) == ("203", 2, "枣阳路100弄14号")
    hu = Resident.objects.get(sealed_equals(Resident, "phone", "021-62540001"))
    assert (hu.birth_date, hu.sex, hu.household.stairwell.name) == (date(1947, 9, 14), "m", "枣阳路100弄15号")
    again = brought(MENDED, head)
    assert figures(again) == (0, 0, 12, 0)
    apply_roster(actor=head, roster_import=again)
    assert Resident.objects.count() == 12


def test_the_files_are_what_the_script_draws(tmp_path):
    drawn = runpy.run_path(str(FOLDER / "draw.py"))
    for path, mended in ((OWN, {}), (MENDED, drawn["FAULTS"])):
        drawn["draw"](tmp_path / path.name, mended)
        one, other = (load_workbook(file).active for file in (path, tmp_path / path.name))
        assert [[cell.value for cell in row] for row in one] == [[cell.value for cell in row] for row in other]
        assert one.merged_cells.ranges == other.merged_cells.ranges


def test_nobody_in_it_is_real():
    """Telephones of the pattern 1xx1234 00xx belong to nobody in particular; names and numbers were made up."""
    phones = re.findall(r"1[3-9]\d1234\d{4}", (FOLDER / "draw.py").read_text("utf-8"))
    assert phones
    assert all(phone[7:9] == "00" for phone in phones)
