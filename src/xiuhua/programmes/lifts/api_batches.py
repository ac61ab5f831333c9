"""Whole blocks for machines: plans with their terms and lots, and lots with their stairwells."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema

from xiuhua.ground.api.asked import Day, Id, TerritoryPath, reader
from xiuhua.ground.api.paging import Page, Paging, paged
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.programmes.lifts import queries_batches
from xiuhua.programmes.lifts.models import Batch, BatchMember, BatchPlan

router = Router()


class BatchTold(Schema):
    """A lot: `serial` is its number in its quarter once it is adopted; `value` is in readiness."""

    id: int
    plan: int
    path: str
    name: str
    quarter: str
    serial: int | None
    state: str
    size: int
    readiness: float
    metres: float
    value: float
    contiguous: bool
    adopted_on: Day | None
    dissolved_on: Day | None


class MemberTold(Schema):
    """A stairwell of a lot: its dossier, and how ready it was on the day of the plan."""

    dossier: int
    path: str
    address: str
    stage: str
    readiness: float


class BatchWhole(BatchTold):
    """A lot with its stairwells."""

    stairwells: list[MemberTold]


class PlanTold(Schema):
    """A plan: its terms, its value, and what no lots under the terms exceed; no bound where people drew the lots."""

    id: int
    path: str
    number: int
    state: str
    on: Day
    least: int
    most: int
    reach_m: float
    ready: float
    setup: float
    walk: float
    value: float
    bound: float | None
    gap: float | None


class PlanWhole(PlanTold):
    """A plan with its lots."""

    lots: list[BatchTold]


class BatchFilters(Paging):
    """Which lots are asked for."""

    path: TerritoryPath | None = None
    state: Literal["proposed", "adopted", "dissolved"] | None = None


@router.get("/batch-plans", response=Page[PlanTold], summary=_("成片方案"))
def list_batch_plans(request: HttpRequest, asked: Query[Paging]) -> dict[str, Any]:
    """Plans, the newest first."""
    rows = queries_batches.plans(reader(request, Sight.LIFTS))
    return paged(rows, asked, lambda found: [_plan(one) for one in found])


@router.get("/batch-plans/{plan_id}", response=PlanWhole, summary=_("一个成片方案"))
def get_batch_plan(request: HttpRequest, plan_id: Id) -> dict[str, Any]:
    """One plan with its lots."""
    actor = reader(request, Sight.LIFTS)
    plan: BatchPlan = get_visible_or_404(queries_batches.plans(actor), actor, pk=plan_id)
    return {**_plan(plan), "lots": [_batch(one) for one in queries_batches.lots_of(plan, actor)]}


@router.get("/batches", response=Page[BatchTold], summary=_("成片批次"))
def list_batches(request: HttpRequest, asked: Query[BatchFilters]) -> dict[str, Any]:
    """Lots, those of the newest plan first."""
    rows = queries_batches.batches(reader(request, Sight.LIFTS)).order_by("-plan", "place")
    if asked.path:
        rows = rows.under(asked.path)
    if asked.state:
        rows = rows.filter(state=asked.state)
    return paged(rows, asked, lambda found: [_batch(one) for one in found])


@router.get("/batches/{batch_id}", response=BatchWhole, summary=_("一个成片批次"))
def get_batch(request: HttpRequest, batch_id: Id) -> dict[str, Any]:
    """One lot with its stairwells."""
    actor = reader(request, Sight.LIFTS)
    batch: Batch = get_visible_or_404(queries_batches.batches(actor), actor, pk=batch_id)
    return {**_batch(batch), "stairwells": [_member(one) for one in queries_batches.members_of([batch], actor)]}


def _plan(plan: BatchPlan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in PlanTold.model_fields}


def _batch(batch: Batch) -> dict[str, Any]:
    own = {name: getattr(batch, name) for name in BatchTold.model_fields if name not in ("plan", "name")}
    return {**own, "plan": batch.plan_id, "name": str(batch)}


def _member(member: BatchMember) -> dict[str, Any]:
    dossier = member.dossier
    return {
        "dossier": dossier.pk,
        "path": dossier.path,
        "address": dossier.address,
        "stage": dossier.stage,
        "readiness": member.readiness,
    }
