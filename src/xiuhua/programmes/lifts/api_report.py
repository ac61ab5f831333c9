"""The figures of the lift programme for machines."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from xiuhua.ground.api.asked import Day, TerritoryPath, reader
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.context import current_subdistrict
from xiuhua.ground.territory.days import today
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.lifts import reporting

router = Router()


class ReportAsked(Schema):
    """Which period, and where: this year so far, in the reader's subdistrict, where nothing is said."""

    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="to")
    path: TerritoryPath | None = None


class PlaceCounted(Schema):
    """What a period brought, how things stood at its end (``in_hand_at_end``), and how they stand now."""

    signed: int
    started: int
    completed: int
    in_hand: int
    in_hand_at_end: int
    suitable: int
    share: float | None


class CommitteeCounted(PlaceCounted):
    """The same of a committee."""

    path: str
    name: str


class MonthCounted(Schema):
    """What a month brought."""

    month: str
    signed: int
    started: int
    completed: int


class StepCounted(Schema):
    """How many went through a step, how many days it took half of them at most, how many are in it."""

    step: str
    through: int
    median_days: float | None
    inside: int


class VotesCounted(Schema):
    """Votes that were closed, and those that passed."""

    closed: int
    passed: int


class MoneyCounted(Schema):
    """Money of the schemes that were settled."""

    stairwells: int
    total_fen: int
    subsidy_fen: int
    residents_fen: int


class ReportTold(PlaceCounted):
    """Everything that is counted of a period."""

    first: str = Field(alias="from")
    last: str = Field(alias="to")
    sub_centres: int
    steps: list[StepCounted]
    votes: dict[str, VotesCounted]
    money: MoneyCounted
    by_month: list[MonthCounted]
    by_committee: list[CommitteeCounted]


@router.get(
    "/report",
    response=ReportTold,
    by_alias=True,
    summary=_("加梯统计"),
    openapi_extra={"responses": {422: {"description": _("没有这样一段时间")}}},
)
def report_lifts(request: HttpRequest, asked: Query[ReportAsked]) -> dict[str, Any]:
    """Lifts signed, started and completed in a period, counted from the record."""
    actor = reader(request, Sight.LIFTS)
    subdistrict = current_subdistrict(request)
    if subdistrict is None and asked.path is None:
        raise Http404
    last = asked.last or today()
    first = asked.first or last.replace(month=1, day=1)
    refuse_unless(reporting.period_is_sound(first, last))
    path = asked.path or (subdistrict.path if subdistrict else "")
    return reporting.report(actor, path, first, last).told()
