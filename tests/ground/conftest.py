from dataclasses import replace

import pytest
from shapely import LineString, box

from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.projection import LocalProjection
from xiuhua.ground.journal.actors import System
from xiuhua.ground.territory import actions
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

SYSTEM = System("test")
AREA = box(121.40, 31.22, 121.42, 31.24)


@pytest.fixture
def subdistrict(db):
    return actions.found_subdistrict(actor=SYSTEM, code="310107014", name="试验街道", area=AREA, invented=True).subject


@pytest.fixture
def plan() -> TerritoryPlan:
    """Two committees; one house with two people on record, and one that nobody has assigned to a micro-grid."""
    west, east = box(121.40, 31.22, 121.41, 31.24), box(121.41, 31.22, 121.42, 31.24)
    house = BuildingPlan(
        key="house",
        name="枣阳路 1 号",
        outline=box(121.404, 31.23, 121.405, 31.2301),
        door=(121.4045, 31.23),
        levels=6,
        use="residential",
        floor_area_m2=2400.0,
        micro_grid="g1",
        year_built=1984,
    )
    return TerritoryPlan(
        network=WalkNetwork.from_edges([0, 100], [0, 0], [0], [1], [100.0], projection=LocalProjection(121.41, 31.23)),
        committees=(CommitteePlan("w", "西村", west), CommitteePlan("e", "东村", east, invented_name=False)),
        micro_grids=(MicroGridPlan("g1", "w", "第 1 微网格", west),),
        buildings=(
            house,
            replace(house, key="loose", name="", door=(121.415, 31.23), micro_grid=None, residents=12.5),
        ),
        stairwells=(StairwellPlan("s1", "house", "1 号", (121.4045, 31.23), 6, 2, has_lift=False, lift_suitable=True),),
        households=(HouseholdPlan("h1", "s1", 5, "501", 52.0, "自有"),),
        residents=(ResidentPlan("r1", "h1", 1941, "f"), ResidentPlan("r2", "h1", 2014, "m")),
        facilities=(
            FacilityPlan("m", "market", "枣阳菜场", ((121.41, 31.231), (121.411, 31.231)), floor_area_m2=900.0),
        ),
        landscape=(LandscapePlan("l", "street", "枣阳路", LineString([(121.40, 31.23), (121.42, 31.23)])),),
    )
