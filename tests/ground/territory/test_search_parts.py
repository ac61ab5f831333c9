"""Finds by address: cut and counted place by place, the same as if all rows had been gone through."""

from datetime import date

import pytest
from django.db.models import F, Q

from expectations import by_hand
from ground.territory.crowd import crowd
from xiuhua.ground.journal.actors import System
from xiuhua.ground.scope.grants import Grant, Holder
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.territory import actions, queries, search
from xiuhua.ground.territory.models import Household, Resident
from xiuhua.ground.territory.rules import PersonTold
from xiuhua.ground.ui.lists.parted import Parted
from xiuhua.ground.ui.lists.query import counted


class Head(Holder):
    """Somebody who sees a place and all below it."""

    def __init__(self, path: str) -> None:
        self.path = path

    @property
    def grants(self):
        return (Grant(Role.SECTION_HEAD, self.path),)


@pytest.fixture
def head(town) -> Head:
    crowd(town, 300)
    return Head(town.subdistrict.path)


def people(rows, *words, head):
    return search.residents_with(rows, list(words), head)


def numbers(rows) -> list[int]:
    return [row.pk for row in rows]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["枣阳路 1 号"[:3], "2号"], Q(household__stairwell__name__contains="2 号")),
        (["3"], Q(household__room="3") | Q(household__stairwell__name__contains="3")),
        (["西村", "501"], Q(household__room="501")),
        (["1号501"], Q(household__room="501")),
    ],
)
@pytest.mark.parametrize("downwards", [False, True])
def test_every_part_is_what_going_through_all_would_show(head, words, meant, downwards):
    rows = Resident.objects.visible_to(head).here()
    order = F("path").desc() if downwards else F("path").asc()
    found = people(rows, *words, head=head).order_by(order)
    expected = numbers(rows.filter(meant, household__path__startswith=head.path).order_by(order))
    assert isinstance(found, Parted)
    assert found.count() == len(expected)
    assert [
        number for first in range(0, len(expected) + 7, 7) for number in numbers(found[first : first + 7])
    ] == expected
    assert numbers(found) == expected


def test_the_first_few_are_shown_without_counting_all(head, django_assert_max_num_queries):
    rows = Household.objects.visible_to(head)
    found = search.households_with(rows, ["2号"], head)
    with django_assert_max_num_queries(1):
        assert len(found[:3]) == 3


def test_places_at_which_nobody_is_left_are_passed_over(head):
    rows = Resident.objects.visible_to(head).here().filter(sex="m")
    found = people(rows, "西村", "501", head=head)
    assert numbers(found[:50]) == numbers(rows.filter(household__room="501"))


def test_words_that_every_address_has_leave_nothing_out(head):
    rows = Resident.objects.visible_to(head).here()
    assert people(rows, "枣阳路", head=head) is rows


def test_another_order_is_told_by_the_rows_themselves(head):
    found = people(Resident.objects.visible_to(head).here(), "2号", head=head)
    years = [row.birth_year for row in found.order_by(F("birth_year").asc())]
    assert years == sorted(years)
    assert len(years) == found.count()


@pytest.mark.parametrize("written", ["501a", "501A"])
def test_the_letter_of_a_room_is_large_or_small(town, written):
    with by_hand():
        Household.objects.filter(pk=town.household.pk).update(room="501A")
    reader = Head(town.subdistrict.path)
    found = search.households_with(Household.objects.visible_to(reader), [written], reader)
    assert numbers(found[:9]) == [town.household.pk]


def test_nothing_is_found_where_the_reader_does_not_look(town):
    crowd(town, 30)
    reader = Head(town.east.path)
    rows = Resident.objects.visible_to(reader).here()
    assert numbers(people(rows, "2号", head=reader)[:9]) == []


def test_what_was_counted_is_asked_anew_once_somebody_moved_in(head, town, monkeypatch):
    monkeypatch.setattr(search, "MANY", 1)
    monkeypatch.setattr(queries, "MANY_PEOPLE", 1)
    rows = Resident.objects.visible_to(head).here()
    keeper = queries.keeper_of(head, Resident.sight)
    before = people(rows, "西村", "501", head=head).count(), counted(rows, keeper)
    told = PersonTold(name="李四", birth_date=date(1950, 2, 3), sex="f", basis="committee_service")
    actions.add_resident(actor=System("test"), household=town.household, told=told)
    after = people(rows, "西村", "501", head=head).count(), counted(rows, keeper)
    assert after == tuple(number + 1 for number in before)
