import io
import re
from dataclasses import dataclass

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground.ui.lists import Column, Empty, ListPage


@dataclass
class Row:
    name: str
    share: float | None


ROWS = [Row("中山桥", 0.83), Row("曹家村", 0.38), Row("长风一村", None), Row("中江", 0.52)]
COMMITTEES: ListPage[Row] = ListPage(
    title="居委会",
    columns=[
        Column("name", "名称", lambda row: row.name, link=lambda row: f"/committees/{row.name}/"),
        Column(
            "share", "够得到", lambda row: row.share, unit="%", numeric=True, shown=lambda share: f"{100 * share:.0f}"
        ),
    ],
    empty=Empty("还没有算过", "选好人群，点「算一次」。", "/lifecircle/", "去算"),
    page_size=3,
)


def body(response) -> str:
    return response.content.decode()


def test_rows_are_shown_with_links_units_and_a_dash_for_nothing(ask):
    html = body(COMMITTEES.respond(ask(), ROWS))
    assert '<a href="/committees/中山桥/">中山桥</a>' in html
    assert "够得到（%）" in html
    assert re.search(r'<td role="cell" class="xh-num" data-label="够得到（%）">—</td>', html)
    assert "共 4 行" in html


def test_sorting_puts_rows_without_a_value_last_either_way():
    assert [row.share for row in COMMITTEES.sorted(ROWS, "share")] == [0.38, 0.52, 0.83, None]
    assert [row.share for row in COMMITTEES.sorted(ROWS, "-share")] == [0.83, 0.52, 0.38, None]
    assert COMMITTEES.sorted(ROWS, "unknown") == ROWS


def test_chinese_sorts_by_pronunciation():
    assert [row.name for row in COMMITTEES.sorted(ROWS, "name")] == ["曹家村", "长风一村", "中江", "中山桥"]


def test_heads_offer_the_other_order(ask):
    first, second = COMMITTEES.heads("-share")
    assert (first.sort, first.order) == ("name", None)
    assert (second.sort, second.order) == ("share", "descending")
    assert 'aria-sort="descending"' in body(COMMITTEES.respond(ask(sort="-share"), ROWS))


@pytest.mark.parametrize(("wanted", "found"), [("中", 2), ("中 52", 1), ("５２", 1), ("没有的", 0), ("", 4)])
def test_filtering_takes_every_word_in_any_width(wanted, found):
    assert len(COMMITTEES.matching(ROWS, wanted)) == found


def test_nothing_found_says_what_to_do(ask):
    html = body(COMMITTEES.respond(ask(q="没有的"), ROWS))
    assert "没有找到「没有的」" in html
    assert "去掉筛选" in html


def test_nothing_there_says_what_to_do(ask):
    html = body(COMMITTEES.respond(ask(), []))
    assert "还没有算过" in html
    assert '<a class="btn" href="/lifecircle/">去算</a>' in html
    assert "export=xlsx" not in html


def test_pages_keep_filter_and_order(ask):
    html = body(COMMITTEES.respond(ask(sort="name", page="2"), ROWS))
    assert "中山桥" in html
    assert "曹家村" not in html
    assert 'href="?sort=name&amp;page=1"' in html


def test_what_a_person_typed_is_escaped(ask):
    html = body(COMMITTEES.respond(ask(q='<script>"'), ROWS))
    assert "<script>&quot;" not in html
    assert "&lt;script&gt;" in html


def sheet(response):
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


def test_export_holds_all_found_rows_as_figures(ask):
    response = COMMITTEES.respond(ask(export="xlsx", q="中", sort="share"), ROWS)
    assert "filename*=UTF-8''%E5%B1%85%E5%A7%94%E4%BC%9A.xlsx" in response["Content-Disposition"]
    assert list(sheet(response).iter_rows(values_only=True)) == [
        ("名称", "够得到（%）"),
        ("中江", 0.52),
        ("中山桥", 0.83),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_export_never_writes_a_formula(ask, text):
    cell = sheet(COMMITTEES.respond(ask(export="xlsx"), [Row(text, 0.1)]))["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix


@given(st.text(max_size=60))
def test_export_holds_any_text(text):
    page = ListPage(title=text, columns=[Column("name", "名称", lambda row: row.name)], empty=Empty("空"))
    book = openpyxl.load_workbook(io.BytesIO(page.workbook([Row(text, None)])))
    assert book.active.max_row >= 1
