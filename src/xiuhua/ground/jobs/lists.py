"""The list of jobs."""

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
