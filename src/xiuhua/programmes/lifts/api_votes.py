"""Votes by the API: how they stand, and the sheet of one that was counted. No operation casts a ballot or shows one."""

from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from xiuhua.ground.api.asked import Day, Id, Moment, reader
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.programmes.lifts import box, queries, queries_votes
from xiuhua.programmes.lifts.models import Vote
from xiuhua.programmes.lifts.rules.votes import Weight
from xiuhua.programmes.lifts.screens.votes import sees_owners

router = Router()

Choice = Literal["agree", "against", "abstain"]


class WeightTold(Schema):
    """Exclusive area in square decimetres, and heads."""

    area_dm2: int
    heads: int


class VoteTold(Schema):
    """A vote; who agrees is null until it is counted. `fits` says whether box, record, sheet and result agree."""

    id: int
    number: int
    question: str
    state: Literal["open", "closed", "cancelled"]
    archived: bool = Field(description="put down from paper")
    opens_on: Day
    closes_at: Moment
    all: WeightTold
    part: WeightTold
    agree: WeightTold | None
    against: WeightTold | None
    passed: bool | None
    fits: bool


class LineTold(Schema):
    """A line of the published sheet."""

    receipt: str
    key: str
    area_dm2: int
    heads: int
    choice: Choice
    nonce: str


class SheetTold(Schema):
    """What anybody counts a vote again from; `vote` is the first part of every commitment."""

    vote: str
    all: WeightTold
    lines: list[LineTold]
    households: int = Field(description="that took part")


@router.get("/dossiers/{dossier_id}/votes", response=list[VoteTold], summary=_("表决"))
def list_votes(request: HttpRequest, dossier_id: Id) -> list[dict[str, Any]]:
    """Votes of a stairwell, the newest first; of an open one only who takes part, in sum."""
    actor = reader(request, Sight.LIFTS)
    dossier = get_visible_or_404(queries.dossiers(actor), actor, pk=dossier_id)
    return [_told(vote) for vote in queries_votes.votes_of(dossier)]


@router.get("/votes/{vote_id}/sheet", response=SheetTold, summary=_("逐户核对"))
def get_sheet(request: HttpRequest, vote_id: Id) -> dict[str, Any]:
    """The sheet of a vote that was counted ballot by ballot: no names, no rooms beside a choice."""
    actor = reader(request, Sight.OWNERS)
    rows = Vote.objects.filter(state=Vote.State.CLOSED, archived=False).select_related("dossier")
    vote: Vote = get_visible_or_404(rows, actor, pk=vote_id)
    if not sees_owners(actor, vote.dossier):
        raise Http404
    lines = [
        {
            "receipt": line.receipt,
            "key": line.key,
            **_weight(line.weight),
            "choice": line.choice,
            "nonce": line.nonce,
        }
        for line in box.sheet_of(vote).lines
    ]
    count = queries_votes.households_taking_part(vote)
    return {"vote": vote.name, "all": _weight(vote.whole), "lines": lines, "households": count}


def _told(vote: Vote) -> dict[str, Any]:
    names = ("number", "question", "state", "archived", "opens_on", "closes_at", "passed")
    tally = vote.tally
    part = tally.part if tally else queries_votes.participation(vote).part
    return {
        "id": vote.pk,
        **{name: getattr(vote, name) for name in names},
        "all": _weight(vote.whole),
        "part": _weight(part),
        "agree": _weight(tally.agree) if tally else None,
        "against": _weight(tally.against) if tally else None,
        "fits": queries_votes.check(vote).decision,
    }


def _weight(weight: Weight) -> dict[str, int]:
    return {"area_dm2": weight.area_dm2, "heads": weight.heads}
