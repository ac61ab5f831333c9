import json

import pytest
import shapely

from xiuhua.ground.sources.area import read_area, require_overlap
from xiuhua.ground.verdicts import Refused

SQUARE = [[[121.40, 31.22], [121.41, 31.22], [121.41, 31.23], [121.40, 31.23], [121.40, 31.22]]]
NEXT = [[[121.41, 31.22], [121.42, 31.22], [121.42, 31.23], [121.41, 31.23], [121.41, 31.22]]]


def polygon(rings=SQUARE):
    return {"type": "Polygon", "coordinates": rings}


def collection(*geometries):
    features = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in geometries]
    return {"type": "FeatureCollection", "features": features}


@pytest.fixture
def written(tmp_path):
    def write(document):
        path = tmp_path / "area.geojson"
        path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    "document",
    [
        polygon(),
        {"type": "Feature", "properties": {}, "geometry": polygon()},
        collection(polygon()),
        {"type": "MultiPolygon", "coordinates": [SQUARE]},
        {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, **collection(polygon())},
        {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}, **collection(polygon())},
        {"type": "Polygon", "coordinates": [[[x, y, 4.0] for x, y in SQUARE[0]]]},
    ],
)
def test_ways_to_write_an_area(written, document):
    area = read_area(written(document))
    assert area.bounds == (121.40, 31.22, 121.41, 31.23)
    assert not area.has_z


def test_neighbours_become_one(written):
    area = read_area(written(collection(polygon(), polygon(NEXT))))
    assert area.geom_type == "Polygon"
    assert area.bounds == (121.40, 31.22, 121.42, 31.23)


def refused(path, cause, mend=""):
    with pytest.raises(Refused, match=cause) as refusal:
        read_area(path)
    (reason,) = refusal.value.reasons
    assert "area.geojson" in reason.text
    assert reason.field == "area.geojson"
    assert mend in (reason.mend or "")


def test_a_missing_file(tmp_path):
    refused(tmp_path / "area.geojson", "找不到文件")


@pytest.mark.parametrize("text", ["", "x,y\n1,2", "[1, 2]", "{}", "[" * 100_000])
def test_no_geojson(written, text):
    refused(written(text), "不是 GeoJSON")


@pytest.mark.parametrize("document", [collection(), {"type": "FeatureCollection"}])
def test_no_polygon(written, document):
    refused(written(document), "没有面")


@pytest.mark.parametrize(
    "geometry", [{"type": "LineString", "coordinates": SQUARE[0]}, {"type": "Point", "coordinates": [121, 31]}, None]
)
def test_something_else(written, geometry):
    refused(written(collection(polygon(), geometry)), "不是面的图形")


@pytest.mark.parametrize("rings", ["x", [[[1, 2]]], [[1, 2, 3]], [[["a", "b"]] * 4]])
def test_coordinates_written_wrongly(written, rings):
    refused(written(polygon(rings)), "坐标写法有误")


def test_an_empty_polygon(written):
    refused(written(polygon([])), "边界是空的")


def test_a_ring_that_crosses_itself_is_told_where(written):
    bow = [[[121.0, 31.0], [121.2, 31.2], [121.2, 31.0], [121.0, 31.2], [121.0, 31.0]]]
    refused(written(polygon(bow)), r"自相交 \(121\.1, 31\.1\)")


def test_projected_coordinates(written):
    refused(written(polygon([[[x * 1000, y * 10000] for x, y in SQUARE[0]]])), "不是经纬度", "EPSG:4326")


def test_another_coordinate_system(written):
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32651"}}
    refused(written({"crs": named, **collection(polygon())}), "坐标系是 urn:ogc:def:crs:EPSG::32651", "EPSG:4326")


# -- overlap -----------------------------------------------------------------------------------------------------------


SHANGHAI = shapely.box(121.40, 31.22, 121.41, 31.23)


@pytest.mark.parametrize("area", [shapely.box(121.402, 31.222, 121.403, 31.223), shapely.box(121.3, 31.1, 121.5, 31.3)])
def test_an_area_on_the_map(area):
    require_overlap(area, SHANGHAI, area_name="a.geojson", map_name="m.osm")


def test_an_area_elsewhere_is_told_the_extent_of_the_map():
    with pytest.raises(Refused, match=r"a\.geojson 与地图 m\.osm 没有重叠.*121\.4000–121\.4100 E"):
        require_overlap(shapely.box(104.0, 30.0, 104.1, 30.1), SHANGHAI, area_name="a.geojson", map_name="m.osm")


def test_longitude_and_latitude_exchanged():
    helsinki = shapely.box(24.9, 60.1, 25.0, 60.2)
    with pytest.raises(Refused, match="写反了"):
        require_overlap(shapely.box(60.15, 24.95, 60.16, 24.96), helsinki, area_name="a.geojson", map_name="m.osm")
