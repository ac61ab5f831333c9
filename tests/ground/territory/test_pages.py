"""The object pages: what each says to whom, and that a guessed number of another committee is no page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from expectations import by_hand
from ground.territory.people import SECRETS
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Facility, Household, MicroGrid, Resident, Subdistrict


def address_of(kind, row) -> str:
    return f"/territory/{kind}/{row.pk}/"


def shown(reader, kind, row) -> str:
    response = reader.get(address_of(kind, row))
    assert response.status_code == 200
    return response.content.decode()


def test_a_subdistrict_shows_figures_committees_and_the_layers_of_the_reader(town, desk):
    page = shown(desk, "subdistricts", town.subdistrict)
    assert all(words in page for words in ("试验街道", "西村", "只列出你看得到的范围", "/building.geojson"))
    assert "东村" not in page
    assert "/network.geojson" not in page


def test_who_sees_all_of_it_is_not_told_otherwise(town, staff, client_of):
    page = shown(client_of(staff(Role.SECTION_HEAD, at=town.subdistrict)), "subdistricts", town.subdistrict)
    assert "只列出你看得到的范围" not in page
    assert "东村" in page


def test_pages_are_about_the_subdistrict_that_was_opened_last(town, desk, worker, staff, client_of):
    with by_hand():
        other = Subdistrict.objects.create(
            path="310107015", name="别的街道", geometry=town.west.geometry, west=0, south=0, east=1, north=1
        )
    both = client_of(staff(Role.LEADER, at=town.subdistrict, also=((Role.LEADER, other),)))
    assert both.get("/territory/").headers["Location"] == address_of("subdistricts", town.subdistrict)
    assert "别的街道" in shown(both, "subdistricts", town.subdistrict)
    shown(both, "subdistricts", other)
    assert both.get("/territory/").headers["Location"] == address_of("subdistricts", other)


def test_home_without_a_subdistrict_says_what_to_do(worker_of, client_of):
    page = client_of(worker_of(Role.LEADER, "310107014")).get("/territory/").content.decode()
    assert "还没有街道" in page


def test_a_committee_names_who_keeps_it_and_its_micro_grids(town, desk, worker):
    page = shown(desk, "committees", town.west)
    assert all(words in page for words in ("西村居委会", "张三（微网格长）", "第 1 微网格"))


def test_a_micro_grid_shows_its_buildings_on_a_plan(town, desk):
    page = shown(desk, "micro-grids", MicroGrid.objects.get())
    assert "枣阳路 1 号" in page
    assert 'class="tr-own"' in page
    assert f"/territory/buildings/{town.house.pk}/" in page


def test_a_building_shows_its_doors_and_facts(town, desk):
    page = shown(desk, "buildings", town.house)
    assert all(words in page for words in ("2,400 平方米", "1984", 'class="tr-door"', "枣阳路</text>"))
    assert f"/territory/stairwells/{town.stairwell.pk}/" in page
    assert f"/territory/buildings/{town.other_house.pk}/" not in page


def test_a_plan_is_drawn_where_nothing_else_lies(town, desk):
    with by_hand():
        town.subdistrict.landscape.all().delete()
    assert 'class="tr-own"' in shown(desk, "buildings", town.house)


def test_a_stairwell_stands_floor_by_floor(town, desk):
    page = shown(desk, "stairwells", town.stairwell)
    assert page.index("6 层") < page.index("1 层")
    assert all(words in page for words in ("501<small>2 人", "王**", "82 岁", "is-very-old", "没有登记"))
    assert page.count("d-flat") == 12


def test_who_sees_homes_but_not_people_gets_numbers(town, staff, client_of):
    page = shown(client_of(staff(Role.LIFT_COORDINATOR, at=town.west)), "stairwells", town.stairwell)
    assert "501<small>2 人" in page
    assert "王**" not in page


def test_who_sees_places_only_gets_floors(town, staff, client_of):
    page = shown(client_of(staff(Role.CENTRE_STAFF, at=town.west)), "stairwells", town.stairwell)
    assert "501" not in page
    assert page.count("is-empty") == 12


def test_a_household_without_sight_of_people_says_how_many(town, staff, client_of):
    page = shown(client_of(staff(Role.LIFT_COORDINATOR, at=town.west)), "households", town.household)
    assert "2 人，其中 60 岁以上 1 人" in page
    assert "王" not in page


def test_a_household_and_a_resident_are_masked(town, desk):
    for page in (shown(desk, "households", town.household), shown(desk, "residents", town.granny)):
        assert "154****5678" in page
        assert not [secret for secret in SECRETS if secret in page]


def test_a_child_and_the_very_old_are_marked(town, desk):
    assert "未满 14 周岁" in shown(desk, "residents", town.boy)
    assert "80 岁以上" in shown(desk, "residents", town.granny)


def test_a_facility_says_what_it_is_and_where_one_walks_in(town, desk):
    page = shown(desk, "facilities", Facility.objects.get())
    assert all(words in page for words in ("枣阳菜场", "2 个", "900 平方米"))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("committees", "east"),
        ("buildings", "other_house"),
        ("stairwells", "other_stairwell"),
        ("households", "other_household"),
        ("residents", "stranger"),
    ],
)
def test_a_guessed_number_of_another_committee_is_no_page(town, desk, kind, name):
    assert desk.get(address_of(kind, getattr(town, name))).status_code == 404


@pytest.mark.parametrize(
    ("role", "kind", "name"),
    [
        (Role.CENTRE_STAFF, "households", "household"),
        (Role.CENTRE_STAFF, "residents", "granny"),
        (Role.LIFT_COORDINATOR, "residents", "granny"),
        (Role.AUDIT_ADMIN, "buildings", "house"),
    ],
)
def test_a_kind_of_thing_that_a_role_does_not_see_is_forbidden(town, staff, client_of, role, kind, name):
    assert client_of(staff(role, at=town.west)).get(address_of(kind, getattr(town, name))).status_code == 403


def test_a_visitor_is_led_to_the_door(client, town):
    response = client.get(address_of("residents", town.granny))
    assert response.status_code == 302
    assert "/sign-in/" in response.headers["Location"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [("subdistricts", "subdistrict"), ("committees", "west"), ("buildings", "house"), ("stairwells", "stairwell")],
)
def test_a_page_asks_as_often_for_a_hundred_as_for_two(town, desk, kind, name):
    row = getattr(town, name)
    shown(desk, kind, row)
    with CaptureQueriesContext(connection) as few:
        shown(desk, kind, row)
    with by_hand():
        homes = Household.objects.bulk_create(
            Household(stairwell=town.stairwell, path=f"{town.stairwell.path}{n:04d}", floor=1 + n % 6, room=f"{n}")
            for n in range(2, 100)
        )
        Resident.objects.bulk_create(
            Resident(household=one, path=f"{one.path}01", name="李四", birth_year=1950, sex="m") for one in homes
        )
    with CaptureQueriesContext(connection) as many:
        shown(desk, kind, row)
    assert len(many) == len(few)
