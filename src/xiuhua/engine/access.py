"""Coverage (覆盖率): how many people reach what within a limit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def coverage(
    cost: NDArray[np.floating], weights: NDArray[np.float64], limit: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """People who reach each type of facility within a limit, and their share of all.

    Parameters
    ----------
    cost : float[O, T]
        Cost from each origin to the nearest facility of each type; ``inf`` where there is none.
    weights : float64[O]
        People at each origin.
    limit : float
        Largest cost that counts as reached, in the unit of `cost`.

    Returns
    -------
    covered, share : float64[T]
        The share is 0 where nobody lives anywhere.

    Raises
    ------
    ValueError
        `cost` has no row for each weight; a weight is negative or not a number; `limit` is not a positive number.
    """
    _check(cost, weights, limit)
    covered = weights @ (cost <= limit).astype(np.float64)
    total = float(weights.sum())
    return covered, covered / total if total > 0 else np.zeros_like(covered)


def coverage_by(
    cost: NDArray[np.floating], weights: NDArray[np.float64], group: NDArray[np.int32], groups: int, limit: float
) -> NDArray[np.float64]:
    """People of each group who reach each type of facility within a limit.

    Parameters
    ----------
    cost, weights, limit
        As in `coverage`.
    group : int32[O]
        Group of each origin, 0 to ``groups - 1``; -1 for none.
    groups : int
        Number of groups G.

    Returns
    -------
    float64[G, T]

    Raises
    ------
    ValueError
        As in `coverage`; `group` has another length, or names a group that is not there.
    """
    _check(cost, weights, limit)
    if group.shape != weights.shape:
        raise ValueError(f"{len(group)} groups for {len(weights)} origins")
    if len(group) and not (int(group.min()) >= -1 and int(group.max()) < groups):
        raise ValueError(f"a group lies outside 0 to {groups - 1}")
    covered = np.zeros((groups, cost.shape[1]))
    inside = group >= 0
    np.add.at(covered, group[inside], weights[inside, None] * (cost[inside] <= limit))
    return covered


def score(shares: NDArray[np.float64], required: NDArray[np.bool_]) -> float:
    """Life-circle score (生活圈得分): the mean share over the required types.

    Parameters
    ----------
    shares : float64[T]
        Share of people who reach each type.
    required : bool[T]
        Types that a standard requires.

    Raises
    ------
    ValueError
        No type is required, or the arrays differ in length.
    """
    if shares.shape != required.shape:
        raise ValueError(f"{len(shares)} shares for {len(required)} types")
    if not required.any():
        raise ValueError("no type is required")
    return float(shares[required].mean())


def _check(cost: NDArray[np.floating], weights: NDArray[np.float64], limit: float) -> None:
    if cost.ndim != 2 or weights.ndim != 1 or len(cost) != len(weights):
        raise ValueError(f"cost of shape {cost.shape} does not fit weights of shape {weights.shape}")
    if not np.all(weights >= 0):
        raise ValueError("a weight is negative or not a number")
    if not 0 < limit < np.inf:
        raise ValueError("limit must be a positive number")
