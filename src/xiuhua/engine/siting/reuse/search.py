"""The search for the best choice: prices, annealing, then a best-first tree until nothing better can be left.

Compiled code does the work and lets go of the interpreter's lock; the tree itself is kept here, shared by the threads.
"""

from __future__ import annotations

import heapq
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.siting.reuse.bounding import Fixed
from xiuhua.engine.siting.reuse.branching import HOT, Bench, Branch
from xiuhua.engine.siting.reuse.case import Case
from xiuhua.engine.siting.reuse.incumbent import Incumbent
from xiuhua.engine.stopwatch import Stopwatch

Progress = Callable[[float, float, float], None]

ROOT_STEPS, ROOT_ROUNDS, ROOT_PATIENCE = 400, 4, 60
ROOT_MOVES = 40_000
FRUITLESS = 8
"""Small searches before the tree begins: at most one a space, and until one in so many spaces gains nothing."""
RARELY = 160
"""Branches between small searches at most."""


@dataclass
class Found:
    """What a search knows when it ends.

    Attributes
    ----------
    covered : float
        Need covered by the best choice; -inf where none was met that keeps to budget and floors.
    bound : float
        No choice covers more; -inf where it is proven that none keeps to budget and floors.
    masks : int64[J]
        Functions of each space, a bit each.
    prices : float64[G + F + 1]
        Those of the least bound at the root.
    root : float
        The bound at the root, before anything was ruled out.
    nodes : int
        Branches looked at.
    """

    covered: float
    bound: float
    masks: NDArray[np.int64]
    prices: NDArray[np.float64]
    root: float
    nodes: int


def search(
    case: Case,
    budget: int,
    watch: Stopwatch,
    *,
    threads: int,
    seed: int = 0,
    start: Found | None = None,
    ceiling: float = np.inf,
    progress: Progress | None = None,
) -> Found:
    """The best choice within a budget.

    Parameters
    ----------
    start : Found, optional
        Of the same case at a smaller budget, to begin from.
    ceiling : float
        A bound known beforehand.
    """
    return _Search(case, budget, watch, threads, seed, ceiling, progress).run(start)


