"""States of a project (项目状态) and what leads from one to the next."""

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.workflow import Event, State, Workflow


class ProjectFlow(Workflow):
    """From an idea on the list to what people walk on; stopped, with a reason, wherever it stands before that."""

    proposed = State(_("拟办"), initial=True)
    approved = State(_("已立项"))
    under_way = State(_("在建"))
    done = State(_("已完成"), final=True)
    stopped = State(_("已停办"), final=True)

    approve = Event(proposed.to(approved), name=_("立项"))
    start = Event(approved.to(under_way), name=_("开工"))
    finish = Event(under_way.to(done), name=_("完成"))
    stop = Event(proposed.to(stopped) | approved.to(stopped) | under_way.to(stopped), name=_("停办"))


TONES = {"proposed": "outline", "approved": "info", "under_way": "soon", "done": "good", "stopped": "over"}
"""Colour of the chip that names a state."""
