"""Scores by class, the same as counted by hand."""

import numpy as np
import pytest

from xiuhua.engine import texts

TRUTH, FOUND = ["甲", "甲", "甲", "乙"], ["甲", "甲", "乙", "丙"]


def test_each_class_has_its_score():
    scores = texts.by_class(TRUTH, FOUND)
    assert (scores["甲"].precision, scores["甲"].recall, scores["甲"].support) == (1, pytest.approx(2 / 3), 3)
    assert scores["甲"].f1 == pytest.approx(0.8)
    assert (scores["乙"].f1, scores["丙"].f1, scores["丙"].support) == (0, 0, 0)


def test_rare_classes_count_as_much_as_frequent_ones():
    assert texts.macro_f1(TRUTH, FOUND) == pytest.approx(0.8 / 3)
    assert texts.macro_f1([], []) == 0


def test_lengths_have_to_fit():
    with pytest.raises(ValueError, match="4 labels and 1"):
        texts.by_class(TRUTH, ["甲"])


def test_calibration_error_is_the_gap_to_what_came_true():
    sure = np.full(10, 0.9)
    assert texts.calibration_error(sure, np.arange(10) < 9) == pytest.approx(0)
    assert texts.calibration_error(sure, np.arange(10) < 5) == pytest.approx(0.4)
    assert texts.calibration_error(np.zeros(0), np.zeros(0, bool)) == 0


def test_answers_dealt_out_anew_are_guesses_and_knowing_ones_are_not():
    draw = np.random.default_rng(1)
    truth = [str(label) for label in draw.integers(0, 5, 300)]
    knowing = [label if draw.random() < 0.4 else "0" for label in truth]
    for guesses in (draw.permutation(truth).tolist(), ["0"] * 300):
        assert texts.macro_f1(truth, guesses) <= texts.guessed_f1(truth, guesses)
    assert texts.macro_f1(truth, knowing) > texts.guessed_f1(truth, knowing)
    assert texts.macro_f1(truth, truth) > texts.guessed_f1(truth, truth)
