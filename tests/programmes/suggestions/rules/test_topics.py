"""What rises, and which topic a group was before."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground.standards import on
from xiuhua.programmes.suggestions.rules.topics import carried_over, name_can_stand, trend, week_of, weeks_until

SUNDAY = date(2023, 8, 6)
BOOK = on(SUNDAY).suggestions


def weeks_of(*counts: int) -> dict[str, int]:
    """Counts of the last weeks, the one of `SUNDAY` at the end."""
    return {week_of(day): count for day, count in zip(weeks_until(SUNDAY, len(counts)), counts, strict=True)}


@pytest.mark.parametrize(
    ("counts", "back", "rises", "factor"),
    [
        ((2, 2, 2, 2, 4), 0, True, 2.0),
        ((2, 2, 2, 2, 3), 0, False, 1.5),
        ((0, 0, 0, 0, 3), 0, True, None),
        ((9, 0, 0, 0, 0, 3), 0, True, None),
        ((0, 0, 0, 0, 2), 0, False, None),
        ((1, 0, 0, 0, 2), 0, False, 8.0),
        ((4, 4, 4, 4, 4), 4, True, 7 / 3),  # a Wednesday: four in three days
        ((4, 4, 4, 4, 0), 0, False, 0.0),
        ((), 0, False, None),
    ],
)
def test_rising_is_this_week_against_the_four_before(counts, back, rises, factor):
    found = trend(weeks_of(*counts), SUNDAY - timedelta(days=back), BOOK)
    assert found.is_rising is rises
    assert found.factor == (pytest.approx(factor) if factor is not None else None)


def test_on_a_monday_last_week_still_stands():
    weeks = weeks_of(1, 1, 1, 1, 8)
    monday = SUNDAY + timedelta(days=1)
    assert trend(weeks, monday, BOOK).is_rising
    assert trend(weeks, monday, BOOK).count == 8
    assert not trend(weeks, monday + timedelta(days=2), BOOK).is_rising


COUNTS = st.lists(st.integers(0, 30), min_size=5, max_size=9)
DAYS = st.integers(0, 6)


@given(COUNTS, DAYS)
def test_one_more_this_week_never_makes_it_fall(counts, back):
    day = SUNDAY - timedelta(days=back)
    weeks = weeks_of(*counts)
    more = weeks | {week_of(day): weeks[week_of(day)] + 1}
    assert trend(more, day, BOOK).is_rising or not trend(weeks, day, BOOK).is_rising


@given(COUNTS, st.integers(2, 6))
def test_what_was_long_ago_decides_nothing_and_few_never_rise(counts, weekday):
    day = SUNDAY - timedelta(days=6 - weekday)
    weeks = weeks_of(*counts)
    assert trend(weeks, day, BOOK) == trend(weeks_of(*counts[-5:]), day, BOOK)
    assert not trend(weeks | {week_of(day): 2}, day, BOOK).is_rising


GROUPS = st.lists(st.integers(0, 5), min_size=1, max_size=20).map(
    lambda of: [
        members for members in ([place for place, group in enumerate(of) if group == g] for g in range(6)) if members
    ]
)


@given(GROUPS, st.dictionaries(st.integers(0, 19), st.integers(100, 104)))
def test_a_topic_goes_to_one_group_and_shares_members_with_it(groups, before):
    numbers = carried_over(groups, before)
    given_out = [number for number in numbers if number is not None]
    assert len(given_out) == len(set(given_out))
    for group, number in zip(groups, numbers, strict=True):
        assert number is None or any(before.get(member) == number for member in group)


@given(GROUPS)
def test_the_same_groups_keep_their_numbers_in_any_order(groups):
    before = {member: 100 + place for place, group in enumerate(groups) for member in group}
    assert carried_over(groups, before) == [100 + place for place in range(len(groups))]
    assert carried_over(groups[::-1], before) == [100 + place for place in range(len(groups))][::-1]


def test_of_a_parted_topic_the_larger_part_keeps_the_number():
    assert carried_over([[1, 2], [3, 4, 5], [6]], dict.fromkeys(range(1, 6), 9)) == [None, 9, None]
    assert carried_over([[1, 20, 21, 22]], {1: 9, 2: 9, 3: 9}) == [None]


def test_a_name_is_short_and_nobodys():
    assert name_can_stand("坡口的单车", "坡口的单车").decision
    for name, masked in (("", ""), ("长" * 31, "长" * 31), ("王秀英", "王**")):
        assert not name_can_stand(name, masked).decision
