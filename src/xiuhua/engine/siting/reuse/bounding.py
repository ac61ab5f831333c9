"""How much need any choice can cover at most: a Lagrangian bound, improved step by step.

Each group of needs pays a price for being covered, money has a price and each floor earns a premium. At given prices
the spaces no longer concern each other: each takes its most valuable set of functions, found exactly among all that
fit. What they earn, with what the groups keep, is never below the best choice, whatever the prices; a deflected
subgradient walks towards the prices at which it is least.

A vector of prices holds one for each group, then the premium of each floor, then the price of money.

Copies of `hosting.best_set` and `put` are compiled in here: a change of it must touch this file.

References
----------
Held, M., Wolfe, P. and Crowder, H. P. (1974). Validation of subgradient optimization. Mathematical Programming 6.
Camerini, P. M., Fratta, L. and Maffioli, F. (1975). On improving relaxation methods by modified gradient techniques.
Mathematical Programming Study 3.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.searches.compiling import kernel
from xiuhua.engine.siting.reuse.hosting import best_set, put

DEFLECTION = 0.8
MONEY_PACE, PREMIUM_PACE = 0.23, 0.25


class Fixed(NamedTuple):
    """What a branch of the search has decided: 1 yes, -1 no, 0 open, of each item and of each space."""

    item: NDArray[np.int8]
    space: NDArray[np.int8]


class Choice(NamedTuple):
    """What the spaces take at given prices.

    Attributes
    ----------
    profit : float64[J * K]
        Value of each item.
    masks : int64[J]
        Functions taken by each space, a bit each.
    worth : float64[B]
        Value of the best set of each block.
    cover : int32[G]
        Spaces that cover each group.
    got : float64[F]
        Need covered of each floor.
    totals, marks, rest : float64[K + 1], int64[K + 1], float64[K + 1]
        Room to work in.
    """

    profit: NDArray[np.float64]
    masks: NDArray[np.int64]
    worth: NDArray[np.float64]
    cover: NDArray[np.int32]
    got: NDArray[np.float64]
    totals: NDArray[np.float64]
    marks: NDArray[np.int64]
    rest: NDArray[np.float64]


@kernel
def room_for(case):  # type: ignore[no-untyped-def]
    """A `Choice` to be filled in."""
    k = len(case.price) // len(case.opening)
    return Choice(
        np.zeros(len(case.price)),
        np.zeros(len(case.opening), np.int64),
        np.zeros(len(case.hosting.first)),
        np.zeros(len(case.weight), np.int32),
        np.zeros(len(case.floors)),
        np.zeros(k + 1),
        np.zeros(k + 1, np.int64),
        np.zeros(k + 1),
    )


@kernel
def cap_of(case, prices, g):  # type: ignore[no-untyped-def]
    """What covering a group is worth, with the premium of its floor."""
    f = case.floor_of[g]
    return case.weight[g] if f < 0 else case.weight[g] + prices[len(case.weight) + f] * case.counted[g]


@kernel
def choose(case, budget, fixed, prices, choice):  # type: ignore[no-untyped-def]
    """The bound at these prices, and in `choice` who takes what; -inf where what is fixed cannot be."""
    groups, functions = len(case.weight), len(case.price) // len(case.opening)
    money = prices[-1]
    bound = money * budget
    for f in range(len(case.floors)):
        bound -= prices[groups + f] * case.floors[f]
    for g in range(groups):
        bound += max(0.0, cap_of(case, prices, g) - prices[g])
    for item in range(len(case.price)):
        profit = -money * case.price[item]
        for t in range(case.touch_ptr[item], case.touch_ptr[item + 1]):
            profit += prices[case.touch[t]]
        choice.profit[item] = profit
    for space in range(len(case.opening)):
        value = -money * case.opening[space]
        mask = np.int64(0)
        if fixed.space[space] >= 0:
            profit = choice.profit[space * functions : (space + 1) * functions]
            decided = fixed.item[space * functions : (space + 1) * functions]
            for block in range(case.hosting.block[space], case.hosting.block[space + 1]):
                worth, chosen = _best_allowed(case.hosting, block, profit, decided, choice)
                choice.worth[block] = worth
                value += worth
                mask |= chosen
        if value == -np.inf:
            return value
        if value > 0.0 or fixed.space[space] > 0:
            bound += value
            choice.masks[space] = mask
        else:
            choice.masks[space] = 0
    return bound


@kernel
def _best_allowed(hosting, block, profit, decided, choice):  # type: ignore[no-untyped-def]
    """`best_set` among those that keep to what is decided; -inf where none does."""
    forced, bonus, bent = np.int64(0), 1.0, False
    for k in range(len(profit)):
        if (hosting.members[block] >> k) & 1 and decided[k] != 0:
            bent = True
            if decided[k] > 0:
                forced |= np.int64(1) << k
    if not bent:
        return best_set(hosting, block, profit, choice.totals, choice.marks, choice.rest)
    for k in range(len(profit)):
        bonus += abs(profit[k])
    bent_profit = np.empty(len(profit))
    for k in range(len(profit)):
        bent_profit[k] = -1.0 if decided[k] < 0 else profit[k]
        if decided[k] > 0:
            bent_profit[k] += bonus
    worth, chosen = best_set(hosting, block, bent_profit, choice.totals, choice.marks, choice.rest)
    if chosen & forced != forced:
        return -np.inf, chosen
    worth = 0.0
    for k in range(len(profit)):
        if (chosen >> k) & 1:
            worth += profit[k]
    return worth, chosen


@kernel
def take_stock(case, choice):  # type: ignore[no-untyped-def]
    """What a choice covers and costs: fills `cover` and `got`, gives need covered and money."""
    functions = len(case.price) // len(case.opening)
    choice.cover[:] = 0
    choice.got[:] = 0.0
    spent = covered = 0.0
    for space in range(len(case.opening)):
        if choice.masks[space] == 0:
            continue
        spent += case.opening[space]
        for k in range(functions):
            if (choice.masks[space] >> k) & 1:
                item = space * functions + k
                spent += case.price[item]
                for t in range(case.touch_ptr[item], case.touch_ptr[item + 1]):
                    choice.cover[case.touch[t]] += 1
    for g in range(len(case.weight)):
        if choice.cover[g] > 0:
            covered += case.weight[g]
            if case.floor_of[g] >= 0:
                choice.got[case.floor_of[g]] += case.counted[g]
    return covered, spent


@kernel
def allowed(case, budget, got, spent):  # type: ignore[no-untyped-def]
    """Whether a choice keeps to the budget and every floor."""
    for f in range(len(got)):
        if got[f] < case.floors[f]:
            return False
    return spent <= budget


@kernel
def _slope(case, budget, fixed, prices, choice, spent, slope):  # type: ignore[no-untyped-def]
    """How the bound changes with each price; 0 where a price may not go that way."""
    groups = len(case.weight)
    for f in range(len(case.floors)):
        slope[groups + f] = -case.floors[f]
    for g in range(groups):
        cap = cap_of(case, prices, g)
        kept = 1 if prices[g] < cap else min(1, choice.cover[g])
        if kept and case.floor_of[g] >= 0:
            slope[groups + case.floor_of[g]] += case.counted[g]
        slope[g] = choice.cover[g] - kept
        if prices[g] <= 0.0 and slope[g] > 0.0:
            slope[g] = 0.0
    for space in range(len(case.opening)):
        if fixed.space[space] > 0 and choice.masks[space] == 0:
            spent += case.opening[space]
    slope[-1] = budget - spent
    for p in range(groups, len(prices)):
        if prices[p] <= 0.0 and slope[p] > 0.0:
            slope[p] = 0.0


@kernel
def paces(case, budget, covered):  # type: ignore[no-untyped-def]
    """How fast each price moves: groups by their need, money and premiums by what they are measured in."""
    groups = len(case.weight)
    pace = np.empty(groups + len(case.floors) + 1)
    counted = np.zeros(len(case.floors))
    for g in range(groups):
        pace[g] = case.weight[g] + 1e-9 * covered
        if case.floor_of[g] >= 0:
            pace[g] += 0.2 * case.counted[g]
            counted[case.floor_of[g]] += case.counted[g]
    for f in range(len(case.floors)):
        pace[groups + f] = PREMIUM_PACE / max(counted[f], 1e-9)
    pace[-1] = MONEY_PACE * covered / max(1.0, float(budget)) ** 2
    return pace


@kernel
def lower(case, budget, fixed, prices, pace, best, target, steps, theta, patience, choice, mean, found):  # type: ignore[no-untyped-def]
    """Lower the bound by moving the prices.

    Parameters
    ----------
    prices : float64[G + F + 1]
        Where to begin; on return the prices of the least bound.
    best, target : float
        Need covered by the best choice known; the bound below which this branch holds nothing better.
    steps, theta, patience
        Most steps; length of the first; steps without gain after which it shrinks.
    mean : float64[J * K]
        On return how often each item was taken, the last steps counting most.
    found : int64[J]
        On return the best choice met that keeps to budget and floors.

    Returns
    -------
    (float, float)
        Least bound, -inf where the branch is empty; need covered by `found`, -inf where none was met.
    """
    functions = len(case.price) // len(case.opening)
    groups = len(case.weight)
    slope, way = np.zeros(len(prices)), np.zeros(len(prices))
    least, least_prices, value, waited = np.inf, prices.copy(), -np.inf, 0
    scale = 0.05 * max(1.0, best)
    for step in range(steps):
        bound = choose(case, budget, fixed, prices, choice)
        if bound == -np.inf:
            return bound, value
        covered, spent = take_stock(case, choice)
        if covered > value and allowed(case, budget, choice.got, spent):
            value = covered
            put(choice.masks, found)
        share = max(0.03, 1.0 / (step + 1))
        for item in range(len(mean)):
            taken = (choice.masks[item // functions] >> (item % functions)) & 1
            mean[item] += share * (taken - mean[item])
        if step == 0:
            scale = max(scale, 0.05 * bound)
        if bound < least - 1e-4 * max(1e-6 * abs(least), abs(least - best)) or step == 0:
            waited = 0
        else:
            waited += 1
        if bound < least:
            least = bound
            put(prices, least_prices)
        if least < target:
            break
        if waited >= patience:
            theta *= 0.6
            waited = 0
            put(least_prices, prices)
            way[:] = 0.0
            if theta < 1e-3:
                break
            continue
        _slope(case, budget, fixed, prices, choice, spent, slope)
        length = 0.0
        for p in range(len(prices)):
            way[p] = slope[p] + DEFLECTION * way[p]
            length += pace[p] * way[p] * way[p]
        aim = max(best, least - scale) if best > -np.inf else least - scale
        move = theta * max(bound - aim, 1e-6 * scale) / max(length, 1e-300)
        for p in range(groups, len(prices)):
            prices[p] = max(0.0, prices[p] - move * pace[p] * way[p])
        for g in range(groups):
            prices[g] = min(max(0.0, prices[g] - move * pace[g] * way[g]), cap_of(case, prices, g))
    put(least_prices, prices)
    return least, value
