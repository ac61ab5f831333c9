"""Long files of lists: made in the background, for whoever asked and as far as they may see."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.contrib.auth import get_user_model

from expectations import by_hand
from ground.jobs.conftest import COMMITTEE, OTHER_COMMITTEE
from xiuhua.ground import clock
from xiuhua.ground.accounts.models import RoleGrant
from xiuhua.ground.jobs import actions, work
from xiuhua.ground.jobs.models import Job, JobFile
from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.ui.lists import long

LIST = "/territory/residents/"


@pytest.fixture(autouse=True)
def everything_is_long(monkeypatch):
    monkeypatch.setattr(long, "LONG", 1)


@pytest.fixture
def head(staff):
    return staff(Role.COMMITTEE_HEAD, COMMITTEE, name="林书记")


@pytest.fixture
def desk(client_of, head):
    return client_of(head)


def asked(desk, address=f"{LIST}?export=xlsx") -> Job:
    response = desk.get(address)
    assert response.status_code == 302, response.content.decode()[:200]
    return Job.objects.get(pk=int(response.headers["Location"].strip("/").rpartition("/")[2]))


def made(desk, address=f"{LIST}?export=xlsx") -> Job:
    job = asked(desk, address)
    work.run_waiting()
    job.refresh_from_db()
    return job


def rows_of(response) -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))[1:]


def test_the_file_lies_ready_for_whoever_asked(desk):
    job = made(desk)
    assert (job.state, job.title) == ("done", "导出居民")
    page = desk.get(job.get_absolute_url()).content.decode()
    assert f'href="/jobs/{job.pk}/file/"' in page
    response = desk.get(f"/jobs/{job.pk}/file/")
    assert "filename*=UTF-8''%E5%B1%85%E6%B0%91.xlsx" in response.headers["Content-Disposition"]
    assert len(rows_of(response)) == Resident.objects.count()


def test_it_goes_on_record_once_by_whoever_asked(desk, head):
    made(desk)
    entry = Entry.objects.get(verb="territory.export_list")
    assert (entry.actor, entry.facts["rows"]) == (head.reference, Resident.objects.count())


def test_filters_and_words_go_along_and_stand_nowhere(desk, monkeypatch):
    monkeypatch.setattr(long, "LONG", 0)
    address = desk.post(LIST, {"q": "枣阳路", "sex": "f"}).headers["Location"]
    job = made(desk, f"{address}&export=xlsx")
    assert len(rows_of(desk.get(f"/jobs/{job.pk}/file/"))) == Resident.objects.filter(sex="f").count()
    assert "枣阳路" not in str(job.args)


def test_asked_twice_it_is_made_once(desk):
    assert asked(desk) == asked(desk)


def test_a_short_file_comes_at_once(desk, monkeypatch):
    monkeypatch.setattr(long, "LONG", 100)
    assert len(rows_of(desk.get(f"{LIST}?export=xlsx"))) == Resident.objects.count()
    assert 'export=xlsx" download>' in desk.get(LIST).content.decode()


def test_the_link_of_a_long_one_leads_to_a_page(desk):
    assert 'export=xlsx">' in desk.get(LIST).content.decode()


def test_a_colleague_and_the_administrator_see_the_job_but_get_no_file(desk, staff, client_of, subdistrict):
    job = made(desk)
    administrator = client_of(staff(Role.SYSTEM_ADMIN, subdistrict.path))
    assert f'href="/jobs/{job.pk}/file/"' not in administrator.get(job.get_absolute_url()).content.decode()
    assert administrator.get(f"/jobs/{job.pk}/file/").status_code == 403
    assert client_of(staff(Role.COMMITTEE_HEAD, OTHER_COMMITTEE)).get(f"/jobs/{job.pk}/file/").status_code == 404


@pytest.mark.parametrize("ended", ["role", "account"])
def test_who_may_not_any_more_gets_none(desk, head, ended):
    job = asked(desk)
    with by_hand():
        if ended == "role":
            RoleGrant.objects.filter(user=head).update(ended_at=clock.now())
        else:
            get_user_model().objects.filter(pk=head.pk).update(is_active=False)
    work.run_waiting()
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("failed", f"{job.pk}-permission")
    assert not JobFile.objects.exists()
    assert not Entry.objects.filter(verb="territory.export_list").exists()


def test_after_a_day_it_is_gone(desk, client_of, head, noon):
    job = made(desk)
    with clock.stopped_at(noon + timedelta(hours=25)):
        late = client_of(head)
        assert f'href="/jobs/{job.pk}/file/"' not in late.get(job.get_absolute_url()).content.decode()
        response = late.get(f"/jobs/{job.pk}/file/")
        assert response.headers["Location"] == job.get_absolute_url()
        before = clock.now() - timedelta(days=180)
        actions.forget_jobs(actor=System("jobs"), job=job, ended_before=before, own_before=before)
    assert not JobFile.objects.exists()
    assert Job.objects.filter(pk=job.pk).exists()


def test_the_file_lies_sealed(desk):
    made(desk)
    assert JobFile.objects.values_list("content", flat=True).get().startswith("k")
    assert "王" not in JobFile.objects.values_list("content", flat=True).get()
