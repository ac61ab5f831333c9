"""Many people book the same session at the same moment, on connections of their own."""

import threading

from django.db import connection

from ground.bookings.conftest import ENDS, PATH, STARTS, booked, states_of
from xiuhua.ground import clock
from xiuhua.ground.bookings import actions
from xiuhua.ground.bookings.models import Booking
from xiuhua.ground.journal.actors import System

PEOPLE = 12


def at_once(*deeds):
    failed = []
    together = threading.Barrier(len(deeds))

    def run(deed):
        try:
            together.wait(30)
            deed()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return failed


def test_never_above_capacity(committed_db, noon):
    session = actions.open_session(
        actor=System("test"), path=PATH, title="音乐会", place="广场", starts_at=STARTS, ends_at=ENDS, capacity=5
    ).subject
    assert at_once(*[lambda number=number: booked(session, number, 1 + number % 2) for number in range(PEOPLE)]) == []
    session.refresh_from_db()
    held = sum(Booking.objects.filter(state="booked").values_list("people", flat=True))
    assert session.taken == held <= 5
    assert len(states_of(session)) == PEOPLE

    first = Booking.objects.filter(state="booked").first()
    others = [lambda number=number: booked(session, 100 + number) for number in range(4)]
    cancel = lambda: actions.cancel_booking(actor=System("test"), booking=first)  # noqa: E731
    assert at_once(cancel, *others) == []
    session.refresh_from_db()
    held = sum(Booking.objects.filter(state="booked").values_list("people", flat=True))
    assert session.taken == held <= 5
    with clock.stopped_at(STARTS):
        booking = Booking.objects.filter(state="booked").first()
        failed = at_once(*[lambda: actions.check_in(actor=System("test"), booking=booking) for _twice in range(2)])
    assert len(failed) == 1
