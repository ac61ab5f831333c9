"""What the extracts that come with the project contain, so that a reader that loses something is found out."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from xiuhua.engine.network import Flag
from xiuhua.ground import standards
from xiuhua.ground.sources.osm import Extract, read_extract

SAMPLES = Path(__file__).parents[3] / "samples"


def extract_of(name: str) -> Extract:
    book = standards.on(date(2023, 8, 3))
    return read_extract(SAMPLES / name, facility_types=book.facility_types, building_defaults=book.buildings)


@pytest.fixture(scope="module")
def chengdu() -> Extract:
    return extract_of("chengdu-qingyang.osm.pbf")


@pytest.fixture(scope="module")
def tongji() -> Extract:
    return extract_of("shanghai-tongji.osm.pbf")


def test_chengdu_network(chengdu):
    counts = chengdu.counts
    assert (counts["nodes"], counts["edges"], counts["walked_ways"]) == (2196, 2844, 461)
    assert (counts["gates"], counts["gates_closed"], counts["private_ways"], counts["pockets"]) == (14, 1, 6, 2)
    assert (counts["plazas"], counts["crossings"], counts["cut_ways"], counts["broken_areas"]) == (11, 23, 0, 0)
    assert (chengdu.network.flags & Flag.GATE > 0).sum() == 13
    assert chengdu.network.length_dm.sum() / 10_000 == pytest.approx(113.2, abs=0.1)


def test_chengdu_buildings(chengdu):
    assert len(chengdu.buildings) == 1033
    assert int((chengdu.buildings.levels > 0).sum()) == 219
    assert (chengdu.buildings.floor_area_m2 > 0).all()
    assert chengdu.buildings.use.count("residential") > 368


def test_chengdu_facilities_and_landscape(chengdu):
    found = Counter(chengdu.facilities.facility_type)
    assert (found["metro"], found["bus_stop"], found["bank"]) == (13, 42, 13)
    assert "人民公园" in chengdu.facilities.name
    stations = {
        (one, name)
        for one, kind, name in zip(
            chengdu.facilities.facility_id, chengdu.facilities.facility_type, chengdu.facilities.name, strict=True
        )
        if kind == "metro"
    }
    assert sorted(name for _one, name in stations) == ["B口", "天府广场", "骡马市"], "thirteen entrances of three"
    assert (found["health_station"], found["canteen"], found["sports_ground_small"]) == (0, 0, 1), (
        "no hospital departments, no buffet, no school's pitches"
    )
    drawn = Counter(thing.kind for thing in chengdu.landscape)
    assert (drawn["quarter"], drawn["gate"], drawn["water"]) == (19, 15, 3)
    assert len(chengdu.walls) == 9


def test_tongji(tongji):
    counts = tongji.counts
    assert (counts["nodes"], counts["edges"], counts["buildings"]) == (770, 859, 226)
    assert (counts["gates"], counts["gates_private"], counts["gates_closed"]) == (14, 1, 1)
    assert (counts["private_ways"], counts["pockets"]) == (2, 1)
    assert len(tongji.walls) == 10


def test_tongji_is_in_shanghai(tongji):
    assert tongji.network.projection is not None
    assert (tongji.network.projection.lon0, tongji.network.projection.lat0) == pytest.approx(
        (121.4965, 31.2843), abs=0.01
    )
