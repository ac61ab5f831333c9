"""Private places (封闭小区): one may walk out of them and not into them.

A stranger must not walk through an estate whose gates are private, and who lives there must get out. Both follow
from one rule: **a private threshold is walked outward only.** A threshold (门槛) is a gate at which only those who
belong there may pass, or the mouth of a private way on to one that is not. A search for facilities runs against the
direction of walking, so it enters private places from outside and finds how their people get out, yet no route
leads through.

What is outward? `outward` cuts the network at every gate and looks at what is left:

- *Accessible* is what strangers reach without passing a private threshold: the part with through streets (tertiary
  road or higher), or where a network has none, the longest part. Its *depth* is the number of gates, open ones too,
  between it and the streets: inside an estate with an open front gate, a private side gate leads from the estate to
  the street.
- The rest are *pockets*: private ways, and whatever lies behind private thresholds alone. Inside its own pocket
  everyone walks freely. Out of a pocket leads to the accessible part, or from a deeper pocket to one less deep.
- A private gate between two places of equal rank, or with the same place on both sides, is passed by nobody, for it
  cannot be told whose it is.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

_UNREACHED = 1 << 20


class Kind(IntEnum):
    """What an edge is to someone who may or may not belong there."""

    WAY = 0
    OPEN_GATE = 1
    PRIVATE_WAY = 2
    PRIVATE_GATE = 3
    MOUTH = 4


@dataclass(frozen=True, slots=True, eq=False)
class Directions:
    """Directions in which each of E edges may be walked, and the pocket of each of N nodes (-1 outside any).

    Attributes
    ----------
    forward, backward : bool[E]
        From `u` to `v`, and from `v` to `u`.
    pocket : int32[N]
    """

    forward: NDArray[np.bool_]
    backward: NDArray[np.bool_]
    pocket: NDArray[np.int32]

    @property
    def pocket_count(self) -> int:
        """Private places found."""
        return int(self.pocket.max(initial=-1)) + 1


def outward(
    nodes: int,
    u: NDArray[np.int32],
    v: NDArray[np.int32],
    kind: NDArray[np.int8],
    street: NDArray[np.bool_],
    length: NDArray[np.float64],
) -> Directions:
    """Which way each edge may be walked, so that private places are left and never entered.

    Parameters
    ----------
    nodes : int
        Nodes N.
    u, v : int32[E]
        The nodes that an edge joins.
    kind : int8[E]
        See `Kind`. Gates and mouths are edges of their own.
    street : bool[E]
        Through streets, which are public wherever they lie.
    length : float64[E]
        Metres.
    """
    if not np.isin(kind, (Kind.PRIVATE_WAY, Kind.PRIVATE_GATE, Kind.MOUTH)).any():
        both = np.ones(len(u), np.bool_)
        return Directions(both, both.copy(), np.full(nodes, -1, np.int32))
    accessible = _accessible(nodes, u, v, kind, street, length)
    inside = ~accessible
    stays = (kind == Kind.WAY) | (inside[u] & inside[v] & (kind != Kind.PRIVATE_GATE))
    room = _parts(nodes, u[stays], v[stays])
    rank = _rank(room, accessible, u, v, kind, street, length)

    threshold = (kind == Kind.PRIVATE_GATE) | (kind == Kind.MOUTH)
    same = room[u] == room[v]
    own = same & inside[u]
    forward = ~threshold | own | (~same & (rank[u] > rank[v]))
    backward = ~threshold | own | (~same & (rank[v] > rank[u]))
    return Directions(forward, backward, _numbered(room, inside))


def _accessible(
    nodes: int,
    u: NDArray[np.int32],
    v: NDArray[np.int32],
    kind: NDArray[np.int8],
    street: NDArray[np.bool_],
    length: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Nodes that strangers reach without passing a private threshold, bool[N]."""
    free = (kind == Kind.WAY) | (kind == Kind.OPEN_GATE)
    part = _parts(nodes, u[free], v[free])
    whole = _parts(nodes, u, v)
    parts = int(part.max()) + 1
    has_street = np.zeros(parts, np.bool_)
    has_street[part[u[street & free]]] = True
    metres = np.bincount(part[u[free]], length[free], parts)
    whole_of = np.zeros(parts, np.int32)
    whole_of[part] = whole
    longest = np.lexsort((np.arange(parts), -metres, ~has_street, whole_of))
    first = np.unique(whole_of[longest], return_index=True)[1]
    chosen = has_street.copy()
    chosen[longest[first]] |= metres[longest[first]] > 0
    return np.asarray(chosen[part], np.bool_)


