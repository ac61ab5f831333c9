"""Words of building and keeping lifts that several screens share."""

from datetime import date, timedelta

from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.models import Fault
from xiuhua.programmes.lifts.rules.faults import Priority

TONES = {Priority.NOW: "over", Priority.TODAY: "soon", Priority.WEEK: ""}
"""Colour of a fault's grade."""


def yuan(fen: int | None) -> str:
    """An amount in yuan with its thousands, and fen only where there are any; empty for none."""
    return "" if fen is None else f"{fen / 100:,.2f}".removesuffix(".00")


def yuan_to_fen(fen: int) -> str:
    """An amount in yuan to the fen, as accounts write it; what went out has a minus."""
    return f"{fen / 100:,.2f}"


def what_words(fault: Fault) -> str:
    """What is the matter with a lift, in a word."""
    if fault.trapped:
        return _("有人被困")
    return _("停运") if fault.stopped else _("小毛病")


def span_words(span: timedelta | None) -> str:
    """How long something took: minutes up to two hours, then hours, then days."""
    if span is None:
        return ""
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:
        return _("%(minutes)s 分钟") % {"minutes": minutes}
    if minutes < 48 * 60:
        return _("%(hours)s 小时") % {"hours": round(minutes / 60)}
    return _("%(days)s 天") % {"days": round(minutes / 1440)}


def due_words(due_on: date | None, day: date) -> str:
    """How far away a day is by which something has to be."""
    if due_on is None:
        return ""
    left = (due_on - day).days
    if left < 0:
        return _("过期 %(days)s 天") % {"days": -left}
    return _("今天") if left == 0 else _("还有 %(days)s 天") % {"days": left}


def due_tone(due_on: date | None, day: date, ahead_days: float) -> str:
    """Colour of such a day: over once it is past, soon when it comes near."""
    if due_on is None:
        return ""
    if due_on < day:
        return "over"
    return "soon" if due_on <= day + timedelta(days=int(ahead_days)) else ""
