"""Good lots of many stairwells: simulated annealing over lots that hang together and are of a fit size at every step.

Compiled code is kept by numba until its own file changes, and this one holds a copy of `trees.worth`: a change of it
must touch this file too.

References
----------
Kirkpatrick, S., Gelatt, C. D. and Vecchi, M. P. (1983). Optimization by simulated annealing. Science 220(4598).
Schrimpf, G. et al. (2000). Record breaking optimization results using the ruin and recreate principle. Journal of
Computational Physics 159(2).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.batches.trees import worth
from xiuhua.engine.searches.compiling import kernel

_HOT, _COLD = 1.0, 0.05
"""First and last temperature, in mean gains of a stairwell."""
_REPLANTED = 0.12
"""Share of steps that tear down a lot or two and grow others in their place."""
_GROWN_AT_ONCE = 3


class _Lots(NamedTuple):
    """Lots as they stand: of each stairwell its lot, of each lot its members, their number and its value."""

    lot: NDArray[np.int32]
    members: NDArray[np.int32]
    size: NDArray[np.int32]
    value: NDArray[np.float64]


@kernel
def good_lots(part, steps, seed):  # type: ignore[no-untyped-def]
    """Lots of good value in a `Part`, int32[N], -1 where in none.

    Parameters
    ----------
    steps : int
        Changes that are tried.
    seed : int
        Of the pseudo-random numbers; the same seed gives the same lots.
    """
    count, room = len(part.gain), len(part.gain) // part.least
    now = _empty(count, room, part.most)
    grown = _empty(0, _GROWN_AT_ONCE, part.most)
    chance = np.array([seed * 2 + 0x9E3779B97F4A7C15], np.uint64)
    best = now.lot.copy()
    value = best_value = 0.0
    heat = _HOT * np.abs(part.gain).mean() + 1e-12
    cooling = (_COLD / _HOT) ** (1.0 / max(steps, 1))
    for _ in range(steps):
        heat *= cooling
        if _draw(chance) < _REPLANTED:
            value += _replant(part, now, grown, heat, chance)
        else:
            value += _move(part, now, heat, chance)
        if value > best_value + 1e-9:
            best_value = value
            best[:] = now.lot
    return best


@kernel
def _empty(count, room, most):  # type: ignore[no-untyped-def]
    return _Lots(
        np.full(count, -1, np.int32), np.empty((room, most), np.int32), np.zeros(room, np.int32), np.zeros(room)
    )


@kernel
def _draw(chance):  # type: ignore[no-untyped-def]
    """A number from 0 to below 1 (xorshift64*)."""
    x = chance[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    chance[0] = x
    return float((x * np.uint64(0x2545F4914F6CDD1D)) >> np.uint64(11)) / 9007199254740992.0


@kernel
def _pick(chance, count):  # type: ignore[no-untyped-def]
    return int(_draw(chance) * count)


@kernel
def _neighbour(part, one, chance):  # type: ignore[no-untyped-def]
    start = part.indptr[one]
    return part.head[start + _pick(chance, part.indptr[one + 1] - start)]


@kernel
def _accepts(change, heat, chance):  # type: ignore[no-untyped-def]
    return change >= 0.0 or _draw(chance) < np.exp(change / heat)


@kernel
def _move(part, now, heat, chance):  # type: ignore[no-untyped-def]
    """Try to move a stairwell to the lot of a neighbour or out of its own; what the value gains.

    Where the other lot is full, and sometimes where it is not, one of its members makes room: it leaves, or comes over
    in exchange.
    """
    one = _pick(chance, len(part.gain))
    here, there = now.lot[one], -1
    if here < 0 or _draw(chance) < 0.6:
        there = now.lot[_neighbour(part, one, chance)]
    if here == there:
        return 0.0
    rival, over = -1, -1
    if there >= 0 and (now.size[there] == part.most or _draw(chance) < 0.2):
        rival = now.members[there, _pick(chance, now.size[there])]
        over = rival if here >= 0 and _draw(chance) < 0.5 else -1
    if here >= 0 and over < 0 and now.size[here] <= part.least:
        return 0.0
    left, left_value = _exchanged(part, now, here, one, over)
    if left_value == -np.inf:
        return 0.0
    joined, joined_value = _exchanged(part, now, there, rival, one)
    change = left_value + joined_value - _value(now, here) - _value(now, there)
    if not _accepts(change, heat, chance):
        return 0.0
    now.lot[one] = there
    if rival >= 0:
        now.lot[rival] = here if over >= 0 else -1
    _settle(now, here, left, len(left), left_value)
    _settle(now, there, joined, len(joined), joined_value)
    return change


@kernel
def _exchanged(part, now, number, out, into):  # type: ignore[no-untyped-def]
    """Members and value of a lot with one out and another in, each -1 for none; nothing and 0 for no lot."""
    if number < 0:
        return np.empty(0, np.int32), 0.0
    members = np.empty(now.size[number] + 1, np.int32)
    count = 0
    for i in range(now.size[number]):
        if now.members[number, i] != out:
            members[count] = now.members[number, i]
            count += 1
    if into >= 0:
        members[count] = into
        count += 1
    return members[:count], worth(part, members, count)


@kernel
def _settle(now, number, members, count, value):  # type: ignore[no-untyped-def]
    """Write a lot down; none where `number` is -1."""
    if number >= 0:
        now.size[number] = count
        now.value[number] = value
        now.members[number, :count] = members[:count]


@kernel
def _value(now, number):  # type: ignore[no-untyped-def]
    return now.value[number] if number >= 0 else 0.0


@kernel
def _tear_down(now, number):  # type: ignore[no-untyped-def]
    if number >= 0:
        now.lot[now.members[number, : now.size[number]]] = -1
        now.size[number] = 0


@kernel
def _replant(part, now, grown, heat, chance):  # type: ignore[no-untyped-def]
    """Try to tear down the lots about one stairwell and grow others in their place; what the value gains."""
    one = _pick(chance, len(part.gain))
    first, second = now.lot[one], now.lot[_neighbour(part, one, chance)]
    if first == second or _draw(chance) < 0.3:
        second = -1
    ready = (now.lot < 0) | (now.lot == first) | (now.lot == second)
    change, count, seed = -_value(now, first) - _value(now, second), 0, one
    for _ in range(_GROWN_AT_ONCE):
        found = _grow(part, ready, seed, grown.members[count], heat, chance) if ready[seed] else 0
        value = worth(part, grown.members[count], found) if found > 0 else -np.inf
        if _accepts(value, heat, chance):
            grown.size[count], grown.value[count] = found, value
            ready[grown.members[count, :found]] = False
            change += value
            count += 1
        seed = _seed_about(part, now, one, first, second, chance)
    if not _accepts(change, heat, chance):
        return 0.0
    _tear_down(now, first)
    _tear_down(now, second)
    slot = 0
    for g in range(count):
        while now.size[slot] > 0:
            slot += 1
        _settle(now, slot, grown.members[g], grown.size[g], grown.value[g])
        now.lot[grown.members[g, : grown.size[g]]] = slot
    return change


@kernel
def _seed_about(part, now, one, first, second, chance):  # type: ignore[no-untyped-def]
    """A stairwell of the lots that are torn down, or a neighbour."""
    if first >= 0 and _draw(chance) < 0.7:
        return now.members[first, _pick(chance, now.size[first])]
    if second >= 0:
        return now.members[second, _pick(chance, now.size[second])]
    return _neighbour(part, one, chance)


@kernel
def _grow(part, ready, seed, out, heat, chance):  # type: ignore[no-untyped-def]
    """Grow a lot from a seed over stairwells that are `ready`, and cut it where it was best; its size, 0 for none."""
    near = np.full(len(part.gain), np.inf)
    edge = np.empty(len(part.gain), np.int32)
    aim = part.most
    if _draw(chance) < 0.5:
        aim = part.least + _pick(chance, part.most - part.least + 1)
    noise = 4.0 * heat * _draw(chance)
    edge_size, size, kept, total, best = 0, 0, 0, 0.0, -np.inf
    near[seed] = 0.0
    taken = seed
    while True:
        out[size] = taken
        size += 1
        total += part.gain[taken] - part.walk * near[taken]
        near[taken] = -1.0
        if size >= part.least and total >= best:
            best, kept = total, size
        if size == aim:
            return kept
        for a in range(part.indptr[taken], part.indptr[taken + 1]):
            other = part.head[a]
            if ready[other] and near[other] > part.apart[taken, other]:
                if np.isinf(near[other]):
                    edge[edge_size] = other
                    edge_size += 1
                near[other] = part.apart[taken, other]
        if edge_size == 0:
            return kept
        at, liked = 0, -np.inf
        for i in range(edge_size):
            liking = part.gain[edge[i]] - part.walk * near[edge[i]] + noise * _draw(chance)
            if liking > liked:
                at, liked = i, liking
        taken = edge[at]
        edge_size -= 1
        edge[at] = edge[edge_size]
