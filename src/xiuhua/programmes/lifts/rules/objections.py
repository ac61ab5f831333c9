"""Objections (异议) and mediation (调解): what is put down, and by when it is answered."""

from collections.abc import Collection
from datetime import date

from xiuhua.ground.standards.workdays import after_working_days
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

MOST_LETTERS = 1000


def due_on(raised_on: date, reply_days: int) -> date:
    """By when an objection is answered in writing: so many working days, the day itself not counted."""
    return after_working_days(raised_on, reply_days)


def is_told(words: str, *, field: str, mend: str) -> Verdict[bool]:
    """Whether something is said, and not more than fits."""
    if not words.strip():
        return Verdict(False, Reason(_("这里还没有写"), field=field, mend=mend))
    if len(words) > MOST_LETTERS:
        return Verdict(False, Reason(_("最多 %(most)s 个字") % {"most": MOST_LETTERS}, field=field))
    return Verdict(True)


def is_of_here(of_here: bool) -> Verdict[bool]:
    """Whether a flat belongs to the stairwell."""
    return Verdict(True) if of_here else Verdict(False, Reason(_("这一户不在这个门洞"), field="flat"))


def is_new(told_before: bool) -> Verdict[bool]:
    """Whether the same household has not objected in the same words, and waits for the answer."""
    if told_before:
        return Verdict(False, Reason(_("这件异议已经提过，正在等答复"), field="words", mend=_("有新的情况，写新的")))
    return Verdict(True)


def objection_can_be_answered(*, answered: bool, raised_on: date, answered_on: date, today: date) -> Verdict[bool]:
    """Whether an objection may be answered on a day: once, not before it was raised, not in the future."""
    if answered:
        return Verdict(False, Reason(_("这件异议已经答复过")))
    if answered_on > today:
        return Verdict(False, Reason(_("日期在今天以后"), field="answered_on"))
    if answered_on < raised_on:
        return Verdict(False, Reason(_("答复日期比提出日期（%(day)s）还早") % {"day": raised_on}, field="answered_on"))
    return Verdict(True)


def mediation_is_told(
    words: str, mediator: str, *, outcome: str, outcomes: Collection[str], households: int, flats: int
) -> Verdict[bool]:
    """Whether a mediation's record says who led it, how many came, what was said and what came of it."""
    faults = []
    if not mediator.strip():
        faults.append(Reason(_("还没有填主持人"), field="mediator", mend=_("例如：人民调解员老许")))
    if not words.strip():
        faults.append(Reason(_("还没有写调解记录"), field="words", mend=_("谁提了什么，谈成了什么，写清楚就行")))
    if len(words) > MOST_LETTERS:
        faults.append(Reason(_("最多 %(most)s 个字") % {"most": MOST_LETTERS}, field="words"))
    if outcome not in outcomes:
        faults.append(Reason(_("还没有选结果"), field="outcome"))
    if not 1 <= households <= max(flats, 1):
        faults.append(Reason(_("到场户数不对"), field="households", mend=_("至少 1 户，不超过门洞的户数")))
    return Verdict(not faults, *faults)
