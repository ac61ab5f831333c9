"""Decisions about messages on plain values: when one may go out, and what becomes of one that did not."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from xiuhua.ground.messages.states import State
from xiuhua.ground.standards.messages import MessagesStandard
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _

SHANGHAI = ZoneInfo("Asia/Shanghai")


def may_go_out_at(moment: datetime, figures: MessagesStandard, *, urgent: bool) -> datetime:
    """When a text message that was written at a moment may go out: at once, or in the morning (夜里不发)."""
    local = moment.astimezone(SHANGHAI)
    from_hour, until_hour = int(figures.quiet_from_hour.number), int(figures.quiet_until_hour.number)
    late, early = local.hour >= from_hour, local.hour < until_hour
    if urgent or not (late or early):
        return moment
    day = local.date() + timedelta(days=1) if late else local.date()
    return datetime.combine(day, time(until_hour), SHANGHAI)


def after_failure(*, again: bool, attempts: int, figures: MessagesStandard) -> State:
    """What becomes of a message that did not go out, which was tried so often: it waits, or a person has to look."""
    return State.WAITING if again and attempts < figures.tries.number else State.FAILED


def can_send_again(state: State, *, settled: bool) -> Verdict[bool]:
    """Whether somebody can have a message sent once more."""
    if state != State.FAILED:
        return Verdict(False, Reason(_("这条消息不是“没发出去”，不用再发")))
    if settled:
        return Verdict(False, Reason(_("这条已经记为另行告知，不用再发")))
    return Verdict(True)


def can_settle(state: State, note: str, *, settled: bool) -> Verdict[bool]:
    """Whether somebody can note that the person was told otherwise."""
    if state != State.FAILED or settled:
        return Verdict(False, Reason(_("这条消息没有要处理的")))
    if not note.strip():
        return Verdict(False, Reason(_("还没有写怎么告知的"), field="note", mend=_("比如：3 月 2 日打电话告诉了本人")))
    return Verdict(True)
