import re

import pytest
from django.utils import timezone

from ground.jobs.conftest import COMMITTEE, NEIGHBOUR, OTHER_COMMITTEE, SUBDISTRICT
from xiuhua.ground.jobs import queries, work
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.jobs.states import State
from xiuhua.ground.scope.roles import Role


@pytest.fixture
def head(staff):
    return staff(Role.COMMITTEE_HEAD, COMMITTEE, name="林书记")


@pytest.fixture
def client(client_of, head):
    return client_of(head)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_list_says_what_will_stand_there(client):
    html = page(client, "/jobs/")
    assert "还没有交给后台的任务" in html
    assert 'aria-current="page"' in html


def test_the_list_shows_state_progress_who_and_when(client, head, ask, done):
    ask("write", actor=head, path=COMMITTEE)
    failed = done("broken", actor=head, path=COMMITTEE)
    html = page(client, "/jobs/")
    assert f'href="/jobs/{failed.pk}/"' in html
    assert all(words in html for words in ("写一行", "出错的事", "没办成", "林书记"))
    only = page(client, "/jobs/?state=failed")
    assert "出错的事" in only
    assert "写一行" not in only


def test_the_number_of_queries_does_not_grow_with_the_list(client, head, ask, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask("write", actor=head, path=COMMITTEE)
    page(client, "/jobs/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(client, "/jobs/")
    for _ in range(30):
        ask("write", actor=head, path=COMMITTEE)
    with django_assert_num_queries(len(few)):
        page(client, "/jobs/")


def test_a_job_that_is_under_way_asks_for_its_progress(client, head, ask):
    job = ask("write", actor=head, path=COMMITTEE)
    assert "马上开始" in page(client, job.get_absolute_url())
    work._take(job.pk)
    Job.objects.filter(pk=job.pk).update(stage="核对第 14 行", share=0.47)
    html = page(client, job.get_absolute_url())
    assert f'hx-get="/jobs/{job.pk}/progress/" hx-trigger="every 2s"' in html
    assert 'aria-valuenow="47"' in html
    assert "核对第 14 行" in html
    assert f'action="/jobs/{job.pk}/stop/"' in html


def test_polling_ends_with_the_job(client, head, done):
    job = done("write", actor=head, path=COMMITTEE)
    response = client.get(f"/jobs/{job.pk}/progress/")
    html = response.content.decode()
    assert response.headers["HX-Trigger"] == "xh:job-ended"
    assert "hx-get" not in html
    assert "<html" not in html
    assert all(
        words in html for words in ("写好了。", "新增", "<dd>1</dd>", '<a class="btn btn-primary" href="/there/">去看')
    )


def test_what_was_refused_is_said_reason_by_reason_with_a_way_on(client, head, done):
    job = done("refused", actor=head, path=COMMITTEE)
    html = page(client, job.get_absolute_url())
    assert "<li>第 14 行「身份证号」少了一位；补上再传</li>" in html
    assert f"编号 {job.pk}-refused" in html
    assert f'action="/jobs/{job.pk}/retry/"' in html
    assert f'action="/jobs/{job.pk}/stop/"' not in html


def test_a_job_that_nobody_takes_says_whom_to_ask(client, head, ask):
    job = ask("write", actor=head, path=COMMITTEE)
    assert not queries.nobody_works(job)
    Job.objects.filter(pk=job.pk).update(queued_at=timezone.now() - timezone.timedelta(hours=1))
    assert "后台程序可能没有开" in page(client, job.get_absolute_url())


def test_those_before_it_are_counted(client, head, ask):
    ask("write")
    assert "前面还有 1 个任务" in page(client, ask("write", actor=head, path=COMMITTEE).get_absolute_url())


def post(client, html, what):
    form = re.search(rf'action="(/jobs/\d+/{what}/)".*?name="once" value="([^"]+)"', html, re.DOTALL)
    return client.post(form[1], {"once": form[2]}, follow=True)


def test_stop_and_retry_by_button_and_a_double_click_is_one_deed(client, head, ask):
    job = ask("write", actor=head, path=COMMITTEE)
    html = page(client, job.get_absolute_url())
    for _ in range(2):
        assert "已停下" in post(client, html, "stop").content.decode()
    html = page(client, job.get_absolute_url())
    for _ in range(2):
        assert "重新排上了队" in post(client, html, "retry").content.decode()
    job.refresh_from_db()
    assert job.state == State.WAITING


def test_a_button_that_comes_too_late_is_answered_in_words(client, head, done):
    job = done("write", actor=head, path=COMMITTEE)
    assert "已经结束" in client.post(f"/jobs/{job.pk}/stop/", follow=True).content.decode()
    assert "已经办完" in client.post(f"/jobs/{job.pk}/retry/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("role", "place", "seen"),
    [
        (Role.SYSTEM_ADMIN, SUBDISTRICT, {"自己的", "邻居委的", "系统的"}),
        (Role.SYSTEM_ADMIN, NEIGHBOUR, {"系统的"}),
        (Role.COMMITTEE_HEAD, COMMITTEE, set()),
        (Role.SECTION_HEAD, SUBDISTRICT, set()),
    ],
)
def test_others_see_what_their_role_sees(staff, client_of, head, ask, role, place, seen):
    neighbour = staff(Role.COMMITTEE_HEAD, OTHER_COMMITTEE)
    made = {
        "自己的": ask("write", actor=head, path=COMMITTEE),
        "邻居委的": ask("write", actor=neighbour, path=OTHER_COMMITTEE),
        "系统的": ask("write"),
    }
    client = client_of(staff(role, place))
    listed = page(client, "/jobs/")
    for name, job in made.items():
        found = name in seen
        assert (job.get_absolute_url() in listed) == found
        for address in (job.get_absolute_url(), f"{job.get_absolute_url()}progress/"):
            assert client.get(address).status_code == (200 if found else 404)
        if not found:
            for what in ("stop", "retry"):
                assert client.post(f"{job.get_absolute_url()}{what}/").status_code == 404


def test_visitors_are_asked_to_sign_in(ask, client_of):
    from django.test import Client

    job = ask("write")
    for address in ("/jobs/", job.get_absolute_url(), f"{job.get_absolute_url()}progress/"):
        assert Client().get(address).status_code == 302
    assert Client().post(f"{job.get_absolute_url()}stop/").status_code == 302


def test_a_get_changes_nothing(client, head, ask):
    job = ask("write", actor=head, path=COMMITTEE)
    assert client.get(f"/jobs/{job.pk}/stop/").status_code == 405
    assert client.get(f"/jobs/{job.pk}/retry/").status_code == 405


def test_the_list_exports(client, head, ask):
    ask("write", actor=head, path=COMMITTEE)
    response = client.get("/jobs/?export=xlsx")
    assert response.headers["Content-Type"].startswith("application/vnd.openxmlformats")
