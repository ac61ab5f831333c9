"""Which committee and micro-grid a row names, within what the import is about (导入范围)."""

from collections.abc import Iterable

from xiuhua.ground.rosters.kinds import COMMITTEE_DEPTH
from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.scope.paths import MICRO_GRID, child_path, committee_of, subdistrict_of
from xiuhua.ground.territory.models import Committee, MicroGrid, Subdistrict
from xiuhua.ground.territory.rosters.names import committee_key, grid_key, listed, mend_by_likeness
from xiuhua.ground.words import gettext as _

UNASSIGNED = 0
"""Number of the micro-grid level in the path of a building that belongs to no micro-grid yet."""
GRID_DEPTH = COMMITTEE_DEPTH + MICRO_GRID


class Within:
    """Committees and micro-grids of an import's territory, found by what rows call them.

    Parameters
    ----------
    path : str
        What the import is about: a subdistrict, a committee or a micro-grid.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.subdistrict = Subdistrict.objects.get(path=subdistrict_of(path))
        rows = Committee.objects.under(path if len(path) <= COMMITTEE_DEPTH else committee_of(path))
        self.committees: list[Committee] = list(rows)
        self.grids: dict[int, list[MicroGrid]] = {}
        for grid in MicroGrid.objects.under(path):
            self.grids.setdefault(grid.committee_id, []).append(grid)
        self._by_name = {committee_key(one.name, self.subdistrict.name): one for one in self.committees}
        self._by_id = {one.pk: one for one in self.committees}
        self._grid_of = {
            (one.pk, grid_key(grid.name, one.name)): grid for one in self.committees for grid in self.grids_of(one)
        }

    @property
    def own(self) -> Committee | None:
        """The committee that the whole import is about, where it is about one."""
        return self.committees[0] if len(self.path) >= COMMITTEE_DEPTH else None

    def grids_of(self, committee: Committee) -> list[MicroGrid]:
        """Micro-grids of a committee that the import may name."""
        return self.grids.get(committee.pk, [])

    def committee_at(self, pk: int) -> Committee:
        """The committee of that number."""
        return self._by_id[pk]

    def committee(self, row: Row, *, needed: bool = False) -> Committee | None:
        """The committee that a row is about; None where it says none or a wrong one (then the row says why)."""
        name = row["committee"]
        if "committee" in row.faults:
            return None
        if name is None:
            if self.own is None and needed:
                mend = _("写上居委会名称，例如 %(example)s") % {"example": self._an_example()}
                row.refuse("committee", _("空着"), mend)
            return self.own
        found = self._by_name.get(committee_key(name, self.subdistrict.name))
        if self.own is not None and found is None:
            given = {"name": name, "own": self.own.name}
            row.refuse(
                "committee",
                _("写的是「%(name)s」，这次只导入%(own)s") % given,
                _("不是%(own)s的，删掉这一行，由那边导入；写错了，改成%(own)s") % given,
            )
        elif found is None:
            names = [one.name for one in self.committees]
            row.refuse(
                "committee",
                _("没有「%(name)s」这个居委会") % {"name": name},
                mend_by_likeness(name, names, _("街道里")) if names else _("先导入居委会名册"),
            )
        return found

    def grid(self, row: Row, committee: Committee | None, right: MicroGrid | None = None) -> MicroGrid | None:
        """The micro-grid that a row names; None where it names none or a wrong one (then the row says why).

        Parameters
        ----------
        row : Row
            The row.
        committee : Committee
            Whose micro-grids are meant; None where that is not known, and then nothing is asked.
        right : MicroGrid, optional
            The one that it should be, for the mend.
        """
        if committee is None or not row.tells("micro_grid"):
            return None
        found = self._grid_of.get((committee.pk, grid_key(row["micro_grid"], committee.name)))
        if found is None:
            key = grid_key(row["micro_grid"], committee.name)
            said = _("没有第 %(number)s 微格") if isinstance(key, int) else _("没有「%(number)s」这个微格")
            row.refuse("micro_grid", said % {"number": key}, self._grid_mend(committee, right))
        return found

    def _grid_mend(self, committee: Committee, right: MicroGrid | None) -> str:
        keys = sorted((grid_key(grid.name, committee.name) for grid in self.grids_of(committee)), key=_numbers_first)
        if not keys:
            return _("%(committee)s还没有微格：先导入微格名册，或者空着") % {"committee": committee.name}
        said = {"committee": committee.name, "grids": listed(keys)}
        if right is None:
            return _("%(committee)s只有 %(grids)s") % said
        return _("%(committee)s只有 %(grids)s，这里该填 %(right)s") % {**said, "right": short(right, committee)}

    def _an_example(self) -> str:
        return self.committees[0].name if self.committees else _("长风一村")


def short(grid: MicroGrid, committee: Committee) -> str:
    """How a micro-grid is called within its committee: by its number, where it has one."""
    return str(grid_key(grid.name, committee.name))


def parent_path(committee: Committee, grid: MicroGrid | None) -> str:
    """Path below which a building hangs."""
    return grid.path if grid else child_path(committee.path, UNASSIGNED, MICRO_GRID)


class Numbers:
    """Hands out free numbers under parents of one level: each above all that are taken.

    Parameters
    ----------
    paths : iterable of str
        Paths that are taken, of nodes of that level.
    width : int
        Digits that the level adds.
    """

    def __init__(self, paths: Iterable[str], width: int) -> None:
        self._width = width
        self._last: dict[str, int] = {}
        for path in paths:
            self.take(path)

    def take(self, path: str) -> None:
        """Count a path among those taken."""
        parent, number = path[: -self._width], int(path[-self._width :])
        if number > self._last.get(parent, 0):
            self._last[parent] = number

    def next_under(self, parent: str) -> str | None:
        """A path that nobody has; None where the level is full."""
        number = self._last.get(parent, 0) + 1
        if number >= 10**self._width:
            return None
        self._last[parent] = number
        return child_path(parent, number, self._width)


def _numbers_first(key: int | str) -> tuple[bool, int, str]:
    return (not isinstance(key, int), key if isinstance(key, int) else 0, str(key))
