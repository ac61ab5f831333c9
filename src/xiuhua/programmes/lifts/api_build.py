"""Building and keeping lifts by the API: the diary of a site, lifts with what is due, faults and their end."""

from datetime import timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from xiuhua.ground.api.asked import WHOLE, Body, Day, Id, Moment, TerritoryPath, Text, Words, reader
from xiuhua.ground.api.paging import Page, Paging, paged
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.programmes.lifts import actions, permits, permits_build, queries, queries_build
from xiuhua.programmes.lifts.models import DiaryEntry, Dossier, Fault, Unit
from xiuhua.programmes.lifts.rules.faults import MOST_LETTERS, FaultFacts

router = Router()

DiaryKind = Literal["work", "inspection", "safety"]
Cause = Literal["door", "control", "drive", "power", "misuse", "nothing", "other"]


class DiaryTold(Schema):
    """A day of the diary; a delay says from when to when the site is put off."""

    id: int
    kind: str
    on: Day
    words: str
    planned_on: Day | None
    until_on: Day | None


class DiarySaid(Body):
    """What was done on the site. Photographs are put in on the page."""

    kind: DiaryKind
    on: Day
    words: Annotated[Text, Field(max_length=1000)]


class LiftTold(Schema):
    """A lift that is registered, and when it is due."""

    id: int
    dossier_id: int
    path: str
    address: str
    registration: str
    brand: str
    load_kg: int
    stops: int
    in_service: bool
    inspect_by: Day
    service_by: Day | None


class LiftFilters(Paging):
    """Which lifts are asked for; `within_days` for those to be inspected within so many days."""

    path: TerritoryPath | None = None
    within_days: Annotated[int, Field(ge=0, le=3650), WHOLE] | None = None


class FaultTold(Schema):
    """A fault: `priority` 1 is at once, 2 the same day, 3 within a week."""

    id: int
    dossier_id: int
    lift_id: int
    address: str
    trapped: bool
    stopped: bool
    words: str
    priority: int
    opened_at: Moment
    due_at: Moment
    arrived_at: Moment | None
    closed_at: Moment | None
    cause: str


class FaultFilters(Paging):
    """Which faults are asked for."""

    path: TerritoryPath | None = None
    state: Literal["open", "late", "closed"] | None = None


class FaultSaid(Body):
    """A fault as it is reported."""

    trapped: bool = False
    stopped: bool = False
    words: Annotated[Text, Field(max_length=MOST_LETTERS)] = ""
    at: Moment


class FaultAnswered(Body):
    """When somebody came."""

    arrived_at: Moment


class FaultClosed(Body):
    """When it was mended, and what it was."""

    closed_at: Moment
    cause: Cause
    found: Annotated[Words, Field(max_length=200)] = ""


@router.get("/dossiers/{dossier_id}/diary", response=list[DiaryTold], summary=_("施工日志"))
def list_diary(request: HttpRequest, dossier_id: Id) -> list[dict[str, Any]]:
    """The diary of a site, newest day first."""
    dossier = _dossier(request, dossier_id)
    sees = permits.may_work(_actor(request), dossier=dossier)
    told = queries_build.diary_words(dossier, sees_owners=sees)
    return [{**_entry(one), "words": told(one)} for one in queries_build.diary_of(dossier)]


@router.post("/dossiers/{dossier_id}/diary", response=DiaryTold, summary=_("写施工日志"))
def write_diary(request: HttpRequest, dossier_id: Id, body: DiarySaid) -> dict[str, Any]:
    """Write up a day."""
    dossier = _dossier(request, dossier_id)
    done = actions.write_diary(actor=_actor(request), dossier=dossier, kind=body.kind, on=body.on, words=body.words)
    return _entry(done.subject)


@router.get("/units", response=Page[LiftTold], summary=_("电梯清单"))
def list_units(request: HttpRequest, asked: Query[LiftFilters]) -> dict[str, Any]:
    """Lifts that are registered, the next to be inspected first."""
    rows: Any = queries_build.units(_actor(request)).order_by("inspect_by", "pk")
    if asked.path:
        rows = rows.under(asked.path)
    if asked.within_days is not None:
        rows = rows.filter(inspect_by__lte=today() + timedelta(days=asked.within_days))
    return paged(rows, asked, lambda found: [_unit(one) for one in found])


