"""What the measures of access refuse: costs below 0, words, groups without end."""

import numpy as np
import pytest

from xiuhua.engine import access

PEOPLE = [10.0, 20.0]


@pytest.mark.parametrize("cost", [[-1.0, 5.0], ["a", "b"], [1j, 2j], [[1.0], [2.0, 3.0]]])
def test_costs_that_are_none(cost):
    with pytest.raises(ValueError, match="cost"):
        access.coverage(cost, PEOPLE, 5)


@pytest.mark.parametrize("weights", [["10", "20"], [np.timedelta64(1, "s")] * 2, [1.0, float("nan")]])
def test_people_that_are_none(weights):
    with pytest.raises(ValueError, match="weights"):
        access.coverage([1.0, 2.0], weights, 5)


@pytest.mark.parametrize("groups", [10**12, 0, 2.5, True])
def test_groups_without_end(groups):
    with pytest.raises(ValueError, match="groups must be a whole number"):
        access.coverage_by([1.0, 2.0], PEOPLE, [0, 1], groups, 5)


@pytest.mark.parametrize("group", [[0, 7], [0.0, 1.0], ["a", "b"], [True, False]])
def test_people_left_out_of_groups_that_are_not_there(group):
    with pytest.raises(ValueError, match="group"):
        access.left_out([1.0, 9.0], PEOPLE, 5).people_by(group, 2)


def test_words_have_no_inequality():
    with pytest.raises(ValueError, match="values must hold numbers"):
        access.gini(["1", "2"])
