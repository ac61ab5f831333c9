"""What everybody may see of a subdistrict, signed in or not: which one a page is about, and the ground of its maps."""

from collections.abc import Iterator

from django.http import HttpRequest

from xiuhua.ground.journal.actors import System
from xiuhua.ground.layers.registry import Feature, layer_named
from xiuhua.ground.scope.paths import subdistrict_of
from xiuhua.ground.territory.models import Landscape, Subdistrict
from xiuhua.ground.territory.queries import latest_binding, subdistricts

LAYERS = frozenset({"subdistrict", "building", *Landscape.Kind.values})
"""What one sees in the street, and so may be drawn for everybody."""


def office_for(request: HttpRequest, *paths: str) -> Subdistrict | None:
    """The subdistrict of the first of some paths, else of the reader's own home, else the only one there is.

    None where there are several and nothing tells which.
    """
    rows = subdistricts()
    binding = latest_binding(request.user) if request.user.is_authenticated else None
    for path in filter(None, (*paths, binding.path if binding else "")):
        found = next((row for row in rows if row.path == subdistrict_of(path)), None)
        if found is not None:
            return found
    return rows[0] if len(rows) == 1 else None


def ground_layer(name: str, path: str) -> Iterator[Feature] | None:
    """One layer of the ground, without names of houses; None where there is none for everybody."""
    layer = layer_named(name)
    if layer is None or name not in LAYERS:
        return None
    return (_bare(name, one) for one in layer.features(path, System("map")))


def _bare(name: str, one: Feature) -> Feature:
    if name == "building":
        return Feature(one.id, one.geometry, {"use": "other", "height": one.properties["height"]})
    return Feature(
        one.id, one.geometry, {key: one.properties[key] for key in ("name", "kind") if key in one.properties}
    )
