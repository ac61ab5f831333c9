import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground.jobs import rules
from xiuhua.ground.jobs.rules import Delivery
from xiuhua.ground.jobs.states import OPEN, State


def delivered(state: State, *, stop_asked: bool = False, attempts: int = 0, silent_s: float = 0.0) -> Delivery:
    return rules.on_delivery(
        state, stop_asked=stop_asked, attempts=attempts, silent_s=silent_s, stale_after_s=60.0, most_attempts=5
    )


def test_what_waits_is_taken():
    assert delivered(State.WAITING) is Delivery.TAKE


def test_what_runs_elsewhere_is_left_to_it():
    assert delivered(State.RUNNING, attempts=1, silent_s=59.0) is Delivery.LEAVE


def test_what_fell_silent_is_taken_over():
    assert delivered(State.RUNNING, attempts=1, silent_s=60.0) is Delivery.TAKE


def test_what_kills_its_worker_each_time_is_given_up():
    assert delivered(State.RUNNING, attempts=5, silent_s=60.0) is Delivery.GIVE_UP


def test_what_was_told_to_stop_before_its_worker_died_stops():
    assert delivered(State.RUNNING, stop_asked=True, attempts=1, silent_s=60.0) is Delivery.STOP


@given(state=st.sampled_from(State), stop=st.booleans(), attempts=st.integers(0, 9), silent=st.floats(0, 1e6))
def test_what_has_ended_is_never_touched_again(state, stop, attempts, silent):
    delivery = delivered(state, stop_asked=stop, attempts=attempts, silent_s=silent)
    assert state in OPEN or delivery is Delivery.LEAVE


@pytest.mark.parametrize("state", State)
def test_a_job_can_be_stopped_or_retried_never_both(state):
    stop, retry = rules.can_stop(state), rules.can_retry(state)
    assert not (stop.decision and retry.decision)
    assert all(verdict.decision or verdict.reasons for verdict in (stop, retry))
