"""Geometry in an ordinary column: WKB in WGS 84, with its bounds beside it, so that a window is an index search."""

from typing import TYPE_CHECKING, Any, Self

import shapely
from django.db import models
from shapely import Geometry

from xiuhua.ground.scope.queryset import ScopedQuerySet

if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
else:
    _Binary = models.BinaryField


class GeometryField(_Binary):
    """A shapely geometry (longitude, latitude, WGS 84), stored as well-known binary (ISO 19125)."""

    def from_db_value(self, value: bytes | memoryview | None, *_: Any) -> Geometry | None:
        return None if value is None else shapely.from_wkb(bytes(value))

    def to_python(self, value: Any) -> Geometry | None:
        return shapely.from_wkb(bytes(value)) if isinstance(value, bytes | memoryview) else value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        raw = shapely.to_wkb(value) if isinstance(value, Geometry) else value
        return super().get_db_prep_value(raw, connection, prepared)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return str(shapely.to_wkt(value)) if value is not None else ""


class MappedQuerySet(ScopedQuerySet):
    """Rows that hang in the territory and lie somewhere."""

    def touching(self, west: float, south: float, east: float, north: float) -> Self:
        """Rows whose bounds touch a window of the map, in degrees."""
        return self.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)


MappedManager = models.Manager.from_queryset(MappedQuerySet)


class Mapped(models.Model):
    """A row with a place on the map."""

    geometry = GeometryField()
    west = models.FloatField(editable=False)
    south = models.FloatField(editable=False)
    east = models.FloatField(editable=False)
    north = models.FloatField(editable=False)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["west", "east", "south", "north"], name="%(app_label)s_%(class)s_bounds")]


def placed(geometry: Geometry) -> dict[str, Any]:
    """Return the column values that put a row on the map: the geometry and its bounds."""
    west, south, east, north = shapely.bounds(geometry).tolist()
    return {"geometry": geometry, "west": west, "south": south, "east": east, "north": north}
