"""The p-median with capacities: small cases against all assignments, a middling one against HiGHS, and refusals."""

import itertools

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from xiuhua.engine.siting import capacitated_p_median

CASES_A_DRAW = 25


def cheapest(cost, p, capacity, demand, weights):
    """Least cost over all choices and assignments, by trying them, the largest clients first."""
    order = np.argsort(-demand)
    least = np.inf
    for sites in itertools.combinations(range(cost.shape[1]), p):
        paid = np.array(
            [[weights[i] * cost[i, j] if np.isfinite(cost[i, j]) else np.inf for j in sites] for i in order]
        )
        still = np.append(np.cumsum(paid.min(axis=1)[::-1])[::-1], 0.0)
        room = [float(capacity[j]) for j in sites]

        def serve(k, total, paid=paid, still=still, room=room):
            nonlocal least
            if total + still[k] >= least:
                return
            if k == len(order):
                least = total
                return
            for s in range(p):
                if np.isfinite(paid[k, s]) and demand[order[k]] <= room[s] + 1e-12:
                    room[s] -= demand[order[k]]
                    serve(k + 1, total + paid[k, s])
                    room[s] += demand[order[k]]

        serve(0, 0.0)
    return least


def draw_case(dice):
    """A small instance, capacities from too small to ample."""
    clients, candidates = int(dice.integers(1, 9)), int(dice.integers(1, 7))
    p, shape = int(dice.integers(1, candidates + 1)), (clients, candidates)
    kinds = [
        lambda: dice.integers(0, 10, shape).astype(float),
        lambda: dice.random(shape),
        lambda: dice.integers(0, 1000, shape) * 3.0,
    ]
    cost = kinds[dice.integers(3)]()
    demand = dice.integers(0, 6, clients) * 1.0 if dice.random() < 0.6 else dice.random(clients) * 5
    average = demand.sum() / p
    even = np.full(candidates, average * dice.uniform(0.9, 1.6))
    capacity = even if dice.random() < 0.5 else average * dice.uniform(0.3, 1.7, candidates)
    weights = np.ones(clients) if dice.random() < 0.5 else dice.integers(0, 4, clients) * 1.0
    weights[dice.integers(clients)] = 1.0
    if dice.random() < 0.4:
        cost[dice.random(shape) < 0.3] = np.inf
    return cost, p, capacity, demand, weights


def town(clients=40, seed=3):
    """Places on a plane, demands from 1 to 20."""
    dice = np.random.default_rng(seed)
    places, demand = dice.integers(1, 101, (clients, 2)), dice.integers(1, 21, clients)
    return np.floor(np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))), demand


def by_highs(cost, p, capacity, demand):
    """The same as an integer program."""
    clients, candidates = cost.shape
    open_, serve = candidates, clients * candidates
    pair = np.arange(serve)
    i, j = pair // candidates, pair % candidates
    one, x = np.ones(serve), pair + open_
    everybody = sp.csr_array((one, (i, x)), (clients, open_ + serve))
    within = sp.csr_array(
        (np.append(demand[i], -capacity), (np.append(j, range(open_)), np.append(x, range(open_)))),
        (open_, open_ + serve),
    )
    strong = sp.csr_array((np.append(one, -one), (np.append(pair, pair), np.append(x, j))), (serve, open_ + serve))
    count = np.append(np.ones(open_), np.zeros(serve))[None]
    answer = milp(
        np.append(np.zeros(open_), cost.ravel()),
        integrality=np.ones(open_ + serve, np.int64),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(everybody, 1, 1),
            LinearConstraint(within, -np.inf, 0),
            LinearConstraint(strong, -np.inf, 0),
            LinearConstraint(count, p, p),
        ],
    )
    assert answer.status == 0
    return round(answer.fun)


def assert_fits(found, capacity, demand):
    load = np.bincount(found.assign, demand, len(capacity))
    assert (load <= capacity * (1 + 1e-12)).all()
    assert set(found.assign.tolist()) <= set(found.open.tolist())


@settings(max_examples=40)
@given(st.integers(0, 2**32))
@example(1)
def test_no_choice_within_the_capacities_is_cheaper(seed):
    dice = np.random.default_rng(seed)
    for _ in range(CASES_A_DRAW):
        cost, p, capacity, demand, weights = draw_case(dice)
        counted = (weights > 0) | (demand > 0)
        least = cheapest(cost[counted], p, capacity, demand[counted], weights[counted])
        if np.isinf(least):
            with pytest.raises(ValueError, match=r"capacity|inf from every candidate"):
                capacitated_p_median(cost, p, capacity, demand, weights)
            continue
        found = capacitated_p_median(cost, p, capacity, demand, weights)
        assert found.proven
        assert found.bound <= found.objective == pytest.approx(least, rel=1e-9, abs=1e-12)
        assert len(set(found.open.tolist())) == p
        served = np.flatnonzero(counted)
        load = np.bincount(found.assign[served], demand[served], len(capacity))
        assert (load <= capacity * (1 + 1e-12)).all()
        assert set(found.assign[served].tolist()) <= set(found.open.tolist())
        paid = weights[served] @ cost[served, found.assign[served]]
        assert paid == pytest.approx(found.objective, rel=1e-12)


