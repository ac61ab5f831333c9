"""Whatever the house and the money: sums are exact to the fen, and nobody pays less than nothing."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from xiuhua.engine.shares import Table
from xiuhua.programmes.lifts.rules import money, shares
from xiuhua.programmes.lifts.rules.shares import Choice, Home, ShareFigures
from xiuhua.programmes.lifts.share_words import capitals

FIGURES = ShareFigures(
    guidance={2: (Fraction(5), Fraction(7)), 3: (Fraction(93), Fraction(95))},
    coefficients={
        "guangzhou": Table("household_weight", {floor: max(floor - 1, 0) for floor in range(1, 8)}),
        "dongpu": Table("area_weight", {floor: max(floor - 2, 0) for floor in range(1, 8)}),
    },
    half_landing=True,
)
homes = st.lists(st.tuples(st.integers(1, 7), st.integers(1, 30_000)), min_size=1, max_size=16).map(
    lambda rows: [Home(key, f"{floor}{key}", floor, area) for key, (floor, area) in enumerate(rows)]
)
kinds = st.sampled_from(["own", "guidance", "guangzhou", "dongpu", "area", "equal", "benefit", "shapley", "consent"])


@given(homes, kinds, st.integers(1, 10**10), st.integers(0, 10**9), st.sampled_from(["area", "equal"]), st.data())
def test_shares_add_up(rows, kind, total, subsidy, within, data):
    floors = {floor: Fraction(data.draw(st.integers(0, 400)), 8) for floor in range(1, 8)}
    left = frozenset(data.draw(st.sets(st.integers(0, 15), max_size=4)))
    choice = Choice(kind, total, subsidy, floors, within, left)
    if not shares.choice_is_sound(rows, choice, FIGURES).decision:
        return
    limits = dict.fromkeys(range(0, 16, 3), total // 7)
    amounts = shares.work_out(rows, choice, FIGURES, limits)
    assert sum(amounts.values()) == choice.residents_fen
    assert set(amounts) == {home.key for home in rows}
    assert min(amounts.values()) >= 0
    assert all(amounts[key] == 0 for key in left & set(amounts))


@given(st.integers(0, 10**10), st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_instalments_add_up(amount, percents):
    percents = [*percents, 100 - sum(percents)] if sum(percents) < 100 else [100]
    assert sum(money.parts_of(amount, percents)) == amount


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=16), st.integers(0, 10**9))
def test_the_final_cost_adds_up_and_keeps_the_order(before, residents):
    after = money.settled_shares(before, residents)
    if any(before):
        assert sum(after) == residents
        ordered = sorted(zip(before, after, strict=True))
        assert [due for _share, due in ordered] == sorted(after)
    else:
        assert after == before


def test_amounts_in_capitals():
    said = {
        6_455_594: "陆万肆仟伍佰伍拾伍元玖角肆分",
        10_000: "壹佰元整",
        1_000_005: "壹万元零伍分",
        100_050_080: "壹佰万零伍佰元捌角整",
        7_002_000_000: "柒仟零贰万元整",
        0: "零元整",
        5: "伍分",
    }
    assert {fen: capitals(fen) for fen in said} == said
