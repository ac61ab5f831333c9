"""Branches of the search: part of all choices, bounded, thinned out and parted in two; and small searches of their own.

A small search leaves a good choice as it is but for some spaces near each other, and finds the best use of those: most
such searches end in a few branches, and find what annealing does not.

References
----------
Shaw, P. (1998). Using constraint programming and local search methods to solve vehicle routing problems. CP 98.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.siting.reuse.annealing import anneal
from xiuhua.engine.siting.reuse.bounding import Fixed, allowed, choose, lower, paces, room_for, take_stock
from xiuhua.engine.siting.reuse.case import Case
from xiuhua.engine.siting.reuse.fixing import keep_to_budget, rule_out
from xiuhua.engine.siting.reuse.incumbent import Incumbent

HOT, COLD = 0.003, 0.0003
NODE_STEPS, NODE_THETA, NODE_PATIENCE = 80, 0.6, 10
SMALL_SEARCH = 120
"""Branches after which a small search gives up."""


@dataclass(order=True)
class Branch:
    """Part of all choices: what is decided, and what is known of the rest."""

    key: tuple[float, int]
    fixed: Fixed = field(compare=False)
    prices: NDArray[np.float32] = field(compare=False)

    @property
    def bound(self) -> float:
        """No choice in it covers more."""
        return -self.key[0]


class Bench:
    """Where one thread works.

    Parameters
    ----------
    case, budget
        The question.
    best : Incumbent
        Shared by all threads.
    undecided : Fixed
        What is decided before the search begins.
    """

    def __init__(self, case: Case, budget: int, best: Incumbent, undecided: Fixed) -> None:
        self.case, self.budget, self.best, self.undecided = case, budget, best, undecided
        self.total = float(case.weight.sum())
        self.choice, self.mean = room_for(case), np.zeros(len(case.price))
        self.found = np.zeros(len(case.opening), np.int64)
        self.spaces_at_once = min(10, len(case.opening) // 2)

    def lower(self, fixed: Fixed, prices: NDArray[np.float64], steps: int, theta: float, patience: int) -> float:
        """Lower the bound of a branch by moving the prices, and keep what better choice is met on the way."""
        best = self.best
        pace = paces(self.case, self.budget, max(self.total * 0.1, best.covered))
        bound, covered = lower(
            *(self.case, self.budget, fixed, prices, pace, best.covered, best.target, steps, theta, patience),
            *(self.choice, self.mean, self.found),
        )
        if covered > -np.inf:
            best.offer(covered, self.found)
        return float(bound)

    def anneal(self, masks: NDArray[np.int64], prices: NDArray[np.float64], moves: int, hot: float, seed: int) -> None:
        """Improve a choice, and keep what is better than the best."""
        value, premium = max(self.best.covered, 0.05 * self.total), prices[len(self.case.weight) : -1].copy()
        covered = anneal(
            *(self.case, self.budget, masks.copy(), float(prices[-1]), premium, moves, hot * value, COLD * value),
            *(seed, self.found),
        )
        if covered > -np.inf:
            self.best.offer(covered, self.found)

    def look(self, branch: Branch) -> tuple[float, list[Fixed], NDArray[np.float64]]:
        """Bound a branch, rule out what cannot be better, and part it in two; in none where it is done with."""
        case, budget, fixed = self.case, self.budget, branch.fixed
        prices = branch.prices.astype(np.float64)
        if not keep_to_budget(case, budget, fixed):
            return -np.inf, [], prices
        bound = min(branch.bound, self.lower(fixed, prices, NODE_STEPS, NODE_THETA, NODE_PATIENCE))
        if bound < self.best.target:
            return bound, [], prices
        here = choose(case, budget, fixed, prices, self.choice)
        rule_out(case, fixed, prices, here, self.best.target, self.choice)
        return bound, self._part(fixed, prices), prices

    def _part(self, fixed: Fixed, prices: NDArray[np.float64]) -> list[Fixed]:
        """Two branches, by an item or a space that the prices are undecided about."""
        case, functions, mean = self.case, self.case.functions, self.mean
        free = np.flatnonzero(fixed.item == 0)
        if len(free) == 0:
            self._settle(fixed)
            return []
        split = np.minimum(mean[free], 1 - mean[free]) * (prices[-1] * case.price[free] + 1)
        item = int(free[split.argmax()])
        opened = mean.reshape(-1, functions).max(axis=1)
        doubtful = np.minimum(opened, 1 - opened) * (prices[-1] * case.opening + 1)
        doubtful[fixed.space != 0] = 0.0
        space = int(doubtful.argmax())
        by_space = 0.5 * doubtful[space] > split.max()
        children = []
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
            children.append(child)
        return children

    def _settle(self, fixed: Fixed) -> None:
        """Everything is decided: it is a choice, if it keeps to budget and floors."""
        taken = (fixed.item > 0).reshape(-1, self.case.functions)
        self.choice.masks[:] = (taken << np.arange(self.case.functions, dtype=np.int64)).sum(axis=1)
        covered, spent = take_stock(self.case, self.choice)
        if allowed(self.case, self.budget, self.choice.got, spent):
            self.best.offer(covered, self.choice.masks)

    def search_nearby(self, prices: NDArray[np.float64], seed: int) -> bool:
        """Use some spaces near each other in the best way, the others as in the best choice; whether that was better.

        The more often a search ends, the more spaces the next one frees.
        """
        before = self.best.covered
        fixed = self._all_but_some(np.random.default_rng(seed))
        branches, count = [Branch((-np.inf, 0), fixed, prices.astype(np.float32))], 0
        while branches and count < SMALL_SEARCH:
            branch = heapq.heappop(branches)
            if branch.bound < self.best.target:
                continue
            bound, children, mine = self.look(branch)
            for child in children:
                count += 1
                heapq.heappush(branches, Branch((-bound, count), child, mine.astype(np.float32)))
        more = 1 if not branches else -1
        self.spaces_at_once = max(1, min(len(self.case.opening) // 2, self.spaces_at_once + more))
        return self.best.covered > before

    def _all_but_some(self, chance: np.random.Generator) -> Fixed:
        case = self.case
        masks = self.best.masks
        spaces = len(masks)
        centre = int(chance.integers(spaces))
        near = case.near[centre][chance.random(case.near.shape[1]) < 0.8]
        others = chance.permutation(spaces)
        some = np.concatenate([[centre], near, others])[: self.spaces_at_once]
        taken = (masks[:, None] >> np.arange(case.functions)) & 1 > 0
        item = np.where(taken, 1, -1).astype(np.int8)
        item[some] = self.undecided.item.reshape(item.shape)[some]
        space = np.where(masks != 0, 1, -1).astype(np.int8)
        space[some] = self.undecided.space[some]
        return Fixed(item.ravel(), space)
