"""Two committees with a household each, of people whose names, telephones and identity numbers no page says unasked."""

from dataclasses import dataclass, replace

import pytest

from ground.territory.people import BOY, GRANNY, STRANGER
from xiuhua.ground.accounts.actions.residents import open_own
from xiuhua.ground.journal.actors import System, Visitor
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory import actions
from xiuhua.ground.territory.models import Building, Committee, Household, Resident, Stairwell
from xiuhua.ground.territory.plan import HouseholdPlan, StairwellPlan, TerritoryPlan

SYSTEM = System("test")


@dataclass(frozen=True)
class Town:
    """Rows of the two committees: `west` is where the tests work, `east` what they must not see."""

    subdistrict: object
    west: Committee
    east: Committee
    house: Building
    stairwell: Stairwell
    household: Household
    granny: Resident
    boy: Resident
    other_house: Building
    other_stairwell: Stairwell
    other_household: Household
    stranger: Resident


def whole_plan(plan: TerritoryPlan) -> TerritoryPlan:
    """The plan of the ground's tests, with a household in its second committee too."""
    loose = StairwellPlan("s2", "loose", "枣阳路 9 号", (121.415, 31.23), 3, 1, has_lift=True)
    return replace(
        plan,
        stairwells=(*plan.stairwells, loose),
        households=(*plan.households, HouseholdPlan("h2", "s2", 2, "201", 60.0, "租赁")),
        residents=(GRANNY, BOY, STRANGER),
    )


@pytest.fixture
def town(subdistrict, plan, noon) -> Town:
    actions.lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=whole_plan(plan))
    west, east = Committee.objects.order_by("path")
    granny, boy, stranger = Resident.objects.order_by("path")
    return Town(
        subdistrict,
        west,
        east,
        Building.objects.get(key="house"),
        granny.household.stairwell,
        granny.household,
        granny,
        boy,
        Building.objects.get(key="loose"),
        stranger.household.stairwell,
        stranger.household,
        stranger,
    )


@pytest.fixture
def worker(town, staff):
    """A grid worker of the western committee."""
    return staff(Role.GRID_WORKER, at=town.west)


@pytest.fixture
def desk(worker, client_of):
    """The grid worker's browser."""
    return client_of(worker)


@pytest.fixture
def dweller(db):
    """Someone who has shown that a telephone is theirs, and is bound to no household yet."""
    return open_own(actor=Visitor(), phone="15412345678").subject
