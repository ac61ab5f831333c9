"""Composite reuse on made-up subdistricts, and its budget curve, against one mixed-integer program in HiGHS.

The peer gets the same question as a user would state it: a binary for each space and each function that fits it, and a
covered share for each group of needs that the same spaces could meet. It is asked the smallest question and stopped
after a minute. Presolve is off: with it scipy 1.17.1 called a choice optimal, on one of these questions, that was not.

    python benchmarks/bench_composite.py [--seed 1] [--peer-seconds 60] [--quick] [--json]
"""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array
from spaces_made_up import made_up

from xiuhua.engine import siting

CASES = [(40, 12, 0.0, 15.0), (40, 12, 0.15, 15.0), (60, 15, 0.0, 15.0), (60, 15, 0.15, 15.0), (100, 20, 0.15, 60.0)]
"""Spaces, functions, floor of every committee, seconds allowed."""
POINTS, CURVE_SECONDS = 20, 30.0

Question = tuple[siting.Spaces, siting.Functions, siting.Needs, int]
Figures = dict[str, Any]


class _Rows:
    """Constraints ``sum of terms <= most``, gathered one by one."""

    def __init__(self) -> None:
        self.row: list[int] = []
        self.column: list[int] = []
        self.value: list[float] = []
        self.most: list[float] = []

    def add(self, columns: list[int], values: list[float], most: float) -> None:
        self.row += [len(self.most)] * len(columns)
        self.column += columns
        self.value += values
        self.most.append(most)

    def constraint(self, width: int) -> LinearConstraint:
        matrix = coo_array((self.value, (self.row, self.column)), shape=(len(self.most), width))
        return LinearConstraint(matrix.tocsr(), -np.inf, np.array(self.most))


def by_highs(question: Question, seconds: float) -> Figures:
    """The peer's answer: objective, bound, seconds."""
    spaces, functions, needs, budget = question
    area, takes = np.asarray(spaces.area), np.asarray(functions.area)
    noise, bears = np.asarray(functions.noise), np.asarray(spaces.tolerance)
    opening, fit_out = np.asarray(spaces.opening_cost), np.asarray(functions.fit_out_cost)
    fits = (takes[None] <= area[:, None]) & (noise[None] <= bears[:, None])
    host = {(int(j), int(k)): len(area) + n for n, (j, k) in enumerate(np.argwhere(fits))}
    first, groups = len(area) + len(host), _groups(needs, functions, fits)
    width = first + len(groups)
    rows = _Rows()
    for j in range(len(area)):
        mine = [k for k in range(len(takes)) if (j, k) in host]
        for part in np.asarray(functions.slots).T:
            there = [k for k in mine if part[k]]
            rows.add([host[j, k] for k in there] + [j], [*takes[there].tolist(), -float(area[j])], 0)
        for k in mine:
            rows.add([host[j, k], j], [1, -1], 0)
        for a, b in np.asarray(functions.exclusions).tolist():
            if (j, a) in host and (j, b) in host:
                rows.add([host[j, a], host[j, b], j], [1, 1, -1], 0)
    paid = [*opening.tolist(), *(float(fit_out[k]) for _, k in host)]
    rows.add(list(range(first)), paid, budget)
    for n, (k, near) in enumerate(groups):
        rows.add([first + n, *(host[j, k] for j in near)], [1, *[-1] * len(near)], 0)
    gain = np.zeros(width)
    gain[first:] = list(groups.values())
    whole = np.concatenate([np.ones(first), np.zeros(len(groups))])
    began, cpu = time.perf_counter(), time.process_time()
    found: Any = milp(
        -gain,
        integrality=whole,
        bounds=Bounds(0, 1),
        constraints=rows.constraint(width),
        options={"time_limit": seconds, "presolve": False},
    )
    return {
        "objective": float("nan") if found.x is None else -found.fun,
        "bound": -found.mip_dual_bound,
        "proven": found.status == 0,
        "clock": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
    }


