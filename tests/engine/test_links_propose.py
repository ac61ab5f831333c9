"""Proposals are those of a plain reading of the definition."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

from engine.graphs import distances_dm, networks
from xiuhua.engine.links import evaluate, propose
from xiuhua.engine.network import Flag, WalkNetwork


@pytest.fixture
def yards():
    """Two lanes of 280 m, 30 m apart, that meet at their western ends only; a wall runs between."""
    x, y = [0, 280, 0, 280], [0, 0, 30, 30]
    return WalkNetwork.from_edges(x, y, [0, 0, 2], [1, 2, 3], [280, 30, 280])


WALL = np.array([shapely.LineString([(10, 15), (500, 15)])], object)


def test_a_gate_in_the_wall_between_two_lanes(yards):
    found = propose(yards, walls=WALL)
    assert len(found) == 1
    assert found.ends.tolist() == [[1, 3]]
    assert (found.gap_m[0], found.walk_m[0], found.walled[0], found.gate[0]) == (30, 590, True, -1)
    assert found.ratio[0] == pytest.approx(590 / 30)
    assert found.network.node_count == 4


def test_ends_lie_inside_edges_and_old_nodes_keep_their_numbers(yards):
    far_end_built_over = np.array([shapely.box(230, 10, 450, 20)], object)
    found = propose(yards, obstacles=far_end_built_over)
    assert found.network.node_count == 6
    assert sorted(found.ends[0].tolist()) == [4, 5]
    assert found.network.x[:4].tolist() == yards.x.tolist()
    assert np.all(found.network.x[found.ends[0]] == 220)
    assert found.walk_m[0] == 470
    assert found.spread([1, 2, 3, 4]).tolist() == [1, 2, 3, 4, 0, 0]
    worth = evaluate(found.network, found.ends, found.spread([0, 5, 0, 0]), [3], limit=2000, length=found.gap_m)
    assert worth.metres.tolist() == [5 * (590 - (60 + 30 + 60))]


def test_a_long_wall_has_a_gate_for_each_stretch():
    net = WalkNetwork.from_edges([0, 2000, 0, 2000], [0, 0, 30, 30], [0, 0, 2, 1], [1, 2, 3, 3], [2000, 30, 2000, 30])
    found = propose(net, limit=3000)
    at = np.sort(found.network.x[found.ends].mean(axis=1))
    assert len(at) > 3
    assert np.diff(at).min() >= 130
    assert abs(np.median(at) - 1000) < 200


def test_nothing_is_proposed_across_another_way(yards):
    beside = WalkNetwork.from_edges(
        [*yards.x, 250, 400], [*yards.y, 15, 15], [*yards.u, 4], [*yards.v, 5], [280, 30, 280, 150]
    )
    found = propose(beside)
    assert len(found) == 1
    assert np.all(found.network.x[found.ends] < 250)


def test_bridges_are_left_alone_and_edges_may_be_named(yards):
    bridge = WalkNetwork.from_edges(yards.x, yards.y, yards.u, yards.v, [280, 30, 280], [0, 0, Flag.BRIDGE])
    assert len(propose(bridge, gates=False)) == 0
    assert len(propose(yards, may_end=[True, True, False])) == 0
    assert len(propose(yards, roads=[True, False, True])) == 0
    assert len(propose(yards, roads=[True, False, False])) == 1


def test_a_locked_gate_is_two_nodes_at_one_place():
    net = WalkNetwork.from_edges(
        [0, 100, 100, 200, 100], [0, 0, 0, 0, 300], [0, 2, 0, 4], [1, 3, 4, 3], [100, 100, 320, 320]
    )
    found = propose(net)
    assert (sorted(found.ends[0].tolist()), found.gap_m[0], found.walk_m[0]) == ([1, 2], 0, 840)


def test_islands_only_where_they_are_asked_for(yards):
    apart = WalkNetwork.from_edges(yards.x, yards.y, yards.u[[0, 2]], yards.v[[0, 2]], [280, 280])
    assert len(propose(apart)) == 0
    found = propose(apart, islands=True)
    assert len(found) > 0
    assert np.isinf(found.walk_m).all()


def test_a_gate_that_only_lets_out_is_proposed_for_itself():
    """A court of two gates, walked outward only, between two streets that meet far away."""
    net = WalkNetwork.from_edges(
        [0, 0, 50, 50, 50], [0, 0, 0, 0, 400], [0, 0, 2, 1, 4], [1, 2, 3, 4, 3], [0, 50, 0, 450, 400],
        [Flag.GATE, 0, Flag.GATE, 0, 0], oneway=[True, False, True, False, False],
    )  # fmt: skip
    found = propose(net, spacing=1000)
    opened = found.gate >= 0
    assert found.gate[opened].tolist() == sorted([0, 2], key=lambda edge: int(net.ordered.rank[net.v[edge]]))
    assert found.ends[opened].tolist() in ([[1, 0], [3, 2]], [[3, 2], [1, 0]])
    assert np.isinf(found.walk_m[opened]).all()
    assert not (propose(net, gates=False).gate >= 0).any()


def test_ranked_by_worth_the_place_that_serves_more_is_taken(yards):
    """Someone lives 200 m along the lane and the shop is opposite: a gate at the far end would lead them round."""

    def saved(some):
        residents = np.zeros(some.network.node_count)
        residents[np.flatnonzero((some.network.x == 200) & (some.network.y == 0))] = 1
        shop = np.flatnonzero((some.network.x == 200) & (some.network.y == 30))
        return evaluate(some.network, some.ends, residents, shop, limit=2000, length=some.gap_m).metres

    found = propose(yards, worth=saved)
    assert np.all(found.network.x[found.ends[0]] == 200)
    assert np.all(propose(yards).network.x[propose(yards).ends[0]] == 280)
    with pytest.raises(ValueError, match="worth must give a number for each"):
        propose(yards, worth=lambda some: [1.0])


def test_the_number_of_cores_changes_nothing(monkeypatch):
    """A grid of 30 m with two streets in five missing, in which every core begins somewhere else."""
    rng = np.random.default_rng(6)
    node = np.arange(120 * 120)
    row, column = node // 120, node % 120
    a = np.concatenate([node[column < 119], node[row < 119]])
    b = np.concatenate([node[column < 119] + 1, node[row < 119] + 120])
    kept = rng.random(len(a)) < 0.6
    net = WalkNetwork.from_edges(column * 30, row * 30, a[kept], b[kept], rng.uniform(30, 40, kept.sum()))
    told = []
    for cores in (1, 5):
        monkeypatch.setattr("xiuhua.engine.threads.cores", lambda cores=cores: cores)
        found = propose(net, max_gap=45, min_detour=150, min_ratio=2, limit=400)
        worth = evaluate(found.network, found.ends, residents_of(found), [3, 900, 5000], limit=900, length=found.gap_m)
        told.append((found, worth))
    (one, one_worth), (five, five_worth) = told
    assert len(one) > 100
    assert np.array_equal(one.ends, five.ends)
    assert np.array_equal(one.walk_m, five.walk_m)
    assert np.array_equal(one_worth.metres, five_worth.metres)
    assert one_worth.metres.max() > 0


def residents_of(found):
    return np.random.default_rng(1).uniform(0, 3, found.network.node_count)


def plain_reading(net, max_gap, min_detour, min_ratio, limit_dm):
    """Ends by the definition, one pair after the other, with all distances at hand."""
    far = 2**31 - 2
    distance = distances_dm(net)
    distance = np.where(distance < 0, far, distance)
    distance = np.minimum(distance, distance.T)
    x, y = net.x, net.y
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    touched = np.zeros(net.node_count, bool)
    touched[net.u[net.open_edges]] = touched[net.v[net.open_edges]] = True
    part, order, rank = net.components(), net.ordered.order, net.ordered.rank
    neighbours = [set() for _ in range(net.node_count)]
    for a, b in zip(net.u[net.open_edges], net.v[net.open_edges], strict=True):
        neighbours[a].add(int(b))
        neighbours[b].add(int(a))
    ways = (
        shapely.linestrings([[(x[a], y[a]), (x[b], y[b])] for a, b in zip(net.u, net.v, strict=True)])
        if net.edge_count
        else np.empty(0, object)
    )
    ways = ways[net.open_edges]

    def needed(gap):
        return np.ceil(10 * max(min_detour + gap, min_ratio * gap) - 1e-6)

    def nearest(i, j):
        return all(apart[i, k] >= apart[i, j] for k in neighbours[j] if k != j)

    pairs = []
    for i in order:
        for j in order[rank[i] + 1 :]:
            gap = apart[i, j]
            walk = distance[i, j] if distance[i, j] <= limit_dm else far
            if not (touched[i] and touched[j]) or gap > max_gap or walk < needed(gap) or part[i] != part[j]:
                continue
            if not (nearest(i, j) or nearest(j, i)):
                continue
            if gap > 0.2:
                t = 0.05 / gap
                line = shapely.LineString([(x[i] + (x[j] - x[i]) * s, y[i] + (y[j] - y[i]) * s) for s in (t, 1 - t)])
                if shapely.intersects(line, ways).any():
                    continue
            merit = min(walk, limit_dm) - np.rint(30 * gap)
            pairs.append((-merit, gap, rank[i], rank[j], i, j))
    chosen = []
    for *_, gap, _, _, i, j in sorted(pairs):
        spoilt = any(
            min(distance[i, a] + distance[b, j], distance[i, b] + distance[a, j]) + np.rint(10 * apart[a, b])
            < needed(gap)
            for a, b in chosen
        )
        if not spoilt:
            chosen.append((i, j))
    return chosen, distance


def holds(net):
    max_gap, min_detour, limit = 40.0, 3.0, 100.0
    found = propose(net, max_gap=max_gap, min_detour=min_detour, min_ratio=0.2, limit=limit, gates=False, spacing=1e5)
    chosen, distance = plain_reading(net, max_gap, min_detour, 0.2, 1000)
    assert [tuple(pair) for pair in found.ends.tolist()] == [tuple(sorted((int(i), int(j)))) for i, j in chosen]
    for c, (i, j) in enumerate(chosen):
        assert found.walk_m[c] == (distance[i, j] / 10 if distance[i, j] <= 1000 else np.inf)


@settings(max_examples=250, deadline=None)
@given(networks(most=25, longest_dm=300))
def test_equals_a_plain_reading(net):
    holds(net)


@settings(max_examples=250, deadline=None)
@given(networks(most=25, longest_dm=300, oneway=True))
def test_equals_a_plain_reading_on_directed_networks(net):
    holds(net)


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ({"max_gap": 0}, "max_gap must be a number of metres"),
        ({"max_gap": np.nan}, "max_gap must be a number of metres"),
        ({"min_detour": -1}, "min_detour must be"),
        ({"min_ratio": 0}, "min_ratio must be a positive number"),
        ({"spacing": 0}, "spacing must be"),
        ({"limit": 0}, "limit must be a positive number"),
        ({"limit": 200}, "limit must be at least 360 m"),
        ({"most": -1}, "most must be a whole number from 0"),
        ({"may_end": [True]}, "may_end must be true or false for each of the 3 edges"),
        ({"roads": [1, 0, 1]}, "roads must be true or false"),
    ],
)
def test_refuses(yards, terms, says):
    with pytest.raises(ValueError, match=says):
        propose(yards, **terms)
