from datetime import date

import pytest

from expectations import refused
from programmes.lifts.money_cases import JUNE, adopted
from xiuhua.programmes.lifts import actions, gates, queries_shares
from xiuhua.programmes.lifts.models import Flat, Payment
from xiuhua.programmes.lifts.rules.money import Part


@pytest.fixture
def designing(brought_to):
    return brought_to("designing")


@pytest.fixture
def flat(designing, coordinator):
    """602, which owes 76,244.06 yuan."""
    adopted(designing, coordinator)
    return Flat.objects.get(dossier=designing, room="602")


def paid(actor, flat, fen, on=JUNE):
    return actions.note_payment(actor=actor, flat=flat, amount_fen=fen, on=on).subject


def test_it_works(flat, coordinator):
    first, second = (paid(coordinator, flat, fen) for fen in (2_287_322, 5_337_084))
    assert [row.number for row in (first, second)] == [1, 2]
    assert queries_shares.balance_of(flat).settled


def test_the_account_is_read_off_the_first_instalments(flat, designing, coordinator):
    def stands():
        gate = gates.gate_named("account", designing)
        return gate.is_open, gate.words

    assert stands() == (True, "首期到账 0／10 户")
    scheme = queries_shares.adopted_scheme(designing)
    lines = [line for line in queries_shares.lines_of(scheme) if line.amount_fen]
    for part, line in zip(queries_shares.first_parts(scheme), lines, strict=True):
        last = paid(coordinator, line.flat, part.due_fen)
    assert stands() == (False, "首期到账 10／10 户")
    actions.strike_payment(actor=coordinator, payment=last, reason="记错了室号")
    assert stands() == (True, "首期到账 9／10 户")
    assert gates.gate_named("account", designing).named == "首期到账 9／10 户，还差 202"
    with refused("由系统按档案判定"):
        actions.pass_gate(actor=coordinator, dossier=designing, rule="account", on=JUNE)


def test_more_than_is_left_is_refused(flat, coordinator):
    paid(coordinator, flat, 7_000_000)
    with refused("这一户只差 6244.06 元，多收了 0.01 元"):
        paid(coordinator, flat, 624_407)
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(("fen", "why"), [(0, "金额不对"), (-100, "金额不对")])
def test_nothing_and_less_are_refused(flat, coordinator, fen, why):
    with refused(why):
        paid(coordinator, flat, fen)


def test_a_day_to_come_one_before_the_scheme_and_a_flat_without_a_share_are_refused(flat, coordinator, designing):
    with refused("日期在今天以后"):
        paid(coordinator, flat, 100, date(2023, 9, 1))
    with refused("日期比前面那一步"):
        paid(coordinator, flat, 100, date(2023, 4, 30))
    with refused("多收了 1.00 元"):
        paid(coordinator, Flat.objects.get(dossier=designing, room="101"), 100)
    with refused("这一户只该退 0.00 元"):
        actions.note_refund(actor=coordinator, flat=flat, amount_fen=1, on=JUNE)


def test_a_mistake_is_struck_out_for_a_reason_and_its_number_not_used_again(flat, coordinator):
    wrong = paid(coordinator, flat, 7_000_000)
    with refused("还没有写原因"):
        actions.strike_payment(actor=coordinator, payment=wrong, reason=" ")
    actions.strike_payment(actor=coordinator, payment=wrong, reason="记错了室号")
    assert queries_shares.balance_of(flat).paid_fen == 0
    assert paid(coordinator, flat, 100).number == 2
    with refused("已经作废"):
        actions.strike_payment(actor=coordinator, payment=wrong, reason="再来")


def test_what_was_paid_goes_back_once_the_stairwell_is_set_aside(flat, designing, coordinator):
    paid(coordinator, flat, 100)
    designing.refresh_from_db()
    actions.set_aside(actor=coordinator, dossier=designing, on=JUNE, reason="两户出国")
    actions.begin_consulting(actor=coordinator, dossier=designing, on=JUNE)
    flat.refresh_from_db()
    assert queries_shares.balance_of(flat).back_fen == 100
    actions.note_refund(actor=coordinator, flat=flat, amount_fen=100, on=JUNE)
    assert queries_shares.balance_of(flat) is None


def test_instalments_are_planned_anew(flat, designing, coordinator):
    with refused("各期合计 90%，要正好 100%"):
        actions.plan_instalments(actor=coordinator, dossier=designing, parts=[Part("签约后", 90)])
    with refused("后一期的期限比前一期还早"):
        parts = [Part("签约后", 50, date(2023, 8, 1)), Part("验收后", 50, date(2023, 7, 1))]
        actions.plan_instalments(actor=coordinator, dossier=designing, parts=parts)
    parts = [Part("签约后", 50, date(2023, 7, 1)), Part("验收后", 50, date(2023, 10, 1))]
    scheme = actions.plan_instalments(actor=coordinator, dossier=designing, parts=parts).subject
    assert queries_shares.plan_of(scheme) == parts
