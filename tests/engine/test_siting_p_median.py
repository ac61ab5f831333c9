"""The p-median: the known optimum, every small case against all choices, and what it refuses."""

import itertools
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import shortest_path

from xiuhua.engine.siting import median, p_median
from xiuhua.engine.siting.checks import checked_cost
from xiuhua.engine.siting.median_rows import sorted_rows, step_between_sums

PMED1 = Path(__file__).parent / "data" / "pmed1.txt"
CASES_A_DRAW = 40


def or_library(path):
    """Costs and p of an OR-Library instance: all-pairs shortest paths, the later of a repeated edge counts."""
    numbers = np.array(path.read_text().split(), np.int64)
    (nodes, edges, p), arcs = numbers[:3], numbers[3:].reshape(-1, 3)
    assert len(arcs) == edges
    lengths = np.full((nodes, nodes), np.inf)
    for u, v, length in arcs:
        lengths[u - 1, v - 1] = lengths[v - 1, u - 1] = length
    return shortest_path(lengths, directed=False), int(p)


def cheapest(cost, p, weights):
    """Least cost over all choices, by trying them."""
    counted = weights > 0
    rows = cost[counted]
    sets = itertools.combinations(range(cost.shape[1]), p)
    return min(float(weights[counted] @ rows[:, chosen].min(axis=1)) for chosen in sets)


def draw_case(dice):
    """A small instance: whole or real, weighted or not, with ties, zero weights and forbidden pairs."""
    clients, candidates = int(dice.integers(1, 14)), int(dice.integers(1, 11))
    shape = (clients, candidates)
    kinds = [
        lambda: dice.integers(0, 10, shape).astype(float),
        lambda: dice.random(shape),
        lambda: dice.integers(0, 1000, shape) * 3.0,
        lambda: np.hypot(*(dice.random((2, clients, 1)) - dice.random((2, 1, candidates)))) * 100,
        lambda: dice.integers(0, 3, shape) * 0.1,
        lambda: dice.integers(5, 7, shape).astype(float),
    ]
    cost = kinds[dice.integers(len(kinds))]()
    weights = [
        np.ones(clients),
        dice.integers(0, 5, clients) * 1.0,
        dice.random(clients) * dice.integers(0, 2, clients),
    ]
    weight = weights[dice.integers(3)]
    weight[dice.integers(clients)] = 1.0
    cost[dice.random(shape) < dice.choice([0.0, 0.0, 0.3, 0.7])] = np.inf
    return cost, int(dice.integers(1, candidates + 1)), weight


def stored(cost):
    """Only the pairs that can serve, zeros stored."""
    client, candidate = np.nonzero(np.isfinite(cost))
    return sp.csr_array((cost[client, candidate], (client, candidate)), shape=cost.shape)


def test_the_or_library_instance_has_its_known_optimum():
    cost, p = or_library(PMED1)
    found = p_median(cost, p)
    assert (found.objective, found.bound, found.gap) == (5819.0, 5819.0, 0.0)
    assert found.proven
    assert found.open.dtype == found.assign.dtype == np.int32
    assert len(set(found.open.tolist())) == p
    assert list(found.open) == sorted(found.open)
    assert set(found.assign.tolist()) == set(found.open.tolist())
    assert cost[np.arange(len(cost)), found.assign].sum() == 5819.0
    assert (cost[np.arange(len(cost)), found.assign] == cost[:, found.open].min(axis=1)).all()


@settings(max_examples=40)
@given(st.integers(0, 2**32))
@example(479)
def test_no_choice_is_cheaper(seed):
    dice = np.random.default_rng(seed)
    for _ in range(CASES_A_DRAW):
        cost, p, weights = draw_case(dice)
        least = cheapest(cost, p, weights)
        given_cost = stored(cost) if dice.random() < 0.4 else cost
        if np.isinf(least):
            with pytest.raises(ValueError, match=r"inf from every candidate|cannot serve all clients"):
                p_median(given_cost, p, weights)
            continue
        found = p_median(given_cost, p, weights)
        assert found.proven
        assert found.bound <= found.objective == pytest.approx(least, rel=1e-9, abs=1e-12)
        assert len(set(found.open.tolist())) == p
        served = weights > 0
        paid = cost[np.flatnonzero(served), found.assign[served]]
        assert float(weights[served] @ paid) == pytest.approx(found.objective, rel=1e-12)


def test_a_choice_of_nothing_but_zeros_is_proven():
    """A bound of 0 excludes everything, though 0 less any share of it is still 0."""
    found = p_median(np.array([[0.0, 0.1, 0.3], [0.0, 0.2, 0.1], [0.1, 0.0, 0.7]]), 2)
    assert (found.objective, found.bound, found.proven) == (0.0, 0.0, True)
    assert found.open.tolist() == [0, 1]


def test_weights_count():
    cost = np.array([[0.0, 10.0], [4.0, 0.0], [4.0, 0.0]])
    assert p_median(cost, 1).open.tolist() == [0]
    assert p_median(cost, 1, [1, 1, 2]).open.tolist() == [1]


def test_a_client_without_weight_need_not_be_served():
    cost = np.array([[1.0, np.inf], [np.inf, 5.0], [np.inf, np.inf]])
    found = p_median(cost, 1, [1, 0, 0])
    assert found.objective == 1.0
    assert found.open.tolist() == [0]
    assert found.assign.tolist() == [0, -1, -1]


def test_all_candidates_open():
    found = p_median(np.array([[3.0, 1.0], [2.0, 7.0]]), 2)
    assert (found.objective, found.open.tolist(), found.assign.tolist()) == (3.0, [0, 1], [1, 0])


