"""Longitude and latitude of whatever says where it is, and metres of those on a network's plane."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.network import WalkNetwork

_MISSING_POINTS_AND_AREAS = (-1, 0, 3, 4, 6)
"""Numbers of shapely's `GeometryType`."""

_FARTHEST_DEGREES = 10.0
_COLUMNS = (("lon", "lat"), ("lng", "lat"), ("longitude", "latitude"))
_WANTED = "node numbers, longitudes and latitudes as pairs (lon, lat), or geometries"


def are_nodes(places: Any, name: str) -> bool:
    """Whether places are node numbers already, or nothing at all.

    Raises
    ------
    ValueError
        They are words, or pairs of unequal length.
    """
    if hasattr(places, "__geo_interface__") or hasattr(places, "to_crs") or hasattr(places, "columns"):
        return False
    given = _array(places, name)
    if given.size and given.dtype.kind in "USM":
        raise ValueError(f"{name} must be {_WANTED}, not {given.reshape(-1)[0].item()!r}")
    if given.dtype.kind == "f":
        return given.shape != (2,) and given.ndim < 2
    return given.dtype.kind != "O" and not (given.ndim == 2 and given.shape[1] == 2)


def _array(places: Any, name: str) -> NDArray[Any]:
    try:
        return np.asarray(places)
    except ValueError:
        raise ValueError(f"{name} must be pairs (lon, lat), all of the same length") from None


