"""What people type, cleaned and given a title: by what they write, and whatever they write."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.programmes.suggestions.sorting.personal import find
from xiuhua.programmes.suggestions.sorting.words import LONGEST_TITLE, cleaned, title_of


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("\u202e楼道\u200b灯\u2060坏了\x00", "楼道灯坏了"),
        ("电话１３８，Ａ座", "电话138，A座"),
        ("一\r\n\r\n\r\n\r\n二  三\t四", "一\n\n二 三 四"),
        ("太吵了！！！！！！！！", "太吵了！！！"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("工单 2000000000 号", "工单 2000000000 号"),
        (" \u3000\n", ""),
    ],
)
def test_what_nobody_sees_goes(written, kept):
    assert cleaned(written) == kept


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("您好！我是长风二村的居民，我叫王秀英。路口坡口每天都被单车占满。", "路口坡口每天都被单车占满"),
        ("尊敬的领导：\n我想反映一下助餐点周末不开的问题，独居老人吃剩菜。", "助餐点周末不开，独居老人吃剩菜"),
        ("3号楼602漏水，物业不管", "3号楼漏水，物业不管"),
        (
            "领导好，我住中江路88弄12号301室，今年78岁，爬不动六楼了，什么时候能装电梯？",
            "爬不动六楼了，什么时候能装电梯",
        ),
        ("我有个建议：把94路改道经过同普路700弄", "把94路改道经过同普路700弄"),
        ("张建国先生的空调滴水", "张某先生的空调滴水"),
        (
            "建议在云岭东路近枣阳路口画禁停线并且装三根矮柱同时请人挪车",
            "建议在云岭东路近枣阳路口画禁停线并且装三根矮柱…",
        ),
        ("你好", "你好"),
        ("13812345678", ""),
        ("", ""),
    ],
)
def test_the_title_is_the_first_clause_that_tells(words, title):
    assert title_of(words) == title


@given(st.text(max_size=200) | st.text("您好我是王建国12号3室，。！建议１\u200b\n<b>", max_size=200))
def test_whatever_is_written(words):
    kept = cleaned(words)
    assert cleaned(kept) == kept
    assert not any(unicodedata.category(char) in {"Cf", "Cs"} for char in kept)
    title = title_of(words)
    assert len(title) <= LONGEST_TITLE
    assert "\n" not in title
    assert find(title) == []


def test_a_hundred_thousand_characters_are_cut():
    assert len(cleaned("灯坏了。" * 25_000, most=5000)) == 5000
