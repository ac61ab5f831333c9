"""Doors of the extracts that come with the project which were once joined to the wrong way."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely

from xiuhua.ground import standards
from xiuhua.ground.sources.area import require_overlap
from xiuhua.ground.sources.osm import Extract, read_extract
from xiuhua.programmes.lifecircle.analysis import MAIN, Analysis, analyse, town_of_extract

SAMPLES = Path(__file__).parents[3] / "samples"
BOOK = standards.on(date(2023, 8, 3))
ESTATE = shapely.Polygon(
    [
        (104.0549607, 30.6625828),
        (104.0566988, 30.6620429),
        (104.0579809, 30.6617291),
        (104.0579755, 30.6625689),
        (104.0566613, 30.6628689),
        (104.0551968, 30.6632842),
    ]
)


@pytest.fixture(scope="module")
def chengdu() -> Extract:
    return read_extract(
        SAMPLES / "chengdu-qingyang.osm.pbf", facility_types=BOOK.facility_types, building_defaults=BOOK.buildings
    )


@pytest.fixture(scope="module")
def analysis(chengdu) -> Analysis:
    return analyse(town_of_extract(chengdu, BOOK).town, BOOK, personas=["adult", "wheelchair"])


def test_every_door_is_on_the_main_part(analysis):
    assert (analysis.origin_state == MAIN).all()
    assert (analysis.facility_state == MAIN).all()


@pytest.mark.parametrize("building", ["way/1252894019", "way/1252894021", "way/1355617335"])
def test_homes_beside_a_footbridge_start_from_the_street(analysis, building):
    bank = analysis.seconds[:, list(analysis.town.origins.id).index(building), analysis.types.index("bank")]
    assert np.isfinite(bank).all(), "a wheelchair too, which the steps of the bridge would hold up"


def test_a_shop_next_door_is_not_reached_round_the_block(analysis):
    home = list(analysis.town.origins.id).index("way/1355408727")
    assert analysis.seconds[0, home, analysis.types.index("shop")] < 60


def test_a_boundary_with_homes_and_no_way_in_it_is_analysed(chengdu):
    require_overlap(ESTATE, chengdu.extent, area_name="estate.geojson", map_name="chengdu")
    assert len(town_of_extract(chengdu, BOOK, boundary=ESTATE).town.origins) == 16
