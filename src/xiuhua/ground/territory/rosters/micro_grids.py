"""Micro-grids (微格) of committees."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from xiuhua.ground.rosters.cells import NumberCell
from xiuhua.ground.rosters.kinds import Column, RosterKind
from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.scope.paths import MICRO_GRID, child_path
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.territory.models import Committee, MicroGrid
from xiuhua.ground.territory.rosters.columns import committee_column, micro_grid_column
from xiuhua.ground.territory.rosters.committees import undrawn
from xiuhua.ground.territory.rosters.names import grid_key
from xiuhua.ground.territory.rosters.within import Numbers, Within
from xiuhua.ground.words import gettext as _


class MicroGridRoster(RosterKind):
    """Micro-grids, each with its committee; a number is enough for a name."""

    key = "micro_grids"
    title = gettext_lazy("微格")
    note = gettext_lazy("一行一个微格；哪些楼归哪个微格，在楼栋名册里写")
    order = 20
    sight = Sight.PLACES
    roles = (Role.SYSTEM_ADMIN, Role.SECTION_HEAD, Role.COMMITTEE_HEAD)
    writes = ("territory.microgrid",)
    seen_at = "territory:micro_grids"

    committee = committee_column()
    name = micro_grid_column(
        required=True, also=("微格名称", "微网格名称", "名称"), note=gettext_lazy("写 5 就是「第 5 微网格」")
    )
    number = Column(
        "编号",
        NumberCell(low=1, high=999, whole=True),
        also=("微格编号", "微网格编号"),
        examples=("5", "6"),
        note=gettext_lazy("改名要写编号；空着就顺着编"),
    )

    def begin(self) -> None:
        self.within = Within(self.path)
        grids = [grid for one in self.within.committees for grid in self.within.grids_of(one)]
        self.by_path = {grid.path: grid for grid in grids}
        self.numbers = Numbers(self.by_path, MICRO_GRID)
        self.named: dict[tuple[int, int | str], MicroGrid] = {
            (one.pk, grid_key(grid.name, one.name)): grid
            for one in self.within.committees
            for grid in self.within.grids_of(one)
        }
        self.seen: dict[tuple[int, int | str], int] = {}

    def resolve(self, rows: Sequence[Row]) -> None:
        told = [
            (row, committee)
            for row in rows
            if (committee := self.within.committee(row, needed=True)) is not None
            and row.tells("name")
            and "number" not in row.faults
        ]
        for row, committee in told:
            if path := self._path_told(row, committee):
                self.numbers.take(path)
        for row, committee in told:
            self._compare(row, committee)

    def _path_told(self, row: Row, committee: Committee) -> str | None:
        """The path that a row's number gives, or that of its name where the name is but a number."""
        key = grid_key(row["name"], committee.name)
        known = (committee.pk, key) in self.named
        number = row["number"] or (key if isinstance(key, int) and not known else None)
        return child_path(committee.path, number, MICRO_GRID) if number and number < 10**MICRO_GRID else None

    def _compare(self, row: Row, committee: Committee) -> None:
        key = grid_key(row["name"], committee.name)
        first = self.seen.setdefault((committee.pk, key), row.number)
        if first != row.number:
            row.refuse("name", _("和第 %(number)s 行重复") % {"number": first}, _("两行留一行"))
            return
        named = self.named.get((committee.pk, key))
        path = self._path_told(row, committee)
        if row["number"] is None and named is not None:
            row.keeps(named)
        elif path is None:
            self._create(row, committee, self.numbers.next_under(committee.path))
        elif named is not None and named.path != path:
            said = {"name": row["name"], "number": int(named.path[-MICRO_GRID:])}
            row.refuse("number", _("「%(name)s」的编号是 %(number)s") % said, _("改成 %(number)s，或者空着") % said)
        elif path in self.by_path:
            self._rename(row, self.by_path[path], named, stated=row["number"] is not None)
        else:
            self._create(row, committee, path)

    def _rename(self, row: Row, found: MicroGrid, named: MicroGrid | None, *, stated: bool) -> None:
        if named is found:
            row.keeps(found)
        elif stated:
            found.name = full_name(row["name"])
            row.updates(found, ["name"])
        else:
            said = {"number": int(found.path[-MICRO_GRID:]), "name": found.name}
            row.refuse(
                "name", _("编号 %(number)s 已经是「%(name)s」") % said, _("要改名，把编号也写上；要另建，换一个名称")
            )

    def _create(self, row: Row, committee: Committee, path: str | None) -> None:
        if path is None:
            row.refuse("name", _("%(name)s的微格编号用完了") % {"name": committee.name}, _("写上没有用过的编号"))
            return
        grid = MicroGrid(committee=committee, path=path, name=full_name(row["name"]))
        for column, value in undrawn(self.within.subdistrict).items():
            setattr(grid, column, value)
        row.creates(grid)


def full_name(name: str) -> str:
    """A micro-grid's name on record: a mere number reads 第 5 微网格."""
    number = grid_key(name)
    return f"第 {number} 微网格" if isinstance(number, int) else name
