"""The life circle by the API: the analyses that were made, one of them, and to make one."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from xiuhua.ground.api.asked import WHOLE, Body, Id, TerritoryPath, Words, reader
from xiuhua.ground.api.paging import Page, Paging, paged
from xiuhua.ground.api.words import gettext_lazy as _
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sources.area import area_of_text
from xiuhua.ground.territory.models import Committee, Subdistrict
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext
from xiuhua.programmes.lifecircle import actions, queries
from xiuhua.programmes.lifecircle.analysis import TUESDAY_10
from xiuhua.programmes.lifecircle.models import Run
from xiuhua.programmes.lifecircle.rules import HOURS_A_WEEK

router = Router()
Hour = Annotated[int, Field(ge=0, lt=HOURS_A_WEEK), WHOLE]
"""Hour of the week, Monday 00:00 first."""


class RunTold(Schema):
    """An analysis; `score` is the share of the standard's required types that elders reach in time."""

    id: int
    path: str
    subdistrict: str
    made_at: datetime
    hour: int
    standard: str
    area_name: str
    buildings: int
    residents: float
    score: float


class RunWithArea(RunTold):
    """An analysis with the area that it asked about, as GeoJSON in WGS 84; none for the whole subdistrict."""

    area: dict[str, Any] | None


class RunWanted(Body):
    """What is to be analysed: a subdistrict, or of it a committee or an area (GeoJSON in WGS 84)."""

    path: TerritoryPath
    hour: Hour = TUESDAY_10
    committee: TerritoryPath | None = None
    area: dict[str, Any] | None = None
    area_name: Annotated[Words, Field(max_length=60)] = ""


class RunFilters(Paging):
    """Which analyses are asked for."""

    path: TerritoryPath | None = None


@router.get("/runs", response=Page[RunTold], summary=_("做过的分析"))
def list_runs(request: HttpRequest, asked: Query[RunFilters]) -> dict[str, Any]:
    """Analyses that were made, newest first."""
    runs = queries.runs(reader(request, Sight.PLANS)).defer("content", "area")
    return paged(runs.filter(subdistrict__path=asked.path) if asked.path else runs, asked, _told)


@router.get("/runs/{run_id}", response=RunWithArea, summary=_("一次分析"))
def get_run(request: HttpRequest, run_id: Id) -> dict[str, Any]:
    """One analysis."""
    seer = reader(request, Sight.PLANS)
    return _with_area(get_visible_or_404(queries.runs(seer), seer, pk=run_id))


@router.post("/runs", response={201: RunWithArea}, summary=_("做一次分析"))
def make_run(request: HttpRequest, body: RunWanted) -> Status[dict[str, Any]]:
    """Make an analysis."""
    actor = reader(request, Sight.PLANS)
    subdistrict = get_visible_or_404(Subdistrict, actor, path=body.path)
    area, name = _area(actor, subdistrict, body)
    run = actions.run_analysis(actor=actor, subdistrict=subdistrict, hour=body.hour, area=area, area_name=name).subject
    return Status(201, _with_area(run))


def _area(actor: Any, subdistrict: Subdistrict, body: RunWanted) -> tuple[BaseGeometry | None, str]:
    """The area that is meant, and what to call it."""
    if body.committee is not None and body.area is not None:
        raise Refused(Reason(gettext("范围给了两个"), field="area", mend=gettext("committee 和 area 只给一个")))
    if body.committee is not None:
        committee = get_visible_or_404(Committee.objects.under(subdistrict.path), actor, path=body.committee)
        return committee.geometry, body.area_name or committee.name
    if body.area is None:
        return None, ""
    try:
        area = area_of_text(json.dumps(body.area), gettext("发来的范围"))
    except Refused as refused:
        raise Refused(*(replace(reason, field="area") for reason in refused.reasons)) from refused
    return area, body.area_name or gettext("自己画的范围")


def _told(runs: list[Run]) -> list[dict[str, Any]]:
    return [_facts(run) for run in runs]


def _facts(run: Run) -> dict[str, Any]:
    names = [name for name in RunTold.model_fields if name != "subdistrict"]
    return {**{name: getattr(run, name) for name in names}, "subdistrict": run.subdistrict.name}


def _with_area(run: Run) -> dict[str, Any]:
    return {**_facts(run), "area": None if run.area is None else mapping(run.area)}
