"""What a siting search may be given, and what each refusal says."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from xiuhua.engine.siting import checks

COSTS = hnp.arrays(
    float, hnp.array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.sampled_from([0, 1, 2.5, np.inf])
)


@given(COSTS)
def test_dense_and_sparse_say_the_same(cost):
    rows, columns = np.nonzero(np.isfinite(cost))
    sparse = sp.csr_array((cost[rows, columns], (rows, columns)), shape=cost.shape)
    for given_cost in (cost, sparse, sparse.tocsc(), cost.tolist()):
        table = checks.checked_cost(given_cost)
        assert table.nnz == np.isfinite(cost).sum()
        back = np.full(cost.shape, np.inf)
        back[np.repeat(np.arange(len(cost)), np.diff(table.indptr)), table.indices] = table.data
        assert np.array_equal(back, cost)
        assert table.indices.dtype == table.indptr.dtype == np.int32


def test_a_checked_cost_is_a_copy():
    sparse = sp.csr_array((np.array([1.0, 2.0]), np.array([1, 0]), np.array([0, 2])), shape=(1, 2))
    table = checks.checked_cost(sparse)
    table.data[:] = 9
    assert sparse.data.tolist() == [1.0, 2.0]
    assert sparse.indices.tolist() == [1, 0]


def test_within_keeps_what_is_not_beyond():
    table = checks.within(checks.checked_cost([[1, 3], [0, 2]]), 2)
    assert table.data.tolist() == [1, 0, 2]
    assert table.indptr.tolist() == [0, 1, 3]


@pytest.mark.parametrize(
    ("cost", "says"),
    [
        ([[1.0, np.nan]], "cost must not be NaN"),
        ([[1.0, -1.0]], "cost must not be negative, but one is -1.0"),
        ([[1.0, -np.inf]], "negative"),
        ([1.0, 2.0], "table of clients by candidates"),
        (np.zeros((0, 3)), "at least one each"),
        (sp.csr_array((0, 3)), "at least one each"),
        ([["near", "far"]], "must hold numbers"),
        (sp.csr_array((np.ones(2), np.zeros(2, int), np.array([0, 2])), shape=(1, 2)), "stores a pair twice"),
    ],
)
def test_costs_refused(cost, says):
    with pytest.raises(ValueError, match=says):
        checks.checked_cost(cost)


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ([1.0], "one number a client"),
        ([[1.0, 2.0]], "one number a client"),
        ([1.0, np.nan], "finite"),
        ([1.0, -1.0], "not negative"),
        ([0, 0], "not all be 0"),
        (["a", "b"], "must hold numbers"),
    ],
)
def test_weights_refused(weights, says):
    with pytest.raises(ValueError, match=f"weights .*{says}"):
        checks.checked_weights(weights, 2)


@pytest.mark.parametrize("p", [0, -1, 4, 1.0, True, "2"])
def test_p_refused(p):
    with pytest.raises(ValueError, match="p must be"):
        checks.checked_p(p, 3)


@pytest.mark.parametrize("limit", [0, -5.0, np.nan])
def test_limit_refused(limit):
    with pytest.raises(ValueError, match="limit must be positive"):
        checks.checked_limit(limit)


@pytest.mark.parametrize("limit", ["800", True, None, [800], 8j])
def test_a_limit_that_is_no_number_is_refused(limit):
    with pytest.raises(ValueError, match="limit must be one number, not"):
        checks.checked_limit(limit)


@pytest.mark.parametrize("limit", [800, np.int32(800), np.float32(800), np.inf])
def test_a_limit_of_any_number_is_taken(limit):
    assert checks.checked_limit(limit) == limit


@pytest.mark.parametrize("ids", [[3], [-1], [0.5], [[0]]])
def test_candidates_refused(ids):
    with pytest.raises(ValueError, match="fixed "):
        checks.checked_candidates("fixed", ids, 3)


def test_candidates_come_ascending_without_repeats():
    assert checks.checked_candidates("fixed", [2, 0, 2], 3).tolist() == [0, 2]
    assert checks.checked_candidates("fixed", None, 3).tolist() == []


def test_those_whom_nobody_serves_are_named():
    cost = checks.checked_cost(np.full((20, 1), np.inf))
    with pytest.raises(ValueError, match="no way: clients 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 10 more"):
        checks.refuse_unserved("no way", cost)
    with pytest.raises(ValueError, match=r"no way: client 3$"):
        checks.refuse_unserved("no way", cost, (np.arange(20) == 3).astype(float))
