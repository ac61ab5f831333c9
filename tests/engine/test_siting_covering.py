"""The fewest that cover all, and the most covered by p, against trying every choice."""

from itertools import combinations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from xiuhua.engine.siting import lscp, mclp
from xiuhua.engine.siting.checks import checked_cost, within

MANY = settings(max_examples=150, deadline=None)


@st.composite
def tables(draw, most_clients=9, most_candidates=8):
    """Costs with ties, zeros and pairs that cannot serve."""
    shape = draw(st.integers(1, most_clients)), draw(st.integers(1, most_candidates))
    values = draw(st.sampled_from([[0, 1, 2, 3], [1, 2, 3, np.inf], [0, 1.5, 2.25, np.inf, np.inf]]))
    flat = draw(st.lists(st.sampled_from(values), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
    return np.array(flat, float).reshape(shape)


def choices(candidates, least=0, most=None):
    """Every choice, small ones first."""
    for size in range(least, (candidates if most is None else most) + 1):
        yield from (np.array(one, int) for one in combinations(range(candidates), size))


def town(clients, candidates, seed):
    """Clients and candidates strewn over a square of 1,000 m, whole metres."""
    rng = np.random.default_rng(seed)
    at, site = rng.uniform(0, 1000, (clients, 1, 2)), rng.uniform(0, 1000, (1, candidates, 2))
    return np.rint(np.hypot(*np.moveaxis(at - site, -1, 0)))


def fewest_by_highs(serves):
    columns = serves.shape[1]
    within_reach = LinearConstraint(serves.astype(float), lb=np.ones(len(serves)))
    return milp(np.ones(columns), constraints=within_reach, integrality=np.ones(columns), bounds=Bounds(0, 1)).fun


@given(tables(), st.sampled_from([0.5, 1, 2, 2.5]), st.lists(st.integers(0, 7), max_size=2))
@MANY
def test_as_few_as_can_be(cost, limit, fixed):
    fixed = sorted({one for one in fixed if one < cost.shape[1]})
    serves = cost <= limit
    reachable = serves.any(axis=1)
    found = lscp(cost, limit, fixed=fixed, skip_unreachable=True)
    best = next(
        len(one)
        for one in choices(cost.shape[1], len(fixed))
        if set(fixed) <= set(one) and serves[reachable][:, one].any(axis=1).all()
    )
    assert found.objective == found.bound == len(found.open) == best
    assert found.gap == 0
    assert set(fixed) <= set(found.open)
    assert ((found.assign >= 0) == reachable).all()
    for client in np.flatnonzero(reachable):
        assert found.assign[client] in found.open
        assert cost[client, found.assign[client]] == cost[client, found.open].min() <= limit


@pytest.mark.parametrize("seed", range(4))
def test_a_town_is_covered_by_as_few_as_highs_needs(seed):
    cost = town(160, 120, seed)
    limit = max(90 + 25 * seed, cost.min(axis=1).max())
    found = lscp(cost, limit)
    assert found.objective == pytest.approx(fewest_by_highs(cost <= limit))
    assert found.proven
    sparse = within(checked_cost(cost), limit)
    assert np.array_equal(lscp(sparse, limit).open, found.open)


def test_a_hard_cover_needs_the_tree():
    """A Steiner triple system of 27 points: the linear programme says 9, the truth is 18."""
    place = [np.array(one) for one in np.ndindex(3, 3, 3)]
    number = {tuple(one): i for i, one in enumerate(place)}
    lines = {frozenset((a, b, number[tuple(-(place[a] + place[b]) % 3)])) for a in range(27) for b in range(a)}
    cost = np.full((len(lines), 27), np.inf)
    for row, line in enumerate(lines):
        cost[row, list(line)] = 1
    assert (np.isfinite(cost).sum(axis=1) == 3).all()
    found = lscp(cost, 1)
    assert found.objective == found.bound == 18
    hurried = lscp(cost, 1, stop=lambda: True)
    assert hurried.bound <= 18 <= hurried.objective
    assert hurried.bound >= 9
    assert hurried.gap == pytest.approx((hurried.objective - hurried.bound) / hurried.objective)
    assert np.isfinite(cost[:, hurried.open].min(axis=1)).all()


def test_clients_beyond_the_limit_are_named():
    cost = np.full((20, 3), 200.0)
    cost[[4, 17]] = [[310, np.inf, 301], [np.inf, np.inf, np.inf]]
    with pytest.raises(ValueError, match="limit 300: beyond it from every candidate: clients 4, 17"):
        lscp(cost, 300)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"cost": [[np.nan]]}, "cost must not be NaN"),
        ({"limit": 0}, "limit must be positive"),
        ({"limit": "800"}, "limit must be one number, not '800'"),
        ({"fixed": [1]}, "fixed names candidate 1"),
        ({"time_limit": 0}, "time_limit must be a positive"),
    ],
)
def test_lscp_refuses(arguments, says):
    with pytest.raises(ValueError, match=says):
        lscp(**({"cost": [[1.0]], "limit": 2} | arguments))


