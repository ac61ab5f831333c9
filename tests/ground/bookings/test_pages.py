"""Pages of sessions: for those who hold them, at the door, and for whoever books."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client

from ground.bookings.conftest import ENDS, PATH, STARTS, booked, phone, states_of
from xiuhua.ground import clock
from xiuhua.ground.bookings import actions
from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.scope.roles import Role

HALF_AN_HOUR_BEFORE = STARTS - timedelta(minutes=30)


@pytest.fixture
def office(client_of, centre):
    return client_of(centre)


def fields(**given):
    plan = {
        "title": "旧物修补工作坊",
        "path": PATH,
        "place": "枣阳路 100 号二楼",
        "starts_at": "2023-08-05T09:30",
        "ends_at": "2023-08-05T11:30",
        "capacity": 20,
        "is_public": "on",
    }
    return {**plan, **given}


def test_a_session_is_set_up_found_and_changed(laid_out, office):
    answer = office.post("/bookings/new/", fields())
    session = Session.objects.get()
    assert answer.url == f"/bookings/sessions/{session.pk}/"
    assert session.has_waiting_list is False
    assert "旧物修补工作坊" in office.get("/bookings/?when=coming").content.decode()
    page = office.get(answer.url).content.decode()
    assert "8 月 5 日（周六）09:30 至 11:30" in page
    assert f"/bookings/sessions/{session.pk}/code.svg" in page
    office.post(f"/bookings/sessions/{session.pk}/edit/", fields(capacity=30))
    session.refresh_from_db()
    assert session.capacity == 30
    refused = office.post("/bookings/new/", fields(ends_at="2023-08-05T09:00"))
    assert refused.status_code == 422
    assert "不在开始时间之后" in refused.content.decode()


@pytest.fixture
def laid_out(noon, subdistrict):
    return subdistrict


def test_a_visitor_books_sees_cancels(opened):
    session, visitor = opened(), Client()
    page = visitor.get(f"/book/{session.pk}/").content.decode()
    assert "还有 3／3" in page
    once = re.search(r'name="once" value="([^"]+)"', page)[1]
    filled = {"name": "王秀英", "phone": phone(1), "people": 2, "once": once}
    first, again = (visitor.post(f"/book/{session.pk}/", filled) for _twice in range(2))
    assert first.url == again.url
    booking = Booking.objects.get()
    own = visitor.get(first.url).content.decode()
    for words in ("约好了", "王**", "138****0001", f"{booking.code[:4]} {booking.code[4:]}"):
        assert words in own
    assert "王秀英" not in own
    picture = visitor.get(f"{first.url}code.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"<svg" in picture.content
    assert b"style" not in picture.content
    assert "不去了" in visitor.get(f"{first.url}cancel/").content.decode()
    visitor.post(f"{first.url}cancel/")
    assert states_of(session) == ["cancelled"]
    assert "已经取消" in visitor.get(first.url).content.decode()
    assert visitor.get("/booked/nothing/").status_code == 404


def test_what_is_refused_is_said_at_the_field(opened):
    session = opened()
    answer = Client().post(f"/book/{session.pk}/", {"name": "王", "phone": "1381234", "people": 1})
    assert answer.status_code == 422
    assert "手机号是 11 位，这里有 7 位" in answer.content.decode()


def test_a_full_session_offers_the_waiting_list_and_a_closed_one_says_why(opened):
    session = opened(capacity=1)
    booked(session)
    assert "排候补" in Client().get(f"/book/{session.pk}/").content.decode()
    answer = Client().post(f"/book/{session.pk}/", {"name": "李", "phone": phone(2), "people": 1})
    assert "排在第一位" in Client().get(answer.url).content.decode()
    with clock.stopped_at(STARTS):
        page = Client().get(f"/book/{session.pk}/").content.decode()
        assert "已经开始" in page
        assert 'name="phone"' not in page
    assert Client().get(f"/book/{opened(is_public=False).pk}/").status_code == 404


def test_the_calendar_takes_it(opened):
    session = opened(title="修补，修补; 再\\修补", place="枣阳路 100 号" + "二楼活动室" * 8)
    answer = Client().get(f"/bookings/sessions/{session.pk}/session.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    text = answer.content.replace(b"\r\n ", b"").decode()
    assert "DTSTART:20230803T070000Z\r\n" in text
    assert "SUMMARY:修补，修补\\; 再\\\\修补\r\n" in text
    assert "LOCATION:枣阳路 100 号" + "二楼活动室" * 8 in text


def test_at_the_door(opened, office, client_of, centre):
    session = opened()
    first, second = booked(session, 1), booked(session, 2)
    door = f"/bookings/sessions/{session.pk}/door/"
    assert "还没有开始签到" in office.get(door).content.decode()
    with clock.stopped_at(HALF_AN_HOUR_BEFORE):
        office = client_of(centre)
        assert office.post(door, {"code": first.code.lower()}).url == door
        assert "没有这个签到码" in office.post(door, {"code": "AAAA"}).content.decode()
        scanned = office.get(f"/b/{second.code}/").content.decode()
        assert "1 人签到" in scanned
        assert "王**" in scanned
        assert phone(2) not in scanned
        assert office.post(f"/b/{second.code}/").url == door
        assert "已经签到过" in office.post(f"/b/{second.code}/").content.decode()
        office.post(f"/bookings/sessions/{session.pk}/walk-in/", {"people": 1})
        assert states_of(session) == ["came"] * 3
        page = office.post(f"/bookings/sessions/{session.pk}/walk-in/", {"people": 1})
        assert page.status_code == 422
        assert "没有空位" in page.content.decode()


def test_by_hand_from_the_list(opened, client_of, centre):
    session = opened()
    booking = booked(session)
    with clock.stopped_at(HALF_AN_HOUR_BEFORE):
        client_of(centre).post(f"/bookings/{booking.pk}/check-in/")
    assert states_of(session) == ["came"]


def test_looking_at_a_telephone_is_on_record(opened, office):
    booking = booked(opened())
    assert phone(1) in office.post(f"/bookings/{booking.pk}/contact/").content.decode()
    assert Entry.objects.filter(verb="bookings.open_contact").count() == 1


def test_the_list_is_masked_sought_by_telephone_and_taken_away_on_record(opened, office):
    session = opened()
    booked(session, 1), booked(session, 2)
    address = f"/bookings/sessions/{session.pk}/people/"
    page = office.get(address).content.decode()
    assert "138****0001" in page
    assert phone(1) not in page
    found = office.get(office.post(address, {"q": phone(2)}).url).content.decode()
    assert "138****0002" in found
    assert "138****0001" not in found
    book = openpyxl.load_workbook(io.BytesIO(office.get(f"{address}?export=xlsx").content))
    assert [row[2] for row in book.active.values][1:] == ["138****0001", "138****0002"]
    assert Entry.objects.filter(verb="bookings.export_people").count() == 1


def test_it_is_called_off_and_closed_on_pages(opened, office, client_of, centre):
    session = opened()
    booked(session)
    assert office.post(f"/bookings/sessions/{session.pk}/call-off/", {"reason": ""}).status_code == 422
    office.post(f"/bookings/sessions/{session.pk}/call-off/", {"reason": "台风"})
    own = Client().get(f"/booked/{Booking.objects.get().token}/").content.decode()
    assert "这一场取消了" in own
    assert "台风" in own
    other = opened()
    with clock.stopped_at(ENDS):
        client_of(centre).post(f"/bookings/sessions/{other.pk}/close/")
    other.refresh_from_db()
    assert other.closed_at


def test_somebody_books_by_telephone(opened, office):
    session = opened()
    office.post(f"/bookings/sessions/{session.pk}/book/", {"name": "王秀英", "phone": phone(1), "people": 1})
    assert states_of(session) == ["booked"]


def test_a_resident_books_by_account_once(opened, resident):
    session = opened()
    booking = actions.book(actor=resident, session=session, name="王", phone=phone(1)).subject
    assert booking.user == resident
    actions.cancel_booking(actor=resident, booking=booking)
    assert states_of(session) == ["cancelled"]


@pytest.fixture
def resident(db):
    from expectations import by_hand
    from xiuhua.ground.accounts.models import Kind, User

    with by_hand():
        return User.objects.create(username="R1", kind=Kind.RESIDENT, home=PATH, made_at=clock.now())


def test_others_see_no_session(opened, client_of, worker_of):
    session = opened()
    stranger = client_of(worker_of(Role.CENTRE_STAFF, "310107099"))
    for address in ("", "people/", "door/", "edit/"):
        assert stranger.get(f"/bookings/sessions/{session.pk}/{address}").status_code == 404
    assert stranger.get(f"/b/{booked(session).code}/").status_code == 404


def test_todays_door_waits_for_those_who_hold_it_and_ones_own_booking_stands_at_home(
    opened, client_of, centre, resident
):
    session = opened()
    opened(title="后天的", starts_at=STARTS + timedelta(days=2), ends_at=ENDS + timedelta(days=2))
    today = client_of(centre).get("/phone/today/").content.decode()
    assert f"/bookings/sessions/{session.pk}/door/" in today
    assert "后天的" not in today
    booking = actions.book(actor=resident, session=session, name="王", phone=phone(1)).subject
    assert booking.own_url in client_of(resident).get("/phone/").content.decode()
