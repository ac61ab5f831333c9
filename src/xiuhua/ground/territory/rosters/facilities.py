"""Facilities (设施) of the rule book's types, with the points where one walks in."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy
from shapely import MultiPoint, Point

from xiuhua.ground.clock import now
from xiuhua.ground.layers.geometry import placed
from xiuhua.ground.rosters.cells import NumberCell, TextCell, Words, half_width, plain, wrong
from xiuhua.ground.rosters.kinds import Column, RosterKind, changed
from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.standards import on
from xiuhua.ground.territory.models import Committee, Facility
from xiuhua.ground.territory.rosters import columns, points
from xiuhua.ground.territory.rosters.cells import BookCell
from xiuhua.ground.territory.rosters.names import same
from xiuhua.ground.territory.rosters.within import Within
from xiuhua.ground.words import gettext as _

_PAIR = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*[,，\s]\s*(\d{1,3}(?:\.\d+)?)")
_PLAIN = {"name": "name", "area": "floor_area_m2"}


def type_names() -> dict[str, Sequence[str]]:
    """Names of the rule book's types of facility, by key."""
    types = on(now().date()).facility_types
    return {key: (one.name_zh, one.name_en, key) for key, one in types.items()}


class PointsCell(TextCell):
    """Further entrances: longitude and latitude of each, as ``121.3953,31.2241；121.3955,31.2240``."""

    def __init__(self) -> None:
        super().__init__(2_000)

    @property
    def advice(self) -> Words:
        return _("先经度后纬度，几处用分号隔开，例如 121.3953,31.2241；121.3955,31.2240")

    def read(self, value: Any) -> Any:
        text = plain(value)
        if not text:
            return None
        found = []
        for part in re.split(r"[;；/|\n]", text):
            if not half_width(part):
                continue
            pair = _PAIR.fullmatch(part.strip())
            if not pair or not (73 <= float(pair[1]) <= 136 and 3 <= float(pair[2]) <= 54):
                wrong(_("「%(part)s」不是经纬度") % {"part": part.strip()[:20]}, str(self.advice))
            found.append((float(pair[1]), float(pair[2])))
        return found or None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "；".join(f"{lon:g},{lat:g}" for lon, lat in value or ())


