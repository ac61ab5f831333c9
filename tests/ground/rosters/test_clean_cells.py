"""Cells as offices fill them, and what is said about those that cannot be taken."""

from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground import clock
from xiuhua.ground.rosters.cells import ChoiceCell, NameCell, NumberCell, TextCell, YesNoCell
from xiuhua.ground.rosters.codes import IdNumberCell, LatCell, LonCell, PhoneCell
from xiuhua.ground.rosters.dates import DateCell, MomentCell
from xiuhua.ground.rosters.sheets import BROKEN
from xiuhua.ground.verdicts import Refused

SEX = ChoiceCell({"f": ("女", "女性", "F"), "m": ("男", "男性", "M")})
MARK = ChoiceCell({"alone": ("独居",), "two": ("双独居",), "old": ("80 岁以上", "高龄")})
AREA = NumberCell(low=1, high=1000, units=("㎡", "平方米", "平米"))
FLOORS = NumberCell(low=1, high=60, whole=True, units=("层",))
PHONE = PhoneCell(area="021")


def said(cell, value):
    with pytest.raises(Refused) as caught:
        cell.clean(value)
    (reason,) = caught.value.reasons
    return f"{reason.text}；{reason.mend}"


@pytest.mark.parametrize(
    "cell", [TextCell(), NameCell(), NumberCell(), SEX, YesNoCell(), IdNumberCell(), PHONE, DateCell(), LonCell()]
)
@pytest.mark.parametrize("empty", ["", None, " ", "　", "\u00a0\u200b"])
def test_empty_is_empty(cell, empty):
    assert cell.clean(empty) is None


@pytest.mark.parametrize(
    "cell", [TextCell(), NumberCell(), SEX, YesNoCell(), IdNumberCell(), PHONE, DateCell(), LonCell()]
)
def test_broken_formula_is_named(cell):
    assert "公式出错" in said(cell, BROKEN)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("　88 弄\u00a014 号 ", "88 弄 14 号"),
        ("１０１室", "101室"),
        (101.0, "101"),
        (101.5, "101.5"),
        ("'0101", "0101"),
        ("中江路（东）", "中江路（东）"),
        ("3－2", "3-2"),
        (True, "True"),
    ],
)
def test_text(given, read):
    assert TextCell().clean(given) == read


def test_text_that_excel_made_a_date_of():
    assert "设为文本" in said(TextCell(), date(2023, 3, 2))


def test_text_too_long():
    assert said(TextCell(3), "枣阳路一号") == "太长，有 5 个字；最多 3 个字"


@pytest.mark.parametrize(
    ("given", "read"),
    [("王　　芳", "王芳"), ("王 秀 英", "王秀英"), ("阿依古丽・买买提", "阿依古丽·买买提"), ("J Smith", "J Smith")],
)
def test_name(given, read):
    assert NameCell().clean(given) == read


@pytest.mark.parametrize(
    ("cell", "given", "read"),
    [
        (AREA, 52.5, 52.5),
        (AREA, "５２．５", 52.5),
        (AREA, "52.5 ㎡", 52.5),
        (AREA, "52平方米", 52.0),
        (AREA, "1,000", 1000.0),
        (FLOORS, "6层", 6),
        (FLOORS, 6.0, 6),
        (FLOORS, "-", None),
    ],
)
def test_number(cell, given, read):
    found = cell.clean(given)
    assert (found, type(found)) == (read, type(read))


@pytest.mark.parametrize(
    ("cell", "given", "says"),
    [
        (AREA, "五十", "不是数字"),
        (AREA, "1e999", "不是数字"),
        (AREA, "nan", "不是数字"),
        (AREA, "52-53", "不是数字"),
        (AREA, date(1900, 1, 1), "不是数字"),
        (AREA, True, "不是数字"),
        (AREA, 0.0, "不能小于 1"),
        (AREA, 2000, "不能大于 1000"),
        (FLOORS, 6.5, "要整数"),
    ],
)
def test_number_refused(cell, given, says):
    assert says in said(cell, given)


