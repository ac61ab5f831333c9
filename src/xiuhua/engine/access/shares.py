"""Coverage (覆盖率): how many people reach what within a limit; and the life-circle score (生活圈得分) made of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.access._checked import checked_cost, checked_group, checked_limit


@dataclass(frozen=True, slots=True, eq=False)
class CompositeScore:
    """The score of each group, and the parts that it is the mean of.

    Attributes
    ----------
    score : float64[G]
        Mean of a group's shares over the required types; NaN for a group without people.
    share : float64[G, T]
        Part of a group's people who reach each type; NaN likewise.
    people : float64[G]
        People of each group.
    """

    score: NDArray[np.float64]
    share: NDArray[np.float64]
    people: NDArray[np.float64]


def coverage(cost: ArrayLike, weights: ArrayLike, limit: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """People who reach each type of facility within a limit, and their share of all.

    Parameters
    ----------
    cost : float[O, T] or float[O]
        Cost from each origin to the nearest facility of each type; ``inf`` where there is none. What `reach.nearest`
        gives is one type: float[O] is read as float[O, 1], and results have their T, then 1, all the same.
    weights : float64[O]
        People at each origin.
    limit : float or float[T]
        Largest cost that counts as reached, in the unit of `cost`: one for all types, or one for each.

    Returns
    -------
    covered, share : float64[T]
        The share is 0 where nobody lives anywhere.

    Raises
    ------
    ValueError
        `cost` has no row for each of `weights`; a weight is negative or not a number; `limit` is not a positive number,
        or there is not one for each type.
    """
    cost_, weights_, limit_ = _checked(cost, weights, limit)
    covered = weights_ @ (cost_ <= limit_).astype(np.float64)
    total = float(weights_.sum())
    return covered, covered / total if total > 0 else np.zeros_like(covered)


def coverage_by(
    cost: ArrayLike, weights: ArrayLike, group: ArrayLike, groups: int, limit: ArrayLike
) -> NDArray[np.float64]:
    """People of each group who reach each type of facility within a limit.

    Parameters
    ----------
    cost, weights, limit
        As in `coverage`.
    group : int32[O]
        Group of each origin, such as its committee (居委会), 0 to ``groups - 1``; -1 for none.
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
    cost_, weights_, limit_ = _checked(cost, weights, limit)
    group_ = checked_group(group, groups, len(weights_))
    covered = np.zeros((groups, cost_.shape[1]))
    inside = group_ >= 0
    np.add.at(covered, group_[inside], weights_[inside, None] * (cost_[inside] <= limit_))
    return covered


def share_by(
    cost: ArrayLike, weights: ArrayLike, group: ArrayLike, groups: int, limit: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Part of each group's people who reach each type of facility within a limit, and the people of each group.

    Both are what `gini` and `lorenz` ask for: ``gini(share[:, t], people)`` tells how unequally committees reach a
    type.

    Parameters
    ----------
    cost, weights, group, groups, limit
        As in `coverage_by`.

    Returns
    -------
    share : float64[G, T]
        NaN for a group without people.
    people : float64[G]

    Raises
    ------
    ValueError
        As in `coverage_by`.
    """
    covered = coverage_by(cost, weights, group, groups, limit)
    inside = np.asarray(group) >= 0
    counts = np.bincount(np.asarray(group)[inside], np.asarray(weights, np.float64)[inside], groups)
    people = np.asarray(counts, np.float64)
    share = np.full(covered.shape, np.nan)
    np.divide(covered, people[:, None], out=share, where=people[:, None] > 0)
    return share, people


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


def composite_by(
    cost: ArrayLike,
    weights: ArrayLike,
    group: ArrayLike,
    groups: int,
    limit: ArrayLike,
    required: ArrayLike,
) -> CompositeScore:
    """Life-circle score of each group with its parts, so that a page can show why a committee has its score.

    The score of all is the mean of the groups' scores weighted by their people, if everybody has a group.

    Parameters
    ----------
    cost, weights, group, groups, limit
        As in `coverage_by`.
    required : bool[T]
        Types that a standard requires.

    Raises
    ------
    ValueError
        As in `coverage_by`; `required` does not fit the types, or no type is required.
    """
    share, people = share_by(cost, weights, group, groups, limit)
    required_ = np.asarray(required, np.bool_)
    if required_.shape != share.shape[1:]:
        raise ValueError(f"required must have {share.shape[1]} values, one a type, not shape {required_.shape}")
    if not required_.any():
        raise ValueError("required is wrong: no type is required")
    return CompositeScore(np.asarray(share[:, required_].mean(axis=1)), share, people)


def _checked(
    cost: ArrayLike, weights: ArrayLike, limit: ArrayLike
) -> tuple[NDArray[np.floating], NDArray[np.float64], NDArray[np.floating]]:
    cost_, weights_ = checked_cost(cost, weights)
    if cost_.ndim == 1:
        cost_ = cost_[:, None]
    return cost_, weights_, checked_limit(limit, cost_)
