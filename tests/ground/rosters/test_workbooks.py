"""The tables that we hand out: a template that can be filled, one's own table with its faults in red."""

import io

import pytest
from openpyxl import load_workbook

from ground.rosters.books import book
from ground.rosters.conftest import Neighbours
from ground.rosters.test_check_roster import HEADS, LI, WANG, check
from xiuhua.ground.rosters import queries
from xiuhua.ground.rosters.cells import ChoiceCell, TextCell
from xiuhua.ground.rosters.headings import find_table
from xiuhua.ground.rosters.kinds import Column, RosterKind
from xiuhua.ground.rosters.sheets import read_sheets
from xiuhua.ground.rosters.workbooks import marked, template_of


@pytest.fixture
def template():
    return load_workbook(io.BytesIO(template_of(Neighbours)))


def test_template_has_headings_examples_and_notes(template):
    sheet = template.worksheets[0]
    assert template.sheetnames == ["邻居", "填表说明"]
    assert [cell.value for cell in sheet[1]] == [
        "序号",
        "门洞",
        "室号",
        "姓名",
        "证件号",
        "性别",
        "出生日期",
        "电话",
        "微格",
    ]
    assert [cell.value for cell in sheet[2]][:4] == ["示例", "1 号", "501", "王秀英"]
    assert sheet["A3"].value == "示例"
    assert sheet["E1"].comment.text == "必填\n18 位，末位可以是 X；这一列是文本格式\n也认：身份证号、身份证号码"
    assert (sheet.freeze_panes, sheet["B1"].font.bold) == ("A2", True)


def test_columns_of_codes_are_text(template):
    sheet = template.worksheets[0]
    assert {letter: sheet.column_dimensions[letter].number_format for letter in "EHI"} == {
        "E": "@", "H": "@", "I": "General",
    }  # fmt: skip
    assert (sheet["E2"].number_format, sheet["E2"].data_type, sheet["E2"].quotePrefix) == ("@", "s", True)


def test_choices_are_offered(template):
    (rule,) = template.worksheets[0].data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref), rule.type) == ('"女,男"', "F2:F5000", "list")


def test_many_choices_are_offered_from_a_hidden_sheet():
    class Many(RosterKind):
        key, title = "many", "多"
        kind = Column("类别", ChoiceCell({n: (f"这是第 {n} 种很长的设施类别",) for n in range(40)}))

    workbook = load_workbook(io.BytesIO(template_of(Many)))
    (rule,) = workbook["多"].data_validations.dataValidation
    assert rule.formula1 == "选项!$B$1:$B$40"
    assert (workbook["选项"].sheet_state, workbook["选项"]["B40"].value) == ("hidden", "这是第 39 种很长的设施类别")


def test_the_template_itself_reads_back_as_empty():
    found = find_table(read_sheets(template_of(Neighbours)), Neighbours)
    assert (len(found.columns), list(found.rows()), found.ignored) == (8, [], ())


def test_ones_own_table_comes_back_with_its_faults_in_red(laid):
    bad = ("1 号", "", "赵芳", "3101", "女", "1943-02-30", "", 1)
    found = check(laid, WANG, bad, LI)
    sheet = load_workbook(io.BytesIO(queries.marked_copy(found))).worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(HEADS)
    assert [cell.value for cell in sheet[2]] == list(WANG)
    assert sheet["F3"].comment.text == "没有这一天\n2 月没有 30 日，对一下"
    assert (sheet["F3"].value, sheet["B3"].comment.text) == ("1943-02-30", "空着\n写上，例如 501")
    reds = {cell.coordinate for row in sheet for cell in row if cell.fill.fgColor.rgb == "00F8E0DD"}
    ambers = {cell.coordinate for row in sheet for cell in row if cell.fill.fgColor.rgb == "00FBEFD9"}
    assert (reds, ambers) == ({"B3", "D3", "F3"}, {"G3", "G4"})


def test_the_marked_table_keeps_its_layout_and_can_be_mended(laid):
    content = book(
        ["西村居民花名册"], [], HEADS, (*WANG[:5], "1943-02-30", "", 1), ("", "502", *LI[2:]), merged=["A1:H1", "A4:A5"]
    )
    (sheet,) = read_sheets(content)
    copy = load_workbook(io.BytesIO(marked(sheet, {(4, 6): (True, "没有这一天")})))
    shown = copy.worksheets[0]
    assert {str(area) for area in shown.merged_cells.ranges} == {"A1:H1", "A4:A5"}
    assert (shown["A1"].value, shown["A3"].value, shown["B5"].value) == ("西村居民花名册", "门洞", "502")
    shown["F4"] = "1943-02-28"
    file = io.BytesIO()
    copy.save(file)
    assert [cells[0] for _number, cells in find_table(read_sheets(file.getvalue()), Neighbours).rows()] == [
        "1 号",
        "1 号",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")'])
@pytest.mark.parametrize("faulty", [True, False])
def test_no_text_becomes_a_formula(text, faulty):
    (sheet,) = read_sheets(f"姓名,电话\n{chr(34)}{text.replace(chr(34), chr(34) * 2)}{chr(34)},1\n".encode(), "a.csv")
    copy = load_workbook(io.BytesIO(marked(sheet, {(2, 1): (True, "x")} if faulty else {}))).worksheets[0]
    assert (copy["A2"].data_type, copy["A2"].quotePrefix) == ("s", True)


def test_formulas_of_examples_and_headings_are_text():
    class Odd(RosterKind):
        key, title = "odd", "怪/[名]"
        name = Column("名", TextCell(), examples=("=1+1",))

    sheet = load_workbook(io.BytesIO(template_of(Odd))).worksheets[0]
    assert (sheet.title, sheet["B2"].data_type, sheet["B2"].value) == ("怪  名", "s", "=1+1")
