"""Floating catchments against PySAL's `access` and against the published sums, pair by pair."""

import warnings

import numpy as np
import pytest
from access import weights
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array, csr_array, csr_matrix

from xiuhua.engine.access import fca
from xiuhua.engine.decays import gaussian

INF = np.inf
COST = np.array([[0, 12, INF], [9, 10, 30], [31, 20, 5]], float)
PEOPLE, PLACES = np.array([10.0, 20, 30]), np.array([4.0, 6, 2])
ALL = [fca.two_step, fca.enhanced, fca.modified, fca.three_step, fca.balanced]
TABLE = {5: 1.0, 12: 0.5, 40: 0.1}


def random_case(seed):
    """Costs of at most 45 minutes, zeros among them, some pairs beyond reach; whole places and people."""
    rng = np.random.default_rng(seed)
    origins, locations = rng.integers(1, 9, 2)
    cost = rng.integers(0, 46, (origins, locations)) / rng.choice([1, 2, 4])
    cost[rng.random(cost.shape) < 0.3] = INF
    return cost, rng.integers(1, 50, origins).astype(float), rng.integers(0, 9, locations).astype(float)


def stored(cost):
    """As a sparse matrix that holds every finite cost, zeros too."""
    row, column = np.nonzero(np.isfinite(cost))
    return csr_array(coo_array((cost[row, column], (row, column)), shape=cost.shape))


def brute_force(cost, demand, supply, limit, weigh, demand_weight, supply_weight):
    """The two steps with loops; the weights of a pair may ask for all weights of its row and column."""
    w = np.array([[weigh(c) if c <= limit else 0.0 for c in row] for row in cost])
    access = np.zeros(len(demand))
    for j in range(cost.shape[1]):
        wanted = sum(demand[k] * demand_weight(w, k, j) for k in range(len(demand)))
        for i in range(len(demand)):
            if wanted > 0:
                access[i] += supply[j] / wanted * supply_weight(w, i, j)
    return access


def step(table):
    return lambda cost: next((table[bound] for bound in sorted(table) if cost <= bound), 0.0)


def part(value, whole):
    return value / whole if whole > 0 else 0.0


PUBLISHED = {
    fca.two_step: (lambda w, i, j: w[i, j], lambda w, i, j: w[i, j]),
    fca.enhanced: (lambda w, i, j: w[i, j], lambda w, i, j: w[i, j]),
    fca.modified: (lambda w, i, j: w[i, j], lambda w, i, j: w[i, j] * w[i, j]),
    fca.three_step: (lambda w, i, j: part(w[i, j], w[i].sum()) * w[i, j],) * 2,
    fca.balanced: (lambda w, i, j: part(w[i, j], w[i].sum()), lambda w, i, j: part(w[i, j], w[:, j].sum())),
}


@pytest.mark.parametrize("method", ALL)
@given(st.integers(0, 2**32 - 1))
@settings(max_examples=40)
def test_equals_its_published_sums(method, seed):
    cost, people, places = random_case(seed)
    expected = brute_force(cost, people, places, 25, step(TABLE), *PUBLISHED[method])
    np.testing.assert_allclose(method(cost, people, places, 25, TABLE), expected, rtol=1e-12)
    np.testing.assert_allclose(method(stored(cost), people, places, 25, TABLE), expected, rtol=1e-12)