@pytest.mark.parametrize(("p", "tight"), [(3, 0.9), (5, 0.8)])
def test_a_town_costs_what_highs_proves(p, tight):
    cost, demand = town()
    capacity = np.full(len(cost), np.ceil(demand.sum() / (tight * p)))
    found = capacitated_p_median(cost, p, capacity, demand)
    assert found.proven
    assert found.objective == found.bound == by_highs(cost, p, capacity, demand)
    assert_fits(found, capacity, demand)


def test_a_client_is_sent_on_where_the_nearest_is_full():
    cost = np.array([[1.0, 5.0], [1.0, 9.0], [1.0, 2.0]])
    found = capacitated_p_median(cost, 2, 2)
    assert (found.objective, found.assign.tolist()) == (4.0, [0, 0, 1])


def test_without_demand_a_client_takes_its_weight():
    cost = np.array([[1.0, 5.0], [1.0, 9.0], [1.0, 2.0]])
    assert capacitated_p_median(cost, 2, 4, weights=[3, 1, 1]).assign.tolist() == [0, 0, 1]
    assert capacitated_p_median(cost, 2, 4, demand=[1, 1, 1], weights=[3, 1, 1]).assign.tolist() == [0, 0, 0]


def test_who_counts_for_nothing_goes_to_its_cheapest_site():
    cost = np.array([[1.0, np.inf], [np.inf, 5.0], [np.inf, np.inf]])
    found = capacitated_p_median(cost, 2, 1, demand=[1, 0, 0], weights=[1, 0, 0])
    assert (found.objective, found.assign.tolist()) == (1.0, [0, 1, -1])


def test_pairs_that_are_not_stored_cannot_serve():
    cost = sp.csr_array(([0.0, 4.0, 1.0], ([0, 0, 1], [0, 1, 1])), shape=(2, 2))
    found = capacitated_p_median(cost, 1, 5)
    assert (found.objective, found.open.tolist()) == (5.0, [1])


def test_the_answer_does_not_depend_on_the_number_of_threads(monkeypatch):
    from xiuhua.engine.siting import tree

    cost, demand = town(seed=4)
    answers = []
    for cores in (1, 2, 5):
        monkeypatch.setattr(tree, "cores", lambda cores=cores: cores)
        answers.append(capacitated_p_median(cost, 6, np.ceil(demand.sum() / 5.4), demand))
    assert len({(found.objective, found.bound) for found in answers}) == 1
    assert len({tuple(found.assign.tolist()) for found in answers}) == 1


def test_a_search_that_is_stopped_gives_its_best_and_an_honest_bound():
    cost, demand = town(seed=4)
    capacity = np.full(len(cost), np.ceil(demand.sum() / 5.4))
    proven = capacitated_p_median(cost, 6, capacity, demand)
    asked = itertools.count()
    stopped = capacitated_p_median(cost, 6, capacity, demand, stop=lambda: next(asked) >= 3)
    assert stopped.bound < proven.objective <= stopped.objective
    assert stopped.gap == pytest.approx((stopped.objective - stopped.bound) / stopped.objective)
    assert stopped.gap > 0
    assert_fits(stopped, capacity, demand)


def test_a_time_limit_ends_the_search():
    cost, demand = town(150)
    capacity = np.full(150, np.ceil(demand.sum() / 28))
    found = capacitated_p_median(cost, 30, capacity, demand, time_limit=0.3)
    assert 0 < found.bound < found.objective < np.inf
    assert_fits(found, capacity, demand)


def test_too_little_capacity_in_sum_says_how_much_is_missing():
    with pytest.raises(ValueError, match="the 2 largest candidates hold 9 in sum, the demand is 10"):
        capacitated_p_median(np.ones((5, 3)), 2, [5, 4, 3], [2, 2, 2, 2, 2])


def test_a_client_larger_than_every_site_that_can_serve_it_is_named():
    cost = np.ones((3, 2))
    cost[2, 0] = np.inf
    with pytest.raises(ValueError, match="demand exceeds the capacity of every candidate that can serve it: client 2"):
        capacitated_p_median(cost, 2, [9, 3], [1, 1, 4])


def test_clients_that_fit_in_sum_but_not_whole_are_refused():
    with pytest.raises(ValueError, match="a client is served by one site alone"):
        capacitated_p_median(np.ones((3, 2)), 2, 3, [2, 2, 2])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"capacity": -1}, "capacity must not be negative"),
        ({"capacity": [1, 2]}, "capacity must be one number, or one a candidate"),
        ({"capacity": 9, "demand": [1, np.nan, 1, 1, 1]}, "demand must not be negative or NaN"),
        ({"capacity": 9, "demand": [1, 2]}, "demand must be one number, or one a client"),
        ({"capacity": "many"}, "capacity must hold numbers"),
        ({"capacity": 9, "weights": [1, 2]}, "weights must hold one number a client"),
        ({"capacity": 9, "p": 4}, "p must be from 1 to the number of candidates"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        capacitated_p_median(np.ones((5, 3)), **({"p": 1} | wrong))
