"""A sheet of residents: people come on record with their flats, once, and are found again."""

from datetime import date

import pytest

from expectations import by_hand, forbidden, refused
from ground.territory.rosters.conftest import SYSTEM, changes, faults, figures, reminders
from xiuhua.ground.clock import now
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.rosters.actions import Upload, check_roster
from xiuhua.ground.rosters.models import StagedRow, State
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.sources.id_numbers import check_digit
from xiuhua.ground.territory.models import Committee, Household, MicroGrid, Resident
from xiuhua.ground.territory.rosters import residents

HEADS = ("居委会", "微格", "门洞", "室号", "姓名", "证件号", "性别", "出生日期", "电话", "住房面积", "处理依据")
WANG, LI, ZHAO = (body + check_digit(body) for body in ("31010719430203002", "31010719501120001", "31010719600304002"))
MISTYPED = WANG[:17] + ("1" if WANG[-1] == "0" else "0")


def row(name="王秀英", id_number=WANG, **other):
    told = {
        "committee": "长风一村", "grid": "1", "door": "枣阳路100弄14号", "room": "401", "name": name, "id": id_number,
        "sex": "", "born": "", "phone": "13812345678", "area": "", "basis": "",
    } | other  # fmt: skip
    return tuple(told.values())


def one(id_number):
    return Resident.objects.get(sealed_equals(Resident, "id_number", id_number))


@pytest.fixture
def west(street):
    return Committee.objects.get(name="长风一村")


@pytest.fixture
def east(street):
    return Committee.objects.get(name="中江")


def test_people_and_their_flat_come_on_record(bring, west):
    found = bring("residents", HEADS, row(area="52.5"), row("李强", LI, phone=""))
    assert figures(found) == (2, 0, 0, 0)
    (household,) = Household.objects.all()
    assert (household.room, household.floor, household.living_area_m2) == ("401", 4, 52.5)
    wang, li = one(WANG), one(LI)
    assert (wang.household, li.household) == (household, household)
    assert (wang.name, wang.phone, wang.id_number) == ("王秀英", "13812345678", WANG)
    assert (wang.birth_date, wang.birth_year, wang.sex, wang.basis) == (
        date(1943, 2, 3), 1943, "f", "committee_service",
    )  # fmt: skip
    assert (li.sex, li.path[:-2], wang.path[:12]) == ("m", household.path, west.path)
    assert li.path != wang.path


def test_the_flat_s_area_may_be_unknown(bring):
    bring("residents", HEADS, row())
    assert Household.objects.get().living_area_m2 is None


def test_the_same_sheet_twice_changes_nothing(bring):
    rows = [row(area="52.5"), row("李强", LI, phone=""), row("陈建国", "", sex="男", born="1950.2.3")]
    bring("residents", HEADS, *rows)
    assert figures(bring("residents", HEADS, *rows)) == (0, 0, 3, 0)
    assert Resident.objects.count() == 3


def test_one_entry_a_committee_is_on_record(bring, west, east):
    bring("residents", HEADS, row(), row("李强", LI, committee="中江", grid="1", door="88弄1号"))
    entries = Entry.objects.filter(verb="rosters.apply")
    assert {entry.territory: entry.facts["new"] for entry in entries} == {west.path: 1, east.path: 1}


def test_a_new_telephone_is_an_update_that_names_it(bring):
    bring("residents", HEADS, row())
    found = bring("residents", HEADS, row(phone="１３９ 0000 0000"))
    assert figures(found) == (0, 1, 0, 0)
    assert one(WANG).phone == "13900000000"


def test_the_preview_names_what_changes(bring, check):
    bring("residents", HEADS, row())
    found = check("residents", HEADS, row(name="王秀瑛", phone="13900000000", room="402", area="60"))
    assert changes(found) == [["姓名", "电话", "室号"]]


def test_an_empty_cell_leaves_what_is_on_record(bring):
    bring("residents", HEADS, row(area="52.5"))
    assert figures(bring("residents", HEADS, row(phone=""))) == (0, 0, 1, 0)
    assert one(WANG).phone == "13812345678"


def test_moving_to_another_flat_is_an_update(bring):
    bring("residents", HEADS, row(), row("李强", LI))
    found = bring("residents", HEADS, row(room="502", door="15号"))
    assert figures(found) == (0, 1, 0, 0)
    wang = one(WANG)
    assert (wang.household.room, wang.household.stairwell.name) == ("502", "枣阳路100弄15号")
    assert wang.path[:-2] == wang.household.path
    assert one(LI).household.room == "401"


def test_the_flat_s_area_is_brought_up_to_date(bring):
    bring("residents", HEADS, row(area="52.5"), row("李强", LI, area="52.5"))
    found = bring("residents", HEADS, row(area="60"), row("李强", LI, area="60"))
    assert figures(found) == (0, 1, 1, 0)
    assert Household.objects.get().living_area_m2 == 60


