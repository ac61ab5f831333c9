"""How ready stairwells are, which lots are sound, and how two plans differ."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground import standards
from xiuhua.programmes.lifts.flow import STAGES
from xiuhua.programmes.lifts.rules.batches import (
    BEGUN,
    LotTerms,
    ReadyFacts,
    lot_is_amiss,
    moved_between,
    readiness_of,
    terms_are_sound,
)

BOOK = standards.on(date(2023, 8, 3)).lifts
PLANS = st.dictionaries(st.integers(0, 30), st.integers(1, 6), max_size=30)


@st.composite
def facts(draw) -> ReadyFacts:
    gates, households = draw(st.integers(0, 9)), draw(st.integers(0, 30))
    wish_for = draw(st.integers(0, households))
    return ReadyFacts(
        draw(st.sampled_from(sorted(STAGES))),
        draw(st.integers(0, gates)),
        gates,
        wish_for,
        draw(st.integers(0, households - wish_for)),
        households,
        draw(st.integers(0, 400)),
    )


@given(facts=facts())
def test_readiness_is_the_sum_of_what_it_tells_kept_between_nothing_and_one(facts):
    found = readiness_of(facts, BOOK.batch, BOOK.pace)
    assert 0 <= found.degree <= 1
    assert found.degree == min(1, max(0, sum(one.points for one in found.because)))
    assert (found.degree == 1 and len(found.because) == 1) or facts.state not in BEGUN
    assert {one.what for one in found.because} <= {facts.state, "gates", "wishes", "stuck"}


@given(facts=facts(), more=st.integers(1, 60))
def test_who_stands_still_longer_is_no_more_ready(facts, more):
    later = ReadyFacts(*(getattr(facts, name) for name in facts.__slots__[:-1]), facts.stuck_days + more)
    now, then = (readiness_of(one, BOOK.batch, BOOK.pace).degree for one in (facts, later))
    assert then <= now


def test_each_step_is_worth_more_than_the_one_before():
    states = ("waiting", "consulting", "designing", "agreeing", "signed", "building")
    degrees = [readiness_of(ReadyFacts(state), BOOK.batch, BOOK.pace).degree for state in states]
    assert degrees == sorted(degrees)
    assert len(set(degrees)) == len(degrees)


@given(first=PLANS, second=PLANS)
def test_what_moved_is_what_two_plans_place_otherwise(first, second):
    matched, moved = moved_between(first, second)
    assert moved_between(first, first)[1] == []
    assert len(set(matched.values())) == len(matched)
    gone = {one.dossier for one in moved}
    for one in first.keys() | second.keys():
        stays = one in first and one in second and matched.get(second[one]) == first[one]
        assert (one in gone) != stays
    renamed = {one: lot + 10 for one, lot in first.items()}
    assert moved_between(first, renamed)[1] == []


def test_terms_that_cannot_be_are_refused_each_at_its_field():
    wrong = LotTerms(least=0, most=-1, reach_m=900, ready=2, setup=-1, walk=11)
    told = terms_are_sound(wrong)
    assert [reason.field for reason in told.reasons] == ["least", "most", "reach_m", "ready", "setup", "walk"]
    usual = LotTerms.of(BOOK.batch)
    assert terms_are_sound(usual).decision
    assert [len(lot_is_amiss(size, contiguous=True, terms=usual)) for size in (4, 5, 20, 21)] == [1, 0, 0, 1]
    assert "没有连成一片" in lot_is_amiss(9, contiguous=False, terms=usual)[0].text
