import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.engine.projection import LocalProjection
from xiuhua.ground.sources.datum import to_wgs84, wgs84_to_bd09, wgs84_to_gcj02

GLOBAL_HARBOUR_BD09 = 121.417666, 31.23753
"""A shop in the mall 月星环球港 (Global Harbour), Putuo, as Baidu has it."""
JINSHAJIANG_ROAD = 121.40815479999999, 31.2337685
"""The metro station 金沙江路 beside the mall, as OpenStreetMap has it."""

lon = st.floats(75, 134)
lat = st.floats(18, 53)


def metres(a, b):
    x, y = LocalProjection.around([a[0]], [a[1]]).forward(float(b[0]), float(b[1]))
    x0, y0 = LocalProjection.around([a[0]], [a[1]]).forward(float(a[0]), float(a[1]))
    return float(np.hypot(x - x0, y - y0))


def test_the_mall_lands_beside_its_metro_station():
    assert metres(to_wgs84(*GLOBAL_HARBOUR_BD09, "bd09"), JINSHAJIANG_ROAD) < 200
    assert metres(GLOBAL_HARBOUR_BD09, JINSHAJIANG_ROAD) > 900
    assert metres(to_wgs84(*GLOBAL_HARBOUR_BD09, "gcj02"), JINSHAJIANG_ROAD) > 500


def test_a_known_pair_in_beijing():
    x, y = wgs84_to_gcj02(116.391, 39.907)
    assert (float(x), float(y)) == pytest.approx((116.39724, 39.90840), abs=2e-5)


@given(lon, lat)
def test_gcj02_there_and_back(x, y):
    assert metres((x, y), to_wgs84(*wgs84_to_gcj02(x, y), "gcj02")) < 0.01


@given(lon, lat)
def test_bd09_there_and_back(x, y):
    assert metres((x, y), to_wgs84(*wgs84_to_bd09(x, y), "bd09")) < 0.5


def test_many_points_at_once():
    x, y = to_wgs84([121.4, 24.94], [31.2, 60.17], "gcj02")
    assert x.shape == (2,)
    assert x[0] < 121.4
    assert (x[1], y[1]) == (24.94, 60.17)


def test_wgs84_is_left_alone():
    x, y = to_wgs84(121.4, 31.2, "wgs84")
    assert (float(x), float(y)) == (121.4, 31.2)


def test_an_unknown_datum():
    with pytest.raises(ValueError, match="cgcs2000"):
        to_wgs84(121.4, 31.2, "cgcs2000")
