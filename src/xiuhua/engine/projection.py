"""From longitude and latitude to metres on a plane, and back, for an area the size of a town."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyproj import Transformer
    from shapely import Geometry

_Plane = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class LocalProjection:
    """A transverse Mercator plane of WGS 84 centred on the data.

    True to scale along the meridian `lon0`; 10 km away from it a metre is off by little more than a micrometre.

    Attributes
    ----------
    lon0, lat0 : float
        Centre in degrees; it has the coordinates (0, 0).
    """

    lon0: float
    lat0: float

    def __post_init__(self) -> None:
        _refuse_outside_earth(np.asarray(self.lon0), np.asarray(self.lat0))

    @classmethod
    def around(cls, lon: ArrayLike, lat: ArrayLike) -> LocalProjection:
        """A plane centred on the middle of the data's bounds, rounded to 0.0001 degrees so that it is reproducible.

        Raises
        ------
        ValueError
            No points, or a coordinate outside the earth.
        """
        lon_, lat_ = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
        if lon_.size == 0 or lat_.size == 0:
            raise ValueError("a projection needs at least one point to be centred on")
        _refuse_outside_earth(lon_, lat_)
        return cls(round(float(lon_.min() + lon_.max()) / 2, 4), round(float(lat_.min() + lat_.max()) / 2, 4))

    def forward(self, lon: ArrayLike, lat: ArrayLike) -> _Plane:
        """Metres east and north of the centre.

        Parameters
        ----------
        lon, lat : float64[...]
            Degrees, WGS 84, of equal shape.

        Returns
        -------
        x, y : float64[...]
            Metres.

        Raises
        ------
        ValueError
            A coordinate is not a longitude or latitude.
        """
        lon_, lat_ = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
        _refuse_outside_earth(lon_, lat_)
        x, y = _transformer(self.lon0, self.lat0).transform(lon_, lat_)
        return np.asarray(x, np.float64), np.asarray(y, np.float64)

    def inverse(self, x: ArrayLike, y: ArrayLike) -> _Plane:
        """Longitude and latitude in degrees of points in metres: the way back of `forward`."""
        lon, lat = _transformer(self.lon0, self.lat0).transform(
            np.asarray(x, np.float64), np.asarray(y, np.float64), direction="INVERSE"
        )
        return np.asarray(lon, np.float64), np.asarray(lat, np.float64)

    def flat(self, shapes: Sequence[Geometry] | NDArray[np.object_]) -> NDArray[np.object_]:
        """Shapely geometries in longitude and latitude, laid out in metres; object[G].

        Raises
        ------
        ValueError
            A coordinate is not a longitude or latitude.
        """
        import shapely

        def to_metres(points: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.column_stack(self.forward(points[:, 0], points[:, 1]))

        return np.asarray(shapely.transform(np.asarray(shapes, object), to_metres), object)


def _refuse_outside_earth(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> None:
    if not (np.all(np.abs(lon) <= 180) and np.all(np.abs(lat) <= 90)):
        raise ValueError("longitude must lie within ±180 and latitude within ±90 degrees")


@lru_cache(maxsize=64)
def _transformer(lon0: float, lat0: float) -> Transformer:
    from pyproj import Transformer

    return Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        f"+step +proj=tmerc +lat_0={lat0!r} +lon_0={lon0!r} +k=1 +ellps=WGS84"
    )
