"""Stairwells (门洞) of buildings, with what decides whether a lift suits them."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from xiuhua.ground.rosters.cells import NumberCell, TextCell, YesNoCell
from xiuhua.ground.rosters.kinds import Column, RosterKind, changed
from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.rosters.rules import overtaken
from xiuhua.ground.scope.paths import STAIRWELL
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.territory.models import Building, Stairwell
from xiuhua.ground.territory.rosters import columns, points
from xiuhua.ground.territory.rosters.addresses import Addresses, short
from xiuhua.ground.territory.rosters.following import strayed
from xiuhua.ground.territory.rosters.within import Numbers, Within
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _

_STREET = re.compile(r"^.*[路街道弄巷村坊](?=\d)")
_PLAIN = {
    "levels": "levels",
    "per_floor": "households_per_floor",
    "has_lift": "has_lift",
    "suitable": "lift_suitable",
    "because": "unsuitable_because",
}


class StairwellRoster(RosterKind):
    """Stairwells, each with its building."""

    key = "stairwells"
    title = gettext_lazy("门洞")
    note = gettext_lazy("一行一个门洞；楼栋要先在楼栋名册里")
    order = 40
    sight = Sight.PLACES
    roles = (Role.SYSTEM_ADMIN, Role.SECTION_HEAD, Role.COMMITTEE_HEAD, Role.LIFT_COORDINATOR)
    writes = ("territory.stairwell",)
    seen_at = "territory:stairwells"

    committee = columns.committee_column()
    quarter = columns.quarter_column()
    building = Column(
        "楼栋",
        TextCell(120),
        also=("楼栋名称", "楼号", "幢号", "楼栋地址", "地址"),
        required=True,
        examples=("枣阳路100弄14-16号", "枣阳路100弄14-16号"),
    )
    name = Column(
        "门洞",
        TextCell(60),
        also=("门洞号", "门牌", "门牌号", "门号", "单元", "楼道", "楼组"),
        required=True,
        examples=("14号", "15号"),
    )
    levels = columns.levels_column(gettext_lazy("空着就是楼栋的层数"))
    per_floor = Column(
        "每层户数",
        NumberCell(low=1, high=60, whole=True, units=("户",)),
        also=("每层几户", "一层几户", "梯户"),
        examples=("2", "3"),
        note=gettext_lazy("新门洞要写"),
    )
    has_lift = Column("已有电梯", YesNoCell(), also=("有无电梯", "有电梯", "电梯"), examples=("否", "否"))
    suitable = Column(
        "适合加梯",
        YesNoCell(),
        also=("可加梯", "具备加梯条件", "是否适合加梯"),
        examples=("是", "否"),
        note=gettext_lazy("没看过就空着；已有电梯的不填"),
    )
    because = Column(
        "不具备条件的原因", TextCell(60), also=("不适合原因", "不适合的原因", "原因"), examples=("", "离墙太近")
    )
    lon = columns.lon_column()
    lat = columns.lat_column()
    datum = columns.datum_column()

    def begin(self) -> None:
        self.within = Within(self.path)
        buildings = list(Building.objects.under(self.path).defer("geometry"))
        self.buildings = Addresses(((row, row) for row in buildings), self.within, "building", _("楼栋"))
        rows = list(Stairwell.objects.under(self.path))
        by_id = {building.pk: building for building in buildings}
        self.known = {(row.building_id, own_name(row.name, by_id[row.building_id])): row for row in rows}
        self.numbers = Numbers((row.path for row in rows), STAIRWELL)
        self.seen: dict[tuple[int, str], int] = {}

    def resolve(self, rows: Sequence[Row]) -> None:
        for row in rows:
            building = self.buildings.find(row, self.within.committee(row))
            point = points.point_of(row, self.given)
            if building is None or not row.tells("name"):
                continue
            place = (building.pk, own_name(row["name"], building))
            first = self.seen.setdefault(place, row.number)
            if first != row.number:
                row.refuse("name", _("和第 %(number)s 行是同一个门洞") % {"number": first}, _("两行留一行"))
            self._write(row, building, self.known.get(place), point)

    def _write(self, row: Row, building: Building, found: Stairwell | None, point: points.LonLat | None) -> None:
        stairwell = found or Stairwell(
            building=building,
            name=row["name"],
            levels=max(round(building.levels), 1),
            has_lift=False,
            door_lon=building.door_lon,
            door_lat=building.door_lat,
        )
        fields = changed(stairwell, row, _PLAIN)
        if point is not None and point != (stairwell.door_lon, stairwell.door_lat):
            stairwell.door_lon, stairwell.door_lat = point
            fields += ["door_lon", "door_lat"]
        fields += self._lift(row, stairwell)
        if found is None and row["per_floor"] is None:
            column = "per_floor" if "per_floor" in self.given else "name"
            row.refuse(column, _("新门洞没有写每层户数"), _("写上每层几户，例如 2"))
        if row.faults:
            return
        if found is not None:
            row.updates(found, fields)
            return
        path = self.numbers.next_under(building.path)
        if path is None:
            row.refuse("name", _("这栋楼的门洞编号用完了"), _("对一下楼栋"))
            return
        stairwell.path = path
        row.creates(stairwell)

    @staticmethod
    def _lift(row: Row, stairwell: Stairwell) -> list[str]:
        """See that what is said of a lift fits together; returns fields that change with it."""
        if stairwell.has_lift and row["suitable"] is not None:
            row.refuse("suitable", _("已有电梯，不用再判适不适合"), _("这一格空着，或者改「已有电梯」"))
        if stairwell.lift_suitable is False and not stairwell.unsuitable_because:
            row.refuse(
                "because" if row["suitable"] is False else "suitable", _("没有写原因"), _("写上不具备条件的原因")
            )
        if row["because"] is not None and stairwell.lift_suitable is not False:
            row.refuse("because", _("写了原因，「适合加梯」却不是「否」"), _("「适合加梯」写否，或者去掉原因"))
        if row["has_lift"] and row["suitable"] is None and stairwell.lift_suitable is not None:
            stairwell.lift_suitable, stairwell.unsuitable_because = None, ""
            return ["lift_suitable", "unsuitable_because"]
        if row["suitable"] and stairwell.unsuitable_because and row["because"] is None:
            stairwell.unsuitable_because = ""
            return ["unsuitable_because"]
        return []

    def applied(self) -> None:
        """Refuse where a building was moved since the check: the staged paths would lead to where it stood."""
        if strayed(self.path, Stairwell):
            raise Refused(overtaken())


def own_name(name: str, building: Building) -> str:
    """A stairwell's name as compared within its building: without the building's or the lane's address before it."""
    key = short(name)
    before = short(building.name)
    if key != before and key.startswith(before):
        key = key.removeprefix(before)
    return _STREET.sub("", short(key)) or key
