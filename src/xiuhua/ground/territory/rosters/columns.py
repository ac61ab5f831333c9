"""Columns that several kinds share, and what they say (共用的列)."""

from django.utils.translation import gettext_lazy as _

from xiuhua.ground.rosters.cells import ChoiceCell, NumberCell, TextCell
from xiuhua.ground.rosters.codes import LatCell, LonCell
from xiuhua.ground.rosters.kinds import Column, Words

DATUMS = {
    "wgs84": ("WGS84", "WGS-84", "GPS", "CGCS2000", "大地2000", "天地图"),
    "gcj02": ("GCJ-02", "GCJ02", "高德", "高德地图", "腾讯", "腾讯地图", "国测局", "火星坐标"),
    "bd09": ("BD-09", "BD09", "百度", "百度地图"),
}
"""Names of the datums, as people and their maps call them; CGCS2000 differs from WGS 84 by centimetres."""


def committee_column(*, required: bool = False, also: tuple[str, ...] = (), note: Words = "") -> Column:
    return Column(
        "居委会",
        TextCell(60),
        also=("居委", "居委会名称", "所属居委", "所属居委会", "居民区", "社区", *also),
        required=required,
        examples=("长风一村", "长风一村"),
        note=note,
    )


def micro_grid_column(*, required: bool = False, also: tuple[str, ...] = (), note: Words = "") -> Column:
    return Column(
        "微格",
        TextCell(60),
        also=("微网格", "网格", "所属微格", "所属微网格", "微格号", *also),
        required=required,
        examples=("5", "5"),
        note=note,
    )


def quarter_column() -> Column:
    return Column("小区", TextCell(60), also=("小区名称", "所在小区", "住宅小区"), examples=("长风一村", ""))


def lon_column() -> Column:
    return Column("经度", LonCell(), also=("lon", "longitude", "东经", "x"), examples=("121.39531", ""))


def lat_column() -> Column:
    return Column("纬度", LatCell(), also=("lat", "latitude", "北纬", "y"), examples=("31.22417", ""))


def datum_column() -> Column:
    return Column(
        "坐标系",
        ChoiceCell(DATUMS),
        also=("坐标", "坐标系统", "坐标类型"),
        examples=("GCJ-02", ""),
        note=_("填了经纬度就要填：高德、腾讯地图是 GCJ-02，百度地图是 BD-09，GPS、天地图是 WGS84"),
    )


def area_column() -> Column:
    return Column(
        "建筑面积",
        NumberCell(low=1, high=1_000_000, units=("平方米", "㎡", "m2", "平米")),
        also=("面积", "建筑面积(平方米)"),
        examples=("2400", ""),
    )


def levels_column(note: Words = "") -> Column:
    return Column(
        "层数",
        NumberCell(low=1, high=200, whole=True, units=("层", "楼")),
        also=("楼层数", "总层数"),
        examples=("6", "6"),
        note=note,
    )
