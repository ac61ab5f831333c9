"""Reads about people's own data, within the reader's scope."""

from collections.abc import Collection
from datetime import date
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.privacy.models import Consent, DataRequest, ImpactAssessment, LegalHold, Restriction
from xiuhua.ground.privacy.rules import KEEPS_FILE, copy_can_be_read
from xiuhua.ground.scope.queryset import where_seen
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import BasisKind, Standards, on
from xiuhua.ground.territory import queries as territory
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.verdicts import Verdict

Rows = TypeVar("Rows", bound=QuerySet[Any])


def with_whom(rows: Rows) -> Rows:
    """Rows about residents with whom they are about and where those live, and `lives_at`, by which they sort.

    By the path itself a plan would go through everybody who lives there, to find these few in order.
    """
    with_address = territory.with_address(rows, "resident__household__stairwell__building")
    return with_address.annotate(lives_at=Coalesce("resident__path", Value("")))


def with_home(rows: Rows) -> Rows:
    """Residents with their address."""
    return territory.with_address(rows, "household__stairwell__building")


def residents_for(actor: Actor) -> QuerySet[Resident]:
    """Everyone whose data this privacy officer answers for, the erased left out."""
    return with_home(_looked_after(actor))


def consents_for(actor: Actor) -> QuerySet[Consent]:
    """Consents on record of people who are not erased."""
    rows = Consent.objects.visible_to(actor).filter(Exists(_looked_after(actor).filter(pk=OuterRef("resident"))))
    return with_whom(rows)


def requests_for(actor: Actor) -> QuerySet[DataRequest]:
    """Requests of people about their own data."""
    return with_whom(DataRequest.objects.visible_to(actor))


def copy_lies_ready(request: DataRequest, day: date) -> Verdict[bool]:
    """Whether the person may read on their own page the copy that was handed over on a request."""
    return copy_can_be_read(
        is_answered_access=request.kind == DataRequest.Kind.ACCESS and request.state == DataRequest.State.ANSWERED,
        closed_on=request.closed_on,
        today=day,
        days=on(day).privacy.copy_days,
    )


def holds_for(actor: Actor) -> QuerySet[LegalHold]:
    """Holds, lifted ones too."""
    return with_whom(LegalHold.objects.visible_to(actor))


def assessments_for(actor: Actor) -> QuerySet[ImpactAssessment]:
    """Impact assessments."""
    rows: QuerySet[ImpactAssessment] = ImpactAssessment.objects.visible_to(actor)
    return rows


def left_without_basis(actor: Actor, book: Standards, today: date) -> QuerySet[Resident]:
    """People whose keeping nothing carries any more (待删除), with `held`: whether a hold forbids to erase them."""
    bases = [basis for basis in _bases_on_record() if basis not in _carried(book)]
    return _with_held(residents_for(actor).filter(~Exists(_agreed()), basis__in=bases), today)


def to_be_erased(actor: Actor, book: Standards, today: date) -> QuerySet[Resident]:
    """Those of them who took their consent back and whom no hold protects: found by the consents, which are few."""
    withdrawn = Consent.objects.filter(purpose=KEEPS_FILE, withdrawn_at__isnull=False).values("resident")
    rows = _looked_after(actor).filter(_without_basis(book), pk__in=withdrawn)
    return _with_held(rows.exclude(_held(today)), today)


def kept_only_among(residents: Collection[int]) -> set[int]:
    """Those of some residents whose data are kept and not used (只存不用): one query.

    They asked for it, or nothing carries the keeping any more and they are not erased yet, be it for a hold.
    """
    limited = Exists(standing_restrictions().filter(resident=OuterRef("pk")))
    rows = Resident.objects.filter(pk__in=residents, erased_at__isnull=True)
    return set(rows.filter(limited | _without_basis(on(now().date()))).values_list("pk", flat=True))


def restrictions_for(actor: Actor) -> QuerySet[Restriction]:
    """Restrictions, lifted ones too."""
    return with_whom(Restriction.objects.visible_to(actor))


def standing_restrictions() -> QuerySet[Restriction]:
    """Restrictions that stand."""
    rows: QuerySet[Restriction] = Restriction.objects.filter(lifted_at__isnull=True)
    return rows


def standing_holds(today: date) -> QuerySet[LegalHold]:
    """Holds that stand on a day."""
    rows: QuerySet[LegalHold] = LegalHold.objects.filter(lifted_at__isnull=True, until__gte=today)
    return rows


def _with_held(rows: QuerySet[Resident], today: date) -> QuerySet[Resident]:
    return rows.annotate(held=_held(today)).order_by("path")


def _held(today: date) -> Exists:
    return Exists(standing_holds(today).filter(resident=OuterRef("pk")))


def _without_basis(book: Standards) -> Q:
    """That a resident's data rest on consent, and none is in force."""
    return Q(~Exists(_agreed()), ~Q(basis__in=_carried(book)))


def _carried(book: Standards) -> list[str]:
    """Bases that carry the keeping by themselves."""
    return [key for key, basis in book.privacy.bases.items() if basis.kind != BasisKind.CONSENT]


def _agreed() -> QuerySet[Consent]:
    """Consents in force to keep the file of the resident at hand."""
    rows: QuerySet[Consent] = Consent.objects.filter(
        resident=OuterRef("pk"), purpose=KEEPS_FILE, withdrawn_at__isnull=True
    )
    return rows


def _bases_on_record() -> list[str]:
    """Every basis that stands with somebody, whether the rule book still has it or not: one seek of an index each."""
    found: list[str] = []
    rows = Resident.objects.order_by("basis").values_list("basis", flat=True)
    basis = rows.first()
    while basis is not None:
        found.append(basis)
        basis = rows.filter(basis__gt=basis).first()
    return found


def _looked_after(actor: Actor) -> QuerySet[Resident]:
    """Residents, not erased, who live where this person is the privacy officer."""
    return Resident.objects.filter(where_seen(actor, Sight.PRIVACY), erased_at__isnull=True)


def keeps_file(resident: Resident) -> bool:
    """Whether a consent to keep their file is in force."""
    return Consent.objects.filter(resident=resident, purpose=KEEPS_FILE, withdrawn_at__isnull=True).exists()
