"""Walking times, coverage, compliance and score on towns that can be checked by hand."""

import numpy as np
import pytest

from programmes.lifecircle.hand_made import BOOK, street, town
from xiuhua.engine.network import Flag, WalkNetwork
from xiuhua.programmes.lifecircle.analysis import ISLAND, MAIN, TUESDAY_10, UNSNAPPED, analyse

STEPS, GATE = int(Flag.STEPS), int(Flag.GATE)


def seconds(analysis, persona, kind):
    return analysis.seconds[analysis.place_of(persona), :, analysis.types.index(kind)]


def test_first_and_last_metres_count():
    analysis = analyse(town([(300, 20)], [("market", 0, -10)]), BOOK)
    walk_m = 20 + 300 + 10
    assert seconds(analysis, "adult", "market")[0] == pytest.approx(walk_m / 1.3, abs=0.1)
    assert seconds(analysis, "frail", "market")[0] == pytest.approx(walk_m / 0.7, abs=0.2)
    assert analysis.metres[0, analysis.types.index("market")] == pytest.approx(walk_m, abs=0.1)


def test_the_nearest_of_several_and_of_several_entrances():
    analysis = analyse(town([(300, 0), (900, 0)], [("market", 0, 0), ("market", 1000, 0), ("bank", 2000, 0)]), BOOK)
    np.testing.assert_allclose(seconds(analysis, "standard", "market"), [300, 100], atol=0.2)
    assert np.isinf(seconds(analysis, "standard", "bank")[0])


def test_minutes_are_the_personas_own():
    analysis = analyse(town([(900, 0)], [("market", 0, 0)]), BOOK)
    within = {
        persona.key: analysis.shares(persona.key, 15)[analysis.types.index("market")] for persona in analysis.personas
    }
    assert within["adult"] == 1, "900 m at 1.3 m/s are 11.5 minutes"
    assert within["standard"] == 1, "900 m at 1.0 m/s are 15 minutes exactly"
    assert within["frail"] == 0, "900 m at 0.7 m/s are 21 minutes"


def test_compliance_asks_for_metres_beyond_fifteen_minutes():
    analysis = analyse(town([(950, 0), (1050, 0)], [("health_centre", 0, 0)], residents=[3, 1]), BOOK)
    row = next(row for row in analysis.compliance() if row.facility_type == "health_centre")
    assert (row.radius.number, row.covered, row.share, row.facilities) == (1000, 3, 0.75, 1)
    assert analysis.shares("standard", 15)[analysis.types.index("health_centre")] == 0


def test_steps_bar_a_wheelchair_and_tire_the_frail():
    stairs = street(extra=[(0, 0, 0, 60, STEPS), (0, 60, 100, 60, 0)])
    analysis = analyse(town([(100, 61)], [("market", 0, -1)], network=stairs), BOOK)
    assert seconds(analysis, "adult", "market")[0] == pytest.approx(162 / 1.3, abs=0.2)
    assert seconds(analysis, "frail", "market")[0] == pytest.approx((162 + 60) / 0.7, abs=0.3)
    assert np.isinf(seconds(analysis, "wheelchair", "market")[0])


def test_door_is_not_joined_through_a_wall():
    lane = street(extra=[(0, 0, 0, 60, 0), (0, 60, 300, 60, 0)])
    doors = [(300, 25)]
    open_town = analyse(town(doors, [("market", 300, -1)], network=lane), BOOK)
    walled = analyse(town(doors, [("market", 300, -1)], network=lane, walls=[[(-50, 10), (350, 10)]]), BOOK)
    assert seconds(open_town, "standard", "market")[0] == pytest.approx(26, abs=0.2)
    assert seconds(walled, "standard", "market")[0] == pytest.approx(35 + 300 + 60 + 300 + 1, abs=0.3)


def test_gate_keeps_its_hours():
    week = np.zeros((1, 168), bool)
    week[0, 34] = True
    lane = street(extra=[(0, 0, 0, 60, GATE), (0, 60, 100, 60, 0)])
    timed = WalkNetwork.from_edges(
        lane.x, lane.y, lane.u, lane.v, lane.length_dm / 10, lane.flags,
        timetable=np.where(lane.flags == GATE, 0, -1), timetables=week, projection=lane.projection,
    )  # fmt: skip
    place = town([(100, 61)], [("market", 0, -1)], network=timed)
    assert np.isfinite(seconds(analyse(place, BOOK, hour=TUESDAY_10), "adult", "market")[0])
    shut = analyse(place, BOOK, hour=3)
    assert np.isinf(seconds(shut, "adult", "market")[0])
    assert shut.origin_state.tolist() == [ISLAND]
    assert np.isfinite(seconds(analyse(place, BOOK, hour=None), "adult", "market")[0])


