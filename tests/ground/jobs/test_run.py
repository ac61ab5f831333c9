"""What a worker does with a job, done here and now."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_q.models import OrmQ

from ground.jobs.conftest import COMMITTEE, SYSTEM
from xiuhua.ground.jobs import work
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.pulse import InlinePulse
from xiuhua.ground.jobs.running import Running, Stopped, Superseded
from xiuhua.ground.jobs.states import State
from xiuhua.ground.jobs.timing import ATTEMPTS
from xiuhua.ground.scope.roles import Role


def running(job: Job) -> Running:
    """Take a job in hand, as a worker does."""
    taken = work._take(job.pk)
    assert taken is not None
    return Running(taken, InlinePulse(taken))


def test_a_job_is_done_once_and_says_what_came_of_it(done, effects, noon):
    job = done("write", note="a")
    assert (job.state, job.share, job.attempts, job.started_at, job.ended_at) == (State.DONE, 1.0, 1, noon, noon)
    assert job.result == {"counts": [["新增", 1]], "url": "/there/", "link": "去看", "said": "写好了。"}
    assert effects() == [job.pk]
    assert not OrmQ.objects.exists()


def test_a_job_delivered_again_after_its_end_does_nothing(done, effects):
    job = done("write")
    work.run(job.pk)
    assert effects() == [job.pk]


def test_a_job_that_runs_elsewhere_is_not_run_twice(ask, effects):
    job = ask("write")
    running(job)
    work.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, effects()) == (State.RUNNING, 1, [])


def test_a_worker_that_was_silent_too_long_stores_nothing_more(ask, effects):
    job = ask("write")
    first = running(job)
    Job.objects.filter(pk=job.pk).update(heartbeat=timezone.now() - timedelta(hours=1))
    second = running(job)
    with pytest.raises(Superseded), first.effect():
        pytest.fail("the first worker went on")
    with second.effect():
        second.done()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.DONE, 2)


def test_what_an_effect_wrote_before_it_failed_is_gone(done, effects):
    job = done("broken")
    assert effects() == []
    assert (job.state, job.error_code) == (State.FAILED, f"{job.pk}-ZeroDivisionError")
    assert "再办一次" in job.error
    assert "王秀英" not in job.error


def test_a_refusal_is_told_in_its_own_words(done, effects):
    job = done("refused")
    assert effects() == []
    assert job.reasons == ["第 14 行「身份证号」少了一位；补上再传", "第 20 行没有姓名"]
    assert job.error_code == f"{job.pk}-refused"


def test_a_job_must_say_that_it_is_done(done):
    job = done("unfinished")
    assert (job.state, job.error_code) == (State.FAILED, f"{job.pk}-RuntimeError")


def test_a_kind_that_is_gone_fails_readably(ask):
    job = ask("write")
    Job.objects.filter(pk=job.pk).update(kind="sample.gone")
    work.run_waiting()
    job.refresh_from_db()
    assert (job.state, job.error_code) == (State.FAILED, f"{job.pk}-KeyError")


def test_where_the_database_fails_the_queue_keeps_the_job(ask):
    job = ask("database")
    with pytest.raises(OperationalError):
        work._run(job.pk, InlinePulse)
    job.refresh_from_db()
    assert job.state == State.RUNNING


def test_a_job_whose_worker_died_each_time_is_given_up(ask):
    job = ask("write")
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, attempts=ATTEMPTS)
    work.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_code) == (State.FAILED, f"{job.pk}-interrupted")


def test_progress_is_seen_and_kept_within_bounds(ask):
    job = ask("write")
    one = running(job)
    one.progress("核对" * 200, 7.0)
    job.refresh_from_db()
    assert (job.share, len(job.stage)) == (1.0, 200)


def test_a_stop_is_heeded_at_the_next_safe_place(ask):
    job = ask("write")
    one = running(job)
    one.stop_if_asked()
    Job.objects.filter(pk=job.pk).update(stop_asked=True)
    with pytest.raises(Stopped):
        one.stop_if_asked()
    with pytest.raises(Stopped), one.effect():
        pytest.fail("the job went on")


def test_an_end_is_said_within_an_effect_and_effects_do_not_nest(ask):
    one = running(ask("write"))
    with pytest.raises(RuntimeError, match="within its last effect"):
        one.done()
    with pytest.raises(RuntimeError, match="within an effect"), one.effect(), one.effect():
        pytest.fail("an effect within an effect")


def test_the_system_acts_for_whoever_asked_and_their_scope_is_known(ask, staff):
    head = staff(Role.COMMITTEE_HEAD, COMMITTEE)
    one = running(ask("write", actor=head, path=COMMITTEE))
    assert (one.actor.reference, one.actor.behalf) == ("system:jobs", head.reference)
    assert (one.asker, one.path) == (head, COMMITTEE)
    alone = running(ask("write", actor=SYSTEM))
    assert alone.asker == alone.actor
