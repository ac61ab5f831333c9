"""One small plan for all tests of the drawing; one demonstration on record for all tests of a file."""

from collections.abc import Iterator

import pytest
from django.test import TestCase

from xiuhua.demo import build as demo
from xiuhua.demo.plan import draw_plan
from xiuhua.ground import clock
from xiuhua.ground.progress import silent
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.territory.plan import TerritoryPlan

SMALL, SEED = 0.05, 7


@pytest.fixture(scope="session")
def small_plan() -> TerritoryPlan:
    return draw_plan(SEED, SMALL)


@pytest.fixture(scope="module")
def _standing(django_db_setup, django_db_blocker, tmp_path_factory, small_plan) -> Iterator[Subdistrict]:
    """The demonstration with its year, in a transaction that is taken back after the file's last test."""
    from django.conf import settings

    patch, real = pytest.MonkeyPatch(), clock.now()
    patch.setattr(settings, "DATA", tmp_path_factory.mktemp("demonstration"))
    patch.setattr(demo, "draw_plan", lambda seed, scale, progress: small_plan)
    with django_db_blocker.unblock():
        held = TestCase._enter_atomics()
        try:
            yield demo.build(seed=SEED, scale=SMALL, progress=silent)
        finally:
            TestCase._rollback_atomics(held)
            patch.undo()
            clock.start_at(real, real)


@pytest.fixture
def built(_standing, db) -> Subdistrict:
    """The demonstration on record; what a test changes is taken back after it."""
    return _standing
