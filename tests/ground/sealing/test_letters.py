"""A letter that a phone sealed opens here, under keys old and new, and nowhere else; a changed one opens not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground.sealing import letters
from xiuhua.ground.sealing.keyring import add_key, keyring
from xiuhua.ground.sealing.letters import framed, opened, public_key, sealed_to
from xiuhua.ground.sealing.seal import Broken
from xiuhua.ground.verdicts import Refused

HEAD = {
    "v": 1,
    "kind": "test.note",
    "owner": "",
    "key": "k-12345678",
    "fields": {"words": ["坡道被单车挡住"]},
    "files": [],
}


@pytest.fixture(autouse=True)
def own_ring(home):
    """Each test has a ring of its own."""


def photo(size: int) -> dict[str, object]:
    return {"field": "photos", "name": "坡道.jpg", "type": "image/jpeg", "size": size}


def test_letter_opens_with_what_was_enclosed():
    head = {**HEAD, "files": [photo(3), photo(0), photo(2)]}
    letter = opened(sealed_to(public_key(), framed(head, b"abc", b"", b"de")))
    assert letter.head["fields"] == {"words": ["坡道被单车挡住"]}
    assert [(one.name, one.content) for one in letter.files] == [
        ("坡道.jpg", b"abc"),
        ("坡道.jpg", b""),
        ("坡道.jpg", b"de"),
    ]


def test_letter_shows_nothing_of_what_it_says():
    assert "坡道".encode() not in sealed_to(public_key(), framed(HEAD))


def test_letter_sealed_before_a_change_of_keys_still_opens():
    before = sealed_to(public_key(), framed(HEAD))
    old = public_key()
    add_key()
    assert public_key() != old
    assert opened(before).head["kind"] == "test.note"
    assert opened(sealed_to(public_key(), framed(HEAD))).head["kind"] == "test.note"


def test_public_key_stays_the_same_and_is_written_for_a_page():
    assert public_key() == public_key()
    kid, _dot, point = public_key().written.partition(".")
    assert kid == keyring().current
    assert len(point) == 88


def test_letter_to_a_key_that_is_not_in_the_ring_names_it():
    sealed = sealed_to(letters.PublicKey("k9-gone", public_key().point), framed(HEAD))
    with pytest.raises(Refused, match="k9-gone"):
        opened(sealed)


@given(st.data())
def test_letter_that_was_changed_anywhere_does_not_open(data):
    sealed = bytearray(sealed_to(public_key(), framed(HEAD)))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises((Broken, Refused)):
        opened(bytes(sealed))


@given(st.binary(max_size=200))
def test_anything_else_is_no_letter(content):
    for sealed in (content, letters.MARK + content):
        with pytest.raises((Broken, Refused)):
            opened(sealed)


@pytest.mark.parametrize(
    "inside",
    [
        b"",
        b"\0\0\0\x02{}",
        b"\xff\xff\xff\xff{}",
        framed({**HEAD, "v": 2}),
        framed({**HEAD, "files": [photo(-1)]}),
        framed({**HEAD, "files": [photo(9)]}, b"short"),
        framed(HEAD, b"more than was told"),
        framed({**HEAD, "files": ["not a file"]}),
    ],
)
def test_inside_that_is_not_as_it_should_be_is_refused(inside):
    with pytest.raises(Broken):
        opened(sealed_to(public_key(), inside))
