"""What the measures of access may be asked about."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.checks import checked_count, checked_numbers

_MOST_GROUPS = 10_000_000


def checked_cost(cost: ArrayLike, weights: ArrayLike) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """Costs of origins, with or without a column for each type, and the people at each origin."""
    cost_, weights_ = checked_numbers("cost", cost), checked_amounts("weights", weights)
    if cost_.ndim not in (1, 2) or weights_.ndim != 1 or len(cost_) != len(weights_):
        raise ValueError(f"cost of shape {cost_.shape} does not fit weights of shape {weights_.shape}")
    if (cost_ < 0).any():
        raise ValueError("cost must not be negative")
    return cost_, weights_


def checked_amounts(name: str, amounts: ArrayLike) -> NDArray[np.float64]:
    """Amounts, such as people or places, each finite and not negative."""
    given = checked_numbers(name, amounts).astype(np.float64, copy=False)
    if not np.all((given >= 0) & (given < np.inf)):
        raise ValueError(f"{name} must be finite numbers from 0: a value is negative, infinite or not a number")
    return given


def checked_limit(limit: ArrayLike, cost: NDArray[Any]) -> NDArray[Any]:
    """A limit, or one for each column of `cost`, as exact as the costs are.

    Costs of single precision are compared with limits of single precision: 0.1 is within 0.1.
    """
    given = checked_numbers("limit", limit).astype(np.float64, copy=False)
    if not np.all((given > 0) & (given < np.inf)):
        raise ValueError("limit must be a positive number")
    if given.ndim > 1 or (given.ndim and given.shape != cost.shape[1:]):
        raise ValueError(f"limit must be one number, or one for each column of cost, not of shape {given.shape}")
    return np.asarray(given.astype(cost.dtype)) if cost.dtype.kind == "f" else given


def checked_group(group: ArrayLike, groups: int, origins: int) -> NDArray[np.int64]:
    """The group of each origin, -1 for none."""
    checked_count("groups", groups, _MOST_GROUPS)
    given = np.asarray(group)
    if given.shape != (origins,):
        raise ValueError(f"group does not fit: {given.size} groups for {origins} origins")
    if given.size and given.dtype.kind not in "iu":
        raise ValueError(f"group must hold whole numbers, not {given.dtype}")
    if given.size and not (int(given.min()) >= -1 and int(given.max()) < groups):
        raise ValueError(f"group is wrong: a group lies outside 0 to {groups - 1}")
    return given.astype(np.int64)
