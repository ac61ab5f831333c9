"""What becomes of ways, gates, crossings and plazas in the network, on maps of a few nodes."""

import numpy as np
import pytest

from ground.sources.osm.maps import DEG_A_METRE_EAST, DEG_A_METRE_NORTH, LAT, LON
from xiuhua.engine.network import Flag
from xiuhua.ground.sources.osm import read_walk_network

TUESDAY_NOON, TUESDAY_NIGHT = 24 + 12, 24 + 3


def line(sheet, *, gate=None, tags=None):
    """Three nodes in a row, 50 m apart, a gate perhaps in the middle; with a way through."""
    west, middle, east = sheet.node(0, 0), sheet.node(50, 0, gate), sheet.node(100, 0)
    sheet.way(west, middle, east, tags=tags or {"highway": "footway"})
    return west, east


def test_a_footway_is_walked_both_ways_at_its_length(sheet, walks):
    west, east = line(sheet)
    town = walks(sheet)
    assert town.metres(west, east) == pytest.approx(100, abs=0.3)
    assert town.metres(east, west) == pytest.approx(100, abs=0.3)


def test_a_closed_way_is_not_drawn(sheet, walks):
    west, east = line(sheet, tags={"highway": "residential", "foot": "no"})
    sheet.footway(west, sheet.node(0, 50))
    assert not walks(sheet).reaches(west, east)


def test_one_way_for_walkers(sheet, walks):
    west, east = line(sheet, tags={"highway": "footway", "oneway:foot": "yes"})
    town = walks(sheet)
    assert town.reaches(west, east)
    assert not town.reaches(east, west)


def test_an_escalator_carries_in_one_direction(sheet, walks):
    west, east = line(sheet, tags={"highway": "steps", "conveying": "backward"})
    town = walks(sheet)
    assert town.reaches(east, west)
    assert not town.reaches(west, east)


def test_a_slope_is_turned_with_a_way_that_is_drawn_against_its_direction(sheet, walks):
    line(sheet, tags={"highway": "footway", "incline": "8%", "foot:forward": "no"})
    net = walks(sheet).net
    assert net.oneway.all()
    assert net.slope.tolist() == pytest.approx([-0.08, -0.08])


@pytest.mark.parametrize("highway", ["footway", "pedestrian", "steps", "cycleway", "living_street", "primary", "path"])
def test_kinds_of_way(sheet, walks, highway):
    west, east = line(sheet, tags={"highway": highway})
    town = walks(sheet)
    assert town.reaches(west, east)
    assert bool(town.net.flags[0] & Flag.STEPS) == (highway == "steps")


def test_a_bridge_does_not_touch_the_way_below(sheet, walks):
    west, _east = line(sheet, tags={"highway": "footway", "bridge": "yes", "layer": "1"})
    south, north = sheet.node(50, -50), sheet.node(50, 50)
    sheet.footway(south, north)
    town = walks(sheet)
    assert town.net.flags[0] == Flag.BRIDGE
    assert not town.reaches(south, west)


def test_floors_of_a_mall_meet_at_the_stairs_only(sheet, walks):
    below = [sheet.node(0, 0), sheet.node(100, 0)]
    above = [sheet.node(0, 1), sheet.node(50, -20), sheet.node(50, 20)]
    sheet.footway(*below, indoor="yes", level="0")
    sheet.footway(*above, indoor="yes", level="1")
    town = walks(sheet)
    assert not town.reaches(below[0], above[2])
    sheet.way(below[1], above[1], tags={"highway": "steps", "indoor": "yes"})
    town = walks(sheet)
    assert town.reaches(below[0], above[2])
    assert (town.net.flags & Flag.INDOOR).all()


# -- gates -------------------------------------------------------------------------------------------------------------


def test_an_open_gate_is_passed_and_marked(sheet, walks):
    west, east = line(sheet, gate={"barrier": "gate"})
    town = walks(sheet)
    assert town.metres(west, east) == pytest.approx(100, abs=0.3)
    gate = np.flatnonzero(town.net.flags & Flag.GATE)
    assert town.net.length_dm[gate].tolist() == [0]
    assert town.counts["gates"] == 1


