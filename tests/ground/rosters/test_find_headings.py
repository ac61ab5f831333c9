"""Headings as offices write them, and what stands above and below."""

import pytest
from openpyxl import Workbook

from expectations import refused
from ground.rosters.books import book, saved
from ground.rosters.conftest import Neighbours
from xiuhua.ground.rosters.headings import find_table
from xiuhua.ground.rosters.sheets import read_sheets

HEADS = ("门洞", "室号", "姓名", "证件号", "性别")
ROW = ("1 号", "501", "王秀英", "11010519491231002X", "女")


def table(content):
    return find_table(read_sheets(content), Neighbours)


def placed(found):
    return {column.name: column.letters for column in found.columns}


def test_columns_are_found_where_they_stand():
    found = table(book(["序号", *HEADS], [1, *ROW]))
    assert placed(found) == {"stairwell": "B", "room": "C", "name": "D", "id_number": "E", "sex": "F"}
    assert (found.heading_line, found.ignored, found.skipped) == (1, (), [])
    assert [number for number, _cells in found.rows()] == [2]


@pytest.mark.parametrize(
    "heads",
    [
        ("楼道", "室号", "姓名", "身份证号码", "性别"),
        (" 门 洞", "室\n号", "姓　名", "证件号：", "*性别"),
        ("门洞（必填）", "室号(例如501)", "姓名", "身份证号\n（18 位）", "性别"),
    ],
)
def test_headings_under_other_names(heads):
    assert len(table(book(heads, ROW)).columns) == 5


def test_the_templates_own_heading_comes_before_another_name():
    found = table(book([*HEADS, "手机", "电话"], [*ROW, "1", "2"]))
    assert placed(found)["phone"] == "G"
    assert found.ignored == ("手机",)


def test_titles_above_and_headings_in_two_lines():
    content = book(
        ["西村居民花名册（2023年7月）"],
        ["填表人：张三"],
        [],
        [*HEADS, "联系方式", "", "备注"],
        ["", "", "", "", "", "手机", "微信", ""],
        [*ROW, "13800000000", "x", "党员"],
        merged=["A1:H1", *(f"{letter}4:{letter}5" for letter in "ABCDEH"), "F4:G4"],
    )
    found = table(content)
    assert (found.heading_line, placed(found)["phone"], found.ignored) == (5, "F", ("微信", "备注"))
    assert [number for number, _cells in found.rows()] == [6]


def test_what_is_no_row_is_passed_over_and_told():
    content = book(
        HEADS,
        ("示例", "501", "张三", "", ""),
        ROW,
        HEADS,
        ("", "", "", "", ""),
        ROW,
        ("合计：2 人",),
        ("制表人：李四", "", "", "审核：王五"),
        ("注：本表每月更新", "注：本表每月更新"),
    )
    found = table(content)
    assert [number for number, _cells in found.rows()] == [3, 6]
    assert found.skipped == [2, 4, 7, 8, 9]


def test_line_numbers_alone_are_no_rows():
    found = table(book(["序号", *HEADS], [1, *ROW], [2], [3]))
    assert [number for number, _cells in found.rows()] == [2]
    assert found.skipped == []


def test_the_sheet_that_has_the_headings_is_taken():
    workbook = Workbook()
    workbook.active.title = "说明"
    workbook.active.append(["怎么填"])
    workbook.create_sheet("空")
    sheet = workbook.create_sheet("名册")
    sheet.append(HEADS)
    sheet.append(ROW)
    found = table(saved(workbook))
    assert (found.sheet.name, found.other_sheets) == ("名册", ("说明",))


def test_missing_columns_are_named():
    with refused("「Sheet1」第 2 行的表头缺少：证件号、性别"):
        table(book(["西村"], ["门洞", "室号", "姓名"], ["1 号", "501", "王"]))


def test_sheet_without_headings_is_refused_naming_what_is_wanted():
    with refused("表头一行要有：门洞、室号、姓名、证件号、性别"):
        table(book(["这是别的表"], [1, 2, 3]))
