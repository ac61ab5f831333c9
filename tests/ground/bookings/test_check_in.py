from datetime import timedelta

import pytest

from expectations import forbidden, refused
from ground.bookings.conftest import ENDS, STARTS, VISITOR, booked, phone, states_of
from xiuhua.ground import clock
from xiuhua.ground.bookings import actions

LATE = STARTS + timedelta(minutes=15)


@pytest.fixture
def at_the_door():
    with clock.stopped_at(STARTS - timedelta(minutes=30)):
        yield


def test_by_code_however_it_is_typed(opened, centre):
    session = opened()
    booking = booked(session)
    with refused("还没有开始签到"):
        actions.check_in_by_code(actor=centre, session=session, code=booking.code)
    with clock.stopped_at(STARTS - timedelta(minutes=60)):
        typed = f" https://xiuhua.example/b/{booking.code[:4].lower()} {booking.code[4:]}/ "
        assert actions.check_in_by_code(actor=centre, session=session, code=typed).subject.state == "came"
        with refused("已经签到过"):
            actions.check_in(actor=centre, booking=booking)
        with refused("没有这个签到码或尾号"):
            actions.check_in_by_code(actor=centre, session=session, code="NOTHING2")


def test_by_the_end_of_a_telephone_where_one_person_has_it(opened, centre, at_the_door):
    session = opened(capacity=9)
    booked(session, 11234), booked(session, 21234), booked(session, 5678)
    with refused("尾号相同的有 2 份"):
        actions.check_in_by_code(actor=centre, session=session, code="1234")
    with refused("没有这个签到码或尾号"):
        actions.check_in_by_code(actor=centre, session=session, code="9999")
    assert actions.check_in_by_code(actor=centre, session=session, code="5678").subject.number == 3


def test_nobody_checks_themselves_in(opened, at_the_door):
    booking = booked(opened())
    with forbidden():
        actions.check_in(actor=VISITOR, booking=booking)


def test_whoever_walks_in_takes_what_is_free_and_no_more(opened, centre):
    session = opened(capacity=3)
    booked(session, 1, 2)
    with clock.stopped_at(STARTS):
        actions.walk_in(actor=centre, session=session)
        with refused("没有空位"):
            actions.walk_in(actor=centre, session=session)
    assert states_of(session) == ["booked", "came"]


def test_places_of_those_who_stay_away_are_given_away_from_the_end(opened, centre):
    session = opened(capacity=3)
    first, last = booked(session, 1, 1), booked(session, 2, 2)
    with clock.stopped_at(LATE):
        actions.walk_in(actor=centre, session=session, phone=phone(9))
        assert states_of(session) == ["booked", "missed", "came"]
        with refused("来晚了"):
            actions.check_in(actor=centre, booking=last)
        actions.check_in(actor=centre, booking=first)
        with refused("已经约过这一场"):
            actions.walk_in(actor=centre, session=session, phone=phone(1))
    session.refresh_from_db()
    assert session.taken == 2


def test_who_waits_comes_in_after_the_start_where_there_is_room(opened, centre):
    session = opened(capacity=2)
    first, second = booked(session, 1, 2), booked(session, 2, 1)
    with clock.stopped_at(STARTS - timedelta(minutes=5)), refused("还在候补"):
        actions.check_in(actor=centre, booking=second)
    with clock.stopped_at(STARTS):
        with refused("没有空位"):
            actions.check_in(actor=centre, booking=second)
        actions.cancel_booking(actor=VISITOR, booking=first, token=first.token)
        actions.check_in(actor=centre, booking=second)


def test_the_closed_list_says_who_missed_it(opened, centre):
    session = opened(capacity=2)
    first = booked(session, 1)
    booked(session, 2), booked(session, 3)
    with clock.stopped_at(STARTS):
        actions.check_in(actor=centre, booking=first)
        with refused("还没有结束"):
            actions.close_session(actor=centre, session=session)
    with clock.stopped_at(ENDS):
        actions.close_session(actor=centre, session=session)
        session.refresh_from_db()
        assert (states_of(session), session.taken) == (["came", "missed", "cancelled"], 1)
        with refused("已经结束登记"):
            actions.walk_in(actor=centre, session=session)
