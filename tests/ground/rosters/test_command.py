"""``xiuhua roster``: the same checks and words as on screen, exit status 2 when anything is refused."""

import io
import json

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from expectations import refused
from ground.rosters.books import book
from ground.rosters.test_check_roster import HEADS, LI, WANG
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.rosters.commands import app
from xiuhua.ground.rosters.models import RosterImport
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.verdicts import Refused

BAD = ("1 号", "", "何芳", "3101", "女", "1943-02-30", "13812345678", 1)


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def sheet(tmp_path):
    def write(*rows, name="名册.xlsx", heads=HEADS):
        path = tmp_path / name
        path.write_bytes(book(heads, *rows))
        return path

    return write


def test_template(neighbours, tmp_path):
    out = tmp_path / "模板.xlsx"
    result = run("template", "neighbours", "--out", out)
    assert (result.exit_code, result.stdout) == (0, f"模板写在 {out}\n")
    assert load_workbook(io.BytesIO(out.read_bytes())).sheetnames[0] == "邻居"


def test_import(laid, sheet):
    result = run("import", "neighbours", sheet(WANG, LI), "--at", laid.path)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "新增 2，更新 0，不变 0，有错 0 行\n提醒：第 3 行起，1 行没有电话\n已经导入\n"
    assert Resident.objects.count() == 4
    again = run("import", "neighbours", sheet(WANG, LI), "--at", laid.path)
    assert "新增 0，更新 0，不变 2" in again.stdout


def test_preview_writes_nothing(laid, sheet):
    result = run("import", "neighbours", sheet(WANG), "--at", laid.path, "--preview")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "只核对，没有导入")
    assert (Resident.objects.count(), RosterImport.objects.get().state) == (2, "discarded")


def test_faults_are_told_one_a_line(laid, sheet):
    result = run("import", "neighbours", sheet(WANG, BAD), "--at", laid.path)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "B3 室号：空着；写上，例如 501",
        "D3 证件号：少了 14 位；应是 18 位，对一下证件，补上缺的 14 位",
        "F3 出生日期：没有这一天；2 月没有 30 日，对一下",
        "有一处错就全部不导入；改好以后再导一次",
    ]
    assert Resident.objects.count() == 2


def test_json(laid, sheet):
    result = run("import", "neighbours", sheet(WANG, BAD), "--at", laid.path, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (2, "")
    assert (told["state"], told["rows"], told["new"], told["faulty"]) == ("faulty", 2, 1, 1)
    assert told["faults"][2] == {
        "cell": "F3", "column": "出生日期", "text": "没有这一天", "mend": "2 月没有 30 日，对一下",
    }  # fmt: skip
    done = json.loads(run("import", "neighbours", sheet(WANG), "--at", laid.path, "--json").stdout)
    assert (done["state"], done["new"]) == ("applied", 1)


def test_unusable_file_is_refused_in_words_or_json(laid, sheet):
    result = run("import", "neighbours", sheet(WANG[:4], heads=HEADS[:4]), "--at", laid.path)
    assert isinstance(result.exception, Refused)
    assert "缺少：性别" in str(result.exception)
    result = run("import", "neighbours", sheet(WANG[:4], heads=HEADS[:4]), "--at", laid.path, "--json")
    assert result.exit_code == 2
    assert "缺少：性别" in json.loads(result.stdout)["refused"][0]["text"]


def test_one_works_in_somebodys_name_and_scope(laid, sheet, staff):
    head = staff(Role.COMMITTEE_HEAD, at=laid)
    assert run("import", "neighbours", sheet(WANG), "--as", head.username).exit_code == 0
    assert Entry.objects.get(verb="rosters.apply").actor == head.reference
    east = laid.subdistrict.committees.get(name="东村")
    result = run("import", "neighbours", sheet(LI), "--as", head.username, "--at", east.path)
    assert "不能为 310107014002 导入邻居名册" in str(result.exception)
    assert Resident.objects.count() == 3


def test_place_must_be_told_where_there_are_several(laid, sheet):
    result = run("import", "neighbours", sheet(WANG))
    assert isinstance(result.exception, Refused)
    assert "310107014001 西村、310107014002 东村" in str(result.exception)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["import", "nothing", "x.xlsx"], "可选：neighbours"),
        (["import", "neighbours", "/no/such.xlsx", "--at", "310107014001"], "读不到文件"),
        (["import", "neighbours", "x.xlsx", "--as", "T0"], "没有工号「T0」"),
        (["template", "neighbours", "--out", "/no/such/folder/a.xlsx"], "写不进"),
    ],
)
def test_mistakes_are_named(laid, arguments, says):
    with refused(says):
        raise run(*arguments).exception
