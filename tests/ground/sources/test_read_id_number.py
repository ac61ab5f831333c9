from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xiuhua.ground.sources.id_numbers import PROVINCES, Unsound, age_on, check_digit, read_id_number

births = st.dates(date(1900, 1, 1), date(2023, 8, 3))
numbers = st.builds(
    lambda province, county, born, serial: f"{province}{county:04d}{born:%Y%m%d}{serial:03d}",
    st.sampled_from(sorted(PROVINCES)),
    st.integers(0, 9999),
    births,
    st.integers(0, 999),
).map(lambda body: body + check_digit(body))


def fault(text):
    with pytest.raises(Unsound) as caught:
        read_id_number(text)
    return caught.value


def test_the_standards_own_example():
    """GB 11643-1999, annex A: 11010519491231002X and 440524188001010014."""
    assert read_id_number("11010519491231002X").sex == "f"
    assert read_id_number("440524188001010014").born == date(1880, 1, 1)


def test_what_a_number_tells():
    number = read_id_number("310107194302030020")
    assert (number.region, number.born, number.sex) == ("310107", date(1943, 2, 3), "f")


def test_small_x_is_taken():
    assert read_id_number("11010519491231002x").number.endswith("X")


def test_fifteen_digits_become_eighteen():
    assert read_id_number("110105491231002").number == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "says", "by"),
    [
        ("31010719430203", "short", 4),
        ("3101071943020300284", "long", 1),
        ("99010719430203002X", "province", 0),
        ("310107194302300028", "born", 0),
        ("31010719430203002A", "characters", 0),
        ("3101071943020X0028", "characters", 0),
        ("X", "characters", 0),
        ("", "short", 18),
        ("０１", "characters", 0),
    ],
)
def test_what_is_wrong_is_named(text, says, by):
    assert (fault(text).fault, fault(text).by) == (says, by)


def test_the_digit_that_was_expected_is_named():
    assert (fault("310107194302030028").fault, fault("310107194302030028").expected) == ("check", "0")


@given(numbers)
def test_sound_numbers_read_back(number):
    assert read_id_number(number).number == number


@given(numbers, st.integers(0, 16), st.integers(0, 9))
def test_any_one_wrong_digit_is_noticed(number, place, digit):
    assume(number[place] != str(digit))
    fault(number[:place] + str(digit) + number[place + 1 :])


@given(numbers, st.integers(0, 15))
def test_two_swapped_digits_are_noticed(number, place):
    assume(number[place] != number[place + 1])
    fault(number[:place] + number[place + 1] + number[place] + number[place + 2 :])


def test_age_counts_full_years():
    assert age_on(date(1943, 8, 3), date(2023, 8, 3)) == 80
    assert age_on(date(1943, 8, 4), date(2023, 8, 3)) == 79
    assert age_on(date(1944, 2, 29), date(2023, 2, 28)) == 78
    assert age_on(date(1944, 2, 29), date(2023, 3, 1)) == 79


@given(births, st.integers(0, 40_000))
def test_age_grows_by_the_year(born, days):
    day = born + timedelta(days=days)
    assert age_on(born, day) <= age_on(born, day + timedelta(days=366)) <= age_on(born, day) + 2
