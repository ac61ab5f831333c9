"""The access rules, one by one: tags in, an answer out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.engine.network import Flag
from xiuhua.ground.sources.osm.access import (
    Passage,
    crossing_flags,
    foot_direction,
    gate_passage,
    is_crossing_way,
    slope,
    way_flags,
    way_passage,
)

OPEN, PRIVATE, CLOSED = Passage.OPEN, Passage.PRIVATE, Passage.CLOSED


@pytest.mark.parametrize(
    ("tags", "passage"),
    [
        ({}, OPEN),
        ({"access": "yes"}, OPEN),
        ({"access": "permissive"}, OPEN),
        ({"access": "customers"}, OPEN),
        ({"access": "destination"}, OPEN),
        ({"access": "private"}, PRIVATE),
        ({"access": "residents"}, PRIVATE),
        ({"access": "permit"}, PRIVATE),
        ({"access": "no"}, CLOSED),
        ({"access": "delivery"}, CLOSED),
        ({"access": "who knows"}, OPEN),
        ({"access": "private", "foot": "yes"}, OPEN),
        ({"access": "no", "foot": "designated"}, OPEN),
        ({"access": "private", "foot": "no"}, CLOSED),
        ({"access": "yes", "foot": "private"}, PRIVATE),
        ({"locked": "yes"}, CLOSED),
        ({"locked": "no"}, OPEN),
        ({"locked": "yes", "access": "private"}, PRIVATE),
        ({"locked": "yes", "access": "yes"}, CLOSED),
        ({"locked": "yes", "foot": "yes", "access": "private"}, OPEN),
        ({"access": "private;permissive"}, PRIVATE),
    ],
)
def test_a_gate(tags, passage):
    assert gate_passage({"barrier": "gate", **tags}) is passage


@pytest.mark.parametrize(
    "barrier",
    ["bollard", "lift_gate", "swing_gate", "cycle_barrier", "kissing_gate", "block", "stile", "turnstile", "entrance"],
)
def test_barriers_that_stop_only_vehicles_let_walkers_pass(barrier):
    assert gate_passage({"barrier": barrier}) is OPEN


@pytest.mark.parametrize("barrier", ["wall", "fence", "hedge", "debris", "something_new"])
def test_barriers_not_known_to_be_passable_do_not(barrier):
    assert gate_passage({"barrier": barrier}) is CLOSED
    assert gate_passage({"barrier": barrier, "foot": "yes"}) is OPEN


@pytest.mark.parametrize(
    ("tags", "passage"),
    [
        ({"highway": "footway"}, OPEN),
        ({"highway": "pedestrian"}, OPEN),
        ({"highway": "steps"}, OPEN),
        ({"highway": "cycleway"}, OPEN),
        ({"highway": "corridor", "indoor": "yes", "level": "1"}, OPEN),
        ({"highway": "footway", "indoor": "yes"}, OPEN),
        ({"highway": "residential"}, OPEN),
        ({"highway": "primary"}, OPEN),
        ({"highway": "primary", "sidewalk": "no"}, OPEN),
        ({"highway": "footway", "foot": "no"}, CLOSED),
        ({"highway": "primary", "foot": "no"}, CLOSED),
        ({"highway": "primary", "foot": "use_sidepath"}, CLOSED),
        ({"highway": "cycleway", "foot": "no"}, CLOSED),
        ({"highway": "path", "foot": "private"}, PRIVATE),
        ({"highway": "path", "foot": "permissive"}, OPEN),
        ({"highway": "path", "access": "no", "foot": "yes"}, OPEN),
        ({"highway": "residential", "access": "no"}, CLOSED),
        ({"highway": "service", "access": "private"}, PRIVATE),
        ({"highway": "service", "service": "driveway", "access": "private"}, PRIVATE),
        ({"highway": "service", "access": "private", "foot": "yes"}, OPEN),
        ({"highway": "service", "access": "destination"}, OPEN),
        ({"highway": "motorway"}, CLOSED),
        ({"highway": "trunk"}, CLOSED),
        ({"highway": "trunk_link"}, CLOSED),
        ({"highway": "trunk", "access": "yes"}, CLOSED),
        ({"highway": "trunk", "sidewalk": "both"}, OPEN),
        ({"highway": "trunk", "sidewalk:left": "yes"}, OPEN),
        ({"highway": "trunk", "sidewalk": "separate"}, CLOSED),
        ({"highway": "trunk", "sidewalk": "none"}, CLOSED),
        ({"highway": "trunk", "sidewalk": "both", "access": "no"}, CLOSED),
        ({"highway": "motorway", "foot": "yes"}, OPEN),
        ({"highway": "secondary", "motorroad": "yes"}, CLOSED),
        ({"highway": "construction", "construction": "footway"}, CLOSED),
        ({"highway": "construction", "foot": "designated"}, CLOSED),
        ({"highway": "proposed"}, CLOSED),
        ({"highway": "a_word_of_tomorrow"}, CLOSED),
        ({"highway": "a_word_of_tomorrow", "foot": "yes"}, OPEN),
        ({"route": "ferry"}, CLOSED),
        ({"route": "ferry", "access": "yes"}, CLOSED),
        ({"route": "ferry", "foot": "yes"}, OPEN),
        ({"route": "ferry", "foot": "no"}, CLOSED),
        ({"railway": "platform"}, OPEN),
        ({"public_transport": "platform"}, OPEN),
        ({"man_made": "pier", "access": "private"}, PRIVATE),
        ({"railway": "rail"}, CLOSED),
        ({"barrier": "fence", "foot": "yes"}, CLOSED),
        ({}, CLOSED),
    ],
)
def test_a_way(tags, passage):
    assert way_passage(tags) is passage


@pytest.mark.parametrize(
    ("tags", "direction"),
    [
        ({}, 0),
        ({"oneway": "yes"}, 0),
        ({"oneway:foot": "yes"}, 1),
        ({"oneway:foot": "-1"}, -1),
        ({"oneway:foot": "no", "foot:backward": "no"}, 0),
        ({"foot:backward": "no"}, 1),
        ({"foot:forward": "no"}, -1),
        ({"foot:backward": "yes"}, 0),
        ({"conveying": "forward"}, 1),
        ({"conveying": "backward"}, -1),
        ({"conveying": "yes"}, 0),
        ({"conveying": "reversible"}, 0),
    ],
)
def test_one_way_for_walkers(tags, direction):
    assert foot_direction(tags) == direction


@pytest.mark.parametrize(
    ("tags", "flags"),
    [
        ({"highway": "footway"}, Flag(0)),
        ({"highway": "steps"}, Flag.STEPS),
        ({"highway": "steps", "conveying": "forward"}, Flag.STEPS),
        ({"highway": "steps", "ramp:wheelchair": "yes"}, Flag(0)),
        ({"highway": "steps", "ramp:wheelchair": "no"}, Flag.STEPS),
        ({"highway": "steps", "ramp:wheelchair": "separate"}, Flag.STEPS),
        ({"highway": "steps", "ramp:stroller": "yes"}, Flag.STEPS),
        ({"bridge": "yes", "layer": "1"}, Flag.BRIDGE),
        ({"bridge": "no"}, Flag(0)),
        ({"tunnel": "yes", "lit": "no"}, Flag.TUNNEL | Flag.UNLIT),
        ({"tunnel": "building_passage"}, Flag(0)),
        ({"highway": "corridor"}, Flag.INDOOR),
        ({"indoor": "yes"}, Flag.INDOOR),
        ({"level": "2"}, Flag(0)),
    ],
)
def test_what_a_way_is_like(tags, flags):
    assert way_flags(tags) == flags


@pytest.mark.parametrize(
    ("tags", "flags"),
    [
        ({"highway": "crossing"}, Flag.CROSSING),
        ({"highway": "crossing", "crossing": "zebra"}, Flag.CROSSING),
        ({"highway": "crossing", "crossing": "unmarked"}, Flag.CROSSING),
        ({"highway": "crossing", "crossing": "no"}, Flag(0)),
        ({"highway": "crossing", "crossing": "traffic_signals"}, Flag.CROSSING | Flag.SIGNALS),
        ({"highway": "crossing", "crossing:signals": "yes"}, Flag.CROSSING | Flag.SIGNALS),
        ({"highway": "footway", "footway": "crossing"}, Flag.CROSSING),
        ({"railway": "crossing"}, Flag.CROSSING),
        ({"railway": "level_crossing"}, Flag.CROSSING),
        ({"railway": "level_crossing", "crossing:light": "yes"}, Flag.CROSSING | Flag.SIGNALS),
        ({"highway": "traffic_signals"}, Flag(0)),
    ],
)
def test_what_a_crossing_costs(tags, flags):
    assert crossing_flags(tags) == flags


def test_a_crossing_way_leads_over_a_carriageway():
    assert is_crossing_way({"highway": "footway", "footway": "crossing"})
    assert is_crossing_way({"highway": "cycleway", "cycleway": "crossing"})
    assert not is_crossing_way({"highway": "footway", "footway": "sidewalk"})


@pytest.mark.parametrize(
    ("incline", "rise"), [("8%", 0.08), ("-5 %", -0.05), ("80°", 0.0), ("10°", 0.176), ("up", 0.0), ("", 0.0)]
)
def test_slope(incline, rise):
    assert slope({"incline": incline}) == pytest.approx(rise, abs=1e-3)


words = st.sampled_from(["yes", "no", "private", "permit", "permissive", "destination", "customers", "x", "no;yes", ""])


@given(st.dictionaries(st.sampled_from(["foot", "access", "locked", "barrier", "highway"]), words))
def test_what_is_said_of_walkers_is_the_last_word(tags):
    assert gate_passage({**tags, "foot": "yes"}) is OPEN
    assert gate_passage({**tags, "foot": "no"}) is CLOSED
    assert way_passage({**tags, "foot": "no"}) is CLOSED
    assert gate_passage(tags) in Passage
    assert way_passage(tags) in Passage
