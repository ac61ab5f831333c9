from datetime import date

import pytest

from expectations import forbidden, refused
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.models import Centre
from xiuhua.programmes.lifts.rules.centres import CentreFacts

FACTS = CentreFacts("西村加梯分中心", "枣阳路 1 号", "021-52810000", "周一至周五")
DAY = date(2021, 3, 1)


@pytest.fixture
def centre(section_head, west) -> Centre:
    return actions.open_centre(actor=section_head, path=west.path, facts=FACTS, opened_on=DAY).subject


def test_there_is_one_at_a_place(centre, section_head, west):
    assert centre.is_sub_centre
    with refused("已经有一个中心"):
        actions.open_centre(actor=section_head, path=west.path, facts=FACTS, opened_on=DAY)


def test_it_closes_after_it_opened_and_once(centre, section_head):
    with refused("日期不对"):
        actions.close_centre(actor=section_head, centre=centre, closed_on=date(2020, 1, 1))
    actions.close_centre(actor=section_head, centre=centre, closed_on=date(2023, 7, 1))
    with refused("已经撤并了"):
        actions.close_centre(actor=section_head, centre=centre, closed_on=date(2023, 7, 2))


def test_a_sub_centres_coordinator_opens_none(coordinator, west):
    with forbidden():
        actions.open_centre(actor=coordinator, path=west.path, facts=FACTS, opened_on=DAY)
