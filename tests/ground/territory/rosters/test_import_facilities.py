"""Facilities come on record by their sheet, with the points where one walks in."""

import pytest

from ground.territory.rosters.conftest import faults, figures
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Committee, Facility

HEADS = ("设施类型", "设施名称", "经度", "纬度", "坐标系", "其他出入口", "建筑面积")
MARKET = ("market", "枣阳菜场", "121.404", "31.231", "WGS84", "121.4041,31.2311；121.4042，31.2312", "900")


def test_a_facility_belongs_to_the_committee_around_it(bring):
    assert figures(bring("facilities", HEADS, MARKET)) == (1, 0, 0, 0)
    made = Facility.objects.get()
    assert (made.facility_type, made.name, made.floor_area_m2) == ("market", "枣阳菜场", 900)
    assert made.path == Committee.objects.get(name="长风一村").path
    assert made.entrances == [[121.404, 31.231], [121.4041, 31.2311], [121.4042, 31.2312]]
    assert made.geometry.x == pytest.approx(121.4041)
    assert figures(bring("facilities", HEADS, MARKET)) == (0, 0, 1, 0)


def test_its_type_may_be_told_in_chinese(bring):
    from xiuhua.ground.clock import now
    from xiuhua.ground.standards import on

    name = on(now().date()).facility_types["market"].name_zh
    bring("facilities", HEADS, (name, *MARKET[1:]))
    assert Facility.objects.get().facility_type == "market"


def test_a_main_entrance_that_moved_leaves_the_others(bring):
    bring("facilities", HEADS, MARKET)
    found = bring("facilities", HEADS[:5], ("market", "枣阳菜场", "121.415", "31.231", "WGS84"))
    assert figures(found) == (0, 1, 0, 0)
    made = Facility.objects.get()
    assert made.entrances == [[121.415, 31.231], [121.4041, 31.2311], [121.4042, 31.2312]]
    assert made.path == Committee.objects.get(name="中江").path


@pytest.mark.parametrize(
    ("row", "cell", "text"),
    [
        (("飞机场", *MARKET[1:]), "A2", "没有「飞机场」这一项"),
        (("market", "", *MARKET[2:]), "B2", "空着"),
        ((*MARKET[:2], "", "", "WGS84", "", ""), "C2", "新设施没有经纬度"),
        ((*MARKET[:2], "", "", "", "121.4,31.23", ""), "E2", "没有说是哪种坐标系"),
        ((*MARKET[:5], "31.23,121.4", ""), "F2", "「31.23,121.4」不是经纬度"),
    ],
)
def test_a_wrong_cell_is_named(check, row, cell, text):
    assert faults(check("facilities", HEADS, row))[cell][0] == text


def test_a_committee_brings_what_lies_in_its_area(bring, check, staff, street):
    west = Committee.objects.get(name="长风一村")
    head = staff(Role.COMMITTEE_HEAD, west)
    found = check("facilities", HEADS[:5], ("market", "东菜场", "121.415", "31.231", "WGS84"), at=west, actor=head)
    assert faults(found)["C2"][0] == "这个位置不在长风一村范围里"
    bring("facilities", HEADS, MARKET, at=west, actor=head)
    assert Facility.objects.get().path == west.path