def _groups(
    needs: siting.Needs, functions: siting.Functions, fits: NDArray[np.bool_]
) -> dict[tuple[int, tuple[int, ...]], float]:
    """Weight of each function and set of spaces that could meet it."""
    weight, walk = np.asarray(needs.weight, float), np.asarray(needs.cost)
    groups: dict[tuple[int, tuple[int, ...]], float] = {}
    for k, limit in enumerate(np.asarray(functions.limit).tolist()):
        near = (walk <= limit) & fits[:, k]
        for home in np.flatnonzero(weight[:, k] > 0):
            there = tuple(np.flatnonzero(near[home]).tolist())
            if there:
                groups[k, there] = groups.get((k, there), 0.0) + weight[home, k]
    return groups


def by_xiuhua(question: Question, floor: float, seconds: float) -> Figures:
    """Our answer, preparation included."""
    spaces, functions, needs, budget = question
    began, cpu = time.perf_counter(), time.process_time()
    found = siting.composite(
        spaces, functions, needs, budget, floor=floor, floor_of="coverable", time_limit=seconds, stop=None
    )
    spent = {"clock": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    return {"objective": found.objective, "bound": found.bound, "gap": found.gap, "proven": found.proven, **spent}


def curve(seed: int) -> Figures:
    """Twenty budgets of the smallest question."""
    spaces, functions, needs, budget = made_up(40, 12, seed)
    budgets = np.linspace(budget / 5, 2 * budget, POINTS).astype(np.int64)
    began, cpu = time.perf_counter(), time.process_time()
    found = siting.budget_curve(spaces, functions, needs, budgets, time_limit=CURVE_SECONDS)
    gaps = [one.gap for one in found.solutions if one is not None]
    return {
        "clock": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "proven": sum(gap == 0 for gap in gaps),
        "worst_gap": max(gaps),
    }


def measure(seed: int, peer_seconds: float, cases: list[tuple[int, int, float, float]]) -> Figures:
    """Ours on all cases, the peer on the first, the curve."""
    by_xiuhua(made_up(10, 4, seed, buildings=200, committees=3), 0.1, 5.0)  # fetches compiled code
    ours = [
        {"spaces": j, "functions": k, "floor": floor, **by_xiuhua(made_up(j, k, seed), floor, seconds)}
        for j, k, floor, seconds in cases
    ]
    peer = by_highs(made_up(*cases[0][:2], seed), peer_seconds)
    return {"xiuhua": ours, "highs": peer, "curve": curve(seed)}


def show(found: Figures) -> None:
    """A table of cases, the ratio, the curve."""
    console = Console(width=120)
    table = Table("composite reuse", "floor", "seconds", "processor", "gap")
    for one in found["xiuhua"]:
        gap = "proven" if one["proven"] else f"{one['gap']:.2%}"
        name = f"{one['spaces']} spaces, {one['functions']} functions"
        table.add_row(name, f"{one['floor']:.0%}", f"{one['clock']:.1f}", f"{one['cpu']:.1f}", gap)
    console.print(table)
    mine, peer, points = found["xiuhua"][0], found["highs"], found["curve"]
    ended = "proven" if peer["proven"] else f"stopped at {peer['bound'] / peer['objective'] - 1:.2%}"
    console.print(
        f"HiGHS on the first: {peer['clock']:.1f} s, {ended}; HiGHS / xiuhua {peer['clock'] / mine['clock']:.1f} by "
        f"the clock, {peer['cpu'] / mine['cpu']:.1f} by processor time; objectives {peer['objective']:.0f} and "
        f"{mine['objective']:.0f}"
    )
    console.print(
        f"Budget curve, {POINTS} points at 40 and 12: {points['clock']:.1f} s, {points['proven']} proven, worst gap "
        f"{points['worst_gap']:.2%}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Composite reuse and its budget curve, with HiGHS beside it.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peer-seconds", type=float, default=60, help="stop HiGHS after so many (default 60)")
    parser.add_argument("--quick", action="store_true", help="the smallest question only")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    asked = parser.parse_args()
    found = measure(asked.seed, asked.peer_seconds, CASES[:1] if asked.quick else CASES)
    print(json.dumps(found)) if asked.json else show(found)


if __name__ == "__main__":
    main()
