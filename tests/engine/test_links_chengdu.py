"""On the Chengdu extract the first gate to open is one that is locked, as anybody who stood before it would say."""

from pathlib import Path

import numpy as np
import pytest

from xiuhua.engine import links
from xiuhua.programmes.lifecircle.analysis import on_foot

EXTRACT = Path(__file__).parents[2] / "samples" / "chengdu-qingyang.osm.pbf"


@pytest.fixture(scope="module")
def town():
    return on_foot(EXTRACT, "elder")


@pytest.fixture(scope="module")
def found(town):
    ground = town.ground()
    return links.propose(town.net, may_end=ground["may_end"], obstacles=ground["obstacles"])


def nearest_to(found, lon, lat):
    """The proposal that lies nearest to a place, and how far from it."""
    x, y = found.network.projection.forward(np.array([lon]), np.array([lat]))
    middle_x, middle_y = found.network.x[found.ends].mean(axis=1), found.network.y[found.ends].mean(axis=1)
    metres = np.hypot(middle_x - x[0], middle_y - y[0])
    return int(metres.argmin()), metres.min()


def test_the_locked_east_gate_of_the_peoples_park(town, found):
    """人民公园东大门: the market at the other side of the park is nearer through it for a third of the residents."""
    gate, metres = nearest_to(found, 104.05779, 30.65881)
    assert metres < 2
    assert found.gap_m[gate] < 0.5
    assert found.walk_m[gate] == pytest.approx(533, abs=30)
    worth = links.evaluate(
        found.network,
        found.ends,
        found.spread(town.demand),
        town.facilities["market"],
        limit=1500,
        length=found.gap_m,
        speed_m_s=town.speed_m_s,
    )
    assert worth.order[0] == gate
    assert worth.minutes[gate] == pytest.approx(10_600, rel=0.1)
    assert worth.residents[gate] == pytest.approx(12_700, rel=0.1)


def test_a_lane_behind_offices_that_ends_short_of_the_street(found):
    """字库街 ends 57 m from 东城根上街, and the way round is 590 m."""
    lane, metres = nearest_to(found, 104.05845, 30.66471)
    assert metres < 30
    assert 40 < found.gap_m[lane] < 60
    assert found.walk_m[lane] == pytest.approx(590, abs=60)
