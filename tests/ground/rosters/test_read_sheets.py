"""Spreadsheets as they come, and as somebody hostile would make them."""

import io
import struct
import tracemalloc
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from ground.rosters.books import MAIN, book, parts, raw, saved, written, zipped
from xiuhua.ground.rosters import limits
from xiuhua.ground.rosters.sheets import BROKEN, read_sheets
from xiuhua.ground.verdicts import Refused

XML = "xl/worksheets/sheet1.xml"


def lines(content, name="名册.xlsx"):
    return list(read_sheets(content, name)[0].lines())


def refusal(content, name="名册.xlsx"):
    with pytest.raises(Refused) as caught:
        read_sheets(content, name)
    reason = caught.value.reasons[0]
    assert reason.field == "file"
    assert reason.mend
    return reason.text


def test_lines_are_numbered_as_excel_shows_them():
    assert lines(book(["姓名", "年"], [], ["王秀英", 1943.0], [" "], ["李强", date(1950, 1, 2)])) == [
        (1, ["姓名", "年"]),
        (3, ["王秀英", 1943.0]),
        (5, ["李强", date(1950, 1, 2)]),
    ]


def test_cells_are_counted_from_column_a():
    sheet = f'<sheetData><row r="3">{written("C3", "王")}</row></sheetData>'
    assert lines(raw(sheet)) == [(3, ["", "", "王"])]


def test_merged_cells_are_filled():
    content = book(["楼", "", "室"], ["1 号", "", 101], ["", "", 102], ["2 号", "", 201], merged=["A1:B1", "A2:B3"])
    assert lines(content) == [
        (1, ["楼", "楼", "室"]),
        (2, ["1 号", "1 号", 101.0]),
        (3, ["1 号", "1 号", 102.0]),
        (4, ["2 号", "", 201.0]),
    ]


def test_hidden_sheets_are_left_out():
    workbook = Workbook()
    workbook.active.title = "藏起来"
    workbook.active.sheet_state = "hidden"
    workbook.create_sheet("名册").append(["王"])
    assert [sheet.name for sheet in read_sheets(saved(workbook))] == ["名册"]


def test_broken_formula_is_told_apart_from_an_empty_cell():
    workbook = Workbook()
    workbook.active.append(["别的"])
    workbook.create_sheet("名册").append(["王", "#N/A", None])
    first, second = read_sheets(saved(workbook))
    assert list(first.lines()) == [(1, ["别的"])]
    assert list(second.lines()) == [(1, ["王", BROKEN])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv(encoding, mark):
    text = f"姓名{mark}电话\r\n王秀英{mark}13800000000\r\n"
    assert lines(text.encode(encoding), "名册.csv") == [(1, ["姓名", "电话"]), (2, ["王秀英", "13800000000"])]


# --- what is not a spreadsheet -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空的"),
        (b"   \n", "空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "只能读 .xlsx 和 .csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        (b"<html><table><tr><td>1</td></tr></table>", "只能读 .xlsx 和 .csv"),
        (b"%PDF-1.7\n\x00\x00\x00", "只能读 .xlsx 和 .csv"),
        (b"\xff\xfe\xff\x80\x81\xff\xff", "只能读 .xlsx 和 .csv"),
        (b"PK\x03\x04 and nothing else", "已损坏"),
        (book(["王"])[:-200], "已损坏"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}), "不是 Excel"),
        (raw("<sheetData>"), "读不懂"),
    ],
)
def test_what_is_no_workbook_is_refused(content, says):
    assert says in refusal(content)


def test_file_of_many_megabytes_is_refused_unread():
    assert "30 MB" in refusal(b"PK\x03\x04" + bytes(limits.FILE_BYTES))


def test_macros_are_refused():
    assert "宏" in refusal(zipped(parts() | {"xl/vbaProject.bin": b"\xd0\xcf"}))
    assert "宏" in refusal(zipped(parts() | {"xl/macrosheets/sheet1.xml": "<a/>"}))


def test_archive_with_a_password_is_refused():
    content = bytearray(book(["王"]))
    start = content.find(b"PK\x01\x02")
    while start >= 0:
        content[start + 8] |= 1
        start = content.find(b"PK\x01\x02", start + 1)
    assert "密码" in refusal(bytes(content))


