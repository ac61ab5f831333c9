"""Shares by table, by area, equally and by benefit; guidance intervals; all exact to the fen."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.engine import shares
from xiuhua.engine.shares import Household, Table

TOTALS = st.integers(0, 10**8)
HOUSEHOLDS = st.lists(st.builds(Household, st.integers(1, 7), st.integers(1, 15_000)), min_size=1, max_size=14)
HOMES = [Household(floor, area) for floor in range(1, 8) for area in (5836, 7215)]
GUIDANCE = {2: (4, 6), 3: (8, 10), 4: (13, 15), 5: (18, 20), 6: (23, 25), 7: (28, 30)}
GUANGZHOU = Table("household_weight", {1: 0, 2: 0.5, 3: 1.0, 4: 1.3, 5: 1.6, 6: 1.9, 7: 2.2})
DONGPU = Table("area_weight", {1: 0, 2: 0, 3: 0.7, 4: 0.8, 5: 0.9, 6: 1.0, 7: 1.1})
SHANGHAI = shares.midpoints(GUIDANCE)


def by_floor(amounts, homes=HOMES):
    return [sum(paid for home, paid in zip(homes, amounts, strict=True) if home.floor == at) for at in range(1, 8)]


def test_shanghai_table_splits_a_floor_by_area_or_equally():
    assert SHANGHAI.values == {1: 0, 2: 5, 3: 9, 4: 14, 5: 19, 6: 24, 7: 29}
    by_area = shares.by_coefficients(400_000_00, HOMES, SHANGHAI)
    assert by_floor(by_area) == [p * 4_000_00 for p in SHANGHAI.values.values()]
    assert by_area[2:4] == [894_338, 1_105_662]  # 20,000 yuan in the proportion 5836 : 7215
    assert shares.by_coefficients(400_000_00, HOMES, SHANGHAI, within="equal")[2:4] == [10_000_00, 10_000_00]


def test_guangzhou_weighs_households_and_dongpu_square_metres():
    assert shares.by_coefficients(170_00, HOMES, GUANGZHOU) == [
        paid for paid in (0, 500, 1000, 1300, 1600, 1900, 2200) for _ in range(2)
    ]
    two = [Household(3, 5000), Household(7, 10_000), Household(2, 9000)]
    assert shares.by_coefficients(290, two, DONGPU) == [70, 220, 0]


def test_by_area_equally_and_by_benefit():
    homes = [Household(1, 5000), Household(2, 5000), Household(4, 10_000)]
    assert shares.by_area(1000, homes) == [250, 250, 500]
    assert shares.equally(1000, homes) == [333, 333, 334]
    assert shares.by_benefit(1000, homes) == [0, 250, 750]
    assert shares.by_benefit(1200, homes, walked=0.5) == [0, 200, 1000]
    assert shares.by_benefit(700, homes, within="area") == [0, 100, 600]


def rising(amounts, homes):
    return all(
        paid <= more
        for home, paid in zip(homes, amounts, strict=True)
        for above, more in zip(homes, amounts, strict=True)
        if home.floor < above.floor
    )


@given(TOTALS, HOUSEHOLDS)
def test_every_sum_is_exact_and_what_rises_by_floor_still_rises(total, homes):
    weighed = [
        shares.equally(total, homes),
        shares.by_coefficients(total, [*homes, Household(5, 1)], GUANGZHOU)[:-1],
        shares.by_benefit(total, [*homes, Household(2, 1)])[:-1],
    ]
    assert all(rising(amounts, homes) for amounts in weighed)
    assert sum(weighed[0]) == sum(shares.by_area(total, homes)) == total
    for table in (GUANGZHOU, DONGPU, SHANGHAI):
        table = table.only({*(home.floor for home in homes), 7})
        for within in ("area", "equal"):
            assert sum(shares.by_coefficients(total, [*homes, Household(7, 6000)], table, within)) == total


@given(TOTALS, HOUSEHOLDS, st.sampled_from(["area", "equal"]))
def test_every_floor_pays_its_percentage_to_the_fen(total, homes, within):
    homes = [*homes, Household(7, 6000)]
    table = SHANGHAI.only({home.floor for home in homes})
    paid = by_floor(shares.by_coefficients(total, homes, table, within), homes)
    exact = [total * table.values.get(floor, Fraction(0)) / 100 for floor in range(1, 8)]
    assert all(abs(fen - due) < 1 for fen, due in zip(paid, exact, strict=True))
    assert all(fen == due for fen, due in zip(paid, exact, strict=True) if all(due.denominator == 1 for due in exact))


def test_an_odd_fen_does_not_leave_its_floor():
    homes = [Household(floor, area) for floor in range(1, 7) for area in (5236, 6184)]
    table = Table("floor_percent", {1: 0, 2: 7, 3: 14, 4: 22, 5: 27, 6: 30})
    paid = by_floor(shares.by_coefficients(406_200_00, homes, table), homes)
    assert paid == [0, 28_434_00, 56_868_00, 89_364_00, 109_674_00, 121_860_00, 0]
    assert by_floor(shares.by_benefit(440_000_00, homes), homes)[1:3] == [29_333_33, 58_666_67]


@given(TOTALS, st.lists(st.fractions(0, 100), min_size=1, max_size=20).filter(any))
def test_apportioned_amounts_stay_within_a_fen_and_follow_the_weights(total, weights):
    amounts = shares.apportion(total, weights)
    assert sum(amounts) == total
    assert all(abs(paid - total * w / sum(weights)) < 1 for paid, w in zip(amounts, weights, strict=True))
    ordered = sorted(zip(weights, amounts, strict=True))
    assert [paid for _, paid in ordered] == sorted(amounts)


def test_a_floor_where_nobody_takes_part_is_left_out_openly():
    homes = [home for home in HOMES if home.floor != 7]
    with pytest.raises(ValueError, match="table gives 29 % to floor 7, on which nobody lives"):
        shares.by_coefficients(100, homes, SHANGHAI)
    scaled = SHANGHAI.only({home.floor for home in homes})
    assert sum(scaled.values.values()) == 100
    assert scaled.values[6] == Fraction(2400, 71)
    assert GUANGZHOU.only({3}).values == {3: 1}


def test_floors_outside_the_guidance():
    assert shares.outside(SHANGHAI, GUIDANCE) == []
    bounds = Table("floor_percent", {2: 4, 3: 8, 4: 15, 5: 20, 6: 25, 7: 28})
    assert shares.outside(bounds, GUIDANCE) == []
    assert shares.outside(Table("floor_percent", {1: 1, 2: 5, 4: 24, 5: 20, 6: 25, 7: 25}), GUIDANCE) == [1, 3, 4, 7]
    guangzhou = shares.floor_percents(shares.by_coefficients(850, HOMES, GUANGZHOU), HOMES)
    assert shares.outside(guangzhou, GUIDANCE) == [3, 4, 6, 7]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=6))
def test_midpoints_sum_to_100_within_the_intervals(pairs):
    intervals = {floor: (min(pair), max(pair)) for floor, pair in enumerate(pairs, 2)}
    lowest, highest = (sum(ends) for ends in zip(*intervals.values(), strict=True))
    if lowest <= 100 <= highest:
        table = shares.midpoints(intervals)
        assert sum(table.values.values()) == 100
        assert table.values[1] == 0
        assert shares.outside(table, intervals) == []
    else:
        with pytest.raises(ValueError, match="intervals must leave room for 100 %"):
            shares.midpoints(intervals)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Household(0, 5000), "floor must be at least 1, not 0"),
        (lambda: Household(1, 0), "area_dm2 must be at least 1, not 0"),
        (lambda: Household(1, 58.36), "area_dm2 must be a whole number"),
        (lambda: Table("per cent", {1: 1}), "kind must be one of floor_percent"),
        (lambda: Table("household_weight", {1: 0}), "values must not be empty or all zero"),
        (lambda: Table("household_weight", {2: -1}), r"values\[2\] must not be negative"),
        (lambda: Table("household_weight", {2: float("nan")}), r"values\[2\] must be a number"),
        (lambda: Table("floor_percent", {2: 50, 3: 49.5}), "values must sum to 100 %, not 99.5"),
        (lambda: SHANGHAI.only({1}), "floors must name a floor"),
        (lambda: shares.by_coefficients(1, [Household(8, 1)], GUANGZHOU), "table lacks floor 8"),
        (lambda: shares.by_coefficients(1, [Household(1, 1)], GUANGZHOU), "table gives nothing to any floor"),
        (lambda: shares.by_coefficients(1, HOMES, SHANGHAI, "half"), "within must be one of area, equal"),
        (lambda: shares.by_area(-1, HOMES), "total must be at least 0, not -1"),
        (lambda: shares.equally(1, []), "households must not be empty"),
        (lambda: shares.by_benefit(1, [Household(2, 1)], walked=1), "to whom the lift saves a climb"),
        (lambda: shares.outside(GUANGZHOU, GUIDANCE), "table must hold percentages"),
        (lambda: shares.outside(SHANGHAI, {2: (6, 4)}), r"intervals\[2\] must not end before it begins"),
        (lambda: shares.midpoints({}), "intervals must leave room"),
        (lambda: shares.floor_percents([0], [Household(2, 1)]), "shares must not be empty or all zero"),
        (lambda: shares.apportion(1, [0, 0]), "weights must not be empty or all zero"),
        (lambda: shares.apportion(1, [1], [1, 2]), "rank and weights must have the same length"),
    ],
)
def test_refuses(make, says):
    with pytest.raises(ValueError, match=says):
        make()