@pytest.mark.parametrize(("given", "read"), [("女", "f"), (" 男 性", "m"), ("ｆ", "f"), ("m", "m")])
def test_choice(given, read):
    assert SEX.clean(given) == read


def test_choice_renders_as_it_is_offered():
    assert (SEX.options, SEX.render("f"), SEX.render(None), SEX.render("?")) == (("女", "男"), "女", "", "")


def test_choice_says_which_was_meant():
    assert said(MARK, "独居老人") == "没有「独居老人」这一项；「独居老人」改成「独居」"
    assert said(SEX, "不知道") == "没有「不知道」这一项；写 女、男"


@pytest.mark.parametrize(
    ("given", "read"),
    [("是", True), ("有", True), ("√", True), (1.0, True), (True, True), ("否", False), ("无", False), (0, False)],
)
def test_yes_no(given, read):
    assert YesNoCell().clean(given) is read


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (date(1943, 2, 3), date(1943, 2, 3)),
        (datetime(1943, 2, 3, 12, tzinfo=UTC), date(1943, 2, 3)),
        (15740.0, date(1943, 2, 3)),
        (19430203.0, date(1943, 2, 3)),
        *(
            (text, date(1943, 2, 3))
            for text in (
                "1943-2-3",
                "1943.02.03",
                "1943/2/3",
                "1943/2/3 0:00:00",
                "1943-02-03T00:00:00",
                "19430203",
                "1943年2月3日",
                "1943 年 2 月 3 日",
                "１９４３－２－３",
                "一九四三年二月三日",
                "'1943-2-3",
            )
        ),
        ("二〇〇〇年十二月三十一日", date(2000, 12, 31)),
        ("一九五〇年十月二十三日", date(1950, 10, 23)),
        ("不详", None),
    ],
)
def test_date(given, read, noon):
    assert DateCell().clean(given) == read


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("1943-02-30", "没有这一天；2 月没有 30 日，对一下"),
        ("1943-13-01", "一年没有 13 月"),
        ("1943-00-10", "一年没有 0 月"),
        ("9943-02-03", "年份写成了 9943"),
        ("43.2.3", "年份写四位"),
        ("1943", "只有年月"),
        (1943.0, "只有年月"),
        (1943.2, "只有年月"),
        ("1943年2月", "只有年月"),
        ("正月初三", "看不出是哪一天"),
        (1e300, "看不出是哪一天"),
        (float("inf"), "看不出是哪一天"),
        (-1.0, "看不出是哪一天"),
        (time(1, 2), "只有钟点"),
        ("2023-08-09", "还没有到"),
        ("1870-01-01", "年份太早"),
    ],
)
def test_date_refused(given, says, noon):
    assert says in said(DateCell(), given)


def test_days_to_come_where_they_are_allowed(noon):
    assert DateCell(future=True).clean("2030-01-01") == date(2030, 1, 1)


@given(st.dates(date(1909, 1, 2), date(2023, 1, 1)))
def test_dates_read_back_however_they_are_written(day):
    cell = DateCell()
    serial = float((day - date(1899, 12, 30)).days)
    for text in (cell.render(day), f"{day:%Y%m%d}", f"{day.year}.{day.month}.{day.day}", serial):
        assert cell.clean(text) == day


@pytest.mark.parametrize(
    "given", ["11010519491231002x", " 110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ", "110105491231002"]
)
def test_id_number(given):
    assert IdNumberCell().clean(given) == "11010519491231002X"


