"""The checklist of the verification standard names tests that are there, and each requirement once."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/security/asvs.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| (.*?) \| (.*?) \|$", PAGE, re.MULTILINE)


def test_each_requirement_stands_there_once_and_says_how():
    numbers = [number for number, _state, _how in ROWS]
    assert len(numbers) == len(set(numbers))
    assert len(numbers) > 190
    for number, state, how in ROWS:
        assert state in {"held", "elsewhere", "**not held**", "**in part**"}, number
        assert how.strip(), number


def test_numbers_are_in_order_within_their_chapters():
    ordered = [tuple(map(int, number.split("."))) for number, _state, _how in ROWS]
    assert ordered == sorted(ordered)


def test_tests_that_it_names_are_there():
    assert [name for name in set(re.findall(r"`(tests/[\w/]+\.py)`", PAGE)) if not (ROOT / name).is_file()] == []


def test_code_that_it_names_is_there():
    named = set(re.findall(r"`((?:engine|ground|doors)/[\w/.]+)`", PAGE))
    assert [name for name in named if not (ROOT / "src/xiuhua" / name).exists()] == []
