"""Whether two suggestions are about the same matter (像是同一件): by words, place and time."""

import math
from dataclasses import dataclass

from xiuhua.ground.words import gettext as _

_WORDS_MIDDLE, _WORDS_STEEP = 0.2, 14.0
"""At this likeness of words, with place and time unknown, it is as likely the same matter as not.

Weighted character grams of one matter in two persons' words have a cosine of 0.02 to 0.4, half of them above 0.15; of
two matters 99 in 100 lie below 0.09.
"""
_NEAR_M, _FAR_M = 60.0, 400.0
_NEAR, _AWAY = 1.6, -2.6
"""What places speak for or against, in the same measure as the words: together, or a walk apart."""
_SAME_MONTH, _OLD_DAYS, _OLD = 0.35, 365.0, -0.9
_SAME_WORDS, _LIKE_WORDS = 0.6, 0.25
_CAP = 0.99


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two suggestions are the same matter, from 0 to 1, and what speaks for it, in words for the office."""

    sameness: float
    reasons: str


def sameness(text_similarity: float, metres: float | None, days: float) -> float:
    """How likely two suggestions are about the same matter.

    Words that differ, said of one spot within weeks, are one matter more often than like words of two ends of the
    subdistrict: 共享单车挡坡道 happens everywhere. Each of the three speaks for or against, and what they say is added.

    Parameters
    ----------
    text_similarity : float
        Cosine of the two texts' weighted grams, from 0 to 1.
    metres : float or None
        Between the two places; None where one of them is not known.
    days : float
        Between the two; its sign does not count.

    Returns
    -------
    float
        From 0 to 0.99, never falling as words grow more alike, places closer or days fewer.
    """
    words = min(max(text_similarity, 0.0), 1.0)
    weight = _WORDS_STEEP * (words - _WORDS_MIDDLE) + _of_place(metres) + _of_time(abs(days))
    return round(_CAP / (1 + math.exp(-weight)), 2)


def likeness(text_similarity: float, metres: float | None, days: float) -> Likeness:
    """The same with its reasons, as 说法不同，地点相距 40 米，三周之内."""
    parts = [_said_words(text_similarity), *([] if metres is None else [_said_place(metres)]), _said_time(abs(days))]
    return Likeness(sameness(text_similarity, metres, days), _("，").join(parts))


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Metres between two points in degrees, on a plane, which is right within a subdistrict to a thousandth."""
    north = (other_lat - lat) * 110_950.0
    east = (other_lon - lon) * 111_320.0 * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(north, east)


def _of_place(metres: float | None) -> float:
    """From `_NEAR` within `_NEAR_M` down to `_AWAY` beyond `_FAR_M`; nothing where it is not known."""
    if metres is None:
        return 0.0
    share = min(max((metres - _NEAR_M) / (_FAR_M - _NEAR_M), 0.0), 1.0)
    return _NEAR + (_AWAY - _NEAR) * share


def _of_time(days: float) -> float:
    return _SAME_MONTH + (_OLD - _SAME_MONTH) * min(max((days - 30) / (_OLD_DAYS - 30), 0.0), 1.0)


def _said_words(similarity: float) -> str:
    if similarity >= _SAME_WORDS:
        return _("说法几乎一样")
    return _("说法相近") if similarity >= _LIKE_WORDS else _("说法不同")


def _said_place(metres: float) -> str:
    if metres < 15:
        return _("同一个地点")
    if metres < 1000:
        return _("地点相距 %(metres)s 米") % {"metres": f"{round(metres, -1):.0f}"}
    return _("地点相距 %(km)s 公里") % {"km": f"{metres / 1000:.1f}"}


def _said_time(days: float) -> str:
    terms = (1, _("同一天")), (7, _("一周之内")), (14, _("两周之内")), (21, _("三周之内")), (31, _("一个月之内"))
    for most, words in terms:
        if days <= most:
            return words
    if days < 365:
        return _("相隔 %(months)s 个月") % {"months": max(1, round(days / 30.4))}
    return _("相隔一年以上")
