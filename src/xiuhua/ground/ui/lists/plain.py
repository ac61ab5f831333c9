"""Rows that something computed: searched and sorted in memory, as they read."""

from collections.abc import Sequence
from typing import Any

from xiuhua.ground.ui.lists.column import Cell, Column, Row
from xiuhua.ground.ui.lists.text import plain


def matching(columns: Sequence[Column[Row]], rows: list[Row], wanted: str) -> list[Row]:
    """Rows in which every word of `wanted` occurs in some column, whatever the width or case of its letters."""
    words = plain(wanted).split()
    if not words:
        return rows
    return [row for row in rows if all(word in plain(" ".join(c.text(row) for c in columns)) for word in words)]


def ordered(columns: Sequence[Column[Row]], rows: list[Row], sort: str) -> list[Row]:
    """Rows in the order of ``key`` (upwards) or ``-key`` (downwards); those without a value come last."""
    column = next((column for column in columns if column.key == sort.removeprefix("-")), None)
    if column is None:
        return rows
    known = [row for row in rows if column.cell(row) is not None]
    known.sort(key=lambda row: _order(column.cell(row)), reverse=sort.startswith("-"))
    return known + [row for row in rows if column.cell(row) is None]


def _order(value: Cell) -> Any:
    """Chinese by its pronunciation, as GB 18030's first level lies."""
    return plain(value).encode("gb18030", "replace") if isinstance(value, str) else value