def _rank(
    room: NDArray[np.int32],
    accessible: NDArray[np.bool_],
    u: NDArray[np.int32],
    v: NDArray[np.int32],
    kind: NDArray[np.int8],
    street: NDArray[np.bool_],
    length: NDArray[np.float64],
) -> NDArray[np.int64]:
    """Thresholds and gates between each node and the streets; any pocket ranks behind anything accessible. int64[N]."""
    rooms = int(room.max()) + 1
    depth = np.full(rooms, _UNREACHED, np.int64)
    depth[_street_rooms(room, accessible, u, v, kind, street, length)] = 0
    between = (room[u] != room[v]) & (kind != Kind.WAY) & (kind != Kind.PRIVATE_WAY)
    within = between & accessible[u] & accessible[v]
    _spread(depth, room[u[within]], room[v[within]])
    behind = depth.copy()
    _spread(behind, room[u[between]], room[v[between]])
    return np.where(accessible, depth[room], behind[room] + 2 * _UNREACHED)


def _street_rooms(
    room: NDArray[np.int32],
    accessible: NDArray[np.bool_],
    u: NDArray[np.int32],
    v: NDArray[np.int32],
    kind: NDArray[np.int8],
    street: NDArray[np.bool_],
    length: NDArray[np.float64],
) -> NDArray[np.int32]:
    """Rooms of the accessible part that hold a through street, or else the longest room of it."""
    open_way = (kind == Kind.WAY) & accessible[u]
    with_street = np.unique(room[u[open_way & street]])
    free = open_way | ((kind == Kind.OPEN_GATE) & accessible[u])
    part = _parts(len(room), u[free], v[free])
    has_street = np.isin(part, np.unique(part[u[open_way & street]]))
    lone = open_way & ~has_street[u]
    metres = np.bincount(room[u[lone]], length[lone], int(room.max()) + 1)
    candidates, index = np.unique(room[u[lone]], return_index=True)
    by_length = np.lexsort((candidates, -metres[candidates]))
    candidates, part_of = candidates[by_length], part[u[lone]][index][by_length]
    longest = candidates[np.unique(part_of, return_index=True)[1]]
    return np.concatenate([with_street, longest]).astype(np.int32)


def _spread(depth: NDArray[np.int64], a: NDArray[np.int32], b: NDArray[np.int32]) -> None:
    """Lower each depth to one more than the least of its neighbours, until nothing changes."""
    while True:
        before = depth.copy()
        np.minimum.at(depth, a, before[b] + 1)
        np.minimum.at(depth, b, before[a] + 1)
        if np.array_equal(before, depth):
            return


def _parts(nodes: int, u: NDArray[np.int32], v: NDArray[np.int32]) -> NDArray[np.int32]:
    graph = coo_array((np.ones(len(u), np.int8), (u, v)), shape=(nodes, nodes))
    return np.asarray(connected_components(graph, directed=False)[1], np.int32)


def _numbered(room: NDArray[np.int32], inside: NDArray[np.bool_]) -> NDArray[np.int32]:
    pocket = np.full(len(room), -1, np.int32)
    pocket[inside] = np.unique(room[inside], return_inverse=True)[1]
    return pocket
