"""The account of a stairwell's lift is kept."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping
from xiuhua.ground.files.prepared import Prepared
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.ground.words import gettext
from xiuhua.programmes.lifts import permits, permits_build
from xiuhua.programmes.lifts.actions.held import held
from xiuhua.programmes.lifts.models import Dossier, FeeLine
from xiuhua.programmes.lifts.rules import fees as rules
from xiuhua.programmes.lifts.rules import moves


@action("lifts.note_fee", says=_("登记电梯费用"), permits=permits.may_work)
def note_fee(
    *,
    actor: Actor,
    dossier: Dossier,
    kind: str,
    on: date,
    amount_fen: int,
    words: str = "",
    receipt: Prepared | None = None,
) -> Done[FeeLine]:
    """Put a line into the account (记一笔): what came in or went out, on which day, with its receipt.

    Raises
    ------
    Refused
        The amount is negative or nothing, there is no such kind, or the day is still to come or before the works.
    """
    dossier = held(dossier)
    refuse_unless(rules.line_is_sound(kind, amount_fen, kinds=FeeLine.Kind.values))
    began = dossier.started_on
    refuse_unless(moves.day_has_come(on, today=today(), field="on", after=began, what=gettext("开工")))
    refuse_unless(moves.house_stood(on, built=dossier.stairwell.building.year_built, field="on"))
    row = FeeLine.objects.create(
        dossier=dossier,
        kind=kind,
        on=on,
        amount_fen=amount_fen,
        words=words.strip()[:80],
        by=actor.reference,
        at=now(),
    )
    if receipt is not None:
        keeping.keep(receipt, subject=row, title=str(row.get_kind_display()))
    return Done(row, {"kind": kind, "amount_fen": amount_fen, "on": on})


@action("lifts.take_back_fee", says=_("冲销一笔电梯费用"), permits=permits_build.may_take_back_fee)
def take_back_fee(*, actor: Actor, line: FeeLine, reason: str) -> Done[FeeLine]:
    """Strike a line that was put down by mistake (冲销), and say why; it stays to be read.

    Raises
    ------
    Refused
        It is struck already, or no reason is given.
    """
    line = locked(line)
    refuse_unless(rules.can_be_taken_back(gone=line.taken_back_on is not None))
    refuse_unless(moves.says_why(reason))
    line.taken_back_on, line.taken_back_because = today(), reason.strip()[:200]
    line.save(update_fields=["taken_back_on", "taken_back_because"])
    return Done(line, {"amount_fen": line.amount_fen}, sealed={"reason": reason.strip()})
