"""Who serves whom once it is decided what is open."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray


def nearest_open(cost: sp.csr_array, opened: NDArray[np.integer[Any]]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The cheapest open candidate of each client, the first of equals, and its cost.

    Parameters
    ----------
    cost : csr_array float64[N, M]
        As `checks.checked_cost` gives it.
    opened : int[P]
        Candidates that are open.

    Returns
    -------
    assign : int32[N]
        -1 where no open candidate can serve.
    least : float64[N]
        ``inf`` where none can.
    """
    is_open = np.zeros(cost.shape[1], np.bool_)
    is_open[opened] = True
    kept = np.flatnonzero(is_open[cost.indices])
    client = np.repeat(np.arange(cost.shape[0]), np.diff(cost.indptr))[kept]
    candidate, costs = cost.indices[kept], cost.data[kept]
    assign = np.full(cost.shape[0], -1, np.int32)
    least = np.full(cost.shape[0], np.inf)
    np.minimum.at(least, client, costs)
    best = np.flatnonzero(costs == least[client])[::-1]  # backwards, so that the first of equals is written last
    assign[client[best]] = candidate[best]
    return assign, least
