"""Buildings and stairwells come on record by their sheets, and take along what hangs below them."""

import pytest

from expectations import forbidden, refused
from ground.territory.rosters.conftest import SYSTEM, changes, faults, figures, reminders
from xiuhua.ground.rosters.actions import apply_roster
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.sources.datum import wgs84_to_bd09, wgs84_to_gcj02
from xiuhua.ground.territory.models import Building, Committee, Household, MicroGrid, Resident, Stairwell

BUILDINGS = ("居委会", "微格", "小区", "楼栋", "层数", "经度", "纬度", "坐标系")
STAIRWELLS = ("居委会", "楼栋", "门洞", "层数", "每层户数", "已有电梯", "适合加梯", "不具备条件的原因")
NEW = ("长风一村", "2", "长风一村", "枣阳路300弄1号", "6", "121.402", "31.225", "WGS84")


def test_a_building_comes_on_record(bring):
    assert figures(bring("buildings", BUILDINGS, NEW)) == (1, 0, 0, 0)
    made = Building.objects.get(name="枣阳路300弄1号")
    assert (made.committee.name, made.micro_grid.name, made.levels) == ("长风一村", "长风一村第2微网格", 6)
    assert (made.door_lon, made.door_lat, made.use) == (121.402, 31.225, "residential")
    assert made.path.startswith(made.micro_grid.path)
    assert figures(bring("buildings", BUILDINGS, NEW)) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("said", "bent"), [("高德", wgs84_to_gcj02), ("GCJ-02", wgs84_to_gcj02), ("百度地图", wgs84_to_bd09)]
)
def test_coordinates_are_taken_in_the_datum_that_they_are_given_in(bring, said, bent):
    lon, lat = (round(float(value), 6) for value in bent(121.402, 31.225))
    row = (*NEW[:5], str(lon), str(lat), said)
    bring("buildings", BUILDINGS, row)
    made = Building.objects.get(name="枣阳路300弄1号")
    assert (made.door_lon, made.door_lat) == pytest.approx((121.402, 31.225), abs=2e-6)
    assert figures(bring("buildings", BUILDINGS, row)) == (0, 0, 1, 0)


def test_without_coordinates_a_building_waits_amidst_its_committee(bring, check):
    row = (*NEW[:5], "", "", "")
    assert reminders(check("buildings", BUILDINGS, row)) == ["没有经纬度"]
    bring("buildings", BUILDINGS, row)
    made = Building.objects.get(name="枣阳路300弄1号")
    assert made.committee.geometry.intersects(made.geometry)
    assert figures(bring("buildings", BUILDINGS, row)) == (0, 0, 1, 0)
    assert figures(bring("buildings", BUILDINGS, NEW)) == (0, 1, 0, 0)


def test_a_map_s_nameless_building_is_named_where_it_stands(bring, check):
    row = ("长风一村", "3", "", "枣阳路400弄1号", "5", "121.4085", "31.23505", "WGS84")
    found = check("buildings", BUILDINGS, row)
    assert figures(found) == (0, 1, 0, 0)
    bring("buildings", BUILDINGS, row)
    named = Building.objects.get(key="way/9")
    assert (named.name, named.levels, named.micro_grid.name) == ("枣阳路400弄1号", 5, "长风一村第3微网格")
    assert named.path.startswith(named.micro_grid.path)


def test_what_is_below_a_building_moves_along(bring):
    bring(
        "residents", ("门洞", "室号", "姓名", "性别", "出生日期"), ("枣阳路100弄14号", "401", "王芳", "女", "1960-1-1")
    )
    moved = ("中江", "1", "", "枣阳路100弄14-15号", "", "", "", "")
    assert figures(bring("buildings", BUILDINGS, moved)) == (0, 1, 0, 0)
    grid = MicroGrid.objects.get(name="中江第1微网格")
    building = Building.objects.get(name="枣阳路100弄14-15号")
    assert (building.committee.name, building.path[:15]) == ("中江", grid.path)
    for row in (*Stairwell.objects.filter(building=building), *Household.objects.all(), *Resident.objects.all()):
        assert row.path.startswith(building.path)
    person = Resident.objects.get()
    assert person.path[:-2] == person.household.path


def test_areas_that_nobody_drew_are_drawn_around_their_buildings(bring):
    bring("committees", ("居委会", "区划代码"), ("曹家村", ""))
    bring("buildings", BUILDINGS, ("曹家村", "", "", "金沙江路1号", "6", "121.412", "31.238", "WGS84"))
    made = Committee.objects.get(name="曹家村")
    assert not made.geometry.is_empty
    assert made.geometry.bounds[0] == pytest.approx(121.4118, abs=1e-4)


