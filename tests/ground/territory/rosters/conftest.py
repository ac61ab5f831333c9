"""A subdistrict of two committees with houses and nobody in them, and what a sheet comes to there."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from shapely import box

from ground.rosters.books import book
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.projection import LocalProjection
from xiuhua.ground.journal.actors import System
from xiuhua.ground.rosters.actions import Upload, apply_roster, check_roster
from xiuhua.ground.rosters.models import RosterImport, StagedRow
from xiuhua.ground.territory import actions
from xiuhua.ground.territory.plan import BuildingPlan, CommitteePlan, MicroGridPlan, StairwellPlan, TerritoryPlan

SYSTEM = System("test")
AREA = box(121.40, 31.22, 121.42, 31.24)
WEST, EAST = box(121.40, 31.22, 121.41, 31.24), box(121.41, 31.22, 121.42, 31.24)


def _house(key: str, name: str, grid: str | None, door: tuple[float, float], quarter: str) -> BuildingPlan:
    outline = box(door[0] - 1e-4, door[1], door[0] + 1e-4, door[1] + 1e-4)
    return BuildingPlan(key, name, outline, door, 6, "residential", 1800.0, grid, 1984, "砖混", quarter)


def _well(key: str, building: str, name: str) -> StairwellPlan:
    return StairwellPlan(key, building, name, (121.4045, 31.23), 6, 2, has_lift=False, lift_suitable=True)


PLAN = TerritoryPlan(
    network=WalkNetwork.from_edges([0, 100], [0, 0], [0], [1], [100.0], projection=LocalProjection(121.41, 31.23)),
    committees=(CommitteePlan("w", "长风一村", WEST), CommitteePlan("e", "中江", EAST)),
    micro_grids=(
        MicroGridPlan("g1", "w", "长风一村第1微网格", WEST),
        MicroGridPlan("g2", "w", "长风一村第2微网格", WEST),
        MicroGridPlan("g3", "w", "长风一村第3微网格", WEST),
        MicroGridPlan("z1", "e", "中江第1微网格", EAST),
    ),
    buildings=(
        _house("a", "枣阳路100弄14-15号", "g1", (121.4045, 31.23), "长风一村"),
        _house("b", "枣阳路200弄14号", "g2", (121.4055, 31.23), "长风二坊"),
        _house("c", "金沙江路88弄1号", "z1", (121.415, 31.23), "中江小区"),
        _house("way/9", "", None, (121.4085, 31.235), ""),
    ),
    stairwells=(
        _well("s1", "a", "枣阳路100弄14号"),
        _well("s2", "a", "枣阳路100弄15号"),
        _well("s3", "b", "枣阳路200弄14号"),
        _well("s4", "c", "金沙江路88弄1号"),
    ),
)


@pytest.fixture
def street(db: None) -> Any:
    """The subdistrict, laid out."""
    made = actions.found_subdistrict(actor=SYSTEM, code="310107014", name="试验街道", area=AREA, invented=True).subject
    actions.lay_out(actor=SYSTEM, subdistrict=made, plan=PLAN)
    return made


Check = Callable[..., RosterImport]


@pytest.fixture
def check(street: Any) -> Check:
    """Check a sheet: ``check("residents", HEADINGS, *rows, at=committee, actor=user)``."""

    def run(kind: str, heads: Sequence[str], *rows: Sequence[Any], at: Any = None, actor: Any = SYSTEM) -> RosterImport:
        upload = Upload("名册.xlsx", book(heads, *rows))
        return check_roster(actor=actor, kind=kind, path=(at or street).path, upload=upload, wait=True)

    return run


@pytest.fixture
def bring(check: Check) -> Check:
    """Check a sheet in which nothing is wrong, and import it."""

    def run(kind: str, heads: Sequence[str], *rows: Sequence[Any], **more: Any) -> RosterImport:
        found = check(kind, heads, *rows, **more)
        assert not found.faulty, faults(found)
        assert not found.refusal, found.refusal
        return apply_roster(actor=more.get("actor", SYSTEM), roster_import=found).subject

    return run


def faults(found: RosterImport) -> dict[str, tuple[str, str]]:
    """What is wrong, by cell: the cause and the mend."""
    letters = {name: letters for name, _heading, letters in found.layout["columns"]}
    rows = StagedRow.objects.filter(batch=found.batch).order_by("number")
    return {f"{letters.get(name, '?')}{row.number}": (text, mend) for row in rows for name, text, mend in row.faults}


def reminders(found: RosterImport) -> list[str]:
    """What deserves a look."""
    rows = StagedRow.objects.filter(batch=found.batch).order_by("number")
    return [text for row in rows for _name, text, _mend in row.reminders]


def changes(found: RosterImport) -> list[list[str]]:
    """By changed row, what the preview calls its changes."""
    rows = StagedRow.objects.filter(batch=found.batch, outcome="changed").order_by("number")
    return [row.fields for row in rows]


def figures(found: RosterImport) -> tuple[int, int, int, int]:
    """Rows that are new, changed, the same and faulty."""
    return found.new, found.changed, found.same, found.faulty
