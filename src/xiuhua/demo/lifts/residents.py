"""A resident of the demonstration who has a vote open on the phone: bound to their home, and told at the door."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from xiuhua.demo.calendar import ZONE, Deed
from xiuhua.demo.lifts.ballots import who_has_not
from xiuhua.demo.lifts.house import House
from xiuhua.demo.lifts.office import book
from xiuhua.demo.lifts.timelines import LAST
from xiuhua.demo.people import worker_as
from xiuhua.ground.accounts import demonstration
from xiuhua.ground.accounts.actions.residents import resident_of
from xiuhua.ground.accounts.demonstration import DemoResident
from xiuhua.ground.accounts.models import User
from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.scope.paths import within
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory import actions
from xiuhua.programmes.lifts import actions as lifts
from xiuhua.programmes.lifts.models import Elector

AT = time(15, 40)


def deeds(voting: Sequence[House]) -> Iterator[Deed]:
    """On the last day told, one who has not voted comes to have an account; the committee confirms who it is."""
    if voting:
        yield Deed(datetime.combine(LAST, AT, ZONE), lambda: _bind_one(voting))


def _bind_one(voting: Sequence[House]) -> None:
    for house in voting:
        for elector in who_has_not(house):
            if _bind(house, elector):
                return


def _bind(house: House, elector: Elector) -> bool:
    """Bind the owner's account to their flat, where they live in it and can be reached."""
    owner, flat = elector.owner, elector.flats.select_related("household").order_by("room").first()
    if owner is None or flat is None or flat.household is None:
        return False
    there = [one for one in flat.household.residents.all() if owner.phone and one.phone == owner.phone]
    if not there:
        return False
    user: User = resident_of(owner.phone)
    stairwell = house.dossier.stairwell
    binding = actions.ask_binding(actor=user, stairwell=stairwell, room=flat.room, name=owner.name).subject
    actions.confirm_binding(actor=_clerk(binding.path), binding=binding, household=flat.household, resident=there[0])
    _ask(house, user)
    demonstration.keep_resident(DemoResident(owner.phone, owner.name, f"{stairwell.address}{flat.room}室"))
    return True


def _ask(house: House, user: User) -> None:
    """Let them ask two things, of which one is answered."""
    for words, answer in book()["questions"].values():
        question = lifts.ask(actor=user, stairwell=house.dossier.stairwell, words=words).subject
        if answer:
            lifts.answer_question(actor=house.worker, question=question, answer=answer)


def _clerk(path: str) -> Actor:
    """Somebody of the committee there who can be named; else whoever builds the demonstration."""
    for role in (Role.COMMITTEE_HEAD, Role.GRID_WORKER):
        worker = worker_as(role)
        if within(path, worker.home):
            return worker
    return System("demo")
