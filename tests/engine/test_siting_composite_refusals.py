from dataclasses import replace

import numpy as np
import pytest

from engine.test_siting_composite import FUNCTIONS, NEEDS, SPACES
from xiuhua.engine.siting.reuse import FloorsOutOfReach, Functions, Needs, Spaces, budget_curve, composite

SPACE, FUNCTION, NEED = "spaces", "functions", "needs"


@pytest.mark.parametrize(
    ("which", "change", "words"),
    [
        (SPACE, {"area": []}, "spaces.area is empty"),
        (SPACE, {"area": [[1.0]]}, r"spaces.area must have shape"),
        (SPACE, {"area": [1.0, np.nan]}, "spaces.area must be finite"),
        (SPACE, {"opening_cost": [1, -1]}, "spaces.opening_cost must not be below 0"),
        (SPACE, {"opening_cost": [1, 0.5]}, "spaces.opening_cost must hold whole numbers"),
        (SPACE, {"slots": [[1, 1]]}, "spaces.slots must have shape"),
        (SPACE, {"tolerance": [1]}, "spaces.tolerance must have shape"),
        (SPACE, {"names": ["a"]}, "spaces.names must have 2 names"),
        (FUNCTION, {"area": [80, 120, 40]}, "functions.area: function 1 can be in no space"),
        (FUNCTION, {"fit_out_cost": [1, 2]}, "functions.fit_out_cost must have shape"),
        (FUNCTION, {"limit": [1, 2, -3]}, "functions.limit must not be below 0"),
        (FUNCTION, {"slots": [[1, 0], [0, 0], [1, 0]]}, "functions.slots: function 1 runs in no part"),
        (FUNCTION, {"noise": [3, 0, 0]}, "functions.noise: function 0 can be in no space"),
        (SPACE, {"slots": [[1, 1], [np.nan, 1]]}, "spaces.slots must hold true and false"),
        (SPACE, {"tolerance": None, "slots": None, "names": 5}, "spaces.names must be a list of names, not 5"),
        (FUNCTION, {"slots": [["no", "no"]] * 3}, "functions.slots must hold true and false"),
        (FUNCTION, {"names": "abc"}, "functions.names must be a list of names, not 'abc'"),
        (FUNCTION, {"exclusions": [[0, 3]]}, "functions.exclusions must be pairs"),
        (FUNCTION, {"exclusions": [[1, 1]]}, "functions.exclusions must be pairs"),
        (FUNCTION, {"suits": np.zeros((2, 3), bool)}, "functions.suits: function 0 can be in no space"),
        (FUNCTION, {"suits": np.zeros((2, 3))}, "functions.suits must be bool"),
        (NEED, {"weight": [[1, 2]]}, "needs.weight must have shape"),
        (NEED, {"weight": np.zeros((0, 3))}, "needs.weight has no rows"),
        (NEED, {"weight": -np.ones((3, 3))}, "needs.weight must not be below 0"),
        (NEED, {"cost": np.ones((2, 2))}, "needs.cost must have shape"),
        (NEED, {"cost": np.full((3, 2), np.nan)}, "needs.cost must not be negative or NaN"),
        (NEED, {"cost": np.full((3, 2), "9")}, "needs.cost must hold numbers"),
        (NEED, {"committee": [0, 1, 2]}, "needs.committee_names must have 3 names, not 2"),
        (NEED, {"committee": [0, 0, 0.5]}, "needs.committee must hold whole numbers or names"),
        (NEED, {"committee": [0, 0, np.nan]}, "needs.committee must hold whole numbers or names"),
        (NEED, {"committee": ["东街", "东街", None]}, "needs.committee must hold whole numbers or names, .* not None"),
        (NEED, {"committee": np.array(["东街", 5, 5], object)}, "needs.committee must hold .* not 5"),
        (NEED, {"committee": [0, 0]}, "needs.committee must have shape"),
    ],
)
def test_what_is_wrong_is_named(which, change, words):
    asked = {SPACE: SPACES, FUNCTION: FUNCTIONS, NEED: NEEDS}
    asked[which] = replace(asked[which], **change)
    with pytest.raises(ValueError, match=words):
        composite(*asked.values(), budget=140)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"budget": 29}, r"budget: 29 is less than the cheapest .* function 2 in space 1 at 30"),
        ({"budget": 1.5}, "budget must hold whole numbers"),
        ({"budget": 140, "floor": 1.2}, "floor must be a share from 0 to 1"),
        ({"budget": 140, "floor": [0.1]}, "floor must have shape"),
        ({"budget": 140, "floor": 0.1, "floor_of": "some"}, "floor_of must be"),
        ({"budget": 140, "threads": 0}, "threads must be at least 1"),
        ({"budget": 140, "threads": "2"}, "threads must be a whole number, not '2'"),
        ({"budget": 140, "threads": 1.5}, "threads must be a whole number, not 1.5"),
        ({"budget": 140, "seed": "a"}, "seed must be a whole number, not 'a'"),
        ({"budget": 140, "seed": None}, "seed must be a whole number, not None"),
        ({"budget": 140, "seed": -1}, "seed must be at least 0, not -1"),
        ({"budget": 140, "time_limit": 0}, "time_limit must be a positive number"),
        ({"budget": 140, "time_limit": "5"}, "time_limit must be a positive number of seconds, not '5'"),
        ({"budget": 140, "time_limit": True}, "time_limit must be a positive number of seconds, not True"),
    ],
)
def test_a_contradiction_is_named(options, words):
    with pytest.raises(ValueError, match=words):
        composite(SPACES, FUNCTIONS, NEEDS, **options)


