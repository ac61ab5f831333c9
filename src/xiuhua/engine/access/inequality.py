"""How unequally something is spread over people: the Lorenz curve (洛伦兹曲线) and the Gini coefficient (基尼系数)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.access._checked import checked_amounts
from xiuhua.engine.checks import checked_numbers


def lorenz(values: ArrayLike, weights: ArrayLike | None = None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The Lorenz curve: what part of the whole the worst-served part of the people has.

    Parameters
    ----------
    values : float64[P]
        What each has, such as access at a place or the share of a committee that is covered.
    weights : float64[P], optional
        People at each; 1 by default. Of a value whose weight is 0 nothing is asked: it may be NaN.

    Returns
    -------
    people, held : float64[Q + 1]
        Points of the curve from (0, 0) to (1, 1), worst served first: `people` is the part of the people, `held` the
        part of the sum that they have. Q is the number of values with a weight. Where nobody has anything, all have
        alike, and the curve is the diagonal.

    Raises
    ------
    ValueError
        `values` or `weights` are negative, infinite or not a number, or do not fit each other; nobody is there.

    References
    ----------
    Lorenz, M. O. (1905). Methods of measuring the concentration of wealth. Publications of the American Statistical
    Association 9(70).
    """
    value, weight = _checked(values, weights)
    poorest_first = np.argsort(value, kind="stable")
    people = _cumulative(weight[poorest_first])
    held = _cumulative((value / max(float(value.max()), np.finfo(float).tiny) * weight)[poorest_first])
    return people, held if held[-1] > 0 else people.copy()


def gini(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """The Gini coefficient: twice the area between the Lorenz curve and the line of equality.

    0 where all have alike, towards 1 where one has all. It is that of a population in which each value is held by as
    many as its weight says, without a correction for small samples.

    Parameters
    ----------
    values : float64[P]
        What each has.
    weights : float64[P], optional
        People at each; 1 by default. Of a value whose weight is 0 nothing is asked: it may be NaN.

    Returns
    -------
    float
        From 0 to below 1.

    Raises
    ------
    ValueError
        As in `lorenz`.

    References
    ----------
    Gini, C. (1912). Variabilità e mutabilità. Bologna.
    """
    people, held = lorenz(values, weights)
    under = float(np.sum(np.diff(people) * (held[1:] + held[:-1])))
    return min(max(0.0, 1.0 - under), float(np.nextafter(1.0, 0.0)))


def _checked(values: ArrayLike, weights: ArrayLike | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    value = checked_numbers("values", values).astype(np.float64, copy=False)
    if value.ndim != 1:
        raise ValueError(f"values must have one dimension, not {value.ndim}")
    weight = np.ones(len(value)) if weights is None else checked_amounts("weights", weights)
    if weight.shape != value.shape:
        raise ValueError(f"weights of shape {weight.shape} do not fit values of shape {value.shape}")
    if not np.any(weight > 0):
        raise ValueError("weights are all 0: nobody is there" if len(value) else "values is empty: nobody is there")
    value = checked_amounts("values", value[weight > 0])
    return value, weight[weight > 0]


def _cumulative(parts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Running part of the whole from 0 to 1; all 0 if the whole is."""
    sums = np.concatenate([[0.0], np.cumsum(parts)])
    return np.asarray(sums / sums[-1]) if sums[-1] > 0 else sums