def test_nobody_is_removed_for_missing(bring):
    bring("residents", HEADS, row(), row("李强", LI))
    bring("residents", HEADS, row())
    assert Resident.objects.count() == 2


def test_without_an_identity_number_birth_and_sex_do(bring):
    bring("residents", HEADS, row("陈建国", "", sex="男", born="1950年2月3日"))
    (person,) = Resident.objects.all()
    assert (person.birth_date, person.sex, person.id_number) == (date(1950, 2, 3), "m", "")


def test_an_identity_number_that_turns_up_later_is_added(bring):
    bring("residents", HEADS, row(id_number="", sex="女", born="1943-02-03"))
    assert figures(bring("residents", HEADS, row())) == (0, 1, 0, 0)
    assert one(WANG).name == "王秀英"
    assert Resident.objects.count() == 1


def test_who_had_left_comes_back(bring):
    bring("residents", HEADS, row())
    with by_hand():
        Resident.objects.update(left_at=now())
    assert figures(bring("residents", HEADS, row(room="601"))) == (0, 1, 0, 0)
    assert (one(WANG).left_at, one(WANG).household.room) == (None, "601")


def test_a_legal_basis_may_be_told(bring, check):
    bring("residents", HEADS, row(basis="社会救助与特困供养"))
    assert one(WANG).basis == "social_relief"
    found = check("residents", HEADS, row(basis="本人或监护人同意"))
    assert reminders(found) == ["写了本人同意"]


def test_a_missing_telephone_is_a_reminder(check):
    found = check("residents", HEADS, row(phone=""))
    assert (found.faulty, reminders(found)) == (0, ["没有电话"])


@pytest.mark.parametrize(
    ("told", "cell", "text", "mend"),
    [
        ({"door": "枣阳路100弄17号"}, "C2", "长风一村没有「枣阳路100弄17号」这个门洞", "相近的：枣阳路100弄1"),
        ({"door": "88弄1号"}, "C2", "「88弄1号」在中江，不在长风一村", "改「居委会」，或者改这一格"),
        ({"committee": "长风九村"}, "A2", "没有「长风九村」这个居委会", "街道里有：长风一村、中江（相近的：长风一村）"),
        ({"grid": "9"}, "B2", "没有第 9 微格", "长风一村只有 1 至 3，这里该填 1"),
        ({"grid": "2"}, "B2", "枣阳路100弄14号在第 1 微格", "这里该填 1；要改划，用楼栋名册"),
        ({"room": ""}, "D2", "空着", "写上，例如 401"),
        ({"room": "901"}, "D2", "枣阳路100弄14号只有 6 层，没有 9 楼", "对一下室号和楼层"),
        ({"room": "5"}, "D2", "看不出在几楼", "在「楼层」一列写上，例如 3"),
        ({"id_number": MISTYPED}, "F2", f"校验码不对，末位应为 {WANG[-1]}", "对一下证件"),
        ({"sex": "男"}, "G2", "和证件号对不上，按证件号是女", "对一下证件，改这一格或者证件号"),
        ({"born": "1943-02-13"}, "H2", "和证件号第 7 至 14 位对不上", "对一下证件，改这一格或者证件号"),
        ({"id_number": "", "sex": "女"}, "H2", "没有出生日期", "写上，或者写上证件号"),
        ({"id_number": "", "born": "1943-02-03"}, "G2", "没有性别", "写上，或者写上证件号"),
        ({"area": "0"}, "J2", "太小", "不能小于 1"),
        ({"basis": "想留着"}, "K2", "没有「想留着」这一项", ""),
    ],
)
def test_a_wrong_cell_is_named_with_its_mend(check, told, cell, text, mend):
    found = faults(check("residents", HEADS, row(**told)))
    assert cell in found, found
    assert text in found[cell][0]
    assert mend in found[cell][1]
    assert not Household.objects.exists()


def test_a_door_s_number_may_stand_in_two_lanes(check):
    found = faults(check("residents", HEADS, row(door="14号", grid="")))
    assert found["C2"] == (
        "长风一村有 2 个门洞叫「14号」",
        "写全，例如 枣阳路100弄14号、枣阳路200弄14号；或者填上「小区」「楼栋」",
    )


def test_the_quarter_tells_which_lane_is_meant(bring):
    heads = ("小区", "门洞", "室号", "姓名", "证件号")
    bring("residents", heads, ("长风二坊", "14号", "401", "王秀英", WANG))
    assert one(WANG).household.stairwell.name == "枣阳路200弄14号"


def test_a_mere_number_says_once_what_it_was_taken_for(check, west):
    heads = ("门洞", "室号", "姓名", "证件号")
    found = check("residents", heads, ("15", "401", "王秀英", WANG), ("15", "402", "李强", LI), at=west)
    assert reminders(found) == ["「15」当作枣阳路100弄15号"]


def test_the_same_number_twice_in_a_sheet_is_refused(check):
    assert faults(check("residents", HEADS, row(), row(room="402"))) == {"F3": ("和第 2 行重复", "两行留一行")}


