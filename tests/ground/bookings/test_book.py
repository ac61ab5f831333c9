from datetime import timedelta

import pytest

from conftest import NOON
from expectations import forbidden, refused, verbs_of
from ground.bookings.conftest import ENDS, PATH, STARTS, VISITOR, booked, phone, states_of
from xiuhua.ground import clock
from xiuhua.ground.bookings import actions
from xiuhua.ground.bookings.models import Booking, Session
from xiuhua.ground.journal.actions import idempotency_key
from xiuhua.ground.journal.actors import System
from xiuhua.ground.messages.models import Message
from xiuhua.ground.scope.roles import Role


def told(news=""):
    """(telephone, text) of each message, of one kind."""
    rows = Message.objects.filter(template__startswith=f"bookings.{news}").order_by("pk")
    return [(row.phone, row.text) for row in rows]


def test_a_visitor_books_and_has_a_page_of_their_own(opened):
    session = opened()
    booking = booked(session, people=2)
    session.refresh_from_db()
    assert (booking.state, session.taken, session.free) == ("booked", 2, 1)
    assert verbs_of(booking) == ["bookings.book"]
    assert Booking.objects.of_token(booking.token).get() == booking
    assert told() == []


def test_who_is_booked_for_is_told_their_code(opened, centre):
    session = opened(capacity=1)
    booking = booked(session, actor=centre)
    booked(session, 2, actor=centre)
    ((number, text),) = told("booked")
    assert number == phone(1)
    assert booking.code in text
    assert "8 月 3 日（周四）15:00 至 17:00" in text
    assert len(told("waiting")) == 1


def test_sent_twice_by_a_phone_is_one_booking(opened):
    session = opened()
    with idempotency_key("a1"):
        assert booked(session) == booked(session)
    session.refresh_from_db()
    assert session.taken == 1


def test_one_booking_a_telephone_however_it_is_written(opened):
    session = opened()
    booked(session, 7)
    with refused("已经约过"):
        actions.book(actor=VISITOR, session=session, name="王", phone="138 0000-0007", people=1)


def test_the_full_session_keeps_a_waiting_list_in_order(opened):
    session = opened(capacity=3)
    first, _second = booked(session, 1, 2), booked(session, 2, 1)
    booked(session, 3, 3), booked(session, 4, 1)
    assert states_of(session) == ["booked", "booked", "waiting", "waiting"]
    actions.cancel_booking(actor=VISITOR, booking=first, token=first.token)
    assert states_of(session) == ["cancelled", "booked", "waiting", "waiting"]
    assert booked(session, 5).state == "waiting"
    actions.edit_session(actor=System("test"), session=session, capacity=5)
    assert states_of(session) == ["cancelled", "booked", "booked", "booked", "waiting"]
    assert [number for number, _text in told("promoted")] == [phone(3), phone(4)]
    assert "bookings.promote" in verbs_of(session)


def test_smaller_parties_pass_where_it_was_declared(opened):
    session = opened(capacity=3, small_parties_pass=True)
    first = booked(session, 1, 3)
    booked(session, 2, 3), booked(session, 3, 1)
    actions.edit_session(actor=System("test"), session=session, capacity=4)
    assert states_of(session) == ["booked", "waiting", "booked"]
    actions.cancel_booking(actor=VISITOR, booking=first, token=first.token)
    assert states_of(session) == ["cancelled", "booked", "booked"]


def test_without_a_waiting_list_it_says_what_is_left(opened):
    session = opened(capacity=2, has_waiting_list=False)
    booked(session)
    with refused("只剩 1 个名额"):
        booked(session, 2, 2)
    booked(session, 3)
    with refused("已经约满"):
        booked(session, 4)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"people": 7}, "最多约 3 人"),
        ({"people": 0}, "最多约 3 人"),
        ({"name": " "}, "没有写称呼"),
        ({"phone": "1381234567"}, "这里有 10 位"),
        ({"phone": ""}, "没有写电话"),
    ],
)
def test_what_is_missing_is_named(opened, given, said):
    with refused(said):
        actions.book(**{"actor": VISITOR, "session": opened(), "name": "王", "phone": phone(1), "people": 1, **given})


def test_nobody_books_what_has_begun_or_has_not_been_opened_yet(opened):
    session = opened(opens_at=NOON + timedelta(hours=1))
    with refused("还没有开始预约"):
        booked(session)
    with clock.stopped_at(STARTS), refused("已经开始"):
        booked(session)


def test_what_is_not_public_is_booked_by_staff(opened, centre, worker_of):
    session = opened(is_public=False)
    with forbidden():
        booked(session)
    with forbidden():
        booked(session, actor=worker_of(Role.CENTRE_STAFF, "310107099"))
    assert booked(session, actor=centre).user is None


def test_a_stranger_cancels_nothing(opened):
    booking = booked(opened())
    with forbidden():
        actions.cancel_booking(actor=VISITOR, booking=booking, token="x")
    actions.cancel_booking(actor=VISITOR, booking=booking, token=booking.token)
    with refused("已经取消过"):
        actions.cancel_booking(actor=VISITOR, booking=booking, token=booking.token)


def test_whoever_cancelled_may_book_again(opened):
    session = opened()
    booking = booked(session)
    actions.cancel_booking(actor=VISITOR, booking=booking, token=booking.token)
    assert booked(session).state == "booked"


def test_a_session_called_off_tells_everybody_why(opened, centre):
    session = opened(capacity=1)
    booked(session, 1), booked(session, 2)
    with refused("没有写取消的原因"):
        actions.cancel_session(actor=centre, session=session, reason=" ")
    actions.cancel_session(actor=centre, session=session, reason="台风")
    assert [number for number, _text in told("called_off")] == [phone(1), phone(2)]
    assert "台风" in told("called_off")[0][1]
    assert states_of(session) == ["cancelled", "cancelled"]
    with refused("已经取消"):
        booked(session, 3)


def test_a_session_is_opened_for_something_of_a_programme(opened, centre):
    first = opened()
    second = opened(subject=first)
    assert list(Session.objects.of(first)) == [second]
    assert verbs_of(second) == ["bookings.open_session"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": " "}, "没有写名称"),
        ({"place": ""}, "没有写地点"),
        ({"ends_at": STARTS}, "不在开始时间之后"),
        ({"starts_at": NOON - timedelta(hours=9), "ends_at": NOON - timedelta(hours=8)}, "已经过去"),
        ({"opens_at": ENDS}, "在活动开始之前"),
        ({"capacity": 0}, "名额要在 1 到 2000 之间"),
    ],
)
def test_a_session_that_cannot_be_held_is_refused(opened, given, said):
    with refused(said):
        opened(**given)


def test_who_booked_is_told_of_another_place_and_of_nothing_else(opened, centre):
    session = opened()
    booked(session)
    actions.edit_session(actor=centre, session=session, title="修补工作坊", capacity=9)
    assert told() == []
    actions.edit_session(actor=centre, session=session, place="三楼")
    assert "三楼" in told("changed")[0][1]


def test_there_is_no_less_room_than_is_taken(opened, centre):
    session = opened(capacity=3)
    booked(session, people=2)
    with refused("已经约出 2 个名额"):
        actions.edit_session(actor=centre, session=session, capacity=1)


def test_others_hold_no_sessions_here(noon, worker_of):
    plan = {"title": "课", "place": "二楼", "starts_at": STARTS, "ends_at": ENDS, "capacity": 3}
    for actor in (worker_of(Role.CENTRE_STAFF, "310107099"), worker_of(Role.LEADER, PATH), VISITOR):
        with forbidden():
            actions.open_session(actor=actor, path=PATH, **plan)
