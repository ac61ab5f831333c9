"""Places in what residents write, against a small territory of invented addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString

from xiuhua.programmes.suggestions.sorting.places import Entry, Gazetteer, PlaceKind

TOP = "310107014"
COMMITTEE, OTHER = TOP + "001", TOP + "002"


def _stairwell(name: str, path: str, lon: float, quarter: str) -> Entry:
    return Entry(PlaceKind.STAIRWELL, name, path, lon, 31.23, None, quarter)


def _territory() -> list[Entry]:
    doors = [_stairwell(f"中江路88弄{n}号", f"{COMMITTEE}00100001{n:02d}", 121.39, "中江新村") for n in range(1, 21)]
    kites = [_stairwell(f"枣阳路301弄{n}号", f"{OTHER}00100002{n:02d}", 121.40, "风荷苑") for n in range(1, 41)]
    return [
        *doors,
        *kites,
        Entry(PlaceKind.BUILDING, "同普路700弄1-3号", f"{COMMITTEE}00100003", 121.391, 31.231, None, "长风二村"),
        Entry(PlaceKind.BUILDING, "大渡河路1000号", f"{OTHER}00100009", 121.395, 31.225),
        Entry(PlaceKind.QUARTER, "中江新村", COMMITTEE, 121.39, 31.23),
        Entry(PlaceKind.QUARTER, "风荷苑", OTHER, 121.40, 31.22),
        Entry(PlaceKind.QUARTER, "长风二村", COMMITTEE, 121.391, 31.231),
        Entry(PlaceKind.COMMITTEE, "中江", COMMITTEE, 121.39, 31.23),
        Entry(PlaceKind.COMMITTEE, "长风一村", OTHER, 121.40, 31.22),
        Entry(PlaceKind.ROAD, "云岭东路", TOP, 121.40, 31.2, LineString([(121.38, 31.2), (121.42, 31.2)])),
        Entry(PlaceKind.ROAD, "枣阳路", TOP, 121.41, 31.2, LineString([(121.41, 31.19), (121.41, 31.23)])),
        Entry(PlaceKind.ROAD, "中江路", TOP, 121.39, 31.3, LineString([(121.39, 31.29), (121.39, 31.31)])),
        Entry(PlaceKind.ROAD, "大渡河路", TOP, 121.395, 31.22),
        Entry(PlaceKind.ROAD, "同普路", TOP, 121.391, 31.23),
        Entry(PlaceKind.FACILITY, "长风公园", OTHER, 121.394, 31.226),
        Entry(PlaceKind.FACILITY, "长风公园2号门", OTHER, 121.3945, 31.2265),
        Entry(PlaceKind.FACILITY, "长风街道社区卫生服务中心", COMMITTEE, 121.392, 31.229),
        Entry(PlaceKind.QUARTER, "枣阳新村", COMMITTEE, 121.391, 31.231),
        Entry(PlaceKind.QUARTER, "枣阳小区", OTHER, 121.40, 31.221),
        Entry(PlaceKind.FACILITY, "枣阳路云岭东路站", OTHER, 121.41, 31.2),
        Entry(PlaceKind.FACILITY, "枣阳路云岭东路站", TOP, 121.4104, 31.2004),
        Entry(PlaceKind.FACILITY, "理发店", COMMITTEE, 121.392, 31.228),
        Entry(PlaceKind.FACILITY, "理发店", OTHER, 121.399, 31.221),
    ]


PLACES = Gazetteer.build(_territory())


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("中江路88弄12号楼道灯坏了", PlaceKind.STAIRWELL, "中江路88弄12号"),
        ("中江路 88 弄 １２ 号楼道灯坏了", PlaceKind.STAIRWELL, "中江路88弄12号"),
        ("中江路88弄里12号的灯", PlaceKind.STAIRWELL, "中江路88弄12号"),
        ("枣阳路云岭东路公交站", PlaceKind.CROSSING, "枣阳路云岭东路口"),
        ("中江路八十八弄十二号的灯", PlaceKind.STAIRWELL, "中江路88弄12号"),
        ("中江路太暗，尤其88弄门口", PlaceKind.LANE, "中江路88弄"),
        ("88弄14号没有扶手", PlaceKind.STAIRWELL, "中江路88弄14号"),
        ("中江路88弄99号漏水", PlaceKind.LANE, "中江路88弄"),
        ("风荷苑 36 号楼想加装电梯", PlaceKind.STAIRWELL, "枣阳路301弄36号"),
        ("长风2村三号门口有坑", PlaceKind.BUILDING, "同普路700弄1-3号"),
        ("长风贰村晾衣架不够", PlaceKind.QUARTER, "长风二村"),
        ("中江小区太暗", PlaceKind.QUARTER, "中江新村"),
        ("枣阳小区太暗", PlaceKind.QUARTER, "枣阳小区"),
        ("同普路700弄1-3号的信箱", PlaceKind.BUILDING, "同普路700弄1-3号"),
        ("枣阳路云岭东路站没有雨棚", PlaceKind.FACILITY, "枣阳路云岭东路站"),
        ("大渡河路1000号旁边的绿地", PlaceKind.BUILDING, "大渡河路1000号"),
        ("云岭东路靠近枣阳路，轮椅上不去", PlaceKind.CROSSING, "云岭东路枣阳路口"),
        ("云岭东路近枣阳路口", PlaceKind.CROSSING, "云岭东路枣阳路口"),
        ("枣阳路云岭东路路口", PlaceKind.CROSSING, "枣阳路云岭东路口"),
        ("枣阳路口单车挡坡道", PlaceKind.ROAD, "枣阳路"),
        ("长风公园 2 号门晚上九点就关", PlaceKind.FACILITY, "长风公园2号门"),
        ("去社区卫生服务中心要绕路", PlaceKind.FACILITY, "长风街道社区卫生服务中心"),
        ("中江居委会助餐点周末不开", PlaceKind.COMMITTEE, "中江"),
        ("长风一村的健身器材旧了", PlaceKind.COMMITTEE, "长风一村"),
        ("请问云岭东路", PlaceKind.ROAD, "云岭东路"),
        ("中\u200b江路88弄12号", PlaceKind.STAIRWELL, "中江路88弄12号"),
    ],
)
def test_the_place_that_is_meant(words, kind, name):
    found = PLACES.best(words)
    assert found is not None
    assert (found.kind, found.name) == (kind, name)
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize(
    "words", ["", "路灯坏了", "13号线换乘", "12345打不通", "理发店太远", "300弄在哪里", "中江的风景"]
)
def test_no_place_is_invented(words):
    assert PLACES.best(words) is None


def test_a_crossing_lies_where_the_roads_meet():
    found = PLACES.best("云岭东路靠近枣阳路")
    assert (round(found.lon, 6), round(found.lat, 6)) == (121.41, 31.2)


def test_roads_that_do_not_meet_make_no_crossing():
    assert [one.kind for one in PLACES.find("中江路和枣阳路都要修")] == [PlaceKind.ROAD, PlaceKind.ROAD]


def test_a_text_about_two_places_is_less_sure():
    one, both = PLACES.best("风荷苑太暗"), PLACES.best("风荷苑和中江新村都太暗")
    assert both.name == "风荷苑"
    assert both.confidence < one.confidence


def test_a_mention_is_marked_where_it_stands():
    words = "请看 中江路 88弄 的灯"
    (found,) = PLACES.find(words)
    assert words[found.start : found.end] == "中江路 88弄"
    assert found.path == COMMITTEE + "00100001"


@given(st.text("中江路88弄12号风荷苑云岭东枣阳路口近 \u200b１十", max_size=40) | st.text(max_size=40))
def test_whatever_is_written_mentions_lie_in_it_one_after_the_other(words):
    ends = 0
    for one in PLACES.find(words):
        assert ends <= one.start < one.end <= len(words)
        ends = one.end
