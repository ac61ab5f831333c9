"""Six stairwells, brought to their stages by verbs: four of one block, one alone, one elsewhere."""

from dataclasses import replace
from datetime import date

import pytest
from shapely import box

from xiuhua.ground.journal.actors import System
from xiuhua.ground.territory.actions import lay_out
from xiuhua.ground.territory.models import Committee, Subdistrict
from xiuhua.ground.territory.plan import StairwellPlan, TerritoryPlan
from xiuhua.programmes.lifts import actions
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.rules.centres import CentreFacts

SYSTEM = System("test")
FIRST, LAST = date(2023, 1, 1), date(2023, 6, 30)
SNAG = "102 室担心采光，赵老师不同意"
MOVES = ("begin", "design", "agree", "sign", "build", "finish", "hand_over")
PAST = {
    "1 号": ("2021-03-01", "2021-04-20", "2021-06-01", "2021-08-15", "2021-11-02", "2022-03-01", "2022-04-08"),
    "2 号": ("2022-09-01", "2022-11-01", "2023-01-20", "2023-03-10"),
    "3 号": ("2022-05-01", "2022-07-01", "2022-09-20", "2022-12-10", "2023-05-06"),
    "4 号": ("2022-10-01", "2022-12-01", "2023-02-20", "2023-04-10"),
    "9 号": ("2022-10-01", "2022-12-01", "2023-02-20", "2023-06-01"),
}
"""Days of the moves of each; the fourth is then set aside, and the sixth, elsewhere, has never begun."""


@pytest.fixture
def programme(noon, subdistrict, plan: TerritoryPlan) -> Subdistrict:
    """The town with its six stairwells, two sub-centres, and a snag where one is stuck."""
    lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=_with_block(plan))
    actions.open_dossiers(actor=SYSTEM, subdistrict=subdistrict)
    for name, days in PAST.items():
        dossier = Dossier.objects.get(stairwell__name__endswith=name, stairwell__building__name__startswith="枣阳")
        history = [(move, date.fromisoformat(day)) for move, day in zip(MOVES, days, strict=False)]
        actions.take_over(actor=SYSTEM, dossier=dossier, history=history)
    actions.set_aside(actor=SYSTEM, dossier=at_door("4 号"), on=date(2023, 6, 20), reason="两户改了主意")
    actions.note_snag(actor=SYSTEM, dossier=at_door("9 号"), words=SNAG)
    for number, committee in enumerate(Committee.objects.order_by("path")):
        facts = CentreFacts(f"{committee.name}分中心", "枣阳路 2 号", "021-00000000", "9:00 至 17:00")
        opened_on = date(2022 + number, 9, 1) if number == 0 else date(2023, 7, 5)
        actions.open_centre(actor=SYSTEM, path=committee.path, facts=facts, opened_on=opened_on)
    return subdistrict


def at_door(name: str) -> Dossier:
    """The dossier of a door of 枣阳路."""
    return Dossier.objects.get(stairwell__name=name, stairwell__building__name__startswith="枣阳")


def _with_block(plan: TerritoryPlan) -> TerritoryPlan:
    house = replace(plan.buildings[0], name="枣阳路", quarter="枣阳新村")
    alone = replace(
        house,
        key="alone",
        name="枣阳支路",
        quarter="孤楼",
        door=(121.4025, 31.232),
        outline=box(121.402, 31.232, 121.403, 31.2321),
    )
    east = replace(
        house,
        key="east",
        name="白玉路",
        quarter="",
        micro_grid=None,
        door=(121.4155, 31.23),
        outline=box(121.415, 31.23, 121.416, 31.2301),
    )
    door = plan.stairwells[0]
    doors = [replace(door, key=f"s{n}", name=f"{n} 号", door=(121.404 + n / 5000, 31.23)) for n in (1, 2, 3, 4)]
    others = [
        StairwellPlan("s9", "alone", "9 号", (121.4025, 31.232), 6, 2, has_lift=False, lift_suitable=True),
        StairwellPlan("s8", "east", "8 号", (121.4155, 31.23), 6, 2, has_lift=False, lift_suitable=True),
    ]
    return replace(
        plan,
        buildings=(house, alone, east, plan.buildings[1]),
        stairwells=(*doors, *others),
        households=(),
        residents=(),
    )
