"""One climb of the p-median's bound: the arrays that `median_bound.climb` carries on, and how they begin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.siting.median_bound import BEST, FREE, STALLED, THETA, TO_OPEN, UPPER, climb, lay_out, open_one
from xiuhua.engine.siting.median_rows import Rows


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a climb goes on: rounds at a time, rounds without gain before the step is halved, smallest step."""

    patience: int
    least_theta: float
    rounds: int
    stop_at_better: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A part of the choices, still to be searched.

    Attributes
    ----------
    status : int8[M]
        1 where a candidate is open, -1 where it is closed, 0 where it is free.
    prices : float64[N]
        Where the climb begins.
    often : float64[M]
        How often each candidate was among the cheapest; negative before the first round.
    bound : float
        No choice of this part costs less.
    """

    status: NDArray[np.int8]
    prices: NDArray[np.float64]
    often: NDArray[np.float64]
    bound: float

    def child(self, candidate: int, status: int) -> Node:
        """The same with one candidate decided."""
        decided = self.status.copy()
        decided[candidate] = status
        return Node(decided, self.prices, self.often, self.bound)


class Buffers:
    """Room for the laid out rows of one climb at a time."""

    def __init__(self, rows: Rows) -> None:
        self.indptr = np.empty_like(rows.indptr)
        self.column = np.empty_like(rows.candidate)
        self.distance = np.empty_like(rows.distance)


class Climb:
    """A climb in progress below one node.

    Attributes
    ----------
    best : int32[p]
        The cheapest choice met, where `cost` fell below what the climb began with.
    """

    def __init__(self, rows: Rows, node: Node, p: int, cost: float, buffers: Buffers) -> None:
        self._rows, self._buffers = rows, buffers
        self.status, self.often = node.status.copy(), node.often.copy()
        self.c0 = rows.cap.copy()
        opened = np.flatnonzero(self.status == 1)
        for j in opened:
            open_one(rows.start, rows.client, rows.away, j, self.c0)
        self._prices = np.minimum(node.prices, self.c0)
        self.best_prices, self._way = self._prices.copy(), np.zeros(len(self.c0))
        self._name = np.empty(rows.candidates, np.int32)
        free = lay_out(
            rows.indptr, rows.candidate, rows.distance, self.status, self.c0,
            buffers.indptr, buffers.column, buffers.distance, self._name,
        )  # fmt: skip
        self._order = np.arange(rows.candidates, dtype=np.int32)
        self.best = np.zeros(p, np.int32)
        self._state = np.zeros(6)
        self._state[[BEST, THETA, STALLED, FREE, TO_OPEN, UPPER]] = node.bound, 1.0, 0, free, p - len(opened), cost

    def go(self, pace: Pace, step: float, share: float) -> int:
        """Some rounds more; see `median_bound.climb`."""
        rows, buffers = self._rows, self._buffers
        laid_out = (buffers.indptr, buffers.column, buffers.distance, self._name, self._order)
        by_candidate = (rows.start, rows.client, rows.away)
        by_client = (self.c0, self._prices, self.best_prices, self._way)
        known = (self.status, self.often, self._state, self.best)
        manner = (step, share, pace.patience, pace.least_theta, pace.rounds, pace.stop_at_better)
        return int(climb(*laid_out, *by_candidate, *by_client, *known, *manner))

    @property
    def cost(self) -> float:
        """Cost of the best choice known."""
        return float(self._state[UPPER])

    @cost.setter
    def cost(self, cost: float) -> None:
        self._state[UPPER] = cost

    @property
    def bound(self) -> float:
        return float(self._state[BEST])

    @property
    def to_open(self) -> int:
        return int(self._state[TO_OPEN])

    def cheapest(self) -> NDArray[np.int32]:
        """What is open, and the free candidates of least reduced cost: int32[p]."""
        cheapest = self._name[self._order[: self.to_open]]
        return np.concatenate([np.flatnonzero(self.status == 1).astype(np.int32), cheapest])

    def promising(self, count: int) -> NDArray[np.int32]:
        """The free candidates that were most often among the cheapest, at most `count`."""
        free = np.flatnonzero(self.status == 0)
        return free[np.argsort(-self.often[free], kind="stable")[:count]].astype(np.int32)

    def node(self) -> Node:
        """What is left to search."""
        return Node(self.status, self.best_prices, self.often, self.bound)
