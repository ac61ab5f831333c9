"""What follows when buildings move or appear: paths of what hangs below them, areas that nobody drew (随迁)."""

from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Concat, Length, StrIndex, Substr
from shapely import MultiPoint

from xiuhua.ground.layers.geometry import placed
from xiuhua.ground.territory.models import Binding, Building, Committee, Household, MicroGrid, Node, Resident, Stairwell

_AROUND_DEG = 0.0002
"""Some twenty metres around the doors of an area that is drawn from its buildings."""


_PARENTS: dict[type[Node], str] = {Stairwell: "building", Household: "stairwell", Resident: "household"}
"""What each level hangs on, from above."""


def follow_parents(path: str) -> None:
    """Rewrite the paths of what hangs under a building that has got another path: one statement a level."""
    for model, parent in _PARENTS.items():
        own = _path_of(_above(model, parent), parent)
        if not _strays(path, model).update(path=Concat(own, Substr(F("path"), Length(own) + 1))):
            return
    bound: Any = Coalesce(_path_of(Household, "household"), _path_of(Stairwell, "stairwell"))
    Binding.objects.under(path).exclude(path=bound).update(path=bound)


def strayed(path: str, *models: type[Node]) -> bool:
    """Whether anything of these levels hangs on something that stands elsewhere by now."""
    return any(_strays(path, model).exists() for model in models)


def _strays(path: str, model: type[Node]) -> Any:
    rows: Any = model._default_manager
    return rows.under(path).annotate(at=StrIndex(F("path"), F(f"{_PARENTS[model]}__path"))).exclude(at=1)


def _above(model: type[Node], parent: str) -> Any:
    return model._meta.get_field(parent).related_model


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
