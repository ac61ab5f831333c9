"""The one list page (列表页): a programme declares columns, and gets sorting, filtering, pages and an Excel export.

::

    committees = ListPage(
        title=_("居委会"),
        columns=[
            Column("name", _("居委会"), lambda row: row.name, link=lambda row: row.get_absolute_url()),
            Column("share", _("够得到"), lambda row: row.share, unit="%", shown=lambda share: f"{share:.1%}"),
        ],
        empty=Empty(_("还没有算过"), _("在生活圈页面选好人群，点「算一次」。"), reverse("lifecircle:page"), _("去算")),
    )
    return committees.respond(request, rows)
"""

import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Row = TypeVar("Row")
Cell = str | int | float | Decimal | date | datetime | bool | None
Words = str | Promise

PAGE_SIZE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPRINTABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
WIDEST = 60
"""Widest column of an export, in characters."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: where its value comes from and how it is shown.

    Parameters
    ----------
    key : str
        Name in the query string (``?sort=key``).
    title : str
        Head of the column, unit left out.
    value : callable
        Cell of a row: what is sorted by and exported.
    unit : str
        Unit, named in the head.
    numeric : bool
        Right-aligned figures; sorted from high to low at the first click.
    shown : callable, optional
        How a value reads on screen.
    export_shown : bool
        The export holds what is shown, where the value itself only orders.
    link : callable, optional
        Address of the page about a row.
    """

    key: str
    title: Words
    value: Callable[[Row], Cell]
    unit: Words = ""
    numeric: bool = False
    shown: Callable[[Any], str] | None = None
    export_shown: bool = False
    link: Callable[[Row], str] | None = None

    def text(self, row: Row) -> str:
        value = self.value(row)
        if value is None:
            return "—"
        return self.shown(value) if self.shown else str(value)

    def exported(self, row: Row) -> Cell:
        """What the export holds of a row."""
        return self.text(row) if self.export_shown else self.value(row)


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says: why, and what to do next."""

    title: Words
    subtitle: Words = ""
    url: str = ""
    action: Words = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head as drawn."""

    column: Column[Any]
    sort: str
    order: str | None


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """A list as declared by a programme; `respond` answers a request with it."""

    title: Words
    columns: Sequence[Column[Row]]
    empty: Empty
    subtitle: Words = ""
    filter_label: Words = ""
    page_size: int = PAGE_SIZE
    template: str = "ui/list.html"
    extra: dict[str, Any] = field(default_factory=dict)

    def respond(self, request: HttpRequest, rows: Iterable[Row]) -> HttpResponse:
        """Answer with the page, or with an Excel file where ``?export=xlsx`` asks for it."""
        wanted, sort = request.GET.get("q", "").strip(), request.GET.get("sort", "")
        everything = list(rows)
        found = self.sorted(self.matching(everything, wanted), sort)
        if request.GET.get("export") == "xlsx":
            return self._file(found)
        page: Page[Row] = Paginator(found, self.page_size).get_page(request.GET.get("page"))
        context = {
            "list": self,
            "heads": self.heads(sort),
            "rows": [
                [(column, column.text(row), column.link(row) if column.link else "") for column in self.columns]
                for row in page
            ],
            "page": page,
            "page_numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            "found": len(found),
            "total": len(everything),
            "q": wanted,
            "sort": sort,
            **self.extra,
        }
        return render(request, self.template, context)

    def matching(self, rows: list[Row], wanted: str) -> list[Row]:
        """Rows in which every word of `wanted` occurs in some column, whatever the width or case of its letters."""
        words = _plain(wanted).split()
        if not words:
            return rows
        return [
            row for row in rows if all(word in _plain(" ".join(c.text(row) for c in self.columns)) for word in words)
        ]

    def sorted(self, rows: list[Row], sort: str) -> list[Row]:
        """Rows in the order of ``key`` (upwards) or ``-key`` (downwards); those without a value come last."""
        column = next((column for column in self.columns if column.key == sort.lstrip("-")), None)
        if column is None:
            return rows
        known = [row for row in rows if column.value(row) is not None]
        known.sort(key=lambda row: _order(column.value(row)), reverse=sort.startswith("-"))
        return known + [row for row in rows if column.value(row) is None]

    def heads(self, sort: str) -> list[Head]:
        """Heads with what a click on each sorts by: the other way round where it is sorted already."""
        heads = []
        for column in self.columns:
            up, down = column.key, f"-{column.key}"
            order = {up: "ascending", down: "descending"}.get(sort)
            first, second = (down, up) if column.numeric else (up, down)
            heads.append(Head(column, second if sort == first else first, order))
        return heads

    def workbook(self, rows: Iterable[Row]) -> bytes:
        """Return the rows as an Excel file: one sheet, heads frozen, figures as figures.

        A text is written as a text and marked so (``quotePrefix``), hence one that begins with ``=`` is no formula,
        neither when the file is opened nor when the cell is edited.
        """
        book = Workbook(write_only=True)
        sheet = book.create_sheet(_sheet_name(str(self.title)))
        table = [[column.exported(row) for column in self.columns] for row in rows]
        titles = [f"{column.title}（{column.unit}）" if column.unit else str(column.title) for column in self.columns]
        for number, title in enumerate(titles):
            widths = [_width(title), *(_width(str(cells[number])) for cells in table if cells[number] is not None)]
            sheet.column_dimensions[get_column_letter(number + 1)].width = min(max(widths) + 2, WIDEST)
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, title, bold=True) for title in titles])
        for cells in table:
            sheet.append([_cell(sheet, value) for value in cells])
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    def _file(self, rows: Iterable[Row]) -> HttpResponse:
        name = quote(f"{self.title}.xlsx")
        return HttpResponse(
            self.workbook(rows),
            content_type=XLSX,
            headers={"Content-Disposition": f"attachment; filename=\"list.xlsx\"; filename*=UTF-8''{name}"},
        )


def _cell(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone().replace(tzinfo=None)
    held: Any = _printable(value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, value=held)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell


def _printable(text: str) -> str:
    """Drop the characters that a spreadsheet file, which is XML, cannot hold."""
    return UNPRINTABLE.sub("", text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _order(value: Cell) -> Any:
    return _plain(value).encode("gb18030", "replace") if isinstance(value, str) else value


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", _printable(title)).strip("' \t\r\n")[:31] or "Sheet"
