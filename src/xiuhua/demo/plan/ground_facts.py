"""What the demonstration knows before it draws: boundary, stations, street skeleton, names, census."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Point, Polygon

from xiuhua.engine.projection import LocalProjection

DEGREE_DECIMALS = 7


@dataclass(frozen=True)
class GroundFacts:
    """The data files of the package, geometry in metres of `projection`."""

    projection: LocalProjection
    boundary: Polygon
    stations: dict[str, Point]
    skeleton: dict[str, Any]
    census: dict[str, Any]
    names: dict[str, Any]
    people_names: dict[str, Any]
    facilities: dict[str, Any]

    @cached_property
    def corners(self) -> NDArray[np.float64]:
        """Corners of the boundary, metres, float64[K, 2]."""
        return np.asarray(shapely.get_coordinates(self.boundary))

    def to_degrees(self, geometry: shapely.geometry.base.BaseGeometry) -> shapely.geometry.base.BaseGeometry:
        """The geometry in longitude and latitude, rounded so that it is the same on every machine."""

        def unproject(xy: NDArray[np.float64]) -> NDArray[np.float64]:
            lon, lat = self.projection.inverse(xy[:, 0], xy[:, 1])
            return np.asarray(np.round(np.column_stack([lon, lat]), DEGREE_DECIMALS), np.float64)

        return shapely.transform(geometry, unproject)

    def to_sound_degrees(self, geometry: shapely.geometry.base.BaseGeometry) -> shapely.geometry.base.BaseGeometry:
        """As `to_degrees`, for areas with edges so close that rounding could cross them."""
        degrees = self.to_degrees(geometry)
        if shapely.is_valid(degrees):
            return degrees
        sound = shapely.make_valid(degrees, method="structure", keep_collapsed=False)
        return shapely.transform(sound, lambda xy: np.round(xy, DEGREE_DECIMALS))


@cache
def read_ground_facts() -> GroundFacts:
    """Read the package's data files."""
    folder = files("xiuhua.demo") / "data"
    geojson = json.loads((folder / "changfeng.geojson").read_text("utf-8"))
    features = geojson["features"]
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    projection = LocalProjection(121.3946, 31.2290)

    def project(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(projection.forward(lonlat[:, 0], lonlat[:, 1])).astype(np.float64)

    flat = shapely.transform(shapes, project)
    tables = {
        name: tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
        for name in ("streets", "census", "names", "people_names", "facilities")
    }
    return GroundFacts(
        projection,
        _only_polygon(flat[0]),
        {
            feature["properties"]["name"]: shape
            for feature, shape in zip(features, flat, strict=True)
            if feature["properties"]["kind"] == "station"
        },
        tables["streets"],
        tables["census"],
        tables["names"],
        tables["people_names"],
        tables["facilities"],
    )


def _only_polygon(shape: shapely.geometry.base.BaseGeometry) -> Polygon:
    polygon = shape.geoms[0] if isinstance(shape, MultiPolygon) else shape
    if not isinstance(polygon, Polygon):
        raise ValueError("the boundary of the demonstration must be one polygon")
    return polygon
