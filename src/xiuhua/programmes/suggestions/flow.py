"""States and moves of a suggestion (办理流程)."""

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.workflow import Event, State, Workflow


class SuggestionFlow(Workflow):
    """From hearing somebody to having done with it; a claim or a request for service goes down its own road."""

    received = State(_("待受理"), initial=True)
    accepted = State(_("已受理"))
    assigned = State(_("办理中"))
    passed_on = State(_("已转办"))
    merged = State(_("已合并"))
    answered = State(_("已答复"))
    adopted = State(_("已采纳"))
    declined = State(_("未采纳"))
    reopened = State(_("重新办理"))
    closed = State(_("已办结"))

    accept = Event(received.to(accepted), name=_("受理"))
    assign = Event(accepted.to(assigned) | reopened.to(assigned) | passed_on.to(assigned), name=_("分派"))
    transfer = Event(assigned.to.itself(), name=_("转交"))
    pass_on = Event(received.to(passed_on) | accepted.to(passed_on) | assigned.to(passed_on), name=_("转办"))
    merge = Event(received.to(merged) | accepted.to(merged) | assigned.to(merged), name=_("合并"))
    split = Event(merged.to(accepted), name=_("拆开"))
    answer = Event(assigned.to(answered) | reopened.to(answered) | passed_on.to(answered), name=_("答复"))
    adopt = Event(
        accepted.to(adopted) | assigned.to(adopted) | reopened.to(adopted) | answered.to(adopted), name=_("采纳")
    )
    decline = Event(
        accepted.to(declined) | assigned.to(declined) | reopened.to(declined) | answered.to(declined), name=_("不采纳")
    )
    reopen = Event(
        answered.to(reopened) | adopted.to(reopened) | declined.to(reopened) | closed.to(reopened), name=_("要求重办")
    )
    close = Event(
        answered.to(closed) | adopted.to(closed) | declined.to(closed) | passed_on.to(closed) | merged.to(closed),
        name=_("办结"),
    )


class EventFlow(Workflow):
    """From a plan to a report of what was said (活动流程)."""

    planned = State(_("筹备"), initial=True)
    opened = State(_("报名中"), value="open")
    held = State(_("已举办"))
    reported = State(_("已小结"), final=True)
    called_off = State(_("已取消"), final=True)

    open_registration = Event(planned.to(opened), name=_("开放报名"))
    hold = Event(planned.to(held) | opened.to(held), name=_("办完了"))
    report = Event(held.to(reported), name=_("完成小结"))
    call_off = Event(planned.to(called_off) | opened.to(called_off), name=_("取消"))


WAITING = ("received",)
"""States in which nobody has taken it up yet (待受理)."""

IN_HAND = ("accepted", "assigned", "passed_on", "reopened")
"""States in which somebody owes an answer (办理中)."""

TOLD = ("answered", "adopted", "declined")
"""States in which the person has been told and can still say that it is not enough (待回访)."""
