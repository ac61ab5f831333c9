"""Cells that only the territory's sheets have (区划代码、室号、规则手册里的名目)."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xiuhua.ground.rosters.cells import Cell, ChoiceCell, CodeCell, TextCell, Words, half_width, wrong
from xiuhua.ground.words import gettext as _

_FLOORED = re.compile(r"(?P<floor>\d{1,2})\d{2}[A-Za-z甲乙丙丁东南西北中]?")


class CodeOfPlaceCell(CodeCell):
    """The code of a place (区划代码), of so many digits.

    Parameters
    ----------
    digits : int
        How many.
    """

    def __init__(self, digits: int) -> None:
        super().__init__()
        self.digits = digits

    @property
    def advice(self) -> Words:
        return _("%(digits)s 位数字") % {"digits": self.digits}

    def read(self, value: Any) -> str | None:
        text = half_width(value)
        if not text:
            return None
        if not text.isdecimal() or len(text) != self.digits:
            wrong(_("不是 %(digits)s 位数字") % {"digits": self.digits}, _("对一下统计用区划代码；不知道就空着"))
        return text


class RoomCell(TextCell):
    """A room's number (室号), without 室 behind it."""

    def __init__(self) -> None:
        super().__init__(12)

    def tidy(self, text: str) -> str:
        return "".join(text.split()).removesuffix("室").removesuffix("房").upper()


class BookCell(Cell):
    """One of the words that the rule book has (规则手册), which is read when it is first asked.

    Parameters
    ----------
    names : callable
        Gives by key its names; the first is offered.
    advice : str
        How to fill the cell.
    """

    def __init__(self, names: Callable[[], Mapping[str, Sequence[str]]], advice: Words) -> None:
        super().__init__()
        self._names = names
        self._advice = advice
        self._choice: ChoiceCell | None = None

    @property
    def advice(self) -> Words:
        return self._advice

    @property
    def options(self) -> Sequence[str]:  # type: ignore[override]  # not before the book is read
        """What a dropdown offers."""
        return self._book().options

    def read(self, value: Any) -> Any:
        return self._book().read(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self._book().render(value, obj, **kwargs)

    def _book(self) -> ChoiceCell:
        if self._choice is None:
            self._choice = ChoiceCell(self._names())
        return self._choice


def floor_of(room: str) -> int | None:
    """The floor that a room's number tells: 401 is on the fourth; None where it tells none."""
    found = _FLOORED.fullmatch(room)
    return int(found["floor"]) or None if found else None
