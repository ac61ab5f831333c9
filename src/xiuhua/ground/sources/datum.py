"""Chinese coordinate datums (坐标系) and WGS 84.

Maps published in China carry GCJ-02 (国测局坐标, "Mars coordinates"), and Baidu's BD-09 (百度坐标), which bends
GCJ-02 once more. Both are off by some 500 m. Everything inside is WGS 84, so what comes in is converted at the
door.

References
----------
The formulas are those found by observation and used by all open converters; see
https://en.wikipedia.org/wiki/Restrictions_on_geographic_data_in_China. They fit the official transformation to
about a metre.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Datum = Literal["wgs84", "gcj02", "bd09"]
_LonLat = tuple[NDArray[np.float64], NDArray[np.float64]]

_AXIS_M, _ECCENTRICITY2 = 6378245.0, 0.00669342162296594323  # Krasovsky 1940
_BAIDU = np.pi * 3000.0 / 180.0
_BAIDU_LON, _BAIDU_LAT = 0.0065, 0.006
_ROUNDS = 6


def to_wgs84(lon: ArrayLike, lat: ArrayLike, datum: Datum) -> _LonLat:
    """Longitude and latitude in WGS 84 of points given in another datum.

    Parameters
    ----------
    lon, lat : float64[...]
        Degrees.
    datum : {"wgs84", "gcj02", "bd09"}
        Of the input.

    Returns
    -------
    lon, lat : float64[...]
        Degrees; unchanged outside China, where the bending does not apply.

    Raises
    ------
    ValueError
        An unknown datum.
    """
    lon_, lat_ = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    if datum == "wgs84":
        return lon_, lat_
    if datum == "gcj02":
        return _unbent(lon_, lat_)
    if datum == "bd09":
        return _unbent(*_baidu_to_gcj02(lon_, lat_))
    raise ValueError(f"datum must be wgs84, gcj02 or bd09, not {datum!r}")


def wgs84_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> _LonLat:
    """GCJ-02 of points in WGS 84; unchanged outside China."""
    lon_, lat_ = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    east, north = _bend(lon_, lat_)
    inside = _in_china(lon_, lat_)
    return np.where(inside, lon_ + east, lon_), np.where(inside, lat_ + north, lat_)


def wgs84_to_bd09(lon: ArrayLike, lat: ArrayLike) -> _LonLat:
    """BD-09 of points in WGS 84."""
    x, y = wgs84_to_gcj02(lon, lat)
    z = np.hypot(x, y) + 0.00002 * np.sin(y * _BAIDU)
    theta = np.arctan2(y, x) + 0.000003 * np.cos(x * _BAIDU)
    return z * np.cos(theta) + _BAIDU_LON, z * np.sin(theta) + _BAIDU_LAT


def _baidu_to_gcj02(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> _LonLat:
    x, y = lon - _BAIDU_LON, lat - _BAIDU_LAT
    z = np.hypot(x, y) - 0.00002 * np.sin(y * _BAIDU)
    theta = np.arctan2(y, x) - 0.000003 * np.cos(x * _BAIDU)
    return z * np.cos(theta), z * np.sin(theta)


def _unbent(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> _LonLat:
    """Invert the bending by repeated substitution: each round leaves about a thousandth of the error."""
    x, y = lon.copy(), lat.copy()
    for _round in range(_ROUNDS):
        east, north = _bend(x, y)
        x, y = lon - east, lat - north
    inside = _in_china(lon, lat)
    return np.where(inside, x, lon), np.where(inside, y, lat)


def _in_china(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray((lon >= 72.004) & (lon <= 137.8347) & (lat >= 0.8293) & (lat <= 55.8271))


def _bend(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> _LonLat:
    """Degrees by which GCJ-02 lies east and north of WGS 84."""
    x, y = lon - 105.0, lat - 35.0
    ripples = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + ripples
    north_m += (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north_m += (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + ripples
    east_m += (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east_m += (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    phi = np.radians(lat)
    curvature = 1.0 - _ECCENTRICITY2 * np.sin(phi) ** 2
    meridian_m = _AXIS_M * (1.0 - _ECCENTRICITY2) / curvature**1.5
    parallel_m = _AXIS_M / np.sqrt(curvature) * np.cos(phi)
    return np.degrees(east_m / parallel_m), np.degrees(north_m / meridian_m)
