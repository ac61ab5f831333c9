"""An extract in a notebook: the figures of the command, by node of one network."""

from datetime import date
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from xiuhua.engine import reach
from xiuhua.ground import standards
from xiuhua.ground.sources.osm import read_extract
from xiuhua.ground.verdicts import Refused
from xiuhua.programmes.lifecircle.analysis import LONGEST_MINUTES, UNSNAPPED, analyse, on_foot, town_of_extract

TONGJI = Path(__file__).parents[3] / "samples" / "shanghai-tongji.osm.pbf"


@pytest.fixture(scope="module")
def quarter():
    return on_foot(TONGJI, "elder")


def test_walks_are_those_of_the_command(quarter):
    book = standards.on(date.max)
    extract = read_extract(TONGJI, facility_types=book.facility_types, building_defaults=book.buildings)
    found = analyse(town_of_extract(extract, book).town, book, personas=["elder"])
    seconds = found.seconds[0, found.origin_state != UNSNAPPED, found.types.index("market")]
    walker = book.personas["elder"].persona
    metres = quarter.at_homes(reach.nearest(quarter.net, quarter.facilities["market"], 3000))
    near = np.isfinite(seconds)
    assert near.sum() > 50
    np.testing.assert_allclose(metres[near] / walker.speed_m_s, seconds[near], rtol=1e-6)
    assert metres[~near].min(initial=np.inf) > LONGEST_MINUTES * 60 * walker.speed_m_s


def test_everybody_is_on_the_map_once(quarter):
    table = quarter.map(door=quarter.door_m)
    assert table.crs == "EPSG:4326"
    assert list(table.columns) == ["residents", "door", "geometry"]
    assert table.residents.sum() == pytest.approx(quarter.demand.sum())
    assert quarter.without_way == 0
    assert set(table.geometry.geom_type) == {"Polygon"}


def test_a_link_may_end_on_ways_and_not_at_doors(quarter):
    ground = quarter.ground()
    doors = np.concatenate(list(quarter.facilities.values()))
    assert ground["may_end"].sum() > 100
    assert not ground["may_end"][np.isin(quarter.net.v, doors)].any()
    assert 0 < ground["roads"].sum() < quarter.net.edge_count
    assert len(ground["obstacles"]) >= 227
    assert len(ground["walls"]) > 0


def test_values_that_fit_no_home_are_refused(quarter):
    with pytest.raises(ValueError, match="column metres must have"):
        quarter.map(metres=[1.0, 2.0])
    with pytest.raises(ValueError, match="metres must have"):
        quarter.at_homes(np.zeros(3))


def test_homes_on_islands_are_told_apart_and_missing_on_the_map(quarter):
    far = quarter.at_homes(reach.nearest(quarter.net, quarter.facilities["metro"], 100_000))
    assert quarter.on_island.any()
    assert not np.isfinite(far[quarter.on_island]).any()
    assert quarter.map(metres=far).metres.isna().sum() == (~np.isfinite(far)).sum()


def test_who_walks_stands_in_the_rule_book():
    with pytest.raises(ValueError, match=r"persona must be one of .*adult.* not 'giant'"):
        on_foot(TONGJI, "giant")


def test_residents_by_a_grid_as_the_command_takes_it(tmp_path):
    cells = [shapely.box(lon, 31.28, lon + 0.006, 31.29) for lon in (121.49, 121.496)]
    grid = geopandas.GeoDataFrame({"people": [3000.0, 0.0]}, geometry=cells, crs=4326)
    grid.to_file(tmp_path / "grid.gpkg")
    gridded = on_foot(TONGJI, residents=f"{tmp_path / 'grid.gpkg'}:people")
    living = gridded.map()[gridded.residents > 0]
    assert gridded.residents.sum() == pytest.approx(3000)
    assert living.representative_point().x.max() < 121.497


def test_a_file_that_is_no_map_is_refused(tmp_path):
    (tmp_path / "map.osm.pbf").write_bytes(b"no map")
    with pytest.raises(Refused):
        on_foot(tmp_path / "map.osm.pbf")
