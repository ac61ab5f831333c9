"""Whoever is worst off is as well off as can be: against trying every choice, and refusals."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from xiuhua.engine.siting import p_center

MANY = settings(max_examples=150, deadline=None)


@st.composite
def questions(draw):
    """Costs with ties, zeros and pairs that cannot serve; a number to open; weights with zeros."""
    clients, candidates = draw(st.integers(1, 8)), draw(st.integers(1, 7))
    values = draw(st.sampled_from([[0, 1, 2, 3, 4], [0.5, 1, 7.25, 2, np.inf]]))
    flat = draw(st.lists(st.sampled_from(values), min_size=clients * candidates, max_size=clients * candidates))
    weights = draw(st.none() | st.lists(st.sampled_from([0, 1, 1, 2.5, 10]), min_size=clients, max_size=clients))
    assume(weights is None or any(weights))
    return np.array(flat, float).reshape(clients, candidates), draw(st.integers(1, candidates)), weights


def worst_off(cost, opened, weights):
    weight = np.ones(len(cost)) if weights is None else np.array(weights, float)
    counted = weight > 0
    return (cost[counted][:, opened].min(axis=1) * weight[counted]).max()


def town(clients, candidates, seed):
    rng = np.random.default_rng(seed)
    at, site = rng.uniform(0, 1000, (clients, 1, 2)), rng.uniform(0, 1000, (1, candidates, 2))
    return np.hypot(*np.moveaxis(at - site, -1, 0))


@given(questions())
@MANY
def test_the_worst_off_are_as_well_off_as_can_be(question):
    cost, p, weights = question
    best = min(worst_off(cost, list(one), weights) for one in combinations(range(cost.shape[1]), p))
    if np.isinf(best):
        with pytest.raises(ValueError, match=r"cannot serve all clients|inf from every candidate: client"):
            p_center(cost, p, weights)
        return
    found = p_center(cost, p, weights)
    assert found.objective == found.bound == best == worst_off(cost, found.open, weights)
    assert found.gap == 0
    assert len(found.open) == len(set(found.open)) == p
    for client, candidate in enumerate(found.assign):
        least = cost[client, found.open].min()
        assert candidate == -1 if np.isinf(least) else cost[client, candidate] == least


@pytest.mark.parametrize(("p", "weighted"), [(1, False), (3, True), (8, False), (25, True), (90, False)])
def test_a_town_against_both_sides_of_the_answer(p, weighted):
    """No cover of p within any smaller cost, by HiGHS; and the choice keeps what it says."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    cost = town(120, 90, p)
    weights = np.random.default_rng(p).uniform(0.5, 3, 120) if weighted else np.ones(120)
    found = p_center(cost, p, weights)
    assert found.proven
    assert worst_off(cost, found.open, weights) == found.objective
    closer = (cost * weights[:, None] < found.objective).astype(float)
    if closer.any(axis=1).all():
        covered = LinearConstraint(closer, lb=np.ones(120))
        fewest = milp(np.ones(90), constraints=covered, integrality=np.ones(90), bounds=Bounds(0, 1)).fun
        assert round(fewest) > p


def test_two_islands_need_one_each():
    cost = np.full((6, 4), np.inf)
    cost[:3, :2], cost[3:, 2:] = [[1, 5], [2, 5], [3, 5]], [[9, 4], [9, 4], [9, 4]]
    found = p_center(cost, 2)
    assert found.open.tolist() == [0, 3]
    assert found.objective == 4
    assert found.assign.tolist() == [0, 0, 0, 3, 3, 3]
    with pytest.raises(ValueError, match="p=1 candidates cannot serve all clients: at least 2 are needed"):
        p_center(cost, 1)


def test_cut_short_it_gives_what_it_has():
    cost = town(150, 150, 1)
    whole = p_center(cost, 12)
    asked = iter([False] * 2 + [True] * 1000)
    for stop in (lambda: True, lambda: next(asked)):
        hurried = p_center(cost, 12, stop=stop)
        assert hurried.bound <= whole.objective <= hurried.objective
        assert hurried.bound >= cost.min(axis=1).max()
        assert hurried.objective == worst_off(cost, hurried.open, None)
        assert hurried.gap == pytest.approx((hurried.objective - hurried.bound) / hurried.objective)
        assert not hurried.proven


def test_a_client_of_no_weight_may_be_out_of_reach():
    found = p_center([[1.0, 2.0], [np.inf, np.inf]], 1, [3, 0])
    assert found.objective == 3
    assert found.assign.tolist() == [0, -1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"cost": [[-1.0, 2.0]]}, "cost must not be negative"),
        ({"cost": [[1.0, 1.0], [np.inf, np.inf]]}, "cost is inf from every candidate: client 1"),
        ({"p": 3}, "p must be from 1 to the number of candidates, 2, not 3"),
        ({"weights": [1.0, 2.0]}, "weights must hold one number a client"),
        ({"time_limit": -1}, "time_limit must be a positive"),
    ],
)
def test_p_center_refuses(arguments, says):
    with pytest.raises(ValueError, match=says):
        p_center(**({"cost": [[1.0, 2.0]], "p": 1} | arguments))
