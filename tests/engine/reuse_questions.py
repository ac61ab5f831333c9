"""Small questions of composite reuse by lot, and their answer by trying everything."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np

from xiuhua.engine.siting.reuse import Functions, Needs, Spaces


@dataclass(frozen=True)
class Question:
    spaces: Spaces
    functions: Functions
    needs: Needs
    budget: int
    floor: Any

    @property
    def arguments(self) -> tuple[Spaces, Functions, Needs, int]:
        return self.spaces, self.functions, self.needs, self.budget


def by_lot(seed: int, *, spaces: int = 3, functions: int = 3, buildings: int = 8, whole: bool = True) -> Question:
    """Anything that a planner might ask, small; often tight, sometimes impossible."""
    rng = np.random.default_rng(seed)
    j, k, n, parts = spaces, functions, buildings, int(rng.integers(1, 4))
    runs = rng.random((k, parts)) < 0.6
    runs[np.arange(k), rng.integers(0, parts, k)] = True
    slots = rng.random((j, parts)) < 0.9
    slots[0] = True
    pairs = [pair for pair in itertools.combinations(range(k), 2) if rng.random() < 0.2]
    weight = rng.integers(0, 9, (n, k)).astype(float) * (rng.random((n, k)) < 0.8)
    if not whole:
        weight *= rng.random((n, k))
    walk = rng.uniform(0, 1000, (n, j))
    walk[rng.random((n, j)) < 0.2] = np.inf
    price = rng.integers(0, 40, k) if rng.random() < 0.5 else rng.integers(0, 40, (j, k))
    opening = rng.integers(0, 60, j)
    area = np.concatenate([[100], rng.integers(30, 150, j - 1)])
    all_of_it = int(opening.sum() + np.broadcast_to(price, (j, k)).sum())
    committees = int(rng.integers(1, 4))
    return Question(
        Spaces(area, opening, slots, np.concatenate([[2], rng.integers(0, 3, j - 1)])),
        Functions(rng.integers(10, 90, k), price, rng.uniform(200, 900, k), runs, rng.integers(0, 3, k), pairs or None),
        Needs(weight, walk, rng.permutation(np.arange(n) % committees), [f"c{c}" for c in range(committees)]),
        int(all_of_it * rng.uniform(0.1, 0.9)) + int((opening[:, None] + price).max()),
        0.0 if rng.random() < 0.4 else rng.random(committees) * 0.8,
    )


def stands(question: Question, hosts: np.ndarray) -> bool:
    """Whether spaces may host this, told from the question alone; money aside."""
    spaces, functions = question.spaces, question.functions
    for j, row in enumerate(hosts):
        inside = np.flatnonzero(row)
        if (np.asarray(functions.noise)[inside] > np.asarray(spaces.tolerance)[j]).any():
            return False
        for part in range(np.shape(functions.slots)[1]):
            meet = inside[np.asarray(functions.slots)[inside, part]]
            if len(meet) and not np.asarray(spaces.slots)[j, part]:
                return False
            if np.asarray(functions.area)[meet].sum() > np.asarray(spaces.area)[j]:
                return False
        for a, b in functions.exclusions or []:
            if row[a] and row[b]:
                return False
    return True


def cost_of(question: Question, hosts: np.ndarray) -> int:
    return int(
        (hosts * question.functions.fit_out_cost).sum() + np.asarray(question.spaces.opening_cost)[hosts.any(1)].sum()
    )


def met_by(question: Question, hosts: np.ndarray) -> np.ndarray:
    """bool[N, K]"""
    near = np.asarray(question.needs.cost)[:, :, None] <= np.asarray(question.functions.limit)
    return (near & hosts).any(axis=1)


def best_by_trying_all(question: Question, floors: np.ndarray, committee: int | None = None) -> float | None:
    """Most need that any choice covers, in one committee or in all; None where none keeps to budget and floors."""
    j, k = len(question.spaces.area), len(question.functions.area)
    weight = np.asarray(question.needs.weight)
    best = None
    for bits in itertools.product([False, True], repeat=j * k):
        hosts = np.array(bits).reshape(j, k)
        if cost_of(question, hosts) > question.budget or not stands(question, hosts):
            continue
        covered = np.bincount(question.needs.committee, (weight * met_by(question, hosts)).sum(1), len(floors))
        if (covered >= floors - 1e-9 * np.maximum(1, floors)).all():
            worth = covered.sum() if committee is None else covered[committee]
            best = worth if best is None else max(best, worth)
    return best
