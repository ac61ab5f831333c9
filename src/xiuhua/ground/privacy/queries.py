"""Reads about people's own data, within the reader's scope."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.privacy.models import Consent, DataRequest, ImpactAssessment, LegalHold
from xiuhua.ground.privacy.rules import KEEPS_FILE
from xiuhua.ground.scope.queryset import below
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import BasisKind, Standards
from xiuhua.ground.territory.models import Resident

Rows = TypeVar("Rows", bound=QuerySet[Any])


def looked_after(rows: Rows, actor: Actor, lookup: str) -> Rows:
    """Those of the rows that lie where this person is the privacy officer."""
    seen = Q(pk__in=[])
    for top in actor.sees(Sight.PRIVACY):
        seen |= below(lookup, top) if top else Q(pk__isnull=False)
    return rows.filter(seen)


def residents_for(actor: Actor) -> QuerySet[Resident]:
    """Everyone whose data this privacy officer answers for, the erased left out."""
    rows = Resident.objects.filter(erased_at__isnull=True).select_related("household__stairwell__building")
    return looked_after(rows, actor, "path")


def consents_for(actor: Actor) -> QuerySet[Consent]:
    """Consents on record of people who are not erased."""
    rows = Consent.objects.visible_to(actor).filter(resident__erased_at__isnull=True)
    return looked_after(rows, actor, "resident__path").select_related("resident__household__stairwell__building")


def requests_for(actor: Actor) -> QuerySet[DataRequest]:
    """Requests of people about their own data."""
    rows: QuerySet[DataRequest] = DataRequest.objects.visible_to(actor)
    return rows.select_related("resident__household__stairwell__building")


def holds_for(actor: Actor) -> QuerySet[LegalHold]:
    """Holds, lifted ones too."""
    rows: QuerySet[LegalHold] = LegalHold.objects.visible_to(actor)
    return rows.select_related("resident__household__stairwell__building")


def assessments_for(actor: Actor) -> QuerySet[ImpactAssessment]:
    """Impact assessments."""
    rows: QuerySet[ImpactAssessment] = ImpactAssessment.objects.visible_to(actor)
    return rows


def left_without_basis(actor: Actor, book: Standards, today: date) -> QuerySet[Resident]:
    """People whose keeping nothing carries any more (待删除), with `held`: whether a hold forbids to erase them."""
    bases = book.privacy.bases
    carried = [key for key, basis in bases.items() if basis.kind != BasisKind.CONSENT]
    agreed = Consent.objects.filter(resident=OuterRef("pk"), purpose=KEEPS_FILE, withdrawn_at__isnull=True)
    return (
        residents_for(actor)
        .exclude(basis__in=carried)
        .exclude(Exists(agreed))
        .annotate(held=Exists(standing_holds(today).filter(resident=OuterRef("pk"))))
        .order_by("path")
    )


def standing_holds(today: date) -> QuerySet[LegalHold]:
    """Holds that stand on a day."""
    rows: QuerySet[LegalHold] = LegalHold.objects.filter(lifted_at__isnull=True, until__gte=today)
    return rows


def keeps_file(resident: Resident) -> bool:
    """Whether a consent to keep their file is in force."""
    return Consent.objects.filter(resident=resident, purpose=KEEPS_FILE, withdrawn_at__isnull=True).exists()
