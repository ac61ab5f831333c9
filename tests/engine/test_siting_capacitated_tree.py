"""The tree that the p-median with and without capacities share, on parts whose contents are known."""

from dataclasses import dataclass

import numpy as np
import pytest

from xiuhua.engine.siting import tree
from xiuhua.engine.stopwatch import Stopwatch


@dataclass(frozen=True)
class Span:
    """Values from first up to but without last; the bound is what their least would be if all were a little smaller."""

    values: tuple[float, ...]

    @property
    def bound(self) -> float:
        return min(self.values) - 0.001 * len(self.values)


class Least:
    def __init__(self, values):
        self.least, self.visited, self.values = np.inf, 0, values

    def divide(self, part):
        middle = len(part.values) // 2
        if middle == 0:
            return [], part.values[0]
        return [Span(part.values[:middle]), Span(part.values[middle:])], np.inf

    def keep(self, found):
        self.visited += 1
        self.least = min(self.least, found)

    def search(self, watch):
        return tree.search_tree(Span(self.values), self.divide, self.keep, lambda: self.least, watch)


@pytest.mark.parametrize("most_at_once", [0, 4000])
def test_the_least_is_found_without_visiting_everything(monkeypatch, most_at_once):
    monkeypatch.setattr(tree, "_MOST_AT_ONCE", most_at_once)
    values = tuple(np.random.default_rng(1).random(3000).tolist())
    search = Least(values)
    assert search.search(Stopwatch()) == []
    assert search.least == min(values)
    assert 10 < search.visited < len(values)


@pytest.mark.parametrize("rounds", [1, 4, 20])
def test_what_is_left_bounds_what_was_not_found(rounds):
    values = tuple(np.random.default_rng(2).random(3000).tolist())
    asked = iter(range(1000))
    search = Least(values)
    left = search.search(Stopwatch(stop=lambda: next(asked) >= rounds))
    assert left
    assert min(left) < min(values) <= search.least


def test_every_part_is_either_taken_or_left():
    parts = [Span((float(value),)) for value in np.random.default_rng(3).permutation(50)]
    taken, left = tree._taken(parts)
    assert sorted(part.values for part in taken + left) == sorted(part.values for part in parts)
    assert taken[4:] == parts[-4:]
    assert {part.values for part in taken[:4]} == {
        part.values for part in sorted(parts[:-4], key=lambda s: s.bound)[:4]
    }
