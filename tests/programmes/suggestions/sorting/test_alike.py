"""Whether two suggestions are one matter: as the office would say, and never against what speaks for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.programmes.suggestions.sorting.alike import likeness, metres_between, sameness

LIKE = st.floats(0, 1)
METRES = st.none() | st.floats(0, 5000)
DAYS = st.floats(-800, 800)


@pytest.mark.parametrize(
    ("words", "metres", "days", "expected", "reasons"),
    [
        (0.23, 40, 12, 0.9, "说法不同，地点相距 40 米，两周之内"),
        (0.18, 42, 19, 0.84, "说法不同，地点相距 40 米，三周之内"),
        (0.95, 3, 0, 0.99, "说法几乎一样，同一个地点，同一天"),
        (0.3, 2300, 40, 0.28, "说法相近，地点相距 2.3 公里，相隔 1 个月"),
        (0.02, None, 500, 0.03, "说法不同，相隔一年以上"),
    ],
)
def test_likeness_and_its_reasons(words, metres, days, expected, reasons):
    found = likeness(words, metres, days)
    assert found.sameness == pytest.approx(expected, abs=0.02)
    assert found.reasons == reasons


def test_what_stands_everywhere_is_not_one_matter_for_its_words_alone():
    assert sameness(0.3, 900, 5) < 0.62 < sameness(0.3, None, 5)
    assert sameness(0.01, 0, 0) < 0.62


@given(LIKE, LIKE, METRES, DAYS)
def test_words_more_alike_are_never_less_the_same(one, other, metres, days):
    low, high = sorted((one, other))
    assert 0 <= sameness(low, metres, days) <= sameness(high, metres, days) < 1


@given(LIKE, st.floats(0, 5000), st.floats(0, 5000), DAYS, DAYS)
def test_closer_and_sooner_is_never_less_the_same(words, one, other, day, later):
    near, far = sorted((one, other))
    soon, late = sorted((day, later), key=abs)
    assert sameness(words, near, soon) >= sameness(words, far, late)


def test_metres_between_two_points():
    assert metres_between(121.4, 31.23, 121.41, 31.23) == pytest.approx(952, abs=3)
    assert metres_between(121.4, 31.23, 121.4, 31.24) == pytest.approx(1109, abs=3)
