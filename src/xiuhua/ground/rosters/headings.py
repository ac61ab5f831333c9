"""Finding a kind's columns in a sheet (认表头): titles above, headings under other names, remarks below.

Offices keep their own files: a title over all columns, headings with line breaks in them, 手机 where the template
says 电话, totals and signatures at the foot. What was passed over is reported, never silently lost.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import Any

from xiuhua.ground.rosters.kinds import Column, RosterKind
from xiuhua.ground.rosters.parts import column_letters
from xiuhua.ground.rosters.sheets import Cells, Line, Sheet
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

SERIAL = "序号"
"""Heading of the column that only counts lines; example rows say `EXAMPLE` there."""
EXAMPLE = "示例"
_LINES_ABOVE = 20
"""How far down a heading row is looked for."""
_FOOTER = re.compile(
    r"(合计|总计|小计|共计|累计|以上|以下空白|制表|填表|填报|审核|审批|负责人|经办|联系人[:：]|打印|注[:：]|备注[:：]|说明[:：]|第\d+页)"
)
_UNSAID = re.compile(r"[\s*＊:：]|[(（][^)）]*[)）]")


@dataclass(frozen=True, slots=True)
class Found:
    """A column of the kind where it stands in the sheet; `index` counts from zero."""

    name: str
    column: Column
    index: int
    heading: str

    @property
    def letters(self) -> str:
        return column_letters(self.index + 1)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose heading row was found: its columns, and the rows below that belong to the roster."""

    sheet: Sheet
    heading_line: int
    columns: tuple[Found, ...]
    ignored: tuple[str, ...]
    """Headings that the kind does not know, and repetitions of one that it does."""
    other_sheets: tuple[str, ...] = ()
    skipped: list[int] = field(default_factory=list)
    """Lines below the heading that are no rows, as found by the last pass of `rows`: totals, signatures, headings."""

    def rows(self) -> Iterator[Line]:
        """Lines that belong to the roster."""
        self.skipped.clear()
        heads = [(found.index, key(found.heading)) for found in self.columns]
        indices = [found.index for found in self.columns]
        required = [found.index for found in self.columns if found.column.required]
        for number, cells in self.sheet.lines():
            if number <= self.heading_line or _is_blank(cells, indices):
                continue
            if _is_example(cells) or _is_footer(cells, required) or _repeats(cells, heads):
                self.skipped.append(number)
            else:
                yield number, cells


class UnknownHeadings(Refused):
    """No sheet has the headings that are needed; whoever knows the file may say what its headings mean."""


def find_table(
    sheets: Sequence[Sheet], kind: type[RosterKind], chosen: Mapping[str, str] = MappingProxyType({})
) -> Table:
    """Find the sheet and the row of headings that a kind's columns stand under.

    Parameters
    ----------
    sheets : sequence of Sheet
        The file's sheets.
    kind : type of RosterKind
        What is imported.
    chosen : mapping, optional
        What the office said that headings mean: column names by `key` of the heading; none for one that is not used.

    Raises
    ------
    UnknownHeadings
        No sheet has the headings, or one lacks required columns; the reasons name them.
    """
    best = _best(sheets, kind, chosen)
    if best is None:
        raise _no_headings(sheets, kind)
    missing = [
        column.heading
        for name, column in kind.fields.items()
        if column.required and name not in {found.name for found in best.columns}
    ]
    if missing:
        raise _missing(best, missing, kind)
    others = tuple(sheet.name for sheet in sheets if sheet is not best.sheet and any(sheet.lines()))
    return Table(best.sheet, best.heading_line, best.columns, best.ignored, others)


def names_of(columns: Mapping[str, Column]) -> dict[str, str]:
    """Column names by each heading under which they may stand."""
    found = {key(other): name for name, column in columns.items() for other in column.also}
    return found | {key(column.heading): name for name, column in columns.items()}


def key(heading: Any) -> str:
    """A heading without what does not matter: blanks, line breaks, remarks in brackets, stars, width, case."""
    return _UNSAID.sub("", unicodedata.normalize("NFKC", str(heading))).casefold()


def first_headings(sheets: Sequence[Sheet], kind: type[RosterKind], chosen: Mapping[str, str]) -> dict[str, str]:
    """Headings of a file as they are written, and which column each means as far as that is known.

    Where no row of headings is recognised, the first line that has as many texts as any is taken for it.
    """
    table = _best(sheets, kind, chosen)
    sheet, line = (table.sheet, table.heading_line) if table else _likely(sheets)
    headings = _written(sheet, line)
    known = table.columns if table else _matched(headings, kind.fields, _names(kind, chosen), chosen)[0]
    columns = {found.heading: found.name for found in known}
    return {heading: columns.get(heading, "") for heading in headings if key(heading) not in ("", SERIAL)}


def _best(sheets: Sequence[Sheet], kind: type[RosterKind], chosen: Mapping[str, str]) -> Table | None:
    """The table of the sheet that has the most of the columns."""
    names = _names(kind, chosen)
    tables = [table for sheet in sheets if (table := _table_in(sheet, kind.fields, names, chosen))]
    return max(tables, key=lambda table: len(table.columns), default=None)


