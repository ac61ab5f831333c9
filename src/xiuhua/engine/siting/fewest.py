"""The fewest candidates that cover every client: reductions, prices, and a depth-first tree over what is left."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from xiuhua.engine.siting.dominance import CLOSED, FREE, OPEN
from xiuhua.engine.siting.duals import UNDECIDED, look
from xiuhua.engine.stopwatch import Stopwatch

_Ints = NDArray[np.int32]
_ROOT_STEPS, _NODE_STEPS = 400, 60


@dataclass(frozen=True, eq=False)
class Cover:
    """The best cover found, if any, and how few there can be at least."""

    open: NDArray[np.int32] | None
    bound: int


def fewest(serves: sp.csr_array, most: int, enough: int, watch: Stopwatch, tree: bool = True) -> Cover:
    """Cover every row with as few columns as possible.

    Parameters
    ----------
    serves : csr_array[N, M]
        Which candidates cover each client, at least one each; values do not matter.
    most : int
        Covers of more are of no interest.
    enough : int
        Covers of no more are as good as the best: the search ends at the first.
    tree : bool
        Search what reductions and prices leave open; else be content with what they find.

    Returns
    -------
    Cover
        `open` is None where there is no cover of at most `most`, or none was found in time; `bound` is above `most`
        where there is none.
    """
    root = _undecided(serves, _prices(serves))
    cover = np.zeros(serves.shape[1], np.uint8)
    verdict, bound, _, left = look(*both_ways(serves), root.row, root.col, root.price, most, _ROOT_STEPS, cover)
    best = np.flatnonzero(cover) if left < most else None
    least = left + 1 if verdict != UNDECIDED else _whole(bound)
    if verdict == UNDECIDED and left >= enough and tree and not watch.over():
        rows, cols = np.flatnonzero(root.row == FREE), np.flatnonzero(root.col == FREE)
        opened = np.flatnonzero(root.col == OPEN)
        inner = sp.csr_array(serves[rows][:, cols])
        below = _tree(inner, root.price[rows], left - len(opened), enough - len(opened), watch)
        least = below.bound + len(opened)
        if below.open is not None:
            best = np.concatenate([opened, cols[below.open]])
    return Cover(None if best is None else np.sort(best).astype(np.int32), least)


def _tree(serves: sp.csr_array, price: NDArray[np.float64], most: int, enough: int, watch: Stopwatch) -> Cover:
    """Depth first over what the root left open, opening before closing; children inherit the prices."""
    lists = both_ways(serves)
    cover = np.zeros(serves.shape[1], np.uint8)
    asked = most
    stack = [_undecided(serves, price)]
    while stack and most >= enough and not watch.over():
        node = stack.pop()
        if _whole(node.bound) > most:
            continue
        verdict, bound, branch, most = look(*lists, node.row, node.col, node.price, most, _NODE_STEPS, cover)
        if verdict == UNDECIDED:
            for state in (CLOSED, OPEN):
                col = node.col.copy()
                col[branch] = state
                stack.append(_Node(bound, node.row.copy(), col, node.price.copy()))
    least = min([most + 1, *(_whole(node.bound) for node in stack)])
    return Cover(np.flatnonzero(cover).astype(np.int32) if most < asked else None, least)


@dataclass(eq=False)
class _Node:
    """What is decided so far, the bound that it inherits, and the prices to begin with."""

    bound: float
    row: NDArray[np.uint8]
    col: NDArray[np.uint8]
    price: NDArray[np.float64]


def _undecided(serves: sp.csr_array, price: NDArray[np.float64]) -> _Node:
    rows, columns = serves.shape
    return _Node(0.0, np.full(rows, FREE, np.uint8), np.full(columns, FREE, np.uint8), price)


def _whole(bound: float) -> int:
    """The least whole number that a bound allows."""
    return math.ceil(bound - 1e-6)


def both_ways(serves: sp.csr_array) -> tuple[_Ints, _Ints, _Ints, _Ints]:
    """Columns of each row and rows of each column."""
    by_column = serves.tocsc()
    row = np.ascontiguousarray(serves.indptr, np.int32), np.ascontiguousarray(serves.indices, np.int32)
    column = np.ascontiguousarray(by_column.indptr, np.int32), np.ascontiguousarray(by_column.indices, np.int32)
    return *row, *column


def _prices(serves: sp.csr_array) -> NDArray[np.float64]:
    """To begin with, each client pays an equal part of the cheapest candidate that serves it."""
    size = np.bincount(serves.indices, minlength=serves.shape[1])
    largest = np.maximum.reduceat(size[serves.indices], serves.indptr[:-1])
    return 1.0 / np.maximum(1, largest)
