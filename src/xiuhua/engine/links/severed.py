"""Pairs of nodes that are near on the plane and far on foot, by a short search from each node.

Most nodes of a town need no search: where everything about a node is near on foot too, with some metres to spare, the
same holds of the nodes that stand within those metres of it, and they are passed over. That leaves out no pair.
"""

from __future__ import annotations

import numpy as np

from xiuhua.engine.searches.compiling import kernel
from xiuhua.engine.searches.heap import pop, push

FAR = 2**31 - 2


@kernel
def search(graph, source, radius, heap, dist, reached, wanted, pending):  # type: ignore[no-untyped-def]
    """Distances from one node as far as `radius`, or until all that are `wanted` have theirs.

    `dist`, int32[N], is `FAR` everywhere on entry; the nodes to be reset are the first of `reached`, int32[N], and
    their number is the answer. `pending` nodes are wanted; with none, the search goes on to the radius.
    """
    indptr, head, cost = graph
    dist[source] = 0
    reached[0] = source
    count, size, left = 1, push(heap, 0, 0, source), pending
    while size > 0:
        d, node = pop(heap, size)
        size -= 1
        if d > dist[node]:
            continue
        if pending > 0 and wanted[node]:
            left -= 1
            if left == 0:
                break
        for arc in range(indptr[node], indptr[node + 1]):
            if cost[arc] > radius - d:
                continue
            other, by_node = head[arc], d + cost[arc]
            if by_node < dist[other]:
                if dist[other] == FAR:
                    reached[count] = other
                    count += 1
                dist[other] = by_node
                size = push(heap, size, by_node, other)
    return count


@kernel
def find_span(outward, inward, directed, plane, cells, terms, first, last):  # type: ignore[no-untyped-def]
    """Severed pairs of which the lower node is one of `first` to `last`.

    Parameters
    ----------
    outward, inward : tuple of int32[N + 1], int32[A], int32[A]
    plane : tuple of float64[N], float64[N], bool[N]
        Coordinates in metres, and which nodes may be an end.
    cells : tuple of int64[M], int32[M], int64, float64, float64, float64
        Cell of each node that may be an end, sorted; the node; cells in a row, the size of a cell, least x, least y.
    terms : tuple of float64
        Largest gap, least detour, least ratio, metres to spare.

    Returns
    -------
    tuple of int32[P], int32[P]
        Pairs whose ends are at most the gap apart and farther on foot than detour and ratio demand, one of them the
        nearest to the other along its own way.
    """
    gap, detour, ratio, spare = terms
    n = len(plane[0])
    radii = (np.int32(10 * (detour - spare)) + 1, np.int32(10 * max(detour + gap, ratio * gap)) + 1)
    heap = np.empty(len(outward[1]) + n + 1, np.int64)
    out, back = np.full(n, FAR, np.int32), np.full(n, FAR, np.int32)
    reached_out, reached_back = np.empty(n, np.int32), np.empty(n, np.int32)
    nobody, far = np.empty(0, np.bool_), np.empty(n, np.int32)
    passed_over = np.zeros(last - first, np.bool_)
    one, other = np.empty(64, np.int32), np.empty(64, np.int32)
    found = 0
    for i in range(first, last):
        if passed_over[i - first] or not plane[2][i]:
            continue
        for wide in range(2):
            count_out = search(outward, i, radii[wide], heap, out, reached_out, nobody, 0)
            count_back = search(inward, i, radii[wide], heap, back, reached_back, nobody, 0) if directed else 0
            all_near, count = _look_about(plane, cells, terms, i, out, back, far)
            if all_near and not directed:
                _pass_over(plane, i, out, reached_out, count_out, spare, first, passed_over)
            elif all_near:
                _pass_over(plane, i, back, reached_back, count_back, spare, first, passed_over)
            for k in range(count_out):
                out[reached_out[k]] = FAR
            for k in range(count_back):
                back[reached_back[k]] = FAR
            if count == 0:
                break
        for k in range(count):
            if found == len(one):
                one, other = _longer(one), _longer(other)
            nearest = _is_nearest(outward, inward, directed, plane, i, far[k])
            if nearest or _is_nearest(outward, inward, directed, plane, far[k], i):
                one[found], other[found] = i, far[k]
                found += 1
    return one[:found], other[:found]


@kernel
def _look_about(plane, cells, terms, i, out, back, far):  # type: ignore[no-untyped-def]
    """Whether all that stands around a node is near on foot, and how many nodes, listed in `far`, are severed from it.

    Only nodes of a higher number are listed, for the others have looked at this one.
    """
    gap, detour, ratio, spare = terms
    all_near, count = True, 0
    row, column = np.int64((plane[1][i] - cells[5]) / cells[3]), np.int64((plane[0][i] - cells[4]) / cells[3])
    for r in range(row - 1, row + 2):
        m = np.searchsorted(cells[0], r * cells[2] + max(column - 1, 0))
        end = r * cells[2] + min(column + 1, cells[2] - 1)
        while m < len(cells[0]) and cells[0][m] <= end:
            j = cells[1][m]
            m += 1
            if out[j] < 10 * (detour - spare):
                continue
            metres = _apart(plane, i, j)
            all_near = all_near and metres > gap + spare
            if j > i and metres <= gap and min(out[j], back[j]) >= 10 * max(detour + metres, ratio * metres):
                far[count] = j
                count += 1
    return all_near, count


