"""Money comes in by instalments, goes back, and is settled by the final cost."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import Reason, Refused, refuse_unless
from xiuhua.ground.words import gettext
from xiuhua.programmes.lifts import permits, permits_shares, queries_shares
from xiuhua.programmes.lifts.actions.held import held
from xiuhua.programmes.lifts.actions.shares import lay_plan
from xiuhua.programmes.lifts.models import Dossier, Flat, Payment, Scheme, SchemeLine
from xiuhua.programmes.lifts.rules import money as rules
from xiuhua.programmes.lifts.rules import moves
from xiuhua.programmes.lifts.rules.money import Part


@action("lifts.plan_instalments", says=_("安排分期付款"), permits=permits.may_work)
def plan_instalments(*, actor: Actor, dossier: Dossier, parts: Sequence[Part]) -> Done[Scheme]:
    """Say in how many parts the shares are paid, and by when (排分期付款).

    Raises
    ------
    Refused
        There is no scheme in force, the parts do not make 100 percent, or a later one falls due before an earlier.
    """
    scheme = _in_force(held(dossier))
    refuse_unless(rules.plan_is_sound(parts))
    lay_plan(scheme, list(parts))
    return Done(scheme, {"percents": [part.percent for part in parts]})


@action("lifts.note_payment", says=_("登记收款"), permits=permits_shares.may_keep_money)
def note_payment(*, actor: Actor, flat: Flat, amount_fen: int, on: date, way: str = Payment.Way.BANK) -> Done[Payment]:
    """Put down what a household has paid (登记收款); it gets the next receipt number of the stairwell.

    Raises
    ------
    Refused
        There is no share, it is more than is left of it, it is not positive, or the day cannot be.
    """
    held(flat.dossier)
    refuse_unless(rules.payment_can_be_noted(queries_shares.balance_of(flat), amount_fen))
    return _noted(actor, flat, Payment.Kind.PAID, amount_fen, on, way)


@action("lifts.note_refund", says=_("登记退款"), permits=permits_shares.may_keep_money)
def note_refund(*, actor: Actor, flat: Flat, amount_fen: int, on: date, way: str = Payment.Way.BANK) -> Done[Payment]:
    """Put down what was paid back to a household (登记退款).

    Raises
    ------
    Refused
        So much was not paid too much, it is not positive, or the day cannot be.
    """
    held(flat.dossier)
    refuse_unless(rules.refund_can_be_noted(queries_shares.balance_of(flat), amount_fen))
    return _noted(actor, flat, Payment.Kind.REFUND, amount_fen, on, way)


@action("lifts.strike_payment", says=_("作废收据"), permits=permits_shares.may_strike)
def strike_payment(*, actor: Actor, payment: Payment, reason: str) -> Done[Payment]:
    """Strike out an entry of money that was a mistake (作废), and say why; its number is not used again.

    Raises
    ------
    Refused
        It is struck out already, no reason is given, or the money has been paid back since.
    """
    held(payment.dossier)
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    leaves = queries_shares.paid_by(payment.flat) - payment.signed_fen
    struck = payment.struck_at is not None
    refuse_unless(rules.payment_can_be_struck(struck=struck, reason=reason, leaves_fen=leaves))
    payment.struck_at, payment.struck_because = now(), reason.strip()
    payment.save(update_fields=["struck_at", "struck_because"])
    return Done(payment, {"number": payment.number}, sealed={"reason": reason.strip()})


@action("lifts.settle_cost", says=_("结算造价"), permits=permits.may_work)
def settle_cost(*, actor: Actor, dossier: Dossier, total_fen: int, subsidy_fen: int, on: date) -> Done[Scheme]:
    """Put in the final cost (结算): what each owes follows in the agreed proportions, exact to the fen (多退少补).

    Raises
    ------
    Refused
        There is no scheme in force, building is not over, the money cannot be, or the day cannot be.
    """
    dossier = held(dossier)
    scheme = queries_shares.adopted_scheme(dossier)
    refuse_unless(
        rules.cost_can_be_settled(
            total_fen=total_fen, subsidy_fen=subsidy_fen, adopted=scheme is not None, state=dossier.state
        )
    )
    assert scheme is not None
    refuse_unless(moves.day_has_come(on, today=today(), field="on"))
    refuse_unless(rules.follows_on(on, dossier.finished_on))
    lines = list(scheme.lines.order_by("-flat__floor", "flat__room"))
    after = rules.settled_shares([line.amount_fen for line in lines], total_fen - subsidy_fen)
    for line, due in zip(lines, after, strict=True):
        line.final_fen = due
    SchemeLine.objects.bulk_update(lines, ["final_fen"])
    scheme.final_total_fen, scheme.final_subsidy_fen, scheme.settled_on = total_fen, subsidy_fen, on
    scheme.save(update_fields=["final_total_fen", "final_subsidy_fen", "settled_on"])
    return Done(scheme, {"total_fen": total_fen, "subsidy_fen": subsidy_fen, "on": on})


def _noted(actor: Actor, flat: Flat, kind: str, amount_fen: int, on: date, way: str) -> Done[Payment]:
    line = queries_shares.share_of(flat)
    refuse_unless(moves.day_has_come(on, today=today(), field="on"))
    refuse_unless(rules.follows_on(on, line.scheme.adopted_on if line else None))
    refuse_unless(rules.way_is_known(way, ways=Payment.Way.values))
    last = Payment.objects.filter(dossier=flat.dossier_id).aggregate(last=Max("number"))["last"] or 0
    row = Payment.objects.create(
        dossier=flat.dossier,
        flat=flat,
        kind=kind,
        number=last + 1,
        amount_fen=amount_fen,
        on=on,
        way=way,
        by=actor.reference,
        at=now(),
    )
    return Done(row, {"flat": flat.pk, "number": row.number, "way": way, "on": on})


def _in_force(dossier: Dossier) -> Scheme:
    scheme = queries_shares.adopted_scheme(dossier)
    if scheme is None:
        raise Refused(Reason(gettext("还没有定稿的分摊方案"), mend=gettext("先定稿，再排分期")))
    return scheme
