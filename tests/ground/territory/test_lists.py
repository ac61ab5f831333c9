"""The lists: what each shows, how it is searched and cut, what is taken away as a file."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from expectations import by_hand
from ground.territory.crowd import crowd
from ground.territory.people import GRANNY, SECRETS, STRANGER
from xiuhua.ground import clock
from xiuhua.ground.journal.models import Audience, Entry
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory.models import Facility, MicroGrid, Resident

LISTS = ["committees", "micro-grids", "buildings", "stairwells", "households", "residents", "facilities", "bindings"]


def page(desk, name, **asked):
    return desk.get(f"/territory/{name}/", asked).content.decode()


def sought(desk, name, words, **asked) -> str:
    """The address to which a search leads."""
    return desk.post(f"/territory/{name}/", {"q": words, **asked}).headers["Location"]


@pytest.mark.parametrize(
    ("name", "own", "others"),
    [
        ("committees", "西村", "东村"),
        ("micro-grids", "第 1 微网格", "第 2 微网格"),
        ("buildings", "枣阳路 1 号", "没有名字的楼"),
        ("stairwells", "枣阳路 1 号", "枣阳路 9 号"),
        ("households", "501室", "201室"),
        ("residents", "王**", "赵**"),
    ],
)
def test_a_list_shows_what_lies_in_the_reader_s_place_and_nothing_else(desk, name, own, others):
    shown = page(desk, name)
    assert own in shown
    assert others not in shown


def test_facilities_stand_where_they_are_or_belong_to_all(desk, town):
    assert "枣阳菜场" in page(desk, "facilities")
    with by_hand():
        Facility.objects.update(path=town.east.path)
    assert "枣阳菜场" not in page(desk, "facilities")


@pytest.mark.parametrize("name", LISTS)
def test_no_list_says_a_name_a_telephone_or_an_identity_number(desk, town, staff, client_of, name):
    for reader in (desk, client_of(staff(Role.SECTION_HEAD, at=town.subdistrict))):
        shown = page(reader, name)
        assert not [secret for secret in SECRETS if secret in shown]


def test_residents_are_masked_and_aged(desk):
    shown = page(desk, "residents")
    assert all(words in shown for words in ("王**", "154****5678", "3101**********", "82", "9", "枣阳路 1 号1 号501室"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("王秀英", True),
        ("王秀", False),
        ("15412345678", True),
        ("154-1234-5678", True),
        ("1541234567", False),
        (GRANNY.id_number, True),
        (GRANNY.id_number.lower(), True),
        (GRANNY.id_number[:-1], False),
        ("1号501", True),
        ("枣阳路 501", True),
        ("501室", True),
        ("502", False),
        ("西村", True),
        (STRANGER.name, False),
        (STRANGER.phone, False),
        (STRANGER.id_number, False),
    ],
)
def test_people_are_found_exactly_or_by_their_address(desk, words, found):
    shown = desk.get(sought(desk, "residents", words)).content.decode()
    assert ("王**" in shown) is found
    assert "赵**" not in shown


@pytest.mark.parametrize("name", ["residents", "households"])
def test_whom_one_seeks_stands_in_no_address(desk, name):
    address = sought(desk, name, GRANNY.phone, sort="-home", committee="", page="7")
    assert re.fullmatch(rf"/territory/{name}/\?sort=-home&find=[\w-]+", address)
    shown = desk.get(address).content.decode()
    assert f'value="{GRANNY.phone}"' in shown, "the box still says it"
    assert shown.count(GRANNY.phone) == 1 + ("没有找到" in shown)
    assert sought(desk, name, GRANNY.phone) == address.replace("sort=-home&", ""), "the same words, the same token"
    openly = desk.get(f"/territory/{name}/", {"q": GRANNY.phone, "sort": "-home"})
    assert openly.headers["Location"] == f"/territory/{name}/?sort=-home"


def test_filters_stay_in_the_address_while_one_seeks(desk):
    address = sought(desk, "residents", "枣阳路", age="80")
    assert "age=80" in address
    assert "1 行" in desk.get(address).content.decode()
    assert sought(desk, "residents", "", age="80") == "/territory/residents/?age=80"


def test_a_search_that_is_over_hands_out_no_file(desk, noon):
    address = sought(desk, "residents", "王秀英")
    with clock.stopped_at(noon + timedelta(minutes=29)):
        desk.get("/territory/residents/")
    with clock.stopped_at(noon + timedelta(minutes=30)):
        answer = desk.get(f"{address}&export=xlsx")
        assert answer.headers["Location"] == "/territory/residents/"
    assert not Entry.objects.filter(verb="territory.export_list").exists()


def test_the_list_is_cut_by_age_sex_committee_and_whether_they_left(desk, town):
    assert "1 行" in page(desk, "residents", age="80")
    assert "没有符合条件的" in page(desk, "residents", age="90")
    assert "1 行" in page(desk, "residents", sex="m")
    assert "没有符合条件的" in page(desk, "residents", state="left")
    assert "看不懂" in page(desk, "residents", committee=town.east.path)  # no committee of this reader's: no choice
    with by_hand():
        Resident.objects.filter(pk=town.boy.pk).update(left_at="2023-08-01T00:00:00Z")
    assert "1 行" in page(desk, "residents", state="left")
    assert "1 行" in page(desk, "residents")


def test_stairwells_are_cut_by_what_is_to_be_said_of_a_lift(town, staff, client_of):
    head = client_of(staff(Role.SECTION_HEAD, at=town.subdistrict))
    assert "枣阳路 9 号" in page(head, "stairwells", lift="has")
    assert "枣阳路 9 号" not in page(head, "stairwells", lift="suits")
    assert "没有符合条件的" in page(head, "stairwells", lift="unfit")
    assert "没有符合条件的" in page(head, "stairwells", lift="open")


def test_what_is_counted_stays_within_a_micro_grid_for_who_has_only_that(town, staff, client_of):
    with by_hand():
        east = MicroGrid.objects.create(
            committee=town.west,
            path=f"{town.west.path}002",
            name="第 2 微网格",
            geometry=town.west.geometry,
            west=0,
            south=0,
            east=1,
            north=1,
        )
    reader = client_of(staff(Role.GRID_WORKER, at=east))
    row = page(reader, "committees")
    assert "西村" in row
    assert '<td role="cell" class="xh-num" data-label="居民（人）">0</td>' in row


@pytest.mark.parametrize("name", LISTS)
def test_a_file_is_masked_like_the_screen_and_goes_on_record(desk, worker, town, name):
    response = desk.get(f"/territory/{name}/?export=xlsx&q=")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row]
    assert not [secret for secret in SECRETS if any(secret in cell for cell in cells)]
    entry = Entry.objects.get(verb="territory.export_list")
    assert (entry.actor, entry.audience) == (worker.reference, Audience.OFFICE)
    assert entry.facts == {"list": name.replace("-", "_"), "rows": book.active.max_row - 1, "asked": []}


def test_what_was_sought_is_not_told_with_a_file(desk):
    desk.get(sought(desk, "residents", "王秀英", age="80", told="x") + "&export=xlsx")
    entry = Entry.objects.get(verb="territory.export_list")
    assert entry.facts == {"list": "residents", "rows": 1, "asked": ["age", "q"]}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_three_hundred_as_for_three(town, staff, client_of, name):
    reader = client_of(staff(Role.SECTION_HEAD, at=town.subdistrict))
    page(reader, name)
    few = _queries(reader, name)
    crowd(town, 300)
    assert _queries(reader, name) == few


def _queries(reader, name) -> int:
    with CaptureQueriesContext(connection) as asked:
        page(reader, name)
    return len(asked)
