"""Heads and rows of a table as markup. Written here, since loops of a template over 400 cells take most of a page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from xiuhua.ground.ui.addresses import asked_otherwise
from xiuhua.ground.ui.lists.column import NOTHING, Column
from xiuhua.ground.ui.templatetags.ui import icon

SORTS = 'hx-target="#xh-list" hx-select="#xh-list" hx-select-oob="#xh-listacts" hx-swap="outerHTML" hx-push-url="true"'
ARROWS = {"ascending": "i-arrow-up", "descending": "i-arrow-down"}
ROW, FIRST = '<tr role="row">', '<th scope="row" role="rowheader">'
"""Roles are written out: rows that a phone shows as cards are no table to a browser."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head as drawn; without `sort` it does not sort."""

    column: Column[Any]
    sort: str
    order: str | None


def heads_of(heads: Iterable[Head], asked: QueryDict) -> SafeString:
    """Heads of a list's table; a click on one that sorts asks for the same list in its order."""
    return SafeString("".join(_head(head, asked) for head in heads))


def _head(head: Head, asked: QueryDict) -> str:
    css = ("xh-num" if head.column.numeric else "") + ("" if head.sort else " is-still")
    ordered = f' aria-sort="{head.order}"' if head.order else ""
    words = escape(head.column.head)
    if head.sort:
        address = escape(asked_otherwise(asked, sort=head.sort, page=None))
        arrow = icon(ARROWS[head.order], "xh-icon-16") if head.order else ""
        words = f'<a href="{address}" hx-get="{address}" {SORTS}>{words}{arrow}</a>'
    else:
        words = f"<span>{words}</span>"
    return f'<th scope="col" role="columnheader" class="{css}"{ordered}>{words}</th>'


def body_of(columns: Sequence[Column[Any]], rows: Iterable[Any]) -> SafeString:
    """Table rows, the first cell of each at its head; empty where there are none."""
    drawn = [_drawing(column, is_first=place == 0) for place, column in enumerate(columns)]
    return SafeString("".join(f"{ROW}{''.join([draw(row) for draw in drawn])}</tr>\n" for row in rows))


def _drawing(column: Column[Any], *, is_first: bool) -> Callable[[Any], str]:
    """How a cell of a column is drawn."""
    opening, closing = (FIRST, "</th>") if is_first else (_opening(column), "</td>")
    is_plain = column.symbol is None and column.kind != "chip"
    text, link, drawn = column.text, column.link, column.drawn

    def draw(row: Any) -> str:
        words = str(drawn(row)) if drawn else escape(text(row)) if is_plain else _words(column, row)
        if link is not None and (address := link(row)):
            words = f'<a href="{escape(address)}">{words}</a>'
        return f"{opening}{words}{closing}"

    return draw


def _opening(column: Column[Any]) -> str:
    numeric = ' class="xh-num"' if column.numeric else ""
    return f'<td role="cell"{numeric} data-label="{escape(column.head)}">'


def _words(column: Column[Any], row: Any) -> str:
    """Words of a cell as a chip, or behind a symbol."""
    text = column.text(row)
    tone = escape(column.tone(row)) if column.tone else ""
    named = column.symbol(row) if column.symbol else ""
    symbol = icon(named, "") if named else ""
    if column.kind == "chip" and text != NOTHING:
        return f'<span class="xh-chip{tone and f" is-{tone}"}">{symbol}{escape(text)}</span>'
    if symbol:
        return f'<span class="xh-mark{tone and f" {tone}"}">{symbol}<span>{escape(text)}</span></span>'
    return escape(text)
