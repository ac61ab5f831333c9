"""What a password must be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground import standards
from xiuhua.ground.accounts.rules.passwords import LONGEST, kinds_of, password_is_good

FIGURES = standards.on(date(2023, 8, 3)).trust.password


@pytest.mark.parametrize(
    "password", ["xiu-hua-9-stitches", "一针一线把家门口的事办好了 2023", "Embroidery", "abc def 12"]
)
def test_long_and_varied_is_good(password):
    assert password_is_good(password, FIGURES).decision


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "只有 0 个字"),
        ("Ab3-Ab3-A", "只有 9 个字"),
        ("abcdefghijkl", "太单一"),
        ("12345678901", "太单一"),
        ("A" * 64 + "1" * 65, "太长"),
        ("aaaaaaaaa1", "太常见"),
    ],
)
def test_short_plain_and_endless_are_not(password, said):
    verdict = password_is_good(password, FIGURES)
    assert not verdict.decision
    assert said in " ".join(map(str, verdict.reasons))


def test_what_thieves_try_first_is_not():
    assert "太常见" in str(password_is_good("Password123", FIGURES, is_common=True).reasons[0])


def test_own_number_is_not():
    assert "工号或手机号" in str(password_is_good("my-cf0317-x", FIGURES, own_words=["CF0317"]).reasons[0])


def test_reasons_cite_the_rule_book():
    assert [reason.cites for reason in password_is_good("abc", FIGURES).reasons] == [
        "trust.password.least_letters",
        "trust.password.least_kinds",
        None,
    ]


@given(st.text(max_size=200), st.lists(st.text(min_size=4), max_size=3))
def test_every_password_is_judged_and_each_refusal_says_why(password, own_words):
    verdict = password_is_good(password, FIGURES, own_words=own_words)
    assert verdict.decision == (not verdict.reasons)
    if verdict.decision:
        assert FIGURES.least_letters.number <= len(password) <= LONGEST
        assert len(kinds_of(password)) >= FIGURES.least_kinds.number
        assert not any(word.casefold() in password.casefold() for word in own_words)
