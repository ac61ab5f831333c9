"""A tree searched in rounds on all cores (分支定界), the same whatever their number.

A round takes a fixed number of nodes, and what one of them finds is told to the others only when the round is over. So
neither the answer nor the bound depends on the number of threads, unless a clock ends it.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

import numpy as np

from xiuhua.engine.stopwatch import Stopwatch
from xiuhua.engine.threads import cores

NODES_A_ROUND = 8
_MOST_AT_ONCE = 4000


class Part(Protocol):
    """A part of all choices; no choice of it costs less than its bound."""

    @property
    def bound(self) -> float: ...


class Proof:
    """What a search for the least cost has shown so far.

    Attributes
    ----------
    cost : float
        The best choice known.
    unit : float
        Costs of choices differ by multiples of it; 0 where nothing is known of them.
    share : float
        Part of the cost within which an answer counts as proven.
    """

    cost: float
    unit: float
    share: float

    @property
    def step(self) -> float:
        """What the next better choice saves at least."""
        return self.unit * (1 - 1e-6)

    @property
    def ceiling(self) -> float:
        """Nothing better is left where the bound is not below this."""
        return self.cost - self.step - self.share * self.cost

    def bound_with(self, left: list[float]) -> float:
        """What no choice costs less than, with the bounds of the parts that are not searched."""
        bound = min(left, default=self.cost * (1 - self.share))
        if self.unit:
            bound = self.unit * np.ceil(bound / self.unit - 1e-6) if left else self.cost
        return max(0.0, min(self.cost, float(bound)))


_Part = TypeVar("_Part", bound=Part)
_Found = TypeVar("_Found")


def search_tree(
    root: _Part,
    divide: Callable[[_Part], tuple[list[_Part], _Found]],
    keep: Callable[[_Found], object],
    ceiling: Callable[[], float],
    watch: Stopwatch,
) -> list[float]:
    """Divide parts until nothing below the ceiling is left or the watch ends it.

    Parameters
    ----------
    divide : callable
        What is left of a part, in parts, and what was found in it; called from several threads, most of it compiled.
    keep : callable
        Told what was found, in the order of the stack.
    ceiling : callable
        Parts whose bound is not below this hold nothing better.

    Returns
    -------
    list of float
        Bounds of the parts that the watch left over.
    """
    stack = [root]
    with ThreadPoolExecutor(min(cores(), NODES_A_ROUND)) as pool:
        while stack:
            stack = [part for part in stack if part.bound < ceiling()]
            if watch.over():
                break
            taken, stack = _taken(stack)
            divided = list(pool.map(divide, taken) if len(taken) > 1 else map(divide, taken))
            for parts, found in divided:
                stack += parts
                keep(found)
    return [part.bound for part in stack]


def _taken(stack: list[_Part]) -> tuple[list[_Part], list[_Part]]:
    """A round's nodes, and the others: half those of the least bounds, which hold down the bound of the whole.

    The other half are the newest. They alone would need the least memory, which counts once there are many.
    """
    if len(stack) <= NODES_A_ROUND or len(stack) > _MOST_AT_ONCE:
        return stack[-NODES_A_ROUND:], stack[:-NODES_A_ROUND]
    rest = stack[: -NODES_A_ROUND // 2]
    lowest = set(heapq.nsmallest(NODES_A_ROUND // 2, range(len(rest)), key=lambda at: rest[at].bound))
    taken = [rest[at] for at in sorted(lowest)] + stack[-NODES_A_ROUND // 2 :]
    return taken, [part for at, part in enumerate(rest) if at not in lowest]
