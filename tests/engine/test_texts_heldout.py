"""Rows that a model was measured on come back from bytes, and rows that it learnt from are known again."""

import numpy as np
import pytest

from xiuhua.engine import texts

TITLES = ["中江路违停严重", "枣阳路油烟扰民", "白玉路学位不够"]
BODIES = ["每天晚上七点以后，车就停满了人行道", "", "如题"]
LABELS = ["交通", "环境", "交通"]


@pytest.fixture
def held():
    counts = texts.counted([f"{title}\n{body}" for title, body in zip(TITLES, BODIES, strict=True)])
    return texts.HeldOut(texts.digests(["长风一村"], [BODIES[0]]), texts.digests(TITLES, BODIES), tuple(LABELS), counts)


def test_comes_back_from_bytes(held):
    again = texts.HeldOut.from_bytes(held.to_bytes())
    assert again.labels == tuple(LABELS)
    assert np.array_equal(again.digests, held.digests)
    assert set(again.learnt) == set(held.learnt.ravel())
    assert (again.counts != held.counts).nnz == 0
    assert again.to_bytes() == held.to_bytes()


def test_a_model_reads_grams_as_it_reads_words(held):
    model = texts.train(TITLES * 2, LABELS * 2)
    asked = ["违停", "油烟\n很大的油烟"]
    labels, sure = model.predict(asked)
    again, as_sure = model.predict_counted(texts.counted(asked))
    assert again == labels
    assert np.array_equal(sure, as_sure)


def test_a_row_is_known_by_its_first_column_or_by_a_long_text(held):
    learnt = held.has_learnt(texts.digests(["长风 一村！", "别处", BODIES[0], "别处"], ["", BODIES[0], "", "如题"]))
    assert learnt.tolist() == [True, True, True, False]


def test_of_many_the_same_ones_are_kept():
    titles = [f"第{number}件" for number in range(50)]
    every, labels, counts = texts.digests(titles, titles), tuple(titles), texts.counted(titles)
    kept = texts.HeldOut(every[:0], every, labels, counts).fewer(20)
    turned = texts.HeldOut(every[:0], every[::-1], labels[::-1], counts[::-1]).fewer(20)
    assert len(kept.labels) == 20
    assert set(kept.labels) == set(turned.labels)


@pytest.mark.parametrize("content", [b"", b"PK", b"\x00" * 100])
def test_damaged_bytes_are_refused(content, held):
    with pytest.raises(ValueError, match="not a xiuhua-held-out"):
        texts.HeldOut.from_bytes(content)
    with pytest.raises(ValueError, match="not a xiuhua-held-out"):
        texts.HeldOut.from_bytes(held.to_bytes()[:-40])
