"""A binary heap of nodes by distance, for searches that touch few nodes: each entry is one whole number.

An entry is not moved when its node gets nearer; the nearer one is put in as well, and whoever takes out the older one
sees that the node has a smaller distance by then.
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel


@kernel
def push(heap, size, distance, node):  # type: ignore[no-untyped-def]
    """Put a node into `heap`, int64[H], of which `size` entries are in use; the new size."""
    entry = (np.int64(distance) << 32) | np.int64(node)
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if heap[above] <= entry:
            break
        heap[at] = heap[above]
        at = above
    heap[at] = entry
    return size + 1


@kernel
def pop(heap, size):  # type: ignore[no-untyped-def]
    """Take out the nearest: its distance and its node. The size is one less afterwards."""
    least, last = heap[0], heap[size - 1]
    size -= 1
    at, below = 0, 1
    while below < size:
        if below + 1 < size and heap[below + 1] < heap[below]:
            below += 1
        if heap[below] >= last:
            break
        heap[at] = heap[below]
        at, below = below, 2 * below + 1
    heap[at] = last
    return np.int32(least >> 32), np.int32(least & 0xFFFFFFFF)
