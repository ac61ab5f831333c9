"""Buildings (楼栋), by name and quarter within their committee."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy
from shapely import Point, STRtree

from xiuhua.ground.layers.geometry import placed
from xiuhua.ground.rosters.cells import ChoiceCell, NumberCell, TextCell
from xiuhua.ground.rosters.kinds import Column, RosterKind, changed
from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.scope.paths import BUILDING
from xiuhua.ground.scope.roles import Role, Sight
from xiuhua.ground.territory.models import Building, Committee, MicroGrid, Use
from xiuhua.ground.territory.rosters import columns, points
from xiuhua.ground.territory.rosters.addresses import Addresses, is_bare
from xiuhua.ground.territory.rosters.following import draw_undrawn, follow_parents
from xiuhua.ground.territory.rosters.within import Numbers, Within, parent_path
from xiuhua.ground.words import gettext as _

USES = {
    Use.RESIDENTIAL: ("住宅", "居住", "居民楼", "公房", "商品房"),
    Use.MIXED: ("商住", "商住两用", "底商住宅"),
    Use.PUBLIC: ("公共服务", "公建", "公共"),
    Use.OTHER: ("其他", "商业", "办公", "厂房"),
    Use.SHELTER: ("棚、亭、车库", "车库", "车棚", "棚"),
}
_PLAIN = {
    "name": "name",
    "quarter": "quarter",
    "use": "use",
    "levels": "levels",
    "area": "floor_area_m2",
    "year": "year_built",
    "structure": "structure",
}


class BuildingRoster(RosterKind):
    """Buildings with their committee and micro-grid; a map's nameless one is named by its number there."""

    key = "buildings"
    title = gettext_lazy("楼栋")
    note = gettext_lazy("一行一栋楼；经纬度写楼门口的，没有可以不写")
    order = 30
    sight = Sight.PLACES
    roles = (Role.SYSTEM_ADMIN, Role.SECTION_HEAD, Role.COMMITTEE_HEAD)
    unique = (("key_of_map",),)
    writes = ("territory.building",)
    seen_at = "territory:buildings"

    committee = columns.committee_column()
    micro_grid = columns.micro_grid_column()
    quarter = columns.quarter_column()
    name = Column(
        "楼栋",
        TextCell(120),
        also=("楼栋名称", "楼号", "幢号", "楼栋地址", "地址", "名称", "门牌"),
        required=True,
        examples=("枣阳路100弄14-16号", "枣阳路100弄17号"),
    )
    use = Column("用途", ChoiceCell(USES), also=("房屋用途", "类型"), examples=("住宅", ""))
    levels = columns.levels_column(gettext_lazy("新楼要写"))
    area = columns.area_column()
    year = Column(
        "建成年份",
        NumberCell(low=1800, high=2100, whole=True, units=("年",)),
        also=("年份", "建造年份", "竣工年份", "建筑年代"),
        examples=("1984", ""),
    )
    structure = Column("结构", TextCell(20), also=("房屋结构", "建筑结构"), examples=("砖混", ""))
    lon = columns.lon_column()
    lat = columns.lat_column()
    datum = columns.datum_column()
    key_of_map = Column(
        "来源编号",
        TextCell(60),
        also=("编号", "地图编号"),
        examples=("", ""),
        note=gettext_lazy("地图导入的楼没有名称时，用它认"),
    )

    def begin(self) -> None:
        self.within = Within(self.path)
        rows = list(Building.objects.under(self.path))
        self.known = Addresses(((row, row) for row in rows), self.within, "name", _("楼栋"))
        self.by_key = {row.key: row for row in rows if row.key}
        self.numbers = Numbers((row.path for row in rows), BUILDING)
        self.nameless = [row for row in rows if not row.name]
        self.outlines = STRtree([row.geometry for row in self.nameless])
        self.seen: dict[int, int] = {}

    def resolve(self, rows: Sequence[Row]) -> None:
        for row in rows:
            point = self._point(row)
            committee = self.within.committee(row)
            found = self._on_record(row, committee, point)
            if committee is None and found is not None and "committee" not in row.faults:
                committee = self.within.committee_at(found.committee_id)
            committee = committee or self.within.committee(row, needed=True)
            grid = self.within.grid(row, committee)
            if committee is None or row.faults:
                continue
            if found is None:
                self._create(row, committee, grid, point)
            else:
                self._update(row, found, committee, grid, point)

    def _point(self, row: Row) -> points.LonLat | None:
        point = points.point_of(row, self.given)
        around = self.within.subdistrict
        return point if point and points.look_at_distance(row, point, around.geometry, around.name) else None

    def _on_record(self, row: Row, committee: Committee | None, point: points.LonLat | None) -> Building | None:
        """The building that a row means: by its number on the map, its name, or the nameless outline it stands in."""
        if row.tells("key_of_map"):
            found = self.by_key.get(row["key_of_map"])
            if found is None:
                row.refuse("key_of_map", _("没有这个来源编号"), _("空着就按名称找，没有就新建"))
            return found
        if not row.tells("name"):
            return None
        named = self.known.named(row["name"], committee, row["quarter"])
        if not named and not is_bare(row["name"]):
            named = self.known.named(row["name"], None, row["quarter"])
        if len(named) > 1:
            said = {"count": len(named), "name": row["name"]}
            row.refuse("name", _("册上有 %(count)s 栋楼叫「%(name)s」") % said, _("填上「小区」或「来源编号」"))
        return named[0] if len(named) == 1 else self._nameless_at(point)

    def _nameless_at(self, point: points.LonLat | None) -> Building | None:
        if point is None:
            return None
        around = [self.nameless[k] for k in self.outlines.query(Point(point), predicate="intersects")]
        return next((found for found in around if not found.name), None)

    def _create(self, row: Row, committee: Committee, grid: MicroGrid | None, point: points.LonLat | None) -> None:
        if row["levels"] is None:
            row.refuse("levels" if "levels" in self.given else "name", _("新楼没有写层数"), _("写上层数，例如 6"))
            return
        path = self.numbers.next_under(parent_path(committee, grid))
        if path is None:
            row.refuse("name", _("楼栋编号用完了"), _("分到几个微格里"))
            return
        if point is None:
            point = self._centre(committee, grid)
            column = "lon" if "lon" in self.given else "name"
            mend = _("先放在%(name)s中间，生活圈会算不准；补上经纬度再导入一次") % {"name": committee.name}
            row.remind(column, _("没有经纬度"), mend)
        building = Building(
            committee=committee,
            micro_grid=grid,
            path=path,
            key=f"R{path}",
            name=row["name"],
            quarter=row["quarter"] or "",
            use=row["use"] or Use.RESIDENTIAL,
            levels=row["levels"],
            floor_area_m2=row["area"] or 0,
            year_built=row["year"],
            structure=row["structure"] or "",
            door_lon=point[0],
            door_lat=point[1],
            **placed(Point(point)),
        )
        self._only_once(row, building)
        self.known.add(building, building)
        row.creates(building)

    def _update(
        self,
        row: Row,
        found: Building,
        committee: Committee,
        grid: MicroGrid | None,
        point: points.LonLat | None,
    ) -> None:
        self._only_once(row, found)
        if row.faults:
            return
        fields = changed(found, row, _PLAIN)
        if point is not None and point != (found.door_lon, found.door_lat):
            found.door_lon, found.door_lat = point
            fields += ["door_lon", "door_lat"]
            if found.geometry.geom_type == "Point":
                fields += _set(found, placed(Point(point)))
        row.updates(found, fields + self._moved(row, found, committee, grid))

    def _moved(self, row: Row, found: Building, committee: Committee, grid: MicroGrid | None) -> list[str]:
        """Names of the fields that change because the building now belongs elsewhere."""
        stays = found.committee_id == committee.pk and (grid is None or grid.pk == found.micro_grid_id)
        if stays:
            return []
        path = self.numbers.next_under(parent_path(committee, grid))
        if path is None:
            row.refuse("micro_grid", _("楼栋编号用完了"), _("分到几个微格里"))
            return []
        return _set(found, {"micro_grid": grid, "committee": committee, "path": path})

    def _only_once(self, row: Row, building: Building) -> None:
        first = self.seen.setdefault(id(building), row.number)
        if first != row.number:
            row.refuse("name", _("和第 %(number)s 行是同一栋楼") % {"number": first}, _("两行留一行"))

    def _centre(self, committee: Committee, grid: MicroGrid | None) -> points.LonLat:
        """A point amidst the smallest area drawn around a building that tells no place."""
        areas = [node.geometry for node in (grid, committee, self.within.subdistrict) if node is not None]
        for area in areas:
            if not area.is_empty:
                point = area.representative_point()
                return round(point.x, points.DECIMALS), round(point.y, points.DECIMALS)
        return self.within.subdistrict.west, self.within.subdistrict.south

    def applied(self) -> None:
        """Take stairwells, households and people along with a building that moved, and draw areas not drawn yet."""
        follow_parents(self.path)
        draw_undrawn(self.path)


def _set(instance: Any, values: dict[str, Any]) -> list[str]:
    """Set attributes of an instance, and return their names."""
    for name, value in values.items():
        setattr(instance, name, value)
    return list(values)
