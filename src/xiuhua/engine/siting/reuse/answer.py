"""What a planner is told: which functions in which space, what that costs, and who is covered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.siting.reuse.checks import Asked
from xiuhua.engine.siting.solution import Solution, relative_gap

TOLERANCE = 2e-9
"""Relative; what the search takes for nothing where needs are not whole, and a little for adding up."""


@dataclass(frozen=True, eq=False, repr=False)
class CompositeSolution(Solution):
    """A choice of functions for spaces, with its proof.

    `objective` is the unmet need covered, `bound` what no choice can exceed, `open` the spaces in use.

    Attributes
    ----------
    assign : int32[N, K]
        Nearest space that meets a building's need for a function, -1 where there is no need or none meets it.
    hosts : bool[J, K]
        Which space hosts which function.
    budget, spent : int
        Money there is, and money spent.
    need, covered : float64[C, K]
        Unmet need by committee and function, and how much of it is covered.
    committees : int[C] or str[C]
        Code of each committee as given, ascending: the order of all that is told by committee.
    uncovered : float64[N, K]
        Need that remains.
    floors : float64[C]
        Need to be covered at least in each committee; 0 without a floor.
    money_price : float
        About what one more unit of money would cover, from the bound.
    """

    hosts: NDArray[np.bool_]
    budget: int
    spent: int
    need: NDArray[np.float64]
    covered: NDArray[np.float64]
    committees: NDArray[Any]
    uncovered: NDArray[np.float64]
    floors: NDArray[np.float64]
    money_price: float

    def __repr__(self) -> str:
        worth = f"covered={self.objective:.10g} of {self.need.sum():.10g}, bound={self.bound:.10g}, gap={self.gap:.3g}"
        chosen = np.array2string(self.open, threshold=20, edgeitems=5, max_line_width=1000)
        money = f"spent={self.spent:,} of {self.budget:,}"
        return f"CompositeSolution({worth}, open={chosen}, {money}, {self.seconds:.3g} s)"

    @property
    def by_function(self) -> NDArray[np.float64]:
        """float64[K]: need covered."""
        return np.asarray(self.covered.sum(axis=0))

    @property
    def by_committee(self) -> NDArray[np.float64]:
        """float64[C]: need covered."""
        return np.asarray(self.covered.sum(axis=1))

    @property
    def short(self) -> NDArray[np.float64]:
        """float64[C]: by how much each committee falls short of its floor; not 0 only where a search ended early."""
        return np.maximum(0.0, self.floors * (1 - 1e-12) - self.by_committee)

    @property
    def floors_kept(self) -> bool:
        """Whether every committee has its floor."""
        return not self.short.any()

    def functions_in(self, space: int) -> list[int]:
        """Functions that a space hosts."""
        return [int(k) for k in np.flatnonzero(self.hosts[space])]


def hosts_of(asked: Asked, masks: NDArray[np.int64]) -> NDArray[np.bool_]:
    """bool[J, K] from bits, without the items that add nothing: the dearest such go first."""
    hosts = ((masks[:, None] >> np.arange(len(asked.limit))) & 1).astype(np.bool_)
    for k in range(len(asked.limit)):
        near = asked.within(k)[asked.weight[:, k] > 0]
        for j in sorted(np.flatnonzero(hosts[:, k]), key=lambda j: (-_saved(asked, hosts, int(j), k), j)):
            others = hosts[:, k].copy()
            others[j] = False
            if not (near[:, j] & ~near[:, others].any(axis=1)).any():
                hosts[:, k] = others
    return hosts


def _saved(asked: Asked, hosts: NDArray[np.bool_], j: int, k: int) -> int:
    return int(asked.price[j, k] + (asked.opening_cost[j] if hosts[j].sum() == 1 else 0))


def answer(
    asked: Asked,
    hosts: NDArray[np.bool_],
    floors: NDArray[np.float64],
    budget: int,
    bound: float,
    money_price: float,
    seconds: float,
) -> CompositeSolution:
    """Work out everything that follows from who hosts what."""
    assign = np.full(asked.weight.shape, -1, np.int32)
    for k in range(len(asked.limit)):
        there = np.flatnonzero(hosts[:, k])
        if len(there):
            nearest = asked.cost[:, there].argmin(axis=1)
            met = (asked.cost[np.arange(len(assign)), there[nearest]] <= asked.limit[k]) & (asked.weight[:, k] > 0)
            assign[met, k] = there[nearest[met]]
    met = assign >= 0
    need, covered = (
        np.column_stack([asked.by_committee(each[:, k : k + 1]) for k in range(each.shape[1])])
        for each in (asked.weight, np.where(met, asked.weight, 0.0))
    )
    objective = float(covered.sum())
    kept = bool((covered.sum(axis=1) >= floors * (1 - 1e-12)).all())
    bound = max(bound, objective) if kept else bound
    return CompositeSolution(
        objective=objective,
        bound=float(bound),
        gap=relative_gap(objective, bound, TOLERANCE) if kept else float("inf"),
        open=np.flatnonzero(hosts.any(axis=1)).astype(np.int32),
        assign=assign,
        seconds=seconds,
        hosts=hosts,
        budget=budget,
        spent=int((hosts * asked.price).sum() + asked.opening_cost[hosts.any(axis=1)].sum()),
        need=need,
        covered=covered,
        committees=asked.committees,
        uncovered=np.where(met, 0.0, asked.weight),
        floors=floors,
        money_price=money_price,
    )