@pytest.mark.parametrize(
    ("row", "cell", "text"),
    [
        (("长风九村", *NEW[1:]), "A2", "没有「长风九村」这个居委会"),
        (("", *NEW[1:]), "A2", "空着"),
        (("长风一村", "9", *NEW[2:]), "B2", "没有第 9 微格"),
        ((*NEW[:4], "", *NEW[5:]), "E2", "新楼没有写层数"),
        ((*NEW[:7], ""), "H2", "没有说是哪种坐标系"),
        ((*NEW[:6], "", "WGS84"), "G2", "有经度，没有纬度"),
        ((*NEW[:5], "31.225", "121.402", "WGS84"), "F2", "这是纬度"),
        ((*NEW[:5], "116.39", "39.9", "WGS84"), "F2", "这个位置在试验街道外面，隔着 1051 公里"),
        ((*NEW[:7], "北京54"), "H2", "没有「北京54」这一项"),
    ],
)
def test_a_wrong_cell_of_a_building_is_named(check, row, cell, text):
    assert faults(check("buildings", BUILDINGS, row))[cell][0] == text


def test_the_same_building_twice_is_refused(check):
    found = faults(check("buildings", BUILDINGS, NEW, (*NEW[:3], "枣阳路300弄1号楼", *NEW[4:])))
    assert found["D3"] == ("和第 2 行是同一栋楼", "两行留一行")


def test_a_building_of_another_committee_stays_there(check, staff, street):
    west = Committee.objects.get(name="长风一村")
    head = staff(Role.COMMITTEE_HEAD, west)
    found = check("buildings", BUILDINGS, ("中江", "", "", "金沙江路88弄1号", "9", "", "", ""), at=west, actor=head)
    assert faults(found)["A2"][0] == "写的是「中江」，这次只导入长风一村"
    assert Building.objects.get(name="金沙江路88弄1号").levels == 6
    with forbidden():
        check("buildings", BUILDINGS, NEW, at=Committee.objects.get(name="中江"), actor=head)


def test_a_stairwell_comes_on_record(bring):
    row = ("长风一村", "枣阳路200弄14号", "16号", "", "3", "否", "否", "离墙太近")
    assert figures(bring("stairwells", STAIRWELLS, row)) == (1, 0, 0, 0)
    made = Stairwell.objects.get(name="16号")
    assert (made.building.name, made.levels, made.households_per_floor) == ("枣阳路200弄14号", 6, 3)
    assert (made.has_lift, made.lift_suitable, made.unsuitable_because) == (False, False, "离墙太近")
    assert figures(bring("stairwells", STAIRWELLS, row)) == (0, 0, 1, 0)


def test_a_lift_that_was_built_ends_the_question_whether_one_suits(bring, check):
    row = ("长风一村", "枣阳路100弄14-15号", "枣阳路100弄14号", "", "", "是", "", "")
    found = check("stairwells", STAIRWELLS, row)
    assert changes(found) == [["已有电梯", "适合加梯", "不具备条件的原因"]]
    bring("stairwells", STAIRWELLS, row)
    made = Stairwell.objects.get(name="枣阳路100弄14号")
    assert (made.has_lift, made.lift_suitable) == (True, None)


@pytest.mark.parametrize(
    ("row", "cell", "text"),
    [
        (("长风一村", "枣阳路900弄1号", "1号", "", "2", "", "", ""), "B2", "长风一村没有「枣阳路900弄1号」这个楼栋"),
        (("长风一村", "枣阳路200弄14号", "", "", "2", "", "", ""), "C2", "空着"),
        (("长风一村", "枣阳路200弄14号", "16号", "", "", "", "", ""), "E2", "新门洞没有写每层户数"),
        (("长风一村", "枣阳路200弄14号", "16号", "", "2", "是", "是", ""), "G2", "已有电梯，不用再判适不适合"),
        (("长风一村", "枣阳路200弄14号", "16号", "", "2", "否", "否", ""), "H2", "没有写原因"),
        (
            ("长风一村", "枣阳路200弄14号", "16号", "", "2", "否", "", "太窄"),
            "H2",
            "写了原因，「适合加梯」却不是「否」",
        ),
        (("长风一村", "枣阳路200弄14号", "16号", "0", "2", "", "", ""), "D2", "太小"),
    ],
)
def test_a_wrong_cell_of_a_stairwell_is_named(check, row, cell, text):
    assert faults(check("stairwells", STAIRWELLS, row))[cell][0] == text


def test_the_same_stairwell_twice_is_refused(check):
    row = ("长风一村", "枣阳路100弄14-15号", "14号", "6", "2", "", "", "")
    found = faults(check("stairwells", STAIRWELLS, row, (*row[:2], "枣阳路100弄14号", *row[3:])))
    assert found["C3"] == ("和第 2 行是同一个门洞", "两行留一行")


def test_system_brings_houses_without_a_role(bring):
    assert bring("buildings", BUILDINGS, NEW, actor=SYSTEM).state == "applied"


def test_a_house_that_moved_since_the_check_holds_the_import_up(check, bring):
    waiting = check(
        "residents", ("门洞", "室号", "姓名", "性别", "出生日期"), ("枣阳路100弄14号", "401", "王芳", "女", "1960-1-1")
    )
    wells = check("stairwells", STAIRWELLS, ("长风一村", "枣阳路100弄14-15号", "16号", "", "3", "", "", ""))
    bring("buildings", BUILDINGS, ("长风一村", "3", "", "枣阳路100弄14-15号", "", "", "", ""))
    for found in (waiting, wells):
        with refused("核对以后，有人改了同样的内容"):
            apply_roster(actor=SYSTEM, roster_import=found)
    assert not Resident.objects.exists()