@pytest.mark.parametrize("tags", [{"access": "no"}, {"locked": "yes"}, {"foot": "no"}, {"opening_hours": "off"}])
def test_a_shut_gate_cuts_the_way(sheet, walks, tags):
    west, east = line(sheet, gate={"barrier": "gate", **tags})
    town = walks(sheet)
    assert not town.reaches(west, east)
    assert town.counts["gates_closed"] == 1


def test_a_bollard_changes_nothing(sheet, walks):
    west, east = line(sheet, gate={"barrier": "bollard"})
    town = walks(sheet)
    assert town.reaches(west, east)
    assert town.net.node_count == 3
    assert town.counts["gates"] == 0


def test_a_gate_with_hours_is_closed_at_night(sheet, walks):
    west, east = line(sheet, gate={"barrier": "gate", "opening_hours": "Mo-Su 06:00-22:00"})
    town = walks(sheet)
    assert town.reaches(west, east)
    assert town.reaches(west, east, TUESDAY_NOON)
    assert not town.reaches(west, east, TUESDAY_NIGHT)
    assert town.net.timetables.shape == (1, 168)
    assert town.counts["timed"] == 1


def test_gates_with_the_same_hours_share_a_timetable(sheet, walks):
    hours = {"barrier": "gate", "opening_hours": "06:00-22:00"}
    nodes = [sheet.node(50 * place, 0, hours if place in (1, 2) else None) for place in range(4)]
    sheet.footway(*nodes)
    town = walks(sheet)
    assert len(town.net.timetables) == 1
    assert (town.net.timetable == 0).sum() == 2


def test_unreadable_hours_count_as_open_and_are_counted(sheet, walks):
    west, east = line(sheet, gate={"barrier": "gate", "opening_hours": "白天"})
    town = walks(sheet)
    assert town.reaches(west, east, TUESDAY_NIGHT)
    assert town.counts["hours_unreadable"] == 1


def test_a_path_with_hours(sheet, walks):
    west, east = line(sheet, tags={"highway": "path", "opening_hours": "06:00-18:00"})
    town = walks(sheet)
    assert town.reaches(west, east, TUESDAY_NOON)
    assert not town.reaches(west, east, TUESDAY_NIGHT)


def test_a_gate_between_two_ways_stands_between_them(sheet, walks):
    west, gate, east = sheet.node(0, 0), sheet.node(50, 0, {"barrier": "gate", "locked": "yes"}), sheet.node(100, 0)
    sheet.footway(west, gate)
    sheet.footway(gate, east)
    assert not walks(sheet).reaches(west, east)


def test_a_gate_put_on_a_junction_shuts_the_drive_and_not_the_street(sheet, walks):
    west, gate, east = sheet.node(0, 0), sheet.node(50, 0, {"barrier": "gate", "access": "no"}), sheet.node(100, 0)
    inside = sheet.node(50, 50)
    sheet.street(west, gate, east)
    sheet.footway(gate, inside)
    town = walks(sheet)
    assert town.reaches(west, east)
    assert not town.reaches(west, inside)


def test_a_gate_at_the_end_of_a_way_shuts_nothing(sheet, walks):
    gate, middle, east = sheet.node(0, 0, {"barrier": "gate", "access": "no"}), sheet.node(50, 0), sheet.node(100, 0)
    sheet.footway(gate, middle, east)
    town = walks(sheet)
    assert town.reaches(gate, east)
    assert town.counts["gates"] == 1


# -- crossings ---------------------------------------------------------------------------------------------------------


def crossing(sheet, kerb_tags, way_tags):
    """A footway across a street, and a walk along each pavement."""
    street = [sheet.node(-50, 0), sheet.node(0, 0, kerb_tags), sheet.node(50, 0)]
    sheet.street(*street)
    south, north = sheet.node(0, -10), sheet.node(0, 10)
    sheet.footway(south, street[1], north, **way_tags)
    return street, south, north


