"""A tree searched in rounds on all cores (分支定界), the same whatever their number.

A round takes a fixed number of nodes from the top of the stack, and what one of them finds is told to the others only
when the round is over. So neither the answer nor the bound depends on the number of threads, unless a clock ends it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

from xiuhua.engine.stopwatch import Stopwatch

NODES_A_ROUND = 8


class Part(Protocol):
    """A part of all choices; no choice of it costs less than its bound."""

    @property
    def bound(self) -> float: ...


_Part = TypeVar("_Part", bound=Part)
_Found = TypeVar("_Found")


def search_tree(
    root: _Part,
    divide: Callable[[_Part], tuple[list[_Part], _Found]],
    keep: Callable[[_Found], object],
    ceiling: Callable[[], float],
    watch: Stopwatch,
) -> list[float]:
    """Divide parts, the newest first, until nothing below the ceiling is left or the watch ends it.

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
            taken, stack = stack[-NODES_A_ROUND:], stack[:-NODES_A_ROUND]
            divided = list(pool.map(divide, taken) if len(taken) > 1 else map(divide, taken))
            for parts, found in divided:
                stack += parts
                keep(found)
    return [part.bound for part in stack]


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
