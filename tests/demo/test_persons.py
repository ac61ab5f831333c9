"""What the demonstration's people are called and reached by: believable, each once, and nobody's."""

from collections import defaultdict
from datetime import date

import numpy as np
import pytest

from xiuhua.demo.plan import draw_plan
from xiuhua.demo.plan.persons import TODAY
from xiuhua.ground.sources.id_numbers import read_id_number
from xiuhua.ground.territory.plan import ResidentPlan, TerritoryPlan

SMALL, SEED = 0.05, 7


def age(one: ResidentPlan) -> int:
    return TODAY.year - one.birth_year


def at_home(plan: TerritoryPlan) -> list[list[ResidentPlan]]:
    homes = defaultdict(list)
    for one in plan.residents:
        homes[one.household].append(one)
    return list(homes.values())


def test_everyone_is_born_in_their_year_and_before_today(small_plan):
    assert all(one.birth_date.year == one.birth_year and one.birth_date <= TODAY for one in small_plan.residents)


@pytest.mark.parametrize("years", [60, 80])
def test_who_counts_among_the_elders_by_year_has_had_the_birthday(small_plan, years):
    by_year = sum(age(one) >= years for one in small_plan.residents)
    by_day = sum(one.birth_date <= date(TODAY.year - years, TODAY.month, TODAY.day) for one in small_plan.residents)
    assert by_day == by_year


def test_identity_numbers_are_sound_and_of_no_county(small_plan):
    numbers = [read_id_number(one.id_number) for one in small_plan.residents]
    told = zip(numbers, small_plan.residents, strict=True)
    assert {number.region for number in numbers} == {"310199"}
    assert all((number.born, number.sex) == (one.birth_date, one.sex) for number, one in told)
    assert len({number.number for number in numbers}) == len(numbers)


def test_telephones_are_of_a_range_that_nobody_has(small_plan):
    phones = [one.phone for one in small_plan.residents if one.phone]
    assert all(phone.startswith("154") and len(phone) == 11 and phone.isdecimal() for phone in phones)
    assert len(set(phones)) == len(phones)
    assert not any(one.phone for one in small_plan.residents if age(one) < 11)
    assert 0.85 < len(phones) / len(small_plan.residents) < 0.97


def test_children_bear_the_name_of_somebody_at_home(small_plan):
    told = [
        one.name[0] in {other.name[0] for other in home if age(other) >= age(one) + 16}
        for home in at_home(small_plan)
        for one in home
        if age(one) < 16 and max(map(age, home)) >= age(one) + 16
    ]
    assert np.mean(told) > 0.97


def test_wives_keep_their_own_names(small_plan):
    couples = [home for home in at_home(small_plan) if len(home) == 2 and {one.sex for one in home} == {"f", "m"}]
    couples = [home for home in couples if abs(age(home[0]) - age(home[1])) <= 12]
    assert np.mean([home[0].name[0] != home[1].name[0] for home in couples]) > 0.85


def test_names_are_of_their_time(small_plan):
    old = {one.name[1:] for one in small_plan.residents if age(one) >= 80 and one.sex == "f"}
    young = {one.name[1:] for one in small_plan.residents if age(one) < 13 and one.sex == "f"}
    assert {"秀英", "桂英"} & old
    assert not old & young


def test_the_same_seed_gives_the_same_people(small_plan):
    assert draw_plan(SEED, SMALL).residents == small_plan.residents
