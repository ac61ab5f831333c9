"""What may stand on the public board (公示): no personal data, looked at by two people."""

import math
import re
from collections.abc import Sequence

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

LONGEST_TITLE, LONGEST_WORDS, LONGEST_PLACE = 60, 2000, 120
DEGREE_M = 111_320
"""Metres of a degree of latitude."""
_NUMBER = r"(?:[A-Za-z甲乙丙丁]?\d+(?:[-－—、/]\d+)*[A-Za-z甲乙丙丁]?|[一二三四五六七八九十]+)"
_DOOR = re.compile(
    rf"[\s（(]*(?:{_NUMBER}\s*(?:号(?!线|口|桥|门(?![口前洞]))|[栋幢座](?!桥)|单元|室|[#＃])|\d+[-－—]\d+(?!弄|\d)).*"
)
"""From the number of a door on; not a line, a gate, a way out, a bridge that have numbers."""


def public_point(lon: float, lat: float, *, metres: float) -> tuple[float, float]:
    """The nearest point of a grid of so many metres: tells which part of the street, and not whose door.

    The grid is the same for all, so that what one person says twice from one door gives nothing more away.
    """
    step = metres / DEGREE_M
    north = round(lat / step) * step
    step /= max(0.01, math.cos(math.radians(north)))
    return round(round(lon / step) * step, 5), round(north, 5)


def public_place(place: str) -> str:
    """A place without the number of the door: the street, the quarter, the lane; nothing where it is a number only."""
    return _DOOR.sub("", place).strip()


def can_be_drafted(
    title: str, words: str, found: Sequence[tuple[str, str]], *, nature: str, place: str = ""
) -> Verdict[bool]:
    """Whether words can be put forward for the public board.

    Parameters
    ----------
    title, words : str
        What would stand there.
    found : sequence of (field, text)
        Personal data that were found in it, and in which field.
    nature : str
        A personal claim is nobody else's business.
    place : str, optional
        Where it would be said to be.
    """
    if nature == "claim":
        return Verdict(False, Reason(_("个人诉求不公开"), mend=_("只答复本人")))
    reasons = []
    if not title.strip() or len(title) > LONGEST_TITLE:
        mend = _("写一句话，最多 %(most)s 个字") % {"most": LONGEST_TITLE}
        reasons.append(Reason(_("公开的标题不合适"), field="title", mend=mend))
    if not words.strip() or len(words) > LONGEST_WORDS:
        mend = _("写清楚说的是什么，最多 %(most)s 个字") % {"most": LONGEST_WORDS}
        reasons.append(Reason(_("公开的内容不合适"), field="words", mend=mend))
    if len(place) > LONGEST_PLACE:
        mend = _("写到哪条路、哪个小区就够，最多 %(most)s 个字") % {"most": LONGEST_PLACE}
        reasons.append(Reason(_("公开的地点不合适"), field="place", mend=mend))
    for field, text in found:
        said = _("「%(text)s」像是个人信息") % {"text": text}
        reasons.append(Reason(said, field=field, mend=_("请遮住或者换个说法")))
    return Verdict(not reasons, *reasons)


def can_be_published(
    *, is_drafted: bool, drafted_by: str, checked_by: str, nature: str = "suggestion"
) -> Verdict[bool]:
    """Whether what was put forward may be published: by another person than who wrote it (第二人核对)."""
    if nature == "claim":
        return Verdict(False, Reason(_("个人诉求不公开"), mend=_("只答复本人")))
    if not is_drafted:
        return Verdict(False, Reason(_("还没有写好要公开的内容"), mend=_("请先写好，再请另一位同事核对")))
    if drafted_by == checked_by:
        return Verdict(False, Reason(_("自己写的要请另一位同事核对"), mend=_("请换一个人来点「核对无误，公开」")))
    return Verdict(True)
