"""What the lift programme adds to the one map: every stairwell without a lift, by the stage it has come to."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from shapely import Point

from xiuhua.ground.layers.registry import Feature, Layer, register
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.ground.words import gettext as _
from xiuhua.ground.words import gettext_noop
from xiuhua.programmes.lifts import queries
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.rules import moves

UNSUITABLE = "unsuitable"
"""Stands in the place of a stage where a lift does not suit the stairwell."""


def register_all() -> None:
    """Register the layer; it is drawn where lifts are asked about, and anybody who sees lifts may take the data."""
    register(Layer("lift", gettext_noop("加装电梯"), _lifts, Sight.LIFTS, everywhere=False))


def mark_of(dossier: Dossier) -> str:
    """Which of the six marks a stairwell has on the map."""
    return UNSUITABLE if dossier.stairwell.lift_suitable is False else dossier.stage


def _lifts(path: str, seer: Seer) -> Iterator[Feature]:
    day = today()
    for row in queries.dossiers(seer).under(path).order_by("path"):  # type: ignore[attr-defined]
        yield Feature(row.pk, Point(row.stairwell.door_lon, row.stairwell.door_lat), _told(row, day))


def _told(row: Dossier, day: date) -> dict[str, Any]:
    stairwell, building, mark = row.stairwell, row.stairwell.building, mark_of(row)
    return {
        "name": row.address,
        "stage": mark,
        "stage_name": _("不具备条件") if mark == UNSUITABLE else row.stage_words,
        "judged": stairwell.lift_suitable is not None,
        "committee": committee_of(row.path),
        "quarter": building.quarter,
        "building": building.pk,
        "levels": stairwell.levels,
        "year": building.year_built,
        "stuck_days": moves.stuck_days(row.facts(), day),
    }
