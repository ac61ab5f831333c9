"""The registry behind the one map (一张图): a programme registers a layer; map, tiles and open data draw from it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from shapely import Geometry

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.roles import Sight


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing on a layer. `properties` are what style, popup and export read."""

    id: int | str
    geometry: Geometry
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Layer:
    """A named layer and where its features come from.

    Parameters
    ----------
    name : str
        Key in addresses and in the map's style.
    title : str
        Chinese name in the layer switch; the message id of its translation.
    features : callable
        Given a territory path and the reader, yields the features below the path that the reader may see.
    sight : Sight
        Kind of thing that it shows; a reader who sees none of it does not get the layer.
    everywhere : bool
        Every map draws it; else only the maps of the programme that has it, and whoever takes the data.
    """

    name: str
    title: str
    features: Callable[[str, Seer], Iterable[Feature]]
    sight: Sight = Sight.PLACES
    everywhere: bool = True


_layers: dict[str, Layer] = {}


def register(layer: Layer) -> None:
    """Add a layer; a second one of the same name is a mistake.

    Raises
    ------
    ValueError
        A layer of that name stands already.
    """
    if layer.name in _layers:
        message = f"layer {layer.name!r} is registered twice"
        raise ValueError(message)
    _layers[layer.name] = layer


def layer_named(name: str) -> Layer | None:
    """Return the layer of that name, or None."""
    return _layers.get(name)


def layers() -> list[Layer]:
    """All layers in the order of their registration."""
    return list(_layers.values())


def layers_for(seer: Seer) -> list[Layer]:
    """Layers of every map that this reader may draw, in the order of their registration."""
    return [layer for layer in _layers.values() if layer.everywhere and seer.sees(layer.sight)]
