"""Residents' committees (居委会)."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy
from shapely import MultiPolygon

from xiuhua.ground.layers.geometry import placed
from xiuhua.ground.rosters.cells import TextCell
from xiuhua.ground.rosters.kinds import SUBDISTRICT_DEPTH, Column, RosterKind, changed
from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.scope.paths import COMMITTEE
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.territory.models import Committee, Subdistrict
from xiuhua.ground.territory.rosters.cells import CodeOfPlaceCell
from xiuhua.ground.territory.rosters.names import committee_key
from xiuhua.ground.territory.rosters.within import Numbers
from xiuhua.ground.words import gettext as _


class CommitteeRoster(RosterKind):
    """Committees of a subdistrict, by name or by the code of the statistics bureau."""

    key = "committees"
    title = gettext_lazy("居委会")
    note = gettext_lazy("一行一个居委会；改名要写区划代码")
    order = 10
    sight = Sight.PLACES
    roles = (Role.SYSTEM_ADMIN, Role.SECTION_HEAD)
    levels = (SUBDISTRICT_DEPTH,)
    unique = (("name",), ("code",))
    writes = ("territory.committee",)
    seen_at = "territory:committees"

    name = Column(
        "居委会",
        TextCell(60),
        also=("居委会名称", "居委", "居民区", "名称", "社区"),
        required=True,
        examples=("长风一村", "中江"),
    )
    code = Column(
        "区划代码",
        CodeOfPlaceCell(SUBDISTRICT_DEPTH + COMMITTEE),
        also=("统计用区划代码", "代码", "居委会代码"),
        examples=("310107014001", ""),
        note=gettext_lazy("12 位，空着就顺着编"),
    )

    def begin(self) -> None:
        self.subdistrict = Subdistrict.objects.get(path=self.path)
        rows = list(Committee.objects.under(self.path))
        self.by_code = {row.path: row for row in rows}
        self.by_name = {self._key(row.name): row for row in rows}
        self.numbers = Numbers(self.by_code, COMMITTEE)

    def resolve(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if row.tells("code"):
                if not row["code"].startswith(self.path):
                    mend = _("应以 %(path)s 开头") % {"path": self.path}
                    row.refuse("code", _("不是%(name)s的代码") % {"name": self.subdistrict.name}, mend)
                self.numbers.take(row["code"])
        for row in rows:
            if row.tells("name") and "code" not in row.faults:
                self._compare(row)

    def _compare(self, row: Row) -> None:
        named = self.by_name.get(self._key(row["name"]))
        if row["code"] is None:
            self._keep_or_create(row, named)
            return
        coded = self.by_code.get(row["code"])
        if named is not None and named is not coded:
            said = {"name": row["name"], "code": named.path}
            row.refuse("code", _("%(name)s的代码是 %(code)s") % said, _("改成 %(code)s，或者空着") % said)
        elif coded is not None and named is None:
            row.updates(coded, changed(coded, row, {"name": "name"}))
        else:
            self._keep_or_create(row, coded)

    def _keep_or_create(self, row: Row, found: Committee | None) -> None:
        if found is not None:
            row.keeps(found)
            return
        path = row["code"] or self.numbers.next_under(self.path)
        if path is None:
            row.refuse("name", _("街道里的居委会编号用完了"), _("写上区划代码"))
            return
        row.creates(Committee(subdistrict=self.subdistrict, path=path, name=row["name"], **undrawn(self.subdistrict)))

    def _key(self, name: str) -> str:
        return committee_key(name, self.subdistrict.name)


def undrawn(subdistrict: Subdistrict) -> dict[str, object]:
    """Column values of an area that nobody has drawn yet: an empty one, looked for anywhere in the subdistrict."""
    around = {side: getattr(subdistrict, side) for side in ("west", "south", "east", "north")}
    return {**placed(subdistrict.geometry), **around, "geometry": MultiPolygon()}
