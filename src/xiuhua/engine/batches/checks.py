"""What may be grouped into lots: every array that comes in is checked here."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def checked_places(xy: ArrayLike) -> NDArray[np.float64]:
    """Places as float64[N, 2] in metres."""
    places = np.asarray(xy, np.float64)
    if places.size == 0:
        return np.zeros((0, 2))
    if places.ndim != 2 or places.shape[1] != 2:
        raise ValueError(f"xy must have two columns, x and y, not shape {places.shape}")
    if not np.isfinite(places).all():
        raise ValueError("xy must be finite numbers of metres")
    return places


def checked_readiness(readiness: ArrayLike, count: int) -> NDArray[np.float64]:
    """Degrees as float64[N] from 0 to 1."""
    degrees = np.asarray(readiness, np.float64)
    _refuse_length("readiness", degrees, count)
    if not ((degrees >= 0) & (degrees <= 1)).all():
        raise ValueError("readiness must lie between 0 and 1")
    return degrees


def checked_numbers(name: str, numbers: ArrayLike | None, count: int) -> NDArray[np.int64]:
    """Labels as int64[N]; all alike where there are none."""
    if numbers is None:
        return np.zeros(count, np.int64)
    labels = np.asarray(numbers)
    _refuse_length(name, labels, count)
    if labels.size and labels.dtype.kind not in "iu":
        raise ValueError(f"{name} must hold whole numbers, not {labels.dtype}")
    return labels.astype(np.int64)


def checked_flags(name: str, flags: ArrayLike | None, count: int) -> NDArray[np.bool_]:
    """Flags as bool[N]; none set where there are none."""
    if flags is None:
        return np.zeros(count, np.bool_)
    given = np.asarray(flags)
    _refuse_length(name, given, count)
    if given.size and given.dtype.kind != "b":
        raise ValueError(f"{name} must hold True and False, not {given.dtype}")
    return given.astype(np.bool_)


def checked_share(name: str, share: float) -> float:
    """A share from 0 to 1."""
    if not 0 <= share <= 1:
        raise ValueError(f"{name} must lie between 0 and 1, not {share}")
    return share


def _refuse_length(name: str, array: NDArray[np.generic], count: int) -> None:
    if array.ndim != 1 or len(array) != count:
        raise ValueError(f"{name} must have one value for each of {count} stairwells, not shape {array.shape}")
