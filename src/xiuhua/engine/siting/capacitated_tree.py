"""The p-median with capacities: bound, good choices near it, then a tree over candidates and pairs left undecided."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.siting.capacitated_bound import BEST, CLOSED, FLAT, THETA, UPPER, climb
from xiuhua.engine.siting.capacitated_search import improve
from xiuhua.engine.siting.median_rows import Rows, step_between_sums
from xiuhua.engine.siting.tree import Proof, search_tree
from xiuhua.engine.stopwatch import Stopwatch

_PATIENCE, _LEAST_THETA, _ROUNDS = 20, 0.002, 20
_NODE_PATIENCE, _NODE_LEAST_THETA, _NODE_ROUNDS, _NODE_THETA = 8, 0.05, 60, 0.5
_CLOSE_ENOUGH = 5e-10
_ROUNDING = 1e-12
_BRANCH_NEAR = 0.6
_UNDECIDED = 0.05
_TRIES_WITHOUT_GAIN = 400

Found = tuple[NDArray[np.int32], NDArray[np.int32], float]
"""Sites int32[p], the place among them of each client's int32[N], and the cost."""


@dataclass(frozen=True, slots=True)
class Node:
    """A part of the choices: the pairs left, by candidate, and the candidates that may be and that must be open."""

    start: NDArray[np.int32]
    client: NDArray[np.int32]
    away: NDArray[np.float64]
    used: NDArray[np.float64]
    alive: NDArray[np.uint8]
    must: NDArray[np.uint8]
    often: NDArray[np.float64]
    prices: NDArray[np.float64]
    bound: float

    @property
    def candidate(self) -> NDArray[np.int32]:
        """Candidate of each pair."""
        return np.repeat(np.arange(len(self.alive), dtype=np.int32), np.diff(self.start))

    def with_pairs(self, kept: NDArray[np.bool_]) -> Node:
        """The same with some of its pairs."""
        before = np.concatenate([[0], np.cumsum(kept)])
        start = before[self.start].astype(np.int32)
        return replace(
            self, start=start, client=self.client[kept], away=self.away[kept], used=self.used[kept],
        )  # fmt: skip


class Climb:
    """A climb in progress below one node."""

    def __init__(self, node: Node, demand: NDArray[np.float64], capacity: NDArray[np.float64], p: int) -> None:
        self._demand, self._capacity, self._p = demand, capacity, p
        self._pairs = (
            node.start[:-1].copy(), node.start[1:].copy(), node.client.copy(), node.away.copy(), node.used.copy(),
        )  # fmt: skip
        self._prices, self._best_prices = node.prices.copy(), node.prices.copy()
        self._way = np.zeros(len(demand))
        self.alive, self._must, self.often = node.alive.copy(), node.must.copy(), node.often.copy()
        self._order = np.arange(len(capacity), dtype=np.int32)
        self.state = np.array([node.bound, 1.0, 0.0, len(node.client), 0.0])
        self.served_by = np.zeros(len(demand), np.int32)

    def go(self, cost: float, step: float, share: float, patience: int, least_theta: float, rounds: int) -> int:
        """Some rounds more; see `capacitated_bound.climb`."""
        self.state[UPPER] = cost
        by_client = (self._demand, self._capacity, self._prices, self._best_prices, self._way)
        by_candidate = (self.alive, self._must, self.often, self._order)
        manner = (self._p, step, share, patience, least_theta, rounds)
        return int(climb(*self._pairs, *by_client, *by_candidate, self.state, self.served_by, *manner))

    @property
    def bound(self) -> float:
        return float(self.state[BEST])

    def sites(self) -> NDArray[np.int32]:
        """The p candidates that earn most."""
        return self._order[: self._p].copy()

    def node(self) -> Node:
        """What is left to search."""
        start, end, client, away, used = self._pairs
        kept = np.zeros(len(client), np.int32)
        np.add.at(kept, start[start < end], 1)
        np.add.at(kept, end[(start < end) & (end < len(client))], -1)
        inside = np.cumsum(kept) > 0
        first = np.concatenate([[0], np.cumsum(end - start)]).astype(np.int32)
        return Node(
            first, client[inside], away[inside], used[inside], self.alive, self._must, self.often,
            self._best_prices, self.bound,
        )  # fmt: skip


