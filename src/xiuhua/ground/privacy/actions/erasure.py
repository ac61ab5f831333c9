"""Verbs of forgetting: hold what must stay for now, lift it, erase a person (PIPL 47)."""

from datetime import date

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal import values
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.record import reference_of
from xiuhua.ground.privacy import permits, queries, rules
from xiuhua.ground.privacy.holdings import erase_all
from xiuhua.ground.privacy.models import DataRequest, LegalHold
from xiuhua.ground.privacy.rules import Ground
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.verdicts import refuse_unless


@action(
    "privacy.erase_resident",
    says=gettext_lazy("删除个人信息"),
    permits=permits.may_answer_for,
    audience=Audience.OFFICE,
)
def erase_resident(*, actor: Actor, resident: Resident, ground: Ground) -> Done[Resident]:
    """Erase a person (删除个人信息): name, telephone, identity number, day of birth, and all that rooms keep of them.

    The row stays as a number in sums, coarsened; the keys of what the record has sealed about them are destroyed, and
    the chain of entries holds. Open requests to erase are answered by it.

    Raises
    ------
    Refused
        They have been erased, are held, or a duty or a consent still carries the keeping.
    """
    resident, at = locked(resident), now()
    held = queries.standing_holds(today()).filter(resident=resident)
    refuse_unless(
        rules.person_can_be_erased(
            on(today()).privacy.bases.get(resident.basis),
            ground,
            holds=[(hold.until, hold.reason) for hold in held],
            keeps_file=queries.keeps_file(resident),
            erased=resident.erased_at is not None,
        )
    )
    forgotten = erase_all(resident)
    if ground == Ground.PURPOSE_OVER and resident.left_at is None:
        resident.left_at = at
        resident.save(update_fields=["left_at"])
    resident.data_requests.filter(state=DataRequest.State.OPEN).update(state=DataRequest.State.ANSWERED, closed_at=at)
    keys = sum(values.shred(reference) for reference in sorted({*forgotten, reference_of(resident)}))
    return Done(resident, {"ground": ground.value, values.SHREDDED: keys})


@action("privacy.set_hold", says=gettext_lazy("暂停删除"), permits=permits.may_answer_for, audience=Audience.OFFICE)
def set_hold(*, actor: Actor, resident: Resident, reason: str, until: date) -> Done[LegalHold]:
    """Forbid for now that a person be erased (暂停删除), as a lawsuit or an inquiry needs it.

    Raises
    ------
    Refused
        No reason is given, the day is over, or they have been erased.
    """
    resident, at = locked(resident), now()
    refuse_unless(
        rules.hold_can_be_set(reason=reason, until=until, today=today(), erased=resident.erased_at is not None)
    )
    hold = LegalHold.objects.create(resident=resident, reason=reason.strip(), until=until, set_at=at)
    return Done(
        hold,
        {"until": until, "resident": resident.pk},
        sealed={"reason": hold.reason},
        about=reference_of(resident),
    )


@action("privacy.lift_hold", says=gettext_lazy("解除暂停删除"), permits=permits.may_lift, audience=Audience.OFFICE)
def lift_hold(*, actor: Actor, hold: LegalHold) -> Done[LegalHold]:
    """Lift a hold before its day (解除暂停删除).

    Raises
    ------
    Refused
        It is lifted or over.
    """
    resident, hold = locked(hold.resident), locked(hold)
    at = now()
    refuse_unless(rules.hold_can_be_lifted(holds=hold.holds_on(today())))
    hold.lifted_at = at
    hold.save(update_fields=["lifted_at"])
    return Done(hold, {"resident": resident.pk})
