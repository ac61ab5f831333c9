"""One small plan for all tests of the drawing."""

import pytest

from xiuhua.demo.plan import draw_plan
from xiuhua.ground.territory.plan import TerritoryPlan

SMALL = 0.05


@pytest.fixture(scope="session")
def small_plan() -> TerritoryPlan:
    return draw_plan(7, SMALL)
