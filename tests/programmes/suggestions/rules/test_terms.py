"""By when something is owed."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground.standards import on
from xiuhua.programmes.suggestions.flow import SuggestionFlow
from xiuhua.programmes.suggestions.rules import due_on, escalates_on, reply_due_on

TERMS = on(date(2023, 8, 3)).suggestions.terms
BEFORE_THE_HOLIDAY = date(2023, 9, 28)


def reply(nature="suggestion", **changed):
    return reply_due_on(
        nature, **{"is_complex": False, "extended": False, "received_on": BEFORE_THE_HOLIDAY, "terms": TERMS} | changed
    )


def test_an_ordinary_reply_counts_working_days_over_the_holiday():
    assert reply() == date(2023, 10, 11)


def test_a_complex_one_has_fifteen():
    assert reply(is_complex=True) == date(2023, 10, 25)


def test_a_claim_counts_calendar_days_and_is_extended_once_by_thirty():
    assert reply("claim") == date(2023, 11, 27)
    assert reply("claim", extended=True) == date(2023, 12, 27)


def test_first_contact_comes_before_all_else():
    said = {"contact_due_on": date(2023, 8, 4), "accept_due_on": date(2023, 8, 10), "reply_due_on": date(2023, 8, 10)}
    assert due_on("received", contacted=False, **said) == date(2023, 8, 4)
    assert due_on("received", contacted=True, **said) == date(2023, 8, 10)
    assert due_on("assigned", contacted=False, **said) == date(2023, 8, 4)
    assert due_on("assigned", contacted=True, **said) == date(2023, 8, 10)


def test_a_reply_that_is_owed_at_once_comes_before_acceptance():
    said = {"contact_due_on": date(2023, 8, 4), "accept_due_on": date(2023, 8, 10), "reply_due_on": date(2023, 8, 3)}
    assert due_on("received", contacted=True, **said) == date(2023, 8, 3)
    assert due_on("received", contacted=False, **said) == date(2023, 8, 3)


@given(st.sampled_from([str(state) for state, _title in SuggestionFlow.choices()]), st.booleans())
def test_a_term_runs_where_something_is_owed_and_nowhere_else(state, contacted):
    day = date(2023, 8, 10)
    runs = due_on(state, contacted=contacted, contact_due_on=day, accept_due_on=day, reply_due_on=day) is not None
    assert runs == (state in ("received", "accepted", "assigned", "passed_on", "reopened"))


def test_the_section_head_is_told_a_working_day_later():
    assert escalates_on(date(2023, 8, 4), TERMS) == date(2023, 8, 7)
