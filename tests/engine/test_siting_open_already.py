"""Sites that are open already and clients out of reach: against trying every choice, and what is refused."""

from itertools import combinations, product

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.test_siting_p_median import draw_case, hard, stored
from xiuhua.engine.siting import capacitated_p_median, mclp, p_center, p_median
from xiuhua.engine.siting.checks import checked_cost
from xiuhua.engine.siting.median import nearest_open

MANY = settings(max_examples=40, deadline=None)
CASES_A_DRAW = 12
NOBODY, TOO_FEW = "skip_unreachable leaves no client|inf from every candidate", "cannot serve all clients"
EACH = pytest.mark.parametrize(
    "search",
    [
        p_median,
        p_center,
        lambda cost, p, **options: mclp(cost, p, 5, **options),
        lambda cost, p, **options: capacitated_p_median(cost, p, 9, **options),
    ],
    ids=["p_median", "p_center", "mclp", "capacitated_p_median"],
)


class Asked:
    """A small question by lot, with something open already, sometimes all, sometimes named twice."""

    def __init__(self, seed):
        dice = np.random.default_rng(seed)
        self.cost, _, self.weights = draw_case(dice)
        candidates = self.cost.shape[1]
        self.fixed = dice.integers(0, candidates, dice.integers(1, candidates + 1))
        if dice.random() < 0.1:
            self.fixed = np.arange(candidates)
        others = np.setdiff1d(np.arange(candidates), self.fixed)
        self.p = int(dice.integers(0, len(others) + 1))
        self.skip = bool(dice.integers(2))
        self.table = stored(self.cost) if dice.integers(2) else self.cost
        already = np.unique(self.fixed)
        self.choices = [np.array([*already, *new]) for new in combinations(others, self.p)]
        self.counted = (self.weights > 0) & (np.isfinite(self.cost).any(axis=1) | (not self.skip))

    def paid(self, opened):
        """What each client that counts pays, weighted."""
        return self.weights[self.counted] * self.cost[self.counted][:, opened].min(axis=1)

    def holds(self, found):
        """The answer keeps what is open, opens p new ones and sends each to its nearest, the first of equals."""
        assert set(self.fixed) <= set(found.open)
        assert len(found.open) == len(set(self.fixed)) + self.p
        assert (np.diff(found.open) > 0).all()
        assert np.array_equal(found.assign, nearest_open(checked_cost(self.cost), found.open)[0])


@pytest.mark.parametrize(("search", "together"), [(p_median, np.sum), (p_center, np.max)], ids=["sum", "worst"])
@given(st.integers(0, 2**32))
@MANY
def test_no_choice_around_what_is_open_is_better(search, together, seed):
    for case in range(CASES_A_DRAW):
        asked = Asked([seed, case])
        options = {"fixed": asked.fixed, "skip_unreachable": asked.skip}
        best = min(together(asked.paid(one)) for one in asked.choices) if asked.counted.any() else np.inf
        if np.isinf(best):
            with pytest.raises(ValueError, match=f"{NOBODY}|{TOO_FEW}"):
                search(asked.table, asked.p, asked.weights, **options)
            continue
        found = search(asked.table, asked.p, asked.weights, **options)
        assert found.proven
        assert found.objective == pytest.approx(best, rel=1e-9, abs=1e-12)
        assert found.bound <= found.objective
        assert together(asked.paid(found.open)) == pytest.approx(best, rel=1e-9, abs=1e-12)
        asked.holds(found)


@given(st.integers(0, 2**32), st.sampled_from([0.05, 0.4, 3, 50]))
@MANY
def test_no_choice_around_what_is_open_covers_more(seed, limit):
    for case in range(CASES_A_DRAW):
        asked = Asked([seed, case])
        serves = asked.cost <= limit
        found = mclp(asked.table, asked.p, limit, asked.weights, fixed=asked.fixed)
        best = max(asked.weights[serves[:, one].any(axis=1)].sum() for one in asked.choices)
        assert found.proven
        assert found.objective == pytest.approx(best)
        assert asked.weights[found.assign >= 0].sum() == pytest.approx(best)
        assert ((found.assign >= 0) == serves[:, found.open].any(axis=1)).all()
        assert set(asked.fixed) <= set(found.open)
        assert len(found.open) == len(set(asked.fixed)) + asked.p


def cheapest_within(cost, demand, capacity, weights, choices, counted):
    """Least cost over all choices and all ways to send each client that counts to one site."""
    least = np.inf
    for opened in choices:
        for sent in product(opened, repeat=len(counted)):
            loads = np.bincount(np.array(sent, int), demand[counted], len(capacity))
            if (loads <= capacity).all() and np.isfinite(cost[counted, list(sent)]).all():
                least = min(least, float(weights[counted] @ cost[counted, list(sent)]))
    return least


