from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground.messages.rules import SHANGHAI, after_failure, may_go_out_at
from xiuhua.ground.standards import on

FIGURES = on(date(2023, 8, 3)).messages


@pytest.mark.parametrize(
    ("hour", "minute", "day", "goes_at"),
    [(20, 59, 3, (20, 59)), (21, 0, 4, (8, 0)), (23, 59, 4, (8, 0)), (0, 0, 3, (8, 0)), (8, 0, 3, (8, 0))],
)
def test_nothing_goes_out_by_night(hour, minute, day, goes_at):
    told = may_go_out_at(datetime(2023, 8, 3, hour, minute, tzinfo=SHANGHAI), FIGURES, urgent=False)
    assert told.astimezone(SHANGHAI) == datetime(2023, 8, day, *goes_at, tzinfo=SHANGHAI)


@given(st.integers(0, 3_000_000).map(lambda minutes: datetime(2023, 8, 3, tzinfo=UTC) + timedelta(minutes=minutes)))
def test_a_message_waits_for_the_next_morning_at_most(moment):
    told = may_go_out_at(moment, FIGURES, urgent=False)
    assert moment <= told <= moment + timedelta(hours=11)
    assert 8 <= told.astimezone(SHANGHAI).hour < 21
    assert may_go_out_at(told, FIGURES, urgent=False) == told
    assert may_go_out_at(moment, FIGURES, urgent=True) == moment


def test_a_person_looks_when_it_was_tried_often_enough_or_trying_cannot_help():
    assert after_failure(again=True, attempts=3, figures=FIGURES) == "waiting"
    assert after_failure(again=True, attempts=4, figures=FIGURES) == "failed"
    assert after_failure(again=False, attempts=1, figures=FIGURES) == "failed"
