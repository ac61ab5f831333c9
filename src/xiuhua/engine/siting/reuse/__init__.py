"""Composite reuse (复合利用): which functions go into which spaces, within one budget, for most unmet need."""

from xiuhua.engine.siting.reuse.answer import CompositeSolution
from xiuhua.engine.siting.reuse.choosing import FloorsOutOfReach, composite
from xiuhua.engine.siting.reuse.curve import BudgetCurve, budget_curve
from xiuhua.engine.siting.reuse.needs import Functions, Needs, Spaces

__all__ = [
    "BudgetCurve",
    "CompositeSolution",
    "FloorsOutOfReach",
    "Functions",
    "Needs",
    "Spaces",
    "budget_curve",
    "composite",
]
