"""When two names mean the same thing."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from xiuhua.ground.rosters.kinds import kinds
from xiuhua.ground.rosters.workbooks import template_of
from xiuhua.ground.territory.rosters import KINDS
from xiuhua.ground.territory.rosters.addresses import is_bare, short, written
from xiuhua.ground.territory.rosters.cells import floor_of
from xiuhua.ground.territory.rosters.names import committee_key, grid_key, listed, number_in, same
from xiuhua.ground.territory.rosters.within import Numbers

HAN = "一二三四五六七八九"


@pytest.mark.parametrize(
    "name", ["长风一村", "长风一村居委会", "长风一村社区居民委员会", "长风 一村", "试验街道长风一村居民区"]
)
def test_a_committee_goes_by_many_names(name):
    assert committee_key(name, "试验街道") == "长风一村"


@pytest.mark.parametrize("name", ["5", "第5微网格", "第 ５ 微格", "五", "第五网格", "5号微网格", "长风一村第5微网格"])
def test_a_micro_grid_goes_by_its_number(name):
    assert grid_key(name, "长风一村居委会") == 5


def test_a_micro_grid_may_have_a_name():
    assert grid_key("滨河微网格") == "滨河"


@given(st.integers(1, 99))
def test_chinese_numerals_are_read(number):
    tens, ones = divmod(number, 10)
    text = ("" if tens < 2 else HAN[tens - 1]) + ("十" if tens else "") + (HAN[ones - 1] if ones else "")
    assert number_in(text) == number_in(str(number)) == number


@pytest.mark.parametrize("text", ["", "十十", "一二", "甲", "第五"])
def test_what_is_no_number_is_none(text):
    assert number_in(text) == 0


@pytest.mark.parametrize(
    ("one", "other"), [("88 弄 14 号", "88弄14号"), ("枣阳路100弄14至16号", "枣阳路100弄14—16号"), ("１４号", "14")]
)
def test_addresses_are_compared_without_blanks_and_width(one, other):
    assert short(one) == short(other)


def test_an_address_may_be_shortened_from_the_front():
    assert written("枣阳路100弄14号") == {"枣阳路100弄14", "100弄14", "14"}
    assert is_bare("14号")
    assert not is_bare("100弄14号")


@given(st.text("枣阳路弄号至—-～ 　０1２aＡ＃", max_size=30))
def test_comparing_twice_is_comparing_once(text):
    assert same(same(text)) == same(text)


def test_lists_are_told_shortly():
    assert listed([1, 2, 3]) == "1 至 3"
    assert listed([1, 3]) == "1、3"
    assert listed(list("甲乙丙丁戊己庚辛壬")) == "甲、乙、丙、丁、戊、己、庚、辛等"


@pytest.mark.parametrize(
    ("room", "floor"), [("401", 4), ("1203", 12), ("302A", 3), ("502室", None), ("5", None), ("001", None)]
)
def test_a_room_tells_its_floor(room, floor):
    assert floor_of(room) == floor


def test_numbers_go_on_above_the_last():
    numbers = Numbers(["310107014001", "310107014007"], 3)
    assert [numbers.next_under("310107014") for _ in range(2)] == ["310107014008", "310107014009"]
    assert Numbers(["310107014999"], 3).next_under("310107014") is None


@pytest.mark.parametrize("kind", [*KINDS, "staff"], ids=str)
def test_example_rows_are_what_the_kind_would_take(kind):
    found = next(one for one in kinds() if kind in (one, one.key))
    sheet = load_workbook(io.BytesIO(template_of(found))).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    columns = {column.heading: column for column in found.fields.values()}
    for line in (2, 3):
        for head, cell in zip(heads, sheet[line], strict=True):
            if head in columns:
                assert not columns[head].required or cell.value
                columns[head].widget.clean(cell.value)
