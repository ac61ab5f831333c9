"""The best lots of a few stairwells: every lot that may be is valued, and the best that do not meet are chosen.

Compiled code is kept by numba until its own file changes, and this one holds a copy of `trees.worth`: a change of it
must touch this file too.
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.batches.trees import worth
from xiuhua.engine.searches.compiling import kernel

MOST_STAIRWELLS = 15
"""Up to here 3^N pairs of sets are looked at; at 15 that is 14 million."""


@kernel
def best_lots(part):  # type: ignore[no-untyped-def]
    """Lots of greatest value in a `Part` of at most `MOST_STAIRWELLS`, int32[N], -1 where in none."""
    count = len(part.gain)
    value = _values(part)
    best = np.zeros(1 << count, np.float64)
    taken = np.zeros(1 << count, np.int64)
    for those in range(1, 1 << count):
        first = those & -those
        rest = those ^ first
        best[those] = best[rest]
        some = rest
        while True:
            lot = some | first
            if value[lot] > 0.0 and value[lot] + best[those ^ lot] > best[those]:
                best[those] = value[lot] + best[those ^ lot]
                taken[those] = lot
            if some == 0:
                break
            some = (some - 1) & rest
    return _read_back(taken, count)


@kernel
def _values(part):  # type: ignore[no-untyped-def]
    """Value of each set of stairwells as one lot, by its bits; 0 where it is no lot or not worth one."""
    count = len(part.gain)
    value = np.zeros(1 << count, np.float64)
    members = np.empty(count, np.int64)
    for those in range(1, 1 << count):
        size = 0
        gained = -part.setup
        for i in range(count):
            if those >> i & 1:
                members[size] = i
                size += 1
                gained += part.gain[i]
        if part.least <= size <= part.most and gained > 0.0:
            value[those] = max(0.0, worth(part, members, size))
    return value


@kernel
def _read_back(taken, count):  # type: ignore[no-untyped-def]
    lots = np.full(count, -1, np.int32)
    those = (1 << count) - 1
    number = 0
    while those:
        lot = taken[those]
        for i in range(count):
            if lot >> i & 1:
                lots[i] = number
        if lot:
            number += 1
            those ^= lot
        else:
            those &= those - 1
    return lots
