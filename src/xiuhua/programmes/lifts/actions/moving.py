"""A dossier moves on (推进): each move past its gates, on the day on which it was so."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Household
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import gates, permits
from xiuhua.programmes.lifts.actions.held import held, progressed
from xiuhua.programmes.lifts.flow import STAGES, LiftFlow
from xiuhua.programmes.lifts.models import Dossier, Flat
from xiuhua.programmes.lifts.rules import moves

DAYS = {
    "begin": "begun_on",
    "design": "designed_on",
    "agree": "agreed_on",
    "sign": "signed_on",
    "build": "started_on",
    "finish": "finished_on",
    "hand_over": "completed_on",
}
"""Where the day of each move is kept."""


@action("lifts.begin_consulting", says=_("开始征询"), permits=permits.may_work)
def begin_consulting(*, actor: Actor, dossier: Dossier, on: date) -> Done[Dossier]:
    """Begin to consult a stairwell (开始征询); its flats are put down from the register of households.

    Raises
    ------
    Refused
        It has begun already, a lift does not suit it, or the day is still to come.
    """
    dossier = held(dossier)
    refuse_unless(moves.can_begin(dossier.facts()))
    dossier.attempt += 1
    done = _moved(dossier, "begin", on)
    if not dossier.flats.exists():
        _put_down_flats(dossier)
    return done


@action("lifts.begin_design", says=_("进入方案与分摊"), permits=permits.may_work)
def begin_design(*, actor: Actor, dossier: Dossier, on: date) -> Done[Dossier]:
    """Go on to design and shares (进入方案), once people have been consulted.

    Raises
    ------
    Refused
        A gate is open, it is not this step's turn, or the day cannot be.
    """
    return _moved(held(dossier), "design", on)


@action("lifts.begin_agreeing", says=_("进入公示签约"), permits=permits.may_work)
def begin_agreeing(*, actor: Actor, dossier: Dossier, on: date) -> Done[Dossier]:
    """Go on to notice and signing (进入公示签约), once a vote has passed.

    Raises
    ------
    Refused
        A gate is open, it is not this step's turn, or the day cannot be.
    """
    return _moved(held(dossier), "agree", on)


@action("lifts.sign_agreement", says=_("签约"), permits=permits.may_work)
def sign_agreement(*, actor: Actor, dossier: Dossier, on: date) -> Done[Dossier]:
    """Note that the stairwell's agreement is signed (签约): it counts as signed from that day.

    Raises
    ------
    Refused
        A gate is open, it is not this step's turn, or the day cannot be.
    """
    return _moved(held(dossier), "sign", on)


@action("lifts.start_building", says=_("开工"), permits=permits.may_work)
def start_building(*, actor: Actor, dossier: Dossier, on: date) -> Done[Dossier]:
    """Note that building has begun (开工), once everything is permitted.

    Raises
    ------
    Refused
        A gate is open, it is not this step's turn, or the day cannot be.
    """
    return _moved(held(dossier), "build", on)


@action("lifts.finish_building", says=_("竣工"), permits=permits.may_work)
def finish_building(*, actor: Actor, dossier: Dossier, on: date) -> Done[Dossier]:
    """Note that building is finished (竣工): acceptance and registration follow.

    Raises
    ------
    Refused
        A gate is open, it is not this step's turn, or the day cannot be.
    """
    return _moved(held(dossier), "finish", on)


@action("lifts.hand_over", says=_("交付使用"), permits=permits.may_work)
def hand_over(*, actor: Actor, dossier: Dossier, on: date) -> Done[Dossier]:
    """Hand the lift over (交付使用): it runs, and counts as completed from that day.

    Raises
    ------
    Refused
        A gate is open, it is not this step's turn, or the day cannot be.
    """
    return _moved(held(dossier), "hand_over", on)


@action("lifts.set_aside", says=_("搁置"), permits=permits.may_work)
def set_aside(*, actor: Actor, dossier: Dossier, on: date, reason: str) -> Done[Dossier]:
    """Set a stairwell aside (搁置), and say why; it can be begun again, with gates of its own.

    Raises
    ------
    Refused
        It is being built or runs, no reason is given, or the day cannot be.
    """
    dossier = held(dossier)
    refuse_unless(moves.says_why(reason))
    for field in DAYS.values():
        setattr(dossier, field, None)
    done = _moved(dossier, "set_aside", on)
    return Done(done.subject, done.facts, sealed={"reason": reason.strip()})


BY_MOVE = {
    "begin": begin_consulting,
    "design": begin_design,
    "agree": begin_agreeing,
    "sign": sign_agreement,
    "build": start_building,
    "finish": finish_building,
    "hand_over": hand_over,
}
"""The verb of each move that leads on."""


def _moved(dossier: Dossier, move: str, on: date) -> Done[Dossier]:
    """Make a move whose gates are passed, and keep its day."""
    before = dossier.stage
    after = LiftFlow.after(move, dossier.state)
    refuse_unless(moves.day_can_be(on, dossier.facts(), today=today()))
    refuse_unless(moves.gates_are_passed(gates.gates_before(move, dossier)))
    dossier.state, dossier.stage = after, STAGES[after]
    if move in DAYS:
        setattr(dossier, DAYS[move], on)
    dossier.moved_on, dossier.snag = on, ""
    progressed(dossier, on)
    dossier.save()
    return Done(dossier, _facts(dossier, before, on))


def _facts(dossier: Dossier, before: str, on: date) -> dict[str, Any]:
    """What maps that are replayed and indicators count: the day, and the stages between which it moved."""
    return {"on": on, "from": before, "to": str(dossier.stage), "state": dossier.state}


def _put_down_flats(dossier: Dossier) -> None:
    homes = Household.objects.filter(stairwell=dossier.stairwell_id).order_by("floor", "room")
    Flat.objects.bulk_create(
        Flat(dossier=dossier, household=home, room=home.room, floor=home.floor) for home in homes if home.floor > 0
    )
