"""What people booked goes with them, and the places go to those who wait."""

from datetime import timedelta

import pytest

from xiuhua.ground.bookings import actions
from xiuhua.ground.bookings.models import Booking
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import System, Visitor
from xiuhua.ground.privacy.actions import erase_resident
from xiuhua.ground.privacy.holdings import kept_of
from xiuhua.ground.privacy.rules import Ground


@pytest.fixture
def session(west):
    """A session that the person booked by their telephone, and for which somebody else waits."""
    starts, ends = now() + timedelta(days=1), now() + timedelta(days=1, hours=2)
    plan = {"title": "音乐会", "place": "广场", "starts_at": starts, "ends_at": ends, "capacity": 1}
    return actions.open_session(actor=System("test"), path=west.path, **plan).subject


@pytest.fixture
def booked(session, wang):
    for name, number in (("王秀英", wang.phone), ("李先生", "13900002222")):
        actions.book(actor=Visitor(), session=session, name=name, phone=number)


def test_it_stands_in_the_copy_that_they_get(booked, wang, officer):
    copy = {head: [str(line.note) for line in lines] for head, lines in kept_of(wang, officer)}
    assert copy["预约"] == ["已约，1 人"]


def test_it_is_gone_when_they_are_erased(booked, session, wang, officer):
    erase_resident(actor=officer, resident=wang, ground=Ground.PURPOSE_OVER)
    first, second = Booking.objects.order_by("number")
    assert (first.state, first.name, first.phone, first.token) == ("cancelled", "", "", "")
    assert (second.state, second.name) == ("booked", "李先生")
