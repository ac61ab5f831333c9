"""Workbooks that we hand out (发出的表): the template of a kind, and one's own table with its faults in red.

A text that Excel would take for a formula is marked as text (``quotePrefix``), as in every export of a list.
"""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from xiuhua.ground.rosters import limits
from xiuhua.ground.rosters.headings import EXAMPLE, SERIAL
from xiuhua.ground.rosters.kinds import Column, RosterKind
from xiuhua.ground.rosters.sheets import Sheet
from xiuhua.ground.ui.lists.text import printable, width
from xiuhua.ground.words import gettext as _

CINNABAR_TINT, AMBER_TINT, HEAD_TINT = (PatternFill("solid", fgColor=color) for color in ("F8E0DD", "FBEFD9", "EFE9DD"))
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_INLINE_OPTIONS = 250
"""Characters that Excel takes as a list of options within a cell's rule."""
_GUIDE, _OPTIONS = "填表说明", "选项"
_FILLED_ROWS = 5_000
"""How far down the template's dropdowns reach."""

TOLD_EVERY = 500
"""Rows between two words about how far a copy is."""
Marks = Mapping[tuple[int, int], tuple[bool, str]]
"""By (row, column) from one: whether it is a fault, and what is said of it."""


def template_of(kind: type[RosterKind]) -> bytes:
    """The empty table of a kind: headings, example rows that the import skips, notes, dropdowns, a sheet that explains.

    Parameters
    ----------
    kind : type of RosterKind
        What it is for.

    Returns
    -------
    bytes
        An Excel workbook.
    """
    workbook = Workbook()
    del workbook["Sheet"]
    sheet = workbook.create_sheet(_sheet_title(str(kind.title)))
    columns = list(kind.fields.values())
    sheet.append([SERIAL, *(column.heading for column in columns)])
    sheet.freeze_panes = "A2"
    for number in range(max((len(column.examples) for column in columns), default=0)):
        sheet.append([EXAMPLE, *(_example(column, number) for column in columns)])
    for place, column in enumerate(columns, 2):
        letters = get_column_letter(place)
        head = sheet.cell(1, place)
        head.font, head.fill, head.comment = Font(bold=True), HEAD_TINT, _note(_explained(column))
        sheet.column_dimensions[letters].width = max(12, width(column.heading) + 4, *map(width, column.examples), 0)
        sheet.column_dimensions[letters].number_format = column.widget.number_format
        for row in range(2, sheet.max_row + 1):
            _as_text(sheet.cell(row, place), column.widget.number_format)
        _offer(workbook, sheet, letters, column.widget.options)
    _guide(workbook, columns)
    return _bytes(workbook)


def marked(sheet: Sheet, marks: Marks, told: Callable[[int], None] | None = None) -> bytes:
    """A copy of somebody's own table: values as they stood, faulty cells red and reminders amber, each with a note.

    Parameters
    ----------
    sheet : Sheet
        What they uploaded.
    marks : mapping
        What is said of which cells.
    told : callable, optional
        Hears now and then how many rows are written.

    Returns
    -------
    bytes
        An Excel workbook.
    """
    workbook = Workbook(write_only=True)
    copy = workbook.create_sheet(_sheet_title(sheet.name))
    by_row: dict[int, dict[int, tuple[bool, str]]] = {}
    for (row, column), mark in marks.items():
        by_row.setdefault(row, {})[column] = mark
    last = 0
    for number, cells in sheet.lines(filled=False):
        for _blank in range(number - last - 1):
            copy.append([])
        copy.append(_drawn(copy, cells, by_row.get(number, {})))
        last = number
        if told and number % TOLD_EVERY == 0:
            told(number)
    for (top, left), (bottom, right) in sheet.merged:
        if bottom < last and right < limits.COLUMNS:
            area = f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{bottom + 1}"
            copy.merged_cells.add(area)
    return _bytes(workbook)


