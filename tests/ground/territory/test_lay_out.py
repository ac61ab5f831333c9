import itertools
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from expectations import by_hand
from xiuhua.ground.journal.actors import System, Visitor
from xiuhua.ground.journal.models import Entry
from xiuhua.ground.territory import queries
from xiuhua.ground.territory.actions import lay_out
from xiuhua.ground.territory.models import Building, Committee, Facility, Household, Resident, Stairwell
from xiuhua.ground.territory.plan import TerritoryPlan
from xiuhua.ground.verdicts import Refused

SYSTEM = System("test")


def test_a_plan_goes_on_record_whole(subdistrict, plan):
    lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=plan)
    census = queries.census(subdistrict, 2023)
    assert (census.committees, census.buildings, census.stairwells, census.households) == (2, 2, 1, 1)
    assert (census.residents, census.residents_60_plus, census.facilities) == (2, 1, 1)
    assert census.committee_names == ["西村", "东村"]
    assert queries.network_on_record(subdistrict.networks.latest()).digest() == plan.network.digest()
    assert Entry.objects.get(verb="territory.lay_out").facts["residents"] == 2


def test_each_hangs_below_the_one_it_belongs_to(subdistrict, plan):
    lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=plan)
    resident = Resident.objects.get(birth_year=1941)
    chain = [resident.household, resident.household.stairwell, resident.household.stairwell.building]
    chain += [chain[-1].micro_grid, chain[-1].committee, subdistrict]
    paths = [resident.path, *(node.path for node in chain)]
    assert all(below.startswith(above) for below, above in itertools.pairwise(paths))
    assert set(Resident.objects.under(chain[3].path)) == set(Resident.objects.all())


def test_a_building_without_micro_grid_belongs_to_the_committee_around_its_door(subdistrict, plan):
    lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=plan)
    loose = Building.objects.get(key="loose")
    assert loose.committee == Committee.objects.get(name="东村")
    assert loose.path.startswith(loose.committee.path)


def test_residents_are_counted_by_the_groups_that_personas_stand_for(subdistrict, plan):
    lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=plan)
    counted = queries.residents_by_building(subdistrict, 2023)
    assert counted == {
        Building.objects.get(key="house").pk: {
            "residents": 2,
            "residents_60_plus": 1,
            "residents_80_plus": 1,
            "children_6_12": 1,
            "children_0_3": 0,
        }
    }


def test_geometry_comes_back_as_it_went_in(subdistrict, plan):
    lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=plan)
    house = Building.objects.get(key="house")
    assert house.geometry.equals(plan.buildings[0].outline)
    assert (house.west, house.north) == (121.404, 31.2301)
    assert list(Building.objects.touching(121.403, 31.229, 121.4041, 31.2301).values_list("key", flat=True)) == [
        "house",
        "loose",
    ]
    assert not Building.objects.touching(121.41, 31.22, 121.42, 31.24).exists()
    assert Facility.objects.get().entrances == [[121.41, 31.231], [121.411, 31.231]]


def test_a_subdistrict_is_laid_out_once(subdistrict, plan):
    lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=plan)
    with pytest.raises(Refused, match="已经有楼栋和路网"):
        lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=plan)


def test_an_empty_plan_is_refused(subdistrict, plan):
    with pytest.raises(Refused, match="没有读到楼栋"):
        lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=TerritoryPlan(network=plan.network))


def test_a_plan_that_breaks_a_constraint_leaves_nothing(subdistrict, plan):
    flawed = replace(plan, residents=(replace(plan.residents[0], birth_year=1066),))
    with pytest.raises(IntegrityError), by_hand(), transaction.atomic():
        lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=flawed)
    assert not Building.objects.exists()
    assert not subdistrict.networks.exists()


def test_a_visitor_may_not(subdistrict, plan):
    with pytest.raises(PermissionDenied):
        lay_out(actor=Visitor(), subdistrict=subdistrict, plan=plan)


@pytest.mark.parametrize(
    ("model", "key", "change"),
    [
        (Stairwell, {}, {"lift_suitable": False, "unsuitable_because": ""}),
        (Stairwell, {}, {"has_lift": True, "lift_suitable": True}),
        (Household, {}, {"floor": 0}),
        (Household, {}, {"living_area_m2": 0}),
        (Building, {"key": "house"}, {"levels": 0}),
        (Building, {"key": "house"}, {"use": "castle"}),
        (Facility, {}, {"floor_area_m2": -1}),
    ],
)
def test_the_database_refuses_what_cannot_be(subdistrict, plan, model, key, change):
    lay_out(actor=SYSTEM, subdistrict=subdistrict, plan=plan)
    with pytest.raises(IntegrityError), by_hand(), transaction.atomic():
        model.objects.filter(**key).update(**change)
