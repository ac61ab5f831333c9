"""One may walk out of a private place and not into it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.engine.network import Flag
from xiuhua.ground.sources.osm.private import Kind, outward

PRIVATE_GATE = {"barrier": "gate", "access": "private"}
OPEN_GATE = {"barrier": "gate"}


def estate(sheet, west_gate, east_gate):
    """Streets west and east, joined by a long way round; between them an estate with a gate to each."""
    west, east = sheet.node(0, 0), sheet.node(200, 0)
    gates = sheet.node(50, 0, west_gate), sheet.node(150, 0, east_gate)
    home = sheet.node(100, 0)
    sheet.footway(west, gates[0], home, gates[1], east)
    sheet.street(west, sheet.node(0, 500), sheet.node(200, 500), east)
    return west, home, east


def test_residents_get_out_by_either_private_gate(sheet, walks):
    west, home, east = estate(sheet, PRIVATE_GATE, PRIVATE_GATE)
    town = walks(sheet)
    assert town.metres(home, west) < 101
    assert town.metres(home, east) < 101
    assert town.counts["pockets"] == 1
    assert town.counts["gates_private"] == 2


def test_strangers_neither_enter_nor_walk_through(sheet, walks):
    west, home, east = estate(sheet, PRIVATE_GATE, PRIVATE_GATE)
    town = walks(sheet)
    assert not town.reaches(west, home)
    assert town.metres(west, east) > 1000


def test_with_open_gates_strangers_walk_through(sheet, walks):
    west, home, east = estate(sheet, OPEN_GATE, OPEN_GATE)
    town = walks(sheet)
    assert town.metres(west, east) < 201
    assert town.metres(west, home) < 101


def test_an_open_front_gate_and_a_private_side_gate(sheet, walks):
    west, home, east = estate(sheet, OPEN_GATE, PRIVATE_GATE)
    town = walks(sheet)
    assert town.metres(west, home) < 101
    assert town.metres(home, east) < 101
    assert town.metres(east, home) > 1000
    assert town.counts["pockets"] == 0


def test_a_gate_that_walkers_may_pass_is_open_whatever_is_said_of_others(sheet, walks):
    west, _home, east = estate(sheet, {**PRIVATE_GATE, "foot": "yes"}, {**PRIVATE_GATE, "foot": "permissive"})
    assert walks(sheet).metres(west, east) < 201


def test_a_private_gate_across_open_ground_is_passed_by_nobody(sheet, walks):
    west, gate, east = sheet.node(0, 0), sheet.node(50, 0, PRIVATE_GATE), sheet.node(100, 0)
    sheet.footway(west, gate, east)
    sheet.street(west, sheet.node(50, 300), east)
    town = walks(sheet)
    assert town.metres(west, east) > 500
    assert town.metres(east, west) > 500


def test_private_ways_are_left_and_not_entered(sheet, walks):
    west, one, two, east = (sheet.node(50 * place, 0) for place in range(4))
    home = sheet.node(75, 50)
    sheet.way(west, one, two, east, tags={"highway": "service", "access": "private"})
    sheet.footway(one, home, two)
    sheet.street(west, sheet.node(0, 500), sheet.node(150, 500), east)
    town = walks(sheet)
    assert town.metres(one, west) < 51
    assert town.metres(one, east) < 101
    assert not town.reaches(west, one)
    assert town.metres(west, east) > 1000
    assert town.reaches(one, home)
    assert town.reaches(home, one)
    assert town.counts["pockets"] == 1


def test_a_private_drive_of_one_stretch_is_left_at_both_ends(sheet, walks):
    west, east = sheet.node(0, 0), sheet.node(100, 0)
    sheet.way(west, east, tags={"highway": "service", "access": "private"})
    sheet.street(west, sheet.node(50, 300), east)
    town = walks(sheet)
    assert town.metres(west, east) > 500
    drive = np.flatnonzero((town.net.flags & Flag.PRIVATE > 0) & (town.net.length_dm > 0))
    assert not town.net.oneway[drive].any()
    mouths = np.flatnonzero((town.net.flags & Flag.PRIVATE > 0) & (town.net.length_dm == 0))
    assert town.net.oneway[mouths].tolist() == [True, True]


def test_the_inner_court_is_left_through_the_outer(sheet, walks):
    street, outer, court, inner, home = (
        sheet.node(50 * place, 0, PRIVATE_GATE if place in (1, 3) else None) for place in range(5)
    )
    sheet.footway(street, outer, court, inner, home)
    sheet.street(street, sheet.node(0, 900))
    town = walks(sheet)
    assert town.reaches(home, street)
    assert not town.reaches(court, home)
    assert not town.reaches(street, court)
    assert town.counts["pockets"] == 2


def test_neighbours_do_not_walk_through_each_other(sheet, walks):
    one, between, two = sheet.node(0, 0), sheet.node(50, 0, PRIVATE_GATE), sheet.node(100, 0)
    gates = sheet.node(0, 50, PRIVATE_GATE), sheet.node(100, 50, PRIVATE_GATE)
    streets = sheet.node(0, 100), sheet.node(100, 100)
    sheet.footway(one, between, two)
    sheet.footway(one, gates[0], streets[0])
    sheet.footway(two, gates[1], streets[1])
    sheet.street(*streets)
    town = walks(sheet)
    assert not town.reaches(one, two)
    assert town.reaches(one, streets[1])
    assert town.reaches(two, streets[0])


def test_an_island_without_streets_keeps_its_longest_part_public(sheet, walks):
    lane, gate, home = sheet.node(0, 0), sheet.node(200, 0, PRIVATE_GATE), sheet.node(250, 0)
    sheet.footway(lane, gate, home)
    town = walks(sheet)
    assert town.reaches(home, lane)
    assert not town.reaches(lane, home)


def test_a_lone_private_way_is_walked_both_ways(sheet, walks):
    west, east = sheet.node(0, 0), sheet.node(50, 0)
    sheet.way(west, east, tags={"highway": "service", "access": "private"})
    town = walks(sheet)
    assert town.reaches(west, east)
    assert town.reaches(east, west)


def test_a_private_gate_with_hours(sheet, walks):
    west, home, _east = estate(sheet, {**PRIVATE_GATE, "opening_hours": "06:00-22:00"}, {**PRIVATE_GATE, "foot": "no"})
    town = walks(sheet)
    assert town.reaches(home, west, 12)
    assert not town.reaches(home, west, 3)


@st.composite
def estates(draw):
    """Random networks of open ways and private thresholds with a street among them."""
    nodes = draw(st.integers(3, 12))
    edges = draw(
        st.lists(
            st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1), st.sampled_from([0, 0, 0, 1, 3])),
            min_size=1,
            max_size=24,
        )
    )
    return nodes, [(0, 1, 0), *edges]


@given(estates())
def test_whoever_could_reach_a_street_still_gets_there_and_no_stranger_enters(network):
    nodes, edges = network
    u, v, kind = (np.array(column) for column in zip(*edges, strict=True))
    street = np.arange(len(edges)) == 0
    ways = outward(nodes, u.astype(np.int32), v.astype(np.int32), kind.astype(np.int8), street, np.ones(len(edges)))
    ahead, back = ways.forward, ways.backward
    free = (kind == Kind.WAY) | (kind == Kind.OPEN_GATE)
    either_way = [*pairs(u, v), *pairs(v, u)]
    assert reaching([*pairs(u[ahead], v[ahead]), *pairs(v[back], u[back])]) == reaching(either_way)
    strangers = reaching([*pairs(u[free], v[free]), *pairs(v[free], u[free])])
    assert reaching([*pairs(v[ahead], u[ahead]), *pairs(u[back], v[back])]) == strangers


def pairs(tails, heads):
    return list(zip(tails.tolist(), heads.tolist(), strict=True))


def reaching(arcs, street=(0, 1)):
    """Nodes from which arcs lead to the street."""
    found = set(street)
    while True:
        more = {tail for tail, head in arcs if head in found} - found
        if not more:
            return found
        found |= more
