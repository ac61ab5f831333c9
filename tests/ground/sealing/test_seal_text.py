"""A text is sealed, opens in its own place, and nowhere else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground.sealing.keyring import add_key, keyring
from xiuhua.ground.sealing.seal import Broken, blind_index, key_id, seal, unseal
from xiuhua.ground.verdicts import Refused

PLACE = ("residents", "phone", "7")
places = st.lists(st.text(max_size=8), max_size=4).map(tuple)


@given(st.text(), places)
def test_any_text_opens_where_it_was_sealed(text, place):
    assert unseal(seal(text, *place), *place) == text


def test_a_token_names_its_key_and_shows_nothing():
    token = seal("13812345678", *PLACE)

    assert key_id(token) == keyring().current
    assert "13812345678" not in token
    assert seal("13812345678", *PLACE) != token


@given(st.text(max_size=20), places, places)
def test_in_another_place_it_does_not_open(text, place, other):
    token = seal(text, *place)

    if place != other:
        with pytest.raises(Broken):
            unseal(token, *other)


def test_places_that_run_together_alike_are_told_apart():
    with pytest.raises(Broken, match="residents phone7"):
        unseal(seal("x", "residents", "phone", "7"), "residents", "phone7")


@given(st.text(max_size=20), st.data())
def test_any_bit_changed_and_it_does_not_open(text, data):
    kid, _dot, encoded = seal(text, *PLACE).partition(".")
    raw = bytearray(base64.urlsafe_b64decode(encoded))
    bit = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8

    with pytest.raises(Broken):
        unseal(f"{kid}.{base64.urlsafe_b64encode(raw).decode()}", *PLACE)


@given(st.text(max_size=20), st.data())
def test_any_character_changed_and_it_does_not_open(text, data):
    token = seal(text, *PLACE)
    begin = token.index(".") + 1
    place = data.draw(st.integers(begin, len(token) - 1))
    character = data.draw(st.characters(max_codepoint=0x4E00).filter(lambda drawn: drawn != token[place]))

    with pytest.raises(Broken):
        unseal(token[:place] + character + token[place + 1 :], *PLACE)


@pytest.mark.parametrize("rest", ["", "AAAA", "=", "é", " "])
def test_what_is_no_token_does_not_open(rest):
    with pytest.raises(Broken):
        unseal(f"{keyring().current}.{rest}", *PLACE)


def test_a_missing_key_is_named():
    with pytest.raises(Refused, match="k9-beef"):
        unseal(f"k9-beef.{seal('x', *PLACE).partition('.')[2]}", *PLACE)


def test_what_an_older_key_sealed_opens_still(home):
    old = seal("13812345678", *PLACE)

    kid = add_key()

    assert key_id(seal("x")) == kid
    assert kid != key_id(old)
    assert unseal(old, *PLACE) == "13812345678"


@given(st.text(), st.text())
def test_indexes_are_equal_when_values_are(one, other):
    assert (blind_index(one, "residents", "phone") == blind_index(other, "residents", "phone")) == (one == other)


def test_an_index_belongs_to_its_field_and_its_key(home):
    first = blind_index("1", "residents", "phone")
    kid = add_key()

    assert blind_index("1", "residents", "id_number") != first
    assert blind_index("1", "residents", "phone") != first
    assert blind_index("1", "residents", "phone", kid=key_id(first)) == first
    assert key_id(blind_index("1", "residents", "phone")) == kid
