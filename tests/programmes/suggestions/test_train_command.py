"""``xiuhua suggestions train``: a labelled sheet becomes a model, which is put in use where it is not worse."""

import json

import pytest
from typer.testing import CliRunner

from expectations import refused
from ground.rosters.books import book
from xiuhua.engine import texts
from xiuhua.programmes.suggestions.commands import app
from xiuhua.programmes.suggestions.learning import shelf

HEADS = ("编号", "留言主题", "留言详情", "一级标签")
SAYINGS = {
    "交通运输": ("违停严重", "公交车太少"),
    "环境保护": ("油烟扰民", "噪音太大"),
    "教育文体": ("学位不够", "乱补课"),
}
ROWS = [
    (number, f"{place}{said}", f"{place}的{said}，请处理", label)
    for label, both in SAYINGS.items()
    for said in both
    for number, place in enumerate(("中江路", "枣阳路", "云岭东路", "长风一村", "白玉路"))
]


def run(*arguments):
    return CliRunner().invoke(app, ["train", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture(autouse=True)
def _kept(db):
    """The model in use stands in the database."""


@pytest.fixture
def sheet(tmp_path):
    def write(rows, heads=HEADS, name="留言.xlsx"):
        path = tmp_path / name
        path.write_bytes(book(heads, *rows))
        return path

    return write


def asked(file, *more):
    return run(file, "--text", "留言主题", "--text", "留言详情", "--label", "一级标签", *more)


def test_learns_reports_and_is_put_in_use(sheet, tmp_path):
    report, out = tmp_path / "r.json", tmp_path / "m.model"
    result = asked(sheet(ROWS), "--report", report, "--out", out)
    assert result.exit_code == 0
    told = json.loads(report.read_text())
    assert (told["rows"], told["test_rows"], told["replaced"], told["previous_macro_f1"]) == (24, 6, True, None)
    assert set(told["by_class"]["教育文体"]) == {"precision", "recall", "f1", "support"}
    assert {"macro_f1", "accuracy", "calibration_error", "train_seconds"} <= set(told)
    assert shelf.model_in_use().to_bytes() == out.read_bytes()
    assert texts.TextModel.from_bytes(out.read_bytes()).labels == tuple(sorted(SAYINGS))


def test_labels_that_mean_nothing_are_not_learnt(sheet, tmp_path):
    asked(sheet(ROWS))
    before = shelf.model_in_use().to_bytes()
    labels = list(SAYINGS)
    muddled = [(*row[:3], labels[place % 3]) for place, row in enumerate(ROWS)]
    for more in ((), ("--test", sheet(ROWS, name="核对.xlsx"))):
        with refused("学不出来：分得和乱猜差不多"):
            asked(sheet(muddled, name="乱.xlsx"), *more, "--report", tmp_path / "r.json")
    assert not (tmp_path / "r.json").exists()
    assert shelf.model_in_use().to_bytes() == before


def swapped(rows, **names):
    return [(*row[:3], names.get(row[3], row[3])) for row in rows]


def told_of(tmp_path, *asking):
    report = tmp_path / "r.json"
    assert asked(*asking, "--report", report).exit_code == 0
    return json.loads(report.read_text())


def test_labels_that_contradict_the_earlier_ones_do_not_replace(sheet, tmp_path):
    asked(sheet(ROWS))
    before = shelf.model_in_use().to_bytes()
    wrong = sheet(swapped(ROWS, 交通运输="环境保护", 环境保护="教育文体", 教育文体="交通运输"), name="错.xlsx")
    for more in ((), ("--test", wrong)):
        told = told_of(tmp_path, wrong, *more)
        assert (told["replaced"], told["compared"]["outcome"]) == (False, "worse")
        assert told["compared"]["old_rows"]["macro_f1"] < told["compared"]["old_rows"]["previous_macro_f1"]
    assert shelf.model_in_use().to_bytes() == before
    assert told_of(tmp_path, wrong, "--replace")["replaced"] is True


def test_the_same_sheet_again_is_not_worse(sheet, tmp_path):
    asked(sheet(ROWS))
    told = told_of(tmp_path, sheet(ROWS))
    assert (told["replaced"], told["previous_macro_f1"]) == (True, told["macro_f1"])
    assert told["compared"]["new_rows"] == told["compared"]["old_rows"]


def test_other_categories_replace_only_when_asked(sheet, tmp_path):
    asked(sheet(ROWS))
    other = sheet(swapped(ROWS, 交通运输="路", 环境保护="气", 教育文体="学"), name="别的.xlsx")
    told = told_of(tmp_path, other)
    assert (told["replaced"], told["compared"]["outcome"]) == (False, "incomparable")
    assert "--replace" in asked(other).output
    assert told_of(tmp_path, other, "--replace")["replaced"] is True


def test_rows_that_one_has_learnt_from_are_left_out(sheet, tmp_path):
    run(sheet(ROWS), "--text", "留言主题", "--label", "一级标签")
    again = told_of(tmp_path, sheet(ROWS), "--test", sheet(ROWS, name="核对.xlsx"))
    assert again["test_rows"] == 30
    assert again["compared"]["new_rows"] is None
    more = [(*row[:1], "新桥" + row[1], "新桥" + row[2], row[3]) for row in ROWS]
    told = told_of(tmp_path, sheet([*ROWS, *more]))
    assert told["compared"]["new_rows"]["rows"] < told["test_rows"]


def test_rows_to_measure_on_have_to_tell_good_from_bad(sheet):
    strange = [(*row[:3], "一" + row[3]) for row in ROWS]
    with refused("核对用的表里没有一个认得的类别"):
        asked(sheet(ROWS), "--test", sheet(strange, name="核对.xlsx"))
    with refused("核对用的只有一种分类「交通运输」"):
        asked(sheet(ROWS), "--test", sheet(ROWS[:10], name="核对.xlsx"))
    assert shelf.model_in_use() is None


def test_rows_without_text_or_label_are_passed_over(sheet, tmp_path):
    report = tmp_path / "r.json"
    asked(sheet([*ROWS, (9, "", "", "交通运输"), (9, 12345, 3.5, ""), (9, 2023, 7, "交通运输")]), "--report", report)
    told = json.loads(report.read_text())
    assert (told["rows"] + told["test_rows"], told["skipped_rows"]) == (31, 2)


def test_a_csv_file_will_do(tmp_path):
    file = tmp_path / "留言.csv"
    file.write_text("\n".join(",".join(map(str, row)) for row in (HEADS, *ROWS)), encoding="gb18030")
    assert asked(file).exit_code == 0


@pytest.mark.parametrize(
    ("rows", "heads", "why"),
    [
        (
            ROWS,
            ("编号", "主题", "留言详情", "一级标签"),
            "没有「留言主题」这一列；表里有：编号、主题、留言详情、一级标签",
        ),
        ([row for row in ROWS if row[3] == "交通运输"], HEADS, "只有一种分类「交通运输」"),
        ([*ROWS, (1, "医院", "", "卫生计生")], HEADS, "1 种分类只有一个例子：「卫生计生」"),
        ([], HEADS, "没有一行既有文字又有分类"),
    ],
)
def test_refuses_in_a_line_and_leaves_nothing(sheet, tmp_path, rows, heads, why):
    report = tmp_path / "r.json"
    with refused(why):
        asked(sheet(rows, heads), "--report", report)
    assert not report.exists()
    assert shelf.model_in_use() is None


def test_refuses_files_that_are_no_sheets(tmp_path):
    for name, content, why in (
        ("空.xlsx", b"", "文件是空的"),
        ("坏.xlsx", b"PK\x03\x04zz", ""),
        ("图.xlsx", b"\x89PNG\x00", ""),
    ):
        (tmp_path / name).write_bytes(content)
        with refused(why):
            asked(tmp_path / name)
    with refused("读不到文件"):
        asked(tmp_path / "没有.xlsx")


def test_says_which_option_is_missing_and_where_it_cannot_write(sheet, tmp_path):
    with refused("要说是哪一列"):
        run(sheet(ROWS))
    with refused("写不进"):
        asked(sheet(ROWS), "--report", tmp_path / "nowhere" / "r.json")


def test_own_decisions_have_to_be_enough():
    with refused("至少要 500 件"):
        run()
