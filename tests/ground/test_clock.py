from datetime import UTC, datetime, timedelta

import pytest

from xiuhua.ground import clock

MORNING = datetime(2023, 8, 3, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock_put_back():
    yield
    clock.start_at(datetime.now(UTC))


def test_it_runs_on_from_where_it_was_started():
    since = datetime.now(UTC) - timedelta(hours=2)
    clock.start_at(MORNING, since=since)
    assert timedelta(hours=2) <= clock.now() - MORNING < timedelta(hours=2, minutes=5)


def test_it_stands_still_within_a_block():
    with clock.stopped_at(MORNING):
        assert clock.now() == clock.now() == MORNING
    assert clock.now() != MORNING


def test_another_process_shows_the_same_time(tmp_path):
    clock.keep(tmp_path / clock.FILE, MORNING, since=datetime.now(UTC) - timedelta(hours=1))
    clock.restore(tmp_path / clock.FILE)
    assert timedelta(hours=1) <= clock.now() - MORNING < timedelta(hours=1, minutes=5)


def test_without_a_note_it_is_the_real_time(tmp_path):
    clock.restore(tmp_path / clock.FILE)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=5)
