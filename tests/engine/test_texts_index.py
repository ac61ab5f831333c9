"""The index finds what comparing with every text would find."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.engine import texts
from xiuhua.engine.texts import grams

WORDS = ("路灯不亮", "油烟扰民", "违停", "垃圾成堆", "电梯", "中江路", "枣阳路", "没人管", "12号", "")
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map("".join), min_size=1, max_size=20)
SAID = ["中江路路灯不亮", "枣阳路油烟扰民", "电梯坏了", "路灯不亮没人管"]


def compared_with_all(said, text):
    counts = grams.counted([grams.plain(one, fold=False) for one in [*said, text]], characters=(2,), words=(1,))
    rows = grams.sublinear(counts, grams.rarity(counts[:-1]))
    return np.asarray((rows[:-1] @ rows[-1].T).todense()).ravel()


@given(TEXTS, st.lists(st.sampled_from(WORDS), max_size=3).map("".join), st.integers(1, 8))
@settings(max_examples=40, deadline=None)
def test_equals_comparing_with_all(said, text, k):
    rows, likeness = texts.TextIndex.from_texts(said).alike(text, k)
    all_ = compared_with_all(said, text)
    assert len(rows) == min(k, (all_ > 0).sum())
    assert np.allclose(likeness, np.sort(all_)[::-1][: len(rows)], atol=1e-5)
    assert np.allclose(likeness, all_[rows], atol=1e-5)


def test_the_same_text_is_entirely_alike():
    rows, likeness = texts.TextIndex.from_texts(SAID).alike("电梯坏了！", 1)
    assert (rows.tolist(), rows.dtype, likeness.dtype) == ([2], np.int32, np.float32)
    assert likeness[0] == pytest.approx(1, abs=1e-5)


def test_later_texts_are_found_behind_the_others():
    index = texts.TextIndex.from_texts(SAID)
    index.add(["公交站没有座椅", "垃圾桶太少"])
    assert len(index) == 6
    assert index.alike("公交站没有座椅", 1)[0].tolist() == [4]


def test_a_tail_is_weighed_as_the_rest(monkeypatch):
    said = [
        f"{place}的{what}" for place in ("枣阳路", "中江路", "白玉路") for what in ("路灯不亮", "坡口太陡", "没有座椅")
    ]
    grown, turned = texts.TextIndex.from_texts(said), texts.TextIndex.from_texts(said)
    grown.add(["枣阳路的坡口被占"])
    monkeypatch.setattr("xiuhua.engine.texts.index.LONGEST_TAIL", 0)
    turned.add(["枣阳路的坡口被占"])
    for one, other in zip(grown.alike("枣阳路坡口", 9), turned.alike("枣阳路坡口", 9), strict=True):
        assert one.tolist() == pytest.approx(other.tolist())


def test_begins_empty():
    index = texts.TextIndex.from_texts([])
    assert index.alike("路灯", 3)[0].tolist() == []
    index.add(SAID)
    assert index.alike("电梯", 1)[0].tolist() == [2]


def test_comes_back_from_bytes():
    index = texts.TextIndex.from_texts(SAID)
    again = texts.TextIndex.from_bytes(index.to_bytes())
    assert [part.tolist() for part in again.alike("路灯", 4)] == [part.tolist() for part in index.alike("路灯", 4)]


def test_damaged_bytes_are_no_index():
    with pytest.raises(ValueError, match="not a xiuhua-text-index"):
        texts.TextIndex.from_bytes(b"PK")