def _drawn(copy: Any, cells: Sequence[Any], marks: Mapping[int, tuple[bool, str]]) -> list[Any]:
    row: list[Any] = []
    for column in range(1, max(len(cells), *marks, 0) + 1):
        value = cells[column - 1] if column <= len(cells) else ""
        if column in marks:
            is_fault, said = marks[column]
            cell = _cell(copy, value)
            cell.fill = CINNABAR_TINT if is_fault else AMBER_TINT
            cell.font = Font(color="8B1E1A", bold=True) if is_fault else Font()
            cell.comment = _note(said)
            row.append(cell)
        elif isinstance(value, str) and not value.startswith(_FORMULA):
            row.append(printable(value) or None)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            row.append(value)
        else:
            row.append(_cell(copy, value))
    return row


def _cell(copy: Any, value: Any) -> Any:
    if isinstance(value, date | time | timedelta | int | float):
        moment: Any = value
        cell = WriteOnlyCell(copy, moment)
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        return cell
    cell = WriteOnlyCell(copy, printable(str(value))[: limits.CELL_CHARACTERS])
    _as_text(cell, "General")
    return cell


def _as_text(cell: Any, number_format: str) -> None:
    """Mark a cell as text, whatever it begins with."""
    if isinstance(cell.value, str):
        cell.data_type = "s"
        cell.quotePrefix = True
    cell.number_format = number_format


def _example(column: Column, number: int) -> str | None:
    return column.examples[number] if number < len(column.examples) else None


def _explained(column: Column) -> str:
    """What the template says about a column."""
    said = [_("必填") if column.required else _("可以空着"), str(column.note or column.widget.advice)]
    if column.also:
        said.append(_("也认：%(also)s") % {"also": _("、").join(column.also)})
    return "\n".join(filter(None, said))


def _note(text: str) -> Comment:
    note = Comment(text, _("绣花"))
    note.width, note.height = 240, 30 + 22 * (text.count("\n") + 1 + len(text) // 16)
    return note


def _offer(workbook: Workbook, sheet: Any, letters: str, options: Sequence[str]) -> None:
    """Let the column offer these words; others may be typed, and are judged when the file is checked."""
    if not options:
        return
    listed = ",".join(options)
    if len(listed) <= _INLINE_OPTIONS and '"' not in listed and len(listed.split(",")) == len(options):
        formula = f'"{listed}"'
    else:
        kept = workbook[_OPTIONS] if _OPTIONS in workbook.sheetnames else workbook.create_sheet(_OPTIONS)
        kept.sheet_state = "hidden"
        for row, option in enumerate(options, 1):
            kept[f"{letters}{row}"] = option
            _as_text(kept[f"{letters}{row}"], "@")
        formula = f"{_OPTIONS}!${letters}$1:${letters}${len(options)}"
    rule = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=False)
    rule.add(f"{letters}2:{letters}{_FILLED_ROWS}")
    sheet.add_data_validation(rule)


def _guide(workbook: Workbook, columns: Iterable[Column]) -> None:
    guide = workbook.create_sheet(_GUIDE)
    guide.append([_("列"), _("要不要填"), _("怎么填"), _("例如"), _("也认这些表头")])
    for cell in guide[1]:
        cell.font, cell.fill = Font(bold=True), HEAD_TINT
    for column in columns:
        guide.append(
            [
                column.heading,
                _("必填") if column.required else _("可以空着"),
                str(column.note or column.widget.advice),
                _("、").join(column.examples[:2]),
                _("、").join(column.also),
            ]
        )
    for row in guide.iter_rows(min_row=2):
        for cell in row:
            _as_text(cell, "@")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letters, size in zip("ABCDE", (16, 10, 48, 30, 30), strict=True):
        guide.column_dimensions[letters].width = size
    guide.append([])
    guide.append([_("第一列写着「示例」的行不会导入，可以留着，也可以删掉。一个格子写一项。")])


def _sheet_title(name: str) -> str:
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in printable(name)).strip("' ")[:31] or "Sheet1"


def _bytes(workbook: Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
