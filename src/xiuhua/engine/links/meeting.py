"""Candidates, facilities and destinations given as places, met with the ways of one network."""

from __future__ import annotations

from typing import Any

import numpy as np

from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.places import Places, joined


def on_one_network(
    net: WalkNetwork, candidates: Places, facilities: Places | None, destinations: Places | None
) -> tuple[WalkNetwork, Any, list[Any] | None, Any]:
    """A network on which all of them are nodes, candidates [C, 2], a list of types or None, and destinations or None.

    What is nodes already comes back as it is, for the caller to check.
    """
    if (facilities is None) == (destinations is None):
        raise ValueError("give either facilities or destinations")
    ends = _ends(candidates)
    types = [] if facilities is None else _types(facilities)
    sets = {"facilities" if len(types) == 1 else f"facilities[{n}]": of for n, of in enumerate(types)}
    if destinations is not None:
        sets["destinations"] = destinations
    if ends is not None:
        sets["candidates"] = ends
    net, nodes = joined(net, **sets)
    pairs = candidates if ends is None else np.reshape(nodes.pop(), (-1, 2))
    return (net, pairs, None, nodes[0]) if destinations is not None else (net, pairs, nodes, None)


def _ends(candidates: Places) -> Any:
    """Both ends of each candidate in one row of nodes or places; None for what is neither, which the caller refuses."""
    try:
        given = np.asarray(candidates)
    except ValueError:
        raise ValueError(
            "candidates must be pairs of nodes, or of places (lon, lat), all of them of the same kind"
        ) from None
    if given.ndim == 3 and given.shape[1:] == (2, 2):
        return given.reshape(-1, 2)
    pairs = given.ndim == 2 and given.shape[1] == 2
    return given.reshape(-1) if pairs and given.dtype.kind in "iuO" else None


def _types(facilities: Places) -> list[Any]:
    """Facilities as a list of types: flat numbers, points, and pairs of degrees are one type."""
    if not isinstance(facilities, list | tuple):
        return [facilities]
    shapes = [_shape(of) for of in facilities]
    if not any(shapes):
        return [facilities]
    pairs = all(shape == (2,) for shape in shapes) and any(np.asarray(of).dtype.kind == "f" for of in facilities)
    return [facilities] if pairs else list(facilities)


def _shape(of: Any) -> tuple[int, ...]:
    """Shape of one type, or () for a single place or node."""
    try:
        return np.shape(of)
    except ValueError:
        raise ValueError("facilities must be nodes, or pairs (lon, lat), all of the same length") from None
