"""What waits here: one's own long work that has ended, done or not, and that one has not looked at since."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.jobs.lists import JOBS, LOOSE_ENDS
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.permits import TIES_UP
from xiuhua.ground.jobs.queries import loose_ends_for
from xiuhua.ground.jobs.registry import told_elsewhere
from xiuhua.ground.jobs.states import State
from xiuhua.ground.ui import waiting

TOLD_FOR = timedelta(days=7)
"""How long a job is told of after the day on which it ended."""


def register_all() -> None:
    """Tell the bell what waits here."""
    waiting.register(
        "jobs.ended",
        _("后台任务，有结果了"),
        rows=_ended,
        columns=lambda _request: [one for one in JOBS.columns if one.key in ("title", "state", "ended_at")],
        url=lambda: reverse("jobs:list"),
        fed_by="jobs.",
    )
    waiting.register(
        "jobs.loose_ends",
        _("没有接上的事"),
        rows=_loose_ends,
        columns=lambda _request: LOOSE_ENDS.columns,
        url=lambda: reverse("jobs:loose_ends"),
        fed_by="jobs.redo_reaction jobs.drop_reaction",
    )


def _ended(reader: Any) -> QuerySet[Any] | None:
    """One's own, the latest first; of work whose result another room tells, only what failed."""
    if not reader.grants or getattr(reader, "pk", None) is None:
        return None
    told = Q(state__in=[State.FAILED, State.STOPPED]) | Q(state=State.DONE) & ~Q(kind__in=told_elsewhere())
    today = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = Job.objects.filter(asked_by=reader.reference, seen_at=None, ended_at__gte=today - TOLD_FOR)
    return mine.filter(told).order_by("-ended_at", "-id")


def _loose_ends(reader: Any) -> QuerySet[Any] | None:
    """What should have followed at the places that the reader looks after, the oldest first."""
    if not reader.holds(*TIES_UP):
        return None
    return loose_ends_for(reader)
