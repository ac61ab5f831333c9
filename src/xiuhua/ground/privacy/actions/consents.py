"""Verbs of consent: record, withdraw; and by what right someone's data are kept."""

from datetime import date

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.record import reference_of
from xiuhua.ground.privacy import permits, queries, rules
from xiuhua.ground.privacy.models import Consent
from xiuhua.ground.privacy.rules import Birth
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.verdicts import refuse_unless


@action(
    "privacy.record_consent",
    says=gettext_lazy("登记同意"),
    permits=permits.may_record_consent,
    audience=Audience.OFFICE,
)
def record_consent(
    *,
    actor: Actor,
    resident: Resident,
    purpose: str,
    given_on: date,
    evidence: Consent.Evidence,
    evidence_number: str = "",
    given_by: Consent.By = Consent.By.SELF,
    guardian: str = "",
) -> Done[Consent]:
    """Record that someone agreed to something (登记同意).

    Raises
    ------
    Refused
        Nobody is asked for that; the day is to come; a child agreed for themselves; there is nothing to show; one is in
        force; or the person has been erased.
    """
    resident, at = locked(resident), now()
    book = on(today()).privacy
    by_guardian = given_by == Consent.By.GUARDIAN
    refuse_unless(
        rules.consent_can_be_recorded(
            purpose_known=purpose in book.consents,
            given_on=given_on,
            today=today(),
            by_guardian=by_guardian,
            guardian=guardian,
            paper_without_number=evidence == Consent.Evidence.PAPER and not evidence_number.strip(),
            birth=Birth(resident.birth_year, resident.birth_date),
            guardian_below=book.guardian_below_years,
            in_force=Consent.objects.filter(resident=resident, purpose=purpose, withdrawn_at__isnull=True).exists(),
            erased=resident.erased_at is not None,
        )
    )
    consent = Consent.objects.create(
        resident=resident,
        purpose=purpose,
        given_on=given_on,
        given_by=given_by,
        guardian=guardian.strip() if by_guardian else "",
        evidence=evidence,
        evidence_number=evidence_number.strip(),
        recorded_at=at,
    )
    sealed = {"guardian": consent.guardian} if consent.guardian else {}
    return Done(consent, {"about": purpose, "resident": resident.pk}, sealed=sealed, about=reference_of(resident))


@action(
    "privacy.withdraw_consent",
    says=gettext_lazy("撤回同意"),
    permits=permits.may_withdraw_consent,
    audience=Audience.OFFICE,
)
def withdraw_consent(*, actor: Actor, consent: Consent) -> Done[Consent]:
    """Record that someone takes a consent back (撤回同意): no form, no reason, and nothing is refused them for it.

    Raises
    ------
    Refused
        It was withdrawn before.
    """
    resident, consent = locked(consent.resident), locked(consent)
    refuse_unless(rules.consent_can_be_withdrawn(in_force=consent.in_force))
    at = now()
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    basis = on(today()).privacy.bases.get(resident.basis)
    left = rules.is_left_without_basis(basis, keeps_file=queries.keeps_file(resident))
    return Done(consent, {"about": consent.purpose, "resident": resident.pk, "to_be_erased": left})


@action("privacy.set_basis", says=gettext_lazy("改处理依据"), permits=permits.may_answer_for, audience=Audience.OFFICE)
def set_basis(*, actor: Actor, resident: Resident, basis: str) -> Done[Resident]:
    """Say by what right someone's data are kept (改处理依据).

    Raises
    ------
    Refused
        The book has no such basis; it is the one already; it is consent and none is in force; or they were erased.
    """
    resident = locked(resident)
    refuse_unless(
        rules.basis_can_be_set(
            on(today()).privacy.bases.get(basis),
            keeps_file=queries.keeps_file(resident),
            is_same=basis == resident.basis,
            erased=resident.erased_at is not None,
        )
    )
    before, resident.basis = resident.basis, basis
    resident.save(update_fields=["basis"])
    return Done(resident, {"basis": [before, basis]})