def _names(kind: type[RosterKind], chosen: Mapping[str, str]) -> dict[str, str]:
    """Column names by each heading that is known, what the office said before what is usual."""
    return {heading: name for heading, name in {**names_of(kind.fields), **chosen}.items() if name in kind.fields}


def _likely(sheets: Sequence[Sheet]) -> tuple[Sheet, int]:
    """The line that most looks like headings: the first of those with the most texts."""
    lines = [
        (len({str(cell) for cell in cells if isinstance(cell, str) and cell.strip()}), -place, -number, sheet)
        for place, sheet in enumerate(sheets)
        for number, cells in islice(sheet.lines(), _LINES_ABOVE)
    ]
    if not lines:
        raise Refused(Reason(_("表是空的"), field="file", mend=_("换一个有内容的文件")))
    _texts, _place, number, sheet = max(lines, key=lambda line: line[:3])
    return sheet, -number


def _written(sheet: Sheet, line: int) -> list[str]:
    cells = next((cells for number, cells in sheet.lines() if number == line), ())
    return list(dict.fromkeys(words for cell in cells if (words := " ".join(str(cell).split()))))


def _table_in(
    sheet: Sheet, columns: Mapping[str, Column], names: Mapping[str, str], chosen: Mapping[str, str]
) -> Table | None:
    """The likeliest heading row of a sheet; of equally likely ones that follow each other, the last."""
    best: tuple[int, int, Cells] | None = None
    for number, cells in islice(sheet.lines(), _LINES_ABOVE):
        matches = len({names[key(cell)] for cell in cells if key(cell) in names})
        if matches and (best is None or matches > best[0] or (matches == best[0] and number == best[1] + 1)):
            best = (matches, number, cells)
    if best is None or (best[0] < 2 and len(columns) > 1):
        return None
    return Table(sheet, best[1], *_matched(best[2], columns, names, chosen))


def _matched(
    cells: Cells, columns: Mapping[str, Column], names: Mapping[str, str], chosen: Mapping[str, str]
) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """The columns under their headings, from left to right, and the headings that are passed over."""
    headings = [" ".join(str(cell).split()) for cell in cells]
    taken: dict[str, int] = {}
    exact = {key(column.heading): name for name, column in columns.items()}
    for known in (chosen, exact, names):  # what the office said, then the template's own heading, then another name
        for index, heading in enumerate(headings):
            name = known.get(key(heading))
            if name and name == names.get(key(heading)) and name not in taken:
                taken[name] = index
    found = sorted(taken.items(), key=lambda item: item[1])
    used = set(taken.values())
    ignored = tuple(
        heading
        for index, heading in enumerate(headings)
        if heading and index not in used and key(heading) != SERIAL and heading not in headings[:index]
    )
    return tuple(Found(name, columns[name], index, headings[index]) for name, index in found), ignored


def _is_blank(cells: Cells, indices: Iterable[int]) -> bool:
    return all(index >= len(cells) or not str(cells[index]).strip() for index in indices)


def _first(cells: Cells) -> str:
    return next((str(cell).strip() for cell in cells if str(cell).strip()), "")


def _is_example(cells: Cells) -> bool:
    return _first(cells).startswith(EXAMPLE)


def _is_footer(cells: Cells, required: Sequence[int]) -> bool:
    """Whether the line is a remark: it begins as remarks do, and lacks what a row must have or says one thing only."""
    if not _FOOTER.match("".join(_first(cells).split())):
        return False
    lacks = any(index >= len(cells) or not str(cells[index]).strip() for index in required)
    return lacks or len({str(cell) for cell in cells if str(cell).strip()}) == 1


def _repeats(cells: Cells, heads: Sequence[tuple[int, str]]) -> bool:
    """Whether the line is the heading once more, as long lists are printed."""
    return all(index < len(cells) and key(cells[index]) == head for index, head in heads)


def _no_headings(sheets: Sequence[Sheet], kind: type[RosterKind]) -> Refused:
    required = _("、").join(column.heading for column in kind.fields.values() if column.required)
    names = _("、").join(sheet.name for sheet in sheets[:5])
    return UnknownHeadings(
        Reason(
            _("「%(sheets)s」里没有找到%(title)s名册的表头") % {"sheets": names, "title": kind.title},
            field="file",
            mend=_told_how(kind) or _("表头一行要有：%(required)s；可以下载模板对照") % {"required": required},
        )
    )


def _missing(table: Table, missing: Sequence[str], kind: type[RosterKind]) -> Refused:
    where = {"sheet": table.sheet.name, "line": table.heading_line, "missing": _("、").join(missing)}
    return UnknownHeadings(
        Reason(
            _("「%(sheet)s」第 %(line)s 行的表头缺少：%(missing)s") % where,
            field="file",
            mend=_told_how(kind) or _("补上这几列，或者下载模板对照"),
        )
    )


def _told_how(kind: type[RosterKind]) -> str:
    """What helps where the office can say itself what headings mean."""
    return _("请点「认列」，选出每一列是什么") if kind.learns_headings else ""
