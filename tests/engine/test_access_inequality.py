import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xiuhua.engine.access import gini, lorenz

amounts = st.lists(st.one_of(st.just(0.0), st.floats(1e-6, 1e6)), min_size=1, max_size=20).map(np.array)


def by_pairs(values, weights):
    """Half the mean difference between any two people, relative to the mean."""
    apart = np.abs(values[:, None] - values) * weights[:, None] * weights
    return apart.sum() / (2 * weights.sum() * (weights @ values))


@given(amounts, st.data())
def test_equals_the_mean_difference_of_pairs(values, data):
    weights = np.array(data.draw(st.lists(st.integers(0, 9), min_size=len(values), max_size=len(values))), float)
    assume(weights @ values > 0)
    assert gini(values, weights) == pytest.approx(by_pairs(values, weights), abs=1e-9)


@given(amounts)
def test_lies_from_zero_to_below_one(values):
    assert 0 <= gini(values) < 1


@given(st.floats(1e-6, 1e6), st.lists(st.floats(0.1, 1e3), min_size=1, max_size=20))
def test_zero_where_all_have_alike(value, weights):
    assert gini(np.full(len(weights), value), weights) == pytest.approx(0, abs=1e-12)


@given(amounts, st.floats(1e-3, 1e3))
def test_the_unit_does_not_matter(values, factor):
    assert gini(values * factor) == pytest.approx(gini(values), abs=1e-9)


@given(amounts, st.data())
def test_a_weight_is_a_repetition(values, data):
    times = np.array(data.draw(st.lists(st.integers(0, 5), min_size=len(values), max_size=len(values))))
    assume(times.sum() > 0)
    assert gini(values, times) == pytest.approx(gini(np.repeat(values, times)), abs=1e-9)


@given(amounts)
def test_the_curve_rises_ever_steeper_from_corner_to_corner(values):
    people, held = lorenz(values)
    assert (people[0], held[0], people[-1], held[-1]) == (0, 0, 1, 1)
    assert np.all(np.diff(people) > 0)
    assert np.all(held <= people + 1e-12)
    assert np.all(np.diff(held, 2) >= -1e-9)


def test_by_hand():
    people, held = lorenz([3, 1], [1, 3])
    assert people.tolist() == [0, 0.75, 1]
    assert held.tolist() == [0, 0.5, 1]
    assert gini([3, 1], [1, 3]) == 0.25
    assert gini([0, 0, 0, 1]) == 0.75


def test_where_nobody_has_anything_all_have_alike():
    assert gini([0, 0]) == 0
    assert lorenz([0, 0])[1].tolist() == [0, 0.5, 1]


def test_of_a_committee_without_people_nothing_is_asked():
    assert gini([0.5, np.nan, 1.0], [2, 0, 2]) == gini([0.5, 1.0])


@pytest.mark.parametrize("measure", [gini, lorenz])
@pytest.mark.parametrize(
    ("values", "weights", "says"),
    [
        ([], None, "values is empty"),
        ([[1.0]], None, "values must have one dimension"),
        ([1.0, -1], None, "values must be finite numbers from 0"),
        ([1.0, np.nan], None, "values must be finite numbers from 0"),
        ([1.0, np.inf], [1, 1], "values must be finite numbers from 0"),
        ([1.0, 2], [1], "weights of shape"),
        ([1.0, 2], [1, -1], "weights must be finite numbers from 0"),
        ([1.0, 2], [1, np.nan], "weights must be finite numbers from 0"),
        ([1.0, 2], [0, 0], "weights are all 0"),
    ],
)
def test_refuses(measure, values, weights, says):
    with pytest.raises(ValueError, match=says):
        measure(values, weights)
