"""One linear border a class against all others: support vector machines by dual coordinate descent.

Written here because the classes can then be drawn on all cores, with the same bytes each time: the order in which
examples are visited comes from a generator of each class's own.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray
from scipy import sparse

_EPOCHS = 40
_TOLERANCE = 0.03
"""How far examples may still be from their best place on average; nearer changes no label."""


def borders(
    rows: sparse.csr_matrix,
    classes: NDArray[np.int32],
    number: int,
    cost: float,
    scale: NDArray[np.float32] | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights and offsets of squared-hinge, L2-regularised borders, each class against the rest, classes balanced.

    Parameters
    ----------
    rows : csr_matrix of float32[N, F]
        Examples.
    classes : int32[N]
        Class of each, 0 to `number` - 1; each class has an example.
    number : int
        Number of classes, K.
    cost : float
        Price of an example on the wrong side (C), before balancing: both sides of a border weigh the same in sum.
    scale : float32[K, F], optional
        What each feature is multiplied by before the border of each class is drawn; the weights hold for unscaled rows.

    Returns
    -------
    float32[K, F], float32[K]
        A row lies on the side of class k where ``row @ weights[k] + offsets[k] > 0``.

    References
    ----------
    Hsieh, C.-J. et al. (2008). A dual coordinate descent method for large-scale linear SVM. ICML.
    """
    counts = np.bincount(classes, minlength=number)
    inside, outside = (
        cost * len(classes) / (2 * counts),
        cost * len(classes) / (2 * np.maximum(len(classes) - counts, 1)),
    )
    scales = np.ones((number, 1), np.float32) if scale is None else np.ascontiguousarray(scale, np.float32)
    weights = np.zeros((number, rows.shape[1]), np.float32)
    offsets = np.zeros(number, np.float32)
    _descend(
        rows.indptr, rows.indices, rows.data.astype(np.float32), classes, inside, outside, scales, weights, offsets
    )
    return weights, offsets


@njit(parallel=True, cache=True)
def _descend(indptr, indices, data, classes, inside, outside, scales, weights, offsets):  # type: ignore[no-untyped-def]
    for k in prange(len(offsets)):
        values = data
        if len(scales[k]) > 1:
            values = data * scales[k][indices]
        offsets[k] = _draw(indptr, indices, values, classes == k, inside[k], outside[k], np.uint64(k + 1), weights[k])
        if len(scales[k]) > 1:
            weights[k] *= scales[k]


@njit(cache=True, fastmath=True)
def _draw(indptr, indices, values, within, cost_in, cost_out, state, weight):  # type: ignore[no-untyped-def]
    """Draw one border: a multiplier an example, each moved to its best value in turn, until none has far to go."""
    examples, offset = len(within), np.float32(0)
    dual, slack, curvature = np.zeros(examples), np.zeros(examples), np.zeros(examples)
    order = np.arange(examples)
    for i in range(examples):
        own = np.float32(1)
        for at in range(indptr[i], indptr[i + 1]):
            own += values[at] * values[at]
        slack[i] = 0.5 / (cost_in if within[i] else cost_out)
        curvature[i] = own + slack[i]
    for _epoch in range(_EPOCHS):
        astray = 0.0
        for step in range(examples):
            state = state * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
            other = step + np.int64((state >> np.uint64(33)) % np.uint64(examples - step))
            i = order[other]
            order[other], order[step] = order[step], i
            side = 1.0 if within[i] else -1.0
            reached = offset
            for at in range(indptr[i], indptr[i + 1]):
                reached += weight[indices[at]] * values[at]
            slope = side * reached - 1 + dual[i] * slack[i]
            if dual[i] == 0 and slope >= 0:
                continue
            astray += abs(slope)
            moved = max(dual[i] - slope / curvature[i], 0.0)
            change = np.float32((moved - dual[i]) * side)
            dual[i] = moved
            offset += change
            for at in range(indptr[i], indptr[i + 1]):
                weight[indices[at]] += change * values[at]
        if astray < _TOLERANCE * examples:
            break
    return offset
