"""Cells that hold a day (日期): Excel's dates and serial numbers, and what people type."""

import calendar
import re
from datetime import date, datetime, time, timedelta
from typing import Any, NoReturn

from django.utils.timezone import localtime, make_aware

from xiuhua.ground.clock import now
from xiuhua.ground.rosters.cells import CodeCell, Words, half_width, plain, wrong
from xiuhua.ground.words import gettext as _

_EPOCH = date(1899, 12, 30)
_SERIAL = range(3_000, 73_051)
"""Excel's numbers of the days from 1908 to 2099; a smaller number is a year without its day."""
_TYPED = re.compile(
    r"(?P<y>\d{4})(?P<mark>[-./年·])(?P<m>\d{1,2})[-./月·](?P<d>\d{1,2})[日号]?(?:T?\d{1,2}:\d{2}(:\d{2})?)?"
)
_COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
_SHORT_YEAR = re.compile(r"\d{2}[-./年]\d{1,2}[-./月]\d{1,2}[日号]?")
_MONTH_ONLY = re.compile(r"\d{4}([-./年]\d{1,2}月?)?年?")
_HOUR = re.compile(r"(?:\s|T|(?<=[日号]))(\d{1,2})[:：时点](\d{1,2})分?(?:[:：]?(\d{1,2})(?:\.\d+)?秒?)?$")
_HAN_YEAR = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_HAN_DATE = re.compile(
    r"(?P<y>[〇零○一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,3})月(?P<d>[一二三四五六七八九十]{1,3})[日号]?"
)


class DateCell(CodeCell):
    """A day.

    Parameters
    ----------
    future : bool
        Days after today are allowed; those of birth are not.
    example : str
        A day that advice is given with: of birth where nothing else is said.
    """

    def __init__(self, *, future: bool = False, example: str = "1943-02-03") -> None:
        super().__init__()
        self.future, self.example = future, example

    @property
    def advice(self) -> Words:
        return _("年月日，例如 %(example)s") % {"example": self.example}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        if isinstance(value, datetime):
            return self._within(value.date())
        if isinstance(value, date):
            return self._within(value)
        if isinstance(value, time | timedelta):
            wrong(_("只有钟点，没有日期"), str(self.advice))
        found: date | None = super().clean(value, row, **kwargs)
        return found

    def read(self, value: Any) -> date | None:
        if isinstance(value, float | int) and value in _SERIAL:
            return self._within(_EPOCH + timedelta(days=int(value)))
        text = half_width(value)
        if not text:
            return None
        found = _COMPACT.fullmatch(text) or _TYPED.fullmatch(text)
        if found:
            return self._day(*(int(found[part]) for part in "ymd"))
        found = _HAN_DATE.fullmatch(text)
        if found:
            return self._day(int(found["y"].translate(_HAN_YEAR)), _han(found["m"]), _han(found["d"]))
        return self._refuse(text)

    def _day(self, year: int, month: int, day: int) -> date:
        if not 1 <= month <= 12:
            wrong(_("没有这一天"), _("一年没有 %(month)s 月，对一下") % {"month": month})
        if not 1800 <= year <= 2200:
            wrong(_("没有这一天"), _("年份写成了 %(year)s，对一下") % {"year": year})
        if not 1 <= day <= calendar.monthrange(year, month)[1]:
            wrong(_("没有这一天"), _("%(month)s 月没有 %(day)s 日，对一下") % {"month": month, "day": day})
        return self._within(date(year, month, day))

    def _within(self, day: date) -> date:
        if not self.future and day > now().date() + timedelta(days=1):
            wrong(_("这一天还没有到"), _("对一下年份"))
        if day.year < 1880:
            wrong(_("年份太早"), _("对一下年份"))
        return day

    def _refuse(self, text: str) -> NoReturn:
        told = {"example": self.example}
        if _SHORT_YEAR.fullmatch(text):
            wrong(_("年份只有两位"), _("年份写四位，例如 %(example)s") % told)
        if _MONTH_ONLY.fullmatch(text):
            wrong(_("只有年月，没有日"), _("年、月、日都写上，例如 %(example)s") % told)
        wrong(_("看不出是哪一天"), _("写成 %(example)s 这样") % told)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if isinstance(value, date) else plain(value or "")


class MomentCell(CodeCell):
    """A day with its hour (来电时间), in the office's time; a day alone is its first minute."""

    def __init__(self) -> None:
        super().__init__()
        self._day = DateCell(example="2023-08-03")

    @property
    def advice(self) -> Words:
        return _("年月日和几点几分，例如 2023-08-03 09:15")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> datetime | None:
        if isinstance(value, float | int) and int(value) in _SERIAL:
            value = datetime.combine(_EPOCH, time()) + timedelta(seconds=round(value * 86_400))
        hour = value.time() if isinstance(value, datetime) else time()
        if isinstance(value, str) and (found := _HOUR.search(plain(value))):
            try:
                hours, minutes, seconds = (int(part) for part in found.groups(default="0"))
                hour = time(hours, minutes, seconds)
            except ValueError:
                wrong(_("没有这个钟点"), str(self.advice))
            value = plain(value)[: found.start()]
        day = self._day.clean(value)
        return make_aware(datetime.combine(day, hour.replace(tzinfo=None))) if day else None

    def read(self, value: Any) -> datetime | None:
        return self.clean(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return f"{localtime(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else plain(value or "")


def _han(text: str) -> int:
    """A month or day in Chinese numerals: 十一 is 11, 二十三 is 23."""
    tens, ten, ones = text.rpartition("十")
    units = int(ones.translate(_HAN_YEAR) or 0)
    return units + (10 * int(tens.translate(_HAN_YEAR) or 1) if ten else 0)
