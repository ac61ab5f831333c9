"""By night lists that nobody closed are closed, and names and telephones that are needed no more are let go."""

from datetime import timedelta

from expectations import forbidden
from ground.bookings.conftest import ENDS, booked, phone, states_of
from xiuhua.ground import clock
from xiuhua.ground.bookings import actions
from xiuhua.ground.bookings.models import Booking
from xiuhua.ground.jobs import work
from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.journal.actors import System


def tidied(at):
    with clock.stopped_at(at):
        enqueue(actor=System("test"), kind="bookings.tidy")
        work.run_waiting()


def test_what_is_over_is_closed(opened):
    session = opened()
    booked(session)
    tidied(ENDS - timedelta(minutes=1))
    assert states_of(session) == ["booked"]
    tidied(ENDS)
    assert states_of(session) == ["missed"]


def test_contacts_are_forgotten_and_counts_stay(opened, centre):
    session = opened()
    booking = booked(session, people=2)
    tidied(ENDS + timedelta(days=89))
    assert Booking.objects.of_phone(phone(1)).exists()
    tidied(ENDS + timedelta(days=91))
    again = Booking.objects.get()
    assert (again.name, again.phone, again.token, again.people) == ("", "", "", 2)
    assert not Booking.objects.of_token(booking.token).exists()
    with forbidden():
        actions.forget_contacts(actor=centre, session=session)
