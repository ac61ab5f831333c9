"""Sites that are open already and clients out of reach, put so that a search need not know of either.

Without capacities, all that is open already becomes one candidate, at the cheapest of its costs. One client more, whom
it alone serves and at no cost, keeps it open. The clients it serves lose the candidates that are no cheaper, and p
grows by one. So nothing is written down that was not stored, and a pair that cannot serve stays one. With capacities,
each site that is open already gets such a client, who takes no room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.siting.checks import checked_candidates, checked_cost, checked_p, checked_weights, refuse_unserved


@dataclass(frozen=True, eq=False)
class Question:
    """What a search by cost is asked, as it was given and as it is searched.

    Attributes
    ----------
    given : csr_array[N, M]
        The checked costs.
    counted : float64[N]
        Weights of the clients, 0 for those left out.
    already : int32[F]
        Candidates that are open already, ascending.
    cost, weight, p : csr_array[N', M'], float64[N'], int
        The same question with nothing open already; as given where `already` is empty.
    """

    given: sp.csr_array
    counted: NDArray[np.float64]
    already: NDArray[np.int32]
    cost: sp.csr_array
    weight: NDArray[np.float64]
    p: int

    @property
    def stand_ins(self) -> int:
        """How many candidates of the searched question stand for those open already: one, or none."""
        return min(1, len(self.already))

    def opened(self, chosen: NDArray[np.int32]) -> NDArray[np.int32]:
        """All that is open, ascending, from what a search chose."""
        if not self.stand_ins:
            return np.sort(chosen)
        others = np.setdiff1d(np.arange(self.given.shape[1], dtype=np.int32), self.already)
        return np.union1d(self.already, others[chosen[chosen > 0] - 1]).astype(np.int32)

    def too_few(self, needed: int) -> str:
        """Why p is refused where the searched question takes at least `needed`."""
        new = "new ones beside those in fixed" if self.stand_ins else "candidates"
        p, needed = self.p - self.stand_ins, needed - self.stand_ins
        return f"p={p} {new} cannot serve all clients: at least {needed} are needed"


def checked_question(
    cost: Any, p: int, weights: ArrayLike | None, fixed: ArrayLike | None, skip_unreachable: bool
) -> Question:
    """Check what `p_median` or `p_center` is given.

    Raises
    ------
    ValueError
        An argument is not as described there, or a client with weight can be served by no candidate.
    """
    table = checked_cost(cost)
    clients, candidates = table.shape
    weight = checked_weights(weights, clients)
    already = checked_candidates("fixed", fixed, candidates)
    p = checked_p(p, candidates, len(already))
    weight = served_weights(table, weight, skip_unreachable)
    if not len(already):
        return Question(table, weight, already, table, weight, p)
    return Question(table, weight, already, _as_one(table, already), np.concatenate([[1.0], weight]), p + 1)


def served_weights(table: sp.csr_array, weight: NDArray[np.float64], skip_unreachable: bool) -> NDArray[np.float64]:
    """The weights, 0 for clients whom no candidate can serve; those with weight are refused unless they may be skipped.

    Raises
    ------
    ValueError
        Naming the clients; or nobody is left.
    """
    if not skip_unreachable:
        refuse_unserved("cost is inf from every candidate", table, weight)
    served = np.where(np.diff(table.indptr) > 0, weight, 0.0)
    if not served.any():
        raise ValueError("skip_unreachable leaves no client with weight: cost is inf from every candidate to all")
    return served


def kept_open(table: sp.csr_array, already: NDArray[np.int32]) -> sp.csr_array:
    """Costs with clients more, the last, each of whom one of the candidates open already alone serves, at no cost."""
    count = len(already)
    data, indices = np.concatenate([table.data, np.zeros(count)]), np.concatenate([table.indices, already])
    indptr = np.concatenate([table.indptr, table.nnz + np.arange(1, count + 1)])
    return sp.csr_array((data, indices, indptr), shape=(table.shape[0] + count, table.shape[1]))


def _as_one(table: sp.csr_array, already: NDArray[np.int32]) -> sp.csr_array:
    """Costs with a client more, the first, and what is open already as one candidate, the first.

    Returns
    -------
    csr_array[N + 1, M - F + 1]
    """
    clients, candidates = table.shape
    is_open = np.zeros(candidates, np.bool_)
    is_open[already] = True
    column = np.cumsum(~is_open)  # of each that is not open yet; 0 is the one that stands for the others
    column[already] = 0
    client = np.repeat(np.arange(clients), np.diff(table.indptr))
    there = is_open[table.indices]
    paid = np.full(clients, np.inf)
    np.minimum.at(paid, client[there], table.data[there])
    cheaper = ~there & (table.data < paid[client])
    served = np.flatnonzero(np.isfinite(paid))
    rows = np.concatenate([[0], served + 1, client[cheaper] + 1])
    columns = np.concatenate([np.zeros(1 + len(served), np.intp), column[table.indices[cheaper]]])
    data = np.concatenate([[0.0], paid[served], table.data[cheaper]])
    merged = sp.csr_array((data, (rows, columns)), shape=(clients + 1, candidates - len(already) + 1))
    merged.sort_indices()
    merged.indices, merged.indptr = merged.indices.astype(np.int32), merged.indptr.astype(np.int32)
    return merged
