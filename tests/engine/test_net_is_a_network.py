"""Whoever hands in a path, a graph or what holds a network is told how to make a network of it."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from xiuhua.engine import links, reach
from xiuhua.engine.catchment import catchment
from xiuhua.engine.incremental import nearest_after
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.paths import paths
from xiuhua.engine.places import joined, placed
from xiuhua.engine.reached import reached_edges

DOORS = {
    "nearest": lambda net: reach.nearest(net, [0], 100),
    "nearest_each": lambda net: reach.nearest_each(net, [0], [0], 1, 100),
    "totals": lambda net: reach.totals(net, [1.0, 2.0], 100),
    "matrix": lambda net: reach.matrix(net, [0], [0], 100),
    "catchment": lambda net: catchment(net, 0, 100),
    "reached_edges": lambda net: reached_edges(net, 0, 100),
    "paths": lambda net: paths(net, [0], [0], 100),
    "nearest_after": lambda net: nearest_after(net, [0], 100, [0.0, 1.0]),
    "evaluate": lambda net: links.evaluate(net, [[0, 1]], [1, 1], [0]),
    "propose": links.propose,
    "placed": lambda net: placed(net, [0]),
    "joined": lambda net: joined(net, nodes=[0]),
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_what_is_no_network_is_told_how_to_become_one(door):
    door(WalkNetwork.from_edges([0, 1], [0, 0], [0], [1], [1]))
    with pytest.raises(TypeError, match=r"net must be a WalkNetwork, not str; .*read_walk_network\(path\)"):
        door("town.osm.pbf")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (Path("town.npz"), r"not \w*Path; .*WalkNetwork.load\(path\)"),
        (SimpleNamespace(nodes=[], edges=[]), r"not SimpleNamespace; WalkNetwork.from_networkx\(graph\)"),
        (SimpleNamespace(net=None), "give its .net"),
        (None, "not NoneType; WalkNetwork.from_edges"),
    ],
)
def test_the_mend_is_that_of_its_kind(given, says):
    with pytest.raises(TypeError, match=says):
        reach.nearest(given, [0], 100)
