"""What the map gets of an analysis: numbers by building, from which the browser colours any question at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiuhua.ground.standards import FacilityType
from xiuhua.programmes.lifecircle.analysis import Analysis
from xiuhua.programmes.lifecircle.names import short_type_name, type_name

UNREACHED = -1
"""Stands for a walk beyond fifteen minutes; JSON has no infinity."""


def reach_of(analysis: Analysis, persona: str) -> dict[str, Any]:
    """Whole seconds that a persona walks from each building to the nearest facility of each type.

    Returns
    -------
    dict
        ``buildings`` (numbers on record, length O), ``people`` of the persona's population and ``seconds``: by type, a
        list of length O with `UNREACHED` beyond fifteen minutes; ``required``: minutes by required type.
    """
    origins, place = analysis.town.origins, analysis.place_of(persona)
    people = origins.population(analysis.personas[place].population)
    limits = analysis.minutes_required()
    return {
        "persona": persona,
        "buildings": [int(name) for name in origins.id],
        "people": np.round(people, 1).tolist(),
        "required": {kind: float(limit) for kind, limit in zip(analysis.types, limits, strict=True) if limit == limit},
        "seconds": {kind: _whole(analysis.seconds[place, :, at]) for at, kind in enumerate(analysis.types)},
    }


def _whole(seconds: NDArray[np.float32]) -> list[int]:
    rounded: list[int] = np.where(np.isfinite(seconds), np.ceil(seconds), UNREACHED).astype(int).tolist()
    return rounded


def types_of(analysis: Analysis, types: Mapping[str, FacilityType]) -> dict[str, dict[str, str]]:
    """Names and symbol of each type of an analysis, by key."""
    return {
        kind: {"name": type_name(types[kind]), "short": short_type_name(types[kind]), "icon": types[kind].icon}
        for kind in analysis.types
    }