class FacilityRoster(RosterKind):
    """Facilities by type and name; where they stand decides to which committee they belong."""

    key = "facilities"
    title = gettext_lazy("设施")
    note = gettext_lazy("一行一处设施；经纬度写主要出入口的")
    order = 60
    sight = Sight.PLACES
    roles = (Role.SYSTEM_ADMIN, Role.SECTION_HEAD, Role.COMMUNITY_PLANNER, Role.COMMITTEE_HEAD)
    unique = (("facility_type", "name"),)
    writes = ("territory.facility",)
    seen_at = "territory:facilities"

    facility_type = Column(
        "设施类型",
        BookCell(type_names, gettext_lazy("规则手册里的设施类型，从下拉框里选")),
        also=("类型", "类别", "设施类别"),
        required=True,
        examples=("菜市场或生鲜超市", "公园"),
    )
    name = Column("设施名称", TextCell(120), also=("名称", "设施"), required=True, examples=("枣阳菜场", "长风公园"))
    lon = columns.lon_column()
    lat = columns.lat_column()
    datum = columns.datum_column()
    others = Column(
        "其他出入口",
        PointsCell(),
        also=("出入口", "其他入口", "其他出口"),
        examples=("", "121.3953,31.2241；121.3955,31.2240"),
    )
    area = Column(
        "建筑面积",
        NumberCell(low=1, high=1_000_000, units=("平方米", "㎡", "m2", "平米")),
        also=("面积",),
        examples=("900", ""),
    )
    key_of_map = Column(
        "来源编号",
        TextCell(60),
        also=("编号", "地图编号"),
        examples=("", ""),
        note=gettext_lazy("改名时用它认；空着就按类型和名称认"),
    )

    def begin(self) -> None:
        self.within = Within(self.path)
        rows = list(Facility.objects.under(self.path))
        self.named: dict[tuple[str, str], list[Facility]] = {}
        self.by_key: dict[tuple[str, str], Facility] = {}
        for row in rows:
            self.named.setdefault((row.facility_type, same(row.name)), []).append(row)
            self.by_key[row.facility_type, row.key] = row
        self.seen: dict[int, int] = {}

    def resolve(self, rows: Sequence[Row]) -> None:
        for row in rows:
            point = points.point_of(row, self.given)
            if row.tells("others") and row["datum"] is None:
                points.ask_for_datum(row, self.given, "others")
            found = self._on_record(row)
            place = self._place(row, point) if point else None
            if row.faults:
                continue
            if found is None:
                self._create(row, point, place)
            else:
                self._update(row, found, point, place)

    def _on_record(self, row: Row) -> Facility | None:
        if not row.tells("facility_type", "name"):
            return None
        if row.tells("key_of_map"):
            found = self.by_key.get((row["facility_type"], row["key_of_map"]))
            if found is None:
                row.refuse("key_of_map", _("没有这个来源编号"), _("空着就按类型和名称找，没有就新建"))
            return found
        named = self.named.get((row["facility_type"], same(row["name"])), [])
        if len(named) > 1:
            said = {"count": len(named), "name": row["name"]}
            row.refuse("name", _("册上有 %(count)s 处这类设施叫「%(name)s」") % said, _("填上来源编号"))
        return named[0] if len(named) == 1 else None

    def _place(self, row: Row, point: points.LonLat) -> str | None:
        """The path by which a facility hangs: that of the committee around it, else the subdistrict's."""
        around = self.within.subdistrict
        if not points.look_at_distance(row, point, around.geometry, around.name):
            return None
        own = self.within.own
        if own is None:
            return next((one.path for one in self.within.committees if _holds(one, point)), self.path)
        if not own.geometry.is_empty and own.geometry.distance(Point(point)) > points.NEAR_DEG:
            mend = _("对一下经纬度和坐标系；确实在外面，由街道导入")
            row.refuse("lon", _("这个位置不在%(name)s范围里") % {"name": own.name}, mend)
        return committee_of(self.path)

    def _create(self, row: Row, point: points.LonLat | None, place: str | None) -> None:
        if point is None or place is None:
            row.refuse(
                "lon" if "lon" in self.given else "name", _("新设施没有经纬度"), _("写上主要出入口的经度、纬度和坐标系")
            )
            return
        entrances = [list(point), *self._others(row)]
        facility = Facility(
            path=place,
            subdistrict=self.within.subdistrict,
            key=f"R{place}-{same(row['name'])}"[:60],
            facility_type=row["facility_type"],
            name=row["name"],
            floor_area_m2=row["area"],
            entrances=entrances,
            **placed(MultiPoint(entrances).centroid),
        )
        row.creates(facility)

    def _update(self, row: Row, found: Facility, point: points.LonLat | None, place: str | None) -> None:
        first = self.seen.setdefault(found.pk, row.number)
        if first != row.number:
            row.refuse("name", _("和第 %(number)s 行是同一处设施") % {"number": first}, _("两行留一行"))
            return
        fields = changed(found, row, _PLAIN)
        entrances = [list(entrance) for entrance in found.entrances]
        if point is not None:
            entrances[:1] = [list(point)]
        if row["others"] is not None:
            entrances[1:] = self._others(row)
        if entrances != [list(entrance) for entrance in found.entrances]:
            fields += _set(found, {"entrances": entrances, **placed(MultiPoint(entrances).centroid)})
        if place is not None and place != found.path:
            fields += _set(found, {"path": place})
        row.updates(found, fields)

    @staticmethod
    def _others(row: Row) -> list[list[float]]:
        return [list(points.wgs84(lon, lat, row["datum"])) for lon, lat in row["others"] or ()]


def _holds(committee: Committee, point: points.LonLat) -> bool:
    return not committee.geometry.is_empty and committee.geometry.intersects(Point(point))


def _set(instance: Any, values: dict[str, Any]) -> list[str]:
    """Set attributes of an instance, and return their names."""
    for name, value in values.items():
        setattr(instance, name, value)
    return list(values)
