"""Most consent: against every possible split of small cases, and what any answer keeps to."""

from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.engine import shares
from xiuhua.engine.shares import Household, Table

CLIMB = Table("household_weight", {floor: floor - 1 for floor in range(1, 8)})


@st.composite
def meetings(draw, floors, most, largest):
    homes = [Household(floor, draw(st.integers(40, 99))) for floor in floors for _ in range(draw(st.integers(1, most)))]
    limits = [draw(st.none() | st.integers(0, largest)) for _ in homes]
    return draw(st.integers(0, largest * 2)), draw(st.permutations(list(zip(homes, limits, strict=True))))


def fair_splits(total, numbers):
    """All ways to split whole fen in which a floor is equal but for one fen and does not undercut one below."""
    for sums in product(*(range(total + 1) for _ in numbers[:-1])):
        floors = [*sums, total - sum(sums)]
        ends = [(fen // number, -(-fen // number)) for fen, number in zip(floors, numbers, strict=True)]
        if floors[-1] >= 0 and all(below[1] <= above[0] for below, above in pairwise(ends)):
            yield [most for _, most in ends]


def lowest_factor(total, numbers, ceilings):
    """By bisection: the factor on the climb at which floors under ceilings bear the total."""
    low, high = Fraction(0), Fraction(total)
    for _ in range(40):
        middle = (low + high) / 2
        bears = sum(n * min(c, middle * climb) for climb, (n, c) in enumerate(zip(numbers, ceilings, strict=True), 1))
        low, high = (low, middle) if bears >= total else (middle, high)
    return high


@given(meetings((2, 3, 4), most=2, largest=9))
@settings(max_examples=60, deadline=None)
def test_keeps_as_many_limits_as_any_fair_split_at_the_least_factor(meeting):
    total, rows = meeting
    homes, limits = (list(side) for side in zip(*rows, strict=True))
    numbers = [sum(home.floor == floor for home in homes) for floor in (2, 3, 4)]

    def keeps(tops):
        return sum(limit is None or tops[home.floor - 2] <= limit for home, limit in rows)

    paid = shares.most_consent(total, homes, limits)
    most = max(map(keeps, fair_splits(total, numbers)))
    assert sum(shares.kept(paid, limits)) >= most
    assert keeps([max(p for h, p in zip(homes, paid, strict=True) if h.floor == floor) for floor in (2, 3, 4)]) == most

    levels = sorted({total, *(limit for limit in limits if limit is not None and limit < total)})
    ceilings = [
        rising
        for rising in product(levels, repeat=3)
        if sorted(rising) == list(rising)
        and sum(n * c for n, c in zip(numbers, rising, strict=True)) >= total
        and sum(m is None or m >= total or rising[h.floor - 2] <= m for h, m in rows) == most
    ]
    factor = min(lowest_factor(total, numbers, rising) for rising in ceilings)
    assert all(p < factor * (h.floor - 1) + 1 for h, p in zip(homes, paid, strict=True))


@given(meetings((1, 2, 3, 4, 5, 6), most=3, largest=10**7), st.sampled_from(["household", "area", "percent"]))
@settings(max_examples=60, deadline=None)
def test_sums_are_exact_floors_rise_and_no_table_keeps_more(meeting, kind):
    total, rows = meeting
    homes, limits = (list(side) for side in zip(*rows, strict=True))
    table = {
        "household": CLIMB,
        "area": Table("area_weight", CLIMB.values),
        "percent": shares.floor_percents(shares.by_benefit(10**9, homes), homes),
    }[kind]
    paid = shares.most_consent(total, homes, limits, table)
    plain = shares.by_coefficients(total, homes, table, within="equal")
    assert sum(paid) == total
    assert all(p == 0 for h, p in zip(homes, paid, strict=True) if h.floor == 1)
    rounded_up = [amount + 2 for amount in plain]
    assert sum(shares.kept(paid, limits)) >= sum(shares.kept(rounded_up, limits))
    weight = [h.area_dm2 if kind == "area" else 1 for h in homes]
    for low, p, w in zip(homes, paid, weight, strict=True):
        for high, q, v in zip(homes, paid, weight, strict=True):
            assert low.floor >= high.floor or (p - 1) * v < (q + 1) * w
            assert low.floor >= high.floor or kind == "area" or p <= q
    if sum(shares.kept(rounded_up, limits)) == sum(shares.kept(paid, limits)):
        assert all(abs(p - q) <= 2 for p, q in zip(paid, plain, strict=True))


def test_the_top_takes_what_a_low_limit_leaves():
    homes = [Household(floor, 6000) for floor in (1, 2, 3, 4)]
    assert shares.most_consent(600, homes, [None] * 4) == [0, 100, 200, 300]
    assert shares.most_consent(600, homes, [None, 100, 150, None]) == [0, 100, 150, 350]
    assert shares.most_consent(600, homes, [0, 10, 150, 400]) == [0, 112, 150, 338]


def test_of_two_ways_to_keep_as_many_the_nearer_to_the_table():
    homes = [Household(2, 6000), Household(2, 6000), Household(3, 6000), Household(3, 6000)]
    # 10 and 10, 50 and 50 would keep two limits as well, and leaves the table.
    assert shares.most_consent(120, homes, [10, 20, 5, 40]) == [20, 20, 40, 40]


def test_a_whole_building_is_quick_and_the_same_whatever_the_order():
    homes = [Household(floor, 5000 + 100 * home) for floor in range(1, 8) for home in range(4)]
    limits = [(1009 * at * at) % 50_000 + 5_000 * home.floor for at, home in enumerate(homes)]
    paid = shares.most_consent(1_000_000, homes, limits, Table("area_weight", CLIMB.values))
    again = shares.most_consent(1_000_000, homes[::-1], limits[::-1], Table("area_weight", CLIMB.values))
    assert sum(paid) == 1_000_000
    assert [abs(one - other) for one, other in zip(paid, again[::-1], strict=True)] == [0] * len(homes)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: shares.most_consent(1, [Household(2, 1)], []), "limits and households must have the same length"),
        (lambda: shares.most_consent(1, [Household(2, 1)], [-1]), r"limits\[0\] must be at least 0"),
        (lambda: shares.most_consent(1, [], []), "households must not be empty"),
        (lambda: shares.most_consent(1, [Household(1, 1)], [None]), "households must hold one above the ground floor"),
        (
            lambda: shares.most_consent(
                1, [Household(2, 1), Household(3, 1)], [None] * 2, Table("area_weight", {2: 2, 3: 1})
            ),
            "table must not fall",
        ),
        (
            lambda: shares.most_consent(1, [Household(2, 1)], [None], within="half"),
            "within must be one of area, equal",
        ),
        (lambda: shares.kept([1], [-1]), r"limits\[0\] must be at least 0"),
    ],
)
def test_refuses(make, says):
    with pytest.raises(ValueError, match=says):
        make()
