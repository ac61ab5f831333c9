"""Candidates, facilities and destinations by longitude and latitude are worth what their nodes are worth."""

from dataclasses import replace

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.test_places_joined import PLANE, beside, town
from xiuhua.engine.links import evaluate
from xiuhua.engine.network import Flag
from xiuhua.engine.places import placed


def same(one, other):
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("metres", "minutes", "residents"))


def by_hand(net, *sets):
    """The network with all of some sets, and the nodes of each."""
    there = placed(net, np.concatenate(sets))
    return there.net, np.split(there.nodes, np.cumsum([len(one) for one in sets])[:-1])


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_evaluate_equals_what_one_gets_by_hand(seed, count):
    net, rng = town(seed), np.random.default_rng(seed)
    demand = rng.integers(0, 9, net.node_count).astype(float)
    ends, shops, schools = beside(net, 2 * count, seed), beside(net, 2, seed + 1), beside(net, 3, seed + 2)
    whole, (ends_at, shops_at, schools_at) = by_hand(net, ends, shops, schools)
    padded = np.pad(demand, (0, whole.node_count - net.node_count))
    asked = {"limit": 900, "trips": [2, 1], "gains": True}
    expected = evaluate(whole, ends_at.reshape(-1, 2), padded, [shops_at, schools_at], **asked)

    pairs = ends.reshape(-1, 2, 2)
    found = evaluate(net, pairs, demand, [shops, shapely.points(schools)], **asked)
    assert same(found, expected)
    assert np.array_equal(found.gains.node, expected.gains.node)
    assert (found.gains.node < net.node_count).all()
    assert np.array_equal(found.gains.metres, expected.gains.metres)
    as_tuples = [tuple(tuple(end) for end in pair) for pair in pairs.tolist()]
    tables = [geopandas.GeoDataFrame(geometry=shapely.points(of), crs=4326) for of in (shops, schools)]
    assert same(evaluate(net, as_tuples, demand, tables, **asked), expected)
    points = [tuple(shapely.points(pair)) for pair in pairs]
    assert same(evaluate(net, points, demand, [shops.tolist(), schools.tolist()], **asked), expected)

    whole, (shops_at,) = by_hand(net, shops)
    padded = np.pad(demand, (0, whole.node_count - net.node_count))
    nodes = rng.integers(0, net.node_count, (count, 2))
    one_type = evaluate(whole, nodes, padded, shops_at, limit=900)
    for facilities in (shops, shops.tolist(), [tuple(shop) for shop in shops], list(shapely.points(shops)), [shops]):
        assert same(evaluate(net, nodes, demand, facilities, limit=900), one_type)
    assert same(
        evaluate(net, nodes, demand, destinations=shops, limit=900),
        evaluate(whole, nodes, padded, destinations=shops_at, limit=900),
    )


def test_nodes_and_places_mix_and_lists_of_whole_numbers_are_types():
    net = town(5)
    demand, shops = np.ones(net.node_count), beside(net, 2, 5)
    whole, (at,) = by_hand(net, shops)
    padded = np.pad(demand, (0, whole.node_count - net.node_count))
    mixed = evaluate(net, [[4, 1]], demand, [[3, 1], shops], limit=900)
    assert mixed.metres[0] > 0
    assert same(mixed, evaluate(whole, [[4, 1]], padded, [[3, 1], at], limit=900))
    two_types = evaluate(net, [[4, 1]], demand, [[3, 1], [2, 0]], trips=[1, 1], limit=900)
    assert same(two_types, evaluate(net, [[4, 1]], demand, [np.array([3, 1]), np.array([2, 0])], limit=900))


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
@settings(max_examples=15, deadline=None)
def test_links_between_places_equal_those_by_hand(seed, count):
    net = town(seed)
    a, b = beside(net, count, seed), beside(net, count, seed + 1)
    whole, (a_at, b_at) = by_hand(net, a, b)
    expected = whole.with_links(a_at, b_at, flags=[Flag.GATE] * count)
    found = net.with_links(a, shapely.points(b), flags=[Flag.GATE] * count)
    assert found.digest() == expected.digest()
    assert np.array_equal(found.x[: net.node_count], net.x)
    assert np.array_equal(found.u[-count:], a_at)
    from_node = net.with_links([0] * count, b)
    assert from_node.u[-count:].tolist() == [0] * count


NET = town(5)
ONE = beside(NET, 1, 5)[0]
FAR = PLANE.inverse(300.0, 690.0)
DEMAND = np.ones(NET.node_count)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: evaluate(NET, [(ONE, FAR)], DEMAND, [0]), "candidates: 1 of 2 places"),
        (lambda: evaluate(NET, [[0, 1]], DEMAND, [[0], [ONE, FAR]]), r"facilities\[1\]: 1 of 2 places"),
        (lambda: evaluate(NET, [[0, 1]], DEMAND, [ONE, FAR]), "facilities: 1 of 2 places"),
        (lambda: evaluate(NET, [[0, 1]], DEMAND, destinations=[ONE, FAR]), "destinations: 1 of 2 places"),
        (lambda: evaluate(NET, [[0, NET.node_count]], DEMAND, [ONE]), "candidates names node"),
        (lambda: evaluate(NET, [(ONE, ONE)], DEMAND, [NET.node_count]), "facilities names node"),
        (lambda: evaluate(NET, [(ONE, 3)], DEMAND, [0]), "candidates must be pairs of nodes, or of places"),
        (lambda: evaluate(NET, [[0, 1]], DEMAND, [[ONE, (1.0,)]]), "facilities must be nodes, or pairs"),
        (lambda: evaluate(NET, [[0, 1]], DEMAND, ["market"]), "facilities must be node numbers"),
        (lambda: evaluate(NET, [[0, 1]], DEMAND, [np.empty((0, 2))]), "facilities is empty"),
        (lambda: evaluate(NET, [[0, 1]], np.ones(NET.node_count + 1), [ONE]), "demand must have"),
        (lambda: evaluate(replace(NET, projection=None), [(ONE, ONE)], DEMAND, [0]), "no projection to put candidates"),
        (lambda: NET.with_links([ONE], [FAR]), "b: 1 of 1 places|b lie outside"),
        (lambda: NET.with_links([ONE, ONE], [ONE]), "a and b must have the same length"),
        (lambda: NET.with_links([NET.node_count], [ONE]), "a names node"),
    ],
)
def test_refuses(make, says):
    with pytest.raises(ValueError, match=says):
        make()
