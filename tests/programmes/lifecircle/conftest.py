from collections.abc import Iterator

import pytest
from django.test import Client
from shapely import box

from programmes.lifecircle.town import MORNING, NIGHT, placed, town_plan
from xiuhua.ground.journal.actors import System
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory import actions
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.lifecircle import queries
from xiuhua.programmes.lifecircle.actions import run_analysis
from xiuhua.programmes.lifecircle.models import Run

SYSTEM = System("test")


@pytest.fixture(autouse=True)
def _forget_analyses() -> Iterator[None]:
    """Runs are kept in memory by their number, and numbers come again after a test is rolled back."""
    yield
    queries.forget_analyses()


@pytest.fixture
def client(worker_of, client_of) -> Client:
    """A browser of the community planner."""
    return client_of(worker_of(Role.COMMUNITY_PLANNER, "310107014"))


@pytest.fixture
def subdistrict(db, noon) -> Subdistrict:
    area = placed(box(-500, -300, 2500, 800))
    founded = actions.found_subdistrict(
        actor=SYSTEM, code="310107014", name="试验街道", area=area, invented=True
    ).subject
    actions.lay_out(actor=SYSTEM, subdistrict=founded, plan=town_plan())
    return founded


@pytest.fixture
def night(subdistrict) -> Run:
    """Tuesday 22:00: the side gate is shut."""
    return run_analysis(actor=SYSTEM, subdistrict=subdistrict, hour=NIGHT).subject


@pytest.fixture
def morning(night) -> Run:
    """Tuesday 10:00, the newest run."""
    return run_analysis(actor=SYSTEM, subdistrict=night.subdistrict, hour=MORNING).subject
