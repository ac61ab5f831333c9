"""What each of many gates or missing links (打通) would save, each looked at alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from xiuhua.engine.checks import checked_ids, checked_net, checked_numbers
from xiuhua.engine.incremental import checked_links
from xiuhua.engine.links.meeting import on_one_network
from xiuhua.engine.network import WalkNetwork
from xiuhua.engine.places import Places
from xiuhua.engine.reach import limit_in_dm, nearest_each
from xiuhua.engine.threads import on_all_cores, spans

_MOST_BYTES_OF_DISTANCES = 128_000_000

_Found = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """Who gains, candidate by candidate: the nodes of candidate ``c`` are at ``indptr[c]`` to ``indptr[c + 1]``.

    Attributes
    ----------
    indptr : int64[C + 1]
    node : int32[G]
        Nodes with residents whose walk gets shorter, ascending within a candidate.
    metres : float64[G]
        Metres a day that each resident there is spared, over all trips.
    """

    indptr: NDArray[np.int64]
    node: NDArray[np.int32]
    metres: NDArray[np.float64]

    def of(self, candidate: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Nodes that gain by a candidate, and the metres that a resident of each is spared."""
        span = slice(int(self.indptr[candidate]), int(self.indptr[candidate + 1]))
        return self.node[span], self.metres[span]


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What each of C candidates would save.

    Attributes
    ----------
    metres : float64[C]
        Resident-metres of impedance a day.
    minutes : float64[C]
        Resident-minutes a day, at the speed asked for.
    residents : float64[C]
        Residents with a shorter walk to something.
    gains : Gains or None
        Who they are, if that was asked.
    """

    metres: NDArray[np.float64]
    minutes: NDArray[np.float64]
    residents: NDArray[np.float64]
    gains: Gains | None

    @property
    def order(self) -> NDArray[np.intp]:
        """Candidates from the one that saves most to the one that saves least; the lower number first among equals."""
        return np.argsort(-self.metres, kind="stable")


def evaluate(
    net: WalkNetwork,
    candidates: Places,
    demand: ArrayLike,
    facilities: Places | None = None,
    destinations: Places | None = None,
    *,
    limit: float = 1500.0,
    length: ArrayLike | None = None,
    trips: ArrayLike | None = None,
    speed_m_s: float = 1.0,
    gains: bool = False,
) -> Evaluation:
    """Walking that each candidate link would save the residents, exactly.

    With `facilities` everybody walks to the nearest of each type; with `destinations` everybody walks to every one of
    them. A candidate is walked both ways, and added alone. What it saves a resident is the distance without it less
    the distance with it, times the trips a day; summed over residents it is what two searches of the whole network
    would give, but only the nodes that gain are visited.

    **A distance beyond the limit counts as the limit**, before and after: who had nothing within 1,200 m and now walks
    900 m is counted as saving 300 m, not more. So `limit` is the longest walk that is worth counting.

    Parameters
    ----------
    net : WalkNetwork
        The network, at the cost of the persona who walks.
    candidates : int[C, 2] or float[C, 2, 2]
        Nodes that each candidate would join: the two sides of a gate, the ends of a gap. Or both ends as (lon, lat), or
        two points for each; an end is then where it meets the nearest way. Two ends that meet the same way save
        nothing: see that they lie at either side.
    demand : float[N]
        Residents at each node of `net`.
    facilities : int[F], places, or a list of either
        Facilities of one type, or of each of several: nodes, or places in any form that `xiuhua.engine.places` reads.
        A list of pairs (lon, lat) is one type; a list of lists of whole numbers is a type each.
    destinations : int[D] or places
        Destinations, likewise. Give either these or facilities.
    limit : float
        Longest walk that counts, metres of impedance; as far as `propose` looks by default.
    length : float[C], optional
        Metres of impedance along each candidate, rounded to decimetres; by default the straight line between the nodes,
        or between the points where places meet the ways.
    trips : float[T] or float[D], optional
        Trips a day that a resident makes to each type or destination; one by default.
    speed_m_s : float
        The persona's speed on the flat, which makes metres of impedance minutes.
    gains : bool
        Whether to list who gains by each candidate.

    Returns
    -------
    Evaluation
        Sums exact where demand and trips are whole numbers, and the same with any number of threads. Who gains are
        nodes of `net`, whatever was given as places.

    Raises
    ------
    ValueError
        A node that does not exist; a length, demand, trips or speed that is negative or not a number; arrays of the
        wrong shape; neither or both of facilities and destinations, or an empty one; `limit` is not one positive
        number; places that cannot be read, or that no way is near to.
    TypeError
        `net` is no `WalkNetwork`.
    """
    checked_net(net)
    limit_dm = limit_in_dm(limit)
    residents = _checked_amounts("demand", demand, net.node_count, "one a node")
    net, candidates, facilities, destinations = on_one_network(net, candidates, facilities, destinations)
    residents = np.pad(residents, (0, net.node_count - len(residents)))
    pairs, length_dm = checked_links("candidates", candidates, length, net)
    nodes, kind, kinds = _targets(net, facilities, destinations)
    visits = np.ones(kinds) if trips is None else _checked_amounts("trips", trips, kinds, "one a type or destination")
    if not 0 < speed_m_s < np.inf:
        raise ValueError(f"speed_m_s must be a positive number of metres a second, not {speed_m_s}")
    at_once = max(1, _MOST_BYTES_OF_DISTANCES // (4 * net.node_count))
    chunks = [(start, min(start + at_once, kinds)) for start in range(0, kinds, at_once)]
    saved, people = np.zeros(len(pairs)), np.zeros(len(pairs))
    found: list[_Found] = []
    for start, end in chunks:
        mine = (kind >= start) & (kind < end)
        metres = nearest_each(net, nodes[mine], kind[mine] - start, end - start, limit)
        more, people, some = _gain(
            net, metres, visits[start:end], limit_dm, pairs, length_dm, residents, gains or len(chunks) > 1
        )
        saved += more
        found.append(some)
    listed = _merged(found, len(pairs)) if gains or len(chunks) > 1 else None
    if listed is not None and len(chunks) > 1:
        owner = np.repeat(np.arange(len(pairs)), np.diff(listed.indptr))
        people = np.bincount(owner, residents[listed.node], len(pairs)).astype(np.float64)
    return Evaluation(saved / 10, saved / 10 / speed_m_s / 60, people, listed if gains else None)


def _gain(
    net: WalkNetwork,
    metres: NDArray[np.float32],
    trips: NDArray[np.float64],
    limit_dm: np.int32,
    pairs: NDArray[np.int32],
    length_dm: NDArray[np.int32],
    residents: NDArray[np.float64],
    keep: bool,
) -> tuple[NDArray[np.float64], NDArray[np.float64], _Found]:
    """Resident-decimetres saved, residents who gain, and who they are, by some of the targets."""
    from xiuhua.engine.links.gaining import gain_span

    ordered = net.ordered
    bases = np.empty(metres.shape, np.int32)
    for row, of in zip(bases, metres, strict=True):
        row[:] = np.where(np.isinf(of), limit_dm + 1, np.rint(of.astype(np.float64) * 10))[ordered.order]
    graph = (ordered.inward.indptr, ordered.inward.head, ordered.inward.cost_dm)
    ends = ordered.rank[pairs]
    links = (np.ascontiguousarray(ends[:, 0]), np.ascontiguousarray(ends[:, 1]), length_dm)
    demand = residents[ordered.order]
    saved, people = np.zeros(len(pairs)), np.zeros(len(pairs))
    found: dict[int, _Found] = {}

    def search(span: tuple[int, int]) -> None:
        found[span[0]] = gain_span(graph, bases, trips, limit_dm, links, demand, *span, keep, saved, people)

    on_all_cores(search, spans(len(pairs), 1, 64))
    parts = [found[first] for first in sorted(found)]
    which = np.concatenate([part[0] for part in parts] or [np.empty(0, np.int64)])
    where = np.concatenate([part[1] for part in parts] or [np.empty(0, np.int32)])
    what = np.concatenate([part[2] for part in parts] or [np.empty(0)])
    return saved, people, (which, ordered.order[where], what)


def _merged(found: list[_Found], count: int) -> Gains:
    """Gains by several targets as one list, what a node gains by all of them summed up."""
    which, where = np.concatenate([one[0] for one in found]), np.concatenate([one[1] for one in found])
    keys, place = np.unique((which << 32) | where, return_inverse=True)
    dm = np.bincount(place, np.concatenate([one[2] for one in found]), len(keys))
    indptr = np.searchsorted(keys >> 32, np.arange(count + 1))
    return Gains(indptr.astype(np.int64), (keys & 0xFFFFFFFF).astype(np.int32), dm / 10)


def _targets(
    net: WalkNetwork, types: list[ArrayLike] | None, destinations: ArrayLike | None
) -> tuple[NDArray[np.int32], NDArray[np.int32], int]:
    """Nodes that people walk to, the number of the type or destination of each, and how many of those there are."""
    if types is None:
        nodes = checked_ids("destinations", np.asarray(destinations), net.node_count)
        if len(nodes) == 0:
            raise ValueError("destinations is empty: there is nowhere to walk to")
        return nodes, np.arange(len(nodes), dtype=np.int32), len(nodes)
    each = [checked_ids("facilities", of, net.node_count) for of in types]
    if not each or any(len(of) == 0 for of in each):
        raise ValueError("facilities is empty, or has a type of which there is none")
    return np.concatenate(each), np.repeat(np.arange(len(each)), [len(of) for of in each]).astype(np.int32), len(each)


def _checked_amounts(name: str, values: ArrayLike, count: int, each: str) -> NDArray[np.float64]:
    amounts = np.array(checked_numbers(name, values), np.float64)
    if amounts.shape != (count,):
        raise ValueError(f"{name} must have {count} values, {each}, not shape {amounts.shape}")
    if not ((amounts >= 0) & (amounts < np.inf)).all():
        raise ValueError(f"{name} must be finite numbers from 0, neither negative nor NaN")
    return amounts