def test_a_crossing_drawn_as_a_way_is_paid_once(sheet, walks):
    _street, south, north = crossing(sheet, {}, {"footway": "crossing"})
    town = walks(sheet)
    assert town.reaches(south, north)
    assert (town.net.flags & Flag.CROSSING > 0).sum() == 1
    assert not (town.net.flags & Flag.SIGNALS).any()


def test_its_node_tells_that_it_has_signals(sheet, walks):
    crossing(sheet, {"highway": "crossing", "crossing": "traffic_signals"}, {"footway": "crossing"})
    flags = walks(sheet).net.flags
    assert (flags & Flag.CROSSING > 0).sum() == 1
    assert (flags & Flag.SIGNALS > 0).sum() == 1


def test_a_crossing_that_is_only_a_node_is_paid_by_who_crosses(sheet, walks):
    street, south, north = crossing(sheet, {"highway": "crossing", "crossing": "zebra"}, {})
    town = walks(sheet)
    across = town.flags(south, street[1]) | town.flags(street[1], north)
    along = town.flags(street[0], street[1]) | town.flags(street[1], street[2])
    assert across & Flag.CROSSING
    assert not along & Flag.CROSSING
    assert town.counts["crossings"] == 1


def test_a_node_on_a_street_that_nothing_meets_delays_nobody(sheet, walks):
    sheet.street(sheet.node(0, 0), sheet.node(50, 0, {"highway": "crossing"}), sheet.node(100, 0))
    assert walks(sheet).counts["crossings"] == 0


@pytest.mark.parametrize("railway", ["crossing", "level_crossing"])
def test_a_level_crossing_delays_who_walks_over_the_rails(sheet, walks, railway):
    west, east = line(sheet, gate={"railway": railway}, tags={"highway": "residential"})
    town = walks(sheet)
    assert town.reaches(west, east)
    assert (town.net.flags & Flag.CROSSING > 0).sum() == 1


# -- plazas ------------------------------------------------------------------------------------------------------------


def plaza(sheet, *, hole=False):
    """A square of 100 m with a way arriving at two opposite corners; perhaps with a building in the middle."""
    corners = [sheet.node(x, y) for x, y in ((0, 0), (100, 0), (100, 100), (0, 100))]
    ends = sheet.node(-50, -50), sheet.node(150, 150)
    sheet.footway(ends[0], corners[0])
    sheet.footway(corners[2], ends[1])
    ring = sheet.way(*corners, corners[0], tags={} if hole else {"highway": "pedestrian", "area": "yes"})
    if hole:
        sheet.multipolygon(ring, sheet.box(30, 30, 70, 70, {"building": "yes"}), tags={"highway": "pedestrian"})
    return ends


def is_at(lon, lat, east_m, north_m):
    return np.hypot((lon - LON) / DEG_A_METRE_EAST - east_m, (lat - LAT) / DEG_A_METRE_NORTH - north_m) < 0.1


def test_a_plaza_is_crossed_straight(sheet, walks):
    start, end = plaza(sheet)
    town = walks(sheet)
    assert town.metres(start, end) == pytest.approx((100 + 50 + 50) * 2**0.5, abs=0.5)
    assert town.counts["plazas"] == 1


def test_a_plaza_is_walked_round_what_stands_on_it(sheet, walks):
    start, end = plaza(sheet, hole=True)
    assert walks(sheet).metres(start, end) == pytest.approx(100 * 2**0.5 + 2 * np.hypot(30, 70), abs=0.5)


def test_the_foot_of_what_stands_on_a_plaza_is_left_across_it(sheet, walks):
    start, _end = plaza(sheet, hole=True)
    town = walks(sheet)
    foot = next(number for number, (lon, lat, _tags) in sheet.nodes.items() if is_at(lon, lat, 30, 30))
    assert town.metres(foot, start) == pytest.approx((50 + 30) * 2**0.5, abs=0.5)
    assert len(np.unique(town.net.components())) == 1