class Search(Proof):
    """A search for the cheapest choice within the capacities.

    Attributes
    ----------
    cost, sites, place : float, int32[p], int32[N]
        The best choice known: its cost, its sites, and the place among them of each client's.
    bound : float
        No choice costs less.
    exhausted : bool
        Whether nothing is left to search.
    """

    def __init__(
        self, rows: Rows, demand: NDArray[np.float64], capacity: NDArray[np.float64], p: int, watch: Stopwatch
    ) -> None:
        self.rows, self.demand, self.capacity, self.p, self.watch = rows, demand, capacity, p, watch
        self.unit = step_between_sums(rows.distance)
        self.share = _ROUNDING if self.unit else _CLOSE_ENOUGH
        self.beyond = self.cost = rows.beyond
        self.sites, self.place = np.arange(p, dtype=np.int32), np.zeros(len(demand), np.int32)
        self.bound, self.nodes, self.exhausted = 0.0, 0, False
        self.away = np.full((rows.candidates, len(demand)), self.beyond)
        self.away[np.repeat(np.arange(rows.candidates), np.diff(rows.start)), rows.client] = rows.away
        self.capacity = np.minimum(capacity, max(1.0, 2 * float(demand.sum())))
        typical = float(np.quantile(rows.distance, 0.9))
        self._fine = (typical if typical > 0 else 1.0) / max(float(demand.mean()), 1e-300)

    @property
    def solved(self) -> bool:
        """Whether a choice that serves everybody is known."""
        return self.cost < self.beyond

    def offer(self, found: Found) -> bool:
        """Keep a choice if it is better than the best known."""
        if found[2] < self.cost:
            self.sites, self.place, self.cost = found
            return True
        return False

    def run(self) -> None:
        """Search until the best choice is proven or the watch ends it."""
        root = self._climb_root()
        left = []
        if root is not None:
            self._wander(root)
            left = search_tree(root, self._divide, self._keep, lambda: self.ceiling, self.watch)
        self.exhausted = not left
        self.bound = self.bound_with(left)

    def _climb_root(self) -> Node | None:
        rows = self.rows
        ones, free = np.ones(rows.candidates, np.uint8), np.zeros(rows.candidates, np.uint8)
        nothing, never = np.zeros(len(rows.client)), np.zeros(rows.candidates)
        node = Node(rows.start, rows.client, rows.away, nothing, ones, free, never, rows.first_prices(self.p), 0.0)
        climbing = Climb(node, self.demand, self.capacity, self.p)
        rounds = 1
        while True:
            end = climbing.go(self.cost, self.step, self.share, _PATIENCE, _LEAST_THETA, rounds)
            met = self._met(climbing)
            if met is not None:
                self.offer(met)
            if end == CLOSED:
                return None
            self.offer(self._improved(climbing.sites()))
            if end == FLAT or self.watch.over():
                return climbing.node()
            rounds = _ROUNDS

    def _met(self, climbing: Climb) -> Found | None:
        """The better choice that a climb met, if it met one."""
        cost = float(climbing.state[UPPER])
        return self._as_found(climbing.served_by, cost) if cost < self.cost else None

    def _as_found(self, served_by: NDArray[np.int32], cost: float) -> Found:
        """A choice from the candidate of each client; sites that nobody needs make up the number."""
        needed = np.unique(served_by)
        others = np.setdiff1d(np.arange(len(self.capacity)), needed)[: self.p - len(needed)]
        sites = np.concatenate([needed, others]).astype(np.int32)
        place = np.zeros(len(self.capacity), np.int32)
        place[sites] = np.arange(self.p)
        return sites, place[served_by], cost

    def _improved(self, sites: NDArray[np.int32], place: NDArray[np.int32] | None = None) -> Found:
        afresh = place is None
        place = np.zeros(len(self.demand), np.int32) if place is None else place.copy()
        sites = sites.copy()
        cost = improve(self.away, self.demand, self.capacity, sites, self._fine, place, afresh)
        return sites, place, cost

    def _wander(self, root: Node) -> None:
        """Replace sites of the best choice and improve, until that has not helped for long."""
        dice = np.random.default_rng(1)
        candidates = np.flatnonzero(root.alive).astype(np.int32)
        likely = root.often[candidates] + 0.02
        likely /= likely.sum()
        waited = 0
        likeliest = np.argsort(-root.often, kind="stable")[: self.p].astype(np.int32)
        current, cost = (self.sites, self.cost) if self.solved else (likeliest, self.beyond)
        while waited < _TRIES_WITHOUT_GAIN and not self.watch.over():
            sites = current.copy()
            for j in dice.choice(candidates, 1 + waited % 2, p=likely):
                if j not in sites:
                    sites[dice.integers(self.p)] = j
            found = self._improved(sites)
            waited += 1
            if found[2] <= cost:
                current, cost = found[0], found[2]
            if self.offer(found):
                waited = 0

    def _divide(self, node: Node) -> tuple[list[Node], list[Found]]:
        leaf = self._leaf(node)
        if leaf is not None:
            return [], leaf
        climbing = Climb(node, self.demand, self.capacity, self.p)
        climbing.state[THETA] = _NODE_THETA
        end = climbing.go(self.cost, self.step, self.share, _NODE_PATIENCE, _NODE_LEAST_THETA, _NODE_ROUNDS)
        met = self._met(climbing)
        found = [] if met is None else [met]
        if end == CLOSED:
            return [], found
        return self._children(climbing.node()), [*found, self._improved(climbing.sites())]

    def _keep(self, found: list[Found]) -> None:
        self.nodes += 1
        for one in found:
            self.offer(one)

    def _leaf(self, node: Node) -> list[Found] | None:
        """What a node without alternatives holds, one choice or none; None where there are alternatives."""
        pairs = np.bincount(node.client, minlength=len(self.demand))
        if (pairs == 0).any() or node.must.sum() > self.p or node.alive.sum() < self.p:
            return []
        if (pairs > 1).any():
            return None
        served_by = np.empty(len(self.demand), np.int32)
        served_by[node.client] = node.candidate
        load = np.bincount(served_by, self.demand, len(self.capacity))
        if len(np.unique(served_by)) > self.p or (load > self.capacity * (1 + 1e-12)).any():
            return []
        return [self._as_found(served_by, float(node.away.sum()))]

    def _children(self, node: Node) -> list[Node]:
        """Two parts: without and with the candidate, or else the pair, on which the bound hesitates most."""
        free = np.flatnonzero((node.alive > 0) & (node.must == 0))
        if len(free):
            j = free[np.argmin(np.abs(node.often[free] - _BRANCH_NEAR))]
            if _UNDECIDED < node.often[j] < 1 - _UNDECIDED:
                alive, must = node.alive.copy(), node.must.copy()
                alive[j], must[j] = 0, 1
                without = replace(node, alive=alive).with_pairs(node.candidate != j)
                return [without, replace(node, must=must)]
        several = np.bincount(node.client, minlength=len(self.demand))[node.client] > 1
        pairs = np.flatnonzero(several)
        if len(pairs) == 0:
            return [node]
        k = pairs[np.argmin(np.abs(node.used[pairs] - _BRANCH_NEAR))]
        place = np.arange(len(node.client))
        must = node.must.copy()
        must[node.candidate[k]] = 1
        within = replace(node, must=must).with_pairs((node.client != node.client[k]) | (place == k))
        return [node.with_pairs(place != k), within]
