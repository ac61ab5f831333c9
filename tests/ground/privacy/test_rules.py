"""Rules about people's own data, over all the days they may be asked on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground import standards
from xiuhua.ground.privacy import rules
from xiuhua.ground.privacy.rules import Birth, Ground

BOOK = standards.on(date(2023, 8, 3)).privacy
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@given(born=st.dates(date(1920, 1, 1), date(2023, 1, 1)), on=DAYS)
def test_whoever_has_surely_reached_an_age_by_the_year_has_so_by_the_day(born, on):
    if Birth(born.year).surely_reached(14, on):
        assert Birth(born.year, born).surely_reached(14, on)


@pytest.mark.parametrize(
    ("on", "reached"), [(date(2023, 8, 2), False), (date(2023, 8, 3), True), (date(2024, 1, 1), True)]
)
def test_an_age_is_reached_on_the_birthday(on, reached):
    assert Birth(2009, date(2009, 8, 3)).surely_reached(14, on) is reached


def test_of_someone_of_whom_only_the_year_is_known_the_birthday_may_be_to_come():
    assert not Birth(2009).surely_reached(14, date(2023, 12, 31))
    assert Birth(2009).surely_reached(14, date(2024, 1, 1))


@given(decided=DAYS)
def test_an_assessment_is_kept_for_three_years_to_the_day(decided):
    until = rules.keep_until(decided, BOOK.impact_keep_years)
    assert until.year == decided.year + 3
    assert until.replace(year=2000) >= decided.replace(year=2000)
    for day, may in ((until - timedelta(days=1), False), (until, True)):
        verdict = rules.assessment_can_be_removed(kept_until=until, today=day, keep_years=BOOK.impact_keep_years)
        assert verdict.decision is may


@given(year=st.integers(1890, 2023))
def test_what_stays_of_a_year_of_birth_is_its_decade(year):
    kept = rules.kept_birth_year(year, BOOK.keep_birth_band_years)
    assert kept % 10 == 0
    assert 0 <= year - kept < 10


@pytest.mark.parametrize("ground", list(Ground))
def test_nobody_is_erased_while_held_or_twice(ground):
    basis = BOOK.bases["consent"]
    held = rules.person_can_be_erased(basis, ground, holds=[(date(2024, 1, 1), "诉讼")], keeps_file=False, erased=False)
    assert not held.decision
    assert "2024-01-01：诉讼" in str(held.reasons[0])
    assert not rules.person_can_be_erased(basis, ground, holds=[], keeps_file=False, erased=True).decision


@pytest.mark.parametrize("key", ["committee_service", "elder_care", "social_relief", "emergency"])
def test_what_a_duty_carries_is_not_erased_for_a_consent_that_nobody_needed(key):
    basis = BOOK.bases[key]
    asked = rules.person_can_be_erased(basis, Ground.CONSENT_WITHDRAWN, holds=[], keeps_file=False, erased=False)
    assert not asked.decision
    assert basis.law.clause in str(asked.reasons[0])
    over = rules.person_can_be_erased(basis, Ground.PURPOSE_OVER, holds=[], keeps_file=False, erased=False)
    assert over.decision


def test_what_rests_on_consent_is_erased_once_that_is_withdrawn():
    basis = BOOK.bases["consent"]
    for keeps_file in (True, False):
        verdict = rules.person_can_be_erased(
            basis, Ground.CONSENT_WITHDRAWN, holds=[], keeps_file=keeps_file, erased=False
        )
        assert verdict.decision is not keeps_file


def test_due_days_come_from_the_book():
    assert rules.due_on(date(2023, 8, 3), BOOK.answer_days) == date(2023, 8, 18)
