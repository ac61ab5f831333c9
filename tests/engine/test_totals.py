import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graphs import distances_dm, network_of, networks, within
from xiuhua.engine import decays, reach
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.reach import totals

FLAT = np.empty(0)


def whole_weights(net, columns=2):
    return np.random.default_rng(net.node_count).integers(-5, 1000, (net.node_count, columns)).astype(float)


def test_sums_what_lies_within_the_limit():
    street = WalkNetwork.from_edges(np.arange(5) * 10.0, np.zeros(5), [0, 1, 2], [1, 2, 3], [10.0] * 3)
    assert totals(street, [1, 2, 4, 8, 16], 10).tolist() == [[3], [7], [14], [12], [16]]
    assert totals(street, [[1, 0], [0, 1], [1, 1], [0, 0], [2, 2]], 20).tolist() == [[2, 2]] * 2 + [
        [2, 2],
        [1, 2],
        [2, 2],
    ]


def test_reaches_along_one_way_edges_only():
    one_way = WalkNetwork.from_edges([0, 1], [0, 0], [0], [1], [7.0], oneway=[True])
    assert totals(one_way, [1, 10], 7).tolist() == [[11], [10]]


@settings(max_examples=300, deadline=None)
@given(networks(), st.integers(1, 400))
def test_equals_scipy(net, limit_dm):
    weights = whole_weights(net)
    assert np.array_equal(totals(net, weights, limit_dm / 10), within(distances_dm(net), limit_dm) @ weights)


@settings(max_examples=500, deadline=None)
@given(networks(oneway=True), st.integers(1, 400))
def test_equals_scipy_on_directed_networks(net, limit_dm):
    weights = whole_weights(net)
    assert np.array_equal(totals(net, weights, limit_dm / 10), within(distances_dm(net), limit_dm) @ weights)


@settings(max_examples=500, deadline=None)
@given(networks(most=60), st.integers(1, 400))
def test_lanes_equal_scipy(net, limit_dm):
    weights = whole_weights(net)
    sums = reach._totals_by_lanes(net, weights, reach.limit_in_dm(limit_dm / 10), FLAT)
    assert np.array_equal(sums, within(distances_dm(net), limit_dm) @ weights)


@settings(max_examples=500, deadline=None)
@given(networks(most=60, oneway=True), st.integers(1, 400))
def test_lanes_equal_scipy_on_directed_networks(net, limit_dm):
    weights = whole_weights(net)
    sums = reach._totals_by_lanes(net, weights, np.int32(limit_dm), FLAT)
    assert np.array_equal(sums, within(distances_dm(net), limit_dm) @ weights)


def one_way_ring(n, *, closed):
    """A ring that is walked one way round only, with one edge that is closed both ways or not."""
    net = WalkNetwork.from_edges(
        np.arange(n), np.zeros(n), np.arange(n), (np.arange(n) + 1) % n, np.full(n, 5.0), oneway=np.ones(n, bool)
    )
    shut = np.arange(n) == n // 2
    return replace(net, forward_dm=np.where(shut & closed, -1, net.forward_dm).astype(np.int32))


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("n", [1, 2, 3, 24, 25, 26, 60, 300])
def test_lanes_round_a_one_way_ring(n, closed):
    net, weights = one_way_ring(n, closed=closed), 2.0 ** (np.arange(n) % 50)
    for limit_dm in (50, 1000, 1001, 50 * n):
        sums = reach._totals_by_lanes(net, weights[:, None], np.int32(limit_dm), FLAT)
        assert np.array_equal(sums, within(distances_dm(net), limit_dm) @ weights[:, None])


@settings(max_examples=25, deadline=None)
@given(networks(most=700, longest_dm=900, oneway=True), st.sampled_from([1, 50, 900, 9000, 40_000]))
def test_lanes_equal_scipy_on_several_directed_batches(net, limit_dm):
    weights = whole_weights(net, columns=1)
    sums = reach._totals_by_lanes(net, weights, np.int32(limit_dm), FLAT)
    assert np.array_equal(sums, within(distances_dm(net), limit_dm) @ weights)