def test_the_same_name_in_a_flat_needs_identity_numbers(check):
    rows = [row("王芳", "", sex="女", born="1960-01-01"), row("王芳", "", sex="女", born="1990-01-01")]
    found = faults(check("residents", HEADS, *rows))
    assert found == {"E3": ("和第 2 行同一户、同姓名", "是同一个人，删一行；是两个人，两行都写上证件号")}


def test_two_of_one_name_with_identity_numbers_are_two(bring):
    bring("residents", HEADS, row("王芳", WANG), row("王芳", ZHAO))
    assert Resident.objects.count() == 2


def test_another_identity_number_for_the_same_name_is_not_taken_silently(bring, check):
    bring("residents", HEADS, row())
    found = faults(check("residents", HEADS, row(id_number=ZHAO)))
    assert found["F2"][0] == "这一户册上有同名的人，证件号不一样"


def test_rows_of_one_flat_must_not_contradict_each_other(check):
    found = faults(check("residents", HEADS, row(area="52"), row("李强", LI, area="60")))
    assert found == {"J3": ("同一户，和第 2 行写的不一样", "两行写成一样")}


def test_who_is_on_record_elsewhere_is_told_only_to_those_who_may_see_it(bring, check, staff, west, east, street):
    bring("residents", HEADS, row("王秀英", WANG, committee="中江", grid="1", door="88弄1号"))
    head = staff(Role.COMMITTEE_HEAD, west)
    found = faults(check("residents", HEADS, row(), at=west, actor=head))
    assert found["F2"] == ("这个证件号已登记在街道别处", "对一下证件；人搬过来了，请街道办迁移")
    wider = staff(Role.COMMITTEE_HEAD, west, also=[(Role.SECTION_HEAD, street)])
    found = faults(check("residents", HEADS, row(), at=west, actor=wider))
    assert found["F2"][0] == "这个证件号已登记在金沙江路88弄1号401室"


def test_a_sheet_of_guesses_tells_nothing(bring, check, staff, west, monkeypatch):
    elsewhere = [("王秀英", WANG), ("赵敏", ZHAO), ("李强", LI)]
    there = {"committee": "中江", "grid": "1", "door": "88弄1号"}
    bring("residents", HEADS, *(row(name, number, **there) for name, number in elsewhere))
    monkeypatch.setattr(residents, "MOST_HIDDEN", 2)
    found = check(
        "residents", HEADS, *(row(*one) for one in elsewhere), at=west, actor=staff(Role.COMMITTEE_HEAD, west)
    )
    assert found.state == State.REFUSED
    assert found.refusal[0][0] == "表里有 2 个以上的证件号登记在街道别处"
    assert not StagedRow.objects.filter(roster_import=found).exists()


def test_the_subdistrict_moves_people_between_committees(bring, east):
    bring("residents", HEADS, row())
    assert figures(bring("residents", HEADS, row(committee="中江", grid="1", door="88弄1号"))) == (0, 1, 0, 0)
    assert one(WANG).path.startswith(east.path)


def test_a_committee_imports_its_own_only(check, staff, west, east):
    head = staff(Role.COMMITTEE_HEAD, west)
    found = faults(check("residents", HEADS, row(committee="中江", grid="1", door="88弄1号"), at=west, actor=head))
    assert found["A2"] == (
        "写的是「中江」，这次只导入长风一村",
        "不是长风一村的，删掉这一行，由那边导入；写错了，改成长风一村",
    )
    found = faults(check("residents", HEADS, row(committee="", grid="", door="金沙江路88弄1号"), at=west, actor=head))
    assert found["C2"][0] == "长风一村没有「金沙江路88弄1号」这个门洞"
    with forbidden():
        check("residents", HEADS, row(), at=east, actor=head)


def test_a_grid_worker_imports_for_the_grid(bring, check, staff, street):
    grid = MicroGrid.objects.get(name="长风一村第1微网格")
    worker = staff(Role.GRID_WORKER, grid)
    bring("residents", HEADS, row(), at=grid, actor=worker)
    assert one(WANG).path.startswith(grid.path)
    found = faults(check("residents", HEADS, row(door="枣阳路200弄14号", grid="2"), at=grid, actor=worker))
    assert found["C2"][0] == "长风一村没有「枣阳路200弄14号」这个门洞"


@pytest.mark.parametrize("role", [Role.LIFT_COORDINATOR, Role.COMMUNITY_PLANNER, Role.CENTRE_STAFF, Role.SYSTEM_ADMIN])
def test_other_roles_cannot_bring_residents(street, staff, role):
    with forbidden():
        check_roster(actor=staff(role, street), kind="residents", path=street.path, upload=Upload("名册.xlsx", b"PK"))


def test_a_place_that_does_not_exist_is_refused(street):
    with refused("不能为这个地方导入"):
        check_roster(
            actor=SYSTEM, kind="residents", path="310107014099", upload=Upload("a.csv", "门洞,室号,姓名\n".encode())
        )
