"""Firms on the list, what they ask for a lift, and the one that is chosen."""

from datetime import date

import pytest

from expectations import by_hand, forbidden, refused
from xiuhua.programmes.lifts import gates, queries_build
from xiuhua.programmes.lifts.actions import choose_quote, drop_contractor, enter_contractor, note_quote
from xiuhua.programmes.lifts.rules.contractors import ContractorFacts, QuoteFacts
from xiuhua.programmes.lifts.rules.moves import Standing

DAY = date(2023, 4, 20)
QUOTES = {"沪西电梯工程": (720_000_00, 110, 24), "申安机电": (698_000_00, 125, 24), "同捷加梯": (745_000_00, 95, 36)}


@pytest.fixture
def designing(brought_to):
    return brought_to("designing")


@pytest.fixture
def quotes(designing, coordinator, firm):
    """Three firms have quoted."""
    return [
        note_quote(
            actor=coordinator, dossier=designing, contractor=firm(name), facts=QuoteFacts(*facts), quoted_on=DAY
        ).subject
        for name, facts in QUOTES.items()
    ]


def test_three_quotes_and_a_choice_pass_the_gate(designing, quotes, coordinator):
    assert gates.gate_named("quotes", designing).words == "3 家报价，还没有选定"
    choose_quote(actor=coordinator, quote=quotes[2], on=DAY, because="工期最短，楼里有坐轮椅的老人")

    gate = gates.gate_named("quotes", designing)
    assert (gate.standing, gate.words) == (Standing.PASSED, "3 家比选，选了同捷加梯")
    assert queries_build.chosen_quote(designing) == quotes[2]


def test_two_quotes_are_too_few(designing, quotes, coordinator):
    with by_hand():
        quotes[0].delete()
    with refused("只有 2 家报价，要 3 家以上"):
        choose_quote(actor=coordinator, quote=quotes[1], on=DAY, because="便宜")


def test_one_is_chosen_once_for_a_reason_by_whoever_carries_it(designing, quotes, coordinator, elsewhere):
    with refused("还没有写为什么选它"):
        choose_quote(actor=coordinator, quote=quotes[0], on=DAY, because=" ")
    with forbidden():
        choose_quote(actor=elsewhere, quote=quotes[0], on=DAY, because="便宜")
    choose_quote(actor=coordinator, quote=quotes[0], on=DAY, because="做过隔壁门洞")
    with refused("已经选定了一家"):
        choose_quote(actor=coordinator, quote=quotes[1], on=DAY, because="便宜")
    with refused("不能再改报价"):
        note_quote(
            actor=coordinator,
            dossier=designing,
            contractor=quotes[1].contractor,
            facts=QuoteFacts(1, 1, 1),
            quoted_on=DAY,
        )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (QuoteFacts(-1, 100, 24), "金额不能是负数"),
        (QuoteFacts(0, 100, 24), "金额不能是 0"),
        (QuoteFacts(700_000_00, 0, 24), "工期不对"),
        (QuoteFacts(700_000_00, 100, -1), "质保不对"),
    ],
)
def test_what_cannot_be_is_refused(designing, coordinator, firm, facts, words):
    with refused(words):
        note_quote(actor=coordinator, dossier=designing, contractor=firm("沪西"), facts=facts, quoted_on=DAY)


def test_a_firm_that_quotes_again_quotes_anew(designing, quotes, coordinator):
    note_quote(
        actor=coordinator,
        dossier=designing,
        contractor=quotes[0].contractor,
        facts=QuoteFacts(690_000_00, 110, 24),
        quoted_on=DAY,
    )
    assert [row.price_fen for row in queries_build.quotes_of(designing)] == [690_000_00, 698_000_00, 745_000_00]


def test_who_keeps_lifts_does_not_build_them_and_who_is_off_the_list_does_not_quote(
    designing, coordinator, section_head, firm
):
    with refused("这家不做施工"):
        note_quote(
            actor=coordinator,
            dossier=designing,
            contractor=firm("永安维保", "upkeep"),
            facts=QuoteFacts(1, 1, 1),
            quoted_on=DAY,
        )
    gone = firm("沪西")
    drop_contractor(actor=section_head, contractor=gone, on=DAY, reason="两次拖欠工人工资")
    with refused("已经退出名录"):
        note_quote(actor=coordinator, dossier=designing, contractor=gone, facts=QuoteFacts(1, 1, 1), quoted_on=DAY)


def test_a_firm_stands_once_on_the_list_which_the_centre_keeps(town, firm, coordinator, section_head):
    firm("沪西")
    again = ContractorFacts("works", "沪西", "021-00000000")
    with refused("名录里已经有这家"):
        enter_contractor(actor=section_head, path=town.path, facts=again, entered_on=DAY)
    with forbidden():
        enter_contractor(actor=coordinator, path=town.path, facts=again, entered_on=DAY)
