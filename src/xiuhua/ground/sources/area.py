"""Reading a boundary (边界): the area that an analysis or an import is about."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import Geometry, MultiPolygon, Polygon
from shapely.geometry import shape

from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

_WGS84 = ("CRS84", "4326", "WGS84", "WGS 84", "EPSG::4490", "EPSG:4490")
"""Names of longitude and latitude in WGS 84, and of CGCS2000 (2000 国家大地坐标系), which differs by centimetres."""
_AREAS = ("Polygon", "MultiPolygon")


def read_area(path: str | Path) -> Polygon | MultiPolygon:
    """Read a boundary from GeoJSON; several polygons become one area.

    Parameters
    ----------
    path : path
        A geometry, a feature or a collection of features, longitude and latitude in WGS 84.

    Raises
    ------
    Refused
        The file is missing, empty or no GeoJSON; holds no polygon, or something else beside; is projected or of another
        datum; a ring crosses itself.
    """
    path = Path(path)
    if not path.is_file():
        raise _refusal(path.name, _("找不到文件 %(file)s"), _("请核对路径"))
    return area_of_text(path.read_bytes(), path.name)


def area_of_text(text: str | bytes, name: str) -> Polygon | MultiPolygon:
    """Read a boundary from GeoJSON that is at hand already, such as one pasted into a form.

    Parameters
    ----------
    text : str or bytes
        What `read_area` finds in a file; bytes are UTF-8.
    name : str
        What to call it in a refusal.

    Raises
    ------
    Refused
        As `read_area`.
    """
    document = _document(text, name)
    _refuse_other_datum(document, name)
    polygons = [_polygon(geometry, name) for geometry in _geometries(document)]
    if not polygons:
        raise _refusal(name, _("%(file)s 里没有面"), _("请提供边界多边形 (Polygon 或 MultiPolygon)"))
    for polygon in polygons:
        _refuse_off_the_globe(polygon, name)
        _refuse_crossing(polygon, name)
    area = shapely.union_all(np.array(polygons, object))
    if not isinstance(area, Polygon | MultiPolygon) or area.area == 0:
        raise _refusal(name, _("%(file)s 的边界没有面积"), _("请提供边界多边形 (Polygon 或 MultiPolygon)"))
    return area


def require_overlap(area: Geometry, extent: Geometry, *, area_name: str, map_name: str) -> None:
    """Refuse a boundary that lies apart from a map.

    Parameters
    ----------
    area : Polygon or MultiPolygon
        As `read_area` gives it.
    extent : Polygon
        Box around the map, longitude and latitude.
    area_name, map_name : str
        Files to speak of.

    Raises
    ------
    Refused
        They have nothing in common. Where they would with longitude and latitude exchanged, the mend says so.
    """
    if shapely.intersects(area, extent):
        return
    if shapely.intersects(shapely.transform(area, lambda degrees: degrees[:, ::-1]), extent):
        mend = _("边界的经度和纬度写反了，请对调")
    else:
        west, south, east, north = shapely.bounds(extent).tolist()
        where = f"{west:.4f}–{east:.4f} E, {south:.4f}–{north:.4f} N"
        mend = _("地图范围是 %(extent)s；请换用同一地方的边界，并确认是 WGS 84 经纬度") % {"extent": where}
    cause = _("边界 %(area)s 与地图 %(map)s 没有重叠") % {"area": area_name, "map": map_name}
    raise Refused(Reason(cause, field=area_name, mend=mend))


def _document(text: str | bytes, name: str) -> dict[str, Any]:
    try:
        document = json.loads(text.decode("utf-8-sig") if isinstance(text, bytes) else text)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or "type" not in document:
        raise _refusal(name, _("%(file)s 不是 GeoJSON"), _("请导出为 GeoJSON (UTF-8)"))
    return document


def _geometries(document: dict[str, Any]) -> list[Any]:
    kind = document["type"]
    if kind == "FeatureCollection":
        features = document.get("features")
        return (
            [feature.get("geometry") for feature in features if isinstance(feature, dict)]
            if isinstance(features, list)
            else []
        )
    if kind == "Feature":
        return [document.get("geometry")]
    if kind == "GeometryCollection":
        return list(document.get("geometries") or ())
    return [document]


def _polygon(geometry: Any, name: str) -> Geometry:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in _AREAS:
        cause = _("%(file)s 里有不是面的图形 (%(kind)s)") % {"file": name, "kind": kind or _("空")}
        raise Refused(Reason(cause, field=name, mend=_("请只保留边界多边形 (Polygon 或 MultiPolygon)")))
    try:
        polygon = shapely.force_2d(shape(geometry))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, shapely.errors.ShapelyError) as error:
        raise _refusal(name, _("%(file)s 的坐标写法有误"), _("请重新导出为 GeoJSON")) from error
    if shapely.is_empty(polygon):
        raise _refusal(name, _("%(file)s 的边界是空的"), _("请提供边界多边形 (Polygon 或 MultiPolygon)"))
    return polygon


def _refuse_other_datum(document: dict[str, Any], name: str) -> None:
    crs = document.get("crs")
    try:
        named = str(crs["properties"]["name"]) if crs else ""
    except (TypeError, KeyError):
        named = str(crs)
    if named and not any(word in named for word in _WGS84):
        cause = _("%(file)s 的坐标系是 %(crs)s") % {"file": name, "crs": named}
        raise Refused(Reason(cause, field=name, mend=_("请转换为 WGS 84 经纬度 (EPSG:4326) 再用")))


def _refuse_off_the_globe(polygon: Geometry, name: str) -> None:
    points = shapely.get_coordinates(polygon)
    if not np.isfinite(points).all() or (np.abs(points) > (180.0, 90.0)).any():
        raise _refusal(
            name,
            _("%(file)s 的坐标不是经纬度，像是投影坐标，或经度与纬度写反了"),
            _("请转换为 WGS 84 经纬度 (EPSG:4326) 再用"),
        )


def _refuse_crossing(polygon: Geometry, name: str) -> None:
    if not shapely.is_valid(polygon):
        where = str(shapely.is_valid_reason(polygon)).partition("[")[2].rstrip("]").replace(" ", ", ")
        cause = _("%(file)s 的边界自相交 (%(where)s)") % {"file": name, "where": where}
        raise Refused(Reason(cause, field=name, mend=_("请在制图软件里修正该处")))


def _refusal(name: str, cause: str, mend: str) -> Refused:
    return Refused(Reason(cause % {"file": name}, field=name, mend=mend))
