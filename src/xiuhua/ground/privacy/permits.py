"""Who may do what about people's own data."""

from typing import Any

from xiuhua.ground.accounts.models import Kind
from xiuhua.ground.journal.actors import Actor, System
from xiuhua.ground.privacy.models import AboutResident, DataRequest, ImpactAssessment
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.territory.queries import own_record

TAKES_CONSENT = (Role.GRID_WORKER, Role.COMMITTEE_HEAD, Role.SECTION_HEAD, Role.PRIVACY_OFFICER)
"""Who takes a consent at the door: whoever may open the file there. To withdraw one is as easy (PIPL 15)."""


def may_record_consent(actor: Actor, *, resident: Resident, **_: object) -> bool:
    """Whoever works with the person's file, and the privacy officer."""
    return actor.holds(*TAKES_CONSENT, at=resident.path)


def may_withdraw_consent(actor: Actor, *, consent: AboutResident, **_: object) -> bool:
    """Whoever may record one, and the person themselves."""
    return actor.holds(*TAKES_CONSENT, at=consent.territory_path) or is_about(consent, actor)


def is_own(resident: Resident, actor: Any) -> bool:
    """Whether a resident on record is the actor, as a worker of their committee has found."""
    own = own_record(actor) if getattr(actor, "kind", "") == Kind.RESIDENT and actor.is_active else None
    return own is not None and own.pk == resident.pk


def is_about(row: AboutResident, actor: Actor) -> bool:
    """Whether something on record is about the actor."""
    return is_own(row.resident, actor)  # type: ignore[attr-defined]


def may_file_request(
    actor: Actor,
    *,
    resident: Resident,
    channel: DataRequest.Channel,
    asked_by: DataRequest.By = DataRequest.By.SELF,
    **_: object,
) -> bool:
    """The privacy officer of the place; on their own page the person themselves, for themselves."""
    in_person = channel == DataRequest.Channel.ONLINE and asked_by == DataRequest.By.SELF
    return may_answer_for(actor, resident=resident) or (in_person and is_own(resident, actor))


def may_read_copy(actor: Actor, *, request: AboutResident, **_: object) -> bool:
    """The person themselves."""
    return is_about(request, actor)


def may_answer_for(actor: Actor, *, resident: Resident, **_: object) -> bool:
    """The privacy officer of the place where the person lives."""
    return actor.holds(Role.PRIVACY_OFFICER, at=resident.path)


def may_answer(actor: Actor, *, request: AboutResident, **_: object) -> bool:
    """The privacy officer of the place."""
    return actor.holds(Role.PRIVACY_OFFICER, at=request.territory_path)


def may_lift(actor: Actor, *, hold: AboutResident, **_: object) -> bool:
    """The privacy officer of the place."""
    return actor.holds(Role.PRIVACY_OFFICER, at=hold.territory_path)


def may_lift_restriction(actor: Actor, *, restriction: AboutResident, **_: object) -> bool:
    """The privacy officer of the place."""
    return actor.holds(Role.PRIVACY_OFFICER, at=restriction.territory_path)


def may_assess(actor: Actor, *, path: str, **_: object) -> bool:
    """The privacy officer of the place."""
    return actor.holds(Role.PRIVACY_OFFICER, at=path)


def may_remove_assessment(actor: Actor, *, assessment: ImpactAssessment, **_: object) -> bool:
    """The privacy officer of the place."""
    return actor.holds(Role.PRIVACY_OFFICER, at=assessment.path)


def may_work_by_night(actor: Actor, **_: object) -> bool:
    """Only the system."""
    return isinstance(actor, System)


def may_export(actor: Actor, **_: object) -> bool:
    """A privacy officer, who gets no other rows than they see."""
    return bool(actor.sees(Sight.PRIVACY)) and not isinstance(actor, System)
