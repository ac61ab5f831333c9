"""What follows when buildings move or appear: paths of what hangs below them, areas that nobody drew (随迁)."""

from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Concat, Length, StrIndex, Substr
from shapely import MultiPoint

from xiuhua.ground.layers.geometry import placed
from xiuhua.ground.territory.models import Binding, Building, Committee, Household, MicroGrid, Resident, Stairwell

_AROUND_DEG = 0.0002
"""Some twenty metres around the doors of an area that is drawn from its buildings."""


def follow_parents(path: str) -> None:
    """Rewrite the paths of what hangs under a building that has got another path: one statement a level."""
    for model, parent in ((Stairwell, "building"), (Household, "stairwell"), (Resident, "household")):
        above: Any = model._meta.get_field(parent).related_model
        own = _path_of(above, parent)
        rows: Any = model.objects.under(path).annotate(at=StrIndex(F("path"), own)).exclude(at=1)
        if not rows.update(path=Concat(own, Substr(F("path"), Length(own) + 1))):
            return
    bound: Any = Coalesce(_path_of(Household, "household"), _path_of(Stairwell, "stairwell"))
    Binding.objects.under(path).exclude(path=bound).update(path=bound)


def _path_of(model: Any, name: str) -> Subquery:
    return Subquery(model.objects.filter(pk=OuterRef(name)).values("path")[:1])


def draw_undrawn(path: str) -> None:
    """Draw committees and micro-grids that have buildings but no outline yet: around their doors."""
    for model in (Committee, MicroGrid):
        rows: Any = model.objects.under(path)
        for row in rows:
            doors = Building.objects.under(row.path).values_list("door_lon", "door_lat")
            if row.geometry.is_empty and (points := list(doors)):
                for name, value in placed(MultiPoint(points).convex_hull.buffer(_AROUND_DEG)).items():
                    setattr(row, name, value)
                row.save(update_fields=["geometry", "west", "south", "east", "north"])
