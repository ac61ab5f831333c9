"""Which road a stairwell takes: in a lot (成片), by itself (零星), or as one of the last of its block (去零)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.batches.checks import checked_flags, checked_numbers, checked_readiness, checked_share


class Kind(IntEnum):
    """The road of a stairwell."""

    LATER = 0
    """待成熟: not done, in no lot, not ready, and much of its block is still to do."""
    LOT = 1
    """成片: built together with its neighbours."""
    SINGLE = 2
    """零星: ready, and built by itself."""
    GAP = 3
    """去零: one of the last of a block that is mostly done, ready or not: the gap to be closed."""
    DONE = 4
    """已建: built or being built."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The road of each stairwell, and the groups of last gaps."""

    kind: NDArray[np.int8]
    """int8[N]: a `Kind` each."""
    gap: NDArray[np.int32]
    """int32[N]: the number of its group of last gaps, one group a block, from 0 where the greatest share is done; -1
    for the others."""


def kinds(
    readiness: ArrayLike,
    lot: ArrayLike,
    done: ArrayLike,
    block: ArrayLike,
    *,
    ready: float = 0.5,
    closing: float = 0.8,
) -> Kinds:
    """Tell the road of each stairwell. The first that holds: done, in a lot, a last gap, single, later.

    Parameters
    ----------
    readiness : float[N]
        From 0 to 1, as for `propose`.
    lot : int[N]
        The lot of each, -1 for none.
    done : bool[N]
        Built, or being built.
    block : int[N]
        The residential quarter (小区) of each.
    ready : float
        Readiness from which a stairwell is built by itself.
    closing : float
        Share of a block's stairwells done from which the rest are its last gaps.

    Raises
    ------
    ValueError
        The arrays differ in length or kind; a share or a degree of readiness is not between 0 and 1.
    """
    degrees = checked_readiness(readiness, np.size(readiness))
    lots, blocks = (checked_numbers(name, it, len(degrees)) for name, it in (("lot", lot), ("block", block)))
    built = checked_flags("done", done, len(degrees))
    checked_share("ready", ready)
    checked_share("closing", closing)
    label, place = np.unique(blocks, return_inverse=True)
    share = np.bincount(place, built, len(label)) / np.maximum(np.bincount(place, minlength=len(label)), 1)
    together = ~built & (lots >= 0)
    last = ~built & ~together & (share[place] >= closing)
    kind = np.select(
        [built, together, last, degrees >= ready], [Kind.DONE, Kind.LOT, Kind.GAP, Kind.SINGLE], Kind.LATER
    )
    groups = np.unique(place[last])
    number = np.full(len(label), -1, np.int32)
    number[groups[np.argsort(-share[groups], kind="stable")]] = np.arange(len(groups))
    return Kinds(kind.astype(np.int8), np.where(last, number[place] if len(label) else -1, -1).astype(np.int32))
