"""Good choices, fast: simulated annealing that clears a few spaces and lets each take its best set again.

Copies of `hosting.best_set` and `put` are compiled in here: a change of it must touch this file.

References
----------
Kirkpatrick, S., Gelatt, C. D. and Vecchi, M. P. (1983). Optimization by simulated annealing. Science 220(4598).
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel
from xiuhua.engine.siting.reuse.hosting import best_set, put

OVERSPENT = 1.01
"""Share of the budget that may be spent on the way."""
OVERPRICED, SAVED = 1.5, 0.8
"""Price of money beyond the budget, and worth of money left, in what money is worth; the latter falls to nothing."""
MOST_CLEARED = 4


@kernel
def _draw(chance):  # type: ignore[no-untyped-def]
    """A number from 0 to below 1 (xorshift64*)."""
    x = chance[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    chance[0] = x
    return float((x * np.uint64(0x2545F4914F6CDD1D)) >> np.uint64(11)) / 9007199254740992.0


@kernel
def _count(case, masks, space, by, cover, got):  # type: ignore[no-untyped-def]
    """Add (1) or remove (-1) what a space hosts; the need and the money that this brings."""
    functions = len(case.price) // len(case.opening)
    mask = masks[space]
    if mask == 0:
        return 0.0, 0.0
    covered, spent = 0.0, by * case.opening[space]
    for k in range(functions):
        if not (mask >> k) & 1:
            continue
        item = space * functions + k
        spent += by * case.price[item]
        for t in range(case.touch_ptr[item], case.touch_ptr[item + 1]):
            g = case.touch[t]
            cover[g] += by
            if cover[g] == (1 if by > 0 else 0):
                covered += by * case.weight[g]
                if case.floor_of[g] >= 0:
                    got[case.floor_of[g]] += by * case.counted[g]
    return covered, spent


@kernel
def _refill(case, space, money, bonus, cover, got, profit, work):  # type: ignore[no-untyped-def]
    """The set of a space that brings most, at a price of money."""
    functions = len(profit)
    for k in range(functions):
        item = space * functions + k
        profit[k] = -money * case.price[item]
        for t in range(case.touch_ptr[item], case.touch_ptr[item + 1]):
            g = case.touch[t]
            if cover[g] == 0:
                profit[k] += case.weight[g]
                f = case.floor_of[g]
                if f >= 0 and got[f] < case.floors[f]:
                    profit[k] += bonus[f] * case.counted[g]
    value, mask = -money * case.opening[space], np.int64(0)
    for block in range(case.hosting.block[space], case.hosting.block[space + 1]):
        worth, chosen = best_set(case.hosting, block, profit, work[0], work[1], work[2])
        value += worth
        mask |= chosen
    return mask if value > 0.0 else np.int64(0)


@kernel
def _short(case, bonus, got):  # type: ignore[no-untyped-def]
    """What falls short of the floors, priced."""
    short = 0.0
    for f in range(len(got)):
        if got[f] < case.floors[f]:
            short += bonus[f] * (case.floors[f] - got[f])
    return short


@kernel
def _merit(case, budget, money, saved, bonus, covered, spent, got):  # type: ignore[no-untyped-def]
    """Need covered, with what money left is worth, less what is overspent and what falls short."""
    left = budget - spent
    return covered + (saved if left > 0.0 else OVERPRICED) * money * left - _short(case, bonus, got)


@kernel
def _pick_spaces(case, chance, which):  # type: ignore[no-untyped-def]
    """One to four different spaces, mostly such that could meet the same needs, in an order by lot; their number."""
    spaces = len(case.opening)
    want = min(spaces, 1 + int(_draw(chance) * MOST_CLEARED))
    which[0] = int(_draw(chance) * spaces)
    count = 1
    for _ in range(want - 1):
        if _draw(chance) < 0.8:
            other = case.near[which[0], int(_draw(chance) * case.near.shape[1])]
        else:
            other = int(_draw(chance) * spaces)
        seen = False
        for c in range(count):
            seen = seen or which[c] == other
        if not seen:
            which[count] = other
            count += 1
    swap = int(_draw(chance) * count)
    which[0], which[swap] = which[swap], which[0]
    return count


@kernel
def anneal(case, budget, masks, money, premium, moves, hot, cold, seed, found):  # type: ignore[no-untyped-def]
    """Improve a choice.

    Parameters
    ----------
    masks : int64[J]
        Where to begin, functions of each space, a bit each; changed.
    money, premium : float, float64[F]
        About what money and the floors are worth.
    hot, cold : float
        First and last temperature, in need covered.
    found : int64[J]
        On return the best choice met that keeps to budget and floors.

    Returns
    -------
    float
        Need covered by `found`, -inf where none was met.
    """
    functions = len(case.price) // len(case.opening)
    cover, got = np.zeros(len(case.weight), np.int32), np.zeros(len(case.floors))
    work = np.zeros(functions + 1), np.zeros(functions + 1, np.int64), np.zeros(functions + 1)
    profit = np.empty(functions)
    which, before = np.zeros(MOST_CLEARED, np.int64), np.zeros(MOST_CLEARED, np.int64)
    chance = np.array([seed * 2 + 0x9E3779B97F4A7C15], np.uint64)
    bonus = premium + 1.0
    into = np.int64(1)  # as a variable: for each number written out numba would compile `_count` again
    covered = spent = 0.0
    for space in range(len(masks)):
        more, paid = _count(case, masks, space, into, cover, got)
        covered += more
        spent += paid
    best, heat, cooling = -np.inf, hot, (cold / hot) ** (1.0 / max(1, moves))
    for move in range(moves):
        heat *= cooling
        saved = SAVED * (1.0 - move / moves)
        merit = _merit(case, budget, money, saved, bonus, covered, spent, got)
        if spent <= budget and covered > best and _short(case, bonus, got) <= 0.0:
            best = covered
            put(masks, found)
        if best == -np.inf and move % 1000 == 999:
            for f in range(len(got)):
                if got[f] < case.floors[f]:
                    bonus[f] *= 1.5
            merit = _merit(case, budget, money, saved, bonus, covered, spent, got)
        count = _pick_spaces(case, chance, which)
        new_covered, new_spent = covered, spent
        for c in range(count):
            before[c] = masks[which[c]]
            more, paid = _count(case, masks, which[c], -into, cover, got)
            new_covered += more
            new_spent += paid
        dear = money * np.exp(1.4 * (_draw(chance) - 0.5))
        for c in range(count):
            masks[which[c]] = _refill(case, which[c], dear, bonus, cover, got, profit, work)
            more, paid = _count(case, masks, which[c], into, cover, got)
            new_covered += more
            new_spent += paid
        change = _merit(case, budget, money, saved, bonus, new_covered, new_spent, got) - merit
        fits = new_spent <= OVERSPENT * budget or new_spent < spent
        if fits and (change >= 0.0 or _draw(chance) < np.exp(change / heat)):
            covered, spent = new_covered, new_spent
            continue
        for c in range(count):
            _count(case, masks, which[c], -into, cover, got)
            masks[which[c]] = before[c]
            _count(case, masks, which[c], into, cover, got)
    if spent <= budget and covered > best and _short(case, bonus, got) <= 0.0:
        best = covered
        put(masks, found)
    return best
