"""What a branch of the search can rule out: items and spaces without which, or with which, nothing better is left.

References
----------
Geoffrion, A. M. (1974). Lagrangean relaxation for integer programming. Mathematical Programming Study 2.
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel


@kernel
def keep_to_budget(case, budget, fixed):  # type: ignore[no-untyped-def]
    """Rule out what the money left does not pay for; False where what is decided costs more than there is."""
    functions = len(case.price) // len(case.opening)
    left = float(budget)
    for space in range(len(case.opening)):
        for k in range(functions):
            item = space * functions + k
            if fixed.item[item] > 0:
                left -= case.price[item]
                fixed.space[space] = 1
        if fixed.space[space] > 0:
            left -= case.opening[space]
    if left < 0.0:
        return False
    for space in range(len(case.opening)):
        if fixed.space[space] < 0:
            continue
        first = 0.0 if fixed.space[space] > 0 else case.opening[space]
        any_left = False
        for item in range(space * functions, (space + 1) * functions):
            if fixed.item[item] == 0 and case.price[item] + first > left:
                fixed.item[item] = -1
            any_left = any_left or fixed.item[item] >= 0
        if not any_left and fixed.space[space] == 0:
            fixed.space[space] = -1
    return True


@kernel
def rule_out(case, fixed, prices, bound, target, choice):  # type: ignore[no-untyped-def]
    """Decide every item and space of which one of its two ways has a bound below `target`; how many were decided.

    `bound` and `choice` are of these prices. Nothing that is worth `target` or more is lost.
    """
    functions = len(case.price) // len(case.opening)
    within, without = np.empty(functions), np.empty(functions)
    totals, marks = np.zeros(functions + 1), np.zeros(functions + 1, np.int64)
    decided = 0
    for space in range(len(case.opening)):
        if fixed.space[space] < 0:
            continue
        best = -prices[-1] * case.opening[space]
        for block in range(case.hosting.block[space], case.hosting.block[space + 1]):
            best += choice.worth[block]
        open_before = fixed.space[space] > 0
        used = best if open_before else max(0.0, best)
        for block in range(case.hosting.block[space], case.hosting.block[space + 1]):
            _both_ways(case.hosting, block, space, choice.profit, fixed.item, within, without, totals, marks)
            for k in range(functions):
                item = space * functions + k
                if fixed.item[item] != 0 or not (case.hosting.members[block] >> k) & 1:
                    continue
                taken = best - choice.worth[block] + within[k]
                left = best - choice.worth[block] + without[k]
                if not open_before:
                    left = max(0.0, left)
                if bound - used + taken < target:
                    fixed.item[item] = -1
                    decided += 1
                elif bound - used + left < target:
                    fixed.item[item] = 1
                    decided += 1
        if not open_before:
            if bound - used + best < target:
                fixed.space[space] = -1
                decided += 1
            elif bound - used < target:
                fixed.space[space] = 1
                decided += 1
        if fixed.space[space] < 0:
            fixed.item[space * functions : (space + 1) * functions] = -1
    return decided


@kernel
def _both_ways(hosting, block, space, profits, decided, within, without, totals, marks):  # type: ignore[no-untyped-def]
    """Value of the best set of a block that keeps to what is decided with each function, and without it."""
    functions = len(within)
    within[:] = -np.inf
    without[:] = -np.inf
    forced = np.int64(0)
    for k in range(functions):
        if (hosting.members[block] >> k) & 1 and decided[space * functions + k] > 0:
            forced |= np.int64(1) << k
    if forced == 0:
        without[:] = 0.0
    i, end = hosting.first[block], hosting.first[block + 1]
    while i < end:
        k, d = hosting.last_of[i], hosting.size[i]
        if decided[space * functions + k] < 0:
            i = hosting.skip[i]
            continue
        totals[d] = totals[d - 1] + profits[space * functions + k]
        marks[d] = marks[d - 1] | (np.int64(1) << k)
        if marks[d] & forced == forced:
            for other in range(functions):
                if (marks[d] >> other) & 1:
                    within[other] = max(within[other], totals[d])
                else:
                    without[other] = max(without[other], totals[d])
        i += 1
