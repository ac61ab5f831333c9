"""When something was written, though the phone's clock is wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground.ui.rules import CLOCKS_AGREE_WITHIN, written_moment

NOON = datetime(2023, 8, 3, 12, tzinfo=UTC)
SPANS = st.timedeltas(min_value=timedelta(days=-9000), max_value=timedelta(days=9000))


@pytest.mark.parametrize(
    "wrong_by", [timedelta(days=-4000), timedelta(hours=-5), timedelta(minutes=3), timedelta(days=900)]
)
def test_phone_whose_clock_is_wrong_is_corrected(wrong_by):
    hour_ago = NOON - timedelta(hours=1)
    assert written_moment(hour_ago + wrong_by, NOON + wrong_by, NOON) == hour_ago


def test_phone_whose_clock_is_right_is_believed_to_the_second():
    assert written_moment(NOON - timedelta(hours=1), NOON + timedelta(seconds=40), NOON) == NOON - timedelta(hours=1)


def test_without_the_phones_time_what_it_says_is_believed():
    assert written_moment(NOON - timedelta(days=2), None, NOON) == NOON - timedelta(days=2)


@given(SPANS, SPANS)
def test_nothing_was_written_in_the_future(written, wrong_by):
    assert written_moment(NOON + written, NOON + wrong_by, NOON) <= NOON


@given(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400)), SPANS)
def test_however_wrong_the_clock_the_error_is_small(ago, wrong_by):
    said = written_moment(NOON - ago + wrong_by, NOON + wrong_by, NOON)
    assert abs(said - (NOON - ago)) <= CLOCKS_AGREE_WITHIN
