"""Staff by spreadsheet: accounts and roles by their own verbs, first passwords on one printed list."""

import io

import pytest
from django.contrib.auth.hashers import check_password
from openpyxl import load_workbook

from expectations import forbidden, verbs_of
from ground.rosters.books import book
from xiuhua.ground.accounts import actions
from xiuhua.ground.accounts.actions import first_passwords
from xiuhua.ground.accounts.models import RoleGrant, User
from xiuhua.ground.accounts.queries import first_password_given_at
from xiuhua.ground.journal.actors import System
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.rosters.actions import Upload, apply_roster, check_roster
from xiuhua.ground.rosters.models import StagedRow, StagedWrite
from xiuhua.ground.scope.grants import Grant
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory import actions as territory
from xiuhua.ground.territory.models import Committee

HEADS = ("工号", "姓名", "手机号", "角色", "区划")
FU = ("CF0317", "傅建华", "13812345678", "微网格长", "西村第 1 微网格")
PAN = ("CF0318", "潘文静", "", "科长", "试验街道")
SYSTEM = System("test")


@pytest.fixture
def place(subdistrict, plan):
    territory.lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=plan)
    return subdistrict


@pytest.fixture
def admin(place, staff):
    return staff(Role.SYSTEM_ADMIN, at=place, name="魏志强")


def check(place, *rows, actor):
    upload = Upload("人员.xlsx", book(HEADS, *rows))
    return check_roster(actor=actor, kind="staff", path=place.path, upload=upload)


def bring(place, *rows, actor):
    found = check(place, *rows, actor=actor)
    assert not found.faulty, faults(found)
    return apply_roster(actor=actor, roster_import=found).subject


def faults(found):
    letters = {name: letters for name, _heading, letters in found.layout["columns"]}
    rows = StagedRow.objects.filter(batch=found.batch)
    return {f"{letters[name]}{row.number}": (text, mend) for row in rows for name, text, mend in row.faults}


def figures(found):
    return found.new, found.changed, found.same, found.faulty


def test_accounts_are_opened_and_roles_given_each_with_its_entry(place, admin):
    found = bring(place, FU, PAN, actor=admin)
    assert figures(found) == (2, 0, 0, 0)
    fu = User.objects.get(username="CF0317")
    grid = Committee.objects.get(name="西村").micro_grids.get()
    assert (fu.name, fu.phone, fu.home) == ("傅建华", "13812345678", place.path)
    assert fu.grants == (Grant(Role.GRID_WORKER, grid.path),)
    assert verbs_of(fu) == ["accounts.invite_staff"]
    grant = RoleGrant.objects.get(user=fu)
    assert verbs_of(grant) == ["accounts.give_role"]
    entry = Entry.objects.get(verb="accounts.give_role", subject_id=grant.pk)
    assert (entry.actor, entry.facts["role"]) == (admin.reference, "grid_worker")


def test_the_same_sheet_twice_changes_nothing(place, admin):
    bring(place, FU, PAN, actor=admin)
    assert figures(bring(place, FU, PAN, actor=admin)) == (0, 0, 2, 0)
    assert User.objects.filter(username__startswith="CF").count() == 2


def test_somebody_may_have_several_roles(place, admin):
    second = (*FU[:3], "加梯专员", "310107014001")
    assert figures(bring(place, FU, second, actor=admin)) == (2, 0, 0, 0)
    fu = User.objects.get(username="CF0317")
    assert {grant.role for grant in fu.grants} == {Role.GRID_WORKER, Role.LIFT_COORDINATOR}
    third = (*FU[:3], "居委会书记", "西村居委会")
    found = check(place, FU, second, third, actor=admin)
    assert figures(found) == (0, 1, 2, 0)
    assert [row.fields for row in StagedRow.objects.filter(batch=found.batch, outcome="changed")] == [["角色"]]
    apply_roster(actor=admin, roster_import=found)
    assert len(User.objects.get(username="CF0317").grants) == 3


def test_name_and_telephone_are_put_right(place, admin):
    bring(place, FU, actor=admin)
    found = bring(place, ("CF0317", "傅建桦", "13912345678", *FU[3:]), actor=admin)
    assert figures(found) == (0, 1, 0, 0)
    fu = User.objects.get(username="CF0317")
    assert (fu.name, fu.phone) == ("傅建桦", "13912345678")
    assert verbs_of(fu)[-1] == "accounts.correct_staff"


def test_an_account_may_come_without_a_role(place, admin):
    bring(place, ("CF0400", "严国栋", "", "", ""), actor=admin)
    assert User.objects.get(username="CF0400").grants == ()


def test_telephones_are_never_staged_in_clear(place, admin):
    found = check(place, FU, actor=admin)
    staged = [*StagedRow.objects.filter(batch=found.batch), *StagedWrite.objects.filter(batch=found.batch)]
    assert staged
    assert all("13812345678" not in str(vars(row)) for row in staged)


