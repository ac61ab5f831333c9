"""The best choice known, shared by all who search, and what would be better."""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.siting.reuse.case import Case


class Incumbent:
    """The best choice known.

    Attributes
    ----------
    covered : float
        Need that it covers; -inf while none is known that keeps to budget and floors.
    masks : int64[J]
        Functions of each space, a bit each.
    grain : float
        Needs covered differ by multiples of this; 0 where there is none to speak of.
    lock : threading.Condition
        Held by whoever changes what threads share.
    """

    def __init__(self, case: Case) -> None:
        self.covered, self.masks = -np.inf, np.zeros(len(case.opening), np.int64)
        self.grain = grain_of(case.weight)
        self.lock = threading.Condition()
        self._least = -1e-9 * float(case.weight.sum())
        if case.weight is case.counted:
            self._least += (1 - 1e-9) * float(case.floors.sum())

    @property
    def target(self) -> float:
        """Only choices worth at least this are of interest: better than the best by what needs can differ."""
        if self.covered == -np.inf:
            return self._least
        slack = 1e-9 * max(1.0, self.covered)
        return self.covered + max(self.grain - 10 * slack, slack) if self.grain else self.covered + slack

    def offer(self, covered: float, masks: NDArray[np.int64]) -> None:
        """Keep a choice that is better than the best."""
        with self.lock:
            if covered > self.covered:
                self.covered, self.masks = covered, masks.copy()


def grain_of(weight: NDArray[np.float64]) -> float:
    """The largest amount of which all needs are multiples; 0 where there is none to speak of."""
    for scale in (1.0, 10.0, 100.0, 1000.0):
        scaled = weight * scale
        if scaled.sum() < 2**52 and np.abs(scaled - np.rint(scaled)).max(initial=0.0) < 1e-9 * scale:
            common = int(np.gcd.reduce(np.rint(scaled).astype(np.int64))) if len(scaled) else 0
            return common / scale
    return 0.0
