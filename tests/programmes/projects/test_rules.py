"""Properties of the rules: slippage and standing of milestones."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xiuhua.programmes.projects.flow import TONES, ProjectFlow
from xiuhua.programmes.projects.rules import MilestoneFacts, Standing, slipped_days, standing

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
MILESTONES = st.builds(MilestoneFacts, title=st.just("验收"), due_on=DAYS, first_due_on=DAYS, done_on=st.none() | DAYS)


@given(MILESTONES, DAYS)
def test_slippage_is_never_negative_and_grows_with_the_days_until_it_is_reached(milestone, today):
    slipped = slipped_days(milestone, today)
    assert slipped >= 0
    later = slipped_days(milestone, today + timedelta(days=1))
    assert later - slipped in ((0,) if milestone.done_on else (0, 1))


@given(MILESTONES, DAYS, st.integers(0, 60))
def test_a_milestone_stands_in_one_way_on_a_day(milestone, today, soon):
    expected = (
        Standing.DONE
        if milestone.done_on
        else Standing.LATE
        if milestone.due_on < today
        else Standing.SOON
        if milestone.due_on - today <= timedelta(days=soon)
        else Standing.AHEAD
    )
    assert standing(milestone, today, soon_days=soon) == expected


def test_every_state_has_a_colour_and_every_open_one_can_be_stopped():
    assert set(TONES) == {state for state, _title in ProjectFlow.choices()}
    for state in ProjectFlow.open_states():
        assert ProjectFlow.after("stop", state) == "stopped"
