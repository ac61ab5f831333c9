"""Shares are drafted, settled and signed; limits are told in confidence."""

from datetime import date

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from xiuhua.engine.shares import kept
from xiuhua.ground.clock import now
from xiuhua.ground.files.prepared import Prepared
from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import permits, permits_shares, queries_shares
from xiuhua.programmes.lifts.actions.held import held, progressed
from xiuhua.programmes.lifts.actions.papers import put_away
from xiuhua.programmes.lifts.models import (
    Dossier,
    Flat,
    Instalment,
    Limit,
    Owner,
    Paper,
    Scheme,
    SchemeLine,
    Signature,
)
from xiuhua.programmes.lifts.rules import money, moves
from xiuhua.programmes.lifts.rules import shares as rules
from xiuhua.programmes.lifts.rules.money import Part
from xiuhua.programmes.lifts.rules.shares import Choice, LineFacts


@action("lifts.draft_scheme", says=_("起草分摊方案"), permits=permits.may_work)
def draft_scheme(
    *, actor: Actor, dossier: Dossier, choice: Choice, on: date, subsidy_because: str = ""
) -> Done[Scheme]:
    """Keep what a meeting worked out as the next draft (第几稿).

    Raises
    ------
    Refused
        It cannot be worked out, percentages do not make 100, the subsidy is another than the computed one without a
        reason, too few limits were told, or shares are not talked about at this step.
    """
    dossier = held(dossier)
    homes, figures = queries_shares.homes_of(dossier), queries_shares.figures_of(dossier)
    refuse_unless(rules.stage_is_right(dossier.state, adopting=False))
    refuse_unless(moves.day_can_be(on, dossier.facts(), today=today()))
    refuse_unless(rules.choice_is_sound(homes, choice, figures))
    refuse_unless(rules.percents_are_whole(choice))
    computed = queries_shares.subsidy_of(dossier, choice.total_fen)
    refuse_unless(rules.subsidy_is_told(computed_fen=computed, told_fen=choice.subsidy_fen, because=subsidy_because))
    limits = _limits_for(dossier, choice) if choice.kind == Scheme.Kind.CONSENT else {}
    amounts = rules.work_out(homes, choice, figures, limits)
    because = subsidy_because.strip() if choice.subsidy_fen != computed else ""
    scheme = _kept(actor, dossier, choice, on, because)
    SchemeLine.objects.bulk_create(
        SchemeLine(
            scheme=scheme,
            flat_id=home.key,
            area_dm2=home.area_dm2,
            amount_fen=amounts[home.key],
            takes_part=home.key not in choice.left,
        )
        for home in homes
    )
    if choice.kind == Scheme.Kind.CONSENT:
        scheme.limits_used = len(limits)
        scheme.limits_kept = sum(kept([amounts[key] for key in limits], list(limits.values())))
        scheme.save(update_fields=["limits_used", "limits_kept"])
    return Done(scheme, {"number": scheme.number, "kind": scheme.kind, "total_fen": scheme.total_fen, "on": on})


@action("lifts.adopt_scheme", says=_("分摊方案定稿"), permits=permits_shares.may_adopt)
def adopt_scheme(*, actor: Actor, scheme: Scheme, on: date) -> Done[Scheme]:
    """Settle the shares (定稿): from now on they are what is signed and paid; an earlier one is superseded.

    Raises
    ------
    Refused
        It does not add up to the fen, a flat is missing from it, an area that it hangs on is not on record, somebody
        has paid under another, it is no draft, or the day cannot be.
    """
    dossier = held(scheme.dossier)
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    lines = list(scheme.lines.all())
    refuse_unless(rules.draft_is_open(scheme.state if scheme.attempt == dossier.attempt else Scheme.State.SUPERSEDED))
    refuse_unless(rules.stage_is_right(dossier.state, adopting=True))
    refuse_unless(moves.day_can_be(on, dossier.facts(), today=today()))
    refuse_unless(moves.day_has_come(scheme.on, today=on, field="on"))
    refuse_unless(
        rules.scheme_can_be_adopted(
            queries_shares.homes_of(dossier),
            queries_shares.choice_of(scheme, lines),
            [LineFacts(line.flat_id, line.amount_fen, line.area_dm2) for line in lines],
            queries_shares.figures_of(dossier),
            paid=any(queries_shares.paid_by_flat(dossier).values()),
        )
    )
    before = queries_shares.adopted_scheme(dossier)
    if before is not None:
        before.state = Scheme.State.SUPERSEDED
        before.save(update_fields=["state"])
    scheme.state, scheme.adopted_on = Scheme.State.ADOPTED, on
    scheme.save(update_fields=["state", "adopted_on"])
    lay_plan(scheme, usual_plan(dossier))
    progressed(dossier, on)
    dossier.save(update_fields=["progressed_on"])
    return Done(scheme, {"number": scheme.number, "residents_fen": scheme.residents_fen, "on": on})


