"""Where to put what (选址): p-median, p-center, covering, capacities, and spaces that several functions share."""

from xiuhua.engine.siting.capacitated import capacitated_p_median
from xiuhua.engine.siting.center import p_center
from xiuhua.engine.siting.covering import lscp, mclp
from xiuhua.engine.siting.median import p_median
from xiuhua.engine.siting.reuse import (
    BudgetCurve,
    CompositeSolution,
    FloorsOutOfReach,
    Functions,
    Needs,
    Spaces,
    budget_curve,
    composite,
)
from xiuhua.engine.siting.solution import Solution

__all__ = [
    "BudgetCurve",
    "CompositeSolution",
    "FloorsOutOfReach",
    "Functions",
    "Needs",
    "Solution",
    "Spaces",
    "budget_curve",
    "capacitated_p_median",
    "composite",
    "lscp",
    "mclp",
    "p_center",
    "p_median",
]
