"""待办: the bell counts what waits for whoever reads, of their own places, in one query; the page tells what it is."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from expectations import by_hand
from ground.privacy.conftest import TODAY, WANG
from xiuhua.ground import clock
from xiuhua.ground.accounts.actions.residents import open_own
from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.jobs.models import Job
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.privacy.actions import file_request, record_consent, set_hold, withdraw_consent
from xiuhua.ground.rosters.models import RosterImport
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.actions import ask_binding, confirm_binding
from xiuhua.ground.ui import waiting

PAGE, BELL = "/waiting/", "/waiting/bell/"


def rung(browser) -> int:
    """What the bell of a page says."""
    found = re.search(r'id="xh-bell"[^>]*aria-label="待办(?:，(\d+) 件)?"', browser.get(PAGE).content.decode())
    assert found, "there is no bell"
    return int(found[1] or 0)


@pytest.fixture
def desk(client_of, worker):
    return client_of(worker)


@pytest.fixture
def asks(wang):
    """Somebody new asks to be bound to the household."""

    def ask(phone="15412345678"):
        account = open_own(actor=Visitor(), phone=phone).subject
        return ask_binding(actor=account, stairwell=wang.household.stairwell, room="501", name=WANG).subject

    return ask


def failed_job(worker, **more):
    with by_hand():
        return Job.objects.create(
            title="导入名册",
            args={"roster_import": 1},
            path="310107014",
            asked_by=worker.reference,
            made_by=worker,
            language="zh-hans",
            **{"kind": "rosters.apply", "state": "failed", "error": "没办成", **more},
            made_at=clock.now(),
            queued_at=clock.now(),
            ended_at=clock.now(),
        )


def test_a_binding_waits_for_the_workers_of_its_committee_until_it_is_answered(
    desk, worker, asks, wang, client_of, east, staff
):
    assert rung(desk) == 0
    assert "现在没有等着您办的" in desk.get(PAGE).content.decode()
    binding = asks()
    other = client_of(staff(Role.GRID_WORKER, at=east))
    assert (rung(desk), rung(other)) == (1, 0)
    page = desk.get(PAGE).content.decode()
    assert all(words in page for words in ("住户绑定，等确认", "王**", "/territory/bindings/?state=asked"))
    assert WANG not in page
    confirm_binding(actor=worker, binding=binding, household=wang.household, resident=wang)
    assert rung(desk) == 0


def test_requests_wait_for_the_privacy_officer_of_the_place(office, officer, client_of, elsewhere, wang):
    file_request(actor=officer, resident=wang, kind="access", channel="counter", asked_on=TODAY)
    assert (rung(office), rung(client_of(elsewhere))) == (1, 0)
    assert "个人信息请求，等答复" in office.get(PAGE).content.decode()


def test_a_correction_waits_for_who_keeps_the_register_too(office, officer, desk, wang):
    file_request(actor=officer, resident=wang, kind="correct", channel="counter", asked_on=TODAY, words="电话换了")
    assert (rung(office), rung(desk)) == (1, 1)
    page = desk.get(PAGE).content.decode()
    assert wang.get_absolute_url() in page
    assert "电话换了" not in page


def test_who_took_their_consent_back_waits_to_be_erased_unless_held(office, officer, worker, wang, rests_on):
    given = {"purpose": "keep_file", "given_on": TODAY, "evidence": "phone"}
    consent = record_consent(actor=worker, resident=wang, **given).subject
    rests_on(wang, "consent")
    withdraw_consent(actor=worker, consent=consent)
    assert rung(office) == 1
    set_hold(actor=officer, resident=wang, reason="区法院案件", until=TODAY)
    assert rung(office) == 0


def test_ones_own_rosters_wait_once_they_are_checked(desk, worker, client_of, staff, west):
    with by_hand():
        roster = RosterImport.objects.create(
            kind="residents",
            path=west.path,
            file_name="居民.xlsx",
            file_bytes=9,
            state="faulty",
            made_by=worker,
            asked_by=worker.reference,
            made_at=clock.now(),
        )
    assert rung(desk) == 1
    assert roster.get_absolute_url() in desk.get(PAGE).content.decode()
    assert rung(client_of(staff(Role.GRID_WORKER, at=west))) == 0, "another's are another's"
    with by_hand():
        RosterImport.objects.update(state="applied", ended_at=clock.now())
    assert rung(desk) == 0


def test_a_job_that_has_ended_is_told_until_it_was_looked_at(desk, worker, client_of, staff, west, noon):
    job = failed_job(worker)
    assert rung(desk) == 1
    assert "没办成" in desk.get(PAGE).content.decode()
    assert rung(client_of(staff(Role.GRID_WORKER, at=west))) == 0
    with clock.stopped_at(noon + timedelta(days=8)):
        assert rung(client_of(worker)) == 0, "after a week nobody asks for it"
    desk.get(job.get_absolute_url())
    assert rung(desk) == 0


def test_another_who_looks_at_a_job_has_not_seen_it_for_who_asked(desk, worker, client_of, staff, laid_out_here):
    job = failed_job(worker)
    client_of(staff(Role.SYSTEM_ADMIN, at=laid_out_here)).get(job.get_absolute_url())
    assert rung(desk) == 1


def test_a_job_whose_result_waits_by_itself_is_not_told_twice(desk, worker):
    failed_job(worker, kind="rosters.check", state="done", error="")
    assert rung(desk) == 0
    failed_job(worker, kind="rosters.check")
    assert rung(desk) == 1, "but that it failed is"


def test_a_job_that_goes_on_does_not_wait(desk, officer, office):
    enqueue(actor=officer, kind="privacy.verify_record", path="310107014")
    assert rung(office) == 0


def test_it_takes_one_query_however_much_waits(desk, worker, asks):
    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            desk.get("/account/")
        return [query["sql"] for query in queries if "kind_waiting" in query["sql"]]

    assert len(asked()) == 1
    for number in range(4):
        asks(f"1541234567{number}")
        failed_job(worker)
    assert len(asked()) == 1


def test_the_navigation_says_the_same_of_bindings_without_another_query(desk, asks):
    asks()
    with CaptureQueriesContext(connection) as queries:
        page = desk.get("/account/").content.decode()
    assert re.search(r"住户绑定<span>1</span>", page)
    assert len([query for query in queries if "territory_binding" in query["sql"]]) == 1


def test_the_bell_alone_is_what_a_page_asks_for_by_itself(desk, asks):
    asks()
    bell = desk.get(BELL).content.decode()
    assert "待办，1 件" in bell
    assert "<html" not in bell
    assert 'data-xh-feed="' in bell
    assert "territory.ask_binding" in bell


def test_nothing_is_told_to_visitors_and_residents(client_of, laid_out_here):
    for browser in (Client(), client_of(open_own(actor=Visitor(), phone="15412345678").subject)):
        assert browser.get(BELL).status_code == 204
    assert Client().get(PAGE).headers["Location"].startswith("/sign-in/")


def test_a_bell_that_looks_is_nobody_at_work(desk, noon):
    desk.get(PAGE)
    for minutes in (10, 20, 29):
        with clock.stopped_at(noon + timedelta(minutes=minutes)):
            assert desk.get(BELL, headers={"X-Automatic": "1"}).status_code == 200
    with clock.stopped_at(noon + timedelta(minutes=31)):
        assert desk.get(BELL, headers={"X-Automatic": "1"}).status_code == 204
        assert desk.get(PAGE).status_code == 302


def test_a_kind_is_registered_once():
    with pytest.raises(ValueError, match="registered twice"):
        waiting.register("jobs.ended", "后台任务", rows=lambda _r: None, columns=lambda _r: [], url=lambda: "/")
