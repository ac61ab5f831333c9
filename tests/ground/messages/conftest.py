"""A household that people are written to about, whoever works there, and a gateway that can stumble."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.guard import acting
from xiuhua.ground.messages import jobs, sending
from xiuhua.ground.messages.models import Message
from xiuhua.ground.messages.sms import NotSent, Sms
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.actions import lay_out
from xiuhua.ground.territory.models import Household

PHONE = "13812345678"


@dataclass
class Gateway:
    """Takes messages, unless it is told to stumble; one of the same number is taken once."""

    taken: dict[str, Sms] = field(default_factory=dict)
    asked: int = 0
    stumbles: NotSent | None = None

    def send(self, sms: Sms) -> None:
        self.asked += 1
        if self.stumbles is not None:
            raise self.stumbles
        self.taken.setdefault(sms.request_id, sms)


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Gateway:
    made = Gateway()
    monkeypatch.setattr(jobs, "send_sms", made.send)
    return made


@pytest.fixture
def household(subdistrict, plan, noon) -> Household:
    lay_out(actor=System("test"), subdistrict=subdistrict, plan=plan)
    return Household.objects.get()


@pytest.fixture
def send(household: Household) -> Callable[..., Message]:
    """Write to somebody about the household, as an action would."""

    def sent(**told: object) -> Message:
        given = {"text": "您反映的路灯已经修好", "template": "test.mended", "to_phone": PHONE, **told}
        if given.get("to_user") is not None:
            given.pop("to_phone")
        with acting():
            return sending.send(about=household, **given)

    return sent


@pytest.fixture
def worker(household: Household, staff: Callable[..., object]) -> object:
    return staff(Role.GRID_WORKER, at=household.path[:12])


@pytest.fixture
def resident(household: Household) -> object:
    from xiuhua.ground.accounts.actions.residents import open_own
    from xiuhua.ground.journal.actors import Visitor

    return open_own(actor=Visitor(), phone="13900001111").subject
