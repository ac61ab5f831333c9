"""Lots drawn on the ground: houses hatched by lot, an outline around each, its number within."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import shapely
from shapely import Geometry
from shapely.affinity import scale

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.territory import drawn
from xiuhua.ground.territory.models import Building
from xiuhua.ground.territory.names import short_door
from xiuhua.ground.ui.objects import Part
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts.layers import mark_of
from xiuhua.programmes.lifts.models import Batch, BatchMember, Dossier

HATCHES = 6
"""Kinds of hatching, which lots take in turn."""
CLOSED_M, RIM_M = 26.0, 10.0
"""Metres that an outline bridges between houses, and that it keeps from them."""
SPARE_M = 60.0
WIDTH = 1600
"""Units across the map of a plan, which shows many houses."""
DEGREE_M = drawn.METRES_A_DEGREE
ACROSS = 0.855
"""Width of a degree of longitude against one of latitude, at Shanghai; outlines may be off by a hair elsewhere."""


def plan_map(
    seer: Seer, members: Sequence[BatchMember], *, title: str, shown: Sequence[BatchMember] = ()
) -> Part | None:
    """Every lot of a plan, in a window that holds those `shown` as well; None where there is none to be drawn."""
    houses = _houses(seer, {one.dossier.stairwell.building_id for one in (*members, *shown)})
    if not houses or not members:
        return None
    lots: dict[int, Batch] = {one.batch_id: one.batch for one in members}
    lot_of = {one.dossier.stairwell.building_id: one.batch_id for one in members}
    outlines = {pk: outline([houses[house] for house, lot in lot_of.items() if lot == pk]) for pk in lots}
    plan = drawn.drawing_of(
        seer,
        _window(houses.values()),
        label=title,
        kind_of=lambda row: f"lot{lots[lot_of[row.pk]].place % HATCHES}" if row.pk in lot_of else drawn.HOUSE,
        doors=[
            (_middle(outlines[pk]), str(lot.place), _lot_title(lot), lot.get_absolute_url()) for pk, lot in lots.items()
        ],
        areas=[("lotedge", "", outlines[pk]) for pk in lots],
        width=WIDTH,
    )
    return Part(title, "lifts/batches/map.html", {"drawing": _lighter(plan), "hatches": range(HATCHES)})


def batch_map(seer: Seer, dossiers: Sequence[Dossier], *, title: str) -> Part | None:
    """One lot: its houses by stage, a mark for each stairwell that leads to its dossier."""
    houses = _houses(seer, {row.stairwell.building_id for row in dossiers})
    if not houses:
        return None
    stages: dict[int, str] = {}
    for row in dossiers:
        stages.setdefault(row.stairwell.building_id, mark_of(row))
    plan = drawn.drawing_of(
        seer,
        _window(houses.values()),
        label=title,
        kind_of=lambda row: f"stage-{stages[row.pk]}" if row.pk in stages else drawn.HOUSE,
        doors=[
            (
                (row.stairwell.door_lon, row.stairwell.door_lat),
                short_door(row.stairwell),
                f"{row.address} {row.stage_words}",
                row.get_absolute_url(),
            )
            for row in dossiers
        ],
        areas=[("lotedge", "", outline(list(houses.values())))],
    )
    return Part(title, "lifts/batches/map.html", {"drawing": plan, "hatches": ()})


def outline(shapes: Sequence[Geometry]) -> Geometry:
    """One line around houses that stand near each other, in degrees."""
    west = shapely.union_all([scale(shape, ACROSS, 1, origin=(0, 0)) for shape in shapes])
    grown = west.buffer(CLOSED_M / DEGREE_M, quad_segs=4)
    edge = grown.buffer((RIM_M - CLOSED_M) / DEGREE_M, quad_segs=4).simplify(1 / DEGREE_M)
    return scale(edge, 1 / ACROSS, 1, origin=(0, 0))


def _houses(seer: Seer, numbers: set[int]) -> Mapping[int, Geometry]:
    rows = Building.objects.visible_to(seer).filter(pk__in=numbers)
    return dict(rows.values_list("pk", "geometry"))


def _window(shapes: object) -> drawn.Bounds:
    west, south, east, north = shapely.total_bounds(list(shapes))  # type: ignore[call-overload]
    return drawn.around((float(west), float(south), float(east), float(north)), SPARE_M)


def _middle(shape: Geometry) -> tuple[float, float]:
    point = shapely.point_on_surface(shape)
    return shapely.get_x(point).item(), shapely.get_y(point).item()


def _lot_title(lot: Batch) -> str:
    return _("%(lot)s，%(size)s 个门洞") % {"lot": lot, "size": lot.size}


def _lighter(plan: drawn.Drawing) -> drawn.Drawing:
    """Without links on the houses that no lot has: there may be thousands."""
    return replace(plan, shapes=[replace(shape, url="") for shape in plan.shapes])
