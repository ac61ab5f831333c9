"""A small town for programmes to work in."""

import pytest

from ground.conftest import plan, subdistrict  # noqa: F401 - fixtures
from xiuhua.ground.journal.actors import System
from xiuhua.ground.territory import actions
from xiuhua.ground.territory.models import Committee, Subdistrict


@pytest.fixture
def town(noon, subdistrict, plan) -> Subdistrict:  # noqa: F811
    """Two committees: 西村 and 东村."""
    actions.lay_out(actor=System("test"), subdistrict=subdistrict, plan=plan)
    return subdistrict


@pytest.fixture
def west(town) -> Committee:
    return Committee.objects.get(name="西村")


@pytest.fixture
def east(town) -> Committee:
    return Committee.objects.get(name="东村")
