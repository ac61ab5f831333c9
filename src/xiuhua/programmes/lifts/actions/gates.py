"""Gates are passed with evidence, waived with a reason, taken back."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.files.prepared import Prepared
from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import Reason, Refused, refuse_unless
from xiuhua.ground.words import gettext
from xiuhua.programmes.lifts import gates, permits
from xiuhua.programmes.lifts.actions.held import held, progressed
from xiuhua.programmes.lifts.actions.papers import put_away
from xiuhua.programmes.lifts.models import Dossier, GatePass, Paper
from xiuhua.programmes.lifts.rules import moves
from xiuhua.programmes.lifts.rules.moves import GateFacts

KINDS = {
    "drawing": Paper.Kind.DRAWING,
    "ground_floor": Paper.Kind.REPLY,
    "drawing_review": Paper.Kind.REVIEW,
    "pipes": Paper.Kind.UTILITY,
    "acceptance": Paper.Kind.ACCEPTANCE,
}
"""Kind of the document that passes a rule."""


@action("lifts.pass_gate", says=_("关口办结"), permits=permits.may_work)
def pass_gate(
    *, actor: Actor, dossier: Dossier, rule: str, on: date, number: str = "", file: Prepared | None = None
) -> Done[GatePass]:
    """Put in the evidence that passes a gate (登记依据): a document, a permit's number, a day.

    Raises
    ------
    Refused
        The rule is read off the dossier or kept already, the evidence is missing, or the day is still to come.
    """
    dossier = held(dossier)
    gate = _gate(rule, dossier)
    refuse_unless(moves.gate_can_be_passed(gate, number=number, has_paper=file is not None))
    refuse_unless(moves.day_has_come(on, today=today(), field="on"))
    paper = None
    if file is not None:
        paper = put_away(actor, dossier, KINDS.get(rule, Paper.Kind.OTHER), gate.name, file, dated=on)
    if gate.standing is moves.Standing.WAIVED:
        _take_back(dossier, rule)
    row = _put_in(actor, dossier, rule, on, number=number.strip(), paper=paper)
    progressed(dossier, on)
    dossier.save(update_fields=["progressed_on"])
    return Done(row, {"rule": rule, "on": on})


@action("lifts.waive_gate", says=_("豁免关口"), permits=permits.may_waive)
def waive_gate(*, actor: Actor, dossier: Dossier, rule: str, reason: str) -> Done[GatePass]:
    """Let a stairwell pass a gate that it has not met (豁免), and say why.

    Raises
    ------
    Refused
        The gate is passed already, or no reason is given.
    """
    dossier = held(dossier)
    refuse_unless(moves.gate_can_be_waived(_gate(rule, dossier), reason=reason))
    row = _put_in(actor, dossier, rule, today(), waived=True, reason=reason.strip())
    return Done(row, {"rule": rule}, sealed={"reason": reason.strip()})


@action("lifts.take_back_gate", says=_("撤回关口办结"), permits=permits.may_work)
def take_back_gate(*, actor: Actor, dossier: Dossier, rule: str, reason: str) -> Done[Dossier]:
    """Take back what was put in for a gate by mistake (撤回), and say why.

    Raises
    ------
    Refused
        Nothing was put in, its move has been made, or no reason is given.
    """
    dossier = held(dossier)
    gate = _gate(rule, dossier)
    refuse_unless(moves.says_why(reason))
    refuse_unless(moves.gate_can_be_taken_back(gate, next_move=gates.next_move(dossier)))
    if not _take_back(dossier, rule):
        raise Refused(Reason(gettext("这一条没有登记过依据")))
    return Done(dossier, {"rule": rule}, sealed={"reason": reason.strip()})


def _gate(rule: str, dossier: Dossier) -> GateFacts:
    found = gates.gate_named(rule, dossier)
    if found is None:
        raise Refused(Reason(gettext("现行规则里没有这一条"), field="rule"))
    return found


def _take_back(dossier: Dossier, rule: str) -> bool:
    row = gates.standing_passes(dossier).get(rule)
    if row is None:
        return False
    row.taken_back_at = now()
    row.save(update_fields=["taken_back_at"])
    return True


def _put_in(
    actor: Actor,
    dossier: Dossier,
    rule: str,
    on: date,
    *,
    number: str = "",
    paper: Paper | None = None,
    waived: bool = False,
    reason: str = "",
) -> GatePass:
    return GatePass.objects.create(
        dossier=dossier,
        rule=rule,
        attempt=dossier.attempt,
        on=on,
        number=number,
        paper=paper,
        waived=waived,
        reason=reason,
        by=actor.reference,
        at=now(),
    )