@settings(max_examples=25, deadline=None)
@given(networks(most=700, longest_dm=900), st.sampled_from([1, 50, 900, 9000, 32_766, 32_767, 90_000]))
def test_lanes_equal_scipy_on_several_batches(net, limit_dm):
    weights = whole_weights(net, columns=1)
    sums = reach._totals_by_lanes(net, weights, np.int32(limit_dm), FLAT)
    assert np.array_equal(sums, within(distances_dm(net), limit_dm) @ weights)


@settings(max_examples=100, deadline=None)
@given(networks(most=30), st.integers(0, 2**32 - 1), st.sampled_from([300_000, 9_999_999]))
def test_lanes_beyond_sixteen_bits(net, seed, limit_dm):
    length = np.random.default_rng(seed).integers(0, 40_000, net.edge_count) * 1_000 / 10
    long = WalkNetwork.from_edges(net.x, net.y, net.u, net.v, length)
    weights = whole_weights(net, columns=1)
    sums = reach._totals_by_lanes(long, weights, np.int32(limit_dm), FLAT)
    assert np.array_equal(sums, within(distances_dm(long), limit_dm) @ weights)


def test_a_larger_network_goes_by_lanes_and_equals_one_by_one():
    net = network_of("grid", 2500, 3, longest_dm=900)
    weights = np.random.default_rng(1).uniform(0, 10, (2500, 2))
    sums = totals(net, weights, 130.0)
    assert np.array_equal(sums, reach._totals_by_lanes(net, weights, np.int32(1300), FLAT))
    np.testing.assert_allclose(sums, reach._totals_one_by_one(net, weights, np.int32(1300), FLAT), rtol=1e-12)


def by_hand(metres, limit):
    """Each decay by its formula."""
    return {
        "flat": 1.0,
        "linear": 1 - metres / limit,
        "exponential": math.exp(-metres / limit),
        "gaussian": (math.exp(-0.5 * (metres / limit) ** 2) - math.exp(-0.5)) / (1 - math.exp(-0.5)),
    }


@pytest.mark.parametrize("decay", ["flat", "linear", "exponential", "gaussian"])
def test_a_decay_counts_less_by_its_formula(decay):
    street = WalkNetwork.from_edges(np.arange(4) * 10.0, np.zeros(4), [0, 1, 2], [1, 2, 3], [10.0, 5.5, 20.0])
    parts = [by_hand(metres, 20.05)[decay] for metres in (0, 10, 15.5)]
    assert totals(street, [1, 2, 4, 8], 20.05, decay)[0] == pytest.approx(np.dot(parts, [1, 2, 4]), rel=1e-14)
    assert totals(street, [0, 0, 0, 1], 15.5, decay)[0] == 0


def test_a_gaussian_vanishes_at_the_limit_and_a_line_too():
    street = WalkNetwork.from_edges([0, 10], [0, 0], [0], [1], [10.0])
    assert totals(street, [0, 1], 10, "gaussian")[0] == 0
    assert totals(street, [0, 1], 10, "linear")[0] == 0
    assert totals(street, [0, 1], 10, "exponential")[0] == pytest.approx(math.exp(-1))


def test_decays_of_a_given_width():
    street = WalkNetwork.from_edges([0, 300], [0, 0], [0], [1], [300.0])
    assert totals(street, [0, 8], 900, decays.exponential(half=100))[0] == pytest.approx(1)
    assert totals(street, [0, 1], 900, decays.gaussian(sigma=300))[0] == pytest.approx(math.exp(-0.5))


def stepped(metres):
    """As jagged as a function can be: what it says at one decimetre tells nothing of the next."""
    return 1 + np.rint(metres * 10) * 7919 % 1000


def decayed(net, weights, limit_dm):
    distances = distances_dm(net)
    return np.where(within(distances, limit_dm), stepped(distances / 10), 0) @ weights


