"""China's working days: real holidays and make-up days, terms in either kind of day, years not arranged yet."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground import standards
from xiuhua.ground.standards.workdays import (
    SHANGHAI,
    after_calendar_days,
    after_working_days,
    closing_of,
    is_certain,
    is_working_day,
    working_days_between,
)

DAYS = st.dates(date(2015, 1, 1), date(2032, 12, 31))
TERMS = st.integers(1, 400)


@pytest.mark.parametrize(
    "day", [date(2022, 10, 8), date(2022, 10, 9), date(2023, 6, 25), date(2023, 10, 7), date(2023, 8, 3)]
)
def test_make_up_days_are_worked(day):
    assert is_working_day(day)


def test_national_day_of_2023_lasted_eight_days():
    week = [date(2023, 9, 29) + timedelta(days=k) for k in range(8)]
    assert not any(map(is_working_day, week))
    assert is_working_day(date(2023, 9, 28))
    assert is_working_day(date(2023, 10, 7))


def test_the_day_of_receipt_does_not_count():
    assert after_working_days(date(2023, 8, 3), 1) == date(2023, 8, 4)  # Thursday to Friday
    assert after_working_days(date(2023, 8, 4), 1) == date(2023, 8, 7)  # over a weekend
    assert after_working_days(date(2023, 9, 28), 2) == date(2023, 10, 8)  # over the holidays, into the make-up Sunday
    assert after_working_days(date(2022, 12, 30), 1) == date(2023, 1, 3)  # into the next year


def test_a_term_in_calendar_days_ends_on_a_holiday_too():
    assert after_calendar_days(date(2023, 8, 2), 60) == date(2023, 10, 1)


def test_a_term_ends_when_the_office_closes():
    assert closing_of(date(2023, 8, 3)) == datetime(2023, 8, 3, 17, 30, tzinfo=SHANGHAI)
    assert standards.on(date(2023, 8, 3)).workdays.closes_at.status == standards.Status.ASSUMPTION


def test_years_without_a_notice_are_uncertain_and_work_no_weekend():
    assert is_certain(date(2026, 10, 10))
    assert not is_certain(date(2027, 10, 10))
    year = [date(2150, 1, 1) + timedelta(days=k) for k in range(365)]
    assert not any(is_working_day(day) for day in year if day.weekday() >= 5)


def test_a_negative_term_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        after_working_days(date(2023, 8, 3), -1)
    with pytest.raises(ValueError, match="before it begins"):
        after_calendar_days(date(2023, 8, 3), -1)


@given(DAYS, TERMS)
def test_a_term_ends_later_on_a_working_day_and_is_counted_back(day, count):
    end = after_working_days(day, count)
    assert end > day
    assert is_working_day(end)
    assert working_days_between(day, end) == count == -working_days_between(end, day)


@given(DAYS, TERMS, TERMS)
def test_terms_add_up(day, first, second):
    assert after_working_days(after_working_days(day, first), second) == after_working_days(day, first + second)


@given(DAYS, DAYS, TERMS)
def test_who_comes_later_has_the_later_end(one, other, count):
    earlier, later = sorted((one, other))
    assert after_working_days(earlier, count) <= after_working_days(later, count)
