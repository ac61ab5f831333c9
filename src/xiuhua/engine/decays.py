"""How much less a place counts the farther it is (距离衰减): a weight by distance.

A decay is a name, or any function that takes an array of metres and returns an array of weights. Distances are whole
decimetres, so it is asked once for each of them up to the limit; after that a weight is looked up.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Curve = Callable[[NDArray[np.float64]], NDArray[np.float64]]
Decay = str | Curve | None

NAMED: dict[str, Callable[[NDArray[np.float64], float], NDArray[np.float64]]] = {
    "linear": lambda metres, limit: 1 - metres / limit,
    "exponential": lambda metres, limit: np.exp(-metres / limit),
    "gaussian": lambda metres, limit: (np.exp(-0.5 * (metres / limit) ** 2) - np.exp(-0.5)) / (1 - np.exp(-0.5)),
}


def exponential(half: float) -> Curve:
    """A weight that halves with every so many metres.

    Parameters
    ----------
    half : float
        Metres at which a place counts one half.

    Raises
    ------
    ValueError
        `half` is not positive.
    """
    _refuse_unless_positive("half", half)
    return lambda metres: np.exp2(-metres / half)


def gaussian(sigma: float) -> Curve:
    """A bell of the given width: 0.61 at `sigma` metres, 0.14 at twice as many.

    Parameters
    ----------
    sigma : float
        Standard deviation, metres.

    Raises
    ------
    ValueError
        `sigma` is not positive.
    """
    _refuse_unless_positive("sigma", sigma)
    return lambda metres: np.exp(-0.5 * (metres / sigma) ** 2)


def table(decay: Decay, limit: float, limit_dm: int) -> NDArray[np.float64]:
    """Weight at each decimetre from 0 to the limit and, last, 0 for all that is farther; empty where nothing decays.

    Parameters
    ----------
    decay : str, callable or None
        See `xiuhua.engine.reach.totals`.
    limit, limit_dm : float, int
        The limit in metres as given, and in whole decimetres.

    Returns
    -------
    float64[limit_dm + 2] or float64[0]

    Raises
    ------
    ValueError
        The name is not known; the function returns another shape, or something that is not a finite number.
    """
    if decay is None or decay == "flat":
        return np.empty(0)
    metres = np.arange(limit_dm + 1) / 10
    if callable(decay):
        weights = np.asarray(decay(metres))
    elif isinstance(decay, str) and decay in NAMED:
        weights = NAMED[decay](metres, limit)
    else:
        raise ValueError(f"decay must be None, flat, {', '.join(NAMED)} or a function of metres, not {decay!r}")
    if weights.shape != metres.shape:
        raise ValueError(f"decay must return one weight a distance, {metres.shape}, not shape {weights.shape}")
    if weights.dtype.kind not in "biuf" or not np.isfinite(weights).all():
        raise ValueError("decay must return finite numbers for every distance from 0 to the limit")
    return np.append(weights.astype(np.float64), 0.0)


def _refuse_unless_positive(name: str, metres: float) -> None:
    if not 0 < metres < np.inf:
        raise ValueError(f"{name} must be a positive number of metres, not {metres}")
