"""Stairwells are cut into lots (成片), lots adopted, changed by hand, dissolved."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import batching, permits_batches
from xiuhua.programmes.lifts.actions.held import held
from xiuhua.programmes.lifts.batching import Cut, Proposal, quarter_of
from xiuhua.programmes.lifts.models import Batch, BatchMember, BatchPlan, Dossier
from xiuhua.programmes.lifts.rules import batches as rules
from xiuhua.programmes.lifts.rules.batches import Readiness


@action("lifts.propose_batches", says=_("提成片方案"), permits=permits_batches.may_propose)
def propose_batches(*, actor: Actor, path: str, proposal: Proposal) -> Done[BatchPlan]:
    """Keep a way to cut the stairwells of a place into lots (成片方案), found by `batching.proposed` or `drawn`.

    Parameters
    ----------
    path : str
        The subdistrict or committee that it is about.
    proposal : Proposal
        Computed before, since the engine takes its time: ``batching.proposed(path)``.
    """
    top = locked(Subdistrict.objects.get(path=path[:9]))
    last = BatchPlan.objects.filter(path__startswith=top.path).aggregate(last=Max("number"))["last"] or 0
    plan = BatchPlan.objects.create(
        path=path,
        number=last + 1,
        on=proposal.on,
        **asdict(proposal.terms),
        value=proposal.value,
        bound=proposal.bound,
        by=actor.reference,
        at=now(),
    )
    rows = {row.pk: row for row in batching.candidates(path)}
    for place, cut in enumerate(proposal.lots, start=1):
        _put_down(plan, place, cut, rows, proposal)
    facts = {"number": plan.number, "lots": len(proposal.lots), "on": proposal.on}
    return Done(plan, {**facts, "stairwells": sum(len(cut.members) for cut in proposal.lots)})


@action("lifts.adopt_plan", says=_("采用成片方案"), permits=permits_batches.may_decide)
def adopt_plan(*, actor: Actor, plan: BatchPlan, batches: Sequence[Batch], on: date) -> Done[BatchPlan]:
    """Adopt some lots of a plan, or all (采用): each gets its name, and its stairwells belong to it from then on.

    Drafts that place one of these stairwells otherwise can no longer be adopted whole, and are superseded.

    Raises
    ------
    Refused
        None is chosen, one is not proposed any more, a stairwell is in another lot or was being built before the day.
    """
    plan = locked(plan)
    locked(Subdistrict.objects.get(path=plan.path[:9]))
    rows = [locked(batch) for batch in batches if batch.plan_id == plan.pk]
    if not rows:
        refuse_unless(rules.can_adopt([], taken=[], begun=[], on=on, today=today()))
    for row in rows:
        adopt_batch(actor=actor, batch=row, on=on)
    plan.state = BatchPlan.State.ADOPTED
    plan.save(update_fields=["state"])
    return Done(plan, {"lots": len(rows), "on": on})


@action("lifts.adopt_batch", says=_("采用成片批次"), permits=permits_batches.may_decide)
def adopt_batch(*, actor: Actor, batch: Batch, on: date) -> Done[Batch]:
    """Adopt one lot (采用一批), named after its quarter and its number there.

    Raises
    ------
    Refused
        It is not proposed any more, a stairwell is in another lot or was being built before the day.
    """
    top = locked(Subdistrict.objects.get(path=batch.plan.path[:9]))
    batch = locked(batch)
    members = [held(member.dossier) for member in batch.members.select_related("dossier")]
    refuse_unless(
        rules.can_adopt(
            [batch.state],
            taken=[row.address for row in members if row.batch_id],
            begun=[row.address for row in members if row.started_on is not None and row.started_on < on],
            on=on,
            today=today(),
        )
    )
    named = Batch.objects.under(top.path).filter(quarter=batch.quarter)
    batch.serial = (named.aggregate(last=Max("serial"))["last"] or 0) + 1
    batch.state, batch.adopted_on, batch.adopted_by = Batch.State.ADOPTED, on, actor.reference
    batch.save()
    for row in members:
        row.batch = batch
        row.save(update_fields=["batch"])
    _supersede(batch, [row.pk for row in members])
    return Done(batch, {"plan": batch.plan_id, "serial": batch.serial, "stairwells": len(members), "on": on})


@action("lifts.move_batch", says=_("调整成片批次"), permits=permits_batches.may_move)
def move_batch(*, actor: Actor, batch: Batch, dossier: Dossier, out: bool = False) -> Done[Batch]:
    """Put a stairwell into a lot by hand, or with `out` take it out of it; the lot is priced again.

    A lot that falls apart, or is too small or too large now, stands all the same: `rules.lot_is_amiss` says so.

    Raises
    ------
    Refused
        It is in another adopted lot or being built, a lift does not suit it, or it is the last of its lot.
    """
    locked(batch.plan)
    batch, dossier = locked(batch), held(dossier)
    here = batch.members.filter(dossier=dossier).first()
    sibling = _sibling(batch, dossier)
    left = (batch if out else sibling or batch).members.exclude(dossier=dossier).count()
    refuse_unless(
        rules.can_move(
            batch.state,
            suitable=bool(dossier.stairwell.lift_suitable) and dossier.path.startswith(batch.plan.path),
            elsewhere="" if dossier.batch_id in (None, batch.pk) else str(dossier.batch),
            here=here is not None,
            out=out,
            left=left,
            begun=dossier.state in rules.BEGUN,
        )
    )
    if here is not None:
        here.delete()
    else:
        _take_from(sibling, dossier)
        readiness = batching.readiness_by([dossier], today())[dossier.pk]
        _add(batch, dossier, readiness)
    if batch.state == Batch.State.ADOPTED:
        dossier.batch = None if out else batch
        dossier.save(update_fields=["batch"])
    _price(batch)
    facts = {"dossier": dossier.pk, "out": out, "stairwells": batch.size, "contiguous": batch.contiguous}
    return Done(batch, facts)


@action("lifts.dissolve_batch", says=_("解散成片批次"), permits=permits_batches.may_decide)
def dissolve_batch(*, actor: Actor, batch: Batch, on: date, because: str) -> Done[Batch]:
    """Dissolve an adopted lot (解散), and say why: its stairwells go on one by one, or into another lot.

    Raises
    ------
    Refused
        It is not in force, no reason is given, or the day cannot be.
    """
    batch = locked(batch)
    refuse_unless(rules.can_dissolve(batch.state, adopted_on=batch.adopted_on, on=on, today=today(), because=because))
    batch.state, batch.dissolved_on = Batch.State.DISSOLVED, on
    batch.dissolved_because = because.strip()[:200]
    batch.save(update_fields=["state", "dissolved_on", "dissolved_because"])
    count = Dossier.objects.filter(batch=batch).update(batch=None)
    return Done(batch, {"stairwells": count, "on": on}, sealed={"reason": because.strip()})


def _put_down(plan: BatchPlan, place: int, cut: Cut, rows: dict[int, Dossier], proposal: Proposal) -> None:
    members = [rows[pk] for pk in cut.members]
    batch = Batch.objects.create(
        plan=plan,
        path=path_over([row.path for row in members]),
        place=place,
        quarter=Counter(map(quarter_of, members)).most_common(1)[0][0],
        size=len(members),
        readiness=cut.readiness,
        metres=cut.metres,
        value=cut.value,
        contiguous=cut.contiguous,
    )
    for row in members:
        _add(batch, row, proposal.readiness[row.pk])


def path_over(paths: Sequence[str]) -> str:
    """The committee that stairwells share, else the subdistrict."""
    committees = {committee_of(path) for path in paths}
    return committees.pop() if len(committees) == 1 else paths[0][:9]


def _add(batch: Batch, dossier: Dossier, readiness: Readiness) -> None:
    because = [[one.what, round(one.points, 3), list(one.numbers)] for one in readiness.because]
    BatchMember.objects.create(batch=batch, dossier=dossier, readiness=round(readiness.degree, 4), because=because)


def _supersede(batch: Batch, members: Sequence[int]) -> None:
    """Drafts that have one of these stairwells in a lot of theirs cannot be adopted as they are."""
    others = BatchPlan.objects.filter(
        state=BatchPlan.State.DRAFT, path__startswith=batch.plan.path[:9], batches__members__dossier__in=members
    )
    for plan in others.exclude(pk=batch.plan_id).distinct():
        plan.state = BatchPlan.State.SUPERSEDED
        plan.save(update_fields=["state"])
    if batch.plan.state == BatchPlan.State.DRAFT:
        batch.plan.state = BatchPlan.State.ADOPTED
        batch.plan.save(update_fields=["state"])


def _sibling(batch: Batch, dossier: Dossier) -> Batch | None:
    """The proposed lot of the same plan that a stairwell would leave."""
    rows = Batch.objects.filter(plan=batch.plan_id, state=Batch.State.PROPOSED, members__dossier=dossier)
    found: Batch | None = rows.exclude(pk=batch.pk).first()
    return found


def _take_from(sibling: Batch | None, dossier: Dossier) -> None:
    if sibling is not None:
        sibling.members.filter(dossier=dossier).delete()
        _price(sibling)


def _price(batch: Batch) -> None:
    """Price a lot again by its members, and with it its plan."""
    members = list(batch.members.all())
    degrees = {member.dossier_id: member.readiness for member in members}
    rows: list[Dossier] = list(Dossier.objects.filter(pk__in=degrees).with_place().order_by("path"))
    cut = batching.appraised(rows, degrees, [[row.pk for row in rows]], batch.plan.terms)[0]
    batch.size, batch.readiness, batch.metres = len(rows), cut.readiness, cut.metres
    batch.value, batch.contiguous = cut.value, cut.contiguous
    batch.path = path_over([row.path for row in rows])
    batch.save()
    standing = batch.plan.batches.exclude(state=Batch.State.DISSOLVED)
    batch.plan.value = standing.aggregate(value=Sum("value"))["value"] or 0.0
    batch.plan.save(update_fields=["value"])