def hard(clients=60, candidates=60, p=8, seed=5):
    """Random costs that need a tree."""
    return np.random.default_rng(seed).integers(1, 1000, (clients, candidates)), p


def test_a_tree_is_searched_where_the_bound_is_not_enough():
    from xiuhua.engine.siting.median_tree import Search
    from xiuhua.engine.stopwatch import Stopwatch

    cost, p = hard()
    search = Search(sorted_rows(checked_cost(cost), np.ones(len(cost))), p, Stopwatch())
    search.run()
    assert search.nodes > 10
    assert search.bound == search.cost == p_median(cost, p).objective


def test_the_answer_does_not_depend_on_the_number_of_threads(monkeypatch):
    from xiuhua.engine.siting import tree

    cost, p = hard(seed=6)
    answers = []
    for cores in (1, 2, 5):
        monkeypatch.setattr(tree, "cores", lambda cores=cores: cores)
        answers.append(p_median(cost, p))
    assert len({found.objective for found in answers}) == 1
    assert len({tuple(found.open.tolist()) for found in answers}) == 1


def test_a_search_that_is_stopped_gives_its_best_and_an_honest_bound():
    cost, p = hard(seed=7)
    proven = p_median(cost, p)
    asked = itertools.count()
    stopped = p_median(cost, p, stop=lambda: next(asked) >= 2)
    assert stopped.bound <= proven.objective <= stopped.objective
    assert stopped.gap > 0
    assert not stopped.proven
    assert stopped.gap == pytest.approx((stopped.objective - stopped.bound) / stopped.objective)


def test_a_time_limit_ends_the_search():
    cost, p = hard(300, 300, 15)
    found = p_median(cost, p, time_limit=0.05)
    assert 0 < found.bound < found.objective
    assert found.objective == cost[:, found.open].min(axis=1).sum()


def test_a_cover_is_found_where_exchanges_do_not_serve_everybody(monkeypatch):
    """Greedy and exchange go for the two big candidates; only three small ones serve all."""
    blocks = [range(4), range(4, 8), range(8, 12), range(0, 12, 2), range(1, 12, 2)]
    cost = np.full((12, 5), np.inf)
    for j, served in enumerate(blocks):
        cost[list(served), j] = 1.0 if j >= 3 else 50.0
    cost[0, 3] = cost[11, 4] = np.inf
    covers = []
    monkeypatch.setattr(median, "_cover", lambda *given, cover=median._cover: covers.append(cover(*given)) or covers[0])
    found = p_median(cost, 3)
    assert [cover.tolist() for cover in covers] == [[0, 1, 2]]
    assert found.open.tolist() == [0, 1, 2]
    assert found.objective == 600.0


def test_too_few_sites_to_serve_everybody_says_how_many_it_takes():
    with pytest.raises(ValueError, match="p=2 candidates cannot serve all clients: at least 4 are needed"):
        p_median(stored(np.where(np.eye(4) > 0, 1.0, np.inf)), 2)


def test_whom_nobody_can_serve_is_named():
    cost = np.ones((20, 3))
    cost[17] = np.inf
    with pytest.raises(ValueError, match="cost is inf from every candidate: client 17"):
        p_median(cost, 1)


@pytest.mark.parametrize("p", [0, 4, 1.5])
def test_p_outside_the_candidates_is_refused(p):
    with pytest.raises(ValueError, match="p must be"):
        p_median(np.ones((5, 3)), p)


@pytest.mark.parametrize("wrong", [-1.0, np.nan])
def test_a_cost_that_is_none_is_refused(wrong):
    cost = np.ones((5, 3))
    cost[2, 1] = wrong
    with pytest.raises(ValueError, match="cost must not be"):
        p_median(cost, 1)


def test_weights_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="weights must hold one number a client"):
        p_median(np.ones((5, 3)), 1, [1, 2])


def test_rows_are_sorted_where_distances_differ_in_their_last_digits_alone():
    dice = np.random.default_rng(1)
    cost = np.sort(1.0 + np.arange(500) * np.finfo(float).eps)[dice.permuted(np.tile(np.arange(500), (3, 1)), axis=1)]
    rows = sorted_rows(checked_cost(cost), np.ones(3))
    for i in range(3):
        here = slice(rows.indptr[i], rows.indptr[i + 1])
        assert (np.diff(rows.distance[here]) > 0).all()
        assert (cost[i, rows.candidate[here]] == rows.distance[here]).all()


def test_pairs_by_candidate_say_what_pairs_by_client_say():
    cost = checked_cost(np.where(np.random.default_rng(2).random((30, 7)) < 0.4, 5.0, np.inf))
    cost.data[:] = np.random.default_rng(3).integers(0, 9, cost.nnz)
    rows = sorted_rows(cost, np.ones(30))
    by_candidate = sp.csc_array((rows.away + 1, rows.client, rows.start), shape=cost.shape).toarray()
    by_client = sp.csr_array((rows.distance + 1, rows.candidate, rows.indptr), shape=cost.shape).toarray()
    again = cost.copy()
    again.data = again.data + 1
    assert (by_candidate == by_client).all()
    assert (by_client == again.toarray()).all()


@pytest.mark.parametrize(
    ("distances", "step"), [([4.0, 6.0, 0.0], 2.0), ([0.5, 1.0], 0.0), ([3.0, 1e11], 0.0), ([0.0, 0.0], 0.0), ([], 0.0)]
)
def test_sums_of_whole_distances_differ_by_their_common_divisor(distances, step):
    assert step_between_sums(np.array(distances)) == step
