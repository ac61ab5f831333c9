"""Workers in processes of their own, which die as they do in life."""

import os
import signal

from django.db import transaction

from ground.jobs.conftest import SYSTEM
from ground.jobs.office import PATIENCE, descendants, lives
from xiuhua.ground.jobs import actions
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.states import State


def asked(kind, **args):
    return actions.enqueue(actor=SYSTEM, kind=f"sample.{kind}", args=args).subject


def test_processes_that_are_killed_are_begun_anew_and_neither_lose_nor_double_an_effect(office):
    worker = office.worker()
    job, endless = asked("killed", how="itself"), asked("endless")
    office.wait_for(job)
    assert (job.attempts, office.effects()) == (2, [job.pk])
    office.wait_for(endless, state=State.FAILED)
    assert endless.error_code == f"{endless.pk}-too-long"

    for pid in descendants(worker.pid)[1:]:
        os.kill(pid, signal.SIGKILL)
    more = [asked("write"), asked("write")]
    office.wait_for(*more)
    assert office.effects() == [job.pk, *(one.pk for one in more)]

    below = descendants(worker.pid)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE) == 0
    assert not any(map(lives, below))


def test_all_of_it_killed_leaves_nothing_running_and_the_next_one_goes_on(office, tmp_path):
    first = office.worker()
    job = asked("killed", how="together", tell=str(tmp_path / "in the middle"))
    office.wait_until((tmp_path / "in the middle").exists, "the effect")
    below = descendants(first.pid)
    assert len(below) >= 4
    first.kill()
    first.wait()
    office.wait_until(lambda: not any(map(lives, below)), "the end of the killed worker's processes")
    assert office.effects() == []

    office.worker()
    office.wait_for(job)
    assert (job.attempts, office.effects()) == (2, [job.pk])


def test_two_workers_lose_and_double_nothing_and_heed_a_stop(office):
    jobs = [asked("write") for _ in range(50)]
    with transaction.atomic():
        asked("write")
        transaction.set_rollback(True)
    long = asked("steps", seconds=60)
    office.worker()
    office.worker()
    office.wait_for(*jobs)
    assert office.effects() == sorted(job.pk for job in jobs)
    assert Job.objects.count() == 51

    office.wait_until(lambda: Job.objects.filter(pk=long.pk, stage="走", share=0.25).exists(), "progress")
    actions.stop_job(actor=SYSTEM, job=long)
    office.wait_for(long, state=State.STOPPED)
    assert long.pk not in office.effects()

    Job.objects.filter(pk=long.pk).update(args={"seconds": 0})
    actions.retry_job(actor=SYSTEM, job=long)
    office.wait_for(long)
    assert office.effects() == sorted(job.pk for job in [*jobs, long])
