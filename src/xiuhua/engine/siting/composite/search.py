"""The search for the best choice: prices, annealing, then a best-first tree until nothing better can be left.

Compiled code does the work and lets go of the interpreter's lock; the tree itself is kept here, shared by the threads.
"""

from __future__ import annotations

import heapq
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.siting.composite.annealing import anneal
from xiuhua.engine.siting.composite.bounding import Choice, Fixed, allowed, choose, lower, paces, room_for, take_stock
from xiuhua.engine.siting.composite.case import Case
from xiuhua.engine.siting.composite.fixing import keep_to_budget, rule_out
from xiuhua.engine.stopwatch import Stopwatch

Progress = Callable[[float, float, float], None]

ROOT_STEPS, ROOT_ROUNDS, ROOT_PATIENCE = 400, 6, 60
ROOT_MOVES = 40_000
HOT, COLD = 0.003, 0.0002
NODE_STEPS, NODE_THETA, NODE_PATIENCE = 80, 0.6, 10
NODE_MOVES, NODES_PER_ANNEALING = 3_000, 10


@dataclass(order=True)
class _Branch:
    """Part of all choices: what is decided, and what is known of the rest."""

    key: tuple[float, int]
    fixed: Fixed = field(compare=False)
    prices: NDArray[np.float32] = field(compare=False)


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
        Of the same case at another budget, to begin from.
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
        self.total = float(case.weight.sum())
        self.grain = grain_of(case.weight)
        self.best, self.masks = -np.inf, np.zeros(len(case.opening), np.int64)
        self.ceiling = min(ceiling, self.total)
        self.least = -1e-9 * self.total
        if case.weight is case.counted:
            self.least += (1 - 1e-9) * float(case.floors.sum())
        self.dropped = -np.inf
        self.lock = threading.Condition()
        self.open: list[_Branch] = []
        self.busy: dict[int, float] = {}
        self.nodes = self.branches = 0

    @property
    def target(self) -> float:
        """Only choices worth at least this are of interest: better than the best by what needs can differ."""
        if self.best == -np.inf:
            return self.least
        slack = 1e-9 * max(1.0, self.best)
        return self.best + max(self.grain - 10 * slack, slack) if self.grain else self.best + slack

    def offer(self, covered: float, masks: NDArray[np.int64]) -> None:
        """Keep a choice that is better than the best."""
        with self.lock:
            if covered > self.best:
                self.best, self.masks = covered, masks.copy()

    def drop(self, bound: float) -> None:
        """Remember what a branch that is done with could still have been worth, where needs are not whole."""
        with self.lock:
            if not self.grain and self.best > -np.inf:
                self.dropped = max(self.dropped, bound)

    def bound(self) -> float:
        """No choice is better than this, as things stand."""
        with self.lock:
            if self.branches == 0:
                return self.ceiling
            left = max([self.dropped, *self.busy.values(), *(-branch.key[0] for branch in self.open[:1])])
        if self.grain and left > -np.inf:
            left = np.floor(left / self.grain + 1e-6) * self.grain
        return float(min(self.ceiling, max(left, self.best)))

    def tell(self) -> None:
        """Report, a few times a second, from the thread that called."""
        if self.progress is not None and self.watch.seconds - self.told > 0.2:
            self.told = self.watch.seconds
            self.progress(self.best, self.bound(), self.watch.seconds)

    def run(self, start: Found | None) -> Found:
        case = self.case
        functions = case.functions
        fixed = Fixed(np.zeros(len(case.price), np.int8), np.zeros(len(case.opening), np.int8))
        useless = np.diff(case.touch_ptr) == 0
        fixed.item[useless] = -1
        fixed.space[useless.reshape(-1, functions).all(axis=1)] = -1
        prices = self.first_prices() if start is None else start.prices.copy()
        root = self.root(fixed, prices, start)
        root_prices = prices.copy()
        self.push(root, fixed, prices)
        if self.threads == 1:
            self.work()
        else:
            with ThreadPoolExecutor(self.threads - 1) as pool:
                others = [pool.submit(self.work, False) for _ in range(self.threads - 1)]
                self.work()
                for other in others:
                    other.result()
        return Found(self.best, self.bound(), self.masks, root_prices, root, self.nodes)

    def first_prices(self) -> NDArray[np.float64]:
        case = self.case
        covers = np.bincount(case.touch, minlength=len(case.weight))
        prices = np.zeros(len(case.weight) + len(case.floors) + 1)
        prices[: len(case.weight)] = case.weight / np.maximum(1, covers)
        prices[-1] = 0.3 * self.total / max(1, self.budget)
        return prices

    def root(self, fixed: Fixed, prices: NDArray[np.float64], start: Found | None) -> float:
        """Lower the bound and anneal by turns, until neither gains much."""
        case = self.case
        bare = Fixed(fixed.item.copy(), fixed.space.copy())
        choice, mean, found = room_for(case), np.zeros(len(case.price)), np.zeros_like(self.masks)
        if start is not None and start.covered > -np.inf:
            self.offer(start.covered, start.masks)
        least = np.inf
        for turn in range(ROOT_ROUNDS):
            before, known = least, self.best
            pace = paces(case, self.budget, max(self.total * 0.1, self.best))
            theta = 1.0 if turn == 0 and start is None else 0.3
            bound, value = lower(
                case,
                self.budget,
                bare,
                prices,
                pace,
                self.best,
                self.target,
                ROOT_STEPS,
                theta,
                ROOT_PATIENCE,
                choice,
                mean,
                found,
            )
            least = min(least, bound)
            if value > -np.inf:
                self.offer(value, found)
            if least < self.target or self.watch.over():
                break
            self.anneal_all(prices, least, turn)
            self.ceiling = min(self.ceiling, max(least, self.best))
            self.tell()
            if least < self.target or self.watch.over():
                break
            if turn > 0 and before - least < 0.01 * (least - self.best) and self.best <= known:
                break
        return least

    def anneal_all(self, prices: NDArray[np.float64], bound: float, turn: int) -> None:
        """Two annealings, always the same whatever the number of threads: one from scratch, one from the best."""
        starts = [(np.zeros_like(self.masks), HOT), (self.masks.copy(), HOT / 3)]

        def one(number: int) -> tuple[float, NDArray[np.int64]]:
            masks, hot = starts[number]
            found = np.zeros_like(masks)
            return self.anneal(masks, prices, ROOT_MOVES, hot, self.seed + 1000 * turn + number, found), found

        if self.threads == 1:
            results = [one(number) for number in range(len(starts))]
        else:
            with ThreadPoolExecutor(self.threads) as pool:
                results = list(pool.map(one, range(len(starts))))
        for value, found in results:
            if value > -np.inf:
                self.offer(value, found)

    def anneal(
        self,
        masks: NDArray[np.int64],
        prices: NDArray[np.float64],
        moves: int,
        hot: float,
        seed: int,
        found: NDArray[np.int64],
    ) -> float:
        groups = len(self.case.weight)
        value = max(self.best, 0.5 * self.total / 10)
        return float(
            anneal(
                self.case,
                self.budget,
                masks,
                float(prices[-1]),
                prices[groups:-1].copy(),
                moves,
                hot * value,
                COLD * value,
                seed,
                found,
            )
        )

    def push(self, bound: float, fixed: Fixed, prices: NDArray[np.float64]) -> None:
        self.branches += 1
        heapq.heappush(self.open, _Branch((-bound, self.branches), fixed, prices.astype(np.float32)))

    def work(self, leads: bool = True) -> None:
        """Look at branches until none is left; several threads do so at once."""
        me = threading.get_ident()
        choice, mean, found = room_for(self.case), np.zeros(len(self.case.price)), np.zeros_like(self.masks)
        while True:
            with self.lock:
                while not self.open and self.busy:
                    self.lock.wait(0.05)
                if not self.open or self.watch.over():
                    self.lock.notify_all()
                    return
                branch = heapq.heappop(self.open)
                bound = -branch.key[0]
                if bound < self.target:
                    self.drop(bound)
                    continue
                self.busy[me] = bound
                self.nodes += 1
                node = self.nodes
            children: list[tuple[float, Fixed, NDArray[np.float64]]] = []
            try:
                children = self.look(branch, bound, node, choice, mean, found)
            finally:
                with self.lock:
                    for child_bound, fixed, prices in children:
                        self.push(child_bound, fixed, prices)
                    del self.busy[me]
                    self.lock.notify_all()
            if leads:
                self.tell()

    def look(
        self,
        branch: _Branch,
        bound: float,
        node: int,
        choice: Choice,
        mean: NDArray[np.float64],
        found: NDArray[np.int64],
    ) -> list[tuple[float, Fixed, NDArray[np.float64]]]:
        """Bound a branch, rule out what cannot be better, and part it in two; nothing where it is done with."""
        case, budget, fixed = self.case, self.budget, branch.fixed
        prices = branch.prices.astype(np.float64)
        if not keep_to_budget(case, budget, fixed):
            return []
        pace = paces(case, budget, max(self.total * 0.1, self.best))
        least, value = lower(
            case,
            budget,
            fixed,
            prices,
            pace,
            self.best,
            self.target,
            NODE_STEPS,
            NODE_THETA,
            NODE_PATIENCE,
            choice,
            mean,
            found,
        )
        if value > -np.inf:
            self.offer(value, found)
        if node % NODES_PER_ANNEALING == 0:
            masks = self.masks.copy()
            value = self.anneal(masks, prices, NODE_MOVES, HOT / 3, self.seed + 7 * node, found)
            if value > -np.inf:
                self.offer(value, found)
        least = min(least, bound)
        if least < self.target:
            self.drop(least)
            return []
        again = choose(case, budget, fixed, prices, choice)
        rule_out(case, fixed, prices, again, self.target, choice)
        return self.part(least, fixed, prices, mean, choice)

    def part(
        self, least: float, fixed: Fixed, prices: NDArray[np.float64], mean: NDArray[np.float64], choice: Choice
    ) -> list[tuple[float, Fixed, NDArray[np.float64]]]:
        """Two branches, by an item or a space that the prices are undecided about."""
        case, functions = self.case, self.case.functions
        free = np.flatnonzero(fixed.item == 0)
        if len(free) == 0:
            self.settle(fixed)
            return []
        split = np.minimum(mean[free], 1 - mean[free]) * (prices[-1] * case.price[free] + 1)
        item = int(free[split.argmax()])
        children = []
        opened = 1 - (1 - mean.reshape(-1, functions).max(axis=1))
        doubtful = np.where(fixed.space == 0, np.minimum(opened, 1 - opened) * (prices[-1] * case.opening + 1), 0.0)
        space = int(doubtful.argmax())
        by_space = 0.5 * doubtful[space] > split.max()
        for way in (1, -1):
            child = Fixed(fixed.item.copy(), fixed.space.copy())
            if by_space:
                child.space[space] = way
                if way < 0:
                    child.item[space * functions : (space + 1) * functions] = -1
            else:
                child.item[item] = way
                if way > 0:
                    child.space[item // functions] = 1
            children.append((least, child, prices))
        return children

    def settle(self, fixed: Fixed) -> None:
        """Everything is decided: it is a choice, if it keeps to budget and floors."""
        case, choice = self.case, room_for(self.case)
        taken = (fixed.item > 0).reshape(-1, case.functions)
        choice.masks[:] = (taken << np.arange(case.functions, dtype=np.int64)).sum(axis=1)
        covered, spent = take_stock(case, choice)
        if allowed(case, float(self.budget), choice.got, spent):
            self.offer(covered, choice.masks)


def grain_of(weight: NDArray[np.float64]) -> float:
    """The largest amount of which all needs are multiples; 0 where there is none to speak of."""
    for scale in (1.0, 10.0, 100.0, 1000.0):
        scaled = weight * scale
        if scaled.sum() < 2**52 and np.abs(scaled - np.rint(scaled)).max(initial=0.0) < 1e-9 * scale:
            common = int(np.gcd.reduce(np.rint(scaled).astype(np.int64))) if len(scaled) else 0
            return common / scale
    return 0.0
