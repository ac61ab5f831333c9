"""Verbs that found a subdistrict and lay out its territory."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import shapely
from django.db import models
from django.utils.translation import gettext_lazy
from shapely import GeometryCollection, MultiPoint, MultiPolygon, Polygon

from xiuhua.engine.network import WalkNetwork
from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.layers.geometry import placed
from xiuhua.ground.progress import Progress, silent
from xiuhua.ground.rosters.writing import insert_many
from xiuhua.ground.tables import take_stock
from xiuhua.ground.territory import paths, permits, rules
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
from xiuhua.ground.territory.plan import TerritoryPlan
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.ground.words import gettext as _

Row = TypeVar("Row", bound=models.Model)

ROWS_A_BATCH = 2_000
UNASSIGNED = 0
"""Number of the micro-grid level in the path of a building that belongs to no micro-grid yet."""


@action("territory.found_subdistrict", says=gettext_lazy("建街道"), permits=permits.may_lay_out)
def found_subdistrict(
    *, actor: Actor, code: str, name: str, area: Polygon | MultiPolygon, invented: bool = False
) -> Done[Subdistrict]:
    """Put a subdistrict on record (建街道).

    Raises
    ------
    Refused
        The code is malformed or taken, the name is empty, or the area is not a valid polygon.
    """
    taken = Subdistrict.objects.filter(path=code).exists()
    refuse_unless(rules.subdistrict_can_be_founded(code, name, area, taken=taken))
    return Done(Subdistrict.objects.create(path=code, name=name.strip(), invented=invented, **placed(area)))


@action("territory.lay_out", says=gettext_lazy("落图"), permits=permits.may_lay_out)
def lay_out(
    *, actor: Actor, subdistrict: Subdistrict, plan: TerritoryPlan, progress: Progress = silent
) -> Done[Subdistrict]:
    """Lay out a plan in a subdistrict that is empty so far (落图): all of it, or nothing.

    Raises
    ------
    Refused
        The subdistrict has been laid out before, or the plan is empty.
    """
    refuse_unless(
        rules.plan_can_be_laid_out(
            already_laid_out=subdistrict.networks.exists(),
            buildings=len(plan.buildings),
            facilities=len(plan.facilities),
        )
    )
    _Layout(subdistrict, plan, progress).lay()
    counted = ("committees", "micro_grids", "buildings", "stairwells", "households", "residents", "facilities")
    return Done(subdistrict, {name: len(getattr(plan, name)) for name in counted})


class _Layout:
    """Writes a plan level by level, remembering which key became which row."""

    def __init__(self, subdistrict: Subdistrict, plan: TerritoryPlan, progress: Progress) -> None:
        self.subdistrict, self.plan, self.progress = subdistrict, plan, progress
        self.rows: dict[str, dict[str, Any]] = {}
        self.children: dict[str, int] = {}

    def lay(self) -> None:
        levels: list[tuple[str, Callable[[], None]]] = [
            (_("居委会"), self._committees),
            (_("微网格"), self._micro_grids),
            (_("楼栋"), self._buildings),
            (_("门洞"), self._stairwells),
            (_("住户"), self._households),
            (_("居民"), self._residents),
            (_("设施"), self._facilities),
            (_("地物"), self._landscape),
            (_("步行路网"), self._network),
        ]
        for done, (stage, write) in enumerate(levels):
            self.progress(stage, done / len(levels))
            write()
        take_stock(Building, Stairwell, Household, Resident, Facility)
        self.progress(_("步行路网"), 1.0)

    def _path(self, parent: str, width: int) -> str:
        """Next free path under a parent; numbers count from one."""
        self.children[parent] = self.children.get(parent, 0) + 1
        return paths.child_path(parent, self.children[parent], width)

    def _committees(self) -> None:
        top = self.subdistrict.path
        self.rows["committees"] = _created(
            {
                plan.key: Committee(
                    subdistrict=self.subdistrict,
                    path=self._path(top, paths.COMMITTEE),
                    name=plan.name,
                    invented_name=plan.invented_name,
                    **placed(plan.area),
                )
                for plan in self.plan.committees
            }
        )

    def _micro_grids(self) -> None:
        committees = self.rows["committees"]
        self.rows["micro_grids"] = _created(
            {
                plan.key: MicroGrid(
                    committee=committees[plan.committee],
                    path=self._path(committees[plan.committee].path, paths.MICRO_GRID),
                    name=plan.name,
                    **placed(plan.area),
                )
                for plan in self.plan.micro_grids
            }
        )

    def _buildings(self) -> None:
        grids, committee_at = self.rows["micro_grids"], self._committee_finder()
        rows = {}
        for plan in self.plan.buildings:
            grid = grids[plan.micro_grid] if plan.micro_grid else None
            committee = grid.committee if grid else committee_at(plan.door)
            parent = grid.path if grid else paths.child_path(committee.path, UNASSIGNED, paths.MICRO_GRID)
            rows[plan.key] = Building(
                committee=committee,
                micro_grid=grid,
                path=self._path(parent, paths.BUILDING),
                key=plan.key,
                name=plan.name,
                quarter=plan.quarter,
                use=plan.use,
                levels=plan.levels,
                floor_area_m2=plan.floor_area_m2,
                year_built=plan.year_built,
                structure=plan.structure,
                door_lon=plan.door[0],
                door_lat=plan.door[1],
                residents_estimate=plan.residents,
                **placed(plan.outline),
            )
        self.rows["buildings"] = _created(rows)

    def _committee_finder(self) -> Callable[[tuple[float, float]], Committee]:
        """Committee at a door: the one whose area holds it, else the nearest."""
        committees = list(self.rows["committees"].values())
        tree = shapely.STRtree([committee.geometry for committee in committees])
        return lambda door: committees[int(tree.nearest(shapely.Point(door)))]

    def _committee_around(self) -> Callable[[tuple[float, float]], str]:
        """Path of the committee whose area holds a point; empty where none does."""
        committees = list(self.rows["committees"].values())
        tree = shapely.STRtree([committee.geometry for committee in committees])

        def find(point: tuple[float, float]) -> str:
            around = tree.query(shapely.Point(point), predicate="intersects")
            return str(committees[int(around.min())].path) if len(around) else ""

        return find

    def _stairwells(self) -> None:
        buildings = self.rows["buildings"]
        self.rows["stairwells"] = _created(
            {
                plan.key: Stairwell(
                    building=buildings[plan.building],
                    path=self._path(buildings[plan.building].path, paths.STAIRWELL),
                    name=plan.name,
                    levels=plan.levels,
                    households_per_floor=plan.households_per_floor,
                    has_lift=plan.has_lift,
                    lift_suitable=plan.lift_suitable,
                    unsuitable_because=plan.unsuitable_because,
                    door_lon=plan.door[0],
                    door_lat=plan.door[1],
                )
                for plan in self.plan.stairwells
            }
        )

    def _households(self) -> None:
        stairwells = self.rows["stairwells"]
        self.rows["households"] = _created(
            {
                plan.key: Household(
                    stairwell=stairwells[plan.stairwell],
                    path=self._path(stairwells[plan.stairwell].path, paths.HOUSEHOLD),
                    floor=plan.floor,
                    room=plan.room,
                    living_area_m2=plan.living_area_m2,
                    tenure=plan.tenure,
                )
                for plan in self.plan.households
            }
        )

    def _residents(self) -> None:
        households = self.rows["households"]
        insert_many(
            Resident,
            [
                Resident(
                    household=households[plan.household],
                    path=self._path(households[plan.household].path, paths.RESIDENT),
                    birth_year=plan.birth_year,
                    birth_date=plan.birth_date,
                    sex=plan.sex,
                    name=plan.name,
                    phone=plan.phone,
                    id_number=plan.id_number,
                )
                for plan in self.plan.residents
            ],
        )

    def _facilities(self) -> None:
        committee_of = self._committee_around()
        _create(
            Facility,
            (
                Facility(
                    path=committee_of(plan.entrances[0]) or self.subdistrict.path,
                    subdistrict=self.subdistrict,
                    building=self.rows["buildings"].get(plan.building or ""),
                    key=plan.key,
                    facility_type=plan.facility_type,
                    name=plan.name,
                    floor_area_m2=plan.floor_area_m2,
                    entrances=[list(entrance) for entrance in plan.entrances],
                    **placed(MultiPoint(plan.entrances).centroid),
                )
                for plan in self.plan.facilities
            ),
        )

    def _landscape(self) -> None:
        _create(
            Landscape,
            (
                Landscape(subdistrict=self.subdistrict, kind=plan.kind, name=plan.name, **placed(plan.geometry))
                for plan in self.plan.landscape
            ),
        )

    def _network(self) -> None:
        network = self.plan.network
        WalkingNetwork.objects.create(
            subdistrict=self.subdistrict,
            laid_at=now(),
            digest=network.digest(),
            nodes=len(network.x),
            edges=len(network.u),
            content=_packed(network),
            uncrossable=GeometryCollection(list(self.plan.uncrossable)),
        )


def _packed(network: WalkNetwork) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.npz"
        network.save(path)
        return path.read_bytes()


def _created(rows: dict[str, Row]) -> dict[str, Row]:
    if rows:
        _create(type(next(iter(rows.values()))), rows.values())
    return rows


def _create(model: type[Row], rows: Iterable[Row]) -> None:
    remaining: Iterator[Row] = iter(rows)
    while batch := list(islice(remaining, ROWS_A_BATCH)):
        model._default_manager.bulk_create(batch)
