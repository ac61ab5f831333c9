"""All sets of functions that a space can host, written down once and walked in every step of the search.

The functions of a space fall into blocks that do not concern each other: two belong to one block when they exclude each
other, or meet in a part of the day in which not all that may come has room. The sets of a block stand in the order of a
depth-first search; every set that holds another's functions and later ones lies behind it in one piece, which the walk
may skip.

Compiled code is kept by numba until its own file changes: `bounding` and `annealing` hold copies of what is compiled
here, so a change of it must touch them too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.searches.compiling import kernel

MOST_SETS = 1 << 22
"""Sets written down in all; some 6 bytes each."""


class Hosting(NamedTuple):
    """Sets of functions by block, blocks by space.

    Attributes
    ----------
    block : int32[J + 1]
        Blocks of space j are ``block[j] .. block[j + 1]``.
    first : int32[B + 1]
        Sets of block b are ``first[b] .. first[b + 1]``; the empty set is not written down.
    last_of : int8[S]
        The function added last.
    size : int8[S]
        Functions in the set.
    skip : int32[S]
        First set behind those that hold this one.
    members : int64[B]
        Functions of each block, a bit each.
    """

    block: NDArray[np.int32]
    first: NDArray[np.int32]
    last_of: NDArray[np.int8]
    size: NDArray[np.int8]
    skip: NDArray[np.int32]
    members: NDArray[np.int64]


def hosting(
    room: NDArray[np.float64], need: NDArray[np.float64], clash: NDArray[np.bool_], fits: NDArray[np.bool_]
) -> Hosting:
    """Write down what each space can host.

    Parameters
    ----------
    room : float64[J, T]
        Floor area of each space in each part of the day.
    need : float64[K, T]
        Floor area that each function takes in each part of the day.
    clash : bool[K, K]
        Functions that exclude each other.
    fits : bool[J, K]
        Functions that a space can host at all.

    Raises
    ------
    ValueError
        More sets than `MOST_SETS`.
    """
    block, blocks = [0], []
    for j in range(len(room)):
        blocks += [(j, members) for members in _blocks(room[j], need, clash, fits[j])]
        block.append(len(blocks))
    clashes = (clash.astype(np.int64) << np.arange(len(need), dtype=np.int64)).sum(axis=1)
    first, pieces = [0], []
    none = np.empty(0, np.int8)
    for j, members in blocks:
        count = _write_down(room[j], need, clashes, members, MOST_SETS - first[-1], none, none, none.astype(np.int32))
        if count < 0:
            raise ValueError(
                f"spaces.area: space {j} has room for so many functions that they combine in over {MOST_SETS} ways; "
                "merge functions that always go together, or say by functions.suits which of them it may have"
            )
        piece = np.empty(count, np.int8), np.empty(count, np.int8), np.empty(count, np.int32)
        _write_down(room[j], need, clashes, members, count, *piece)
        piece[2][:] += first[-1]
        pieces.append(piece)
        first.append(first[-1] + count)
    together = [np.concatenate(part) for part in zip(*pieces, strict=True)] if pieces else [none, none, none]
    masks = [sum(1 << int(k) for k in members) for _, members in blocks]
    return Hosting(
        np.array(block, np.int32),
        np.array(first, np.int32),
        together[0],
        together[1],
        together[2].astype(np.int32),
        np.array(masks, np.int64),
    )


def _blocks(
    room: NDArray[np.float64], need: NDArray[np.float64], clash: NDArray[np.bool_], fits: NDArray[np.bool_]
) -> list[NDArray[np.int64]]:
    """Functions of one space in groups that do not concern each other."""
    from scipy.sparse.csgraph import connected_components

    here = np.flatnonzero(fits)
    tight = need[here].sum(axis=0) > room
    busy = need[here][:, tight] > 0
    linked = (busy[:, None, :] & busy[None, :, :]).any(axis=2) | clash[np.ix_(here, here)]
    count, label = connected_components(linked, directed=False)
    return [here[label == one] for one in range(count)]


@kernel
def put(values, into):  # type: ignore[no-untyped-def]
    """``into[:] = values`` of the same length; numba compiles that for a second, for the words of an error."""
    for i in range(len(values)):
        into[i] = values[i]


@kernel
def _write_down(room, need, clashes, members, most, last_of, size, skip):  # type: ignore[no-untyped-def]
    """Sets of one block, in the arrays where they have a length; their number, or -1 where over `most`."""
    writing = len(last_of) > 0
    free = np.empty((len(members) + 1, len(room)))
    put(room, free[0])
    taken = np.zeros(len(members) + 1, np.int64)
    path = np.full(len(members) + 1, -1, np.int64)
    began = np.zeros(len(members) + 1, np.int64)
    depth, count, candidate = 0, 0, 0
    while True:
        while candidate < len(members):
            k = members[candidate]
            fits = clashes[k] & taken[depth] == 0
            for part in range(len(room)):
                fits = fits and need[k, part] <= free[depth, part]
            if fits:
                break
            candidate += 1
        if candidate == len(members):
            if depth == 0:
                return count
            if writing:
                skip[began[depth]] = count
            candidate = path[depth] + 1
            depth -= 1
            continue
        if count == most:
            return -1
        k = members[candidate]
        depth += 1
        path[depth], began[depth] = candidate, count
        for part in range(len(room)):
            free[depth, part] = free[depth - 1, part] - need[k, part]
        taken[depth] = taken[depth - 1] | (np.int64(1) << k)
        if writing:
            last_of[count] = k
            size[count] = depth
        count += 1
        candidate += 1


@kernel
def best_set(hosting, block, profit, totals, masks, rest):  # type: ignore[no-untyped-def]
    """Most valuable set of a block, the empty one included: its value and its functions, a bit each.

    Parameters
    ----------
    profit : float64[K]
        Value of each function in this space; one worth nothing is never taken.
    totals, masks, rest : float64[K + 1], int64[K + 1], float64[K + 1]
        Room to work in; ``totals[0]`` and ``masks[0]`` are 0.
    """
    hope = 0.0
    for k in range(len(profit) - 1, -1, -1):
        rest[k] = hope
        if profit[k] > 0.0 and (hosting.members[block] >> k) & 1:
            hope += profit[k]
    best, chosen = 0.0, np.int64(0)
    i, end = hosting.first[block], hosting.first[block + 1]
    while i < end:
        k, d = hosting.last_of[i], hosting.size[i]
        total = totals[d - 1] + profit[k]
        if profit[k] <= 0.0 or total + rest[k] <= best:
            i = hosting.skip[i]
            continue
        totals[d] = total
        masks[d] = masks[d - 1] | (np.int64(1) << k)
        if total > best:
            best, chosen = total, masks[d]
        i += 1
    return best, chosen
