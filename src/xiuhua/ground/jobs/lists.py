"""The list of jobs."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.states import State
from xiuhua.ground.ui.lists import Choice, Column, Empty, ListPage, Period, choice_words
from xiuhua.ground.words import gettext


def asker_of(job: Job) -> str:
    """Whoever asked for a job, by name."""
    return str(job.made_by) if job.made_by else gettext("系统")


JOBS: ListPage[Job] = ListPage(
    title=_("后台任务"),
    subtitle=_("要花时间的事交给后台办：关掉网页也会办完，断了会接着办。"),
    columns=[
        Column(
            "title",
            _("任务"),
            lambda job: job.title,
            link=Job.get_absolute_url,
            order_by="title",
            search="title__icontains",
        ),
        Column(
            "state",
            _("状态"),
            choice_words("state", State),
            kind="chip",
            tone=lambda job: job.tone,
            symbol=lambda job: job.symbol,
            order_by="state",
        ),
        Column(
            "share",
            _("进度"),
            lambda job: round(100 * job.share),
            unit="%",
            numeric=True,
            order_by="share",
        ),
        Column("who", _("交办人"), asker_of, order_by="asked_by"),
        Column("made_at", _("交办时间"), lambda job: job.made_at, kind="moment", order_by="made_at"),
        Column("ended_at", _("结束时间"), lambda job: job.ended_at, kind="moment", order_by="ended_at"),
    ],
    filters=[
        Choice("state", _("状态"), State.choices, lookup="state"),
        Period("made", _("交办时间"), "made_at"),
    ],
    empty=Empty(
        _("还没有交给后台的任务"),
        _("导入名册这类要花时间的事，交办以后会列在这里，随时可以看办到哪一步。"),
    ),
)


def _why(job: Job) -> str:
    return gettext("；").join(job.reasons)


LOOSE_ENDS: ListPage[Job] = ListPage(
    title=_("没有接上的事"),
    subtitle=_("一件事办完，后面该跟着办的没有办成：看看原因，再办一次，或者不用办了。"),
    columns=[
        Column(
            "title",
            _("该接着办的"),
            lambda job: job.title,
            link=lambda job: reverse("jobs:loose_end", args=[job.pk]),
            order_by="title",
            search="title__icontains",
        ),
        Column("why", _("原因"), _why),
        Column("ended_at", _("什么时候"), lambda job: job.ended_at, kind="moment", order_by="ended_at"),
    ],
    empty=Empty(_("都接上了"), _("跟着别的事办的，眼下没有落下的。")),
)
