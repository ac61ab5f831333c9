"""Personal data in free text: found in what residents write, by a table of sentences; nothing unseen hides it."""

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.ground.sources.id_numbers import check_digit
from xiuhua.programmes.suggestions.sorting.personal import Kind, find, masked

TABLE = Path(__file__).parents[3] / "fixtures" / "suggestions" / "personal.txt"
MARK = re.compile(r"\{(\w+):([^}]*)\}")
LEAST_RECALL = dict.fromkeys(Kind, 0.98) | {Kind.NAME: 0.9}


def _sentences() -> list[tuple[str, list[tuple[str, int, int]]]]:
    lines = TABLE.read_text("utf-8").splitlines()
    return [_read(line) for line in lines if line and not line.startswith("#")]


def _read(line: str) -> tuple[str, list[tuple[str, int, int]]]:
    text, marks, at = "", [], 0
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        marks.append((mark[1], len(text), len(text) + len(mark[2])))
        text, at = text + mark[2], mark.end()
    return text + line[at:], marks


def test_recall_and_precision_on_the_table():
    wanted, hit, got, false = Counter(), Counter(), Counter(), Counter()
    for text, marks in _sentences():
        found = [(one.kind.value, one.start, one.end) for one in find(text)]
        for kind, start, end in marks:
            wanted[kind] += 1
            hit[kind] += any(kind == one and first <= start and end <= last for one, first, last in found)
        for kind, start, end in found:
            got[kind] += 1
            false[kind] += not any(kind == one and start < last and first < end for one, first, last in marks)
    assert len(_sentences()) > 150
    assert {kind: hit[kind] / wanted[kind] for kind in Kind if hit[kind] / wanted[kind] < LEAST_RECALL[kind]} == {}
    assert sum(false.values()) <= 0.02 * sum(got.values()), false


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("中江路88弄12号301室", "中江路88弄12号***室"),
        ("我叫王秀英，王阿姨是我邻居", "我叫王**，王阿姨是我邻居"),
        ("13812345678三楼东户", "**************"),
        ("联系人：欧阳慧 138-1234-5678", "联系人：欧阳* ***********"),
        ("沪A·12345占了通道", "沪******占了通道"),
        ("138\u200b12\u202e34\u20605678", "***********"),
    ],
)
def test_what_is_left_tells_what_stood_there(words, shown):
    assert masked(words) == shown


INVISIBLE = st.text("\u200b\u200c\u200d\u2060\ufeff\u202a\u202e\u2066\u00ad", max_size=2)


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.lists(INVISIBLE, min_size=11, max_size=11),
    st.sampled_from("0０𝟎零"),
)
def test_no_telephone_hides(number, between, zero):
    dressed = "".join(_dressed(digit, zero) + gap for digit, gap in zip(number, between, strict=True))
    text = f"请打{dressed}找我"
    assert [one.kind for one in find(text)] == [Kind.PHONE]
    assert not set(_plain_digits(masked(text)))


def _dressed(digit: str, zero: str) -> str:
    return "零一二三四五六七八九"[int(digit)] if zero == "零" else chr(ord(zero) + int(digit))


def _plain_digits(text: str) -> list[str]:
    return [char for char in text if char.isdecimal() or char in "零一二三四五六七八九"]


@given(st.dates().filter(lambda day: day.year >= 1900), st.integers(0, 999), st.sampled_from(["", " "]))
def test_no_identity_number_hides(born, serial, gap):
    body = f"310107{born:%Y%m%d}{serial:03d}"
    number = body + check_digit(body)
    text = f"身份证{number[:6]}{gap}{number[6:14]}{gap}{number[14:]}。"
    assert [one.kind for one in find(text)] == [Kind.ID_NUMBER]


@given(st.text(max_size=60) | st.text("我叫王秀英建国12号3室-0１０〇一弄 沪AB@.微信\u200b", max_size=60))
def test_whatever_is_written_is_cut_into_pieces_in_order_and_masked_once(text):
    found = find(text)
    assert all(one.text == text[one.start : one.end] and one.text for one in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))


@pytest.mark.parametrize("line", [text for text, marks in _sentences() if marks])
def test_what_is_masked_has_nothing_left_to_find(line):
    assert find(masked(line)) == []
