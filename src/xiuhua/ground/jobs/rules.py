"""Decisions about jobs on plain values: what a worker does with one, whether one can be stopped or retried."""

from enum import Enum

from xiuhua.ground.jobs.states import State
from xiuhua.ground.verdicts import Reason, Verdict
from xiuhua.ground.words import gettext as _


class Delivery(Enum):
    """What a worker does with a job that the queue hands it."""

    TAKE = "take"
    LEAVE = "leave"
    STOP = "stop"
    GIVE_UP = "give up"


def on_delivery(
    state: State, *, stop_asked: bool, attempts: int, silent_s: float, stale_after_s: float, most_attempts: int
) -> Delivery:
    """What to do with a job that comes out of the queue; the queue may bring the same one twice.

    Parameters
    ----------
    silent_s : float
        Seconds since the worker that has it last gave a sign of life.
    attempts : int
        How often it was begun since somebody asked for it.
    """
    if state not in {State.WAITING, State.RUNNING}:
        return Delivery.LEAVE
    if state == State.RUNNING and silent_s < stale_after_s:
        return Delivery.LEAVE
    if stop_asked:
        return Delivery.STOP
    return Delivery.GIVE_UP if attempts >= most_attempts else Delivery.TAKE


def can_stop(state: State) -> Verdict[bool]:
    """Whether a job in this state can be told to stop."""
    if state in {State.WAITING, State.RUNNING}:
        return Verdict(True)
    return Verdict(False, Reason(_("这个任务已经结束，不用再停")))


def can_retry(state: State) -> Verdict[bool]:
    """Whether a job in this state can be begun anew."""
    if state in {State.FAILED, State.STOPPED}:
        return Verdict(True)
    if state == State.DONE:
        return Verdict(False, Reason(_("这个任务已经办完"), mend=_("要再办一次，请从原来的页面重新交办")))
    return Verdict(False, Reason(_("这个任务已经在办"), mend=_("等它办完，或者先停下")))


def is_loose_end(state: State) -> Verdict[bool]:
    """Whether what should have followed on another room's verb waits for a person."""
    if state == State.FAILED:
        return Verdict(True)
    return Verdict(False, Reason(_("这件事已经有人处理了"), mend=_("刷新这一页就能看到")))


def says_why(reason: str) -> Verdict[bool]:
    """Whether it is said why something need not be done."""
    if reason.strip():
        return Verdict(True)
    return Verdict(False, Reason(_("还没有写为什么不用办"), field="reason", mend=_("写一句就行")))
