"""A subdistrict without residents, and a sheet of all who live there: what `bench_rosters.py` imports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from shapely import box

from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.projection import LocalProjection
from xiuhua.ground.sources.id_numbers import check_digit
from xiuhua.ground.territory.plan import (
    BuildingPlan,
    CommitteePlan,
    MicroGridPlan,
    StairwellPlan,
    TerritoryPlan,
)
from xiuhua.ground.ui.lists import write_workbook

COMMITTEES, GRIDS, BUILDINGS, DOORS = 27, 8, 9, 2
"""Micro-grids a committee, buildings a micro-grid, stairwells a building: 3,888 stairwells in all."""
FLOORS, FLATS = 6, 2
WEST, SOUTH, EAST, NORTH = 121.38, 31.21, 121.42, 31.25
HEADINGS = (
    "序号",
    "居委会",
    "微格",
    "门洞",
    "室号",
    "姓名",
    "证件号",
    "性别",
    "出生日期",
    "电话",
    "住房面积",
    "处理依据",
)
_FAMILIES, _GIVEN = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗", "英兰华强芳明丽平军秀珍国建春玉红梅生荣德"


def empty_subdistrict() -> TerritoryPlan:
    """Committees, micro-grids, buildings and stairwells, with nobody on record yet."""
    width = (EAST - WEST) / COMMITTEES
    strips = [box(WEST + k * width, SOUTH, WEST + (k + 1) * width, NORTH) for k in range(COMMITTEES)]
    committees = tuple(CommitteePlan(f"c{k}", f"第{k + 1}村", strips[k]) for k in range(COMMITTEES))
    grids, buildings, stairwells = [], [], []
    for k in range(COMMITTEES):
        for g in range(GRIDS):
            grids.append(MicroGridPlan(f"g{k}-{g}", f"c{k}", f"第{k + 1}村第{g + 1}微网格", strips[k]))
            for b in range(BUILDINGS):
                door = (WEST + (k + 0.5) * width, SOUTH + (g * BUILDINGS + b + 0.5) * (NORTH - SOUTH) / 80)
                key, lane, first = f"b{k}-{g}-{b}", f"枣阳路{100 + k}弄", (g * BUILDINGS + b) * DOORS + 1
                name = f"{lane}{first}-{first + DOORS - 1}号"
                outline = box(door[0] - 1e-4, door[1] - 1e-4, door[0] + 1e-4, door[1])
                buildings.append(
                    BuildingPlan(key, name, outline, door, FLOORS, "residential", 1800.0, f"g{k}-{g}", 1984)
                )
                stairwells += [
                    StairwellPlan(f"{key}-{d}", key, f"{lane}{first + d}号", door, FLOORS, FLATS, has_lift=False)
                    for d in range(DOORS)
                ]
    projection = LocalProjection((WEST + EAST) / 2, (SOUTH + NORTH) / 2)
    network = WalkNetwork.from_edges([0, 100], [0, 0], [0], [1], [100.0], projection=projection)
    return TerritoryPlan(network, committees, tuple(grids), tuple(buildings), tuple(stairwells))


def residents(rows: int, seed: int = 1) -> Iterator[Sequence[Any]]:
    """Rows of the sheet: two or three a flat, in the order of the houses."""
    plan = empty_subdistrict()
    grid_of = {building.key: building.micro_grid or "" for building in plan.buildings}
    rng = np.random.default_rng(seed)
    flats = len(plan.stairwells) * FLOORS * FLATS
    heads = np.full(flats, rows // flats) + (np.arange(flats) < rows % flats)
    number = 0
    for place, stairwell in enumerate(plan.stairwells):
        committee, _, grid = grid_of[stairwell.building].removeprefix("g").partition("-")
        for flat in range(FLOORS * FLATS):
            room = f"{flat // FLATS + 1}{flat % FLATS + 1:02d}"
            for _head in range(heads[place * FLOORS * FLATS + flat]):
                number += 1
                day = np.datetime64("1930-01-01") + number % 33_000
                name = rng.choice(list(_FAMILIES)) + "".join(rng.choice(list(_GIVEN), 2))
                born = str(day).replace("-", "")
                serial = 2 * (number // 33_000) + number % 2
                body = f"310107{born}{serial:03d}"
                sex = "男" if serial % 2 else "女"
                yield (
                    number, f"第{int(committee) + 1}村", int(grid) + 1, stairwell.name, room, name,
                    body + check_digit(body), sex, str(day), f"138{number:08d}", 50.0, "",
                )  # fmt: skip


def write_sheet(path: Path, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows as a workbook, as our own lists are exported."""
    with path.open("wb") as file:
        write_workbook(file, "居民名册", HEADINGS, rows)
