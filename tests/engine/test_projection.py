import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from xiuhua.engine.projection import LocalProjection

SHANGHAI = LocalProjection(121.4, 31.23)


def test_the_centre_is_the_origin():
    assert np.allclose(SHANGHAI.forward(121.4, 31.23), (0, 0), atol=1e-6)


@given(st.floats(-0.1, 0.1), st.floats(-0.1, 0.1))
def test_there_and_back(east, north):
    lon, lat = SHANGHAI.inverse(*SHANGHAI.forward(121.4 + east, 31.23 + north))
    assert abs(lon - 121.4 - east) < 1e-9
    assert abs(lat - 31.23 - north) < 1e-9


def test_metres_are_those_of_the_ellipsoid():
    x, y = SHANGHAI.forward([121.42, 121.38], [31.25, 31.2])
    _, _, metres = Geod(ellps="WGS84").inv(121.42, 31.25, 121.38, 31.2)
    assert np.hypot(x[0] - x[1], y[0] - y[1]) == pytest.approx(metres, abs=0.01)


def test_around_is_rounded_and_so_reproducible():
    assert LocalProjection.around([121.3, 121.400001], [31.2, 31.1]) == LocalProjection(121.35, 31.15)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: LocalProjection(181, 0), "longitude must lie within"),
        (lambda: LocalProjection(0, float("nan")), "latitude within"),
        (lambda: LocalProjection.around([], []), "at least one point"),
        (lambda: SHANGHAI.forward([121.4], [91]), "latitude within"),
        (lambda: SHANGHAI.forward([13_512_000.0], [31]), "longitude must lie within"),
    ],
)
def test_refuses(make, says):
    with pytest.raises(ValueError, match=says):
        make()
