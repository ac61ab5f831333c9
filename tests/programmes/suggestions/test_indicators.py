"""Figures of the boards: sums over facts."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xiuhua.programmes.suggestions import indicators
from xiuhua.programmes.suggestions.indicators import Facts

THURSDAY = date(2023, 8, 3)
ONE = Facts("received", "suggestion", "phone", "elderly", "310107014001", "", "", THURSDAY)
ANSWERED = replace(
    ONE, state="answered", answered_on=THURSDAY, reply_due_on=THURSDAY, is_taken=True, section="services", rating=4
)

days = st.dates(date(2023, 1, 1), date(2023, 12, 31))


def test_a_week_begins_on_monday_and_the_last_is_that_of_the_day():
    before, now = indicators.weeks([ONE, ANSWERED, replace(ONE, received_on=date(2023, 7, 30))], THURSDAY, 2)
    assert (before.begins, now.begins) == (date(2023, 7, 24), date(2023, 7, 31))
    assert (before.received, now.received, now.answered, now.share) == (1, 2, 1, 1.0)
    assert before.share is None


@given(st.lists(days), st.integers(1, 60))
def test_every_one_of_the_weeks_that_are_drawn_is_counted_once(received, count):
    told = indicators.weeks([replace(ONE, received_on=day) for day in received], THURSDAY, count)
    first, last = told[0].begins, told[-1].ends
    assert len(told) == count
    assert sum(week.received for week in told) == sum(first <= day <= last for day in received)


def test_an_answer_after_its_term_is_late():
    late = replace(ANSWERED, answered_on=THURSDAY + timedelta(days=1))
    assert ANSWERED.on_time
    assert not late.on_time
    assert not ONE.on_time


def test_adoption_counts_suggestions_that_were_taken_up():
    adopted = replace(ANSWERED, state="adopted", is_adopted=True)
    facts = [ANSWERED, adopted, ONE, replace(ANSWERED, state="merged"), replace(ANSWERED, nature="service")]
    (rate,) = indicators.adoption(facts, lambda one: one.source)
    assert (rate.key, rate.taken, rate.adopted, rate.share) == ("phone", 2, 1, 0.5)


def test_overdue_is_told_by_hand():
    late = replace(ONE, due_on=THURSDAY - timedelta(days=1))
    facts = [late, replace(late, section="services"), replace(late, section="services"), ONE, ANSWERED]
    assert indicators.overdue_by_unit(facts, THURSDAY) == [("services", 2), ("", 1)]


def test_satisfaction_is_the_mean_of_those_who_said():
    assert indicators.satisfaction([ONE]) == ({5: 0, 4: 0, 3: 0, 2: 0, 1: 0}, None)
    assert indicators.satisfaction([ANSWERED, replace(ANSWERED, rating=5), ONE])[1] == 4.5
