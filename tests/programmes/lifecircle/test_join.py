"""Which way a door meets: one on the ground, on the main part of the network, and not through the neighbour's house."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from programmes.lifecircle.hand_made import BOOK, degrees, street, town
from xiuhua.engine.network import Flag
from xiuhua.programmes.lifecircle.analysis import ISLAND, MAIN, analyse
from xiuhua.programmes.lifecircle.analysis.connect import Joined, join
from xiuhua.programmes.lifecircle.analysis.town import Town

ADULT = BOOK.personas["adult"].persona


def joined(place: Town) -> Joined:
    return join(place, ADULT, 34, 100.0)


@pytest.mark.parametrize("flag", [Flag.TUNNEL, Flag.BRIDGE, Flag.INDOOR])
def test_a_door_meets_the_ground_and_not_what_leads_over_or_under_it(flag):
    place = town(
        [(550, 30)], [("market", 600, 30)], network=street(extra=[(500, 0, 500, 31, 0), (500, 31, 700, 31, flag)])
    )
    met = joined(place)
    assert met.origin_m.tolist() == [30.0]
    assert met.network.y[met.origin_node].round(3).tolist() == [0.0]


def test_a_door_meets_a_tunnel_where_there_is_nothing_else():
    place = town(
        [(650, 299)],
        [("market", 0, 0)],
        network=street(extra=[(500, 0, 500, 300, 0), (500, 300, 700, 300, Flag.TUNNEL)]),
    )
    assert joined(place).origin_m.tolist() == [1.0]


def test_a_station_entrance_at_a_tunnel_of_its_own_is_reached_from_the_street():
    place = town([(500, 5)], [("metro", 300, 11)], network=street(extra=[(300, 11, 300, 60, Flag.TUNNEL)]))
    analysis = analyse(place, BOOK)
    assert analysis.facility_state.tolist() == [MAIN]
    assert np.isfinite(analysis.seconds[0, 0, analysis.types.index("metro")])


def test_a_door_meets_the_street_before_steps_but_steps_before_a_far_street():
    stairs = street(extra=[(500, 0, 500, 90, Flag.STEPS)])
    met = joined(town([(510, 40), (510, 80)], [("market", 0, 0)], network=stairs))
    assert met.origin_m.tolist() == [40.0, 10.0]


def test_a_door_meets_the_main_part_before_an_islet():
    islet = street(extra=[(400, 50, 600, 50, 0)])
    met = joined(town([(500, 48)], [("market", 0, 0)], network=islet))
    assert (met.origin_state.tolist(), met.origin_m.tolist()) == ([MAIN], [48.0])


def test_a_part_too_long_for_an_islet_keeps_its_doors():
    other_side = street(extra=[(0, 50, 1200, 50, 0)])
    met = joined(town([(500, 48)], [("market", 0, 0)], network=other_side))
    assert (met.origin_state.tolist(), met.origin_m.tolist()) == ([ISLAND], [2.0])


def behind_a_slab(others_way_m):
    """A door 20 m north of the street with a slab of 8 m between, and a lane beside it on the free side."""
    lane = street(extra=[(500, 0, 500, 20 + others_way_m, 0), (500, 20 + others_way_m, 600, 20 + others_way_m, 0)])
    place = town([(550, 20)], [("market", 0, 0)], network=lane)
    slab = shapely.Polygon(np.column_stack(degrees([(510, 5), (590, 5), (590, 13), (510, 13)])))
    own = shapely.Polygon(np.column_stack(degrees([(540, 17), (560, 17), (560, 23), (540, 23)])))
    return replace(place, footprints=np.array([slab, own], object))


def test_a_connector_goes_round_the_neighbours_house_where_a_way_is_near():
    place = behind_a_slab(30)
    assert joined(replace(place, footprints=place.footprints[1:])).origin_m.tolist() == [20.0]
    assert joined(place).origin_m.tolist() == [30.0]


def test_a_connector_goes_through_the_neighbours_house_where_no_way_is_near():
    assert joined(behind_a_slab(45)).origin_m.tolist() == [20.0]
