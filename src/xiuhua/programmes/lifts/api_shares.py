"""Shares by the API: drafts of a dossier, one of them by floor, and what each flat has paid."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from xiuhua.ground.api.asked import Day, Id, reader
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.programmes.lifts import queries, queries_shares
from xiuhua.programmes.lifts.models import Dossier, Scheme
from xiuhua.programmes.lifts.screens.shares_card import sees_rooms

router = Router()


class SchemeTold(Schema):
    """A draft of the shares; amounts in fen, `residents_fen` is what the households bear together."""

    number: int
    kind: str
    state: str
    total_fen: int
    subsidy_fen: int
    residents_fen: int
    final_residents_fen: int | None
    on: Day
    adopted_on: Day | None


class RoomTold(Schema):
    """What one flat pays."""

    flat_id: int
    room: str
    amount_fen: int
    takes_part: bool
    signed: bool


class FloorTold(Schema):
    """What a floor pays; `rooms` is empty for whoever does not see owners."""

    floor: int
    amount_fen: int
    percent: float = Field(description="0-100")
    area_percent: float | None
    benefit_percent: float | None
    rooms: list[RoomTold]


class SchemeWhole(SchemeTold):
    """A draft with its floors, from the top down."""

    floors: list[FloorTold]


class BalanceTold(Schema):
    """What a flat owes and has paid, in fen; `back_fen` is to be paid back."""

    flat_id: int
    room: str
    due_fen: int
    paid_fen: int
    left_fen: int
    back_fen: int
    signed: bool


@router.get("/dossiers/{dossier_id}/schemes", response=list[SchemeTold], summary=_("分摊方案"))
def list_schemes(request: HttpRequest, dossier_id: Id) -> list[dict[str, Any]]:
    """Drafts of this attempt, the newest first."""
    return [_told(scheme) for scheme in queries_shares.schemes_of(_dossier(request, dossier_id))]


@router.get("/dossiers/{dossier_id}/schemes/{number}", response=SchemeWhole, summary=_("一稿分摊方案"))
def get_scheme(request: HttpRequest, dossier_id: Id, number: Id) -> dict[str, Any]:
    """One draft by floor, and by flat for whoever sees owners."""
    dossier = _dossier(request, dossier_id)
    rows = Scheme.objects.filter(dossier=dossier).select_related("dossier__stairwell")
    scheme = get_visible_or_404(rows, reader(request, Sight.LIFTS), number=number)
    rooms = sees_rooms(reader(request, Sight.LIFTS), dossier)
    return {**_told(scheme), "floors": [_floor(row, rooms=rooms) for row in queries_shares.floor_table(scheme)]}


@router.get("/dossiers/{dossier_id}/balances", response=list[BalanceTold], summary=_("各户收款余额"))
def list_balances(request: HttpRequest, dossier_id: Id) -> list[dict[str, Any]]:
    """What each flat owes and has paid under the scheme in force; nothing while none is settled."""
    actor = reader(request, Sight.OWNERS)
    dossier = _dossier(request, dossier_id)
    if not sees_rooms(actor, dossier):
        raise Http404
    scheme = queries_shares.adopted_scheme(dossier)
    if scheme is None:
        return []
    return [
        {
            "flat_id": line.flat_id,
            "room": line.flat.room,
            "due_fen": balance.due_fen,
            "paid_fen": balance.paid_fen,
            "left_fen": balance.left_fen,
            "back_fen": balance.back_fen,
            "signed": hasattr(line, "signature"),
        }
        for line, balance in queries_shares.balances(scheme)
    ]


def _dossier(request: HttpRequest, dossier_id: int) -> Dossier:
    actor = reader(request, Sight.LIFTS)
    return get_visible_or_404(queries.dossiers(actor), actor, pk=dossier_id)


def _told(scheme: Scheme) -> dict[str, Any]:
    return {name: getattr(scheme, name) for name in SchemeTold.model_fields}


def _floor(row: queries_shares.FloorRow, *, rooms: bool) -> dict[str, Any]:
    names = ("floor", "amount_fen", "percent", "area_percent", "benefit_percent")
    return {**{name: getattr(row, name) for name in names}, "rooms": list(row.rooms) if rooms else []}
