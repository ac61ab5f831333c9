"""Who is left out: the origins from which nothing lies within a limit, one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.access._checked import checked_cost, checked_group, checked_limit


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """Origins that reach nothing in time, the one with most people first.

    Attributes
    ----------
    origin : intp[L]
        Which origins.
    people : float64[L]
        People at each.
    cost : float[L]
        Cost to the nearest; ``inf`` where none was found at all.
    """

    origin: NDArray[np.intp]
    people: NDArray[np.float64]
    cost: NDArray[np.floating]

    def __len__(self) -> int:
        """Number of origins left out, L."""
        return len(self.origin)

    def where(self, chosen: ArrayLike) -> LeftOut:
        """Those of some of all origins, such as those of one committee: ``out.where(group == 3)``.

        Parameters
        ----------
        chosen : bool[O]
            Which of all origins are asked for.

        Raises
        ------
        ValueError
            `chosen` does not say yes or no to each origin.
        """
        given = np.asarray(chosen)
        if given.ndim != 1 or given.dtype != np.bool_ or (len(self) and len(given) <= self.origin.max()):
            raise ValueError("chosen must be true or false for each origin")
        mine = given[self.origin]
        return LeftOut(self.origin[mine], self.people[mine], self.cost[mine])

    def people_by(self, group: ArrayLike, groups: int) -> NDArray[np.float64]:
        """People left out of each group, float64[G]; `group` is as in `coverage_by`.

        Raises
        ------
        ValueError
            `group` is too short for the origins, or names a group that is not there.
        """
        given = checked_group(group, groups, np.size(group))
        if len(self) and len(given) <= self.origin.max():
            raise ValueError("group must have one value for each origin")
        mine = given[self.origin]
        inside = mine >= 0
        return np.asarray(np.bincount(mine[inside], self.people[inside], groups), np.float64)


def left_out(cost: ArrayLike, weights: ArrayLike, limit: float) -> LeftOut:
    """Origins where somebody lives and from which no facility of a type lies within a limit.

    Most people first; of equally many the farther first, then by number.

    Parameters
    ----------
    cost : float[O]
        Cost from each origin to the nearest facility of the type; ``inf`` or NaN where there is none. Ask for it with a
        larger limit than this one to learn how far those left out have to go.
    weights : float64[O]
        People at each origin.
    limit : float
        Largest cost that counts as reached, in the unit of `cost`.

    Raises
    ------
    ValueError
        `cost` has no value for each of `weights`; a weight is negative or not a number; `limit` is not a positive
        number.
    """
    cost_, weights_ = checked_cost(cost, weights)
    if cost_.ndim != 1:
        raise ValueError(f"cost of shape {cost_.shape} does not fit weights: give the column of one type")
    out = np.flatnonzero(~(cost_ <= checked_limit(limit, cost_)) & (weights_ > 0))
    far = np.where(np.isnan(cost_[out]), np.inf, cost_[out])
    worst_first = np.lexsort((-far, -weights_[out]))
    return LeftOut(out[worst_first], weights_[out][worst_first], far[worst_first])
