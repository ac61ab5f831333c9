"""A lift registered for use, kept by contract, serviced and inspected in time."""

from dataclasses import replace
from datetime import date

import pytest

from expectations import by_hand, refused
from programmes.lifts.building import UNIT
from xiuhua.programmes.lifts import gates, queries_build
from xiuhua.programmes.lifts.actions import note_inspection, note_service, register_unit, sign_upkeep
from xiuhua.programmes.lifts.models import Unit
from xiuhua.programmes.lifts.rules.moves import Standing
from xiuhua.programmes.lifts.rules.units import UpkeepFacts, next_inspection

DAY = date(2023, 7, 25)
YEAR = UpkeepFacts(date(2023, 7, 26), date(2024, 7, 25), 3_600_00, 25_00)


def test_registered_it_passes_its_gate_and_is_inspected_within_a_year(lift_in_construction):
    dossier = lift_in_construction.dossier
    gate = gates.gate_named("registration", dossier)
    assert (gate.standing, gate.words) == (Standing.PASSED, UNIT.registration)
    assert lift_in_construction.inspect_by == date(2024, 7, 25)


def test_a_contract_and_what_a_household_pays_pass_the_last_gate(lift_in_construction, coordinator, firm):
    dossier = lift_in_construction.dossier
    assert gates.gate_named("upkeep", dossier).is_open
    keeper = firm("永安维保", "upkeep")
    sign_upkeep(actor=coordinator, lift=lift_in_construction, firm=keeper, facts=YEAR)

    assert gates.gate_named("upkeep", dossier).words == "永安维保，到 2024-07-25，每户每月 25 元"
    assert gates.gate_named("upkeep", dossier).standing is Standing.PASSED
    assert queries_build.upkeep_of(lift_in_construction, date(2024, 7, 25)).firm == keeper
    with refused("已经有一份维保合同"):
        sign_upkeep(actor=coordinator, lift=lift_in_construction, firm=keeper, facts=YEAR)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"price_fen": -1}, "金额不能是负数"),
        ({"household_fen": -25_00}, "金额不能是负数"),
        ({"until_on": date(2023, 7, 26)}, "到期日要晚于起始日"),
    ],
)
def test_a_contract_that_cannot_be_is_refused(lift_in_construction, coordinator, firm, changes, words):
    with refused(words):
        sign_upkeep(
            actor=coordinator,
            lift=lift_in_construction,
            firm=firm("永安维保", "upkeep"),
            facts=replace(YEAR, **changes),
        )


def test_seen_to_it_is_due_again(lift_in_service, coordinator):
    note_service(actor=coordinator, lift=lift_in_service, on=date(2023, 8, 2), found="门机皮带已调")
    with refused("这一天已经记过了"):
        note_service(actor=coordinator, lift=lift_in_service, on=date(2023, 8, 2))
    note_inspection(actor=coordinator, lift=lift_in_service, on=date(2023, 8, 2), passed=True, number="TJ-88")
    lift = Unit.objects.get()
    assert (lift.service_by, lift.inspect_by) == (date(2023, 8, 17), date(2024, 8, 2))

    note_inspection(actor=coordinator, lift=lift, on=date(2023, 8, 3), passed=False, number="TJ-89")
    lift.refresh_from_db()
    assert lift.inspect_by == date(2023, 8, 3)
    with refused("这份报告已经记过了"):
        note_inspection(actor=coordinator, lift=lift, on=date(2023, 8, 3), passed=True, number="TJ-89")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"registration": " "}, "还没有填使用登记证编号"),
        ({"load_kg": 63}, "载重不对"),
        ({"stops": 12}, "站数不对"),
    ],
)
def test_a_lift_that_cannot_be_is_refused(lift_in_construction, coordinator, changes, words):
    with refused(words):
        register_unit(actor=coordinator, dossier=lift_in_construction.dossier, facts=replace(UNIT, **changes), on=DAY)


def test_before_building_there_is_no_lift(consulting, coordinator):
    with refused("还没有电梯可以登记"):
        register_unit(actor=coordinator, dossier=consulting, facts=UNIT, on=DAY)


def test_a_year_on_is_the_same_day_where_there_is_one():
    assert next_inspection(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert next_inspection(date(2023, 12, 31), 6) == date(2024, 6, 30)


def test_a_lift_carries_something(lift_in_service):
    from django.db import IntegrityError, transaction

    with by_hand(), pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.update(load_kg=0)
