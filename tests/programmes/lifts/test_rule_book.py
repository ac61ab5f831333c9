"""The rule book of lifts, and who reads what it asks for."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground import standards
from xiuhua.programmes.lifts import evidence
from xiuhua.programmes.lifts.flow import NEXT, STEPS
from xiuhua.programmes.lifts.rules import moves
from xiuhua.programmes.lifts.rules.facts import Measures
from xiuhua.programmes.lifts.rules.flats import FlatFacts, areas_sum_to, wishes_reach
from xiuhua.programmes.lifts.rules.moves import PUT_IN, Evidence, Standing
from xiuhua.programmes.lifts.rules.suitability import measures_are_sound, suits_a_lift

BOOK = standards.on(date(2023, 8, 3)).lifts
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
METRES = st.none() | st.floats(0, 200, allow_nan=False)


def test_five_steps_ten_methods_and_24_rules():
    assert (len(BOOK.steps), len(BOOK.methods), len(BOOK.rules)) == (5, 10, 24)
    assert {rule.method for rule in BOOK.rules.values()} <= set(BOOK.methods)
    assert [rule.number for rule in BOOK.rules.values()] == list(range(1, 25))


def test_every_kind_of_evidence_is_put_in_or_read_off_the_dossier():
    assert {rule.evidence for rule in BOOK.rules.values()} - PUT_IN == evidence.kinds()


def test_every_rule_stands_before_a_move_of_its_own_step():
    before = {move: STEPS[state] for state, move in NEXT.items()}
    assert all(before[rule.move] == rule.step for rule in BOOK.rules.values())


@given(kept=st.booleans(), waived=st.booleans(), due=st.none() | DAYS, today=DAYS)
def test_what_is_kept_counts_before_a_waiver_and_a_waiver_before_the_calendar(kept, waived, due, today):
    standing = moves.standing_of(Evidence(kept), waived=waived, due_on=due, today=today)
    assert (standing is Standing.PASSED) == kept
    assert (standing is Standing.WAIVED) == (waived and not kept)
    assert (standing is Standing.LATE) == (not kept and not waived and due is not None and due < today)


@given(areas=st.lists(st.integers(1, 20_000), min_size=1, max_size=30), gap=st.integers(-500, 500))
def test_areas_make_up_the_sum_to_the_square_decimetre(areas, gap):
    flats = [FlatFacts(str(number), 1, area) for number, area in enumerate(areas)]
    assert areas_sum_to(flats, sum(areas) + gap).decision == (gap == 0)


@given(wish=st.integers(0, 40), others=st.integers(0, 40))
def test_two_thirds_are_counted_as_integers(wish, others):
    stances = ["for"] * wish + ["against"] * others
    flats = [FlatFacts(str(number), 1, 100, stance=stance) for number, stance in enumerate(stances)]
    share = Fraction(str(BOOK.vote.wishes.value))
    assert wishes_reach(flats, share).decision == (bool(flats) and 3 * wish >= 2 * (wish + others))


@given(front=METRES, spacing=METRES, lane=METRES, pipes=st.none() | st.booleans(), sound=st.none() | st.booleans())
def test_suitable_only_when_all_is_measured_and_nothing_speaks_against_it(front, spacing, lane, pipes, sound):
    measures = Measures("", "", front, spacing, lane, "", pipes, sound)
    assert measures_are_sound(measures).decision
    verdict = suits_a_lift(6, measures, BOOK.suitability)
    against = [
        value is not None and value < figure.number
        for value, figure in (
            (front, BOOK.suitability.front_m),
            (spacing, BOOK.suitability.spacing_m),
            (lane, BOOK.suitability.fire_lane_m),
        )
    ] + [pipes is False, sound is False]
    if any(against):
        assert verdict.decision is False
        assert len(verdict.reasons) == sum(against)
    else:
        assert verdict.decision is (None if None in (front, spacing, lane, pipes, sound) else True)
