"""What was lost with a worker is handed out again."""

from datetime import timedelta

from django.utils import timezone
from django_q.models import OrmQ

from xiuhua.ground.jobs import work
from xiuhua.ground.jobs.delivery import redeliver_lost
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.states import State
from xiuhua.ground.jobs.timing import RETRY

LONG_AGO = timedelta(hours=1)


def grow_old(job: Job, **fields: object) -> None:
    Job.objects.filter(pk=job.pk).update(**fields)


def pull(job: Job, ago: timedelta) -> None:
    """Take a job's package in hand, as a cluster did some time ago."""
    OrmQ.objects.filter(pk=job.package).update(lock=timezone.now() - ago + RETRY)


def is_free() -> bool:
    return OrmQ.objects.filter(lock__lte=timezone.now()).count() == 1


def test_a_job_whose_worker_is_silent_is_free_again(ask):
    job = ask("write")
    pull(job, LONG_AGO)
    work._take(job.pk)
    grow_old(job, heartbeat=timezone.now() - LONG_AGO)
    assert redeliver_lost() == 1
    assert is_free()


def test_also_where_the_queue_has_forgotten_it(ask, effects):
    job = ask("write")
    work._take(job.pk)
    OrmQ.objects.all().delete()
    grow_old(job, heartbeat=timezone.now() - LONG_AGO)
    assert redeliver_lost() == 1
    work.run_waiting()
    assert effects() == [job.pk]


def test_a_job_that_was_taken_and_never_begun_is_free_again(ask):
    job = ask("write")
    grow_old(job, queued_at=timezone.now() - LONG_AGO)
    pull(job, LONG_AGO)
    assert redeliver_lost() == 1
    assert is_free()


def test_what_waits_its_turn_runs_or_was_just_taken_is_left_alone(ask, done):
    done("write")
    waiting, taken, at_work = ask("write"), ask("write"), ask("write")
    for job in (waiting, taken, at_work):
        grow_old(job, queued_at=timezone.now() - LONG_AGO)
    pull(taken, timedelta(seconds=5))
    pull(at_work, LONG_AGO)
    work._take(at_work.pk)
    assert redeliver_lost() == 0
    assert Job.objects.get(pk=at_work.pk).state == State.RUNNING
