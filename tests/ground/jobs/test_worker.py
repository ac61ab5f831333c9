"""Workers in processes of their own, which die as they do in life."""

import os
import signal

import pytest
from django.db import connection, transaction

from ground.jobs.conftest import SYSTEM
from ground.jobs.office import descendants, lives
from xiuhua.ground.jobs import actions
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.states import State


def asked(kind, **args):
    return actions.enqueue(actor=SYSTEM, kind=f"sample.{kind}", args=args).subject


def test_a_worker_killed_in_the_middle_neither_loses_nor_doubles_the_effect(office):
    office.worker()
    job = asked("killed", how="itself")
    office.wait_for(job)
    assert (job.attempts, office.effects()) == (2, [job.pk])


def test_all_of_it_killed_leaves_nothing_running_and_the_next_one_goes_on(office, tmp_path):
    first = office.worker()
    job = asked("killed", how="together", tell=str(tmp_path / "in the middle"))
    office.wait_until((tmp_path / "in the middle").exists, "the effect")
    below = descendants(first.pid)
    assert len(below) >= 4
    first.kill()
    first.wait()
    office.wait_until(lambda: not any(map(lives, below)), "the end of the killed worker's processes")
    connection.close()
    assert office.effects() == []

    office.worker()
    office.wait_for(job)
    assert (job.attempts, office.effects()) == (2, [job.pk])


def test_fifty_jobs_and_two_workers_lose_and_double_nothing(office):
    jobs = [asked("write") for _ in range(50)]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        asked("write")
        raise ZeroDivisionError
    office.worker()
    office.worker()
    office.wait_for(*jobs)
    assert office.effects() == sorted(job.pk for job in jobs)
    assert Job.objects.count() == 50


def test_a_running_job_is_stopped_and_begun_anew(office):
    office.worker()
    job = asked("steps", seconds=60)
    office.wait_until(lambda: Job.objects.filter(stage="走", share=0.25).exists(), "progress")
    actions.stop_job(actor=SYSTEM, job=job)
    office.wait_for(job, state=State.STOPPED)
    assert office.effects() == []

    Job.objects.filter(pk=job.pk).update(args={"seconds": 0})
    actions.retry_job(actor=SYSTEM, job=job)
    office.wait_for(job)
    assert office.effects() == [job.pk]


def test_processes_killed_between_two_jobs_are_begun_anew(office):
    first = office.worker()
    office.wait_for(asked("write"))
    sentinel, *others = descendants(first.pid)
    assert sentinel not in others
    for pid in others:
        os.kill(pid, signal.SIGKILL)
    office.wait_for(asked("write"), asked("write"))
    assert first.poll() is None


def test_a_worker_ends_when_it_is_told_to(office):
    worker = office.worker()
    office.wait_for(asked("write"))
    below = descendants(worker.pid)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(60) == 0
    assert not any(map(lives, below))
