"""The drawing of the demonstration: what holds at every size, on a small plan."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from demo import plan_checks as checks
from xiuhua.demo.plan import boundary, draw_plan
from xiuhua.engine.network import Flag
from xiuhua.ground import standards
from xiuhua.ground.territory.plan import TerritoryPlan

RULES = standards.on(date(2023, 8, 3))
TUESDAY_MORNING, TUESDAY_NIGHT = 34, 47


def test_keys_fit_each_other(small_plan: TerritoryPlan) -> None:
    checks.check_keys(small_plan)


def test_shapes_are_sound_and_rounded(small_plan: TerritoryPlan) -> None:
    checks.check_shapes_are_sound(small_plan)


def test_committees_partition_the_boundary(small_plan: TerritoryPlan) -> None:
    checks.check_committees_partition(small_plan)


def test_micro_grids_lie_within_their_committee(small_plan: TerritoryPlan) -> None:
    checks.check_micro_grids(small_plan)


def test_buildings_stand_free(small_plan: TerritoryPlan) -> None:
    checks.check_buildings_stand_free(small_plan)


def test_boundary_is_the_real_one() -> None:
    assert shapely.area(checks.flat([boundary()]))[0] == pytest.approx(5.80e6, rel=0.003)


def test_people_are_counted_exactly(small_plan: TerritoryPlan) -> None:
    assert len(small_plan.residents) == round(107_100 * 0.05)
    assert sum(2023 - one.birth_year >= 60 for one in small_plan.residents) == round(32_400 * 0.05)
    assert len(small_plan.residents) / len(small_plan.households) == pytest.approx(2.37, abs=0.01)


def test_no_child_lives_alone(small_plan: TerritoryPlan) -> None:
    grown = {one.household for one in small_plan.residents if 2023 - one.birth_year >= 18}
    assert grown == {household.key for household in small_plan.households}


def test_four_real_committees_are_among_the_first(small_plan: TerritoryPlan) -> None:
    real = {one.name for one in small_plan.committees if not one.invented_name}
    assert real == {"中山桥", "长风一村", "曹家村", "中江"}


def test_stairwells_say_why_no_lift_suits(small_plan: TerritoryPlan) -> None:
    wells = small_plan.stairwells
    assert sum(well.lift_suitable is True for well in wells) == 26
    assert all(bool(well.unsuitable_because) == (well.lift_suitable is False) for well in wells)
    assert all(well.has_lift == (well.lift_suitable is None) == (well.levels >= 11) for well in wells)
    assert all(well.levels >= 4 for well in wells if well.lift_suitable)


def test_every_required_facility_type_occurs(small_plan: TerritoryPlan) -> None:
    standing = {place.facility_type for place in small_plan.facilities}
    assert set(RULES.lifecircle().required) <= standing <= set(RULES.facility_types)


def test_every_door_and_facility_is_on_the_network_by_day(small_plan: TerritoryPlan) -> None:
    doors = [well.door for well in small_plan.stairwells]
    doors += [entrance for place in small_plan.facilities for entrance in place.entrances]
    network, nodes = checks.snapped(small_plan, doors)
    open_now = network.impedance(RULES.personas["adult"].persona, TUESDAY_MORNING)
    checks.check_doors_reach_everything(small_plan, open_now, nodes)


def test_timed_gates_shut_at_night(small_plan: TerritoryPlan) -> None:
    network = small_plan.network
    adult = RULES.personas["adult"].persona
    by_day = network.impedance(adult, TUESDAY_MORNING).open_edges
    by_night = network.impedance(adult, TUESDAY_NIGHT).open_edges
    assert by_day.sum() > by_night.sum()
    shut = ~by_night
    assert bool(shut.any())
    assert bool(((network.flags[shut] & Flag.GATE) > 0).all())
    assert bool((network.timetable[shut] >= 0).all())


def test_locked_gates_stand_in_a_closed_wall(small_plan: TerritoryPlan) -> None:
    walls = checks.landscape(small_plan, "wall")
    locked = _gates(small_plan, locked=True)
    opened = _gates(small_plan, locked=False)
    assert len(locked)
    assert len(opened)
    wall_tree = shapely.STRtree(walls)
    assert max(shapely.distance(walls[wall_tree.nearest(locked)], locked)) < 0.1
    assert min(shapely.distance(walls[wall_tree.nearest(opened)], opened)) > 1.5
    ways = _edges(small_plan, Flag.GATE)
    assert float(shapely.distance(ways[shapely.STRtree(ways).nearest(locked)], locked).min()) > 2.0


def test_no_way_crosses_a_wall(small_plan: TerritoryPlan) -> None:
    walls = shapely.STRtree(checks.landscape(small_plan, "wall"))
    edges = _edges(small_plan, None)
    assert walls.query(edges, predicate="crosses").shape[1] == 0


def test_network_knows_crossings_signals_steps_and_bridges(small_plan: TerritoryPlan) -> None:
    for flag in (Flag.CROSSING, Flag.SIGNALS, Flag.STEPS, Flag.BRIDGE, Flag.GATE):
        assert int((small_plan.network.flags & flag > 0).sum()) > 1, flag


def test_same_seed_same_plan() -> None:
    first, second = draw_plan(11, 0.02), draw_plan(11, 0.02)
    assert first.network.digest() == second.network.digest()
    assert replace(first, network=second.network) == second


def test_another_seed_another_plan(small_plan: TerritoryPlan) -> None:
    assert draw_plan(8, 0.05).buildings != small_plan.buildings


def test_progress_is_told() -> None:
    told: list[tuple[str, float]] = []
    draw_plan(3, 0.02, lambda stage, share: told.append((stage, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize(("seed", "scale"), [(-1, 1.0), (1, 0.0), (1, 1.5)])
def test_bad_seed_or_scale_is_refused(seed: int, scale: float) -> None:
    with pytest.raises(ValueError, match="seed"):
        draw_plan(seed, scale)


def _gates(plan: TerritoryPlan, *, locked: bool) -> NDArray[np.object_]:
    return np.array(
        checks.flat(one.geometry for one in plan.landscape if one.kind == "gate" and ("常闭" in one.name) == locked)
    )


def _edges(plan: TerritoryPlan, flag: Flag | None) -> NDArray[np.object_]:
    net = plan.network
    chosen = np.ones(net.edge_count, bool) if flag is None else (net.flags & flag) > 0
    ends = np.stack([np.column_stack([net.x[k], net.y[k]])[chosen] for k in (net.u, net.v)], axis=1)
    return np.array(shapely.linestrings(ends))