@pytest.mark.parametrize("name", ["../../etc/passwd.xml", "/etc/passwd.xml", "xl/../../x.xml", "c:\\x.xml"])
def test_name_outside_the_archive_is_refused(name):
    assert "已损坏" in refusal(zipped(parts() | {name: "<a/>"}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused():
    file = io.BytesIO(book(["王"]))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(XML, "<worksheet/>")
    assert "已损坏" in refusal(file.getvalue())


# --- bombs -------------------------------------------------------------------------------------------------------


def test_bomb_is_refused_for_what_it_says(monkeypatch):
    monkeypatch.setattr(limits, "INFLATED_BYTES", 100_000)
    assert "太大" in refusal(raw(f"<sheetData>{' ' * 200_000}</sheetData>"))


def lying(content: bytes, size: int) -> bytes:
    """The archive with the sheet's size in its directory, and beside the part itself, changed."""
    lied = bytearray(content)
    directory = content.rindex(XML.encode()) - 46
    local = content.index(XML.encode()) - 30
    struct.pack_into("<L", lied, directory + 24, size)
    struct.pack_into("<L", lied, local + 22, size)
    return bytes(lied)


def test_bomb_is_refused_whatever_its_directory_says(monkeypatch):
    monkeypatch.setattr(limits, "INFLATED_BYTES", 100_000)
    bomb = lying(raw(f"<sheetData>{' ' * 200_000}</sheetData>"), 500)
    assert "太大" in refusal(bomb)


def test_directory_that_hides_the_rest_of_a_part_is_refused():
    sheet = f"<sheetData><row>{written('A1')}</row></sheetData>"
    assert "已损坏" in refusal(lying(raw(sheet), 60))


def test_bomb_takes_little_memory():
    bomb = raw(f"<sheetData>{' ' * 60_000_000}</sheetData>")
    assert len(bomb) < 400_000
    tracemalloc.start()
    try:
        assert lines(bomb) == []
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_entities_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    row = '<row><c t="inlineStr"><is><t>&b;</t></is></c></row>'
    sheet = f'{bomb}<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>'
    assert "读不懂" in refusal(zipped(parts() | {XML: sheet}))
    strings = f'{bomb}<sst xmlns="{MAIN}"><si><t>&b;</t></si></sst>'
    assert "读不懂" in refusal(zipped(parts() | {"xl/sharedStrings.xml": strings}))


def test_entity_that_names_a_file_is_refused():
    sheet = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    assert "读不懂" in refusal(zipped(parts() | {XML: sheet}))


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (written("A1048576"), "第 1048576 行"),
        (written("XFD2"), "XFD2"),
        ('<c r="XFD1048576" note="/&gt;"><v>1</v></c>', "第 1048576 行"),
        (f'<x:c xmlns:x="{MAIN}" r="XFD2"><x:v>1</x:v></x:c>', "XFD2"),
        ("<c><v>1</v></c>" * 61, "BI2"),
        ('<c r="A99999999"><v>1</v></c>', "读不懂"),
        ('<c r="1A"><v>1</v></c>', "读不懂"),
    ],
)
def test_one_written_cell_far_out_is_refused(cell, says):
    assert says in refusal(raw(f'<sheetData><row r="1">{written("A1")}</row><row>{cell}</row></sheetData>'))


def test_far_rows_without_references_are_refused():
    far = f'<row r="{limits.ROWS}"/>' + "<row><c><v>1</v></c></row>"
    assert f"第 {limits.ROWS + 1} 行" in refusal(raw(f"<sheetData>{far}</sheetData>"))


def test_a_sheet_by_another_name_is_looked_at_too():
    relations = parts()["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", "theme/theme1.xml")
    far = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{written("XFD9")}</row></sheetData></worksheet>'
    assert "XFD9" in refusal(zipped(parts() | {"xl/_rels/workbook.xml.rels": relations, "xl/theme/theme1.xml": far}))


def test_a_dimension_that_claims_everything_is_not_believed():
    sheet = f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{written("A1", "王")}</row></sheetData>'
    assert lines(raw(sheet)) == [(1, ["王"])]


def test_a_million_blank_rows_are_cheap():
    styled = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(2, 50_000))
    blank = "".join(f'<row r="{row}"/>' for row in range(50_000, 1_000_001))
    content = raw(f'<sheetData><row r="1">{written("A1", "王")}</row>{styled}{blank}</sheetData>')
    assert lines(content) == [(1, ["王"])]


def test_too_many_cells_and_areas_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "CELLS", 3)
    row = "".join(written(f"{letter}1") for letter in "ABCD")
    assert "格子太多" in refusal(raw(f'<sheetData><row r="1">{row}</row></sheetData>'))
    monkeypatch.setattr(limits, "MERGED_RANGES", 1)
    areas = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/></mergeCells>'
    assert "格子太多" in refusal(raw(f"<sheetData/>{areas}"))


def test_too_many_strings_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "SHARED_STRINGS", 2)
    strings = f'<sst xmlns="{MAIN}">{"<si/>" * 3}</sst>'
    assert "格子太多" in refusal(zipped(parts() | {"xl/sharedStrings.xml": strings}))


def test_overlapping_and_endless_merged_areas_do_no_harm():
    areas = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A1:B2"/></mergeCells>'
    first, second = written("A1", "王") + written("B1", "李"), written("B2", "张")
    sheet = f'<sheetData><row r="1">{first}</row><row r="2">{second}</row></sheetData>'
    assert lines(raw(sheet + areas)) == [(1, ["王", "李"]), (2, ["王", "张"])]


def test_csv_too_long_too_wide_or_with_one_endless_cell_is_refused(monkeypatch):
    assert "太大" in refusal((",".join("a" * (limits.COLUMNS + 1)) + "\n").encode(), "a.csv")
    assert "读不懂" in refusal(b'"' + b"a" * (limits.CELL_CHARACTERS * 4 + 1) + b'"\n', "a.csv")
    monkeypatch.setattr(limits, "ROWS", 3)
    assert "太大" in refusal(b"a,b\n" * 4, "a.csv")
