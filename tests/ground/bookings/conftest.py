from datetime import timedelta

import pytest

from conftest import NOON
from xiuhua.ground.bookings import actions
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.scope.roles import Role

PATH = "310107014"
STARTS, ENDS = NOON + timedelta(hours=3), NOON + timedelta(hours=5)
VISITOR = Visitor()


@pytest.fixture
def centre(worker_of):
    """Somebody of the centre."""
    return worker_of(Role.CENTRE_STAFF, PATH)


@pytest.fixture
def opened(noon, centre):
    """Open a session: ``opened(capacity=3)``."""

    def make(**changes):
        plan = {
            "title": "旧物修补工作坊",
            "place": "枣阳路 100 号二楼",
            "starts_at": STARTS,
            "ends_at": ENDS,
            "capacity": 3,
        }
        return actions.open_session(actor=centre, path=PATH, **{**plan, **changes}).subject

    return make


def phone(number: int) -> str:
    return f"138{number:08d}"


def booked(session, number=1, people=1, actor=VISITOR):
    """Book as a visitor, each by a telephone of their own."""
    return actions.book(actor=actor, session=session, name="王秀英", phone=phone(number), people=people).subject


def states_of(session):
    """State of each booking in order."""
    return list(session.bookings.order_by("number").values_list("state", flat=True))
