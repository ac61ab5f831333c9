"""Lifts by the API: dossiers, one of them with its gates, its moves, and gates passed, waived and taken back."""

from datetime import timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from xiuhua.ground.api.asked import WHOLE, Body, Day, Id, TerritoryPath, Text, Words, reader
from xiuhua.ground.api.paging import Page, Paging, paged
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.programmes.lifts import actions, gates, permits, queries
from xiuhua.programmes.lifts.actions.moving import BY_MOVE
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.rules import moves
from xiuhua.programmes.lifts.rules.moves import GateFacts

router = Router()

Move = Literal["begin", "design", "agree", "sign", "build", "finish", "hand_over"]
Stage = Literal["waiting", "consult", "signed", "building", "running"]


class DossierTold(Schema):
    """A stairwell's lift; `suitable` is null where nobody has judged it."""

    id: int
    path: str
    address: str
    suitable: bool | None
    unsuitable_because: str
    state: str
    stage: str
    step: str
    moved_on: Day | None
    stuck_days: int
    signed_on: Day | None
    started_on: Day | None
    completed_on: Day | None


class GateTold(Schema):
    """A gate: `standing` is passed, waived, open or late; `move` is what it stands before."""

    rule: str
    number: int
    name: str
    step: str
    move: str
    evidence: str
    who: str
    due_on: Day | None
    standing: str
    words: str


class DossierWhole(DossierTold):
    """A dossier with its days and the gates before its next move."""

    attempt: int
    entry: str
    levels: int
    begun_on: Day | None
    designed_on: Day | None
    agreed_on: Day | None
    finished_on: Day | None
    next_move: str
    gates: list[GateTold]


class DossierFilters(Paging):
    """Which dossiers are asked for; `stuck_days` for those without progress since so many days."""

    path: TerritoryPath | None = None
    stage: Stage | None = None
    suitable: bool | None = None
    stuck_days: Annotated[int, Field(ge=1, le=3650), WHOLE] | None = None


class MoveMade(Body):
    """A move, and the day on which it was made."""

    move: Move
    on: Day


class SetAside(Body):
    """Since when nothing is done, and why."""

    on: Day
    reason: Text


class GatePut(Body):
    """What passes a gate: a day, and the number of a permit. Documents are put in on the page."""

    on: Day
    number: Annotated[Words, Field(max_length=60)] = ""


class GateReason(Body):
    """Why a gate is waived, or what was put in is taken back."""

    reason: Text


@router.get("/dossiers", response=Page[DossierTold], summary=_("加梯档案"))
def list_dossiers(request: HttpRequest, asked: Query[DossierFilters]) -> dict[str, Any]:
    """Dossiers in the order of their places."""
    rows: Any = queries.dossiers(reader(request, Sight.LIFTS)).order_by("path")
    if asked.path:
        rows = rows.under(asked.path)
    if asked.stage:
        rows = rows.filter(stage=asked.stage)
    if asked.suitable is not None:
        rows = rows.filter(stairwell__lift_suitable=asked.suitable)
    if asked.stuck_days:
        rows = rows.stuck_since(today() - timedelta(days=asked.stuck_days))
    return paged(rows, asked, lambda found: [_told(one) for one in found])


@router.get("/dossiers/{dossier_id}", response=DossierWhole, summary=_("一份加梯档案"))
def get_dossier(request: HttpRequest, dossier_id: Id) -> dict[str, Any]:
    """One dossier with the gates before its next move."""
    return _whole(_actor(request), _dossier(request, dossier_id))


@router.get("/dossiers/{dossier_id}/gates", response=list[GateTold], summary=_("五步 24 条"))
def list_gates(request: HttpRequest, dossier_id: Id) -> list[dict[str, Any]]:
    """Gates of all five steps, in the order of the rules."""
    dossier = _dossier(request, dossier_id)
    sees = permits.may_work(_actor(request), dossier=dossier)
    return [_gate(one, sees_owners=sees) for one in gates.every_gate(dossier)]


