"""An hour of the week (星期几几点) in words."""

from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE = ("一", "二", "三", "四", "五", "六", "日")
ANY = "any"


def hour_of_week(text: str) -> int | None:
    """Hour of the week of a text such as ``Tue 10:00`` or ``周二 10:00``; None for ``any``: every gate open.

    Raises
    ------
    Refused
        The text is no such hour.
    """
    day, _space, clock = text.strip().lower().partition(" ")
    if day == ANY and not clock:
        return None
    hour, _colon, minute = clock.strip().partition(":")
    number = _day(day)
    if number is None or not (
        hour.isdecimal() and int(hour) < 24 and (not minute or (minute.isdecimal() and int(minute) < 60))
    ):
        raise Refused(
            Reason(
                _("「%(text)s」不是一周里的时刻") % {"text": text},
                field="--at",
                mend=_("请写成 Tue 10:00 或 周二 10:00；any 表示不看开放时间"),
            )
        )
    return number * 24 + int(hour)


def words_of(hour: int | None) -> str:
    """The same in the reader's language."""
    if hour is None:
        return _("不看开放时间")
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return f"{names[hour // 24]} {hour % 24}:00"


def _day(word: str) -> int | None:
    if word[:3] in _DAYS and (len(word) == 3 or word.endswith("day")):
        return _DAYS.index(word[:3])
    for prefix in ("周", "星期"):
        rest = word.removeprefix(prefix)
        if rest != word and rest in (*_CHINESE, "天"):
            return 6 if rest == "天" else _CHINESE.index(rest)
    return None
