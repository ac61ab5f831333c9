"""How long a search has run, and whether it should end: the engine measures time and never asks what time it is."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from numbers import Real
from typing import Any


class Stopwatch:
    """Started when it is made.

    Parameters
    ----------
    time_limit : float, optional
        Seconds after which `over` holds; without it only `stop` ends a search.
    stop : callable, optional
        Asked now and then, from the thread that searches; a true answer ends the search, which gives what it has.

    Raises
    ------
    ValueError
        `time_limit` is not a positive number.
    TypeError
        `stop` cannot be called.
    """

    def __init__(self, time_limit: float | None = None, stop: Callable[[], bool] | None = None) -> None:
        given: Any = time_limit
        number = not isinstance(given, bool) and isinstance(given, Real)
        if given is not None and not (number and given > 0):
            raise ValueError(f"time_limit must be a positive number of seconds, not {time_limit!r}")
        if stop is not None and not callable(stop):
            raise TypeError(f"stop must be a function without arguments, not {stop!r}")
        self._limit = math.inf if time_limit is None else float(time_limit)
        self._stop = stop
        self._began = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self._began

    @property
    def left(self) -> float:
        """Seconds until the limit, ``inf`` without one, never negative."""
        return max(0.0, self._limit - self.seconds)

    def over(self) -> bool:
        """Whether the time is up, or somebody asked to stop."""
        return self.seconds >= self._limit or (self._stop is not None and self._stop())
