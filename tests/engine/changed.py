"""Networks with links added and edges gone, put together anew."""

from dataclasses import replace

import numpy as np

from xiuhua.engine.network import WalkNetwork


def rebuilt(net, *, links=(), length_dm=(), oneway=(), without=()):
    """The changed network, put together from arrays with nothing of the code under test."""
    kept = ~np.isin(np.arange(net.edge_count), without)
    pairs = np.asarray(links, np.int32).reshape(-1, 2)
    dm = np.asarray(length_dm, np.int32)
    one = np.asarray(oneway, bool) if len(oneway) else np.zeros(len(pairs), bool)
    edges = WalkNetwork.from_edges(
        net.x,
        net.y,
        np.concatenate([net.u[kept], pairs[:, 0]]),
        np.concatenate([net.v[kept], pairs[:, 1]]),
        np.concatenate([net.length_dm[kept], dm]) / 10,
    )
    forward = np.concatenate([net.forward_dm[kept], dm]).astype(np.int32)
    backward = np.concatenate([net.backward_dm[kept], np.where(one, -1, dm)]).astype(np.int32)
    return replace(edges, forward_dm=forward, backward_dm=backward)
