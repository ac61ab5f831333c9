"""The peer of the siting benchmark: spopt's location models, solved by HiGHS.

pulp, with which spopt states its models, knows HiGHS by the package highspy or a command of that name. Without them the
same solver is taken from scipy, which carries it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pulp
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from siting_cases import Case
from spopt.locate import LSCP, MCLP, PCenter, PMedian


class HighsOfScipy(pulp.LpSolver):  # type: ignore[misc]
    """HiGHS as scipy has it, for problems stated with pulp."""

    name = "HiGHS of scipy"

    def available(self) -> bool:
        return True

    def actualSolve(self, lp: Any) -> int:  # noqa: N802 (pulp's name)
        variables = lp.variables()
        at = {one.name: i for i, one in enumerate(variables)}
        rows = list(lp.constraints.values())
        entries = [(r, at[one.name], factor) for r, row in enumerate(rows) for one, factor in row.items()]
        row, column, factor = (np.array(part) for part in zip(*entries, strict=True))
        table = csr_array((factor.astype(float), (row, column)), shape=(len(rows), len(variables)))
        right = np.array([-one.constant for one in rows], float)
        sense = np.array([one.sense for one in rows])
        rules = LinearConstraint(table, np.where(sense < 0, -np.inf, right), np.where(sense > 0, np.inf, right))
        worth = np.zeros(len(variables))
        for one, factor_ in lp.objective.items():
            worth[at[one.name]] = factor_ * lp.sense  # 1 where the least is sought, -1 where the most
        least = np.array([-np.inf if one.lowBound is None else one.lowBound for one in variables], float)
        most = np.array([np.inf if one.upBound is None else one.upBound for one in variables], float)
        whole = np.array([one.cat == pulp.LpInteger for one in variables], int)
        answer = milp(
            worth, constraints=rules, bounds=Bounds(least, most), integrality=whole, options={"mip_rel_gap": 0}
        )
        if answer.x is not None:
            for one, value in zip(variables, answer.x, strict=True):
                one.varValue = float(value)
        status = pulp.LpStatusOptimal if answer.status == 0 else pulp.LpStatusNotSolved
        lp.assignStatus(status)
        return int(status)


def solver() -> Any:
    """HiGHS: pulp's own where it is installed, else by way of scipy."""
    own = pulp.HiGHS(msg=False, gapRel=0, threads=2)
    return own if own.available() else HighsOfScipy()


def p_median(case: Case) -> Any:
    return PMedian.from_cost_matrix(case.cost, np.ones(len(case.cost)), case.p)


def p_center(case: Case) -> Any:
    return PCenter.from_cost_matrix(case.cost, case.p)


def lscp(case: Case) -> Any:
    return LSCP.from_cost_matrix(case.cost, case.radius)


def mclp(case: Case) -> Any:
    return MCLP.from_cost_matrix(case.cost, np.ones(len(case.cost)), case.half_radius, case.p)


MODELS: dict[str, Callable[[Case], Any]] = {"p_median": p_median, "p_center": p_center, "lscp": lscp, "mclp": mclp}


def objective(question: str, case: Case) -> float:
    """State the model and solve it."""
    warnings.simplefilter("ignore")
    model = MODELS[question](case)
    model.solve(solver(), results=False)
    return float(pulp.value(model.problem.objective))
