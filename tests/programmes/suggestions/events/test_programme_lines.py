"""A programme as one types it: what is written is read again."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.programmes.suggestions.events.forms import item_of, line_of
from xiuhua.programmes.suggestions.rules.events import ItemFacts

words = st.text(st.characters(categories=("Lo", "Nd")), min_size=1, max_size=20)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)), words, words | st.just(""), words | st.just(""))
def test_an_item_written_as_a_line_reads_the_same(at, title, who, place):
    item = ItemFacts(at, title, who, place)
    assert item_of(line_of(item)) == item


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("9:00 开场", ItemFacts(time(9), "开场")),
        ("09：30　贴点｜大家", ItemFacts(time(9, 30), "贴点", "大家")),
        ("10:00散步\t规划师\t河边", ItemFacts(time(10), "散步", "规划师", "河边")),
    ],
)
def test_as_people_type_it(line, item):
    assert item_of(line) == item


@pytest.mark.parametrize("line", ["开场", "25:00 开场", "9:60 开场", "9:00", "9:00 | 谁"])
def test_what_says_no_time_or_nothing_is_none(line):
    assert item_of(line) is None
