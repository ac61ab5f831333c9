"""On the Chengdu extract the first gate to open is one that is locked, as anybody who stood before it would say."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely

from xiuhua.engine import links
from xiuhua.ground import standards
from xiuhua.ground.sources.osm import read_extract
from xiuhua.programmes.lifecircle.analysis import TUESDAY_10, join, town_of_extract

EXTRACT = Path(__file__).parents[2] / "samples" / "chengdu-qingyang.osm.pbf"


@pytest.fixture(scope="module")
def quarter():
    """The network as an older person walks it, who lives where, and the outlines of buildings in metres."""
    book = standards.on(date(2026, 12, 1))
    extract = read_extract(EXTRACT, facility_types=book.facility_types, building_defaults=book.buildings)
    town = town_of_extract(extract, book).town
    joined = join(town, book.personas["adult"].persona, TUESDAY_10, book.buildings.snap_limit_m.number)
    net = joined.network.impedance(book.personas["elder"].persona, TUESDAY_10)
    home = joined.origin_node >= 0
    residents = np.bincount(joined.origin_node[home], town.origins.weights["residents"][home], net.node_count)
    markets = joined.facility_node[(np.array(town.facilities.facility_type) == "market") & (joined.facility_node >= 0)]
    flat = shapely.transform(
        extract.buildings.outline, lambda at: np.column_stack(net.projection.forward(at[:, 0], at[:, 1]))
    )
    ways = np.arange(net.edge_count) < net.edge_count - int((joined.facility_node >= 0).sum())
    return net, residents, markets, flat, ways


def nearest_to(found, lon, lat):
    """The proposal that lies nearest to a place, and how far from it."""
    x, y = found.network.projection.forward(np.array([lon]), np.array([lat]))
    middle_x, middle_y = found.network.x[found.ends].mean(axis=1), found.network.y[found.ends].mean(axis=1)
    metres = np.hypot(middle_x - x[0], middle_y - y[0])
    return int(metres.argmin()), metres.min()


def test_the_locked_east_gate_of_the_peoples_park(quarter):
    """人民公园东大门: the market at the other side of the park is nearer through it for a third of the residents."""
    net, residents, markets, buildings, ways = quarter
    found = links.propose(net, may_end=ways, obstacles=buildings)
    gate, metres = nearest_to(found, 104.05779, 30.65881)
    assert metres < 2
    assert found.gap_m[gate] < 0.5
    assert found.walk_m[gate] == pytest.approx(533, abs=30)
    worth = links.evaluate(
        found.network, found.ends, found.spread(residents), markets, limit=1500, length=found.gap_m, speed_m_s=1.07
    )
    assert worth.order[0] == gate
    assert worth.minutes[gate] == pytest.approx(10_600, rel=0.1)
    assert worth.residents[gate] == pytest.approx(12_700, rel=0.1)


def test_a_lane_behind_offices_that_ends_short_of_the_street(quarter):
    """字库街 ends 57 m from 东城根上街, and the way round is 590 m."""
    net, _, _, buildings, ways = quarter
    found = links.propose(net, may_end=ways, obstacles=buildings)
    lane, metres = nearest_to(found, 104.05845, 30.66471)
    assert metres < 30
    assert 40 < found.gap_m[lane] < 60
    assert found.walk_m[lane] == pytest.approx(590, abs=60)
