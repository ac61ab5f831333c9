"""Reads about jobs, as pages and other rooms need them."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from xiuhua.ground.clock import now
from xiuhua.ground.jobs.models import Job, JobFile
from xiuhua.ground.jobs.permits import TIES_UP
from xiuhua.ground.jobs.states import OPEN, State
from xiuhua.ground.jobs.timing import timing
from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.scope.paths import EVERYWHERE
from xiuhua.ground.scope.queryset import below

FILE_KEPT = timedelta(days=1)
"""How long a file that a job made lies ready."""


def jobs_of(reader: Actor) -> QuerySet[Job]:
    """The jobs that someone may see, newest first, each with whoever asked for it."""
    return Job.objects.visible_to(reader).select_related("made_by")


def newest_of_kind(reader: Actor, kind: str, path: str = "") -> Job | None:
    """The last job of a kind at a place that this reader may see: for the page of the room that asked for it."""
    return jobs_of(reader).filter(kind=kind, path=path).first()


def waiting_before(job: Job) -> int:
    """How many wait for a worker longer than this one, wherever they are from."""
    return Job.objects.filter(state=State.WAITING, queued_at__lt=job.queued_at).count()


def nobody_works(job: Job) -> bool:
    """Whether a job has waited for long while no worker was at anything: there is probably none."""
    long_ago = timezone.now() - timedelta(seconds=timing().late_after)
    return job.queued_at < long_ago and not Job.objects.filter(state=State.RUNNING, heartbeat__gt=long_ago).exists()


def asked_already(actor: Actor, kind: str, **args: Any) -> Job | None:
    """The same work, by some of its arguments, that this actor has asked for and that is not done yet."""
    mine = Job.objects.filter(kind=kind, asked_by=actor.reference, state__in=OPEN)
    return next((job for job in mine.order_by("-pk") if args.items() <= job.args.items()), None)


def loose_ends_for(reader: Actor) -> QuerySet[Job]:
    """What should have followed on another room's verb and did not, where this reader takes it up; oldest first."""
    rows = Job.objects.loose_ends().order_by("ended_at", "id")
    if isinstance(reader, System):
        return rows
    held = Q(pk__in=[])
    for grant in reader.grants:
        if grant.role in TIES_UP:
            held |= below("path", grant.path) | Q(path=EVERYWHERE)
    return rows.filter(held)


def file_of(job: Job) -> JobFile | None:
    """The file that a job made, as long as it is kept."""
    return _files(job).first()


def has_file(job: Job) -> bool:
    """Whether the file that a job made is still kept."""
    return _files(job).exists()


def _files(job: Job) -> QuerySet[JobFile]:
    return JobFile.objects.filter(job=job, made_at__gte=now() - FILE_KEPT)
