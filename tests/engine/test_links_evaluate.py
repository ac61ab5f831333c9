"""What a link saves is the difference of two whole searches."""

from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.changed import rebuilt
from engine.graphs import networks
from xiuhua.engine.links import evaluate
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.reach import nearest


@pytest.fixture
def court():
    """A street of five nodes 100 m apart, and a yard (node 5) behind its far end; the shop is at node 0."""
    x, y = [0, 100, 200, 300, 400, 10], [0, 0, 0, 0, 0, 10]
    return WalkNetwork.from_edges(x, y, [0, 1, 2, 3, 4], [1, 2, 3, 4, 5], [100, 100, 100, 100, 400])


DEMAND = [0.0, 1.0, 1.0, 2.0, 3.0, 10.0]


def test_a_gate_into_a_yard(court):
    found = evaluate(court, [[0, 5], [0, 1]], DEMAND, [0], limit=2000, length=[20, 100], speed_m_s=0.5, gains=True)
    assert found.metres.tolist() == [10 * 780.0, 0]
    assert found.minutes.tolist() == [260.0, 0]
    assert found.residents.tolist() == [10, 0]
    node, metres = found.gains.of(0)
    assert (node.tolist(), metres.tolist()) == ([5], [780.0])
    assert found.gains.of(1)[0].tolist() == []
    assert found.order.tolist() == [0, 1]


def test_beyond_the_limit_counts_as_the_limit(court):
    found = evaluate(court, [[0, 5]], DEMAND, [0], limit=500, length=[20])
    assert found.metres.tolist() == [10 * 480.0]
    only_at_it = evaluate(court, [[0, 5]], DEMAND, [0], limit=500, length=[500])
    assert (only_at_it.metres.tolist(), only_at_it.residents.tolist()) == ([0], [0])


def test_a_candidate_is_as_long_as_the_straight_line_unless_said(court):
    found = evaluate(court, [[0, 5]], DEMAND, [0], limit=2000)
    assert found.metres.tolist() == [pytest.approx(10 * (800 - 14.1))]


def test_several_types_have_their_trips_and_a_resident_counts_once(court):
    one = evaluate(court, [[0, 5]], DEMAND, [0], limit=2000, length=[20])
    two = evaluate(court, [[0, 5]], DEMAND, [[0], [1, 4]], limit=2000, length=[20], trips=[2, 1])
    assert two.metres[0] == 2 * one.metres[0] + 10 * (400 - 120)
    assert two.residents.tolist() == one.residents.tolist() == [10]


def test_everybody_walks_to_every_destination(court):
    found = evaluate(court, [[0, 5]], DEMAND, destinations=[5, 0], limit=2000, length=[20], trips=[1, 3])
    to_yard = 1 * (700 - 120) + 1 * (600 - 220) + 2 * (500 - 320) + 0
    assert found.metres.tolist() == [to_yard + 3 * 10 * 780.0]
    assert found.residents.tolist() == [1 + 1 + 2 + 10]


def test_no_candidates_are_no_answer(court):
    found = evaluate(court, np.empty((0, 2), int), DEMAND, [0], limit=2000, gains=True)
    assert len(found.metres) == len(found.minutes) == len(found.residents) == len(found.gains.node) == 0


def by_two_searches(net, pair, dm, demand, types, trips, limit):
    """Metres saved at each node, by searching the whole network without and with the candidate."""
    limit_m = np.floor(limit * 10 + 1e-6) / 10
    with_link = rebuilt(net, links=[pair], length_dm=[dm])
    spared = np.zeros(net.node_count)
    for nodes, times in zip(types, trips, strict=True):
        before, after = (np.minimum(nearest(of, nodes, limit).astype(float), limit_m) for of in (net, with_link))
        spared += times * np.round(before - after, 1)
    return np.where(demand > 0, spared, 0)


