from datetime import date

import pytest

from expectations import refused
from programmes.lifts.money_cases import JUNE, SUBSIDY, adopted
from xiuhua.programmes.lifts import actions, queries_shares
from xiuhua.programmes.lifts.models import Flat

AUGUST = date(2023, 8, 2)


@pytest.fixture
def running(consulting, brought_to, coordinator, waived):
    """A lift that runs, paid for in full: 440,000 yuan of the households."""
    waived(consulting)
    actions.begin_design(actor=coordinator, dossier=consulting, on=date(2023, 4, 11))
    scheme = adopted(consulting, coordinator)
    for line in queries_shares.lines_of(scheme):
        if line.amount_fen:
            actions.note_payment(actor=coordinator, flat=line.flat, amount_fen=line.amount_fen, on=JUNE)
    for move, on in (
        (actions.begin_agreeing, date(2023, 5, 20)),
        (actions.sign_agreement, date(2023, 6, 12)),
        (actions.start_building, date(2023, 7, 1)),
        (actions.finish_building, date(2023, 7, 20)),
    ):
        consulting.refresh_from_db()
        waived(consulting)
        move(actor=coordinator, dossier=consulting, on=on)
    consulting.refresh_from_db()
    return consulting


def settled(dossier, actor, total, subsidy=SUBSIDY):
    return actions.settle_cost(actor=actor, dossier=dossier, total_fen=total, subsidy_fen=subsidy, on=AUGUST).subject


def test_it_works(running, coordinator):
    """12,345.67 yuan less: paid back exactly, to the fen, and each refund noted once."""
    scheme = settled(running, coordinator, 72_000_000 - 1_234_567)
    rows = queries_shares.balances(scheme)
    assert sum(balance.back_fen for _line, balance in rows) == 1_234_567
    assert all(balance.left_fen == 0 for _line, balance in rows)

    for line, balance in rows:
        if balance.back_fen:
            actions.note_refund(actor=coordinator, flat=line.flat, amount_fen=balance.back_fen, on=AUGUST)
    assert all(balance.settled for _line, balance in queries_shares.balances(scheme))


def test_dearer_is_paid_after(running, coordinator):
    scheme = settled(running, coordinator, 72_000_000 + 333_333)
    rows = queries_shares.balances(scheme)
    assert sum(balance.left_fen for _line, balance in rows) == 333_333
    flat = Flat.objects.get(dossier=running, room="101")
    assert queries_shares.balance_of(flat).settled
    assert queries_shares.explain(Flat.objects.get(dossier=running, room="602"))[-1].startswith("按结算造价重算")


def test_what_cannot_be_is_refused(running, coordinator):
    with refused("总价不对"):
        settled(running, coordinator, -1)
    with refused("补贴不对"):
        settled(running, coordinator, 100, 101)
    with refused("日期比前面那一步（2023-07-20）还早"):
        actions.settle_cost(actor=coordinator, dossier=running, total_fen=100, subsidy_fen=0, on=JUNE)


def test_nothing_is_settled_before_building_is_over(brought_to, coordinator):
    dossier = brought_to("designing")
    adopted(dossier, coordinator)
    with refused("还没有竣工，不能结算"):
        settled(dossier, coordinator, 72_000_000)
