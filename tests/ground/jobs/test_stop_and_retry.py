import pytest
from django_q.models import OrmQ

from expectations import by_hand, forbidden, refused, verbs_of
from ground.jobs.conftest import COMMITTEE, NEIGHBOUR, OTHER_COMMITTEE, SUBDISTRICT, SYSTEM
from xiuhua.ground.jobs import actions, work
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.states import State
from xiuhua.ground.scope.roles import Role


def test_a_waiting_job_is_stopped_at_once(ask, noon):
    job = actions.stop_job(actor=SYSTEM, job=ask("write")).subject
    job.refresh_from_db()
    assert (job.state, job.ended_at) == (State.STOPPED, noon)
    assert not OrmQ.objects.exists()
    assert verbs_of(job) == ["jobs.enqueue", "jobs.stop"]


def test_a_running_job_is_asked_to_stop_and_asking_twice_is_no_fault(ask):
    job = ask("steps", seconds=0)
    work._take(job.pk)
    for _ in range(2):
        actions.stop_job(actor=SYSTEM, job=job)
    job.refresh_from_db()
    assert (job.state, job.stop_asked) == (State.RUNNING, True)


def test_what_has_ended_is_not_stopped(done):
    with refused("已经结束"):
        actions.stop_job(actor=SYSTEM, job=done("write"))


def test_a_failed_job_is_done_at_the_second_try(done, effects):
    job = done("broken")
    Job.objects.filter(pk=job.pk).update(kind="sample.write")
    actions.retry_job(actor=SYSTEM, job=job)
    job.refresh_from_db()
    assert (job.state, job.error, job.error_code, job.attempts) == (State.WAITING, "", "", 0)
    work.run_waiting()
    job.refresh_from_db()
    assert (job.state, effects()) == (State.DONE, [job.pk])
    assert verbs_of(job) == ["jobs.enqueue", "jobs.retry"]


def test_a_stopped_job_is_begun_anew(ask, effects):
    job = actions.stop_job(actor=SYSTEM, job=ask("write")).subject
    actions.retry_job(actor=SYSTEM, job=job)
    work.run_waiting()
    assert effects() == [job.pk]


@pytest.mark.parametrize(("kind", "words"), [("write", "已经办完"), (None, "已经在办")])
def test_what_is_done_or_under_way_is_not_begun_anew(ask, done, kind, words):
    job = done(kind) if kind else ask("write")
    with refused(words):
        actions.retry_job(actor=SYSTEM, job=job)


def test_people_stop_and_retry_their_own(ask, staff):
    head = staff(Role.COMMITTEE_HEAD, COMMITTEE)
    job = ask("write", actor=head, path=COMMITTEE)
    actions.stop_job(actor=head, job=job)
    actions.retry_job(actor=head, job=job)


def test_a_system_administrator_looks_after_the_jobs_of_the_place_and_of_the_system(ask, staff):
    head, admin = staff(Role.COMMITTEE_HEAD, COMMITTEE), staff(Role.SYSTEM_ADMIN, SUBDISTRICT)
    for job in (ask("write", actor=head, path=COMMITTEE), ask("write")):
        actions.stop_job(actor=admin, job=job)
        actions.retry_job(actor=admin, job=job)


def test_nobody_tries_again_what_the_programme_knows_no_more(ask, staff):
    head = staff(Role.COMMITTEE_HEAD, COMMITTEE)
    job = actions.stop_job(actor=head, job=ask("write", actor=head, path=COMMITTEE)).subject
    job.kind = "sample.gone"
    with forbidden():
        actions.retry_job(actor=head, job=job)


def test_nobody_else_touches_them(ask, staff):
    job = ask("write", actor=staff(Role.COMMITTEE_HEAD, COMMITTEE), path=COMMITTEE)
    for other in (staff(Role.COMMITTEE_HEAD, COMMITTEE), staff(Role.SYSTEM_ADMIN, NEIGHBOUR)):
        with forbidden():
            actions.stop_job(actor=other, job=job)


def test_who_lost_the_role_does_not_try_again(ask, staff):
    head = staff(Role.COMMITTEE_HEAD, COMMITTEE)
    job = actions.stop_job(actor=head, job=ask("write", actor=head, path=COMMITTEE)).subject
    with by_hand():
        head.role_grants.update(path=OTHER_COMMITTEE)
    head.forget_grants()
    with forbidden():
        actions.retry_job(actor=head, job=job)
