"""Reads about people's own data, within the reader's scope."""

from collections.abc import Collection
from datetime import date
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.privacy.models import Consent, DataRequest, ImpactAssessment, LegalHold, Restriction
from xiuhua.ground.privacy.rules import KEEPS_FILE, copy_can_be_read
from xiuhua.ground.scope.queryset import below
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import BasisKind, Standards, on
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.verdicts import Verdict

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


def copy_lies_ready(request: DataRequest, day: date) -> Verdict[bool]:
    """Whether the person may read on their own page the copy that was handed over on a request."""
    return copy_can_be_read(
        is_answered_access=request.kind == DataRequest.Kind.ACCESS and request.state == DataRequest.State.ANSWERED,
        closed_on=request.closed_on,
        today=day,
        days=on(day).privacy.copy_days,
    )


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
    return (
        residents_for(actor)
        .filter(_without_basis(book))
        .annotate(held=Exists(standing_holds(today).filter(resident=OuterRef("pk"))))
        .order_by("path")
    )


def kept_only_among(residents: Collection[int]) -> set[int]:
    """Those of some residents whose data are kept and not used (只存不用): one query.

    They asked for it, or nothing carries the keeping any more and they are not erased yet, be it for a hold.
    """
    limited = Exists(standing_restrictions().filter(resident=OuterRef("pk")))
    rows = Resident.objects.filter(pk__in=residents, erased_at__isnull=True)
    return set(rows.filter(limited | _without_basis(on(now().date()))).values_list("pk", flat=True))


def restrictions_for(actor: Actor) -> QuerySet[Restriction]:
    """Restrictions, lifted ones too."""
    rows: QuerySet[Restriction] = Restriction.objects.visible_to(actor)
    return rows.select_related("resident__household__stairwell__building")


def standing_restrictions() -> QuerySet[Restriction]:
    """Restrictions that stand."""
    rows: QuerySet[Restriction] = Restriction.objects.filter(lifted_at__isnull=True)
    return rows


def standing_holds(today: date) -> QuerySet[LegalHold]:
    """Holds that stand on a day."""
    rows: QuerySet[LegalHold] = LegalHold.objects.filter(lifted_at__isnull=True, until__gte=today)
    return rows


def _without_basis(book: Standards) -> Q:
    """That a resident's data rest on consent, and none is in force."""
    carried = [key for key, basis in book.privacy.bases.items() if basis.kind != BasisKind.CONSENT]
    agreed = Consent.objects.filter(resident=OuterRef("pk"), purpose=KEEPS_FILE, withdrawn_at__isnull=True)
    return Q(~Exists(agreed), ~Q(basis__in=carried))


def keeps_file(resident: Resident) -> bool:
    """Whether a consent to keep their file is in force."""
    return Consent.objects.filter(resident=resident, purpose=KEEPS_FILE, withdrawn_at__isnull=True).exists()