def pysal(cost, demand, supply, method, neighbours=None, **options):
    """What PySAL says, 0 where it has no row for an origin."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandas as pd
        from access import Access

        row, column = np.nonzero(np.isfinite(cost))
        table = pd.DataFrame({"origin": row, "dest": column, "cost": cost[row, column]})
        if neighbours is not None:
            row, column = np.nonzero(np.isfinite(neighbours))
            around = pd.DataFrame({"origin": row, "dest": column, "cost": neighbours[row, column]})
            options |= {"supply_cost": "cost", "demand_cost": "cost"}
        about = Access(
            demand_df=pd.DataFrame({"id": np.arange(len(demand)), "people": demand}),
            demand_index="id",
            demand_value="people",
            supply_df=pd.DataFrame({"id": np.arange(len(supply)), "places": supply}),
            supply_index="id",
            supply_value="places",
            cost_df=table,
            cost_origin="origin",
            cost_dest="dest",
            cost_name="cost",
            neighbor_cost_df=None if neighbours is None else around,
            neighbor_cost_origin="origin",
            neighbor_cost_dest="dest",
            neighbor_cost_name="cost",
        )
        found = getattr(about, method)(name="it", **options)
    return found["it_places"].fillna(0).to_numpy()


@pytest.mark.parametrize(
    ("ours", "theirs", "limit", "decay", "weigh"),
    [
        (fca.two_step, "two_stage_fca", 20, None, None),
        (fca.two_step, "two_stage_fca", 20, gaussian(10), weights.gaussian(10)),
        (fca.enhanced, "enhanced_two_stage_fca", 30, None, None),
        (fca.enhanced, "enhanced_two_stage_fca", 20, gaussian(10), weights.gaussian(10)),
        (fca.enhanced, "enhanced_two_stage_fca", 30, TABLE, weights.step_fn(TABLE)),
        (fca.three_step, "three_stage_fca", 60, None, None),
        (fca.three_step, "three_stage_fca", 40, TABLE, weights.step_fn(TABLE)),
    ],
)
def test_equals_pysal(ours, theirs, limit, decay, weigh):
    for seed in range(6):
        cost, people, places = random_case(seed)
        expected = pysal(cost, people, places, theirs, max_cost=limit, **({"weight_fn": weigh} if weigh else {}))
        np.testing.assert_allclose(ours(stored(cost), people, places, limit, decay), expected, rtol=1e-12)


@pytest.mark.parametrize("limit", [10, 25])
def test_one_step_equals_pysal(limit):
    for seed in range(6):
        cost, people, places = random_case(seed)
        neighbours = random_case(seed + 99)[0]
        neighbours = np.resize(neighbours, (len(people), len(people)))
        np.fill_diagonal(neighbours, 0)
        expected = pysal(cost, people, places, "fca_ratio", neighbours, max_cost=limit)
        found = fca.one_step(stored(cost), stored(neighbours), people, places, limit)
        np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_one_step_by_hand():
    cost, neighbours = [[1.0, 9], [1, 1]], [[0.0, 2], [2, 0]]
    assert fca.one_step(cost, neighbours, [2, 6], [4, 3], 5).tolist() == [4 / 8, 7 / 8]
    assert fca.one_step(cost, neighbours, [2, 6], [[4, 1], [3, 1]], 1).tolist() == [[2, 0.5], [7 / 6, 2 / 6]]
    assert fca.one_step(cost, neighbours, [0, 6], [4, 3], 1).tolist() == [0, 7 / 6]
    assert fca.one_step(cost, neighbours, [2, 6], [4, 3], 5, "linear").tolist() == pytest.approx([3.2 / 5.6, 5.6 / 7.2])


@pytest.mark.parametrize(
    ("neighbours", "says"),
    [
        (np.zeros((3, 2)), "neighbours must have 3 rows and columns"),
        (-np.ones((3, 3)), "neighbours must not"),
    ],
)
def test_one_step_refuses(neighbours, says):
    with pytest.raises(ValueError, match=says):
        fca.one_step(COST, neighbours, PEOPLE, PLACES, 30)


def test_choices_beyond_the_limit_are_no_choices():
    """Here we differ: PySAL's third step counts every location in its table, whatever the limit."""
    cost, one = np.array([[10.0, 50.0]]), np.ones(1)
    by_limit = fca.three_step(cost, one, [1, 1], 20, gaussian(30))
    assert by_limit.tolist() == fca.three_step(cost[:, :1], one, [1], 20, gaussian(30)).tolist() == [1.0]


def test_supply_is_handed_out_once():
    """What people have, times the people, is all the supply within reach; distance loses some in the modified one."""
    for method in (fca.two_step, fca.enhanced, fca.three_step):
        assert PEOPLE @ method(COST, PEOPLE, PLACES, 30) == pytest.approx(PLACES.sum())
    assert PEOPLE @ fca.modified(COST, PEOPLE, PLACES, 30) < PLACES.sum() - 1


def test_balanced_hands_out_each_level_of_service_once():
    apart = np.array([[5.0, INF], [20, INF], [INF, 25]])
    assert fca.balanced(apart, [10, 20, 50], [6, 5], 30).sum() == pytest.approx(6 / 30 + 5 / 50)


def test_by_hand():
    assert fca.two_step([[1.0, 9], [1, 1]], [2, 6], [4, 3], 5).tolist() == [0.5, 1.0]


def test_the_limit_is_within_also_in_single_precision():
    cost = np.array([[0.1]], np.float32)
    assert fca.two_step(cost, [2.0], [1.0], 0.1).tolist() == [0.5]
    assert fca.enhanced(cost, [2.0], [1.0], 1.0, {0.1: 0.25}).tolist() == [0.5]


