"""What people do with jobs: ask for one, stop it, try it again."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_q.models import Task

from xiuhua.ground.clock import now
from xiuhua.ground.jobs import permits, rules
from xiuhua.ground.jobs.delivery import put_into_queue, take_out_of_queue
from xiuhua.ground.jobs.models import Job, JobFile
from xiuhua.ground.jobs.queries import FILE_KEPT
from xiuhua.ground.jobs.registry import kind_named
from xiuhua.ground.jobs.states import OPEN, REACT, State
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.ground.words import CHINESE

KEPT = timedelta(days=180)
"""How long a job that somebody asked for stays in the list."""

KEPT_OF_THE_SYSTEM = timedelta(days=30)


@action("jobs.enqueue", says=_("交给后台办"), permits=permits.may_enqueue, audience=Audience.OFFICE)
def enqueue(
    *,
    actor: Actor,
    kind: str,
    path: str = "",
    args: dict[str, Any] | None = None,
    title: str | Promise = "",
    planned_for: datetime | None = None,
) -> Done[Job]:
    """Ask for long work (交办); where the transaction rolls back, nobody was asked.

    Within another action call it last: it writes to the journal, whose lock is then held until that action ends.

    Parameters
    ----------
    kind : str
        A kind that a room has registered (`registry.job`).
    path : str
        Territory path of what it is about: who looks after that place sees the job.
    args : dict
        What the job's function gets by name: JSON values such as ids, never personal data.
    title : str
        What the list calls it; by default the words of its kind.
    planned_for : datetime, optional
        Moment of periodic work: there is one job a kind and moment.

    Raises
    ------
    KeyError
        There is no such kind.
    TypeError
        The kind does not take these arguments, or they are not JSON.
    """
    given = json.loads(json.dumps(args or {}))
    asked_for = kind_named(kind)
    asked_for.check(given)
    job = Job(
        kind=kind,
        title=str(title or asked_for.says)[:200],
        args=given,
        path=path,
        asked_by=actor.reference,
        made_by=actor if isinstance(actor, get_user_model()) else None,
        language=get_language() or CHINESE,
        planned_for=planned_for,
        made_at=now(),
        queued_at=timezone.now(),
    )
    job.save()
    job.package = put_into_queue(job)
    job.save(update_fields=["package"])
    return Done(job, {"kind": kind})


@action("jobs.stop", says=_("停下任务"), permits=permits.may_stop, audience=Audience.OFFICE)
def stop_job(*, actor: Actor, job: Job) -> Done[Job]:
    """Stop a job (停下): at once where it waits, else at its next safe place; what it has not stored is left out.

    Raises
    ------
    Refused
        It has ended.
    """
    job = locked(job)
    refuse_unless(rules.can_stop(State(job.state)))
    if job.state == State.WAITING:
        take_out_of_queue(job)
        job.state, job.ended_at = State.STOPPED, now()
    job.stop_asked = True
    job.save(update_fields=["state", "ended_at", "stop_asked"])
    return Done(job, {"kind": job.kind})


@action("jobs.retry", says=_("再办一次"), permits=permits.may_retry, audience=Audience.OFFICE)
def retry_job(*, actor: Actor, job: Job) -> Done[Job]:
    """Begin anew with a job that failed or was stopped (再试).

    Raises
    ------
    Refused
        It is done, or being done.
    """
    job = locked(job)
    _begin_anew(job)
    return Done(job, {"kind": job.kind})


@action("jobs.redo_reaction", says=_("接着再办一次"), permits=permits.may_tie_up, audience=Audience.OFFICE)
def redo_reaction(*, actor: Actor, job: Job) -> Done[Job]:
    """Try again what should have followed on another room's verb and did not (再办一次).

    Raises
    ------
    Refused
        It is done, or being done, or somebody has let it be.
    """
    job = locked(job)
    refuse_unless(rules.is_loose_end(State(job.state)))
    _begin_anew(job)
    return Done(job, {"reaction": job.args["reaction"], "entry": job.args["entry"]})


@action("jobs.drop_reaction", says=_("没接上的事不用办了"), permits=permits.may_tie_up, audience=Audience.OFFICE)
def drop_reaction(*, actor: Actor, job: Job, reason: str) -> Done[Job]:
    """Let be what should have followed on another room's verb and did not (不用办了).

    Raises
    ------
    Refused
        No reason is given, it is done, or being done.
    """
    job = locked(job)
    refuse_unless(rules.is_loose_end(State(job.state)))
    refuse_unless(rules.says_why(reason))
    job.state, job.ended_at = State.STOPPED, now()
    job.save(update_fields=["state", "ended_at"])
    return Done(job, {"reaction": job.args["reaction"], "entry": job.args["entry"]}, sealed={"reason": reason.strip()})


def _begin_anew(job: Job) -> None:
    refuse_unless(rules.can_retry(State(job.state)))
    job.state, job.stage, job.share, job.result = State.WAITING, "", 0.0, {}
    job.error = job.error_code = ""
    job.stop_asked, job.attempts = False, 0
    job.started_at = job.ended_at = job.seen_at = job.heartbeat = None
    job.queued_at = timezone.now()
    take_out_of_queue(job)
    job.package = put_into_queue(job)
    job.save()


@action("jobs.forget", says=_("清理旧任务"), permits=permits.may_forget, audience=Audience.OFFICE)
def forget_jobs(*, actor: Actor, job: Job, ended_before: datetime, own_before: datetime) -> Done[Job]:
    """Remove jobs that ended long ago, and files that nobody fetched (清理).

    Parameters
    ----------
    job : Job
        The job that does it.
    ended_before, own_before : datetime
        When at the latest a job ended that goes: one that a person asked for, one of the system's own.
    """
    old = Q(ended_at__lt=ended_before) | Q(ended_at__lt=own_before, made_by=None)
    ended = Job.objects.exclude(state__in=OPEN).exclude(kind=REACT, state=State.FAILED)
    count = ended.filter(old).delete()[1].get(Job._meta.label, 0)
    JobFile.objects.filter(made_at__lt=now() - FILE_KEPT).delete()
    Task.objects.filter(stopped__lt=timezone.now() - KEPT_OF_THE_SYSTEM).delete()  # django-q2 knows no demo clock
    return Done(job, {"jobs": count})
