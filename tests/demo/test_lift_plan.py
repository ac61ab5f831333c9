"""The lift programme of the demonstration on paper: the published figures at full size, believable days at any."""

from collections import Counter
from datetime import date
from itertools import pairwise
from random import Random

import pytest

from xiuhua.demo.lifts.plan import Planned, Way, Well, plan
from xiuhua.demo.lifts.timelines import (
    LAST,
    TO_AGREE,
    TO_DESIGN,
    TO_FINISH,
    TO_HAND_OVER,
    TO_SIGN,
    TO_START,
    Timeline,
    elapsed,
    is_open,
)

LAGS = {
    ("begin", "design"): TO_DESIGN,
    ("design", "agree"): TO_AGREE,
    ("agree", "sign"): TO_SIGN,
    ("sign", "build"): TO_START,
    ("build", "finish"): TO_FINISH,
    ("finish", "hand_over"): TO_HAND_OVER,
}


def wells(count: int) -> list[Well]:
    """Stairwells two to a building, in quarters of 31, 27, 20 and then fewer."""
    sizes = [31, 27, 20, *range(19, 0, -1)] * 4
    rows = [(quarter, place) for quarter, size in enumerate(sizes) for place in range(size)][:count]
    return [
        Well(f"{quarter:02d}{place:04d}", f"{quarter:02d}{place // 2:04d}", f"q{quarter}", f"c{quarter // 3}")
        for quarter, place in rows
    ]


def between(planned: list[Planned], move: str, first: date, last: date) -> int:
    return sum(first <= one.line.days[move] <= last for one in planned if move in one.line.days)


@pytest.fixture(scope="module")
def whole() -> list[Planned]:
    return plan(wells(520), Random(20230803))


def test_the_published_figures_are_met(whole):
    stages = Counter(one.line.stage for one in whole)
    assert stages == {"running": 124, "building": 24, "signed": 61, "consult": 98, "waiting": 213}
    aside = [one.line for one in whole if one.line.aside]
    assert len(aside) == 8
    assert not any("sign" in line.days for line in aside)
    for move, told in {"sign": (12, 48, 103), "build": (6, 34, 84), "hand_over": (0, 22, 61)}.items():
        years = [between(whole, move, date(year, 1, 1), date(year, 12, 31)) for year in (2020, 2021, 2022)]
        assert tuple(years) == told
    half_year = [between(whole, move, date(2023, 1, 1), date(2023, 6, 30)) for move in ("sign", "build", "hand_over")]
    assert half_year == [41, 20, 35]
    assert between(whole, "sign", date(2020, 1, 1), date(2023, 6, 22)) == 201
    assert between(whole, "sign", date(2020, 1, 1), LAST) == 209


def test_a_block_is_done_as_a_whole_and_of_another_quarter_the_last_gaps_are_left(whole):
    signed = {way: Counter("sign" in one.line.days for one in whole if one.way is way) for way in Way}
    assert (signed[Way.BLOCK][True], signed[Way.BLOCK][False]) == (30, 1)
    gaps = [one.line.stage for one in whole if one.way is Way.GAPS and "sign" not in one.line.days]
    assert gaps == ["consult", "consult"]
    of_committee = Counter(one.well.committee for one in whole if "sign" in one.line.days)
    every = Counter(one.well.committee for one in whole)
    shares = sorted(of_committee[one] / every[one] for one in every if every[one] > 9)
    assert shares[-1] - shares[0] > 0.2


def test_a_dozen_are_stuck_and_the_others_have_lately_progressed(whole):
    on_their_way = [one.line for one in whole if one.line.state not in ("waiting", "running")]
    assert sum(line.stuck for line in on_their_way) == 12
    assert all(((LAST - line.progressed).days > 20) is line.stuck for line in on_their_way)


@pytest.mark.parametrize(("count", "seed"), [(520, 20230803), (520, 7), (26, 7), (10, 3)])
def test_days_follow_each_other_at_a_believable_pace(count, seed):
    lines = [one.line for one in plan(wells(count), Random(seed))]
    assert all(_is_believable(line) for line in lines)


@pytest.mark.parametrize("count", [10, 26, 104, 260])
def test_a_smaller_subdistrict_has_as_large_a_share_of_each_and_something_of_everything(count):
    planned = plan(wells(count), Random(7))
    stages = Counter(one.line.stage for one in planned)
    assert abs(sum("sign" in one.line.days for one in planned) - 209 * count / 520) <= 2
    assert {"running", "building", "signed", "consult"} <= set(stages)
    assert {"consulting", "designing", "agreeing"} <= {one.line.state for one in planned}
    assert any(one.line.stuck for one in planned)


def test_the_same_seed_gives_the_same_plan():
    assert plan(wells(60), Random(7)) == plan(wells(60), Random(7)) != plan(wells(60), Random(8))


def _is_believable(line: Timeline) -> bool:
    lags = [
        LAGS[before, after][0] <= elapsed(line.days[before], line.days[after]) <= LAGS[before, after][1]
        for before, after in pairwise(line.days)
    ]
    return all(lags) and all(is_open(day) for day in line.days.values())