@pytest.mark.parametrize(
    ("row", "cell", "text", "mend"),
    [
        (("", *FU[1:]), "A2", "空着", "写上，例如 CF0317"),
        (("傅", *FU[1:]), "A2", "工号「傅」不对", "例如 CF0317"),
        ((FU[0], "", *FU[2:]), "B2", "空着", "写上，例如 傅建华"),
        ((*FU[:2], "1381234567", *FU[3:]), "C2", "少了 1 位", "手机号是 11 位"),
        ((*FU[:2], "021-62540000", *FU[3:]), "C2", "手机号不对", "手机号是 1 开头的 11 位数字"),
        ((*FU[:3], "网格员", FU[4]), "D2", "没有「网格员」这一项", "「网格员」改成「微网格长」"),
        ((*FU[:4], "南村"), "E2", "没有「南村」这个地方", "可以写：试验街道、"),
        ((*FU[:4], ""), "E2", "没有写角色管到哪里", "可以写：试验街道、"),
        ((*FU[:3], "审计管理员", "试验街道"), "D2", "审计管理员要由安全管理员给", "这一格空着，先开账号"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_with_its_mend(place, admin, row, cell, text, mend):
    found = faults(check(place, row, actor=admin))
    assert text in found[cell][0]
    assert mend in found[cell][1]


def test_a_telephone_belongs_to_one_account(place, admin):
    found = faults(check(place, FU, (*PAN[:2], "13812345678", *PAN[3:]), actor=admin))
    assert found == {"C3": ("这个手机号已经有账号在用", "对一下号码；没有就空着")}
    bring(place, FU, actor=admin)
    found = faults(check(place, (*PAN[:2], "13812345678", *PAN[3:]), actor=admin))
    assert found == {"C2": ("这个手机号已经有账号在用", "对一下号码；没有就空着")}


def test_the_same_row_twice_is_refused(place, admin):
    assert "E3" in faults(check(place, FU, FU, actor=admin))


def test_an_ended_account_is_opened_again_elsewhere(place, admin):
    bring(place, FU, actor=admin)
    actions.end_staff(actor=SYSTEM, user=User.objects.get(username="CF0317"))
    assert faults(check(place, FU, actor=admin))["A2"][0] == "这个账号已经停用"


def test_no_one_holds_two_administrations(place):
    rows = [("CF1", "甲", "", "系统管理员", "试验街道"), ("CF1", "甲", "", "审计管理员", "试验街道")]
    found = faults(check(place, *rows, actor=SYSTEM))
    assert found["D3"][0] == "系统管理员不能兼任审计管理员"


def test_nobody_gives_to_themselves(place, admin):
    found = faults(check(place, (admin.username, admin.name, "", "科长", "试验街道"), actor=admin))
    assert found["D2"][0] == "不能给自己角色"


@pytest.mark.parametrize("role", [Role.SECTION_HEAD, Role.SECURITY_ADMIN, Role.COMMITTEE_HEAD])
def test_others_cannot(place, staff, role):
    with forbidden():
        check(place, FU, actor=staff(role, at=place))


def test_first_passwords_are_handed_out_once_on_a_sheet(place, admin, client_of, client):
    bring(place, FU, PAN, actor=admin)
    desk = client_of(admin)
    assert "现在有 2 个账号还没有密码" in desk.get("/staff/first-passwords/").content.decode()
    answer = desk.post("/staff/first-passwords/", {})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert [line[:2] for line in lines] == [["工号", "姓名"], ["CF0317", "傅建华"], ["CF0318", "潘文静"]]
    fu = User.objects.get(username="CF0317")
    assert check_password(lines[1][2], fu.password)
    assert (fu.must_change_password, first_password_given_at(fu) is not None) == (True, True)
    assert verbs_of(fu)[-1] == "accounts.give_first_password"
    assert desk.post("/staff/first-passwords/", {}).status_code == 302
    again = desk.post("/staff/first-passwords/", {"again": "on"})
    sheet = load_workbook(io.BytesIO(again.content)).active
    assert sheet["C2"].value != lines[1][2]


def test_a_drawn_password_is_hashed_by_the_product_s_own_hasher(place, admin, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    bring(place, FU, actor=admin)
    (line,) = first_passwords.hand_out(actor=admin)
    kept = User.objects.get(username="CF0317").password
    assert kept.split("$")[1] == "1000"
    assert check_password(line.password, kept)


def test_only_administrators_hand_out_passwords(place, staff, client_of):
    assert client_of(staff(Role.AUDIT_ADMIN, at=place)).get("/staff/first-passwords/").status_code == 403
    assert client_of(staff(Role.LEADER, at=place)).get("/staff/first-passwords/").status_code == 403
