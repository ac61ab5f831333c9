"""Random networks of many shapes, and what scipy says about them."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from xiuhua.engine.network import WalkNetwork

SHAPES = ("random", "tree", "path", "cycle", "cycles", "chains", "star", "grid", "empty")


def ends_of(shape, n, rng):
    """Two nodes an edge for a graph of a shape on n nodes; loops, parallel edges and loose nodes occur."""
    nodes = np.arange(n)
    if shape == "empty":
        return nodes[:0], nodes[:0]
    if shape == "tree":
        return nodes[1:], (rng.random(n - 1) * nodes[1:]).astype(int)
    if shape == "path":
        return nodes[:-1], nodes[1:]
    if shape == "cycle":
        return nodes, (nodes + 1) % n
    if shape == "cycles":
        size = rng.integers(1, 6)
        return nodes, np.minimum(nodes // size * size + (nodes + 1) % size, n - 1)
    if shape == "star":
        return np.zeros(n, int), nodes
    if shape == "grid":
        width = max(1, int(n**0.5))
        right = nodes[(nodes + 1) % width != 0][:-1]
        below = nodes[:-width]
        return np.concatenate([right, below]), np.concatenate([right + 1, below + width])
    if shape == "chains":
        count = rng.integers(1, 4)
        start = nodes[1:]
        u, v = start, np.maximum(start - count, 0)
        back = rng.integers(0, n, count)
        return np.concatenate([u, back]), np.concatenate([v, rng.integers(0, n, count)])
    return rng.integers(0, n, (2, rng.integers(0, 3 * n)))


def network_of(shape, n, seed, *, longest_dm=60, oneway=False):
    rng = np.random.default_rng(seed)
    u, v = ends_of(shape, n, rng)
    renamed = rng.permutation(n)
    u, v = renamed[u], renamed[v]
    length = rng.integers(0, longest_dm + 1, len(u)) * (rng.random(len(u)) > 0.1) / 10
    x, y = rng.uniform(0, 100, (2, n))
    if shape in ("path", "cycle", "grid") and rng.random() < 0.5:
        x[renamed], y[renamed] = np.arange(n), np.zeros(n)
    return WalkNetwork.from_edges(x, y, u, v, length, oneway=rng.random(len(u)) < 0.4 if oneway else None)


@st.composite
def networks(draw, *, most=40, longest_dm=60, oneway=False):
    """A network of one of the shapes; `oneway` adds edges of one direction, of two costs, and closed ones."""
    shape, n = draw(st.sampled_from(SHAPES)), draw(st.integers(1, most))
    seed = draw(st.integers(0, 2**32 - 1))
    net = network_of(shape, n, seed, longest_dm=draw(st.sampled_from([1, 7, longest_dm])), oneway=oneway)
    if oneway:
        rng = np.random.default_rng(seed)
        change = (net.backward_dm >= 0) & (rng.random(net.edge_count) < 0.5)
        backward = np.where(change, rng.integers(-1, 61, net.edge_count), net.backward_dm).astype(np.int32)
        net = replace(net, backward_dm=backward)
    return net


def distances_dm(net):
    """All distances by scipy, int[N, N], -1 where there is no way.

    The arcs come straight from the edges; of parallel ones the cheapest is taken, since a sparse matrix would add them
    up, and those of cost zero stay in it explicitly.
    """
    u, v = np.concatenate([net.u, net.v]).astype(int), np.concatenate([net.v, net.u]).astype(int)
    cost = np.concatenate([net.forward_dm, net.backward_dm])
    keep = cost >= 0
    u, v, cost = u[keep], v[keep], cost[keep]
    cheapest_first = np.lexsort((cost, v, u))
    u, v, cost = u[cheapest_first], v[cheapest_first], cost[cheapest_first]
    once = np.ones(len(u), bool)
    once[1:] = (u[1:] != u[:-1]) | (v[1:] != v[:-1])
    indptr = np.searchsorted(u[once], np.arange(net.node_count + 1))
    matrix = csr_array((cost[once].astype(float), v[once], indptr), shape=(net.node_count,) * 2)
    found = dijkstra(matrix)
    return np.where(np.isinf(found), -1, found).astype(np.int64)


def within(distances, limit_dm):
    """Whether each node lies within the limit of each origin, bool[N, N]."""
    return (distances >= 0) & (distances <= limit_dm)