@given(st.integers(0, 2**32), st.booleans())
@MANY
def test_no_choice_within_capacities_around_what_is_open_is_cheaper(seed, skip):
    dice = np.random.default_rng(seed)
    clients, candidates = int(dice.integers(1, 6)), int(dice.integers(1, 5))
    cost = np.where(dice.random((clients, candidates)) < 0.25, np.inf, dice.integers(0, 20, (clients, candidates)))
    demand, capacity = dice.integers(0, 9, clients) * 1.0, dice.integers(0, 25, candidates) * 1.0
    weights = np.maximum(dice.integers(0, 4, clients), np.arange(clients) == 0) * 1.0
    fixed = np.unique(dice.integers(0, candidates, dice.integers(1, candidates + 1)))
    others = np.setdiff1d(np.arange(candidates), fixed)
    p = int(dice.integers(0, len(others) + 1))
    choices = [[*fixed, *new] for new in combinations(others, p)]
    counted = ((weights > 0) | (demand > 0)) & (np.isfinite(cost).any(axis=1) | (not skip))
    best = cheapest_within(cost, demand, capacity, weights, choices, np.flatnonzero(counted))
    options = {"fixed": fixed, "skip_unreachable": skip}
    if np.isinf(best) or not counted.any():
        with pytest.raises(ValueError, match=f"{NOBODY}|{TOO_FEW}|capacity"):
            capacitated_p_median(cost, p, capacity, demand, weights, **options)
        return
    found = capacitated_p_median(cost, p, capacity, demand, weights, **options)
    assert found.proven
    assert found.objective == pytest.approx(best)
    assert set(fixed) <= set(found.open)
    assert len(found.open) == len(fixed) + p
    assert len(found.assign) == clients
    assert set(found.assign[counted]) <= set(found.open)
    assert (np.bincount(found.assign[counted], demand[counted], candidates) <= capacity).all()


@EACH
def test_nothing_open_already_is_no_difference(search):
    cost = np.array([[1.0, 4.0, 9.0], [4.0, 1.0, 2.0], [6.0, 3.0, 1.0]])
    alone, beside = search(cost, 1), search(cost, 1, fixed=[])
    assert (alone.objective, alone.open.tolist()) == (beside.objective, beside.open.tolist())


@EACH
def test_how_things_are_today(search):
    cost = np.array([[1.0, 4.0, 9.0], [4.0, 1.0, 2.0], [6.0, 3.0, 1.0]])
    found = search(cost, 0, fixed=[1])
    assert found.open.tolist() == [1]
    assert found.assign.tolist() == [1, 1, 1]
    assert found.proven
    assert search(cost, 0, fixed=[0, 1, 2]).open.tolist() == [0, 1, 2]


@EACH
@pytest.mark.parametrize(
    ("p", "fixed", "says"),
    [
        (1, [3], "fixed names candidate 3"),
        (1, [-1], "fixed names candidate -1"),
        (1, [0.5], "fixed must be a list of candidate numbers"),
        (1, ["a"], "fixed must be a list of candidate numbers"),
        (1, [[0]], "fixed must be a list of candidate numbers"),
        (1, [True, False, False], "fixed must be a list of candidate numbers"),
        (3, [1, 1], "p must be from 0 to the number of candidates besides the 1 in fixed, .* new ones, 2, not 3"),
        (1, [0, 1, 2], "p must be from 0 to the number of candidates besides the 3 in fixed, .* new ones, 0, not 1"),
        (0, None, "p must be from 1 to the number of candidates, 3, not 0"),
    ],
)
def test_what_cannot_be_open_already_is_refused(search, p, fixed, says):
    with pytest.raises(ValueError, match=says):
        search(np.ones((4, 3)), p, fixed=fixed)


COSTS_OF_AN_ISLAND = np.array([[0.0, 3.0], [np.inf, np.inf], [4.0, 0.0]])


@pytest.mark.parametrize("cost", [COSTS_OF_AN_ISLAND, stored(COSTS_OF_AN_ISLAND)], ids=["dense", "sparse"])
@pytest.mark.parametrize(("search", "objective"), [(p_median, 3.0), (p_center, 3.0)])
def test_an_island_is_left_out_where_that_is_asked_for(search, objective, cost):
    with pytest.raises(ValueError, match="cost is inf from every candidate: client 1"):
        search(cost, 1)
    found = search(cost, 1, skip_unreachable=True)
    assert found.objective == found.bound == objective
    assert found.open.tolist() == [1]
    assert found.assign.tolist() == [1, -1, 1]


@pytest.mark.parametrize("search", [p_median, p_center])
def test_a_client_within_reach_is_never_left_out(search):
    with pytest.raises(ValueError, match=r"p=1 candidates cannot serve all clients: at least 2 are needed"):
        search(np.where(np.eye(2) > 0, 1.0, np.inf), 1, skip_unreachable=True)
    with pytest.raises(ValueError, match=r"p=1 new ones beside those in fixed cannot .*: at least 2 are needed"):
        search(np.where(np.eye(3) > 0, 1.0, np.inf), 1, fixed=[0], skip_unreachable=True)


@pytest.mark.parametrize("search", [p_median, p_center])
def test_nobody_to_serve_is_refused(search):
    with pytest.raises(ValueError, match="skip_unreachable leaves no client with weight"):
        search(sp.csr_array((2, 2)), 1, skip_unreachable=True)


def test_what_is_open_holds_too_little():
    with pytest.raises(ValueError, match=r"the 1 largest candidates and the 1 in fixed hold 5 in sum, the demand is 6"):
        capacitated_p_median(np.ones((6, 3)), 1, [1, 2, 4], fixed=[0])


def test_a_search_around_what_is_open_that_is_stopped_is_honest():
    cost, p = hard(seed=7)
    for search in (p_median, p_center):
        proven = search(cost, p, fixed=[3, 5])
        stopped = search(cost, p, fixed=[3, 5], stop=lambda: True)
        assert stopped.bound <= proven.objective <= stopped.objective
        assert len(stopped.open) == p + 2
        assert {3, 5} <= set(stopped.open.tolist())
