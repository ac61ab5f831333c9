"""What this room itself does at night: forget old jobs."""

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.jobs.actions import KEPT, KEPT_OF_THE_SYSTEM, forget_jobs
from xiuhua.ground.jobs.registry import periodic
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.words import gettext


@periodic("40 3 * * *", "jobs.forget", says=_("清理旧任务"))
def forget_old_jobs(running: Running) -> None:
    """Remove jobs that ended long ago; what they did stays on record in the journal."""
    today = now()
    with running.effect():
        told = forget_jobs(
            actor=running.actor, job=running.job, ended_before=today - KEPT, own_before=today - KEPT_OF_THE_SYSTEM
        )
        running.done({gettext("清理的任务"): told.facts["jobs"]})
