import pytest
from django.db import transaction
from django_q.models import OrmQ

from expectations import forbidden, verbs_of
from ground.jobs.conftest import COMMITTEE, OTHER_COMMITTEE, SUBDISTRICT, SYSTEM
from xiuhua.ground.jobs import actions
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.states import State
from xiuhua.ground.journal.actions import idempotency_key
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.scope.roles import Role


def test_a_job_waits_and_is_on_record(db, noon):
    job = actions.enqueue(
        actor=SYSTEM, kind="sample.write", path=COMMITTEE, args={"note": "a"}, title="写一行字"
    ).subject
    job.refresh_from_db()
    assert (job.state, job.title, job.args, job.made_at) == (State.WAITING, "写一行字", {"note": "a"}, noon)
    assert (job.asked_by, job.made_by, job.language) == ("system:test", None, "zh-hans")
    assert OrmQ.objects.get().pk == job.package
    assert verbs_of(job) == ["jobs.enqueue"]


def test_whoever_asked_is_known(staff):
    worker = staff(Role.COMMITTEE_HEAD, COMMITTEE)
    job = actions.enqueue(actor=worker, kind="sample.write", path=COMMITTEE).subject
    assert (job.made_by, job.asked_by, job.title) == (worker, worker.reference, "写一行")


def test_what_is_rolled_back_was_never_asked(db):
    with transaction.atomic():
        actions.enqueue(actor=SYSTEM, kind="sample.write")
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not OrmQ.objects.exists()


def test_sent_twice_is_one_job(db):
    with idempotency_key("twice"):
        first = actions.enqueue(actor=SYSTEM, kind="sample.write", args={"note": "a"}).subject
        again = actions.enqueue(actor=SYSTEM, kind="sample.write", args={"note": "a"}).subject
    assert first == again
    assert OrmQ.objects.count() == 1


@pytest.mark.parametrize("path", [OTHER_COMMITTEE, SUBDISTRICT, ""])
def test_nobody_asks_for_what_is_not_theirs(staff, path):
    with forbidden():
        actions.enqueue(actor=staff(Role.COMMITTEE_HEAD, COMMITTEE), kind="sample.write", path=path)
    assert not Job.objects.exists()


def test_a_visitor_asks_for_nothing(db):
    with forbidden():
        actions.enqueue(actor=Visitor(), kind="sample.write", path=COMMITTEE)


@pytest.mark.parametrize(
    ("kind", "args", "error"),
    [
        ("sample.unknown", {}, KeyError),
        ("sample.write", {"nte": "a"}, TypeError),
        ("sample.steps", {}, TypeError),
        ("sample.write", {"note": object()}, TypeError),
    ],
)
def test_a_slip_of_the_programmer_shows_at_once(db, kind, args, error):
    with pytest.raises(error):
        actions.enqueue(actor=SYSTEM, kind=kind, args=args)
    assert not OrmQ.objects.exists()
