"""Messages of one matter share a number; neighbours, chains and months apart do not run together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.engine import texts

DAY = 86_400.0
WORDS = ("路灯不亮", "油烟扰民", "违停严重", "垃圾成堆", "电梯坏了", "中江路", "枣阳路", "没人管", "半年了", "")
MESSAGES = st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map("".join), max_size=14)


def partition(numbers):
    return {frozenset(np.flatnonzero(numbers == n).tolist()) for n in set(numbers.tolist()) if n >= 0}


def test_one_matter_in_other_words():
    found = texts.group(
        ["中江路烧烤店油烟扰民", "公交车班次太少", "中江路烧烤摊油烟太大扰民严重", "反映中江路烧烤店油烟扰民"]
    )
    assert found.tolist() == [0, -1, 0, 0]
    assert found.dtype == np.int32


def test_two_streets_complain_in_the_same_words():
    noise = [
        f"{street}夜间施工噪音扰民{end}" for street in ("中江路", "枣阳路") for end in ("", "，请尽快处理", "没人管")
    ]
    assert partition(texts.group(noise)) == {frozenset({0, 1, 2}), frozenset({3, 4, 5})}


def test_a_chain_of_neighbours_is_not_one_matter():
    letters = "春夏秋冬东南西北金木水火土天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往收藏闰余成岁"
    chain = [letters[at : at + 6] for at in range(0, 30, 2)]
    numbers = texts.group(chain)
    assert numbers[0] != numbers[-1] or numbers[0] == -1
    assert np.bincount(numbers[numbers >= 0], minlength=1).max() <= 5


def test_months_apart_are_hardly_one_matter():
    said = ["小区门口违停严重堵住通道", "小区门口违停严重，天天堵住"]
    assert texts.group(said, [0, DAY]).tolist() == [0, 0]
    assert texts.group(said, [0, 400 * DAY]).tolist() == [-1, -1]


def test_unknown_times_do_not_part():
    assert texts.group(["路灯不亮很久了"] * 2, [np.nan, 3 * DAY]).tolist() == [0, 0]


def test_less_likeness_makes_wider_topics():
    said = ["枣阳路 坡口 共享单车", "坡口 共享单车 轮椅", "菜场 共享单车 坡口", "路灯 步道"]
    assert texts.group(said, alike=0.99).tolist() == [-1, -1, -1, -1]
    assert texts.group(said, alike=0.2).tolist() == [0, 0, 0, -1]
    for wrong in (0, -0.1, 1.1):
        with pytest.raises(ValueError, match="not above 0"):
            texts.group(said, alike=wrong)


def test_nothing_and_one():
    assert texts.group([]).tolist() == []
    assert texts.group(["路灯不亮"]).tolist() == [-1]
    assert texts.group(["", " ", "！"]).tolist() == [-1, -1, -1]


def test_times_have_to_fit():
    with pytest.raises(ValueError, match="2 texts and 1 times"):
        texts.group(["甲", "乙"], [1.0])


@given(MESSAGES, st.randoms())
@settings(max_examples=40, deadline=None)
def test_order_decides_nothing(messages, chance):
    order = list(range(len(messages)))
    chance.shuffle(order)
    there = partition(texts.group(messages))
    moved = partition(texts.group([messages[i] for i in order]))
    back = {frozenset(order[i] for i in matter) for matter in moved}
    said = {frozenset(sorted(messages[i] for i in matter)) for matter in there}
    assert {frozenset(sorted(messages[i] for i in matter)) for matter in back} == said


@given(MESSAGES)
@settings(max_examples=40, deadline=None)
def test_the_same_words_are_the_same_matter(messages):
    numbers = texts.group([*messages, *messages])
    for place, message in enumerate(messages):
        if message:
            assert numbers[place] == numbers[place + len(messages)] >= 0


@given(MESSAGES)
@settings(max_examples=40, deadline=None)
def test_what_shares_nothing_is_never_one_matter(messages):
    numbers = texts.group(messages)
    for matter in partition(numbers):
        said = [set(messages[i]) for i in matter]
        assert all(any(one & other for other in said if other is not one) for one in said)
    assert sorted(set(numbers[numbers >= 0].tolist())) == list(range(numbers.max(initial=-1) + 1))
