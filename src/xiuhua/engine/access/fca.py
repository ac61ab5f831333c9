"""Floating catchments (两步移动搜索法): what there is for each person within reach, when others want it too.

All methods of the family are the same two sums. Step one sums, at each supply location, the people who ask of it, each
by a *demand weight*, and divides the supply by them. Step two sums these ratios at each origin, each by a *supply
weight*. The methods differ in the two weights alone, which come from a decay ``w`` of the cost between the two places:

================  =========================================  ==============================
method            demand weight                              supply weight
================  =========================================  ==============================
`two_step`        1 within the limit                         1 within the limit
`enhanced`        w                                          w
`modified`        w                                          w squared
`three_step`      w times G, its part of the origin's w      the same
`balanced`        w as part of the origin's w                w as part of the location's w
================  =========================================  ==============================

`one_step`, from which they come, divides all supply around an origin by all people around the same origin.

A decay is "flat" (1 throughout the limit), "linear", "exponential" or "gaussian" as `xiuhua.engine.reach.totals` has
them, a table of zones ``{cost: weight}`` whose costs are the outer bounds, or any function from an array of costs
to an array of weights; `xiuhua.engine.decays` has some.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine import decays
from xiuhua.engine.access._checked import checked_amounts

Decay = Mapping[float, float] | decays.Decay
"""How much less a place counts the more it costs to get there."""


def one_step(
    cost: Any, neighbours: Any, demand: ArrayLike, supply: ArrayLike, limit: float, decay: Decay = None
) -> NDArray[np.float64]:
    """Floating catchment area (FCA): all supply within a limit of each origin by all people within the same limit.

    It takes for granted that whoever is near the origin asks of what is near the origin, and nobody else does.

    Parameters
    ----------
    cost, demand, supply, limit
        As in `two_step`.
    neighbours : float[O, O], or a scipy sparse array or matrix of that shape
        From each origin to each origin, as `cost` is to the locations. An origin's own people count only if it holds
        their cost, which is 0.
    decay : optional
        See the module; of both costs. By default all within the limit count alike.

    Returns
    -------
    float64[O] or float64[O, K]
        Supply per person; 0 where nothing, or nobody, is within the limit.

    Raises
    ------
    ValueError
        As in `two_step`; `neighbours` does not fit.

    References
    ----------
    Luo, W. (2004). Using a GIS-based floating catchment method to assess areas with shortage of physicians. Health &
    Place 10(1).
    """
    pairs = _pairs(cost, demand, supply, limit, decay)
    count = len(pairs.demand)
    if np.shape(neighbours) != (count, count):
        raise ValueError(f"neighbours must have {count} rows and columns, not shape {np.shape(neighbours)}")
    around = _pairs(neighbours, demand, demand, limit, decay, "neighbours")
    people = around.sums(around.weight, around.demand)
    return _ratio(pairs.sums(pairs.weight, pairs.supply), people)


def two_step(cost: Any, demand: ArrayLike, supply: ArrayLike, limit: float, decay: Decay = None) -> NDArray[np.float64]:
    """Two-step floating catchment area (2SFCA): supply per person within a limit, summed over what is within it.

    Parameters
    ----------
    cost : float[O, S], or a scipy sparse array or matrix of that shape
        From each origin to each supply location, metres or minutes. Of a sparse one every stored value counts, zeros
        too, and what is not stored is beyond reach: it is what `xiuhua.engine.reach.matrix` gives. Of a dense one
        ``inf`` is beyond reach.
    demand : float64[O]
        People at each origin.
    supply : float64[S] or float64[S, K]
        What each location has, such as places or hours; K kinds at once.
    limit : float
        Largest cost within a catchment, inclusive, in the unit of `cost`.
    decay : optional
        See the module. By default all within the limit count alike, as in the first publication.

    Returns
    -------
    float64[O] or float64[O, K]
        Supply per person; 0 where nothing is within the limit. A location that nobody asks of counts for nothing, also
        at origins where nobody lives.

    Raises
    ------
    ValueError
        An argument has the wrong shape, is negative, infinite or not a number; `cost` stores a pair twice; `decay`
        gives anything but finite weights from 0.

    References
    ----------
    Luo, W. and Wang, F. (2003). Measures of spatial accessibility to health care in a GIS environment. Environment and
    Planning B 30(6).
    """
    pairs = _pairs(cost, demand, supply, limit, decay)
    return pairs.access(pairs.weight, pairs.weight)


def enhanced(cost: Any, demand: ArrayLike, supply: ArrayLike, limit: float, decay: Decay = None) -> NDArray[np.float64]:
    """Enhanced two-step floating catchment area (E2SFCA): the nearer counts more, in both steps.

    Parameters
    ----------
    cost, demand, supply, limit
        As in `two_step`.
    decay : optional
        See the module. By default three zones of a third of the limit each, with the weights 1, 0.68 and 0.22 that the
        publication has for 10, 20 and 30 minutes.

    Returns
    -------
    float64[O] or float64[O, K]
        Supply per person, as in `two_step`.

    Raises
    ------
    ValueError
        As in `two_step`.

    References
    ----------
    Luo, W. and Qi, Y. (2009). An enhanced two-step floating catchment area (E2SFCA) method for measuring spatial
    accessibility to primary care physicians. Health & Place 15(4).
    """
    pairs = _pairs(cost, demand, supply, limit, _zones(limit) if decay is None else decay)
    return pairs.access(pairs.weight, pairs.weight)


def modified(cost: Any, demand: ArrayLike, supply: ArrayLike, limit: float, decay: Decay = None) -> NDArray[np.float64]:
    """Modified two-step floating catchment area (M2SFCA): distance costs something even where nobody competes.

    The decay counts once more in step two, so that the same facilities give less access the farther they are from
    everybody; in the other methods only distances relative to each other matter.

    Parameters
    ----------
    cost, demand, supply, limit, decay
        As in `enhanced`, with the same default.

    Returns
    -------
    float64[O] or float64[O, K]
        Supply per person, as in `two_step`.

    Raises
    ------
    ValueError
        As in `two_step`.

    References
    ----------
    Delamater, P. L. (2013). Spatial accessibility in suboptimally configured health care systems: a modified two-step
    floating catchment area (M2SFCA) metric. Health & Place 24.
    """
    pairs = _pairs(cost, demand, supply, limit, _zones(limit) if decay is None else decay)
    return pairs.access(pairs.weight, pairs.weight**2)


def three_step(
    cost: Any, demand: ArrayLike, supply: ArrayLike, limit: float, decay: Decay = None
) -> NDArray[np.float64]:
    """Three-step floating catchment area (3SFCA): people who have many locations to choose from ask less of each.

    Before the two steps each origin's preference G for a location is the location's part in the weights of all those
    within the limit.

    Parameters
    ----------
    cost, demand, supply, limit
        As in `two_step`.
    decay : optional
        See the module. By default the publication's weights for 10, 20, 30 and 60 minutes, 0.962, 0.704, 0.377 and
        0.042, at a sixth, a third, a half and the whole of the limit.

    Returns
    -------
    float64[O] or float64[O, K]
        Supply per person, as in `two_step`.

    Raises
    ------
    ValueError
        As in `two_step`.

    References
    ----------
    Wan, N., Zou, B. and Sternberg, T. (2012). A three-step floating catchment area method for analyzing spatial access
    to health services. International Journal of Geographical Information Science 26(6).
    """
    pairs = _pairs(cost, demand, supply, limit, _four_zones(limit) if decay is None else decay)
    preferred = pairs.weight * pairs.part_of_row(pairs.weight)
    return pairs.access(preferred, preferred)


def balanced(cost: Any, demand: ArrayLike, supply: ArrayLike, limit: float, decay: Decay = None) -> NDArray[np.float64]:
    """Balanced floating catchment area (BFCA): nobody is counted twice, and no level of service either.

    Each origin's people are shared out over the locations, and each location's supply per person over the origins, in
    proportion to the weights. So the result sums to the supply per person of all locations, and compares origins; it is
    not what one person there has.

    Parameters
    ----------
    cost, demand, supply, limit, decay
        As in `enhanced`, with the same default.

    Returns
    -------
    float64[O] or float64[O, K]
        Supply per person, as in `two_step`.

    Raises
    ------
    ValueError
        As in `two_step`.

    References
    ----------
    Paez, A., Higgins, C. D. and Vivona, S. F. (2019). Demand and level of service inflation in floating catchment area
    (FCA) methods. PLoS ONE 14(6).
    """
    pairs = _pairs(cost, demand, supply, limit, _zones(limit) if decay is None else decay)
    return pairs.access(pairs.part_of_row(pairs.weight), pairs.part_of_column(pairs.weight))


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Origins and supply locations within reach of each other, and how much each pair counts."""

    origin: NDArray[np.int64]
    location: NDArray[np.int64]
    weight: NDArray[np.float64]
    demand: NDArray[np.float64]
    supply: NDArray[np.float64]

    def access(self, demand_weight: NDArray[np.float64], supply_weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """The two sums that all methods are."""
        wanted = _sums(self.location, demand_weight * self.demand[self.origin], len(self.supply))
        return self.sums(supply_weight, _ratio(self.supply, wanted))

    def sums(self, weight: NDArray[np.float64], has: NDArray[np.float64]) -> NDArray[np.float64]:
        """At each origin the sum of what locations have, of one kind or of K."""
        kinds = np.atleast_2d(has.T)
        sums = [_sums(self.origin, weight * one[self.location], len(self.demand)) for one in kinds]
        return np.stack(sums, axis=1).reshape(len(self.demand), *has.shape[1:])

    def part_of_row(self, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """Each weight as a part of all of its origin."""
        return _part(weight, self.origin, len(self.demand))

    def part_of_column(self, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """Each weight as a part of all of its location."""
        return _part(weight, self.location, len(self.supply))


def _ratio(has: NDArray[np.float64], by: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows of what there is by a divisor for each; 0 where that is 0."""
    divisor = by.reshape(-1, *[1] * (has.ndim - 1))
    return np.divide(has, divisor, out=np.zeros_like(has), where=divisor > 0)


def _sums(of: NDArray[np.int64], amounts: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    return np.asarray(np.bincount(of, amounts, count), np.float64)


def _part(weight: NDArray[np.float64], of: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    return _ratio(weight, _sums(of, weight, count)[of])


def _pairs(cost: Any, demand: ArrayLike, supply: ArrayLike, limit: float, decay: Decay, name: str = "cost") -> _Pairs:
    """Check what was given and keep the pairs within the limit."""
    origin, location, costs, (origins, locations) = _stored(name, cost)
    demand_, supply_ = checked_amounts("demand", demand), checked_amounts("supply", supply)
    if demand_.shape != (origins,):
        raise ValueError(f"demand must have {origins} values, one a row of {name}, not shape {demand_.shape}")
    if supply_.ndim not in (1, 2) or len(supply_) != locations or supply_.shape[1:] == (0,):
        raise ValueError(f"supply must have {locations} rows, one a column of {name}, not shape {supply_.shape}")
    if not np.all(costs >= 0):
        raise ValueError(f"{name} must not be negative or NaN; inf says that a place is beyond reach")
    limit = _positive("limit", limit)
    near = costs <= limit
    return _Pairs(origin[near], location[near], _weights(decay, costs[near], limit), demand_, supply_)


def _stored(name: str, cost: Any) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[Any], tuple[int, int]]:
    """Row, column and value of all that a matrix holds."""
    if not hasattr(cost, "tocoo"):
        dense = np.asarray(cost)
        if dense.ndim != 2 or dense.dtype.kind not in "iuf":
            raise ValueError(f"{name} must hold numbers in rows and columns, not {dense.dtype} of shape {dense.shape}")
        within = np.arange(dense.size)
        row, column = np.divmod(within, max(dense.shape[1], 1))
        return row, column, dense.reshape(-1), (dense.shape[0], dense.shape[1])
    triples = cost.tocoo()
    if len(triples.shape) != 2:
        raise ValueError(f"{name} must have rows and columns, not shape {triples.shape}")
    row, column = triples.row.astype(np.int64), triples.col.astype(np.int64)
    if not getattr(cost, "has_canonical_format", False):
        keys = np.sort(row * triples.shape[1] + column)
        if np.any(keys[1:] == keys[:-1]):
            raise ValueError(f"{name} stores a pair of places twice")
    return row, column, triples.data, (triples.shape[0], triples.shape[1])


def _weights(decay: Decay, costs: NDArray[Any], limit: float) -> NDArray[np.float64]:
    """How much each cost counts; a table is read in the costs' own precision, so that bounds are inclusive."""
    if decay is None or decay == "flat":
        return np.ones(len(costs))
    if isinstance(decay, str):
        if decay not in decays.NAMED:
            raise ValueError(f"decay must be flat, {', '.join(decays.NAMED)}, a table or a function, not {decay!r}")
        return np.maximum(decays.NAMED[decay](costs.astype(np.float64), limit), 0.0)
    if isinstance(decay, Mapping):
        return _by_zone(decay, costs)
    given = np.asarray(decay(costs.astype(np.float64)), np.float64)
    if given.shape != costs.shape:
        raise ValueError(f"decay must give {len(costs)} weights, one a cost, not an array of shape {given.shape}")
    return checked_amounts("the weights that decay gives", given)


def _by_zone(zones: Mapping[float, float], costs: NDArray[Any]) -> NDArray[np.float64]:
    bounds = np.array(sorted(zones), np.float64)
    if not len(bounds) or not np.all((bounds >= 0) & (bounds < np.inf)):
        raise ValueError("decay must name at least one zone, by finite costs from 0")
    weights = checked_amounts("the weights of decay", [zones[bound] for bound in sorted(zones)])
    inner = bounds.astype(costs.dtype) if costs.dtype.kind == "f" else bounds
    return np.append(weights, 0.0)[np.searchsorted(inner, costs)]


def _zones(limit: float) -> dict[float, float]:
    limit = _positive("limit", limit)
    return {limit / 3: 1.0, 2 * limit / 3: 0.68, limit: 0.22}


def _four_zones(limit: float) -> dict[float, float]:
    limit = _positive("limit", limit)
    return {limit / 6: 0.962, limit / 3: 0.704, limit / 2: 0.377, limit: 0.042}


def _positive(name: str, value: float) -> float:
    if not 0 < value < np.inf:
        raise ValueError(f"{name} must be a positive number, not {value}")
    return float(value)