@router.post("/dossiers/{dossier_id}/moves", response=DossierWhole, summary=_("走下一步"))
def move_dossier(request: HttpRequest, dossier_id: Id, body: MoveMade) -> dict[str, Any]:
    """Make the move that leads on; an open gate is named in the refusal."""
    dossier = _dossier(request, dossier_id)
    actor = _actor(request)
    return _whole(actor, BY_MOVE[body.move](actor=actor, dossier=dossier, on=body.on).subject)


@router.post("/dossiers/{dossier_id}/set-aside", response=DossierWhole, summary=_("搁置"))
def set_dossier_aside(request: HttpRequest, dossier_id: Id, body: SetAside) -> dict[str, Any]:
    """Set it aside, and say why."""
    dossier = _dossier(request, dossier_id)
    done = actions.set_aside(actor=_actor(request), dossier=dossier, on=body.on, reason=body.reason)
    return _whole(_actor(request), done.subject)


@router.post("/dossiers/{dossier_id}/gates/{rule}/pass", response=GateTold, summary=_("过关"))
def pass_gate(request: HttpRequest, dossier_id: Id, rule: str, body: GatePut) -> dict[str, Any]:
    """Put in what passes a gate."""
    dossier = _dossier(request, dossier_id)
    actions.pass_gate(actor=_actor(request), dossier=dossier, rule=rule, on=body.on, number=body.number)
    return _gate_now(dossier, rule)


@router.post("/dossiers/{dossier_id}/gates/{rule}/waive", response=GateTold, summary=_("豁免关口"))
def waive_gate(request: HttpRequest, dossier_id: Id, rule: str, body: GateReason) -> dict[str, Any]:
    """Let it be passed without, and say why."""
    dossier = _dossier(request, dossier_id)
    actions.waive_gate(actor=_actor(request), dossier=dossier, rule=rule, reason=body.reason)
    return _gate_now(dossier, rule)


@router.post("/dossiers/{dossier_id}/gates/{rule}/take-back", response=GateTold, summary=_("撤回过关"))
def take_back_gate(request: HttpRequest, dossier_id: Id, rule: str, body: GateReason) -> dict[str, Any]:
    """Take back what was put in by mistake."""
    dossier = _dossier(request, dossier_id)
    actions.take_back_gate(actor=_actor(request), dossier=dossier, rule=rule, reason=body.reason)
    return _gate_now(dossier, rule)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = reader(request, Sight.LIFTS)
    return actor


def _dossier(request: HttpRequest, dossier_id: int) -> Dossier:
    actor = _actor(request)
    return get_visible_or_404(queries.dossiers(actor), actor, pk=dossier_id)


def _told(dossier: Dossier) -> dict[str, Any]:
    named = {"suitable", "unsuitable_because", "stuck_days"}
    return {
        **{name: getattr(dossier, name) for name in set(DossierTold.model_fields) - named},
        "suitable": dossier.stairwell.lift_suitable,
        "unsuitable_because": dossier.stairwell.unsuitable_because,
        "stuck_days": moves.stuck_days(dossier.facts(), today()),
    }


def _whole(actor: Actor, dossier: Dossier) -> dict[str, Any]:
    own = ("attempt", "entry", "begun_on", "designed_on", "agreed_on", "finished_on")
    sees = permits.may_work(actor, dossier=dossier)
    return {
        **_told(dossier),
        **{name: getattr(dossier, name) for name in own},
        "levels": dossier.stairwell.levels,
        "next_move": gates.next_move(dossier),
        "gates": [_gate(one, sees_owners=sees) for one in gates.next_gates(dossier)],
    }


def _gate(gate: GateFacts, *, sees_owners: bool) -> dict[str, Any]:
    names = set(GateTold.model_fields) - {"rule", "standing", "words"}
    told = {"rule": gate.key, "standing": gate.standing.value, "words": gate.told(sees_owners=sees_owners)}
    return {**{name: getattr(gate, name) for name in names}, **told}


def _gate_now(dossier: Dossier, rule: str) -> dict[str, Any]:
    gate = gates.gate_named(rule, dossier)
    assert gate is not None, rule
    return _gate(gate, sees_owners=True)