def test_id_number_of_fifteen_digits_may_be_a_number():
    assert IdNumberCell().clean(110105491231002.0) == "11010519491231002X"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (3.1010719430203e17, "Excel 把号码变成了科学记数，末几位已丢失；把这一列设为文本再填"),
        ("3.10107E+17", "科学记数"),
        ("31010719430203", "少了 4 位；应是 18 位，对一下证件，补上缺的 4 位"),
        ("3101071943020300284", "多了 1 位"),
        ("310107194302030028", "校验码不对，末位应为 0"),
        ("310107194302300028", "不是日期"),
        ("990107194302030028", "前两位"),
        ("台胞证", "有不该有的字"),
    ],
)
def test_id_number_refused(given, says):
    assert says in said(IdNumberCell(), given)


def test_what_is_said_of_an_id_number_does_not_repeat_it():
    assert "194302030" not in said(IdNumberCell(), "310107194302030028")


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("13812345678", "13812345678"),
        (13812345678.0, "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("８６１３８１２３４５６７８", "13812345678"),
        ("021-62540000", "021-62540000"),
        ("（021）62540000", "021-62540000"),
        ("02162540000", "021-62540000"),
        (2162540000.0, "021-62540000"),
        ("62540000", "021-62540000"),
        ("6254 0000", "021-62540000"),
        ("021-62540000转801", "021-62540000-801"),
        ("0512-6254000", "0512-6254000"),
        ("无", None),
        ("/", None),
    ],
)
def test_phone(given, read):
    assert PHONE.clean(given) == read


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("1381234567", "少了 1 位；手机号是 11 位"),
        ("138123456789", "多了 1 位"),
        ("13812345678/62540000", "只留一个号码"),
        ("13812345678 13912345678", "只留一个号码"),
        ("13812345678、13912345678", "只留一个号码"),
        ("12345678901", "不是电话号码"),
        ("女儿的手机", "有不该有的字"),
        ("1.38E+10", "科学记数"),
    ],
)
def test_phone_refused(given, says):
    assert says in said(PHONE, given)


def test_local_number_without_area_code_needs_one():
    assert "带区号" in said(PhoneCell(), "62540000")


def test_lon_lat():
    assert (LonCell().clean("121.4045"), LatCell().clean(31.23)) == (121.4045, 31.23)
    assert "填反了" in said(LonCell(), 31.23)
    assert "填反了" in said(LatCell(), 121.4)
    assert "不能大于" in said(LonCell(), 180)


@given(st.one_of(st.text(max_size=40), st.floats(), st.booleans(), st.datetimes(), st.times()))
def test_no_cell_breaks_whatever_is_in_it(value):
    for cell in (
        TextCell(),
        NameCell(),
        NumberCell(whole=True),
        SEX,
        YesNoCell(),
        IdNumberCell(),
        PHONE,
        DateCell(),
        LatCell(),
    ):
        found = None
        with suppress(Refused):
            found = cell.clean(value)
        assert isinstance(cell.render(found), str)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2023-08-03 09:15", "2023-08-03 09:15"),
        ("2023/8/3 9:15:30", "2023-08-03 09:15"),
        ("2023年8月3日 9时15分", "2023-08-03 09:15"),
        ("2023年8月3日9:15", "2023-08-03 09:15"),
        ("2023-08-03T09:15:30.5", "2023-08-03 09:15"),
        (datetime(2023, 8, 3, 9, 15), "2023-08-03 09:15"),  # noqa: DTZ001 - as a workbook has it
        (45141.385416666664, "2023-08-03 09:15"),
        ("20230803", "2023-08-03 00:00"),
        (date(2023, 8, 3), "2023-08-03 00:00"),
        ("", ""),
    ],
)
def test_a_moment_is_read_with_its_hour(written, hour):
    with clock.stopped_at(datetime(2023, 8, 4, tzinfo=UTC)):
        assert MomentCell().render(MomentCell().clean(written)) == hour


@pytest.mark.parametrize("written", ["2023-08-03 25:15", "昨天 09:15", "09:15"])
def test_what_is_no_moment_is_refused(written):
    with pytest.raises(Refused):
        MomentCell().clean(written)
