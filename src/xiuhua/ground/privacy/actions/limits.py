"""Verbs of keeping and not using (只存不用): what a person may ask for (PIPL 44)."""

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.record import reference_of
from xiuhua.ground.privacy import permits, queries, rules
from xiuhua.ground.privacy.models import DataRequest, Restriction
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.verdicts import refuse_unless


@action(
    "privacy.restrict_resident",
    says=gettext_lazy("设为只存不用"),
    permits=permits.may_answer_for,
    audience=Audience.OFFICE,
)
def restrict_resident(*, actor: Actor, resident: Resident, reason: str) -> Done[Restriction]:
    """Keep a person's data and use them no more (设为只存不用); open requests for that are answered by it.

    Lists go on showing them masked, with a mark; their file opens only for what the law leaves.

    Raises
    ------
    Refused
        They are restricted or erased, or it is not said why.
    """
    resident, at = locked(resident), now()
    refuse_unless(
        rules.restriction_can_be_set(
            reason=reason,
            stands=queries.standing_restrictions().filter(resident=resident).exists(),
            erased=resident.erased_at is not None,
        )
    )
    restriction = Restriction.objects.create(resident=resident, reason=reason.strip(), set_at=at)
    asked = resident.data_requests.filter(kind=DataRequest.Kind.LIMIT, state=DataRequest.State.OPEN)
    asked.update(state=DataRequest.State.ANSWERED, closed_at=at)
    return Done(
        restriction,
        {"resident": resident.pk},
        sealed={"reason": restriction.reason},
        about=reference_of(resident),
    )


@action(
    "privacy.lift_restriction",
    says=gettext_lazy("解除只存不用"),
    permits=permits.may_lift_restriction,
    audience=Audience.OFFICE,
)
def lift_restriction(*, actor: Actor, restriction: Restriction) -> Done[Restriction]:
    """Let a person's data be used again (解除只存不用), as they ask.

    Raises
    ------
    Refused
        It has been lifted.
    """
    resident, restriction = locked(restriction.resident), locked(restriction)
    refuse_unless(rules.restriction_can_be_lifted(stands=restriction.stands))
    restriction.lifted_at = now()
    restriction.save(update_fields=["lifted_at"])
    return Done(restriction, {"resident": resident.pk})
