"""Faults of lifts: how urgent one is, by when somebody has to be there, and what may be said about it when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy

from xiuhua.ground.standards.lifts import FaultFigures
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

MOST_LETTERS = 500


class Priority(models.IntegerChoices):
    """How urgent a fault is (故障等级): the smaller, the sooner."""

    NOW = 1, gettext_lazy("马上")
    TODAY = 2, gettext_lazy("当天")
    WEEK = 3, gettext_lazy("一周内")


@dataclass(frozen=True, slots=True)
class FaultFacts:
    """What is said of a fault by whoever reports it."""

    trapped: bool = False
    stopped: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class LiftFacts:
    """A lift as rules ask about it."""

    in_service: bool
    serves_wheelchair: bool = False


def fault_priority(fault: FaultFacts, lift: LiftFacts, figures: FaultFigures) -> Verdict[Priority]:
    """How urgent a fault is (故障等级).

    Someone inside comes before everything; a lift that stands still before one that is merely noisy, the more so where
    it is the only way down for a resident in a wheelchair.
    """
    if fault.trapped:
        minutes = figures.arrive_within_minutes
        return Verdict(
            Priority.NOW,
            Reason(
                _("有人被困，%(minutes)g 分钟内到场") % {"minutes": minutes.number},
                cites="lifts.fault.arrive_within_minutes",
            ),
        )
    if fault.stopped:
        hours = figures.stopped_within_hours
        reasons = [
            Reason(_("停运，%(hours)g 小时内到场") % {"hours": hours.number}, cites="lifts.fault.stopped_within_hours")
        ]
        if lift.serves_wheelchair:
            reasons.append(Reason(_("楼内有居民须坐轮椅出行")))
        return Verdict(Priority.TODAY, *reasons)
    days = figures.noise_within_days
    return Verdict(
        Priority.WEEK,
        Reason(_("可以运行，%(days)g 天内处理") % {"days": days.number}, cites="lifts.fault.noise_within_days"),
    )


def due_at(priority: Priority, opened_at: datetime, figures: FaultFigures) -> datetime:
    """By when somebody has to be there."""
    within = {
        Priority.NOW: timedelta(minutes=figures.arrive_within_minutes.number),
        Priority.TODAY: timedelta(hours=figures.stopped_within_hours.number),
        Priority.WEEK: timedelta(days=figures.noise_within_days.number),
    }
    return opened_at + within[priority]


def fault_is_reportable(fault: FaultFacts, lift: LiftFacts, *, open_faults: Sequence[FaultFacts]) -> Verdict[bool]:
    """Whether a fault may be opened: the lift is in service, something is said, and it is not open already.

    What is worse than all that is open is another fault: somebody is inside of what was only noisy before.
    """
    if not lift.in_service:
        return Verdict(False, Reason(_("电梯尚未交付使用"), mend=_("施工中的问题请找施工单位，或写进施工日志")))
    if any(_grade(one) >= _grade(fault) for one in open_faults):
        return Verdict(False, Reason(_("这个故障已经报过，正在处理"), mend=_("情况变重了再报，例如有人被困")))
    if not (fault.trapped or fault.stopped or fault.words.strip()):
        return Verdict(False, Reason(_("还没有说怎么了"), field="words", mend=_("写一句就行，例如：关门时有异响")))
    if len(fault.words) > MOST_LETTERS:
        return Verdict(False, Reason(_("最多 %(most)s 个字") % {"most": MOST_LETTERS}, field="words"))
    return Verdict(True)


def lift_ran(moment: date, *, completed_on: date | None) -> Verdict[bool]:
    """Whether the lift was handed over by the day of a fault."""
    if completed_on is None or moment >= completed_on:
        return Verdict(True)
    told = _("时间比交付使用（%(day)s）还早") % {"day": completed_on}
    return Verdict(False, Reason(told, field="at", mend=_("请核对日期，看年份写对没有")))


def moment_can_be(moment: datetime, *, after: datetime | None, now: datetime, field: str) -> Verdict[bool]:
    """Whether something may have happened at a moment: not after now, not before what it follows on."""
    if moment > now:
        return Verdict(False, Reason(_("时间在现在以后"), field=field, mend=_("等真的办完再记")))
    if after is not None and moment < after:
        return Verdict(False, Reason(_("时间比上一步还早"), field=field, mend=_("请核对时间")))
    return Verdict(True)


def can_be_answered(*, arrived: bool, closed: bool) -> Verdict[bool]:
    """Whether it can be noted that somebody has come."""
    if closed:
        return Verdict(False, Reason(_("这个故障已经修好了")))
    return Verdict(False, Reason(_("到场已经记过了"))) if arrived else Verdict(True)


def can_be_closed(*, arrived: bool, closed: bool, cause: str, causes: Sequence[str]) -> Verdict[bool]:
    """Whether a fault can be closed: somebody has come, and it is said what it was."""
    if closed:
        return Verdict(False, Reason(_("这个故障已经修好了")))
    if not arrived:
        return Verdict(False, Reason(_("还没有记到场"), mend=_("先记什么时候有人到场")))
    if cause not in causes:
        return Verdict(False, Reason(_("还没有选原因"), field="cause", mend=_("没有找到毛病的，选「没有发现故障」")))
    return Verdict(True)


def _grade(fault: FaultFacts) -> int:
    """The worse, the more."""
    return 2 if fault.trapped else 1 if fault.stopped else 0
