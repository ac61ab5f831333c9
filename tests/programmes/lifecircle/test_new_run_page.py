"""The form for a new analysis: hour and area, with refusals at the field."""

import json
from html import unescape

import pytest
from shapely import box, to_geojson

from programmes.lifecircle.town import placed
from xiuhua.programmes.lifecircle.models import Run

ADDRESS = "/lifecircle/runs/new/"
EAST = placed(box(200, -50, 1100, 200))
CROSSED = {
    "type": "Polygon",
    "coordinates": [[[121.40, 31.22], [121.42, 31.24], [121.42, 31.22], [121.40, 31.24], [121.40, 31.22]]],
}


PROJECTED = {
    "type": "Polygon",
    "coordinates": [[[13520000, 3660000], [13530000, 3660000], [13530000, 3670000], [13520000, 3660000]]],
}


def drawn(area, **changes):
    text = area if isinstance(area, str) else json.dumps(area)
    return {"day": "1", "hour": "10", "where": "drawn", "area": text, "datum": "wgs84", **changes}


def wrong(client, data):
    response = client.post(ADDRESS, data)
    assert response.status_code == 422
    assert not Run.objects.exists()
    return unescape(response.content.decode())


def test_area_that_was_drawn_is_analysed_and_named(client, subdistrict):
    response = client.post(ADDRESS, drawn(to_geojson(EAST), area_name="金沙新村一带"))
    run = Run.objects.get()
    assert response.url == run.get_absolute_url()
    assert (run.buildings, run.area_name) == (2, "金沙新村一带")
    assert "金沙新村一带" in unescape(client.get(run.get_absolute_url()).content.decode())


def test_feature_of_another_datum_is_brought_to_ours(client, subdistrict):
    area = placed(box(-2000, -2000, 3000, 2000))
    feature = {"type": "Feature", "properties": {}, "geometry": json.loads(to_geojson(area))}
    client.post(ADDRESS, drawn(feature, datum="gcj02"))
    assert 0.003 < area.centroid.x - Run.objects.get().area.centroid.x < 0.006


def test_hour_and_day_make_the_hour_of_the_week(client, subdistrict):
    client.post(ADDRESS, {"day": "6", "hour": "23", "where": "whole", "datum": "wgs84"})
    assert Run.objects.get().hour == 167


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("你好", "不是 GeoJSON"),
        (CROSSED, "自相交"),
        ({"type": "Point", "coordinates": [121.4, 31.2]}, "不是面的图形"),
        ({"type": "FeatureCollection", "features": []}, "没有面"),
        (
            PROJECTED,
            "不是经纬度",
        ),
        (json.loads(to_geojson(placed(box(5000, 5000, 5100, 5100)))), "范围里没有楼栋"),
        ("", "还没有画"),
        ("[" * 90_000, "不是 GeoJSON"),
    ],
)
def test_area_that_cannot_be_used_is_refused_at_its_field(client, subdistrict, area, words):
    page = wrong(client, drawn(area, area_name="试试"))
    assert words in page
    assert 'id="lc-wrong-area"' in page
    assert 'value="试试"' in page


def test_committee_must_be_chosen(client, subdistrict):
    assert "请选一个居委会" in wrong(client, {"day": "1", "hour": "10", "where": "committee", "datum": "wgs84"})


@pytest.mark.parametrize("change", [{"hour": "24"}, {"day": "x"}, {"where": "moon"}, {"datum": "mars"}])
def test_choice_that_is_not_offered_is_refused(client, subdistrict, change):
    data = {"day": "1", "hour": "10", "where": "whole", "datum": "wgs84", **change}
    assert f'id="lc-wrong-{next(iter(change))}"' in wrong(client, data)


def test_form_without_a_subdistrict_goes_home(client, db):
    assert client.get(ADDRESS).url == "/lifecircle/"