def test_a_ring_that_sees_no_entry_is_joined_by_the_shortest_line_of_sight(sheet, walks):
    corners = [sheet.node(x, y) for x, y in ((0, 0), (100, 0), (100, 100), (0, 100))]
    ring = sheet.way(*corners, corners[0])
    court = sheet.box(20, 20, 80, 80, {"building": "yes"})
    kiosk = sheet.box(49, 90, 51, 92, {"building": "yes"})
    sheet.multipolygon(ring, court, kiosk, tags={"highway": "pedestrian"})
    sheet.footway(sheet.node(-50, -50), corners[0])
    assert len(np.unique(walks(sheet).net.components())) == 1


def untouched(sheet, east_m=10, **tags):
    """A street of 200 m, and beside it a plaza that shares no node with it."""
    ends = sheet.node(0, -100), sheet.node(0, 100)
    sheet.footway(*ends, **tags)
    corners = [sheet.node(x, y) for x, y in ((east_m, -20), (east_m + 40, -20), (east_m + 40, 20), (east_m, 20))]
    sheet.way(*corners, corners[0], tags={"highway": "pedestrian", "area": "yes"})
    return ends, corners


def test_a_plaza_that_no_way_touches_is_entered_from_the_street_beside_it(sheet, walks):
    (south, north), corners = untouched(sheet)
    town = walks(sheet)
    assert all(town.reaches(south, corner) for corner in corners)
    assert 80 + 10 <= town.metres(south, corners[0]) + 0.5 <= 120 + 10 + 40 + 1
    assert town.metres(south, north) == pytest.approx(200, abs=0.5)


def test_a_street_is_cut_where_it_passes_the_middle_of_a_plazas_edge(sheet, walks):
    corners = [sheet.node(x, y) for x, y in ((0, 0), (100, 0), (100, 100), (0, 100))]
    sheet.way(*corners, corners[0], tags={"highway": "pedestrian", "area": "yes"})
    start = sheet.node(-100, 50)
    sheet.footway(start, sheet.node(-6, 50))
    sheet.street(start, sheet.node(-100, 500))
    assert walks(sheet).metres(start, corners[0]) == pytest.approx(100 + 50, abs=0.5)


@pytest.mark.parametrize("tags", [{"tunnel": "yes"}, {"bridge": "yes"}])
def test_a_plaza_is_not_entered_from_below_or_above(sheet, walks, tags):
    (south, _north), corners = untouched(sheet, **tags)
    assert not walks(sheet).reaches(south, corners[0])


def test_a_plaza_is_not_entered_across_a_wall_or_from_afar(sheet, walks):
    (south, _north), corners = untouched(sheet)
    sheet.way(sheet.node(5, -100), sheet.node(5, 100), tags={"barrier": "fence"})
    (_south, _north), far = untouched(sheet, -80)
    town = walks(sheet)
    assert not town.reaches(south, corners[0])
    assert not town.reaches(south, far[0])


def test_a_pedestrian_street_that_closes_on_itself_is_no_plaza(sheet, walks):
    corners = [sheet.node(x, y) for x, y in ((0, 0), (100, 0), (100, 100), (0, 100))]
    sheet.footway(sheet.node(-50, -50), corners[0])
    sheet.footway(sheet.node(150, 150), corners[2])
    sheet.way(*corners, corners[0], tags={"highway": "pedestrian"})
    town = walks(sheet)
    assert town.counts["plazas"] == 0
    assert town.metres(corners[0], corners[2]) == pytest.approx(200, abs=0.5)


# -- extracts ----------------------------------------------------------------------------------------------------------


def test_a_way_cut_by_the_extract_is_read_as_far_as_it_goes(sheet, walks):
    nodes = [sheet.node(50 * place, 0) for place in range(5)]
    sheet.footway(*nodes)
    sheet.forget(nodes[2])
    town = walks(sheet)
    assert town.reaches(nodes[0], nodes[1])
    assert town.reaches(nodes[3], nodes[4])
    assert not town.reaches(nodes[1], nodes[3])
    assert town.counts["cut_ways"] == 1


def test_the_same_file_gives_the_same_network(sheet, tmp_path):
    plaza(sheet)
    path = sheet.write(tmp_path / "tiny.osm")
    assert read_walk_network(path).digest() == read_walk_network(path).digest()
