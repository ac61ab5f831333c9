"""What people want and what about, by words, on a table of invented sentences in residents' own words."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.programmes.suggestions.sorting.keywords import OTHER, category_by_words
from xiuhua.programmes.suggestions.sorting.nature import Kind, nature_of

TABLE = Path(__file__).parents[3] / "fixtures" / "suggestions" / "sentences.csv"


def _rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_nature_of_the_table():
    rows = _rows()
    wrong = [row["words"] for row in rows if nature_of(row["words"]).nature != row["nature"]]
    assert len(rows) > 200
    assert len(wrong) <= 0.03 * len(rows), wrong
    claims = [row for row in rows if row["nature"] == Kind.CLAIM]
    assert sum(nature_of(row["words"]).nature is Kind.CLAIM for row in claims) >= 0.9 * len(claims)


def test_the_categories_of_the_table():
    rows = _rows()
    ranked = [[key for key, _ in category_by_words(row["words"])] for row in rows]
    first = sum(keys[0] == row["category"] for keys, row in zip(ranked, rows, strict=True))
    among = sum(row["category"] in keys for keys, row in zip(ranked, rows, strict=True))
    assert first >= 0.85 * len(rows)
    assert among >= 0.93 * len(rows)


@pytest.mark.parametrize(
    ("words", "nature", "reason"),
    [
        ("3号楼电梯困人了，快派人来修", Kind.SERVICE, "说的是眼下坏了的东西：困人"),
        ("老板拖欠我工资，我要去信访", Kind.CLAIM, "说的是自己的权益：拖欠"),
        ("建议路口装三根矮柱", Kind.SUGGESTION, "说的是希望怎么做：建议"),
        ("路口", Kind.SUGGESTION, "没有报修和个人诉求的字样"),
    ],
)
def test_a_judgement_says_why(words, nature, reason):
    judged = nature_of(words)
    assert judged.nature is nature
    assert reason in judged.reasons


def test_who_says_little_is_not_judged_surely():
    assert nature_of("路口").confidence < 0.85 < nature_of("建议增加座椅，希望定期清理").confidence
    assert category_by_words("你好") == [(OTHER, 0.3)]


@given(st.text(max_size=80))
def test_whatever_is_written_is_judged(words):
    judged, ranked = nature_of(words), category_by_words(words)
    assert 0 < judged.confidence < 1
    assert judged.reasons
    assert 0 < sum(confidence for _, confidence in ranked) <= 1.01
    assert ranked == sorted(ranked, key=lambda one: -one[1])
