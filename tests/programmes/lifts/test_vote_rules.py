from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations import refused
from xiuhua.ground import standards
from xiuhua.programmes.lifts.rules import ballots
from xiuhua.programmes.lifts.rules.ballots import CHOICES, Line, Sheet
from xiuhua.programmes.lifts.rules.votes import (
    Tally,
    VotingFlat,
    Weight,
    heads_of,
    measures,
    outcome,
    tally_is_sound,
    thresholds_of,
)

PICTURE = Tally(Weight(68520, 12), Weight(62336, 11), Weight(56152, 10), Weight(6184, 1))
"""The house of the published example: 623.36 of 685.20 square metres took part, 561.52 agreed."""


def thresholds(day):
    return thresholds_of(standards.on(day).lifts.vote)


@pytest.fixture
def today(noon):
    return noon.date()


def test_the_example_passes_by_all_four_comparisons(today):
    told = measures(PICTURE, thresholds(today))
    assert [(one.key, one.unit, one.got, one.of) for one in told] == [
        ("take_part", "area", 62336, 68520),
        ("take_part", "heads", 11, 12),
        ("agree", "area", 56152, 62336),
        ("agree", "heads", 10, 11),
    ]
    assert outcome(PICTURE, thresholds(today)).decision


@pytest.mark.parametrize(
    ("year", "tally", "passed"),
    [
        # exactly two thirds take part, exactly three quarters of them agree
        ("2023-03-01", Tally(Weight(1200, 12), Weight(800, 8), Weight(600, 6), Weight(200, 2)), True),
        ("2023-03-01", Tally(Weight(1200, 12), Weight(799, 8), Weight(700, 7)), False),
        ("2023-03-01", Tally(Weight(1200, 12), Weight(800, 8), Weight(599, 6)), False),
        ("2023-03-01", Tally(Weight(1200, 12), Weight(900, 7), Weight(900, 7)), False),
        # 749号: two thirds of all agree, whoever takes part
        ("2020-06-01", Tally(Weight(1200, 12), Weight(800, 8), Weight(800, 8)), True),
        ("2020-06-01", Tally(Weight(1200, 12), Weight(1200, 12), Weight(799, 8), Weight(401, 4)), False),
        # before: nine tenths of all, and nobody against
        ("2018-06-01", Tally(Weight(1200, 10), Weight(1080, 9), Weight(1080, 9)), True),
        ("2018-06-01", Tally(Weight(1200, 10), Weight(1200, 10), Weight(1080, 9), Weight(120, 1)), False),
    ],
)
def test_each_vote_is_judged_by_the_law_of_its_day(year, tally, passed):
    assert outcome(tally, thresholds(date.fromisoformat(year))).decision is passed


def test_an_abstention_takes_part_and_does_not_agree(today):
    tally = Tally(Weight(1200, 12), Weight(1200, 12), Weight(900, 9))
    assert tally.abstain == Weight(300, 3)
    assert outcome(tally, thresholds(today)).decision


def test_nobody_taking_part_passes_nothing(today):
    verdict = outcome(Tally(Weight(1200, 12), Weight(0, 0), Weight(0, 0)), thresholds(today))
    assert not verdict.decision
    assert len(verdict.reasons) == 4


weights = st.builds(Weight, st.integers(0, 10**6), st.integers(0, 200))


@given(whole=weights, part=weights, agree=weights)
def test_compared_exactly_as_fractions(whole, part, agree):
    tally = Tally(whole, part, agree)
    law = all(
        of and Fraction(got, of) >= gate
        for got, of, gate in (
            (part.area_dm2, whole.area_dm2, Fraction(2, 3)),
            (part.heads, whole.heads, Fraction(2, 3)),
            (agree.area_dm2, part.area_dm2, Fraction(3, 4)),
            (agree.heads, part.heads, Fraction(3, 4)),
        )
    )
    assert outcome(tally, thresholds(date(2023, 8, 3))).decision is law


