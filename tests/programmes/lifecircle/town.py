"""A small town by hand: a street with a market and day care in its west, and a walled quarter in its east.

The quarter's side gate is open from six to twenty-two.

::

    west      north (day care) B                  C'======== quarter ========D'
                               |                  | side gate                | main gate, always open
    A------------------------- B ---------------- C ------------------------ D        street
   -400                        0                 300                       1000 m
"""

from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import LineString, Point, box
from shapely.affinity import translate

from xiuhua.engine.network import Flag, WalkNetwork
from xiuhua.engine.projection import LocalProjection
from xiuhua.ground.territory.plan import (
    BuildingPlan,
    CommitteePlan,
    FacilityPlan,
    HouseholdPlan,
    LandscapePlan,
    MicroGridPlan,
    ResidentPlan,
    StairwellPlan,
    TerritoryPlan,
)

MORNING, NIGHT = 34, 46
"""Tuesday 10:00, when the side gate is open, and Tuesday 22:00, when it is shut."""

PROJECTION = LocalProjection(121.40, 31.23)
OPEN_UNTIL_TEN = np.tile((np.arange(24) >= 6) & (np.arange(24) < 22), 7)


def at(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a place in metres from the middle of town."""
    lon, lat = PROJECTION.inverse(np.array([x]), np.array([y]))
    return float(lon[0]), float(lat[0])


def placed(shape):
    """A shape in metres, laid on the globe."""
    return shapely.transform(shape, lambda xy: np.column_stack(PROJECTION.inverse(xy[:, 0], xy[:, 1])))


def network() -> WalkNetwork:
    nodes = [(-400, 0), (0, 0), (300, 0), (1000, 0), (300, 40), (1000, 40), (2000, 500), (2100, 500)]
    edges = [(0, 1, -1, 0), (1, 2, -1, 0), (2, 3, -1, 0), (2, 4, 0, Flag.GATE), (3, 5, -1, Flag.GATE), (4, 5, -1, 0)]
    edges += [(6, 7, -1, 0)]
    x, y = (np.array(column, float) for column in zip(*nodes, strict=True))
    u, v = (np.array([edge[end] for edge in edges]) for end in (0, 1))
    return WalkNetwork.from_edges(
        x,
        y,
        u,
        v,
        np.hypot(x[u] - x[v], y[u] - y[v]),
        np.array([int(edge[3]) for edge in edges], np.uint16),
        timetable=np.array([edge[2] for edge in edges], np.int16),
        timetables=OPEN_UNTIL_TEN[None, :],
        projection=PROJECTION,
    )


@dataclass
class TownPlan:
    """Gathers houses with the people in them."""

    buildings: list[BuildingPlan] = field(default_factory=list)
    stairwells: list[StairwellPlan] = field(default_factory=list)
    households: list[HouseholdPlan] = field(default_factory=list)
    residents: list[ResidentPlan] = field(default_factory=list)

    def house(self, key: str, name: str, x: float, y: float, grid: str, born: list[int], quarter: str = "") -> None:
        outline = placed(translate(box(-15, 0, 15, 12), x, y))
        self.buildings.append(
            BuildingPlan(key, name, outline, at(x, y), 6, "residential", 2000.0, grid, 1984, quarter=quarter)
        )
        self.stairwells.append(StairwellPlan(f"{key}s", key, "1 号", at(x, y), 6, 2, has_lift=False))
        self.households.append(HouseholdPlan(f"{key}h", f"{key}s", 2, "201", 52.0, "自有"))
        self.residents += [ResidentPlan(f"{key}r{number}", f"{key}h", year, "f") for number, year in enumerate(born)]


def town_plan() -> TerritoryPlan:
    west, east = placed(box(-500, -300, 200, 800)), placed(box(200, -300, 2500, 800))
    town = TownPlan()
    town.house("w1", "枣阳路 1 号", -100, 12, "g1", [1940, 1955, 1990])
    town.house("e1", "金沙新村 8 号", 320, 52, "g2", [1938, 1950, 1955, 2014], "金沙新村")
    town.house("e2", "金沙新村 20 号", 980, 52, "g2", [1948, 1985], "金沙新村")
    town.house("lone", "苗圃 3 号", 2050, 510, "g2", [1952])
    town.house("far", "江边 5 号", -400, 700, "g1", [1980])
    wall = LineString([(305, 20), (995, 20), (1100, 20)])
    return TerritoryPlan(
        network=network(),
        committees=(CommitteePlan("w", "西村", west), CommitteePlan("e", "东村", east)),
        micro_grids=(MicroGridPlan("g1", "w", "第 1 微网格", west), MicroGridPlan("g2", "e", "第 1 微网格", east)),
        buildings=tuple(town.buildings),
        stairwells=tuple(town.stairwells),
        households=tuple(town.households),
        residents=tuple(town.residents),
        facilities=(
            FacilityPlan("day", "day_care", "枣阳日间照料中心", (at(0, -8),)),
            FacilityPlan("market", "market", "枣阳菜场", (at(-60, -8), at(-90, -8))),
            FacilityPlan("park", "park", "枣阳公园", (at(-200, 5),)),
        ),
        landscape=(
            LandscapePlan("street", "street", "枣阳路", placed(LineString([(-400, 0), (1000, 0)]))),
            LandscapePlan("wall", "wall", "", placed(wall)),
            LandscapePlan("gate", "gate", "金沙新村边门", placed(Point(300, 20))),
            LandscapePlan("quarter", "quarter", "金沙新村", placed(box(300, 20, 1100, 120))),
            LandscapePlan("green", "green", "枣阳公园", placed(box(-260, 5, -150, 90))),
        ),
    )
