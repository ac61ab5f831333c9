"""Builds the demonstration subdistrict (演示街道) by the same actions that an office uses."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import shapely
from django.conf import settings
from django.db import models, transaction

from xiuhua.demo import calendar, days, dwellers, gatherings, lifts, people, projects, suggestions
from xiuhua.demo.plan import boundary, draw_plan
from xiuhua.ground import clock
from xiuhua.ground.journal.actors import System
from xiuhua.ground.progress import Progress
from xiuhua.ground.sealing.fields import BlindIndexField, SealedField, SealIdField
from xiuhua.ground.territory import actions, queries
from xiuhua.ground.territory.models import (
    Building,
    Committee,
    Facility,
    Household,
    Landscape,
    MicroGrid,
    Resident,
    Stairwell,
    Subdistrict,
    WalkingNetwork,
)
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifecircle.actions import run_analysis
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.projects.models import Milestone, Project

CODE, NAME = "310107014", "长风新村街道"
STARTS_AT = datetime(2023, 8, 3, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
OPENED_AT = datetime(2022, 7, 25, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""When the office took it up: a year earlier, so that a whole year of its work is on record."""

SEED = 20230803
WEEKDAY_MORNING, WEEKDAY_NIGHT = 34, 46
"""Hours of the week, Monday 00:00 first: Tuesday 10:00 and Tuesday 22:00, when the side gates are locked."""

SEED_FILE, UNFINISHED = "demo.json", "unfinished"


def build(*, seed: int, scale: float, progress: Progress) -> Subdistrict:
    """Build the demonstration once; a second call with the same seed and scale finds it built.

    Parameters
    ----------
    seed : int
        The same seed gives the same subdistrict, row by row.
    scale : float
        Share of the full size, above 0 and up to 1.

    Raises
    ------
    Refused
        The data folder holds another demonstration, or another office's data.
    """
    drawn = {"seed": seed, "scale": scale}
    standing: Subdistrict | None = Subdistrict.objects.filter(path=CODE).first()
    if standing is not None:
        _refuse_another(drawn)
        return standing
    since = datetime.now(UTC)
    _seed_file().write_text(json.dumps(drawn | {UNFINISHED: True}), "ascii")
    with transaction.atomic(), clock.stopped_at(OPENED_AT):
        subdistrict = _lay_out(seed, scale, progress)
    _live_the_year(subdistrict, drawn, progress)
    with transaction.atomic():
        with clock.stopped_at(STARTS_AT - timedelta(days=days.DAYS)):
            people.choose_passwords()
        with clock.stopped_at(STARTS_AT):
            _work_in(subdistrict, progress)
        clock.keep(settings.DATA / clock.FILE, STARTS_AT, since)
        _seed_file().write_text(json.dumps(drawn), "ascii")
    clock.start_at(STARTS_AT, since)
    return subdistrict


def _lay_out(seed: int, scale: float, progress: Progress) -> Subdistrict:
    system = System("demo")
    plan = draw_plan(seed, scale, progress=lambda stage, share: progress(stage, share * 0.4))
    founded = actions.found_subdistrict(actor=system, code=CODE, name=NAME, area=boundary(), invented=True)
    subdistrict = founded.subject
    actions.lay_out(
        actor=system,
        subdistrict=subdistrict,
        plan=plan,
        progress=lambda stage, share: progress(stage, 0.4 + share * 0.5),
    )
    people.invite_everyone(subdistrict)
    return subdistrict


def _live_the_year(subdistrict: Subdistrict, drawn: dict[str, Any], progress: Progress) -> None:
    """Projects and suggestions together, day by day: who suggested something hears when the project moves."""
    progress(_("一年的建议"), 0.9)
    said = suggestions.deeds(subdistrict, **drawn, opened=OPENED_AT, until=STARTS_AT)
    held = gatherings.deeds(subdistrict, seed=drawn["seed"], opened=OPENED_AT)
    lifted = lifts.deeds(subdistrict, seed=drawn["seed"], opened=OPENED_AT)
    calendar.live(chain(projects.deeds(subdistrict, opened=OPENED_AT), said, held, lifted), until=STARTS_AT)


def _work_in(subdistrict: Subdistrict, progress: Progress) -> None:
    days.work_some_days(subdistrict, STARTS_AT)
    dwellers.let_some_ask(subdistrict)
    progress(_("生活圈"), 0.92)
    for hour in (WEEKDAY_NIGHT, WEEKDAY_MORNING):
        run_analysis(actor=System("demo"), subdistrict=subdistrict, hour=hour)
    progress(_("完成"), 1.0)


def _seed_file() -> Path:
    return Path(settings.DATA) / SEED_FILE


def _refuse_another(drawn: dict[str, Any]) -> None:
    kept = json.loads(_seed_file().read_text("ascii")) if _seed_file().exists() else None
    if kept is not None and UNFINISHED in kept:
        mend = _("请先删掉这个数据目录，再建一次")
        raise Refused(Reason(_("上次建到一半停了"), field=str(settings.DATA), mend=mend))
    if kept != drawn:
        raise Refused(
            Reason(
                _("这个数据目录里已经有另一个街道的数据"),
                field=str(settings.DATA),
                mend=_("请把 XIUHUA_DATA 设为另一个目录，或先删掉这个目录"),
            )
        )


def summary(subdistrict: Subdistrict) -> dict[str, Any]:
    """Count the demonstration back from the database."""
    return {**asdict(queries.census(subdistrict, STARTS_AT.year)), "digest": digest()}


def digest() -> str:
    """Canonical SHA-256 of what was drawn: the columns of every row, in order, without row numbers and times.

    Sealed values count by what they say, since no two seals of the same value are alike.
    """
    total = hashlib.sha256()
    for model in (
        Subdistrict,
        Committee,
        MicroGrid,
        Building,
        Stairwell,
        Household,
        Resident,
        Facility,
        Landscape,
        WalkingNetwork,
        Project,
        Milestone,
        Dossier,
    ):
        total.update(model._meta.label_lower.encode())
        for row in _plain_rows(model):
            total.update(json.dumps(row, ensure_ascii=False).encode())
    return total.hexdigest()


def _plain_rows(model: type[models.Model]) -> Iterator[list[Any]]:
    columns = [
        field
        for field in model._meta.concrete_fields
        if not field.is_relation
        and field.attname not in {"id", "laid_at", "content", "proposed_by", "public_words_by"}
        and not isinstance(field, SealIdField | BlindIndexField)
    ]
    order = ("path", "id") if any(field.name == "path" for field in columns) else ("id",)
    names = [field.attname for field in columns if not isinstance(field, SealedField)]
    opened = [field.attname for field in columns if isinstance(field, SealedField)]
    rows = model._default_manager.order_by(*order)
    if opened:
        yield from ([_plain(getattr(row, name)) for name in (*names, *opened)] for row in rows.iterator())
    else:
        yield from ([_plain(value) for value in row] for row in rows.values_list(*names).iterator())


def _plain(value: Any) -> Any:
    if isinstance(value, shapely.Geometry):
        return shapely.to_wkt(value, rounding_precision=7)
    return value.isoformat() if isinstance(value, date) else value