@pytest.mark.parametrize(
    ("name", "weigh"),
    [
        ("flat", lambda cost: 1.0),
        ("linear", lambda cost: 1 - cost / 25),
        ("exponential", lambda cost: np.exp(-cost / 25)),
        ("gaussian", lambda cost: (np.exp(-((cost / 25) ** 2) / 2) - np.exp(-0.5)) / (1 - np.exp(-0.5))),
    ],
)
def test_decays_have_the_names_that_totals_has(name, weigh):
    cost, people, places = random_case(3)
    expected = brute_force(cost, people, places, 25, weigh, *PUBLISHED[fca.modified])
    np.testing.assert_allclose(fca.modified(cost, people, places, 25, name), expected, rtol=1e-12)
    at_the_end = fca.two_step(np.array([[0.1]], np.float32), [1.0], [1.0], np.float64(0.1), name)
    assert at_the_end.tolist() == [1.0 if name in ("flat", "exponential") else 0.0]


def test_several_kinds_of_supply_at_once():
    kinds = np.array([[1.0, 4], [0, 6], [7, 2]])
    both = fca.enhanced(COST, PEOPLE, kinds, 30)
    assert both.shape == (3, 2)
    assert np.array_equal(both[:, 1], fca.enhanced(COST, PEOPLE, kinds[:, 1], 30))


def test_a_stored_zero_is_next_door_and_an_unstored_pair_is_beyond_reach():
    cost = csr_array((np.array([0.0]), np.array([1]), np.array([0, 1, 1])), shape=(2, 3))
    assert fca.two_step(cost, [2, 5], [9, 8, 7], 10).tolist() == [4.0, 0.0]
    assert fca.two_step(csr_matrix(cost), [2, 5], [9, 8, 7], 10).tolist() == [4.0, 0.0]


def test_where_nobody_lives_nobody_has_anything():
    assert [method(COST, np.zeros(3), PLACES, 30).tolist() for method in ALL] == [[0, 0, 0]] * 5


def test_without_places_or_people_there_is_nothing_to_sum():
    assert fca.two_step(np.zeros((2, 0)), [1, 1], [], 5).tolist() == [0, 0]
    assert fca.two_step(np.zeros((0, 2)), [], [1, 1], 5).tolist() == []


@pytest.mark.parametrize("method", ALL)
@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"cost": -COST}, "cost must not be negative or NaN"),
        ({"cost": COST * np.nan}, "cost must not be negative or NaN"),
        ({"cost": COST[0]}, "cost must hold numbers in rows and columns"),
        ({"cost": COST.astype(str)}, "cost must hold numbers in rows and columns"),
        ({"cost": coo_array(([1.0, 2.0], ([0, 0], [1, 1])), shape=(3, 3))}, "cost stores a pair of places twice"),
        ({"demand": PEOPLE[:2]}, "demand must have 3 values"),
        ({"demand": -PEOPLE}, "demand must be finite numbers from 0"),
        ({"demand": PEOPLE * np.nan}, "demand must be finite numbers from 0"),
        ({"supply": PLACES[:2]}, "supply must have 3 rows"),
        ({"supply": np.ones((3, 0))}, "supply must have 3 rows"),
        ({"supply": PLACES - 5}, "supply must be finite numbers from 0"),
        ({"supply": PLACES * INF}, "supply must be finite numbers from 0"),
        ({"limit": 0}, "limit must be a positive number"),
        ({"limit": np.nan}, "limit must be a positive number"),
        ({"limit": INF}, "limit must be a positive number"),
        ({"decay": "steep"}, "decay must be flat, linear, exponential, gaussian, a table or a function"),
        ({"decay": {}}, "decay must name at least one zone"),
        ({"decay": {-1: 1.0}}, "decay must name at least one zone"),
        ({"decay": {5: -1.0}}, "the weights of decay must be finite numbers from 0"),
        ({"decay": lambda cost: -cost - 1}, "the weights that decay gives must be finite numbers from 0"),
        ({"decay": lambda cost: 1.0}, "decay must give 8 weights"),
    ],
)
def test_refuses(method, changed, says):
    asked = {"cost": COST, "demand": PEOPLE, "supply": PLACES, "limit": 40, **changed}
    with pytest.raises(ValueError, match=says):
        method(**asked)