@kernel
def _pass_over(plane, i, to_it, reached, count, spare, first, passed_over):  # type: ignore[no-untyped-def]
    """Mark the nodes that stand within the metres to spare of `i`, on foot and on the plane."""
    for k in range(count):
        p = reached[k] - first
        if 0 <= p < len(passed_over) and to_it[reached[k]] <= 10 * spare and _apart(plane, i, reached[k]) <= spare:
            passed_over[p] = True


@kernel
def _apart(plane, i, j):  # type: ignore[no-untyped-def]
    return np.hypot(plane[0][i] - plane[0][j], plane[1][i] - plane[1][j])


@kernel
def _is_nearest(outward, inward, directed, plane, i, j):  # type: ignore[no-untyped-def]
    """Whether no neighbour of `j` along its way that may be an end is nearer to `i` on the plane."""
    metres = _apart(plane, i, j)
    for way in range(2 if directed else 1):
        graph = inward if way else outward
        for arc in range(graph[0][j], graph[0][j + 1]):
            if plane[2][graph[1][arc]] and _apart(plane, i, graph[1][arc]) < metres:
                return False
    return True


@kernel
def _longer(array):  # type: ignore[no-untyped-def]
    longer = np.empty(2 * len(array), array.dtype)
    longer[: len(array)] = array
    return longer


@kernel
def walk_span(outward, inward, directed, one, other, limit, first, last, walk):  # type: ignore[no-untyped-def]
    """Decimetres on foot between the ends of pairs, in the shorter direction, `FAR` beyond the limit.

    Pairs are sorted by `one`, and none of those from `first` to `last` shares it with a pair outside.
    """
    n = len(outward[0]) - 1
    heap = np.empty(len(outward[1]) + n + 1, np.int64)
    dist, reached, wanted = np.full(n, FAR, np.int32), np.empty(n, np.int32), np.zeros(n, np.bool_)
    start = first
    while start < last:
        end, pending = start, 0
        while end < last and one[end] == one[start]:
            if not wanted[other[end]]:
                wanted[other[end]] = True
                pending += 1
            walk[end] = FAR
            end += 1
        for way in range(2 if directed else 1):
            count = search(inward if way else outward, one[start], limit, heap, dist, reached, wanted, pending)
            for k in range(start, end):
                walk[k] = min(walk[k], dist[other[k]])
            for k in range(count):
                dist[reached[k]] = FAR
        for k in range(start, end):
            wanted[other[k]] = False
        start = end


@kernel
def choose(outward, inward, directed, ends, gap, needed, begin, at):  # type: ignore[no-untyped-def]
    """The pairs that remain severed whichever better ones are opened, one by one; bool[C].

    Parameters
    ----------
    ends : int32[C, 2]
        Pairs, the best first.
    gap, needed : int32[C]
        Decimetres between the ends, and the walk from which on a pair counts as severed.
    begin, at : int32[N + 1], int32[2 C]
        By node, the pairs that end there: ``2 c`` with their first end, ``2 c + 1`` with their second.
    """
    n = len(outward[0]) - 1
    heap = np.empty(len(outward[1]) + n + 1, np.int64)
    from_a, from_b = np.full(n, FAR, np.int32), np.full(n, FAR, np.int32)
    reached_a, reached_b = np.empty(2 * n, np.int32), np.empty(2 * n, np.int32)
    scratch, other = np.empty(n, np.int32), np.full(n, FAR, np.int32)
    chosen = np.ones(len(ends), np.bool_)
    radius = np.int32(0)
    for c in range(len(ends)):
        radius = max(radius, needed[c])
    for c in range(len(ends)):
        if not chosen[c]:
            continue
        count_a = _about(outward, inward, directed, ends[c, 0], radius, heap, from_a, reached_a, other, scratch)
        count_b = _about(outward, inward, directed, ends[c, 1], radius, heap, from_b, reached_b, other, scratch)
        for k in range(count_a):
            node = reached_a[k]
            for m in range(begin[node], begin[node + 1]):
                pair, side = at[m] >> 1, at[m] & 1
                beyond = from_b[ends[pair, 1 - side]]
                if pair <= c or not chosen[pair] or beyond == FAR:
                    continue
                if np.int64(from_a[node]) + gap[c] + beyond < needed[pair]:
                    chosen[pair] = False
        for k in range(count_a):
            from_a[reached_a[k]] = FAR
        for k in range(count_b):
            from_b[reached_b[k]] = FAR
    return chosen


@kernel
def _about(outward, inward, directed, source, radius, heap, dist, reached, other, scratch):  # type: ignore[no-untyped-def]
    """Distances between one node and those around it, in the shorter direction; how many were reached."""
    nobody = np.empty(0, np.bool_)
    count = search(outward, source, radius, heap, dist, reached, nobody, 0)
    if directed:
        more = search(inward, source, radius, heap, other, scratch, nobody, 0)
        for k in range(more):
            node = scratch[k]
            if dist[node] == FAR:
                reached[count] = node
                count += 1
            dist[node] = min(dist[node], other[node])
            other[node] = FAR
    return count