def test_islands_and_doors_without_a_way_are_counted_and_named():
    island = street(extra=[(0, 500, 200, 500, 0)])
    place = town([(100, 5), (100, 505), (100, 1500)], [("market", 0, 0)], network=island, residents=[10, 20, 30])
    analysis = analyse(place, BOOK)
    assert analysis.origin_state.tolist() == [MAIN, ISLAND, UNSNAPPED]
    report = analysis.snapping()
    assert (report.main, report.island, report.unsnapped) == (1, 1, 1)
    assert (report.residents_island, report.residents_unsnapped) == (20, 30)
    assert (report.islanded, report.unconnected) == (("door/1",), ("door/2",))
    row = next(row for row in analysis.coverage() if row.facility_type == "market")
    assert (row.origins, row.residents, row.covered) == (3, 60, 10)


def test_facility_on_an_island_serves_the_island():
    island = street(extra=[(0, 500, 200, 500, 0)])
    analysis = analyse(town([(100, 5), (100, 505)], [("market", 0, 505)], network=island), BOOK)
    assert np.isfinite(seconds(analysis, "adult", "market")).tolist() == [False, True]
    assert analysis.facility_state.tolist() == [ISLAND]


def test_persona_is_weighed_by_its_own_population():
    place = town([(100, 0), (1900, 0)], [("market", 0, 0)], residents=[10, 10], columns={"residents_60_plus": [1, 3]})
    analysis = analyse(place, BOOK)
    market = analysis.types.index("market")
    assert analysis.shares("adult", 15)[market] == pytest.approx(0.5)
    assert analysis.shares("elder", 15)[market] == pytest.approx(0.25)
    assert analysis.shares("frail", 15)[market] == pytest.approx(0.5), "no column of 80+: all residents stand in"


def test_coverage_has_a_row_for_every_type_persona_and_minutes():
    analysis = analyse(town([(100, 0)], [("market", 0, 0)]), BOOK, personas=["elder", "child"])
    rows = analysis.coverage()
    assert len(rows) == len(analysis.types) * 2 * 3
    assert {row.minutes for row in rows} == {5, 10, 15}
    assert all(row.share == (row.covered or 0) / (row.residents or 1) for row in rows)


def test_score_is_the_mean_over_required_types_that_the_data_know():
    shops = [("bank", 0, 0), ("kindergarten", 0, 0)]
    kinds = set(BOOK.facility_types)
    place = town([(100, 0), (700, 0)], shops, residents=[1, 3], unmapped=kinds - {"bank", "kindergarten"})
    analysis = analyse(place, BOOK)
    assert set(analysis.scored) == {"bank", "kindergarten"}
    bank = 1.0  # within 10 minutes both: 700 m at 1.3 m/s are 9 minutes
    kindergarten = 0.25  # within 5 minutes only the first
    assert analysis.score("adult") == pytest.approx((bank + kindergarten) / 2)
    assert analysis.score("adult", minutes=15) == pytest.approx(1)
    assert analysis.lacking("adult").tolist() == [0, 1]


def test_a_type_known_to_be_absent_lowers_the_score():
    everything_known = analyse(town([(100, 0)], [("bank", 0, 0)]), BOOK)
    assert everything_known.score("adult") == pytest.approx(1 / len(BOOK.lifecircle().required))


def test_committees_apart():
    place = town([(100, 0), (200, 0), (1900, 0)], [("market", 0, 0)], residents=[1, 3, 5], groups=[0, 1, 1])
    analysis = analyse(place, BOOK)
    market = analysis.types.index("market")
    np.testing.assert_allclose(analysis.shares_by_group("adult", 15)[:, market], [1, 3 / 8])
    scores = analysis.score_by_group("adult", minutes=15)
    assert scores[0] > scores[1]
    assert analysis.score("adult", 15) == pytest.approx((scores[0] * 1 + scores[1] * 8) / 9)


def test_left_out_names_most_people_first():
    place = town([(100, 0), (1900, 0), (1950, 0), (2000, 0)], [("market", 0, 0)], residents=[9, 1, 5, 0])
    assert analyse(place, BOOK).left_out("adult", "market", 15).tolist() == [2, 1]


def test_town_without_facilities_reaches_nothing():
    analysis = analyse(town([(100, 0)], []), BOOK)
    assert np.isinf(analysis.seconds).all()
    assert analysis.score("adult") == 0


@pytest.mark.parametrize("asked", [{"personas": ["ghost"]}, {"standard": "gb1"}, {"types": ["palace"]}])
def test_what_the_rule_book_does_not_have_refuses(asked):
    with pytest.raises(KeyError):
        analyse(town([(100, 0)], []), BOOK, **asked)


def test_network_without_a_plane_refuses():
    bare = WalkNetwork.from_edges([0, 1], [0, 0], [0], [1], [1])
    with pytest.raises(ValueError, match="no projection"):
        analyse(town([(100, 0)], [], network=bare), BOOK)


def test_origins_of_unequal_columns_refuse():
    with pytest.raises(ValueError, match="2 rows"):
        town([(100, 0), (200, 0)], [], residents=[1])
