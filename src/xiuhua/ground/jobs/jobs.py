"""What this room itself does at night: forget old jobs."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_q.models import Task

from xiuhua.ground.clock import now
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.registry import periodic
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.jobs.states import OPEN
from xiuhua.ground.words import gettext

KEPT = timedelta(days=180)
"""How long a job that somebody asked for stays in the list."""

KEPT_OF_THE_SYSTEM = timedelta(days=30)


@periodic("40 3 * * *", "jobs.forget", says=_("清理旧任务"))
def forget_old_jobs(running: Running) -> None:
    """Remove jobs that ended long ago; what they did stays on record in the journal."""
    old = Q(ended_at__lt=now() - KEPT) | Q(ended_at__lt=now() - KEPT_OF_THE_SYSTEM, made_by=None)
    with running.effect():
        count, _by_model = Job.objects.exclude(state__in=OPEN).filter(old).delete()
        Task.objects.filter(stopped__lt=timezone.now() - KEPT_OF_THE_SYSTEM).delete()  # django-q2 knows no demo clock
        running.done({gettext("清理的任务"): count})
