"""What surrounds an object says whether it is a facility for everybody, and of which facility it is a part."""

from datetime import date

import pytest

from xiuhua.ground import standards
from xiuhua.ground.sources.osm import read_extract

BOOK = standards.on(date(2023, 8, 3))
SCHOOL = {"amenity": "school", "name": "曹杨中学"}
PITCH = {"leisure": "pitch", "sport": "basketball"}


@pytest.fixture
def found(sheet, tmp_path):
    """Facilities of a type: id to name and number of entries."""
    sheet.street(sheet.node(-500, -500), sheet.node(500, -500))

    def read(kind: str) -> dict[str, tuple[str, int]]:
        extract = read_extract(
            sheet.write(tmp_path / "tiny.osm"), facility_types=BOOK.facility_types, building_defaults=BOOK.buildings
        )
        points = extract.facilities
        rows = [
            (one, name)
            for one, which, name in zip(points.facility_id, points.facility_type, points.name, strict=True)
            if which == kind
        ]
        return {one: (name, sum(row[0] == one for row in rows)) for one, name in rows}

    return read


@pytest.mark.parametrize(
    "ground",
    [
        SCHOOL,
        {"amenity": "university"},
        {"amenity": "hospital"},
        {"landuse": "military"},
        {"landuse": "residential", "name": "武警支队"},
    ],
)
def test_a_pitch_inside_a_school_or_barracks_is_not_for_everybody(sheet, found, ground):
    sheet.box(0, 0, 200, 200, ground)
    sheet.box(50, 50, 80, 70, PITCH)
    sheet.box(300, 50, 330, 70, PITCH)
    assert list(found("sports_ground_medium")) == ["way/4"]


def test_a_pitch_in_a_residential_quarter_counts(sheet, found):
    sheet.box(0, 0, 200, 200, {"landuse": "residential", "name": "枣阳新村"})
    sheet.box(50, 50, 80, 70, PITCH)
    assert list(found("sports_ground_small")) == ["way/3"]


def test_departments_and_the_dispensary_of_a_hospital_are_the_hospital(sheet, found):
    sheet.box(0, 0, 200, 200, {"amenity": "hospital", "name": "第三人民医院"})
    sheet.node(20, 20, {"amenity": "doctors", "name": "王医生"})
    sheet.node(30, 20, {"amenity": "pharmacy", "name": "康福药房"})
    sheet.node(40, 20, {"amenity": "clinic", "name": "南楼"})
    outside = sheet.node(300, 20, {"amenity": "doctors", "name": "李医生"})
    assert found("health_station") == {f"node/{outside}": ("李医生", 1)}
    assert found("pharmacy") == {}
    assert list(found("outpatient_clinic")) == ["way/2"]


def test_a_hospital_drawn_twice_alike_still_counts_once(sheet, found):
    sheet.box(0, 0, 200, 200, {"amenity": "hospital"})
    sheet.box(0, 0, 200, 200, {"amenity": "hospital"})
    assert len(found("outpatient_clinic")) == 1


def test_a_park_has_an_outline_and_lies_in_no_school(sheet, found):
    sheet.node(300, 300, {"leisure": "park", "name": "李国豪像"})
    sheet.box(0, 0, 200, 200, SCHOOL)
    sheet.box(50, 50, 80, 70, {"leisure": "park"})
    sheet.box(300, 0, 350, 50, {"leisure": "park", "name": "长风公园"})
    assert list(found("park")) == ["way/4"]


@pytest.mark.parametrize(
    ("inside", "outline"),
    [("南京图书馆", "南京图书馆"), ("", "南京图书馆"), ("南京图书馆", ""), ("南图", "南京图书馆")],
)
def test_a_point_inside_the_outline_of_the_same_is_one_facility(sheet, found, inside, outline):
    sheet.node(10, 10, {"amenity": "library", "name": inside})
    sheet.box(0, 0, 50, 50, {"amenity": "library", "name": outline})
    assert found("culture_centre") == {"way/2": (outline or inside, 1)}


def test_a_point_of_another_name_or_another_type_stays(sheet, found):
    point = sheet.node(10, 10, {"shop": "supermarket", "name": "盒马鲜生"})
    sheet.box(0, 0, 50, 50, {"shop": "mall", "name": "环球港"})
    assert set(found("shopping_centre")) == {f"node/{point}", "way/2"}
    assert list(found("market")) == [f"node/{point}"]


def test_entrances_of_one_station_are_one_facility_named_as_the_station(sheet, found):
    for east, name in ((0, "A口"), (100, ""), (150, "天府广场B口")):
        sheet.node(east, 0, {"railway": "subway_entrance", "name": name})
    lone = sheet.node(2000, 0, {"railway": "subway_entrance", "name": "C口"})
    north = sheet.node(50, 0, {"railway": "station", "station": "subway", "name": "天府广场"})
    sheet.node(60, 300, {"railway": "station", "station": "subway", "name": "天府广场"})
    assert found("metro") == {f"node/{north}": ("天府广场", 3), f"node/{lone}": ("C口", 1)}


def test_an_entrance_follows_the_name_it_bears_before_the_nearest_station(sheet, found):
    door = sheet.node(0, 0, {"railway": "subway_entrance", "name": "人民公园 2"})
    near = sheet.node(50, 0, {"railway": "station", "name": "天府广场"})
    far = sheet.node(-300, 0, {"railway": "station", "name": "人民公园"})
    assert {door, near, far} == {3, 4, 5}
    assert found("metro") == {f"node/{far}": ("人民公园", 1)}
