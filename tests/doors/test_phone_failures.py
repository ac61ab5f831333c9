"""What goes wrong on a phone is said in the phone's frame, as large as it was chosen; residents find their own door."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory

from xiuhua.doors import failed
from xiuhua.ground.accounts.entrance.pages import too_many

pytestmark = pytest.mark.django_db
PHONE, STAFF = "screens-phone.css", "screens-staff.css"


def large() -> Client:
    client = Client(enforce_csrf_checks=True)
    client.cookies["xh_size"] = "elder"
    return client


@pytest.mark.parametrize("address", ["/say/f/nobodys/", "/booked/nobodys/", "/events/987654321/", "/nowhere/"])
def test_missing_page_speaks_in_the_frame_and_size_of_the_phone(address):
    response = large().get(address)
    page = response.content.decode()
    assert response.status_code == 404
    assert "没有这个页面" in page
    assert PHONE in page
    assert STAFF not in page
    assert 'class="elder"' in page
    assert "xh-keep" not in page


def test_stale_form_speaks_in_the_frame_of_the_phone_and_at_the_staff_door_in_theirs():
    at_home, at_door = (large().post(address, {}).content.decode() for address in ("/say/", "/sign-in/"))
    for page in (at_home, at_door):
        assert "这张表开得太久了" in page
    assert PHONE in at_home
    assert STAFF in at_door


@pytest.mark.parametrize(
    ("answer", "error", "status"),
    [
        (failed.bad_request, SuspiciousOperation(), 400),
        (failed.forbidden, PermissionDenied(), 403),
        (too_many, None, 429),
        (failed.server_error, None, 500),
    ],
)
def test_every_failure_on_a_phone_is_as_large_as_chosen(answer, error, status):
    request = RequestFactory().get("/say/f/x/")
    request.COOKIES["xh_size"] = "elder"
    response = answer(request, error) if error else answer(request)
    assert response.status_code == status
    assert 'class="elder"' in response.content.decode()
    assert "theme-phone.css" in response.content.decode()


def test_failure_of_ours_asks_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        failed.server_error(RequestFactory().get("/say/"))


@pytest.mark.parametrize(
    ("address", "door"),
    [
        ("/my/", "/sign-in/phone/"),
        ("/phone/messages/", "/sign-in/phone/"),
        ("/phone/today/", "/sign-in/"),
        ("/b/nobodys/", "/sign-in/"),
        ("/suggestions/", "/sign-in/"),
    ],
)
def test_whoever_is_not_signed_in_finds_the_door_that_is_theirs(address, door):
    assert Client().get(address).headers["Location"] == f"{door}?next={address}"