class _Search:
    def __init__(
        self,
        case: Case,
        budget: int,
        watch: Stopwatch,
        threads: int,
        seed: int,
        ceiling: float,
        progress: Progress | None,
    ) -> None:
        self.case, self.budget, self.watch, self.threads, self.seed = case, budget, watch, threads, seed
        self.progress, self.told = progress, -1.0
        self.best = Incumbent(case)
        self.lock = self.best.lock
        self.ceiling = min(ceiling, float(case.weight.sum()))
        self.dropped = -np.inf
        self.open: list[Branch] = []
        self.busy: dict[int, float] = {}
        self.nodes = self.branches = self.searches = 0
        self.wait, self.next_search = 10, 10
        useless = np.diff(case.touch_ptr) == 0
        self.undecided = Fixed(
            np.where(useless, -1, 0).astype(np.int8),
            np.where(useless.reshape(-1, case.functions).all(axis=1), -1, 0).astype(np.int8),
        )
        self.benches = [Bench(case, budget, self.best, self.undecided) for _ in range(threads)]

    def run(self, start: Found | None) -> Found:
        prices = self.first_prices() if start is None else start.prices.copy()
        if start is not None and start.covered > -np.inf:
            self.best.offer(start.covered, start.masks)
        root = self.lower_root(prices, fresh=start is None)
        if root >= self.best.target and self.best.covered > -np.inf:
            self.together(lambda bench: self.search_around(bench, prices))
        self.push(root, self.undecided, prices)
        self.together(self.work)
        return Found(self.best.covered, self.bound(), self.best.masks, prices, root, self.nodes)

    def together(self, work: Callable[[Bench], None]) -> None:
        """Let all threads work, this one among them."""
        if self.threads == 1:
            work(self.benches[0])
            return
        with ThreadPoolExecutor(self.threads - 1) as pool:
            others = [pool.submit(work, bench) for bench in self.benches[1:]]
            work(self.benches[0])
            for other in others:
                other.result()

    def first_prices(self) -> NDArray[np.float64]:
        case = self.case
        covers = np.bincount(case.touch, minlength=len(case.weight))
        prices = np.zeros(len(case.weight) + len(case.floors) + 1)
        prices[: len(case.weight)] = case.weight / np.maximum(1, covers)
        prices[-1] = 0.3 * float(case.weight.sum()) / max(1, self.budget)
        return prices

    def lower_root(self, prices: NDArray[np.float64], fresh: bool) -> float:
        """Lower the bound and anneal by turns, until neither gains much."""
        bench, best, least = self.benches[0], self.best, np.inf
        for turn in range(ROOT_ROUNDS):
            before, known = least, best.covered
            theta = 1.0 if turn == 0 and fresh else 0.3
            least = min(least, bench.lower(self.undecided, prices, ROOT_STEPS, theta, ROOT_PATIENCE))
            self.ceiling = min(self.ceiling, max(least, best.covered))
            if least < best.target or self.watch.over():
                break
            starts = [(np.zeros_like(best.masks), HOT), (best.masks.copy(), HOT / 3)]
            for number, (masks, hot) in enumerate(starts):
                bench.anneal(masks, prices, ROOT_MOVES, hot, self.seed + 1000 * turn + number)
            self.tell()
            if least < best.target or self.watch.over():
                break
            if turn > 0 and before - least < 0.02 * (least - best.covered) and best.covered <= known:
                break
        return least

    def search_around(self, bench: Bench, prices: NDArray[np.float64]) -> None:
        """Small searches around the best choice, until many in a row gain nothing."""
        fruitless, spaces = 0, len(self.case.opening)
        while fruitless * FRUITLESS < spaces and not self.watch.over():
            with self.lock:
                self.searches += 1
                mine = self.searches
            if mine > spaces:
                return
            fruitless = 0 if bench.search_nearby(prices, self.seed + mine) else fruitless + 1
            if bench is self.benches[0]:
                self.tell()

    def push(self, bound: float, fixed: Fixed, prices: NDArray[np.float64]) -> None:
        self.branches += 1
        heapq.heappush(self.open, Branch((-bound, self.branches), fixed, prices.astype(np.float32)))

    def work(self, bench: Bench) -> None:
        """Look at branches until none is left; several threads do so at once."""
        me = threading.get_ident()
        while (branch := self.next_branch(me)) is not None:
            children: list[Fixed] = []
            bound, prices = branch.bound, branch.prices.astype(np.float64)
            try:
                bound, children, prices = bench.look(branch)
                if self.due():
                    self.search_again(bench, prices)
            finally:
                with self.lock:
                    for child in children:
                        self.push(bound, child, prices)
                    if not children:
                        self.drop(bound)
                    del self.busy[me]
                    self.lock.notify_all()
            if bench is self.benches[0]:
                self.tell()

    def next_branch(self, me: int) -> Branch | None:
        """The branch of the largest bound; None where the search ends."""
        with self.lock:
            while True:
                while not self.open and self.busy:
                    self.lock.wait(0.05)
                if not self.open or self.watch.over():
                    self.lock.notify_all()
                    return None
                branch = heapq.heappop(self.open)
                if branch.bound >= self.best.target:
                    self.busy[me] = branch.bound
                    self.nodes += 1
                    return branch
                self.drop(branch.bound)

    def due(self) -> bool:
        """Whether it is time for a small search."""
        with self.lock:
            if self.nodes < self.next_search or self.best.covered == -np.inf:
                return False
            self.searches += 1
            self.next_search = self.nodes + self.wait
            return True

    def search_again(self, bench: Bench, prices: NDArray[np.float64]) -> None:
        """A small search; the fewer gain anything, the rarer they are."""
        gained = bench.search_nearby(prices, self.seed + self.searches)
        self.wait = 10 if gained else min(RARELY, 2 * self.wait)

    def drop(self, bound: float) -> None:
        """Remember what a branch that is done with could still have been worth, where needs are not whole."""
        if not self.best.grain and self.best.covered > -np.inf:
            self.dropped = max(self.dropped, min(bound, self.best.target))

    def bound(self) -> float:
        """No choice is better than this, as things stand."""
        with self.lock:
            if self.branches == 0:
                return self.ceiling
            left = max([self.dropped, *self.busy.values(), *(branch.bound for branch in self.open[:1])])
        if self.best.grain and left > -np.inf:
            left = np.floor(left / self.best.grain + 1e-6) * self.best.grain
        return float(min(self.ceiling, max(left, self.best.covered)))

    def tell(self) -> None:
        """Report, a few times a second, from the thread that called."""
        if self.progress is not None and self.watch.seconds - self.told > 0.2:
            self.told = self.watch.seconds
            self.progress(self.best.covered, self.bound(), self.watch.seconds)
