from pathlib import Path

import pytest
from shapely import box, to_geojson

from xiuhua.ground.journal.models import Entry, Outcome
from xiuhua.ground.sources.datum import wgs84_to_bd09
from xiuhua.ground.territory.importing import import_extract
from xiuhua.ground.territory.models import Building, Facility, Subdistrict
from xiuhua.ground.verdicts import Refused

TONGJI = Path(__file__).parents[3] / "samples" / "shanghai-tongji.osm.pbf"
HALF = box(121.4915, 31.2809, 121.4975, 31.2895)


@pytest.fixture
def boundary(tmp_path):
    path = tmp_path / "half.geojson"
    path.write_text(to_geojson(HALF))
    return path


def test_a_map_becomes_a_subdistrict(db):
    imported = import_extract(TONGJI, code="310110014", name="四平路街道")
    assert imported.subdistrict.networks.latest().edges == imported.edges > 500
    assert Building.objects.under("310110014").count() == imported.buildings > 200
    assert Facility.objects.filter(subdistrict=imported.subdistrict).count() == imported.facilities > 20
    assert set(imported.subdistrict.landscape.values_list("kind", flat=True)) >= {"street", "wall", "gate", "quarter"}


def test_buildings_belong_by_their_door_and_facilities_come_along(db, boundary):
    whole = import_extract(TONGJI, code="310110014", name="四平路街道")
    half = import_extract(TONGJI, code="310110015", name="半个", boundary=boundary)
    assert 0 < half.buildings < whole.buildings
    assert half.facilities == whole.facilities
    doors = Building.objects.under("310110015").values_list("door_lon", flat=True)
    assert max(doors) <= 121.4975


def test_a_boundary_in_another_datum_is_converted(db, tmp_path, boundary):
    plain = import_extract(TONGJI, code="310110014", name="四平路街道", boundary=boundary)
    bent = tmp_path / "bd09.geojson"
    lon, lat = wgs84_to_bd09(*zip(*HALF.exterior.coords, strict=True))
    bent.write_text(to_geojson(type(HALF)(list(zip(lon, lat, strict=True)))))
    again = import_extract(TONGJI, code="310110015", name="百度", boundary=bent, datum="bd09")
    assert again.buildings == plain.buildings


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "31011"}, "9 位数字"),
        ({"name": ""}, "街道名称空着"),
        ({"datum": "xian80"}, "没有「xian80」这种坐标系"),
        ({"extract": Path("nowhere.osm.pbf")}, "nowhere.osm.pbf"),
    ],
)
def test_what_cannot_be_used_leaves_nothing(db, boundary, change, words):
    given = {"extract": TONGJI, "code": "310110014", "name": "四平路街道", "boundary": boundary, **change}
    with pytest.raises(Refused, match=words):
        import_extract(given.pop("extract"), **given)
    assert not Subdistrict.objects.exists()


def test_a_boundary_elsewhere_is_refused(db, tmp_path):
    elsewhere = tmp_path / "chengdu.geojson"
    elsewhere.write_text(to_geojson(box(104.05, 30.65, 104.07, 30.67)))
    with pytest.raises(Refused, match="没有重叠"):
        import_extract(TONGJI, code="310110014", name="四平路街道", boundary=elsewhere)


def test_what_was_refused_is_on_record_though_nothing_else_is(db):
    with pytest.raises(Refused):
        import_extract(TONGJI, code="31011", name="四平路街道")
    entry = Entry.objects.get()
    assert (entry.verb, entry.outcome) == ("territory.found_subdistrict", Outcome.REFUSED)