@settings(max_examples=300, deadline=None)
@given(networks(most=60), st.integers(1, 400))
def test_any_decay_by_lanes_equals_scipy(net, limit_dm):
    weights, parts = whole_weights(net), decays.table(stepped, limit_dm / 10, limit_dm)
    sums = reach._totals_by_lanes(net, weights, np.int32(limit_dm), parts)
    assert np.array_equal(sums, decayed(net, weights, limit_dm))


@settings(max_examples=300, deadline=None)
@given(networks(most=60, oneway=True), st.integers(1, 400))
def test_any_decay_on_directed_networks_equals_scipy(net, limit_dm):
    weights, parts = whole_weights(net), decays.table(stepped, limit_dm / 10, limit_dm)
    expected = decayed(net, weights, limit_dm)
    assert np.array_equal(reach._totals_by_lanes(net, weights, np.int32(limit_dm), parts), expected)
    assert np.array_equal(totals(net, weights, limit_dm / 10, stepped), expected)


@settings(max_examples=25, deadline=None)
@given(networks(most=700, longest_dm=900, oneway=True), st.sampled_from([1, 50, 900, 9000, 32_767]))
def test_any_decay_by_lanes_on_several_batches(net, limit_dm):
    weights, parts = whole_weights(net, columns=1), decays.table(stepped, limit_dm / 10, limit_dm)
    sums = reach._totals_by_lanes(net, weights, np.int32(limit_dm), parts)
    assert np.array_equal(sums, decayed(net, weights, limit_dm))


@pytest.mark.parametrize("oneway", [False, True])
def test_the_number_of_threads_changes_no_bit(monkeypatch, oneway):
    net = network_of("grid", 6000, 3, longest_dm=900, oneway=oneway)
    weights = np.random.default_rng(1).uniform(0, 10, (6000, 2))
    answers = []
    for cores in (1, 2, 3, 7):
        monkeypatch.setattr("xiuhua.engine.threads.cores", lambda cores=cores: cores)
        answers.append(totals(net, weights, 130.0, "gaussian"))
    assert all(np.array_equal(answers[0], other) for other in answers[1:])


@pytest.mark.parametrize(
    ("weights", "limit", "says"),
    [
        ([], 100, "weights must have 3 rows"),
        ([1, 2], 100, "weights must have 3 rows"),
        ([[[1]]] * 3, 100, "weights must have 3 rows"),
        ([1, 2, np.nan], 100, "finite"),
        (["1", "two", "3"], 100, "weights must hold numbers"),
        ([1, 2, 3], 0, "limit must be a positive number"),
    ],
)
def test_refuses(weights, limit, says):
    net = WalkNetwork.from_edges([0, 1, 2], [0, 0, 0], [0, 1], [1, 2], [1, 1])
    with pytest.raises(ValueError, match=says):
        totals(net, weights, limit)


@pytest.mark.parametrize(
    ("decay", "says"),
    [
        (
            "quadratic",
            "decay must be None, flat, linear, exponential, gaussian or a function of metres, not 'quadratic'",
        ),
        (["linear"], "decay must be None"),
        (lambda metres: metres[1:], "decay must return one weight a distance"),
        (lambda metres: 1.0, "decay must return one weight a distance"),
        (
            lambda metres: np.log(metres, where=metres > 0, out=np.full_like(metres, -np.inf)),
            "decay must return finite",
        ),
        (lambda metres: np.full_like(metres, np.nan), "decay must return finite"),
        (lambda metres: np.full(len(metres), "near"), "decay must return finite"),
    ],
)
def test_refuses_a_decay(decay, says):
    net = WalkNetwork.from_edges([0, 1, 2], [0, 0, 0], [0, 1], [1, 2], [1, 1])
    with pytest.raises(ValueError, match=says):
        totals(net, [1, 2, 3], 100, decay)


@pytest.mark.parametrize("width", [0, -1, np.nan, np.inf])
def test_refuses_a_decay_without_width(width):
    with pytest.raises(ValueError, match="half must be a positive number"):
        decays.exponential(half=width)
    with pytest.raises(ValueError, match="sigma must be a positive number"):
        decays.gaussian(sigma=width)
