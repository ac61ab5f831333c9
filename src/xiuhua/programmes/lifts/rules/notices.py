"""Notices (公示): how they are numbered, how long they hang, when they go up and come down; what is applied for."""

from datetime import date, timedelta

from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.rules.moves import GateFacts

PERMITTED = ("permit", "document")
"""Kinds of evidence that an authority gives: a permit with a number, or its answer on paper."""


def notice_number(subdistrict: str, year: int, serial: int) -> str:
    """Its number as it is printed (文号): 长街加梯〔2026〕第 61 号. Chinese in every language: it is a name."""
    return f"{subdistrict[:1]}街加梯〔{year}〕第 {serial} 号"


def last_day(posted_on: date, days: int) -> date:
    """The last day of a notice: the day on which it is posted does not count (民法典第二百零一条)."""
    return posted_on + timedelta(days=days)


def is_over(until_on: date, today: date) -> bool:
    """Whether its days are over: from the day after the last."""
    return today > until_on


def notice_can_be_posted(
    state: str, *, place: str, hangs: bool, after: date | None, on: date, today: date
) -> Verdict[bool]:
    """Whether a notice may be posted: after the vote, one at a time, somewhere, on a day that has come."""
    if state != "agreeing":
        return Verdict(False, Reason(_("还没有到公示这一步"), mend=_("表决通过、进入公示签约以后再贴")))
    if hangs:
        return Verdict(False, Reason(_("已经有一张公示贴着"), mend=_("内容有变的，先撤下再重贴，天数重新算")))
    faults = []
    if not place.strip():
        faults.append(Reason(_("还没有填贴在哪里"), field="place", mend=_("例如：门洞口、小区公告栏")))
    if on > today:
        faults.append(Reason(_("日期在今天以后"), field="posted_on", mend=_("贴了再登记")))
    if after is not None and on < after:
        faults.append(
            Reason(_("日期比进入这一步（%(day)s）还早") % {"day": after}, field="posted_on", mend=_("请核对日期"))
        )
    return Verdict(not faults, *faults)


def notice_can_be_taken_down(
    *, gone: bool, posted_on: date, until_on: date, on: date, today: date, because: str
) -> Verdict[bool]:
    """Whether a notice may be taken down early (提前撤下), and it is said why."""
    if gone:
        return Verdict(False, Reason(_("这张公示已经撤下了")))
    faults = []
    if not posted_on <= on <= today:
        faults.append(Reason(_("日期不对"), field="on", mend=_("应在张贴以后、今天以前")))
    elif on > until_on:
        faults.append(Reason(_("公示期已经满了，不算提前撤下"), field="on"))
    if not because.strip():
        faults.append(Reason(_("还没有写为什么撤下"), field="because", mend=_("写一句，重贴时会说明")))
    return Verdict(not faults, *faults)


def notice_has_run(*, posted_on: date | None, until_on: date | None, today: date) -> Verdict[bool]:
    """Whether a notice has hung for all its days."""
    if posted_on is None or until_on is None:
        return Verdict(False, Reason(_("还没有贴")))
    told = {"from": short(posted_on, today), "until": short(until_on, today)}
    if is_over(until_on, today):
        return Verdict(True, Reason(_("%(from)s至%(until)s") % told))
    left = (until_on - today).days + 1
    return Verdict(False, Reason(_("%(from)s贴出，还有 %(left)s 天") % {**told, "left": left}))


def can_be_applied_for(gate: GateFacts | None, *, authority: str, applied_on: date, today: date) -> Verdict[bool]:
    """Whether a permit may be noted as applied for: its gate is open, and one that an authority passes."""
    if gate is None or gate.evidence not in PERMITTED:
        return Verdict(False, Reason(_("这一条不用送审"), field="rule"))
    if not gate.is_open:
        return Verdict(False, Reason(_("第 %(number)s 条已经过了") % {"number": gate.number}, field="rule"))
    faults = []
    if not authority.strip():
        faults.append(Reason(_("还没有填送到哪里"), field="authority", mend=_("例如：区规划资源局")))
    if applied_on > today:
        faults.append(Reason(_("日期在今天以后"), field="applied_on", mend=_("送了再记")))
    return Verdict(not faults, *faults)


def short(day: date, today: date) -> str:
    """A day as gates and cards tell it; of another year with the year."""
    if day.year != today.year:
        return _("%(year)s 年 %(month)s 月 %(day)s 日") % {"year": day.year, "month": day.month, "day": day.day}
    return _("%(month)s 月 %(day)s 日") % {"month": day.month, "day": day.day}
