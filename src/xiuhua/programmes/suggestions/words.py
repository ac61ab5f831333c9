"""What things of people's suggestions are called on screen."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from xiuhua.ground.scope.masking import mask_name
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.standards import Standards, on
from xiuhua.ground.standards.suggestions import Term
from xiuhua.ground.standards.workdays import closing_of, is_working_day, working_days_between
from xiuhua.ground.territory.days import today
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions.models import Suggestion

SOON_DAYS = 1
"""Working days left from which a term is near: the present one and the next."""

TONES = {
    "received": "soon",
    "accepted": "info",
    "assigned": "info",
    "passed_on": "plum",
    "merged": "outline",
    "answered": "good",
    "adopted": "good",
    "declined": "outline",
    "reopened": "over",
    "closed": "outline",
}
"""Colour of the chip that names a state."""

POLITE = re.compile(
    r"^[\u4e00-\u9fff](?:[\u4e00-\u9fff]{0,1})(?:女士|先生|阿姨|叔叔|爷爷|奶奶|伯伯|老师|师傅|小姐|同学|大姐|大哥)$"
)
"""A family name with a form of address tells nobody who somebody is."""


def book(subdistrict: str = "") -> Standards:
    """The rule book as it stands today, where the subdistrict has its own figures with those."""
    return on(today(), at=subdistrict) if subdistrict else on(today())


def called(name: str) -> str:
    """A name as those read it who have not asked for it: 王女士 stays, 王秀英 is masked."""
    return name if POLITE.fullmatch(name.strip()) else mask_name(name)


def addressed(name: str) -> str:
    """How a reply may begin, where the person said how they are called."""
    return name.strip() if POLITE.fullmatch(name.strip()) else ""


def when(moment: datetime) -> str:
    """A moment as a list tells it: 今天 08:12, 昨天 20:15, 8 月 1 日; of another year with the year."""
    local, day = timezone.localtime(moment), today()
    clock = date_format(local, "H:i")
    if local.date() == day:
        return _("今天 %(time)s") % {"time": clock}
    if local.date() == day - timedelta(days=1):
        return _("昨天 %(time)s") % {"time": clock}
    return on_day(local.date())


def on_day(day: date) -> str:
    """A day as people say it: 8 月 10 日; of another year with the year."""
    return date_format(day, _("n 月 j 日") if day.year == today().year else _("Y 年 n 月 j 日"))


def until(day: date) -> str:
    """By when, as the office's day ends: 今天 17:30, else the day."""
    if day != today():
        return on_day(day)
    return _("今天 %(time)s") % {"time": date_format(timezone.localtime(closing_of(day)), "H:i")}


def owes_contact(row: Suggestion) -> bool:
    """Whether the first contact is what comes next."""
    return row.contacted_at is None and row.due_on == row.contact_due_on


def in_calendar_days(row: Suggestion) -> bool:
    """Whether the term that runs is a claim's own, which counts holidays too."""
    return row.nature == "claim" and row.due_on is not None and row.due_on == row.reply_due_on


def due(row: Suggestion) -> str:
    """How much time is left, in the days that the term counts, and for what; empty where nothing is owed."""
    if row.due_on is None or not row.is_owed:
        return ""
    day = today()
    if in_calendar_days(row) and row.due_on != day:
        left = (row.due_on - day).days
        return _("还剩 %(days)s 天") % {"days": left} if left > 0 else _("逾期 %(days)s 天") % {"days": -left}
    if row.due_on < day:
        late = max(1, working_days_between(row.due_on, day))
        return _("逾期 %(days)s 个工作日") % {"days": late}
    if row.due_on == day or (not is_working_day(day) and working_days_between(day, row.due_on) == 0):
        if owes_contact(row):
            return _("%(when)s前首次联系") % {"when": f"{until(row.due_on)} "}
        return _("%(when)s到期") % {"when": f"{until(row.due_on)} "}
    return _("还剩 %(days)s 个工作日") % {"days": working_days_between(day, row.due_on)}


def due_tone(row: Suggestion) -> str:
    """Colour of what `due` says."""
    if row.due_on is None or not row.is_owed:
        return ""
    day = today()
    if row.due_on <= day:
        return "over"
    return "soon" if working_days_between(day, row.due_on) <= SOON_DAYS else ""


def terms(row: Suggestion, rules: Standards) -> list[dict[str, Any]]:
    """Terms that the rule book sets for a suggestion, each with the figure that it rests on."""
    found = rules.suggestions.terms
    reply = {"claim": found.claim, "service": found.service}.get(row.nature, found.reply)
    if row.is_complex and row.nature != "claim":
        reply = found.reply_complex
    return [
        {"words": f"{title} {_length(term)}", "figure": term.days}
        for title, term in ((_("首次联系"), found.first_contact), (_("答复"), reply))
    ]


def _length(term: Term) -> str:
    """How long a term is: 5 个工作日."""
    counted = _("个工作日") if term.counts_working_days else _("天")
    return f"{term.days.number:g} {counted}"


def dues(row: Suggestion) -> list[tuple[str, str]]:
    """By when what is owed, or when it was done."""
    contact = when(row.contacted_at) if row.contacted_at else until(row.contact_due_on)
    owed = until(row.reply_due_on) if row.reply_due_on else "—"
    return [
        (_("已首次联系") if row.contacted_at else _("首次联系"), contact),
        (_("已答复") if row.answered_at else _("答复"), when(row.answered_at) if row.answered_at else owed),
    ]


def unit(section: str, path: str, committees: Mapping[str, str], rules: Standards) -> str:
    """Who has something in hand; empty for nobody."""
    if section:
        return rules.offices.section_name(section)
    return committees.get(path, _("别的居委会")) if path else ""


def unit_of(row: Suggestion, committees: Mapping[str, str], rules: Standards) -> str:
    """Who has a suggestion in hand: a section, a committee, or whoever it was passed on to."""
    if row.passed_to and row.state == "passed_on":
        road = rules.suggestions.roads.get(row.passed_to)
        return road.name if road else row.passed_to
    return unit(row.section, row.unit_path, committees, rules)


def where(row: Suggestion, committees: Mapping[str, str]) -> str:
    """Which committee it is about; of the subdistrict, that it is not known."""
    return committees.get(committee_of(row.path), "") or _("全街道")


def sure(value: float) -> str:
    """How sure sorting was: 把握 0.93."""
    return f"{value:.2f}"


def category_tone(row: Any, rules: Standards) -> str:
    """Colour of a category's chip."""
    found = rules.suggestions.categories.get(row.category)
    return found.tone if found else ""


def begun(row: Suggestion, text: str) -> str:
    """First words of a reply with the person addressed, where they said how they are called."""
    name = addressed(row.name)
    return text.replace("【称呼】", name) if name else text
