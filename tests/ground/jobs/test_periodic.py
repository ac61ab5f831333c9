from datetime import UTC, datetime, timedelta

import pytest
from django_q.models import OrmQ, Schedule

from ground.jobs.conftest import SYSTEM
from xiuhua.ground.jobs import registry, work
from xiuhua.ground.jobs.actions import KEPT
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.registry import job, periodic
from xiuhua.ground.jobs.states import State
from xiuhua.ground.jobs.timetable import keep_timetable

NIGHT = datetime(2023, 8, 4, 19, 40, tzinfo=UTC)


@pytest.fixture
def kinds(monkeypatch):
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    return registry._kinds


def planned():
    return dict(Schedule.objects.values_list("name", "cron"))


def test_the_timetable_follows_what_rooms_register(db, kinds):
    Schedule.objects.create(name="someone else's", func="math.floor", schedule_type=Schedule.DAILY)
    keep_timetable()
    assert planned()["jobs.forget"] == "40 3 * * *"
    kept = Schedule.objects.get(name="jobs.forget")

    periodic("0 4 * * *", "sample.nightly", says="每夜")(lambda running: None)
    keep_timetable()
    assert planned()["sample.nightly"] == "0 4 * * *"
    assert Schedule.objects.get(name="jobs.forget").pk == kept.pk

    del kinds["sample.nightly"]
    keep_timetable()
    assert set(planned()) == {"someone else's", *(kind.name for kind in registry.kinds() if kind.cron)}


def test_periodic_work_is_asked_for_once_a_moment(db):
    for _ in range(2):
        work.run_periodic("jobs.forget", NIGHT.isoformat())
    row = Job.objects.get()
    assert (row.kind, row.planned_for, row.asked_by, row.title) == ("jobs.forget", NIGHT, "system:jobs", "清理旧任务")
    assert OrmQ.objects.count() == 1


def test_old_jobs_are_forgotten_and_open_ones_are_not(ask, noon, staff):
    fresh, old, open_one = ask("write"), ask("write"), ask("write")
    Job.objects.filter(pk=fresh.pk).update(state=State.DONE, ended_at=noon)
    Job.objects.filter(pk=old.pk).update(state=State.FAILED, ended_at=noon - KEPT - timedelta(days=1))
    OrmQ.objects.all().delete()
    nightly = ask_for_nightly()
    work.run_waiting()
    nightly.refresh_from_db()
    assert nightly.result["counts"] == [["清理的任务", 1]]
    assert set(Job.objects.values_list("pk", flat=True)) == {fresh.pk, open_one.pk, nightly.pk}


def ask_for_nightly():
    from xiuhua.ground.jobs.actions import enqueue

    return enqueue(actor=SYSTEM, kind="jobs.forget").subject


def test_a_kind_is_declared_once_and_takes_no_longer_than_any_may(kinds):
    with pytest.raises(ValueError, match="twice"):
        job("sample.write", says="又一个")(print)
    with pytest.raises(ValueError, match="more than"):
        job("sample.for_a_day", says="没完", longest=timedelta(days=1))(print)
