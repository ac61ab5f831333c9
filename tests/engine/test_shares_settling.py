"""What changes when the cost does, when a family leaves, and when one pays in parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiuhua.engine import shares

FEN = st.integers(0, 10**8)
PAIRS = st.lists(st.tuples(FEN, FEN), min_size=1, max_size=14).filter(lambda pairs: any(due for _, due in pairs))


def test_a_cheaper_lift_is_paid_back_in_proportion():
    assert shares.refund([100, 250, 400], [100, 300, 600], 899) == [10, -20, -139]
    assert shares.settle([100, 250], [100, 300]) == [0, -50]


@given(PAIRS, FEN)
def test_refunds_sum_exactly_to_the_change(pairs, total):
    paid, before = (list(side) for side in zip(*pairs, strict=True))
    after = shares.resized(before, total)
    back = shares.refund(paid, before, total)
    assert sum(back) == sum(paid) - total
    assert [done - gets for done, gets in zip(paid, back, strict=True)] == after
    assert shares.resized(before, sum(before)) == before


@given(st.lists(FEN, min_size=2, max_size=14), st.data())
def test_what_the_others_bear_when_one_family_leaves(before, data):
    left = data.draw(st.integers(0, len(before) - 1))
    after = shares.apportion(sum(before), [1 + amount for amount in shares.without(before, left)])
    changes = shares.difference(before, after, left)
    assert sum(changes) == 0
    assert changes[left] == -before[left]
    now = [was + change for was, change in zip(before, changes, strict=True)]
    assert shares.without(now, left) == after


def test_instalments():
    assert shares.instalments(1000, 3) == [334, 333, 333]
    assert shares.instalments(1_234_567, [30, 40, 30]) == [370_370, 493_827, 370_370]
    assert shares.instalments(1, [33.3, 66.7]) == [0, 1]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: shares.instalments(100, [30, 30]), "parts must sum to 100 %, not 60"),
        (lambda: shares.instalments(100, [-30, 130]), r"parts\[0\] must not be negative"),
        (lambda: shares.instalments(100, 0), "parts must be at least 1"),
        (lambda: shares.instalments(-1, 2), "amount must be at least 0"),
        (lambda: shares.resized([0, 0], 5), "shares must not be empty or all zero"),
        (lambda: shares.settle([1], [1, 2]), "paid and shares must have the same length"),
        (lambda: shares.settle([-1], [1]), r"paid\[0\] must be at least 0"),
        (lambda: shares.difference([1, 2], [3], 2), "left names position 2"),
        (lambda: shares.difference([1, 2], [3]), "after and those who stay must have the same length"),
        (lambda: shares.without([1, 2], -1), "left names position -1"),
    ],
)
def test_refuses(make, says):
    with pytest.raises(ValueError, match=says):
        make()
