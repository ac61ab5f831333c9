"""Pedestrian accessibility and neighbourhood siting, on arrays alone.

``import xiuhua.engine as xe`` is quick: each part, and what it compiles, is fetched when it is first named.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xiuhua.engine import (
        access,
        batches,
        catchment,
        decays,
        incremental,
        links,
        network,
        paths,
        places,
        reach,
        shares,
        siting,
        texts,
    )
    from xiuhua.engine.network import Flag, Persona, WalkNetwork

__all__ = [
    "Flag",
    "Persona",
    "WalkNetwork",
    "access",
    "batches",
    "catchment",
    "decays",
    "incremental",
    "links",
    "network",
    "paths",
    "places",
    "reach",
    "shares",
    "siting",
    "texts",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name[0].isupper():
        return getattr(import_module("xiuhua.engine.network"), name)
    return import_module(f"xiuhua.engine.{name}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