def test_sparse_zero_serves_and_a_missing_pair_does_not():
    cost = sp.csr_array((np.array([0.0, 5.0]), np.array([0, 1]), np.array([0, 1, 2])), shape=(2, 2))
    assert lscp(cost, 5).open.tolist() == [0, 1]


@given(tables(), st.integers(1, 8), st.sampled_from([0.5, 1, 2, 2.5]), st.data())
@MANY
def test_as_much_as_can_be(cost, p, limit, data):
    p = min(p, cost.shape[1])
    each = st.sampled_from([0, 1, 1, 2, 0.3, 7])
    weights = data.draw(st.none() | st.lists(each, min_size=len(cost), max_size=len(cost)).filter(any))
    weight = np.ones(len(cost)) if weights is None else np.array(weights, float)
    serves = cost <= limit
    best = max(weight[serves[:, one].any(axis=1)].sum() for one in choices(cost.shape[1], p, p))
    found = mclp(cost, p, limit, weights)
    assert found.objective == pytest.approx(best)
    assert found.bound == pytest.approx(best)
    assert found.gap == 0
    assert len(set(found.open)) == len(found.open) == p
    covered = found.assign >= 0
    assert found.objective == pytest.approx(weight[covered].sum())
    assert (covered == serves[:, found.open].any(axis=1)).all()
    for client in np.flatnonzero(covered):
        assert cost[client, found.assign[client]] == cost[client, found.open].min()


def most_by_highs(serves, weight, p):
    clients, candidates = serves.shape
    reached = LinearConstraint(np.hstack([np.eye(clients), -serves.astype(float)]), ub=np.zeros(clients))
    opened = LinearConstraint(np.r_[np.zeros(clients), np.ones(candidates)][None], ub=p)
    whole = np.r_[np.zeros(clients), np.ones(candidates)]
    worth = np.r_[-weight, np.zeros(candidates)]
    return -milp(worth, constraints=[reached, opened], integrality=whole, bounds=Bounds(0, 1)).fun


@pytest.mark.parametrize(("p", "limit"), [(1, 150), (5, 120), (20, 60), (60, 25)])
def test_a_town_is_covered_as_well_as_highs_does(p, limit):
    cost = town(150, 100, p)
    weight = np.random.default_rng(p).integers(1, 50, 150).astype(float)
    found = mclp(cost, p, limit, weight)
    assert found.objective == pytest.approx(most_by_highs(cost <= limit, weight, p))
    assert found.proven
    assert mclp(within(checked_cost(cost), limit), p, limit, weight).objective == found.objective


def test_mclp_cut_short_gives_what_it_has():
    rng = np.random.default_rng(3)
    cost = np.where(rng.random((150, 100)) < 0.06, 1.0, np.inf)
    best = mclp(cost, 15, 1)
    hurried = mclp(cost, 15, 1, stop=lambda: True)
    assert best.proven
    assert hurried.objective <= best.objective <= hurried.bound
    assert hurried.gap == pytest.approx((hurried.bound - hurried.objective) / hurried.objective)
    assert len(hurried.open) == 15


def test_nobody_within_the_limit_is_an_answer():
    found = mclp([[5.0, 6.0]], 2, 1)
    assert found.objective == found.bound == found.gap == 0
    assert found.open.tolist() == [0, 1]
    assert found.assign.tolist() == [-1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"p": 0}, "p must be from 1"),
        ({"limit": -1}, "limit must be positive"),
        ({"limit": "800"}, "limit must be one number, not '800'"),
        ({"weights": [0]}, "weights must not all be 0"),
        ({"cost": [["far"]]}, "cost must hold numbers"),
        ({"time_limit": np.nan}, "time_limit must be a positive"),
    ],
)
def test_mclp_refuses(arguments, says):
    with pytest.raises(ValueError, match=says):
        mclp(**({"cost": [[1.0]], "p": 1, "limit": 2} | arguments))


def test_a_limit_that_is_over_gives_what_there_is():
    cost = np.random.default_rng(0).uniform(0, 100, (300, 300))
    found = mclp(cost, 20, 3.0, time_limit=1e-6)
    assert found.objective <= found.bound
    assert len(found.open) <= 20
