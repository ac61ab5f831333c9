import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.engine.access import coverage, left_out

INF = np.inf
COST = np.array([900, 200, INF, 700, 700, np.nan], np.float32)
PEOPLE = np.array([5.0, 99, 7, 5, 7, 0])
GROUP = np.array([0, 0, 1, 1, -1, 1], np.int32)


def test_most_people_first_then_the_farther():
    out = left_out(COST, PEOPLE, 300)
    assert out.origin.tolist() == [2, 4, 0, 3]
    assert out.people.tolist() == [7, 7, 5, 5]
    assert out.cost.tolist() == [INF, 700, 900, 700]
    assert len(out) == 4


def test_at_the_limit_one_is_served():
    assert left_out(np.array([300.0, 300.5]), np.ones(2), 300).origin.tolist() == [1]
    assert len(left_out(np.array([0.1], np.float32), np.ones(1), 0.1)) == 0


def test_of_one_committee():
    mine = left_out(COST, PEOPLE, 300).where(GROUP == 1)
    assert mine.origin.tolist() == [2, 3]
    assert mine.people.tolist() == [7, 5]


def test_people_left_out_of_each_committee():
    assert left_out(COST, PEOPLE, 300).people_by(GROUP, 3).tolist() == [5, 12, 0]


@given(st.integers(0, 2**32 - 1), st.integers(0, 30))
def test_who_is_not_covered_is_left_out(seed, origins):
    rng = np.random.default_rng(seed)
    cost, people = rng.integers(0, 20, origins) * 1.0, rng.integers(0, 5, origins) * 1.0
    out = left_out(cost, people, 9)
    assert out.people.sum() + coverage(cost[:, None], people, 9)[0][0] == people.sum()
    assert np.array_equal(out.cost, cost[out.origin])
    assert np.all(np.diff(out.people) <= 0)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: left_out(COST[:, None], PEOPLE, 300), "give the column of one type"),
        (lambda: left_out(COST, PEOPLE[:2], 300), "does not fit weights"),
        (lambda: left_out(COST, -PEOPLE, 300), "weights must be finite numbers from 0"),
        (lambda: left_out(COST, PEOPLE, 0), "limit must be a positive number"),
        (lambda: left_out(COST, PEOPLE, [300.0] * 6), "limit must be one number"),
        (lambda: left_out(COST, PEOPLE, 300).where([0, 1, 2]), "chosen must be true or false"),
        (lambda: left_out(COST, PEOPLE, 300).where(np.array([True])), "chosen must be true or false"),
        (lambda: left_out(COST, PEOPLE, 300).people_by(GROUP[:3], 3), "group must have one value for each origin"),
        (lambda: left_out(COST, PEOPLE, 300).people_by(GROUP, 1), "lies outside 0 to 0"),
    ],
)
def test_refuses(make, says):
    with pytest.raises(ValueError, match=says):
        make()
