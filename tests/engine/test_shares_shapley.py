"""The Shapley value of the airport game: what it is, and what survives rounding to the fen."""

from fractions import Fraction
from itertools import accumulate, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.engine import shares
from xiuhua.engine.shares import Household

COSTS = st.lists(st.integers(0, 10**8) | st.integers(0, 5), min_size=1, max_size=8)


@st.composite
def stairwells(draw, most=5):
    costs = draw(COSTS)
    households = draw(st.lists(st.integers(0, most), min_size=len(costs), max_size=len(costs)))
    households[-1] = max(households[-1], 1)
    return costs, households


def over_all_orders(costs, households):
    """The mean, over every order of the households, of what each adds to the cost of those before it."""
    floors = [storey for storey, number in enumerate(households) for _ in range(number)]
    up_to = list(accumulate(costs))
    sums, orders = [0] * len(floors), 0
    for order in permutations(range(len(floors))):
        orders, reached = orders + 1, 0
        for player in order:
            cost = max(reached, up_to[floors[player]])
            sums[player] += cost - reached
            reached = cost
    return [Fraction(added, orders) for added in sums], floors


@pytest.mark.parametrize(
    ("costs", "households"),
    [
        ([0, 9, 9], [2, 2, 2]),
        ([0, 7, 11, 13], [1, 2, 1, 2]),
        ([5, 0, 10**8 + 1], [1, 0, 4]),
        ([3, 4, 0, 1], [2, 2, 0, 2]),
        ([100], [3]),
    ],
)
def test_equals_the_mean_over_all_orders(costs, households):
    means, floors = over_all_orders(costs, households)
    assert [shares.shapley_exact(costs, households)[floor] for floor in floors] == means


def test_a_lift_of_seven_storeys_in_fen():
    assert shares.shapley([0, 30_000_00, *[6_000_00] * 5], [2] * 7) == [
        [0, 0],
        [2_500_00] * 2,
        [3_100_00] * 2,
        [3_850_00] * 2,
        [4_850_00] * 2,
        [6_350_00] * 2,
        [9_350_00] * 2,
    ]


def test_the_odd_fen_go_to_the_top():
    assert shares.shapley([0, 2, 0], [1, 2, 1]) == [[0], [1, 0], [1]]


@given(stairwells())
def test_the_sum_is_exact_and_nobody_is_a_fen_away(stairwell):
    costs, households = stairwell
    paid = shares.shapley(costs, households)
    assert [len(storey) for storey in paid] == households
    assert sum(map(sum, paid)) == sum(costs)
    for storey, value in zip(paid, shares.shapley_exact(costs, households), strict=True):
        assert all(abs(amount - value) < 1 for amount in storey)


@given(stairwells())
def test_no_household_pays_more_than_one_above(stairwell):
    most = 0
    for storey in filter(None, shares.shapley(*stairwell)):
        assert most <= min(storey)
        most = max(storey)


@given(stairwells(most=60))
def test_no_group_pays_more_than_a_lift_of_its_own(stairwell):
    paid = shares.shapley(*stairwell)
    # Of all groups that need the lift up to a storey, everybody up to there pays most.
    for together, alone in zip(accumulate(map(sum, paid)), accumulate(stairwell[0]), strict=True):
        assert together <= alone


def test_by_household_from_a_total():
    homes = [Household(floor, 6000) for floor in (3, 1, 2, 3)]
    assert shares.storey_costs(1000, 400, top=3) == [0, 700, 300]
    assert shares.shapley_of(1000, homes, 400) == [384, 0, 233, 383]
    assert shares.shapley_of(1000, homes, 400, served_from=1) == [317, 150, 216, 317]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: shares.shapley([0, 5, 1], [1, 1, 0]), r"storey_costs\[2\] is 1 fen, but nobody"),
        (lambda: shares.shapley([0, -5], [1, 1]), r"storey_costs\[1\] must be at least 0"),
        (lambda: shares.shapley([0, 5.5], [1, 1]), r"storey_costs\[1\] must be a whole number"),
        (lambda: shares.shapley([0, 5], [1, -1]), r"households\[1\] must be at least 0"),
        (lambda: shares.shapley([0, 5], [1]), "storey_costs and households must have the same length"),
        (lambda: shares.storey_costs(10, 11, 6), "fixed_part must not exceed total"),
        (lambda: shares.storey_costs(10, 1, 1), "served_from is floor 2, but the lift ends at floor 1"),
        (lambda: shares.shapley_of(10, [], 1), "households must not be empty"),
    ],
)
def test_refuses(make, says):
    with pytest.raises(ValueError, match=says):
        make()
