"""Stairwells that were under way before the system are taken over (接收存量), with the days of their steps."""

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from xiuhua.ground import standards
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import permits
from xiuhua.programmes.lifts.actions import moving
from xiuhua.programmes.lifts.actions.held import held
from xiuhua.programmes.lifts.models import Dossier, GatePass
from xiuhua.programmes.lifts.rules import history as rules

Mover = Callable[..., Done[Dossier]]

MOVERS: dict[str, Mover] = {
    "begin": moving.begin_consulting,
    "design": moving.begin_design,
    "agree": moving.begin_agreeing,
    "sign": moving.sign_agreement,
    "build": moving.start_building,
    "finish": moving.finish_building,
    "hand_over": moving.hand_over,
}
"""The verb of each move, in the order in which they follow on each other."""


@action("lifts.take_over", says=_("接收存量档案"), permits=permits.may_take_over)
def take_over(*, actor: Actor, dossier: Dossier, history: Sequence[tuple[str, date]]) -> Done[Dossier]:
    """Bring a stairwell to where it stood already (接收存量): the moves that it has made, each by its own verb.

    Gates of those moves count as passed by the papers that lie at the centre; those still ahead stay as they are.

    Parameters
    ----------
    history : sequence of (str, date)
        Moves with their days, from the first on, without a gap.

    Raises
    ------
    Refused
        It is under way already, a move is left out, or a day is before the previous one or still to come.
    """
    dossier = held(dossier)
    refuse_unless(rules.history_is_whole(history, moves=list(MOVERS), state=dossier.state))
    for move, on in history:
        if move != "begin":
            _archive(actor, dossier, move, on)
        MOVERS[move](actor=actor, dossier=dossier, on=on)
        dossier = held(dossier)
    return Done(dossier, {"moves": len(history), "state": dossier.state})


def _archive(actor: Actor, dossier: Dossier, move: str, on: date) -> None:
    """Let every gate before a move count as passed on paper; the system itself knows whether a lift suits."""
    rules_before = standards.on(today(), at=dossier.path).lifts.rules_before(move)
    GatePass.objects.bulk_create(
        GatePass(
            dossier=dossier,
            rule=rule.key,
            attempt=dossier.attempt,
            on=on,
            archived=True,
            by=actor.reference,
            at=now(),
        )
        for rule in rules_before
        if not (rule.evidence == "suitability" and dossier.stairwell.lift_suitable)
    )
