"""What every siting search answers: a choice, what it is worth, and how far from the best it can be at most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False, repr=False)
class Solution:
    """A choice of candidates, with its proof.

    Attributes
    ----------
    objective : float
        What the choice is worth, in the units of the costs or weights given.
    bound : float
        No choice can be better than this: below the objective where less is better, above it where more is.
    gap : float
        Distance between the two, relative to the objective; 0 where the choice is proven best.
    open : int32[P]
        Candidates open, ascending: those chosen, and those that are fixed.
    assign : int32[N]
        Candidate that serves each client, or -1 where none does.
    seconds : float
        How long the search ran.
    """

    objective: float
    bound: float
    gap: float
    open: NDArray[np.int32]
    assign: NDArray[np.int32]
    seconds: float

    def __repr__(self) -> str:
        chosen = np.array2string(self.open, threshold=20, edgeitems=5)
        worth = f"objective={self.objective:.10g}, bound={self.bound:.10g}, gap={self.gap:.3g}"
        return f"{type(self).__name__}({worth}, open={chosen}, {len(self.assign)} clients, {self.seconds:.3g} s)"

    @property
    def proven(self) -> bool:
        """Whether no choice can be better."""
        return self.gap == 0.0


def relative_gap(objective: float, bound: float, tolerance: float = 1e-9) -> float:
    """Gap between objective and bound, relative to it: 0 within `tolerance`, ``inf`` where one is not there."""
    apart = abs(objective - bound)
    if not np.isfinite(apart):
        return float("inf")
    if apart <= tolerance * max(1.0, abs(objective)):
        return 0.0
    return apart / abs(objective) if objective else float("inf")
