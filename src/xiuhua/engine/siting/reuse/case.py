"""Composite reuse as the search sees it: spaces with their sets of functions, and needs grouped by who could meet them.

Needs for one function that the same spaces could meet rise and fall together, so they are one group, whatever the
number of buildings; where a committee has a floor, its needs are groups of their own.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.siting.reuse.checks import Asked
from xiuhua.engine.siting.reuse.hosting import Hosting, hosting

NEIGHBOURS = 12


class Case(NamedTuple):
    """Item ``j * K + k`` is function k in space j.

    Attributes
    ----------
    weight, counted : float64[G]
        Need of each group as it is maximised, and as the floors count it.
    floor_of : int32[G]
        Which floor counts the group, -1 for none.
    touch_ptr, touch : int32[J * K + 1], int32[...]
        Groups that each item covers.
    price, opening : float64[J * K], float64[J]
        Money for each item, and for each space that hosts any.
    floors : float64[F]
        Need to be covered at least.
    near : int32[J, M]
        Spaces that could meet most of the same needs, first the most.
    hosting : Hosting
        What each space can host.
    """

    weight: NDArray[np.float64]
    counted: NDArray[np.float64]
    floor_of: NDArray[np.int32]
    touch_ptr: NDArray[np.int32]
    touch: NDArray[np.int32]
    price: NDArray[np.float64]
    opening: NDArray[np.float64]
    floors: NDArray[np.float64]
    near: NDArray[np.int32]
    hosting: Hosting

    @property
    def functions(self) -> int:
        """K."""
        return len(self.price) // len(self.opening)


def case_of(asked: Asked, floors: NDArray[np.float64], weight: NDArray[np.float64] | None = None) -> Case:
    """Group the needs and write down the sets.

    Parameters
    ----------
    floors : float64[C]
        Need to be covered at least in each committee; 0 for no floor.
    weight : float64[N, K], optional
        What to maximise instead of the needs; the floors still count the needs themselves.
    """
    weight = asked.weight if weight is None else weight
    floored = np.flatnonzero(floors > 0)
    floor_number = np.full(len(floors), -1, np.int32)
    floor_number[floored] = np.arange(len(floored))
    weights, counted, numbers, items, groups, count = [], [], [], [], [], 0
    for k in range(len(asked.need)):
        near = asked.within(k)
        rows = np.flatnonzero((asked.weight[:, k] > 0) & near.any(axis=1))
        number = floor_number[asked.committee[rows]]
        key = np.column_stack([np.packbits(near[rows], axis=1), number.astype(np.int32).view(np.uint8).reshape(-1, 4)])
        _, one, group = np.unique(key, axis=0, return_index=True, return_inverse=True)
        weights.append(np.bincount(group.ravel(), weight[rows, k], len(one)))
        counted.append(np.bincount(group.ravel(), asked.weight[rows, k], len(one)))
        numbers.append(number[one])
        which, space = np.nonzero(near[rows[one]])
        groups.append(which + count)
        items.append(space * len(asked.need) + k)
        count += len(one)
    item, group = np.concatenate(items), np.concatenate(groups)
    order = np.lexsort((group, item))
    touch_ptr = np.zeros(asked.price.size + 1, np.int32)
    np.cumsum(np.bincount(item, minlength=asked.price.size), out=touch_ptr[1:])
    as_counted = np.concatenate(counted).astype(np.float64)
    return Case(
        as_counted if weight is asked.weight else np.concatenate(weights).astype(np.float64),
        as_counted,
        np.concatenate(numbers).astype(np.int32),
        touch_ptr,
        group[order].astype(np.int32),
        asked.price.ravel().astype(np.float64),
        asked.opening_cost.astype(np.float64),
        floors[floored].astype(np.float64),
        _overlaps(asked),
        asked.hosting,
    )


def _overlaps(asked: Asked) -> NDArray[np.int32]:
    spaces = len(asked.opening_cost)
    shared = np.zeros((spaces, spaces))
    for k in range(len(asked.need)):
        near = asked.within(k).astype(np.float64)
        shared += (near * asked.weight[:, k : k + 1]).T @ near
    np.fill_diagonal(shared, -1.0)
    most = max(1, min(NEIGHBOURS, spaces - 1))
    return np.argsort(-shared, axis=1, kind="stable")[:, :most].astype(np.int32)


def hosting_of(
    area: NDArray[np.float64],
    slots: NDArray[np.bool_],
    need: NDArray[np.float64],
    clash: NDArray[np.bool_],
    fits: NDArray[np.bool_],
) -> Hosting:
    """Sets of functions of each space; areas are compared to a millionth of a square metre."""
    return hosting(np.where(slots, area[:, None] + 1e-6, 1e-6), need, clash, fits)