def lonlat(places: Any, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Degrees of whatever says where it is; NaN for a missing geometry."""
    if hasattr(places, "to_crs"):
        return _of_geometries(_in_degrees(places, name), name)
    if hasattr(places, "columns"):
        return _of_pairs(_lonlat_columns(places, name), name)
    if hasattr(places, "__geo_interface__") and not hasattr(places, "__len__"):
        places = [places]
    given = _array(places, name)
    return _of_geometries(given, name) if given.dtype.kind == "O" else _of_pairs(given, name)


def _in_degrees(geo: Any, name: str) -> NDArray[np.object_]:
    """Shapely geometries in WGS 84 of a GeoDataFrame, a GeoSeries or a geometry array."""
    if hasattr(geo, "columns"):
        if not hasattr(geo, "geometry"):
            raise ValueError(f"{name} has no column of geometries: choose one with .set_geometry")
        geo = geo.geometry
    if geo.crs is None:
        raise ValueError(f"{name} has no CRS: say which it is in, such as .set_crs(4326) for longitude and latitude")
    return np.asarray(geo.to_crs(4326), object)


def _lonlat_columns(table: Any, name: str) -> NDArray[np.float64]:
    for lon, lat in _COLUMNS:
        if lon in table.columns and lat in table.columns:
            return np.column_stack([np.asarray(table[lon], np.float64), np.asarray(table[lat], np.float64)])
    read = ", ".join(f"{lon} and {lat}" for lon, lat in _COLUMNS)
    has = ", ".join(str(column) for column in list(table.columns)[:10])
    raise ValueError(
        f"{name} is a table without geometries: it needs columns lon and lat in degrees (read are {read}), and has"
        f" {has or 'none'}; of metres or another CRS make geometries by geopandas.points_from_xy, and set_crs"
    )


def _of_pairs(pairs: NDArray[Any], name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if pairs.dtype.kind not in "iuf":
        raise ValueError(f"{name} must be {_WANTED}, not {pairs.dtype}")
    rows = np.atleast_2d(pairs).astype(np.float64)
    if rows.ndim != 2 or rows.shape[1] != 2:
        mend = " (np.column_stack((lon, lat)) makes them of two vectors)" if rows.shape[0] == 2 else ""
        raise ValueError(f"{name} must have one pair (lon, lat) a row{mend}, not shape {pairs.shape}")
    if not np.isfinite(rows).all():
        raise ValueError(f"{name} must have finite coordinates")
    return rows[:, 0].copy(), rows[:, 1].copy()


def _of_geometries(given: NDArray[np.object_], name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points of geometries: themselves, or inside an area."""
    import shapely
    from shapely.geometry import shape

    if given.ndim != 1:
        raise ValueError(f"{name} must have one dimension, not {given.ndim}")
    foreign = [n for n in np.flatnonzero(~shapely.is_geometry(given)).tolist() if given[n] is not None]
    geometries = given.copy()
    for n in foreign:
        if not hasattr(given[n], "__geo_interface__"):
            raise ValueError(f"{name} must be {_WANTED}, but at position {n} there is {type(given[n]).__name__}")
        geometries[n] = shape(given[n])
    geometries[shapely.is_empty(geometries)] = None
    wrong = np.flatnonzero(~np.isin(shapely.get_type_id(geometries), _MISSING_POINTS_AND_AREAS))
    if len(wrong):
        raise ValueError(
            f"{name} must hold points or polygons, but at position {wrong[0]} there is {geometries[wrong[0]].geom_type}"
        )
    points = shapely.point_on_surface(geometries)
    return np.asarray(shapely.get_x(points)), np.asarray(shapely.get_y(points))


def on_the_plane(
    net: WalkNetwork, lon: NDArray[np.float64], lat: NDArray[np.float64], limit: float, name: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Metres on the network's plane; NaN for what is missing or farther than `limit` from the network's bounds.

    Raises
    ------
    ValueError
        No coordinates on earth, or none near the network.
    """
    if net.projection is None:
        raise ValueError(f"the network has no projection to put {name} on its plane: give node numbers, or net.snap")
    known = ~np.isnan(lon)
    if not (np.all(np.abs(lon[known]) <= 180) and np.all(np.abs(lat[known]) <= 90)):
        raise ValueError(
            f"{name} must be longitude and latitude in degrees (WGS 84), but reaches {_largest(lon)}, {_largest(lat)}:"
            " are these metres, or latitude first?"
        )
    x, y = np.full(len(lon), np.nan), np.full(len(lon), np.nan)
    close = known & _within_degrees(net, lon, lat)
    x[close], y[close] = net.projection.forward(lon[close], lat[close])
    outside = ~((x >= net.x.min() - limit) & (x <= net.x.max() + limit))
    outside |= ~((y >= net.y.min() - limit) & (y <= net.y.max() + limit))
    if known.any() and outside.all():
        _refuse_elsewhere(net, lon[known], lat[known], name)
    x[outside], y[outside] = np.nan, np.nan
    return x, y


def _within_degrees(net: WalkNetwork, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether places may be near at all: a transverse plane says nothing sensible about the other side of the earth."""
    west, south, east, north = _bounds(net)
    width = max(east - west, north - south) + _FARTHEST_DEGREES
    return (np.abs(lon - (west + east) / 2) <= width) & (np.abs(lat - (south + north) / 2) <= width)


def _refuse_elsewhere(net: WalkNetwork, lon: NDArray[np.float64], lat: NDArray[np.float64], name: str) -> None:
    west, south, east, north = _bounds(net)
    swapped = (lat >= west) & (lat <= east) & (lon >= south) & (lon <= north)
    mend = "latitude and longitude are swapped, (lon, lat) is wanted" if swapped.any() else "is it another town's?"
    raise ValueError(
        f"{name} lie outside the network, all of them: the first is at ({lon[0]:.5f}, {lat[0]:.5f}), and the network"
        f" from ({west:.5f}, {south:.5f}) to ({east:.5f}, {north:.5f}); {mend}"
    )


def _bounds(net: WalkNetwork) -> tuple[float, float, float, float]:
    """West, south, east and north of the network in degrees, to within what a plane's corners show."""
    assert net.projection is not None
    x, y = [net.x.min(), net.x.max()], [net.y.min(), net.y.max()]
    lon, lat = net.projection.inverse(*(axis.reshape(-1) for axis in np.meshgrid(x, y)))
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def _largest(degrees: NDArray[np.float64]) -> str:
    return f"{degrees[np.nanargmax(np.abs(degrees))]:g}"
