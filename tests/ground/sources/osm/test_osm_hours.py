import pytest

from xiuhua.ground.sources.osm.access import Passage
from xiuhua.ground.sources.osm.hours import HOURS_A_WEEK, Hours, hours_of, week_of

MONDAY, SATURDAY = 0, 5 * 24


def test_a_gate_open_from_six_to_ten_at_night():
    table = week_of("Mo-Su 06:00-22:00").table
    assert table is not None
    assert len(table) == HOURS_A_WEEK
    assert [hour for hour in range(24) if table[MONDAY + hour]] == list(range(6, 22))


def test_the_week_begins_on_monday():
    table = week_of("Mo-Fr 08:00-18:00").table
    assert table is not None
    assert table[MONDAY + 9]
    assert not table[SATURDAY + 9]


def test_an_hour_counts_by_its_middle():
    table = week_of("06:20-22:40").table
    assert table is not None
    assert table[6]
    assert table[22]
    assert not week_of("06:40-22:20").table[6]


def test_through_the_night():
    table = week_of("20:00-02:00").table
    assert table is not None
    assert [hour for hour in range(24) if table[hour]] == [0, 1, 20, 21, 22, 23]


@pytest.mark.parametrize("text", ["24/7", "Mo-Su 00:00-24:00", "unknown"])
def test_always_open_needs_no_table(text):
    assert week_of(text) == Hours()


@pytest.mark.parametrize("text", ["随时", "9am to 5", "06:00-", "?"])
def test_unreadable_hours_count_as_open_and_are_known_to_be_unreadable(text):
    assert week_of(text) == Hours(table=None, unreadable=True)


def test_never_open():
    assert week_of("off").table == (False,) * HOURS_A_WEEK


def test_conditions_close_what_is_open():
    table = hours_of({"access:conditional": "no @ (22:00-06:00)"}, Passage.OPEN).table
    assert table is not None
    assert [hour for hour in range(24) if table[hour]] == list(range(6, 22))


def test_conditions_open_what_is_closed():
    table = hours_of({"foot:conditional": "yes @ (Mo-Fr 08:00-20:00; Sa 08:00-16:00)"}, Passage.CLOSED).table
    assert table is not None
    assert table[MONDAY + 19]
    assert not table[SATURDAY + 19]
    assert table[SATURDAY + 15]


def test_what_is_said_of_walkers_comes_first():
    tags = {
        "foot:conditional": "no @ (00:00-05:00)",
        "access:conditional": "no @ (12:00-13:00)",
        "opening_hours": "off",
    }
    table = hours_of(tags, Passage.OPEN).table
    assert table is not None
    assert table[12]
    assert not table[3]


@pytest.mark.parametrize("text", ["no @ (wet)", "perhaps @ (08:00-09:00)", "no"])
def test_unreadable_conditions(text):
    assert hours_of({"access:conditional": text}, Passage.OPEN).unreadable
