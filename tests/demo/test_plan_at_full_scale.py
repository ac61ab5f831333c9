"""The whole demonstration subdistrict: the published figures, and what is short where."""

from datetime import date

import numpy as np
import pytest

from demo import plan_checks as checks
from xiuhua.demo.plan import draw_plan
from xiuhua.engine import reach
from xiuhua.ground import standards
from xiuhua.ground.territory.plan import TerritoryPlan

SEED = 20230803
TUESDAY_MORNING = 34


@pytest.fixture(scope="module")
def plan() -> TerritoryPlan:
    return draw_plan(SEED)


def test_published_figures_are_met(plan: TerritoryPlan) -> None:
    assert len(plan.committees) == 27
    assert len({committee.name for committee in plan.committees}) == 27
    assert {one.name for one in plan.committees if not one.invented_name} == {"中山桥", "长风一村", "曹家村", "中江"}
    assert len(plan.residents) == 107_100
    assert sum(2023 - one.birth_year >= 60 for one in plan.residents) == 32_400
    assert sum(well.lift_suitable is True for well in plan.stairwells) == 520


def test_fabric_is_of_the_size_that_was_asked(plan: TerritoryPlan) -> None:
    housing = {well.building for well in plan.stairwells}
    assert 1750 <= len(plan.buildings) <= 2050
    assert 1200 <= len(housing) <= 1400


def test_people_follow_the_census(plan: TerritoryPlan) -> None:
    well = {one.key: one for one in plan.stairwells}
    lifts = sum(well[one.stairwell].has_lift for one in plan.households) / len(plan.households)
    ages = 2023 - np.array([one.birth_year for one in plan.residents])
    assert lifts == pytest.approx(0.41, abs=0.01)
    assert (ages >= 80).mean() == pytest.approx(0.043, abs=0.005)
    assert (ages < 15).mean() == pytest.approx(0.094, abs=0.008)
    area = sum(one.living_area_m2 for one in plan.households) / len(plan.residents)
    assert area == pytest.approx(30.48, rel=0.03)
    home = {one.key: well[one.stairwell].has_lift for one in plan.households}
    tall = np.array([home[one.household] for one in plan.residents])
    assert (ages[~tall] >= 60).mean() > (ages[tall] >= 60).mean() + 0.05


def test_the_plan_holds_together(plan: TerritoryPlan) -> None:
    checks.check_keys(plan)
    checks.check_shapes_are_sound(plan)
    checks.check_committees_partition(plan)
    checks.check_micro_grids(plan)
    checks.check_buildings_stand_free(plan)


def test_west_is_short_of_markets_and_day_care(plan: TerritoryPlan) -> None:
    doors = [well.door for well in plan.stairwells]
    homes = len(doors)
    places = [place for place in plan.facilities if place.facility_type in ("market", "day_care")]
    doors += [place.entrances[0] for place in places]
    network, nodes = checks.snapped(plan, doors)
    adult = standards.on(date(2023, 8, 3)).personas["adult"].persona
    by_day = network.impedance(adult, TUESDAY_MORNING)
    checks.check_doors_reach_everything(plan, by_day, nodes)
    west = np.array([lon for lon, _ in doors[:homes]]) < 121.383
    for kind in ("market", "day_care"):
        goals = [int(node) for node, place in zip(nodes[homes:], places, strict=True) if place.facility_type == kind]
        metres = reach.nearest(by_day, goals, 5000.0)[nodes[:homes]]
        assert np.median(metres[west]) > 1.4 * np.median(metres[~west])
