"""Handing jobs to workers: into the queue, out of it, and again where a worker died (投递)."""

import logging
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_q.brokers.orm import ORM
from django_q.models import OrmQ
from django_q.tasks import async_task

from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.registry import kind_named
from xiuhua.ground.jobs.states import State
from xiuhua.ground.jobs.timing import RETRY, USUAL, timing

RUN = "xiuhua.ground.jobs.work.run"
"""What the queue names: the function that does a job."""

logger = logging.getLogger(__name__)


class _NotingBroker(ORM):  # type: ignore[misc]  # django-q2 is untyped
    """django-q2's queue in the database, which remembers the number of the package that it took in."""

    package: int = 0

    def enqueue(self, task: str) -> int:
        self.package = super().enqueue(task)
        return self.package


def put_into_queue(job: Job) -> int:
    """Hand a job to the workers, as part of the transaction at hand; return the number of its package."""
    try:
        longest = kind_named(job.kind).longest
    except KeyError:
        longest = USUAL
    broker = _NotingBroker()
    async_task(RUN, job.pk, broker=broker, task_name=f"{job.kind}-{job.pk}", timeout=int(longest.total_seconds()))
    return broker.package


def take_out_of_queue(job: Job) -> None:
    """Take back what no worker shall do any more."""
    OrmQ.objects.filter(pk=job.package).delete()


def redeliver_lost() -> int:
    """Hand out again the jobs whose worker fell silent, or took them and died before it began; return how many.

    This may hand out a job that somebody does have in hand: a worker that then takes it finds out (`work.run`).
    """
    return sum(_redeliver(pk) for pk in list(_lost()))


def _lost() -> Iterator[int]:
    now, told = timezone.now(), timing()
    stale = now - timedelta(seconds=told.stale_after)
    yield from (
        Job.objects.filter(state=State.RUNNING)
        .filter(Q(heartbeat__lt=stale) | Q(heartbeat=None))
        .values_list("pk", flat=True)
    )
    late = now - timedelta(seconds=told.late_after)
    waiting = dict(Job.objects.filter(state=State.WAITING, queued_at__lt=late).order_by().values_list("package", "pk"))
    locked_until = dict(OrmQ.objects.filter(pk__in=waiting).values_list("pk", "lock"))
    for package, pk in waiting.items():
        lock = locked_until.get(package)
        if lock is None or now < lock < late + RETRY:
            yield pk


def _redeliver(pk: int) -> bool:
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=pk, state__in=[State.WAITING, State.RUNNING]).first()
        if job is None:
            return False
        if not OrmQ.objects.filter(pk=job.package).update(lock=timezone.now()):
            job.package = put_into_queue(job)
            job.save(update_fields=["package"])
    logger.warning("job %s (%s) is handed out again", pk, job.kind)
    return True
