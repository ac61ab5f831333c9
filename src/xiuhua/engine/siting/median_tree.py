"""The p-median proven (证明最优): a Lagrangian bound at the root, then a tree over the candidates it left undecided.

The work of a node is compiled (`median_bound`) and lets go of the interpreter's lock.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.siting.median_bound import BETTER, CLOSED, FLAT
from xiuhua.engine.siting.median_climb import Buffers, Climb, Node, Pace
from xiuhua.engine.siting.median_rows import Rows, step_between_sums, undecided
from xiuhua.engine.siting.median_search import exchange, greedy, put_in
from xiuhua.engine.siting.tree import Proof, search_tree
from xiuhua.engine.stopwatch import Stopwatch

_AT_THE_ROOT = Pace(patience=20, least_theta=0.002, rounds=25, stop_at_better=True)
_AT_A_NODE = Pace(patience=8, least_theta=0.02, rounds=20, stop_at_better=False)
_SHAKES = 10
_NODES_A_SHAKE = 128
_BRANCH_NEAR = 0.7
_CLOSE_ENOUGH = 5e-10
_ROUNDING = 1e-12


class Search(Proof):
    """A search for the cheapest choice.

    Attributes
    ----------
    cost, chosen : float, int32[p]
        The best choice known.
    bound : float
        No choice costs less; when the search has proven its choice, the same up to the tolerance.
    nodes, shakes : int
        Nodes of the tree searched, and choices tried near the best.
    """

    def __init__(self, rows: Rows, p: int, watch: Stopwatch) -> None:
        self.rows, self.p, self.watch = rows, p, watch
        self.unit = step_between_sums(rows.distance)
        self.share = _ROUNDING if self.unit else _CLOSE_ENOUGH
        self.cost, self.chosen = float("inf"), np.zeros(p, np.int32)
        self.bound, self.nodes, self.shakes = 0.0, 0, 0

    def offer(self, chosen: NDArray[np.int32], cost: float) -> None:
        """Keep a choice if it is better than the best known."""
        if cost < self.cost:
            self.cost, self.chosen = cost, chosen.copy()

    def begin_with_a_choice(self) -> None:
        """Where some pairs cannot serve: a choice that serves everybody, if one is found, and caps as low as its cost.

        Until then an unserved client pays more than all others together, so that serving one more comes first.
        """
        rows = self.rows
        chosen = greedy(rows.start, rows.client, rows.away, rows.cap, self.p)
        chosen, cost = self._exchanged(chosen, np.arange(rows.candidates, dtype=np.int32))
        if cost < rows.beyond:
            self._begin_with(chosen, cost)

    def begin_with_cover(self, cover: NDArray[np.int32]) -> None:
        """Begin with at most p candidates that serve everybody."""
        candidates = np.arange(self.rows.candidates, dtype=np.int32)
        others = np.setdiff1d(candidates, cover)[: self.p - len(cover)]
        self._begin_with(*self._exchanged(np.concatenate([cover, others]), candidates))

    def _begin_with(self, chosen: NDArray[np.int32], cost: float) -> None:
        self.offer(chosen, cost)
        incomplete = np.diff(self.rows.indptr) < self.rows.candidates
        self.rows.cap[incomplete] = np.minimum(self.rows.cap[incomplete], self.cost)

    def run(self) -> None:
        """Search until the best choice is proven or the watch ends it."""
        root = self._climb_root()
        left = []
        if root is not None:
            self._shake(root.promising(2 * self.p + 30))
            left = self._branch(root)
        self.bound = self.bound_with(left)

    def _climb_root(self) -> Climb | None:
        """The root after its climb, or None where the climb was the proof."""
        rows, p = self.rows, self.p
        undecided = np.zeros(rows.candidates, np.int8), np.full(rows.candidates, -1.0)
        node = Node(undecided[0], rows.first_prices(p), undecided[1], 0.0)
        climb = Climb(rows, node, p, self.cost, Buffers(rows))
        while True:
            end = climb.go(_AT_THE_ROOT, self.step, self.share)
            self.offer(climb.best, climb.cost)
            if end == CLOSED:
                return None
            if end == FLAT or self.watch.over():
                return climb
            start = climb.best if end == BETTER else climb.cheapest()
            self.offer(*self._exchanged(start, climb.promising(2 * p + 30)))
            climb.cost = self.cost

    def _exchanged(
        self, chosen: NDArray[np.int32], candidates: NDArray[np.int32], shakes: int = 0, seed: int = 0
    ) -> tuple[NDArray[np.int32], float]:
        rows, chosen = self.rows, chosen.copy()
        if shakes:
            dice = np.random.default_rng(seed)
            going, coming = dice.integers(0, [[self.p], [len(candidates)]], (2, shakes), np.int32)
            put_in(chosen, candidates, going, coming)
        least = max(0.5 * self.unit, _ROUNDING * min(self.cost, self.rows.beyond))
        pairs = (rows.indptr, rows.candidate, rows.distance, rows.start, rows.client, rows.away)
        cost = exchange(*pairs, rows.cap, chosen, candidates, least, 40 * self.p + 500)
        return chosen, cost

    def _shake(self, candidates: NDArray[np.int32]) -> None:
        """Try choices near the best one, other ones each time."""
        for _ in range(_SHAKES):
            if self.watch.over() or len(candidates) == 0:
                return
            self.shakes += 1
            self.offer(*self._exchanged(self.chosen, candidates, max(2 + self.shakes % 4, self.p // 10), self.shakes))

    def _branch(self, root: Climb) -> list[float]:
        """Search the tree below the root, over its undecided candidates alone; bounds of what the watch left over."""
        opened = np.flatnonzero(root.status == 1).astype(np.int32)
        free = np.flatnonzero(root.status == 0).astype(np.int32)
        rows, wider = undecided(self.rows, root.status, root.c0), root.promising(4 * self.p + 60)
        spare: list[Buffers] = []

        def divide(node: Node) -> tuple[list[Node], Climb]:
            try:
                buffers = spare.pop()
            except IndexError:
                buffers = Buffers(rows)
            climb = Climb(rows, node, self.p - len(opened), self.cost, buffers)
            end = climb.go(_AT_A_NODE, self.step, self.share)
            spare.append(buffers)
            return ([] if end == CLOSED else _children(climb.node())), climb

        def keep(climb: Climb) -> None:
            self.nodes += 1
            if climb.cost < self.cost:
                self.offer(np.concatenate([opened, free[climb.best]]), climb.cost)
            if self.nodes % _NODES_A_SHAKE == 0:
                self._shake(wider)

        whole = Node(np.zeros(len(free), np.int8), root.best_prices, root.often[free], root.bound)
        return search_tree(whole, divide, keep, lambda: self.ceiling, self.watch)


def _children(node: Node) -> list[Node]:
    """Two parts: without the candidate on which the bound hesitates most, and with it."""
    free = np.flatnonzero(node.status == 0)
    candidate = free[np.argmin(np.abs(node.often[free] - _BRANCH_NEAR))]
    return [node.child(candidate, -1), node.child(candidate, 1)]