@given(st.lists(st.tuples(st.integers(1, 90_000), st.integers(0, 4)), min_size=1, max_size=30))
def test_heads_share_out_every_flat_once(flats):
    rows = [VotingFlat(key, str(key), area, speaker, speaker) for key, (area, speaker) in enumerate(flats, 1)]
    heads = heads_of(rows)
    assert sum(head.area_dm2 for head in heads) == sum(area for area, _speaker in flats)
    assert sorted(key for head in heads for key in head.flats) == [row.key for row in rows]
    speakers = [head.speaker for head in heads if head.speaker]
    assert len(speakers) == len(set(speakers))
    assert sum(not head.speaker for head in heads) == sum(not speaker for _area, speaker in flats)


def test_sums_that_cannot_be_are_refused():
    assert not tally_is_sound(Tally(Weight(100, 2), Weight(101, 2), Weight(0, 0))).decision
    assert not tally_is_sound(Tally(Weight(100, 2), Weight(90, 2), Weight(80, 1), Weight(20, 1))).decision
    assert not tally_is_sound(Tally(Weight(0, 0), Weight(0, 0), Weight(0, 0))).decision
    assert tally_is_sound(PICTURE).decision


lines = st.builds(
    lambda key, weight, choice, nonce: (key, weight, choice, f"{nonce:032x}"),
    st.text(ballots.ALPHABET, min_size=12, max_size=12),
    weights,
    st.sampled_from(CHOICES),
    st.integers(0, 2**128 - 1),
)


def sheet_from(rows, vote="v"):
    made = [
        Line(ballots.receipt_of(ballots.commitment_of(vote, key, choice, nonce)), key, weight, choice, nonce)
        for key, weight, choice, nonce in rows
    ]
    return Sheet(vote, Weight(10**9, 10**5), made)


@given(st.lists(lines, max_size=20, unique_by=lambda row: row[0]), st.randoms())
def test_anybody_recomputes_a_sheet_in_whatever_order(rows, random):
    tally = ballots.recompute(sheet_from(rows))
    shuffled = random.sample(rows, len(rows))
    assert ballots.recompute(sheet_from(shuffled)) == tally
    assert tally.part.heads == sum(weight.heads for _key, weight, _choice, _nonce in rows)
    assert tally.agree.area_dm2 == sum(weight.area_dm2 for _k, weight, choice, _n in rows if choice == "agree")


@given(st.lists(lines, min_size=1, max_size=8, unique_by=lambda row: row[0]))
def test_a_line_with_another_choice_does_not_fit_its_receipt(rows):
    sheet = sheet_from(rows)
    first = sheet.lines[0]
    other = next(choice for choice in CHOICES if choice != first.choice)
    with refused("对不上"):
        ballots.recompute(replace(sheet, lines=[replace(first, choice=other), *sheet.lines[1:]]))


def test_receipts_read_as_people_copy_them():
    assert ballots.as_receipt("7q4m-2x9k 8itb") == "7Q4M 2X9K 81TB"
    assert len(ballots.receipt_of("f" * 64)) == 14


def box_of(commitments):
    box, link = [], ballots.START
    for number, commitment in enumerate(commitments, start=1):
        link = ballots.link_of(link, number, f"K{number}", commitment)
        box.append(ballots.CastBallot(number, f"K{number}", commitment, link))
    return box


@given(st.lists(st.integers(0, 2**256 - 1), min_size=2, max_size=12), st.data())
def test_no_single_change_of_a_box_passes(drawn, data):
    box = box_of([f"{number:064x}" for number in drawn])
    told = {"head": ballots.head_of(box), "count": len(box)}
    assert ballots.chain_is_whole(box, **told).decision

    at = data.draw(st.integers(0, len(box) - 1))
    other = f"{data.draw(st.integers(0, 2**256 - 1)):064x}"
    changed = [*box[:at], replace(box[at], commitment=other), *box[at + 1 :]]
    moved = [*box[:at], replace(box[at], key="K0"), *box[at + 1 :]]
    taken = box[:at] + box[at + 1 :]
    doubled = [*box, replace(box[at], number=len(box) + 1)]
    for tampered in (changed, moved, taken, doubled):
        assert tampered == box or not ballots.chain_is_whole(tampered, **told).decision
