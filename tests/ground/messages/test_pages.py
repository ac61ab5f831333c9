import pytest
from django.test import RequestFactory

from ground.messages.conftest import PHONE
from xiuhua.ground.jobs import work
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.messages.sections import messages_of
from xiuhua.ground.messages.sms import NotSent
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.ui.objects import ObjectPage


@pytest.fixture
def failed(send, gateway):
    gateway.stumbles = NotSent("no", again=False)
    message = send()
    work.run_waiting()
    gateway.stumbles = None
    return message


def test_staff_see_that_it_went_out_and_what_it_says_only_for_the_record(failed, worker, client_of):
    browser = client_of(worker)
    for address in ("/messages/", failed.get_absolute_url(), "/waiting/"):
        page = browser.get(address).content.decode()
        assert "138****5678" in page
        assert PHONE not in page
        assert "路灯" not in page
    opened = browser.post(f"{failed.get_absolute_url()}open/").content.decode()
    assert PHONE in opened
    assert "您反映的路灯已经修好" in opened
    assert Entry.objects.get(verb="messages.open").actor == worker.reference


def test_a_failed_message_is_sent_again_or_settled_from_its_page(failed, worker, client_of, gateway):
    browser = client_of(worker)
    assert "还没有写怎么告知的" in browser.post(f"{failed.get_absolute_url()}settle/", {"note": ""}).content.decode()
    browser.post(f"{failed.get_absolute_url()}again/")
    work.run_waiting()
    failed.refresh_from_db()
    assert failed.state == "sent"


def test_others_find_no_such_message(failed, staff, client_of, resident):
    for reader in (staff(Role.GRID_WORKER, at="310107014002"), staff(Role.SYSTEM_ADMIN, at="310107014"), resident):
        browser = client_of(reader)
        assert browser.get(failed.get_absolute_url()).status_code == 404
        assert browser.post(f"{failed.get_absolute_url()}open/").status_code == 404


def test_the_page_of_a_thing_tells_what_went_out_about_it(failed, household, worker):
    request = RequestFactory().get("/")
    request.user = request.actor = worker
    page = ObjectPage(title="x", sections=[messages_of(household)]).respond(request).content.decode()
    assert "138****5678" in page
    assert "没发出去" in page
    assert "路灯" not in page