def holds(net, data):
    node = st.integers(0, net.node_count - 1)
    pairs = np.array(data.draw(st.lists(st.tuples(node, node), min_size=1, max_size=4)), int)
    dm = data.draw(st.lists(st.integers(0, 90), min_size=len(pairs), max_size=len(pairs)))
    types = data.draw(st.lists(st.lists(node, min_size=1, max_size=3), min_size=1, max_size=3))
    trips = data.draw(st.lists(st.integers(0, 3), min_size=len(types), max_size=len(types)))
    demand = np.array(data.draw(st.lists(st.integers(0, 3), min_size=net.node_count, max_size=net.node_count)), float)
    limit = data.draw(st.sampled_from([0.1, 3.0, 11.7, 400.0]))
    told = {"limit": limit, "length": np.array(dm) / 10, "trips": trips, "gains": True}
    each = [[one[0]] for one in types]
    for asked, targets in (({"facilities": types}, types), ({"destinations": [one[0] for one in types]}, each)):
        found = evaluate(net, pairs, demand, **asked, **told)
        for c, (pair, length_dm) in enumerate(zip(pairs, dm, strict=True)):
            spared = by_two_searches(net, pair, length_dm, demand, targets, trips, limit)
            gains = np.zeros(net.node_count)
            gains[found.gains.of(c)[0]] = found.gains.of(c)[1]
            assert np.allclose(gains, spared, rtol=0, atol=1e-6)
            assert found.metres[c] == pytest.approx(demand @ spared, abs=1e-6)
            assert found.residents[c] == demand[spared > 0.05].sum()


@settings(max_examples=150, deadline=None)
@given(networks(most=25), st.data())
def test_equals_two_searches(net, data):
    holds(net, data)


@settings(max_examples=150, deadline=None)
@given(networks(most=25, oneway=True), st.data())
def test_equals_two_searches_on_directed_networks(net, data):
    holds(net, data)


def test_many_destinations_in_pieces_are_one_answer(monkeypatch):
    rng = np.random.default_rng(4)
    xy, edges = rng.uniform(0, 900, (2, 300)), rng.integers(0, 300, (2, 420))
    net = WalkNetwork.from_edges(*xy, *edges, rng.integers(5, 80, 420))
    pairs, demand = rng.integers(0, 300, (30, 2)), rng.integers(0, 9, 300)
    asked = {"destinations": np.arange(0, 300, 20), "limit": 700, "length": np.full(30, 9.0), "gains": True}
    whole = evaluate(net, pairs, demand, **asked)
    monkeypatch.setattr(import_module("xiuhua.engine.links.evaluate"), "_MOST_BYTES_OF_DISTANCES", 4 * 300 * 4)
    pieces = evaluate(net, pairs, demand, **asked)
    assert whole.metres.max() > 0
    for name in ("metres", "minutes", "residents"):
        assert np.array_equal(getattr(whole, name), getattr(pieces, name))
    for name in ("indptr", "node", "metres"):
        assert np.array_equal(getattr(whole.gains, name), getattr(pieces.gains, name))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"candidates": [[0, 6]]}, "candidates names node 6"),
        ({"candidates": [0, 5]}, "candidates must have two columns"),
        ({"candidates": [[0.5, 1]]}, "candidates must hold whole numbers"),
        ({"length": [-1.0]}, "length must be metres"),
        ({"length": [np.nan]}, "neither negative nor NaN"),
        ({"length": [1.0, 2.0]}, "each of the 1 candidates"),
        ({"demand": [1.0] * 5}, "demand must have 6 values, one a node"),
        ({"demand": [-1.0] * 6}, "demand must be finite numbers from 0"),
        ({"demand": [np.nan] * 6}, "demand must be finite"),
        ({"facilities": []}, "facilities is empty"),
        ({"facilities": [[0], []]}, "a type of which there is none"),
        ({"facilities": [6]}, "facilities names node 6"),
        ({"facilities": None}, "either facilities or destinations"),
        ({"destinations": [1]}, "either facilities or destinations"),
        ({"facilities": None, "destinations": []}, "destinations is empty"),
        ({"facilities": None, "destinations": [-1]}, "destinations names node -1"),
        ({"limit": 0}, "limit must be a positive number"),
        ({"trips": [1.0, 1.0]}, "trips must have 1 values"),
        ({"trips": [-1.0]}, "trips must be finite numbers from 0"),
        ({"speed_m_s": 0}, "speed_m_s must be a positive number"),
    ],
)
def test_refuses(court, asked, says):
    told = {"candidates": [[0, 5]], "demand": DEMAND, "facilities": [0], "limit": 500} | asked
    with pytest.raises(ValueError, match=says):
        evaluate(court, **told)
