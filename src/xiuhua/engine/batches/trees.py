"""Stairwells that hang together, and how far apart the members of a lot lie: the shortest tree that joins them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.searches.compiling import kernel


class Part(NamedTuple):
    """Stairwells that hang together, with no neighbours outside, and what a lot among them is worth.

    Compiled code that numba has kept names this class: who renames it deletes the kept files (``__pycache__/*.nbi``).
    """

    apart: NDArray[np.float64]
    """float64[N, N]: metres between neighbours, ``inf`` between others and on the diagonal."""
    gain: NDArray[np.float64]
    """float64[N]: what each stairwell brings to its lot."""
    indptr: NDArray[np.int32]
    """int32[N + 1]: where the neighbours of each begin in `head`."""
    head: NDArray[np.int32]
    """int32[A]: neighbours."""
    least: int
    most: int
    setup: float
    walk: float


@kernel
def metres(apart, members, count):  # type: ignore[no-untyped-def]
    """Length of the shortest tree that joins some stairwells by steps between neighbours (Prim).

    Parameters
    ----------
    apart : float64[N, N]
        As in `Part`.
    members : int[M]
        Stairwells; the first `count` are joined.

    Returns
    -------
    float
        Metres; ``inf`` where they do not hang together.
    """
    total = 0.0
    outside = np.arange(1, count)
    near = np.empty(count, np.float64)
    for i in range(1, count):
        near[i] = apart[members[0], members[i]]
    for left in range(count - 1, 0, -1):
        at = 0
        for i in range(1, left):
            if near[outside[i]] < near[outside[at]]:
                at = i
        joined = outside[at]
        total += near[joined]
        outside[at] = outside[left - 1]
        for i in range(left - 1):
            step = apart[members[joined], members[outside[i]]]
            if step < near[outside[i]]:
                near[outside[i]] = step
    return total


@kernel
def worth(part, members, count):  # type: ignore[no-untyped-def]
    """Value of the first `count` members as one lot, ``-inf`` where they do not hang together."""
    long = metres(part.apart, members, count)
    if np.isinf(long):
        return -np.inf
    total = -part.setup - part.walk * long
    for i in range(count):
        total += part.gain[members[i]]
    return total
