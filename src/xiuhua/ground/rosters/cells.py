"""How a cell is read (格子): import-export widgets that take what people and Excel really write, and say the mend.

Each `clean` returns None for an empty cell and raises `Refused` with one reason for a faulty one; the engine adds which
cell it is. `render` writes a value as the template's examples and the preview show it.
"""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NoReturn

from django.utils.functional import Promise
from import_export.widgets import Widget

from xiuhua.ground.rosters.sheets import Broken
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

Words = str | Promise

TEXT = "@"
"""Excel's number format for text, in which digits stay as typed."""
LARGEST_EXACT = 10**15
"""Excel keeps fifteen digits of a number; of a longer one the last are lost."""

_NOTHING = frozenset({"-", "—", "――", "——", "/", "\\", "无", "没有", "不详", "未知", "n/a", "N/A"})
_INVISIBLE = dict.fromkeys(
    [*map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\x7f"), *range(9), *range(14, 32)]
)
_HALF_WIDTH = {full: full - 0xFEE0 for full in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]}
_HALF_WIDTH |= {ord("　"): ord(" "), ord("＃"): ord("#"), ord("－"): ord("-"), ord("．"): ord(".")}
_HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff·])\s+(?=[\u3400-\u9fff·])")


def wrong(text: str, mend: str) -> NoReturn:
    """Refuse a cell: the cause, and what to write instead."""
    raise Refused(Reason(text, mend=mend))


def plain(value: Any) -> str:
    """Text of a cell, without stray blanks and invisible characters, whole numbers without ``.0``."""
    if isinstance(value, Broken):
        wrong(_("公式出错"), _("改成填好的内容，不用公式"))
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_EXACT:
        value = int(value)
    text = str(value).translate(_INVISIBLE).strip()
    return re.sub(r"\s+", " ", text).removeprefix("'")


def half_width(value: Any) -> str:
    """Text of a cell in half-width characters and without any blank: for numbers, dates and codes."""
    return "".join(unicodedata.normalize("NFKC", plain(value)).split())


class Cell(Widget):  # type: ignore[misc]  # import-export is untyped
    """A widget of ours: what the template says and does about the column."""

    number_format = "General"
    options: Sequence[str] = ()
    """What a dropdown offers."""

    @property
    def advice(self) -> Words:
        """How to fill the cell, for the template."""
        return ""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return what the cell means, None where it is empty; raise `Refused` where it means nothing."""
        return None if value is None or value == "" else self.read(value)

    def read(self, value: Any) -> Any:
        raise NotImplementedError

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class TextCell(Cell):
    """Text, full-width letters and digits made half-width, stray blanks gone."""

    number_format = TEXT

    def __init__(self, most: int = 200) -> None:
        super().__init__()
        self.most = most

    def read(self, value: Any) -> str | None:
        if isinstance(value, date | time):
            wrong(_("Excel 把它变成了日期"), _("把这一列设为文本，再照原样填"))
        text = self.tidy(plain(value).translate(_HALF_WIDTH).strip())
        if len(text) > self.most:
            wrong(_("太长，有 %(length)s 个字") % {"length": len(text)}, _("最多 %(most)s 个字") % {"most": self.most})
        return text or None

    def tidy(self, text: str) -> str:
        return text


class NameCell(TextCell):
    """A person's name: blanks that only align the column (王　芳) are gone."""

    def tidy(self, text: str) -> str:
        return _HAN_GAP.sub("", text.replace("•", "·").replace("・", "·"))


class NumberCell(Cell):
    """A number, whole or not, between limits; a unit behind it may stand."""

    def __init__(
        self, *, low: float | None = None, high: float | None = None, whole: bool = False, units: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self.low, self.high, self.whole = low, high, whole
        self.units = tuple(half_width(unit) for unit in units)

    @property
    def advice(self) -> Words:
        if self.low is not None and self.high is not None:
            return _("%(low)g 至 %(high)g 的数") % {"low": self.low, "high": self.high}
        return _("整数") if self.whole else _("数字")

    def read(self, value: Any) -> int | float | None:
        number = self._number(value)
        if number is None:
            return None
        if self.whole and not float(number).is_integer():
            wrong(_("要整数"), _("去掉小数"))
        if self.low is not None and number < self.low:
            wrong(_("太小"), _("不能小于 %(low)g") % {"low": self.low})
        if self.high is not None and number > self.high:
            wrong(_("太大"), _("不能大于 %(high)g") % {"high": self.high})
        return int(number) if self.whole else float(number)

    def _number(self, value: Any) -> float | None:
        if isinstance(value, date | time | bool):
            wrong(_("不是数字"), _("把这一列设为常规，再填数字"))
        if isinstance(value, int | float):
            return value
        text = half_width(value).replace(",", "")
        if not text or text in _NOTHING:
            return None
        for unit in self.units:
            text = text.removesuffix(unit)
        try:
            number = float(text) if re.fullmatch(r"[+-]?\d{1,15}(\.\d+)?", text) else None
        except ValueError:
            number = None
        if number is None:
            wrong(_("不是数字"), _("只写数字，例如 %(example)s") % {"example": "3" if self.whole else "52.5"})
        return number

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


class ChoiceCell(Cell):
    """One of a few words, under any of the names that offices give it.

    Parameters
    ----------
    names : mapping
        By value its names; the first is the one that the template's dropdown offers.
    """

    def __init__(self, names: Mapping[Any, Sequence[str]]) -> None:
        super().__init__()
        self.labels = {value: given[0] for value, given in names.items()}
        self.options = tuple(self.labels.values())
        self._values = {self._key(name): value for value, given in names.items() for name in given}

    @property
    def advice(self) -> Words:
        return _("写 %(options)s") % {"options": _("、").join(self.options)}

    def read(self, value: Any) -> Any:
        key = self._key(value)
        if not key:
            return None
        if key not in self._values:
            near = difflib.get_close_matches(key, self._values, 1, 0.5)
            mend = str(self.advice)
            if near:
                right = self.labels[self._values[near[0]]]
                mend = _("「%(given)s」改成「%(right)s」") % {"given": plain(value)[:20], "right": right}
            wrong(_("没有「%(given)s」这一项") % {"given": plain(value)[:20]}, mend)
        return self._values[key]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.labels.get(value, "")

    @staticmethod
    def _key(value: Any) -> str:
        return half_width(value).casefold()


class YesNoCell(ChoiceCell):
    """Yes or no, in words, ticks or figures."""

    def __init__(self) -> None:
        yes = ("是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "t", "1")
        no = ("否", "无", "没有", "不是", "×", "✗", "✘", "x", "☐", "n", "no", "false", "f", "0")
        super().__init__({True: yes, False: no})


class CodeCell(Cell):
    """Digits that are no quantity, which Excel must not touch: shared by telephone and identity numbers."""

    number_format = TEXT

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if value is None or value == "" or (isinstance(value, str) and value.strip() in _NOTHING):
            return None
        if isinstance(value, datetime | date | time):
            wrong(_("Excel 把它变成了日期"), _("把这一列设为文本再填"))
        return self.read(value)
