"""Independent pieces of compiled work, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def spans(count: int, shortest: int, longest: int) -> list[tuple[int, int]]:
    """Cut ``0 .. count`` into pieces for the cores, several a core, unless they would be too short or too long."""
    step = max(shortest, min(longest, -(-count // (4 * cores()))))
    return [(first, min(first + step, count)) for first in range(0, count, step)]


def on_all_cores(work: Callable[[Any], Answer], pieces: Sequence[Any]) -> list[Answer]:
    """Do independent pieces of compiled work, which let go of the interpreter's lock, on all cores; answers in order.

    Threads of our own rather than numba's: its portable threading layer stops the process when two callers meet in it,
    as two requests to the same server do.
    """
    if len(pieces) < 2 or cores() < 2:
        return [work(piece) for piece in pieces]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(cores(), len(pieces))) as pool:
        return list(pool.map(work, pieces))


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
