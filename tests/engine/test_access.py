import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.engine.access import composite_by, coverage, coverage_by, score, share_by

INF = np.inf
COST = np.array([[100, INF], [300, 900], [301, 0], [np.nan, 5]], np.float32)
PEOPLE = np.array([10.0, 20, 30, 40])


def committees(*numbers):
    return np.array(numbers, np.int32)


def test_covered_and_share_by_type():
    covered, share = coverage(COST, PEOPLE, 300)
    assert covered.tolist() == [30, 70]
    assert share.tolist() == [0.3, 0.7]


def test_costs_without_a_column_are_one_type():
    one, column, group = COST[:, 0], COST[:, :1], committees(0, 0, 2, -1)
    for limit in (300, [300]):
        assert [part.tolist() for part in coverage(one, PEOPLE, limit)] == [[30], [0.3]]
        assert np.array_equal(coverage_by(one, PEOPLE, group, 3, limit), coverage_by(column, PEOPLE, group, 3, limit))
        found, expected = share_by(one, PEOPLE, group, 3, limit), share_by(column, PEOPLE, group, 3, limit)
        np.testing.assert_array_equal(found[0], expected[0])
        assert found[0].shape == (3, 1)
    assert composite_by(one, PEOPLE, group, 3, 300, [True]).share.shape == (3, 1)


def test_out_of_reach_is_not_covered_by_any_limit():
    assert coverage(COST, PEOPLE, 1e9)[0].tolist() == [60, 90]


def test_where_nobody_lives_the_share_is_zero():
    covered, share = coverage(COST, np.zeros(4), 300)
    assert covered.tolist() == share.tolist() == [0, 0]


def test_people_covered_by_committee():
    assert coverage_by(COST, PEOPLE, committees(0, 0, 2, -1), 3, 300).tolist() == [[30, 0], [0, 0], [0, 30]]


@given(st.integers(0, 2**32 - 1), st.integers(1, 30), st.integers(1, 5))
def test_committees_add_up_to_the_whole(seed, origins, groups):
    rng = np.random.default_rng(seed)
    cost, people = rng.uniform(0, 10, (origins, 3)), rng.integers(0, 9, origins).astype(float)
    group = rng.integers(0, groups, origins).astype(np.int32)
    assert np.array_equal(coverage_by(cost, people, group, groups, 5).sum(axis=0), coverage(cost, people, 5)[0])


def test_each_type_by_its_own_limit():
    assert coverage(COST, PEOPLE, [301, 1])[0].tolist() == [60, 30]
    assert coverage(np.array([[0.1, 0.1]], np.float32), np.ones(1), [0.1, 0.05])[0].tolist() == [1, 0]


def test_shares_of_committees_and_their_people():
    share, people = share_by(COST, PEOPLE, committees(0, 0, 2, -1), 3, 300)
    assert people.tolist() == [30, 0, 30]
    np.testing.assert_array_equal(share, [[1, 0], [np.nan, np.nan], [0, 1]])


def test_the_score_of_a_committee_shows_its_parts():
    found = composite_by(COST, PEOPLE, committees(0, 1, 1, 2), 4, 300, [True, True])
    np.testing.assert_array_equal(found.score, [0.5, 0.5, 0.5, np.nan])
    np.testing.assert_array_equal(found.share[1], [0.4, 0.6])
    assert found.people.tolist() == [10, 50, 40, 0]
    whole = score(coverage(COST, PEOPLE, 300)[1], np.array([True, True]))
    assert np.nansum(found.score * found.people) / 100 == pytest.approx(whole)


def test_the_score_is_the_mean_over_what_is_required():
    assert score(np.array([1.0, 0.5, 0.0]), np.array([True, True, False])) == 0.75


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: coverage(COST, PEOPLE[:2], 300), "does not fit weights"),
        (lambda: coverage(COST[0], PEOPLE, 300), "does not fit weights"),
        (lambda: coverage(COST[:, 0], PEOPLE, [300, 300]), "limit must be one number, or one for each column"),
        (lambda: coverage(COST, -PEOPLE, 300), "weights must be finite numbers from 0"),
        (lambda: coverage(COST, PEOPLE * np.nan, 300), "not a number"),
        (lambda: coverage(COST, PEOPLE, 0), "limit must be a positive number"),
        (lambda: coverage(COST, PEOPLE, np.nan), "limit must be a positive number"),
        (lambda: coverage_by(COST, PEOPLE, committees(0, 0, 0, 3), 3, 300), "lies outside 0 to 2"),
        (lambda: coverage_by(COST, PEOPLE, committees(0, 0, 0, -2), 3, 300), "lies outside 0 to 2"),
        (lambda: coverage_by(COST, PEOPLE, committees(0, 0), 3, 300), "2 groups for 4 origins"),
        (lambda: coverage_by(COST, PEOPLE, [0.5, 0, 0, 0], 3, 300), "group must hold whole numbers"),
        (lambda: coverage(COST, PEOPLE, [300, 300, 300]), "limit must be one number, or one for each column"),
        (lambda: coverage(COST, PEOPLE, [300, 0]), "limit must be a positive number"),
        (lambda: composite_by(COST, PEOPLE, committees(0, 0, 0, 0), 1, 300, [True]), "required must have 2 values"),
        (lambda: composite_by(COST, PEOPLE, committees(0, 0, 0, 0), 1, 300, [False] * 2), "no type is required"),
        (lambda: score(np.array([1.0]), np.array([False])), "no type is required"),
        (lambda: score(np.array([1.0, 0.5]), np.array([True])), "2 shares for 1 types"),
    ],
)
def test_refuses(make, says):
    with pytest.raises(ValueError, match=says):
        make()
