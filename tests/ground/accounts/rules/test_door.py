"""Pure rules of the door: failures, codes, sessions, tokens, figures of the rule book."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground import standards
from xiuhua.ground.accounts.numbers import is_mobile, typed, typed_phone
from xiuhua.ground.accounts.own.devices import device_of
from xiuhua.ground.accounts.rules import after_failure, code_can_be_sent, end_of, token_can_be_made
from xiuhua.ground.standards.figures import Status

NOON = datetime(2023, 8, 3, 4, tzinfo=UTC)
TRUST = standards.on(date(2023, 8, 3)).trust
seconds = st.integers(min_value=0, max_value=100_000)


@given(st.integers(0, 50), seconds)
def test_failures_grow_by_one_or_begin_anew(count, ago):
    found = after_failure(count, NOON - timedelta(seconds=ago), NOON, TRUST.sign_in)
    assert found == (1 if ago > 60 * TRUST.sign_in.forget_minutes.number else count + 1)


def test_first_failure_is_the_first():
    assert after_failure(9, None, NOON, TRUST.sign_in) == 1


@given(seconds, st.integers(0, 20), st.integers(0, 40), st.integers(0, 50), st.booleans())
def test_code_goes_out_only_within_all_limits(ago, phone_today, others_today, address_hour, own):
    figures = TRUST.code
    verdict = code_can_be_sent(
        "13812345678",
        NOON,
        figures,
        last_at=NOON - timedelta(seconds=ago),
        phone_today=phone_today,
        phone_today_all=phone_today + others_today,
        address_hour=address_hour,
        own=own,
    )
    within = ago >= figures.wait_seconds.number
    if own:
        assert verdict.decision == (within and phone_today < figures.own_day.number)
    else:
        few = phone_today < figures.phone_day.number and phone_today + others_today < figures.phone_day_all.number
        assert verdict.decision == (within and few and address_hour < figures.address_hour.number)


@given(seconds, seconds)
def test_session_ends_by_idleness_or_by_the_hour_whichever_comes_first(busy, idle):
    began, seen = NOON, NOON + timedelta(seconds=busy)
    end, why = end_of(began, seen, TRUST.session, is_resident=False)
    assert end <= seen + timedelta(minutes=TRUST.session.idle_minutes.number)
    assert end <= began + timedelta(hours=TRUST.session.hours.number)
    assert why in ("idle", "longest")


@pytest.mark.parametrize(
    ("name", "days", "good"), [("取数", 1, True), ("取数", 366, True), ("取数", 367, False), (" ", 9, False)]
)
def test_token_needs_a_use_and_an_end(name, days, good):
    assert token_can_be_made(name, days, TRUST.token).decision is good


@pytest.mark.parametrize(
    ("given_as", "meant"),
    [
        ("＋86 138-1234-5678", "13812345678"),
        ("１３８12345678", "13812345678"),
        ("021-62345678", "02162345678"),
        ("", ""),
    ],
)
def test_telephone_is_taken_as_it_was_meant(given_as, meant):
    assert typed_phone(given_as) == meant


@given(st.text(max_size=40))
def test_any_number_can_be_typed(text):
    assert not any(letter.isspace() for letter in typed(text))
    assert is_mobile(typed_phone(text)) in (True, False)


@pytest.mark.parametrize(
    ("said", "known_as"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36",
            "Chrome，Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 13; V2185A) Chrome/111.0 Mobile MicroMessenger/8.0.42", "微信，Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari，iPhone"),
        ("", "不认得的设备"),
    ],
)
def test_device_is_told_in_two_words(said, known_as):
    assert device_of(said) == known_as


def test_figures_of_trust_are_all_there_and_none_pretends():
    assert len(TRUST.figures) >= 25
    assert all(key.startswith("trust.") for key in TRUST.figures)
    assert Status.VERIFIED not in {figure.status for figure in TRUST.figures.values()}


def test_record_is_kept_no_shorter_than_the_law_asks():
    assert TRUST.journal.least_months.number == 6
    assert TRUST.journal.months.number >= TRUST.journal.least_months.number


def test_subdistrict_may_set_its_own_number_of_tries():
    own = standards.on(date(2023, 8, 3), {"trust.sign_in.tries": 3}).trust
    assert own.sign_in.tries.number == 3
    assert own.sign_in.tries.status == Status.PRACTICE
