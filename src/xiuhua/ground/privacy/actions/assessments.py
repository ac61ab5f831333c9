"""Verbs of impact assessments (个人信息保护影响评估, PIPL 55-56)."""

from datetime import date

from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Audience, Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.privacy import permits, rules
from xiuhua.ground.privacy.models import ImpactAssessment
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless


@action(
    "privacy.record_assessment",
    says=gettext_lazy("登记影响评估"),
    permits=permits.may_assess,
    audience=Audience.OFFICE,
)
def record_assessment(
    *,
    actor: Actor,
    path: str,
    title: str,
    trigger: ImpactAssessment.Trigger,
    purpose: str,
    necessity: str,
    risks: str,
    measures: str,
    decision: ImpactAssessment.Decision,
    decided_on: date,
) -> Done[ImpactAssessment]:
    """Put an impact assessment on record (登记影响评估); it is not changed afterwards.

    Raises
    ------
    Refused
        One of its parts says nothing, or its day is to come.
    """
    at = now()
    texts = {"title": title, "purpose": purpose, "necessity": necessity, "risks": risks, "measures": measures}
    refuse_unless(rules.assessment_can_be_recorded(texts=texts, decided_on=decided_on, today=today()))
    assessment = ImpactAssessment.objects.create(
        path=path,
        trigger=trigger,
        decision=decision,
        decided_on=decided_on,
        keep_until=rules.keep_until(decided_on, on(decided_on).privacy.impact_keep_years),
        recorded_at=at,
        **{name: text.strip() for name, text in texts.items()},
    )
    return Done(assessment, {"keep_until": assessment.keep_until, "decision": decision})


@action(
    "privacy.remove_assessment",
    says=gettext_lazy("删除影响评估"),
    permits=permits.may_remove_assessment,
    audience=Audience.OFFICE,
)
def remove_assessment(*, actor: Actor, assessment: ImpactAssessment) -> Done[ImpactAssessment]:
    """Remove an assessment whose time is over (删除影响评估).

    Raises
    ------
    Refused
        It is to be kept still.
    """
    assessment = locked(assessment)
    years = on(today()).privacy.impact_keep_years
    refuse_unless(rules.assessment_can_be_removed(kept_until=assessment.keep_until, today=today(), keep_years=years))
    number = assessment.pk
    assessment.delete()
    assessment.pk = number  # so that the entry names it
    return Done(assessment, {"decided_on": assessment.decided_on})
