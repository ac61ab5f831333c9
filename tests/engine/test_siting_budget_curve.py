from dataclasses import replace

import numpy as np
import pytest

from engine.reuse_questions import by_lot
from engine.test_siting_composite import FUNCTIONS, NEEDS, SPACES
from xiuhua.engine.siting.reuse import FloorsOutOfReach, budget_curve, composite


def test_each_step_says_what_it_buys():
    curve = budget_curve(SPACES, FUNCTIONS, NEEDS, [30, 90, 140])
    assert curve.objective.tolist() == [40, 50, 76]
    assert curve.bound.tolist() == [40, 50, 76]
    assert curve.gap.tolist() == [0, 0, 0]
    assert curve.marginal.tolist() == [40 / 30, 10 / 60, 26 / 50]
    assert [one.spent for one in curve.solutions] == [30, 90, 140]


def test_it_is_told_in_a_line():
    words = repr(budget_curve(SPACES, FUNCTIONS, NEEDS, [30, 90, 140]))
    assert words.startswith("BudgetCurve(3 budgets from 30 to 140, covered=40 to 76, bound=76, gap<=0, ")


@pytest.mark.parametrize("seed", [3, 8])
def test_every_point_is_what_its_budget_alone_gives(seed):
    question = by_lot(seed, spaces=6, functions=4, buildings=40, whole=seed != 8)
    budgets = np.unique(np.linspace(question.budget // 3, question.budget, 5).astype(int))
    curve = budget_curve(*question.arguments[:3], budgets)
    for point, budget in enumerate(budgets):
        alone = composite(*question.arguments[:3], int(budget))
        assert curve.objective[point] == pytest.approx(alone.objective, rel=3e-9)
        assert curve.bound[point] >= alone.objective * (1 - 1e-12)
        assert curve.gap[point] == 0
    assert (np.diff(curve.objective) >= 0).all()


@pytest.mark.parametrize("seed", range(2))
def test_points_that_end_early_are_honest_and_do_not_fall(seed):
    question = by_lot(seed, spaces=8, functions=5, buildings=60)
    budgets = np.linspace(question.budget // 3, question.budget, 4).astype(int)
    early = budget_curve(*question.arguments[:3], budgets, stop=lambda: True, threads=1)
    best = budget_curve(*question.arguments[:3], budgets)
    assert (early.objective <= best.objective).all()
    assert (best.objective <= early.bound).all()
    assert (np.diff(early.objective) >= 0).all()
    assert (np.diff(early.bound) >= 0).all()
    assert early.gap == pytest.approx((early.bound - early.objective) / early.objective)
    assert (early.marginal_least <= best.marginal + 1e-12).all()
    assert (best.marginal <= early.marginal_most + 1e-12).all()


def test_a_budget_too_small_for_the_floors_has_no_choice():
    curve = budget_curve(SPACES, FUNCTIONS, NEEDS, [90, 140], floor=[0.7, 0])
    assert curve.solutions[0] is None
    assert np.isnan(curve.objective[0])
    assert curve.bound[0] == -np.inf
    assert curve.objective[1] == 76
    with pytest.raises(FloorsOutOfReach, match="committee 0"):
        budget_curve(SPACES, FUNCTIONS, NEEDS, [80, 90], floor=[0.7, 0])


def test_a_page_is_told_of_each_point():
    told = []
    budget_curve(SPACES, FUNCTIONS, NEEDS, [30, 140], progress=lambda *each: told.append(each), threads=1)
    assert {point for point, *_ in told} <= {0, 1}
    assert all(covered <= bound for _, covered, bound, _ in told)


@pytest.mark.parametrize("budgets", [[], [50, 50], [90, 50]])
def test_budgets_must_ascend(budgets):
    with pytest.raises(ValueError, match="budgets must be ascending"):
        budget_curve(SPACES, FUNCTIONS, NEEDS, budgets)


def test_other_refusals_are_those_of_composite():
    with pytest.raises(ValueError, match="budgets: 10 is less than the cheapest"):
        budget_curve(SPACES, FUNCTIONS, NEEDS, [10, 50])
    with pytest.raises(ValueError, match=r"spaces\.area must be finite"):
        budget_curve(replace(SPACES, area=[np.inf, 1]), FUNCTIONS, NEEDS, [30])
