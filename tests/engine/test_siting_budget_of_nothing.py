"""A budget of 0: nothing is bought, and a curve may begin there."""

from dataclasses import replace

import numpy as np
import pytest

from engine.test_siting_composite import FUNCTIONS, NEEDS, SPACES
from xiuhua.engine.siting import FloorsOutOfReach, budget_curve, composite


def test_nothing_is_bought():
    found = composite(SPACES, FUNCTIONS, NEEDS, 0)
    assert (found.objective, found.bound, found.gap, found.spent) == (0, 0, 0, 0)
    assert found.open.tolist() == []


def test_what_costs_nothing_is_had():
    free = replace(FUNCTIONS, fit_out_cost=np.zeros(3, int))
    found = composite(replace(SPACES, opening_cost=[0, 10]), free, NEEDS, 0)
    assert found.objective == found.bound > 0
    assert found.open.tolist() == [0]


def test_a_curve_begins_at_nothing():
    curve = budget_curve(SPACES, FUNCTIONS, NEEDS, np.linspace(0, 140, 3))
    assert curve.objective.tolist() == [0, 40, 76]
    assert curve.bound.tolist() == [0, 40, 76]
    for marginal in (curve.marginal, curve.marginal_least, curve.marginal_most):
        assert np.isnan(marginal[0])
        assert marginal[1:] == pytest.approx([40 / 70, 36 / 70])


def test_no_floor_is_kept_for_nothing():
    curve = budget_curve(SPACES, FUNCTIONS, NEEDS, [0, 140], floor=[0.7, 0])
    assert curve.solutions[0] is None
    assert curve.objective[1] == 76
    with pytest.raises(FloorsOutOfReach, match="within a budget of 0"):
        composite(SPACES, FUNCTIONS, NEEDS, 0, floor=0.5)


def test_a_budget_between_nothing_and_the_cheapest_is_still_refused():
    with pytest.raises(ValueError, match="budget: 1 is less than the cheapest"):
        composite(SPACES, FUNCTIONS, NEEDS, 1)
