"""The rows of a table as markup. Written here, since loops of a template over 400 cells are most of a page's time."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from xiuhua.ground.ui.lists.column import Column, Drawn
from xiuhua.ground.ui.templatetags.ui import icon

ROW, FIRST = '<tr role="row">', '<th scope="row" role="rowheader">'
"""Roles are written out: rows that a phone shows as cards are no table to a browser."""


def body_of(columns: Sequence[Column[Any]], rows: Iterable[Any]) -> SafeString:
    """Table rows, the first cell of each at its head; empty where there are none."""
    openings = [_opening(column) for column in columns[1:]]
    return SafeString("".join(_row(columns, openings, row) for row in rows))


def _row(columns: Sequence[Column[Any]], openings: list[str], row: Any) -> str:
    first, *rest = [column.drawn(row) for column in columns]
    cells = "".join(f"{opening}{_words(cell)}</td>" for opening, cell in zip(openings, rest, strict=True))
    return f"{ROW}{FIRST}{_words(first)}</th>{cells}</tr>\n"


def _opening(column: Column[Any]) -> str:
    numeric = ' class="xh-num"' if column.numeric else ""
    return f'<td role="cell"{numeric} data-label="{escape(column.head)}">'


def _words(cell: Drawn) -> str:
    words = str(escape(cell.text))
    symbol = icon(cell.symbol, "") if cell.symbol else ""
    if cell.column.kind == "chip" and cell.known:
        words = f'<span class="xh-chip{_class(" is-", cell.tone)}">{symbol}{words}</span>'
    elif symbol:
        words = f'<span class="xh-mark{_class(" ", cell.tone)}">{symbol}<span>{words}</span></span>'
    return f'<a href="{escape(cell.link)}">{words}</a>' if cell.link else words


def _class(before: str, tone: str) -> str:
    return f"{before}{escape(tone)}" if tone else ""