@pytest.mark.parametrize("name", ["progress", "stop"])
def test_what_is_called_must_be_a_function(name):
    with pytest.raises(TypeError, match=f"{name} must be a function .* not 5"):
        composite(SPACES, FUNCTIONS, NEEDS, 140, **{name: 5})
    with pytest.raises(TypeError, match=f"{name} must be a function .* not 5"):
        budget_curve(SPACES, FUNCTIONS, NEEDS, [140], **{name: 5})


def test_noise_is_looked_at_where_every_space_bears_any():
    with pytest.raises(ValueError, match=r"functions.noise must hold numbers"):
        composite(replace(SPACES, tolerance=None), replace(FUNCTIONS, noise="ab"), NEEDS, 140)


def test_a_floor_above_what_lies_within_the_limits_names_the_committee():
    needs = replace(NEEDS, weight=[[10, 8, 5], [10, 8, 5], [40, 0, 40]])
    with pytest.raises(ValueError, match=r"committee 1 \(西街\) .* at most 40 \(50.0%\)"):
        composite(SPACES, FUNCTIONS, needs, budget=140, floor=[0, 0.6])
    assert composite(SPACES, FUNCTIONS, needs, budget=140, floor=[0, 0.6], floor_of="coverable").floors_kept


def test_a_floor_that_money_cannot_reach_says_what_can():
    with pytest.raises(FloorsOutOfReach, match=r"committee 0 \(东街\) .* at best 20 ") as told:
        composite(SPACES, FUNCTIONS, NEEDS, budget=80, floor=[0.7, 0])
    assert (told.value.committee, told.value.reachable, len(told.value.kept)) == (0, 20.0, 0)


def test_a_committee_without_a_name_is_called_by_its_code():
    needs = replace(NEEDS, committee=[510105001002, 510105001002, 510105001001], committee_names=None)
    with pytest.raises(FloorsOutOfReach, match=r"committee 510105001002 cannot") as told:
        composite(SPACES, FUNCTIONS, needs, budget=80, floor=[0, 0.7])
    assert (told.value.committee, told.value.code) == (1, 510105001002)


def test_floors_that_only_together_cost_too_much_are_told_together():
    with pytest.raises(FloorsOutOfReach) as told:
        composite(SPACES, FUNCTIONS, NEEDS, budget=100, floor=[0.4, 1.0])
    one, other = told.value.committee, told.value.kept.tolist()
    assert sorted([one, *other]) == [0, 1]
    assert told.value.reachable < told.value.floor


def test_more_sets_than_can_be_written_down_are_refused():
    spaces = Spaces([1000.0] * 2, [1, 1])
    many = Functions(np.full(40, 30.0), np.ones(40), np.full(40, 500.0))
    with pytest.raises(ValueError, match=r"spaces.area: space 0 .* combine in over"):
        composite(spaces, many, Needs(np.ones((3, 40)), np.ones((3, 2))), budget=10)


def test_a_space_with_room_for_everything_needs_no_sets():
    spaces = Spaces([5000.0] * 2, [1, 1])
    many = Functions(np.full(40, 30.0), np.ones(40), np.full(40, 500.0), exclusions=[[0, 1]])
    found = composite(spaces, many, Needs(np.ones((3, 40)), np.ones((3, 2))), budget=30)
    assert found.objective == 3 * 29
