"""The account of a stairwell's lift: what comes in and goes out."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations import forbidden, refused
from programmes.lifts.conftest import PAPER
from xiuhua.ground.files.models import StoredFile
from xiuhua.programmes.lifts.actions import note_fee, take_back_fee
from xiuhua.programmes.lifts.rules import fees

DAY = date(2023, 8, 2)


def test_the_balance_is_what_came_in_less_what_went_out(lift_in_service, coordinator):
    dossier = lift_in_service.dossier
    note_fee(actor=coordinator, dossier=dossier, kind="households", on=DAY, amount_fen=3_000_00)
    power = note_fee(actor=coordinator, dossier=dossier, kind="power", on=DAY, amount_fen=212_60, receipt=PAPER)
    wrong = note_fee(actor=coordinator, dossier=dossier, kind="upkeep", on=DAY, amount_fen=300_000_00).subject
    assert StoredFile.objects.of(power.subject).count() == 1
    assert dossier.fees.balance_fen() == 3_000_00 - 212_60 - 300_000_00

    take_back_fee(actor=coordinator, line=wrong, reason="多打了两个零")
    assert dossier.fees.balance_fen() == 2_787_40
    with refused("已经冲销了"):
        take_back_fee(actor=coordinator, line=wrong, reason="多打了两个零")


@pytest.mark.parametrize(
    ("kind", "amount", "on", "words"),
    [
        ("power", -1, DAY, "金额不能是负数"),
        ("power", 0, DAY, "金额不能是 0"),
        ("power", 2_000_000_000, DAY, "超过一千万元"),
        ("power", 1_000_000_01, DAY, "一笔超过一百万元"),
        ("tea", 100, DAY, "没有这种项目"),
        ("power", 100, date(1980, 8, 1), "日期比房屋建成（1984 年）还早"),
        ("power", 100, date(2023, 8, 4), "日期在今天以后"),
    ],
)
def test_what_cannot_be_is_refused(consulting, coordinator, kind, amount, on, words):
    with refused(words):
        note_fee(actor=coordinator, dossier=consulting, kind=kind, on=on, amount_fen=amount)


def test_another_committees_coordinator_keeps_no_account_here(consulting, elsewhere):
    with forbidden():
        note_fee(actor=elsewhere, dossier=consulting, kind="power", on=DAY, amount_fen=100)


@given(st.lists(st.integers(-(10**9), 10**9), max_size=30))
def test_a_running_balance_ends_at_the_sum_and_moves_by_each_line(amounts):
    found = fees.running_balance(amounts)
    assert found[-1:] == ([sum(amounts)] if amounts else [])
    assert [after - before for before, after in zip([0, *found], found, strict=False)] == amounts


def test_what_a_household_pays_a_month_loses_no_fen():
    assert fees.household_month_fen(3_600_00, households=11, months=12) * 132 == Fraction(3_600_00)
