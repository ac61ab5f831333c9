"""Named columns of somebody's spreadsheet, as text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from xiuhua.ground.rosters import limits
from xiuhua.ground.rosters.sheets import Broken, Sheet, read_sheets, too_heavy
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

_HEADING_LINES = 20
"""How far down the headings may stand, below a title."""
_MOMENTS = (
    *(f"%Y{mark}%m{mark}%d{clock}" for mark in "-/." for clock in ("", " %H:%M", " %H:%M:%S")),
    *(f"%Y年%m月%d日{clock}" for clock in ("", " %H:%M", " %H:%M:%S", "%H时%M分")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a sheet: its number as Excel shows it, and the cells of the columns that were asked for."""

    line: int
    cells: tuple[Any, ...]


def read_columns(file: Path, columns: Sequence[str]) -> list[Row]:
    """Read these columns of the first sheet that has them all.

    Raises
    ------
    Refused
        The file cannot be read, or no sheet has the columns; the reason names those that there are.
    """
    try:
        sheets = read_sheets(_content(file), file.name)
    except Refused as refused:
        raise Refused(
            *(Reason(reason.text, field=str(file), mend=reason.mend) for reason in refused.reasons)
        ) from refused
    headings: list[str] = []
    for sheet in sheets:
        rows = _rows(sheet, columns, headings)
        if rows is not None:
            return rows
    if not headings:
        raise Refused(Reason(_("文件是空的"), field=str(file), mend=_("选一个填好的表")))
    missing = _("、").join(f"「{column}」" for column in columns if column not in headings) or "、".join(columns)
    there = _("表里有：%(columns)s") % {"columns": _("、").join(headings)}
    raise Refused(Reason(_("没有%(columns)s这一列") % {"columns": missing}, field=str(file), mend=there))


def words(cell: Any) -> str:
    """A cell as text on one or more lines; a whole number without its point, a broken formula as nothing."""
    if cell is None or isinstance(cell, Broken):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def titled(cells: Sequence[Any]) -> str:
    """Several cells as one text: the first is its title, on a line of its own."""
    title, *others = (words(cell) for cell in cells)
    return "\n".join([" ".join(title.split()), *others]).strip() if others else title


def moment(cell: Any) -> float | None:
    """A cell as seconds since 1970; NaN where nothing is written, None where it is no moment."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=cell.tzinfo or UTC).timestamp()
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=UTC).timestamp()
    text = " ".join(words(cell).replace("T", " ").split())
    if not text:
        return math.nan
    for form in _MOMENTS:
        try:
            return datetime.strptime(text.split("+")[0], form).replace(tzinfo=UTC).timestamp()
        except ValueError:
            continue
    return None


def _rows(sheet: Sheet, columns: Sequence[str], headings: list[str]) -> list[Row] | None:
    """The rows below the headings, or None and, in `headings`, what stands on the fullest line that could be them."""
    places: list[int] | None = None
    rows: list[Row] = []
    for number, (line, cells) in enumerate(sheet.lines()):
        if places is not None:
            rows.append(Row(line, tuple(cells[place] if place < len(cells) else "" for place in places)))
            continue
        if number >= _HEADING_LINES:
            break
        heads = [words(cell) for cell in cells]
        if all(column in heads for column in columns):
            places = [heads.index(column) for column in columns]
        elif sum(map(bool, heads)) > len(headings):
            headings[:] = filter(None, heads)
    return None if places is None else rows


def _content(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size > limits.FILE_BYTES:
            raise too_heavy(size)
        return file.read_bytes()
    except OSError as error:
        raise Refused(Reason(_("读不到文件"), field=str(file), mend=_("看看路径和文件名"))) from error
