"""Cells that hold identity numbers, telephone numbers and coordinates (证件号、电话、经纬度)."""

import re
from typing import Any, NoReturn

from xiuhua.ground.rosters.cells import LARGEST_EXACT, CodeCell, NumberCell, Words, half_width, wrong
from xiuhua.ground.sources.id_numbers import LENGTH, Unsound, read_id_number
from xiuhua.ground.words import gettext as _

_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d{1,3}", re.IGNORECASE)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?P<area>0(?:10|2\d|[3-9]\d{2}))-?(?P<number>[2-8]\d{6,7})(?:(?:-|转)(?P<extension>\d{1,6}))?")
_LOCAL = re.compile(r"[2-8]\d{7}")
_BETWEEN = re.compile(r"[/、,;；，]|(?<=\d)或")


class IdNumberCell(CodeCell):
    """An identity number (身份证号), kept as its 18 characters."""

    @property
    def advice(self) -> Words:
        return _("18 位，末位可以是 X；这一列是文本格式")

    def read(self, value: Any) -> str | None:
        if isinstance(value, float | int) and abs(value) >= LARGEST_EXACT:
            _digits_lost()
        text = half_width(value).upper()
        if _SCIENTIFIC.fullmatch(text):
            _digits_lost()
        if not text:
            return None
        try:
            return read_id_number(text).number
        except Unsound as unsound:
            self._refuse(unsound)

    @staticmethod
    def _refuse(unsound: Unsound) -> NoReturn:
        by = {"by": unsound.by, "expected": unsound.expected, "length": LENGTH}
        if unsound.fault == "short":
            wrong(_("少了 %(by)s 位") % by, _("应是 %(length)s 位，对一下证件，补上缺的 %(by)s 位") % by)
        if unsound.fault == "long":
            wrong(_("多了 %(by)s 位") % by, _("应是 %(length)s 位，对一下证件，去掉多的 %(by)s 位") % by)
        if unsound.fault == "province":
            wrong(_("前两位不是省、市的代码"), _("对一下证件，上海是 31"))
        if unsound.fault == "born":
            wrong(_("第 7 至 14 位不是日期"), _("对一下证件上的出生日期"))
        if unsound.fault == "check":
            wrong(_("校验码不对，末位应为 %(expected)s") % by, _("对一下证件，看哪一位写错了"))
        wrong(_("有不该有的字"), _("只写数字，末位可以是 X"))


class PhoneCell(CodeCell):
    """A telephone number: mobile as eleven digits, landline as ``021-62540000``.

    Parameters
    ----------
    area : str
        Area code of numbers of eight digits that are given without one.
    """

    def __init__(self, area: str = "") -> None:
        super().__init__()
        self.area = area

    @property
    def advice(self) -> Words:
        return _("手机 11 位，或座机如 021-62540000；一格写一个号码")

    def read(self, value: Any) -> str | None:
        text = half_width(value)
        if not text:
            return None
        if _SCIENTIFIC.fullmatch(text.upper()):
            _digits_lost()
        if _BETWEEN.search(text) or re.search(r"\d{7,}\s+\d{7,}", str(value)):
            wrong(_("一格写了几个号码"), _("只留一个号码"))
        text = re.sub(r"^(\+|00)?86-?(?=1\d{10}$)", "", text.replace("(", "").replace(")", "-").replace("–", "-"))
        digits = text.replace("-", "")
        if _MOBILE.fullmatch(digits):
            return digits
        return self._landline(text) or self._refuse(digits)

    def _landline(self, text: str) -> str | None:
        if self.area and _LOCAL.fullmatch(text.replace("-", "")):
            return f"{self.area}-{text.replace('-', '')}"
        # Excel takes the zero off an area code that stands in a number.
        found = _LANDLINE.fullmatch(text) or (self.area and _LANDLINE.fullmatch(f"0{text}"))
        if not found:
            return None
        extension = found["extension"]
        return f"{found['area']}-{found['number']}" + (f"-{extension}" if extension else "")

    @staticmethod
    def _refuse(digits: str) -> NoReturn:
        if not digits.isdecimal():
            wrong(_("有不该有的字"), _("只写号码，例如 13800000000 或 021-62540000"))
        by = {"by": abs(len(digits) - 11)}
        if digits.startswith("1") and 7 <= len(digits) < 11:
            wrong(_("少了 %(by)s 位") % by, _("手机号是 11 位"))
        if digits.startswith("1") and len(digits) > 11:
            wrong(_("多了 %(by)s 位") % by, _("手机号是 11 位"))
        wrong(_("不是电话号码"), _("手机 11 位，座机带区号，例如 021-62540000"))


class LonCell(NumberCell):
    """A longitude in degrees, within China."""

    def __init__(self) -> None:
        super().__init__(low=73, high=136)

    def read(self, value: Any) -> int | float | None:
        number = self._number(value)
        if number is not None and 3 <= number <= 54:
            wrong(_("这是纬度"), _("经度和纬度填反了，换一下；经度在 73 至 136 之间"))
        return super().read(value)


class LatCell(NumberCell):
    """A latitude in degrees, within China."""

    def __init__(self) -> None:
        super().__init__(low=3, high=54)

    def read(self, value: Any) -> int | float | None:
        number = self._number(value)
        if number is not None and 73 <= number <= 136:
            wrong(_("这是经度"), _("经度和纬度填反了，换一下；纬度在 3 至 54 之间"))
        return super().read(value)


def _digits_lost() -> NoReturn:
    wrong(_("Excel 把号码变成了科学记数，末几位已丢失"), _("把这一列设为文本再填"))