@action("lifts.state_limit", says=_("封存心里价位"), permits=permits_shares.may_state_limit)
def state_limit(*, actor: Actor, flat: Flat, amount_fen: int, on: date) -> Done[Flat]:
    """Seal the most that a household would pay (封存心里价位); a later word takes the place of an earlier one.

    The amount goes nowhere else: no entry holds it, and nobody can look it up, those who typed it included.

    Raises
    ------
    Refused
        It is negative or beyond all measure, or the day is still to come.
    """
    held(flat.dossier)
    refuse_unless(rules.limit_is_sound(amount_fen))
    refuse_unless(moves.day_has_come(on, today=today(), field="on"))
    limit = Limit.objects.filter(flat=flat).first() or Limit(flat=flat)
    limit.amount_fen, limit.on = str(amount_fen), on
    limit.save()
    return Done(flat, {"on": on})


@action("lifts.sign_share", says=_("登记分摊签字"), permits=permits_shares.may_keep_money)
def sign_share(
    *, actor: Actor, flat: Flat, on: date, paper: Prepared | None = None, owner: Owner | None = None
) -> Done[Signature]:
    """Put down that a household has signed its share (登记签字), with the signed sheet where there is one.

    The limit that it told has served, and is forgotten.

    Raises
    ------
    Refused
        There is no scheme in force, the household has signed or takes no part, or the day cannot be.
    """
    dossier = held(flat.dossier)
    line = queries_shares.share_of(flat)
    refuse_unless(
        money.share_can_be_signed(
            in_scheme=line is not None,
            takes_part=line is not None and line.takes_part,
            signed=line is not None and hasattr(line, "signature"),
            by_owner_of_it=owner is None or flat.ownerships.filter(owner=owner).exists(),
        )
    )
    assert line is not None
    refuse_unless(moves.day_has_come(on, today=today(), field="on"))
    refuse_unless(money.follows_on(on, line.scheme.adopted_on))
    sheet = None
    if paper is not None:
        title = str(_("分摊协议 %(room)s 室")) % {"room": flat.room}
        sheet = put_away(actor, dossier, Paper.Kind.AGREEMENT, title, paper, dated=on)
    Limit.objects.filter(flat=flat).delete()
    row = Signature.objects.create(line=line, owner=owner, on=on, paper=sheet, by=actor.reference, at=now())
    progressed(dossier, on)
    dossier.save(update_fields=["progressed_on"])
    return Done(row, {"flat": flat.pk, "scheme": line.scheme_id, "on": on})


def put_to_vote(scheme: Scheme) -> None:
    """Note that a draft is what a vote is about; called within the verb that opens the vote."""
    if scheme.state == Scheme.State.DRAFT:
        scheme.state = Scheme.State.PROPOSED
        scheme.save(update_fields=["state"])


def usual_plan(dossier: Dossier) -> list[Part]:
    """Instalments as the rule book has them (30／40／30)."""
    percents = [int(part) for part in str(queries_shares.book_of(dossier).money.instalments.value).split("/")]
    words = [str(word) for word in (_("签约后"), _("主体完工后"), _("验收后"))]
    return [
        Part(words[at] if at < len(words) else str(_("第 %(number)s 期")) % {"number": at + 1}, percent)
        for at, percent in enumerate(percents)
    ]


def lay_plan(scheme: Scheme, parts: list[Part]) -> None:
    """Write the instalments of a scheme in the place of those that stand; called within a verb."""
    scheme.instalments.all().delete()
    Instalment.objects.bulk_create(
        Instalment(scheme=scheme, number=number, words=part.words.strip(), percent=part.percent, due_on=part.due_on)
        for number, part in enumerate(parts, start=1)
    )


def _limits_for(dossier: Dossier, choice: Choice) -> dict[int, int]:
    """Limits by flat, for the one way that may use them."""
    limits = {row.flat_id: int(row.amount_fen) for row in Limit.objects.filter(flat__dossier=dossier)}
    drafts = dossier.schemes.filter(attempt=dossier.attempt, kind=Scheme.Kind.CONSENT).count()
    figures = queries_shares.figures_of(dossier)
    refuse_unless(rules.limits_may_be_used(len(limits), drafts, choice, figures))
    return limits


def _kept(actor: Actor, dossier: Dossier, choice: Choice, on: date, because: str) -> Scheme:
    last = dossier.schemes.aggregate(last=Max("number"))["last"] or 0
    return Scheme.objects.create(
        dossier=dossier,
        attempt=dossier.attempt,
        number=last + 1,
        kind=choice.kind,
        total_fen=choice.total_fen,
        subsidy_fen=choice.subsidy_fen,
        subsidy_because=because,
        table={"floors": {str(at): str(value) for at, value in choice.floors.items()}, "within": choice.within},
        on=on,
        by=actor.reference,
        at=now(),
    )
