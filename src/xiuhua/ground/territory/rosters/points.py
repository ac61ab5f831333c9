"""Where something stands, as a sheet says it (经纬度): two cells and the datum they are given in."""

from collections.abc import Collection
from typing import cast

from shapely import Point
from shapely.geometry.base import BaseGeometry

from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.sources.datum import Datum, to_wgs84
from xiuhua.ground.words import gettext as _

LonLat = tuple[float, float]

DECIMALS = 7
"""Of a degree: a centimetre. Rounded, so that the same cells always give the same place."""
NEAR_DEG, FAR_DEG = 0.0005, 0.02
"""Fifty metres and two kilometres: beyond the border by less is the border's doing, by more somebody's mistake."""


def point_of(row: Row, given: Collection[str]) -> LonLat | None:
    """Return a row's place in WGS 84, None where it tells none or cannot be understood (then the row says why)."""
    if row["lon"] is None and row["lat"] is None:
        return None
    for name, words in (("lon", _("有纬度，没有经度")), ("lat", _("有经度，没有纬度"))):
        if row[name] is None and name not in row.faults:
            row.refuse(name, words, _("两个都写上，或者都空着"))
    if row["datum"] is None:
        ask_for_datum(row, given, "lon")
    if not row.tells("lon", "lat", "datum"):
        return None
    return wgs84(row["lon"], row["lat"], row["datum"])


def ask_for_datum(row: Row, given: Collection[str], column: str) -> None:
    """Refuse coordinates that do not say what they are given in; at `column` where the sheet cannot say it yet."""
    if "datum" in row.faults:
        return
    row.refuse(
        "datum" if "datum" in given else column,
        _("没有说是哪种坐标系"),
        _("在「坐标系」一列写 GCJ-02（高德、腾讯地图）、BD-09（百度地图）或 WGS84（GPS、天地图）"),
    )


def wgs84(lon: float, lat: float, datum: str) -> LonLat:
    """Return a point given in a datum in WGS 84, to the centimetre."""
    x, y = to_wgs84(lon, lat, cast(Datum, datum))
    return round(float(x), DECIMALS), round(float(y), DECIMALS)


def look_at_distance(row: Row, point: LonLat, area: BaseGeometry, name: str) -> bool:
    """Whether a point lies in an area or not far off; refuses one that is far off, reminds of one just outside."""
    off = area.distance(Point(point)) if not area.is_empty else 0.0
    if off > FAR_DEG:
        row.refuse(
            "lon",
            _("这个位置在%(name)s外面，隔着 %(km).0f 公里") % {"name": name, "km": off * 105},
            _("对一下经纬度和坐标系"),
        )
        return False
    if off > NEAR_DEG:
        row.remind("lon", _("这个位置在%(name)s边界外") % {"name": name}, _("对一下坐标系：用错了会偏几百米"))
    return True
