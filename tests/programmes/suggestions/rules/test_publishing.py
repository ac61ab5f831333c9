"""What the public board tells of a place."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.programmes.suggestions.rules import can_be_drafted, public_place, public_point
from xiuhua.programmes.suggestions.rules.publishing import DEGREE_M

LON, LAT = st.floats(121.3, 121.5), st.floats(31.1, 31.3)


def metres_between(one, other):
    east = (one[0] - other[0]) * DEGREE_M * math.cos(math.radians(one[1]))
    return math.hypot(east, (one[1] - other[1]) * DEGREE_M)


@given(lon=LON, lat=LAT, metres=st.floats(50, 500))
def test_a_public_point_is_near_and_on_the_grid(lon, lat, metres):
    point = public_point(lon, lat, metres=metres)
    assert metres_between(point, (lon, lat)) <= 0.72 * metres + 2
    assert public_point(*point, metres=metres) == point


@given(lon=LON, lat=LAT, east=st.floats(-8, 8), north=st.floats(-8, 8))
def test_a_public_point_is_that_of_many_doors(lon, lat, east, north):
    home = public_point(lon, lat, metres=50)
    door = (home[0] + east / DEGREE_M, home[1] + north / DEGREE_M)
    assert public_point(*door, metres=50) == home


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("中江路88弄12号", "中江路88弄"),
        ("枣阳路 1 号", "枣阳路"),
        ("长风二村35号301室", "长风二村"),
        ("长风二村三号楼下花坛", "长风二村"),
        ("金沙江路 12甲号 3 单元", "金沙江路"),
        ("清涧八街坊（12 号楼）", "清涧八街坊"),
        ("光复西路B3幢东侧", "光复西路"),
        ("云岭东路 12 号门口", "云岭东路"),
        ("中江路88弄14-502", "中江路88弄"),
        ("长风二村３５＃", "长风二村"),
        ("12号", ""),
        ("云岭东路近枣阳路", "云岭东路近枣阳路"),
        ("长风公园 3 号门", "长风公园 3 号门"),
        ("金沙江路站2号口", "金沙江路站2号口"),
        ("13号线大渡河路站", "13号线大渡河路站"),
        ("枣阳路 × 金沙江路", "枣阳路 × 金沙江路"),
        ("", ""),
    ],
)
def test_a_public_place_has_no_door(place, told):
    assert public_place(place) == told


def test_a_place_is_no_essay():
    verdict = can_be_drafted("坡口被占", "路口坡口被占。", [], nature="suggestion", place="路" * 121)
    assert [reason.field for reason in verdict.reasons] == ["place"]
