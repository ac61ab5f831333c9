"""A row of eight houses thirty metres apart, in one quarter of 西村, each with a stairwell; and one far away."""

from dataclasses import replace

import pytest
from shapely import box

from xiuhua.ground.journal.actors import System
from xiuhua.ground.territory.actions import lay_out
from xiuhua.ground.territory.plan import BuildingPlan, StairwellPlan, TerritoryPlan
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.rules.batches import LotTerms

STEP = 0.000315
"""Degrees of longitude: thirty metres."""
TERMS = LotTerms(least=3, most=5, reach_m=40, ready=0.1, setup=0.05, walk=0.0001)
"""What has not begun is worth taking under these, so that lots come about at once."""


def house(number: int, west: float) -> tuple[BuildingPlan, StairwellPlan]:
    """A house with one stairwell."""
    lot = BuildingPlan(
        key=f"row{number}",
        name=f"枣阳路 {number} 号",
        outline=box(west, 31.235, west + 0.0002, 31.2351),
        door=(west, 31.235),
        levels=6,
        use="residential",
        floor_area_m2=900.0,
        micro_grid="g1",
        year_built=1986,
        quarter="枣阳新村",
    )
    door = StairwellPlan(f"rs{number}", lot.key, f"{number} 号", (west, 31.235), 6, 2, False, True)
    return lot, door


@pytest.fixture
def row(noon, subdistrict, plan: TerritoryPlan) -> list[Dossier]:
    """Dossiers of the eight, from west to east, and of the one far away; none has begun."""
    pairs = [house(number, 121.402 + STEP * number) for number in range(1, 9)] + [house(99, 121.409)]
    houses, doors = zip(*pairs, strict=True)
    wider = replace(plan, buildings=(*plan.buildings, *houses), stairwells=(*plan.stairwells, *doors))
    lay_out(actor=System("test"), subdistrict=subdistrict, plan=wider)
    actions.open_dossiers(actor=System("test"), subdistrict=subdistrict)
    return list(Dossier.objects.filter(stairwell__building__quarter="枣阳新村").order_by("stairwell__door_lon"))
