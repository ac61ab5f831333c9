"""What a siting search may be given: costs, weights, the number of sites and a limit, checked before any work."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

_NAMED_AT_MOST = 10


def checked_cost(cost: Any) -> sp.csr_array:
    """Costs as a fresh CSR array that stores exactly the pairs that can serve.

    Parameters
    ----------
    cost : array_like[N, M] or scipy sparse[N, M]
        Cost of serving each client (rows) from each candidate (columns). Dense: ``inf`` where it cannot. Sparse, as
        `reach.matrix` gives it: a stored zero is a cost of 0, a pair that is not stored cannot serve.

    Returns
    -------
    csr_array float64[N, M]
        Finite costs only, zeros stored, columns of each row ascending; `indices` and `indptr` are int32.

    Raises
    ------
    ValueError
        `cost` is empty, not a table of numbers, holds NaN, a negative cost, or a pair twice.
    """
    table = _from_sparse(cost) if sp.issparse(cost) else _from_dense(cost)
    if np.isnan(table.data).any():
        raise ValueError("cost must not be NaN; give inf where a candidate cannot serve a client")
    if table.nnz and table.data.min() < 0:
        raise ValueError(f"cost must not be negative, but one is {table.data.min()}")
    return _without_infinities(table)


def checked_weights(weights: ArrayLike | None, count: int) -> NDArray[np.float64]:
    """Weight of each client as a fresh float64[N], 1 each where none are given; zeros are allowed, not zeros alone."""
    if weights is None:
        return np.ones(count)
    given = np.asarray(weights)
    if given.dtype.kind not in "biuf":
        raise ValueError(f"weights must hold numbers, not {given.dtype}")
    if given.shape != (count,):
        raise ValueError(f"weights must hold one number a client, shape ({count},), not {given.shape}")
    if not np.isfinite(given).all() or given.min() < 0:
        raise ValueError("weights must be finite and not negative")
    if not given.any():
        raise ValueError("weights must not all be 0")
    return np.array(given, np.float64)


def checked_p(p: int, candidates: int, fixed: int = 0) -> int:
    """How many to open: a whole number from 1 to the number of candidates; from 0 where some are open already."""
    if isinstance(p, bool | np.bool_) or not isinstance(p, int | np.integer):
        raise ValueError(f"p must be a whole number, not {p!r}")
    least, most = (0 if fixed else 1), candidates - fixed
    if not least <= p <= most:
        besides = f" besides the {fixed} in fixed, as p counts new ones" if fixed else ""
        raise ValueError(f"p must be from {least} to the number of candidates{besides}, {most}, not {p}")
    return int(p)


def checked_limit(limit: float) -> float:
    """The largest cost that counts as served, in the units of the costs: a positive number, possibly ``inf``."""
    given = np.asarray(limit)
    if given.ndim or given.dtype.kind not in "iuf":
        raise ValueError(f"limit must be one number, not {limit!r}")
    if not float(limit) > 0:
        raise ValueError(f"limit must be positive, not {limit}")
    return float(limit)


def checked_candidates(name: str, ids: ArrayLike | None, count: int) -> NDArray[np.int32]:
    """Numbers of candidates as a fresh ascending int32 vector without repeats; empty where none are given."""
    given = np.asarray([] if ids is None else ids)
    if given.size == 0:
        return np.zeros(0, np.int32)
    if given.ndim != 1 or given.dtype.kind not in "iu":
        raise ValueError(f"{name} must be a list of candidate numbers, not {given.dtype} of shape {given.shape}")
    if given.min() < 0 or given.max() >= count:
        wrong = int(given[(given < 0) | (given >= count)][0])
        raise ValueError(f"{name} names candidate {wrong}, but candidates are numbered 0 to {count - 1}")
    return np.unique(given).astype(np.int32)


def within(cost: sp.csr_array, limit: float) -> sp.csr_array:
    """The pairs of a checked cost within a limit, as a fresh CSR array."""
    kept = cost.data <= limit
    before = np.concatenate([[0], np.cumsum(kept)])
    table = sp.csr_array((cost.data[kept], cost.indices[kept], before[cost.indptr]), shape=cost.shape)
    table.indices, table.indptr = table.indices.astype(np.int32), table.indptr.astype(np.int32)
    return table


def refuse_unserved(reason: str, cost: sp.csr_array, weights: NDArray[np.float64] | None = None) -> None:
    """Refuse clients with weight whom no candidate of a checked cost can serve, naming them.

    Raises
    ------
    ValueError
        "`reason`: clients 4, 17"; e.g. with the reason "cost is inf from every candidate".
    """
    alone = np.diff(cost.indptr) == 0
    if weights is not None:
        alone &= weights > 0
    if alone.any():
        raise ValueError(f"{reason}: {clients_named(np.flatnonzero(alone))}")


def clients_named(ids: NDArray[np.integer[Any]]) -> str:
    """Clients as words: "client 4", "clients 4, 17" or "clients 4, 17, 20 and 12 more"."""
    named = ", ".join(str(int(one)) for one in ids[:_NAMED_AT_MOST])
    more = len(ids) - _NAMED_AT_MOST
    return f"client{'s' if len(ids) > 1 else ''} {named}" + (f" and {more} more" if more > 0 else "")


def _from_dense(cost: Any) -> sp.csr_array:
    table = np.asarray(cost)
    if table.dtype.kind not in "biuf":
        raise ValueError(f"cost must hold numbers, not {table.dtype}")
    if table.ndim != 2 or 0 in table.shape:
        raise ValueError(f"cost must be a table of clients by candidates, at least one each, not shape {table.shape}")
    clients, candidates = table.shape
    indptr = np.arange(0, table.size + 1, candidates)
    indices = np.tile(np.arange(candidates, dtype=np.int32), clients)
    return sp.csr_array((table.astype(np.float64).ravel(), indices, indptr), shape=table.shape)


def _from_sparse(cost: Any) -> sp.csr_array:
    if cost.dtype.kind not in "biuf":
        raise ValueError(f"cost must hold numbers, not {cost.dtype}")
    if cost.ndim != 2 or 0 in cost.shape:
        raise ValueError(f"cost must be a table of clients by candidates, at least one each, not shape {cost.shape}")
    table = sp.csr_array(cost, dtype=np.float64, copy=True)
    table.sort_indices()
    again = table.indices[1:] == table.indices[:-1]
    starts = table.indptr[1:-1]
    again[starts[(starts > 0) & (starts < table.nnz)] - 1] = False  # the next pair begins another client
    if again.any():
        raise ValueError("cost stores a pair twice; call sum_duplicates() or keep the least of them first")
    return table


def _without_infinities(table: sp.csr_array) -> sp.csr_array:
    """The finite entries. int32 throughout: 2 billion pairs would not fit in memory beside their distances anyway."""
    if table.nnz >= 2**31:
        raise ValueError(f"cost holds {table.nnz:,} pairs, more than 2,147,483,647; keep those within a limit")
    return within(table, np.finfo(np.float64).max)
