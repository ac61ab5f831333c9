"""What no lots can exceed: a linear relaxation with directed cuts, one for each number of lots that might pay.

Each lot is a tree with arcs away from a root. A member is the root of a lot or has one arc into it; the cut says that
whatever set of stairwells holds a member is entered by an arc or holds a root. Along the arcs flows one unit for each
member, so that a root sends out no less than `least` and no more than `most`. With a whole number of lots given, the
price of setting up is exact; the root of a lot is its member that gains most, so that a fraction of a root cannot be
everywhere. Cuts are added where the relaxed lots break them, found as minimum cuts.

References
----------
Ljubic, I. et al. (2006). An algorithmic framework for the exact solution of the prize-collecting Steiner tree problem.
Mathematical Programming 105.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from xiuhua.engine.batches.trees import Part

_CUT_ARCS = 4_000
"""Arcs up to which cuts are sought; at 4,000 a relaxation takes about a second."""
_RELAXED_ARCS = 12_000
"""Arcs up to which there is a relaxation at all."""
_ROUNDS = 12
"""Rounds of cuts for one number of lots."""
_ARC_ROUNDS = 30_000
"""Rounds of cuts for all numbers of lots of a part, times its arcs."""
_UNITS = 1 << 20
"""Capacity of an arc that is wholly taken, where cuts are sought in whole numbers."""
_CLOSE = 1e-6
"""Accuracy of the solver: a bound nearer than this to a value is that value."""

Floats = NDArray[np.float64]
Matrix = Any
"""A sparse matrix of scipy: its types know no blocks."""


class _UnsolvedError(ArithmeticError):
    """The solver gave up; the bound by count stands."""


def upper_bound(part: Part, value: float) -> float:
    """A value that no lots of a part exceed, given the `value` of some: the same where they are proven best."""
    bound = _counted(part)
    if bound > value + _CLOSE and len(part.head) <= _RELAXED_ARCS:
        with suppress(_UnsolvedError):
            bound = min(bound, _relaxed(part, value))
    return bound if bound > value + _CLOSE else value


def _counted(part: Part) -> float:
    """A bound from sizes alone: a member, but for one a lot, pays at least the way to its nearest neighbour."""
    nearest = part.apart.min(axis=1)
    best = np.cumsum(np.sort(part.gain - part.walk * nearest)[::-1])
    count = np.arange(1, len(best) + 1)
    a_lot = part.walk * nearest.max() - part.setup
    lots = -(-count // part.most) if a_lot < 0 else count // part.least
    return max(0.0, float((best + a_lot * lots)[part.least - 1 :].max(initial=0.0)))


def _relaxed(part: Part, value: float) -> float:
    """The greatest bound over numbers of lots; before cuts it is concave in them, so sought outwards from its top."""
    model = _Relaxation(part)
    top = model.free()
    bound = value
    for lots, step in ((int(np.ceil(top)), 1), (int(np.ceil(top)) - 1, -1)):
        while 0 < lots <= len(part.gain) // part.least:
            first, tight = model.with_lots(lots, value)
            if first <= value + _CLOSE:
                break
            bound = max(bound, tight)
            lots += step
            if model.rounds <= 0:
                bound = max(bound, first)
                break
    return bound


class _Relaxation:
    """Columns: N members, N roots, N flows from roots, A arcs, A flows along arcs."""

    def __init__(self, part: Part) -> None:
        self.count, self.arcs = len(part.gain), len(part.head)
        self.head = part.head.astype(np.int64)
        self.tail = np.repeat(np.arange(self.count), np.diff(part.indptr))
        n, a = self.count, self.arcs
        self.cutting = a <= _CUT_ARCS
        self.rounds = _ARC_ROUNDS // a
        self.costs = np.zeros(3 * n + 2 * a)
        self.costs[:n] = -part.gain
        self.costs[n : 2 * n] = part.setup
        self.costs[3 * n : 3 * n + a] = part.walk * part.apart[self.tail, self.head]
        self.upper = np.full(len(self.costs), np.inf)
        self.upper[: 2 * n] = self.upper[3 * n : 3 * n + a] = 1.0
        self.equal = self._equations()
        self.below = self._inequalities(part.least, part.most)
        if self.cutting:
            self.below = sparse.vstack([self._roots_first(part.gain), self.below]).tocsr()
        self.lots = np.zeros((1, len(self.costs)))
        self.lots[0, n : 2 * n] = 1.0

    def free(self) -> float:
        """Number of lots, a fraction, at which the relaxation is greatest."""
        solved = self._solve(self.equal, np.zeros(self.equal.shape[0]), self.below)
        return 0.0 if solved is None else float(solved @ self.lots[0])

    def with_lots(self, lots: int, value: float) -> tuple[float, float]:
        """Bounds at a number of lots before and after cuts, ``-inf`` where there can be no such number."""
        equal = sparse.vstack([self.equal, sparse.csr_matrix(self.lots)]).tocsr()
        even = np.append(np.zeros(self.equal.shape[0]), lots)
        below = self.below
        bounds: list[float] = []
        for _ in range(max(1, min(_ROUNDS, self.rounds)) if self.cutting else 1):
            self.rounds -= 1
            solved = self._solve(equal, even, below)
            bounds.append(-np.inf if solved is None else float(-self.costs @ solved))
            if solved is None or bounds[-1] <= value + _CLOSE:
                break
            cuts = self._broken_cuts(solved) if self.cutting else sparse.csr_matrix((0, len(self.costs)))
            if cuts.shape[0] == 0:
                break
            below = sparse.vstack([below, cuts]).tocsr()
        return bounds[0], bounds[-1]

    def _solve(self, equal: Matrix, even: Floats, below: Matrix) -> Floats | None:
        rows = [LinearConstraint(equal, even, even), LinearConstraint(below, -np.inf, 0.0)]
        solved = milp(self.costs, bounds=Bounds(0.0, self.upper), constraints=rows)
        if solved.status not in (0, 2):
            raise _UnsolvedError(solved.message)
        return np.asarray(solved.x) if solved.status == 0 else None

    def _equations(self) -> Matrix:
        n = self.count
        here, into, out = sparse.identity(n), self._at(self.head), self._at(self.tail)
        rows: Matrix = [[-here, here, None, into, None], [-here, None, here, None, into - out]]
        return sparse.bmat(rows, format="csr")

    def _inequalities(self, least: int, most: int) -> Matrix:
        here, arc, pair = sparse.identity(self.count), sparse.identity(self.arcs), self._both_ways()
        ends = [np.minimum(self.tail, self.head), np.maximum(self.tail, self.head)]
        low, high = (sparse.csr_matrix(self._at(end).T)[self.tail < self.head] for end in ends)
        rows: Matrix = [
            [None, -most * here, here, None, None],
            [None, least * here, -here, None, None],
            [None, None, None, arc, -arc],
            [None, None, None, -(most - 1) * arc, arc],
            [-low, None, None, pair, None],
            [-high, None, None, pair, None],
        ]
        return sparse.bmat(rows, format="csr")

    def _roots_first(self, gain: Floats) -> Matrix:
        """A member has the root of its lot among those that gain no less."""
        rank = np.empty(self.count, np.int64)
        rank[np.argsort(-gain, kind="stable")] = np.arange(self.count)
        rows = np.zeros((self.count, len(self.costs)))
        rows[:, : self.count] = np.eye(self.count)
        rows[:, self.count : 2 * self.count] = -1.0 * (rank[None, :] <= rank[:, None])
        return sparse.csr_matrix(rows)

    def _broken_cuts(self, solved: Floats) -> Matrix:
        n = self.count
        member, root, arc = solved[:n], solved[n : 2 * n], solved[3 * n : 3 * n + self.arcs]
        capacity: Matrix = sparse.csr_matrix(
            (
                np.floor(np.clip(np.append(arc, root), 0, 1) * _UNITS).astype(np.int32),
                (np.append(self.tail, np.full(n, n)), np.append(self.head, np.arange(n))),
            ),
            shape=(n + 1, n + 1),
        )
        cuts: dict[bytes, Floats] = {}
        for one in np.flatnonzero(member > 0.01):
            flow = maximum_flow(capacity, n, int(one), method="dinic")
            if flow.flow_value < (member[one] - 0.02) * _UNITS:
                left = capacity - flow.flow
                left.data[left.data < _UNITS // 4096] = 0
                left.eliminate_zeros()
                inside = np.ones(n + 1, np.bool_)
                inside[breadth_first_order(left, n, return_predecessors=False)] = False
                if inside[one]:
                    cuts.setdefault(inside.tobytes(), self._cut(inside[:n], int(one)))
        return sparse.csr_matrix(np.array(list(cuts.values())).reshape(len(cuts), len(self.costs)))

    def _cut(self, inside: NDArray[np.bool_], one: int) -> Floats:
        n = self.count
        row = np.zeros(len(self.costs))
        row[one] = 1.0
        row[n : 2 * n][inside] = -1.0
        row[3 * n : 3 * n + self.arcs][inside[self.head] & ~inside[self.tail]] = -1.0
        return row

    def _at(self, node: NDArray[np.int64]) -> Matrix:
        """A row a stairwell, with 1 at each arc that has it as this end."""
        shape = (self.count, self.arcs)
        return sparse.csr_matrix((np.ones(self.arcs), (node, np.arange(self.arcs))), shape=shape)

    def _both_ways(self) -> Matrix:
        """A row a pair of neighbours, with 1 at the arc each way."""
        low, high = np.minimum(self.tail, self.head), np.maximum(self.tail, self.head)
        _, pair = np.unique(low * self.count + high, return_inverse=True)
        return sparse.csr_matrix((np.ones(self.arcs), (pair, np.arange(self.arcs))))
