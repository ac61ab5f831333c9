"""``xiuhua suggestions group``: messages of one matter get one number, in a CSV file that Excel opens."""

import csv
from datetime import date

import pytest
from typer.testing import CliRunner

from expectations import refused
from ground.rosters.books import book
from xiuhua.programmes.suggestions.commands import app

ROWS = [
    ("中江路烧烤店油烟扰民", date(2023, 5, 6)),
    ("枣阳路路灯不亮", "2023-05-07"),
    ("+中江路烧烤摊油烟扰民严重", "2023年5月8日"),
    ("", None),
]


@pytest.fixture
def run(tmp_path):
    def asked(*rows, options=("--time", "留言时间")):
        file = tmp_path / "留言.xlsx"
        file.write_bytes(book(("留言主题", "留言时间"), *rows))
        arguments = ["group", file, "--text", "留言主题", *options, "--out", tmp_path / "归并.csv"]
        return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)

    return asked


def test_writes_a_number_for_each_row(run, tmp_path):
    assert run(*ROWS[:3]).exit_code == 0
    content = (tmp_path / "归并.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(content.decode("utf-8-sig").splitlines())) == [
        ["row", "group", "留言主题"],
        ["2", "0", "中江路烧烤店油烟扰民"],
        ["3", "-1", "枣阳路路灯不亮"],
        ["4", "0", "'+中江路烧烤摊油烟扰民严重"],
    ]


def test_time_is_not_needed(run):
    assert "1 件事" in run(*ROWS, options=()).stdout


@pytest.mark.parametrize(
    ("rows", "options", "why"),
    [
        ([("路灯", "昨天下午")], ("--time", "留言时间"), "第 2 行的时间「昨天下午」看不懂"),
        ([("路灯", None)], ("--time", "时间"), "没有「时间」这一列；表里有：留言主题、留言时间"),
        ([], (), "只有表头"),
    ],
)
def test_refuses_and_leaves_nothing(run, tmp_path, rows, options, why):
    with refused(why):
        run(*rows, options=options)
    assert not (tmp_path / "归并.csv").exists()
