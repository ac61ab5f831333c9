"""Rows as an Excel file, written as they come: a hundred thousand rows take no more memory than one.

The file holds what Excel itself would write for such a table (ECMA-376): one sheet, its head frozen, texts as texts.
Each text is marked ``quotePrefix``, hence one that begins with ``=`` is no formula, neither when the file is opened nor
when the cell is edited.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, islice
from math import isfinite
from typing import IO
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.http import HttpResponse
from django.utils import timezone
from openpyxl.utils import get_column_letter

from xiuhua.ground.ui.lists.column import Cell
from xiuhua.ground.ui.lists.text import printable, width

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60
"""Widest column, in characters."""
MEASURED = 500
"""Rows whose texts decide how wide the columns are."""
LONGEST = 32_767
"""Longest text that Excel keeps in a cell."""

_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel knows no zones
_HEAD, _TEXT, _DAY, _MOMENT = 1, 2, 3, 4
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" quotePrefix="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def file_response(content: bytes, name: str) -> HttpResponse:
    """Hand over a workbook under a name, which may be Chinese."""
    named = f"attachment; filename=\"list.xlsx\"; filename*=UTF-8''{quote(name)}"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": named})


def write_workbook(file: IO[bytes], title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a table into an open file.

    Parameters
    ----------
    file : binary file
        Written from its present place; it need not be seekable.
    title : str
        Name of the sheet; what Excel does not allow there is left out.
    heads : sequence of str
        First row.
    rows : iterable
        Read once, as it is written.

    Returns
    -------
    int
        How many rows there were, the head not counted.
    """
    coming = iter(rows)
    first = list(islice(coming, MEASURED))
    count = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
        for name, part in _PARTS.items():
            package.writestr(name, _XML + part)
        package.writestr("xl/workbook.xml", _XML + _book(title))
        with (
            package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet,
            io.TextIOWrapper(sheet, "utf-8", write_through=False) as text,
        ):
            letters = [get_column_letter(number + 1) for number in range(len(heads))]
            text.write(_XML + _opening(heads, first))
            text.write(_row(1, letters, heads, _HEAD))
            for count, cells in enumerate(chain(first, coming), start=1):
                text.write(_row(count + 1, letters, cells, _TEXT))
            text.write("</sheetData></worksheet>")
    return count


def _book(title: str) -> str:
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        f'<sheet name="{_attribute(_sheet_name(title))}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _opening(heads: Sequence[str], first: list[Sequence[Cell]]) -> str:
    widths = [min(_widest(head, place, first) + 2, WIDEST) for place, head in enumerate(heads)]
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{characters}" customWidth="1"/>'
        for number, characters in enumerate(widths, start=1)
    )
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    views = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    return f'<worksheet xmlns="{_MAIN}">{views}' + (f"<cols>{columns}</cols>" if columns else "") + "<sheetData>"


def _widest(head: str, place: int, rows: list[Sequence[Cell]]) -> int:
    return max([width(head), *(width(str(cells[place])) for cells in rows if cells[place] is not None)])


def _row(number: int, letters: list[str], cells: Sequence[Cell], style: int) -> str:
    drawn = "".join(
        _cell(f"{letter}{number}", value, style)
        for letter, value in zip(letters, cells, strict=True)
        if value is not None
    )
    return f'<row r="{number}">{drawn}</row>'


def _cell(place: str, value: Cell, style: int) -> str:
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, datetime):
        local = timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
        return f'<c r="{place}" s="{_MOMENT}"><v>{_serial(local)}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="{_DAY}"><v>{_serial(value)}</v></c>'
    if isinstance(value, str):
        text = escape(_ESCAPE_LIKE.sub("_x005F_", printable(value[:LONGEST])))
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>' if value is not None and isfinite(value) else ""


def _serial(value: date) -> float:
    """A day as Excel counts them, with the time as its fraction."""
    if not isinstance(value, datetime):
        return (value - _ZERO.date()).days
    return (value - _ZERO) / timedelta(days=1)


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", printable(title)).strip("' \t\r\n")[:31] or "Sheet"


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;", "\t": " ", "\n": " "})
