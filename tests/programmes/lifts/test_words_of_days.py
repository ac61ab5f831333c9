"""Days as people say them, read on 3 August 2023: the year is said where it is another, or both ends need it."""

from datetime import date, datetime

import pytest

from xiuhua.ground.ui.templatetags.ui import moment_words
from xiuhua.programmes.lifts.templatetags.lifts import on_day
from xiuhua.programmes.lifts.words import on_days

pytestmark = pytest.mark.usefixtures("noon")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2023, 3, 1), date(2023, 4, 11), "3 月 1 日至 4 月 11 日"),
        (date(2021, 3, 1), date(2021, 4, 11), "2021 年 3 月 1 日至 4 月 11 日"),
        (date(2022, 12, 5), date(2023, 7, 12), "2022 年 12 月 5 日至 2023 年 7 月 12 日"),
    ],
)
def test_a_period_says_its_years_so_that_none_is_misread(first, last, said):
    assert on_days(first, last) == said


def test_a_day_and_a_moment_of_another_year_say_it():
    assert on_day(date(2024, 7, 17)) == "2024 年 7 月 17 日"
    assert on_day(datetime.fromisoformat("2023-07-16T23:00:00+00:00")) == "7 月 17 日"
    assert moment_words(datetime.fromisoformat("2022-07-16T23:30:00+00:00")) == "2022 年 7 月 17 日 07:30"
    assert moment_words(datetime.fromisoformat("2023-07-16T23:30:00+00:00")) == "7 月 17 日 07:30"