@router.get("/faults", response=Page[FaultTold], summary=_("电梯故障"))
def list_faults(request: HttpRequest, asked: Query[FaultFilters]) -> dict[str, Any]:
    """Faults, those not mended first, the most urgent on top."""
    rows: Any = queries_build.by_urgency(queries_build.faults(_actor(request)))
    if asked.path:
        rows = rows.under(asked.path)
    if asked.state == "open":
        rows = rows.open()
    elif asked.state == "late":
        rows = rows.overdue(now())
    elif asked.state == "closed":
        rows = rows.filter(closed_at__isnull=False)
    actor = _actor(request)
    return paged(rows, asked, lambda found: [_fault(one, actor) for one in found])


@router.post("/dossiers/{dossier_id}/faults", response=FaultTold, summary=_("报修"))
def report_fault(request: HttpRequest, dossier_id: Id, body: FaultSaid) -> dict[str, Any]:
    """Report a fault of the stairwell's lift."""
    actor = _actor(request)
    dossier = _dossier(request, dossier_id)
    lift = get_visible_or_404(queries_build.units(actor), actor, dossier=dossier)
    facts = FaultFacts(trapped=body.trapped, stopped=body.stopped, words=body.words)
    return _fault(actions.report_fault(actor=actor, lift=lift, facts=facts, at=body.at).subject, actor)


@router.post("/faults/{fault_id}/answer", response=FaultTold, summary=_("记到场"))
def answer_fault(request: HttpRequest, fault_id: Id, body: FaultAnswered) -> dict[str, Any]:
    """Note when somebody came."""
    actor = _actor(request)
    fault = get_visible_or_404(queries_build.faults(actor), actor, pk=fault_id)
    return _fault(actions.answer_fault(actor=actor, fault=fault, arrived_at=body.arrived_at).subject, actor)


@router.post("/faults/{fault_id}/close", response=FaultTold, summary=_("记修好"))
def close_fault(request: HttpRequest, fault_id: Id, body: FaultClosed) -> dict[str, Any]:
    """Note that it is mended, and what it was."""
    actor = _actor(request)
    fault = get_visible_or_404(queries_build.faults(actor), actor, pk=fault_id)
    done = actions.close_fault(actor=actor, fault=fault, closed_at=body.closed_at, cause=body.cause, found=body.found)
    return _fault(done.subject, actor)


def _actor(request: HttpRequest) -> Any:
    return reader(request, Sight.LIFTS)


def _dossier(request: HttpRequest, dossier_id: int) -> Dossier:
    actor = _actor(request)
    return get_visible_or_404(queries.dossiers(actor), actor, pk=dossier_id)


def _entry(entry: DiaryEntry) -> dict[str, Any]:
    delay = getattr(entry, "delay", None)
    return {
        **{name: getattr(entry, name) for name in ("id", "kind", "on", "words")},
        "planned_on": delay.planned_on if delay else None,
        "until_on": delay.until_on if delay else None,
    }


def _unit(unit: Unit) -> dict[str, Any]:
    own = ("id", "registration", "brand", "load_kg", "stops", "in_service", "inspect_by", "service_by")
    told = {name: getattr(unit, name) for name in own}
    return {**told, "dossier_id": unit.dossier_id, "path": unit.dossier.path, "address": unit.dossier.address}


def _fault(fault: Fault, reading: Actor) -> dict[str, Any]:
    """A fault; what was said of it, which may tell of a family, only for those who see to it."""
    derived = {"dossier_id", "address"}
    told = {name: getattr(fault, name) for name in set(FaultTold.model_fields) - derived}
    told["words"] = fault.words if permits_build.may_see_to_fault(reading, fault=fault) else ""
    return {**told, "dossier_id": fault.lift.dossier_id, "address": fault.lift.dossier.address}
