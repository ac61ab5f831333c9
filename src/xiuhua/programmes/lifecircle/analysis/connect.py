"""Doors and facilities joined to the network, so that a walk begins and ends where people do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.network import NOT_ON_THE_GROUND, Flag, Persona, WalkNetwork
from xiuhua.engine.projection import LocalProjection
from xiuhua.engine.snapping import Snap, snap
from xiuhua.programmes.lifecircle.analysis.town import Town

MAIN, ISLAND, UNSNAPPED = 0, 1, 2
"""State of an origin or a facility: on the main part of the network, on another part, or too far from any path."""

_STEPS_M = 50.0
_THROUGH_A_BUILDING = 2.0
_ISLET_M = 1000.0


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """A town's network with every door and facility on it.

    Attributes
    ----------
    network : WalkNetwork
        Has a node at every foot, and one at every facility, joined to its foot by an edge as long as the way between.
    origin_node : int32[O]
        Node where an origin meets the network, -1 where it does not.
    origin_m : float64[O]
        Metres from the door to that node.
    facility_node : int32[F]
        Node of each facility row, -1 where it does not meet the network.
    origin_state, facility_state : int8[O], int8[F]
        `MAIN`, `ISLAND` or `UNSNAPPED`.
    islands : int
        Parts of the network besides the main one.
    """

    network: WalkNetwork
    origin_node: NDArray[np.int32]
    origin_m: NDArray[np.float64]
    facility_node: NDArray[np.int32]
    origin_state: NDArray[np.int8]
    facility_state: NDArray[np.int8]
    islands: int


def join(town: Town, walker: Persona, hour: int | None, snap_limit_m: float) -> Joined:
    """Snap origins and facilities to open ways, on this side of any wall, and split the network there.

    A door opens on to the ground: bridges, tunnels, ways indoors and islets are met only where nothing else lies
    within the limit. Steps count as 50 m farther than they are, and each metre through another building as three.

    Parameters
    ----------
    walker : Persona
        Whose gates are open: snapping onto a way that is shut would cut a door off.
    hour : int, optional
        Hour of the week for gates with a timetable.
    snap_limit_m : float
        Farthest that a door may stand from a way.

    Raises
    ------
    ValueError
        The network has no projection.
    """
    net = town.network
    if net.projection is None:
        raise ValueError("the network has no projection, so that places in degrees cannot be joined to it")
    x, y = net.projection.forward(
        np.concatenate([town.origins.lon, town.facilities.lon]), np.concatenate([town.origins.lat, town.facilities.lat])
    )
    met = snap(
        net.impedance(walker, hour),
        x,
        y,
        snap_limit_m,
        _projected(town.walls, net.projection),
        handicap_m=_handicaps(net, walker, snap_limit_m),
        obstacles=_projected(town.footprints, net.projection),
        obstacle_factor=_THROUGH_A_BUILDING,
    )
    split, nodes = net.insert(met)
    count = len(town.origins)
    joined, facility_node = _with_spurs(split, nodes[count:], met, x[count:], y[count:], count)
    part = joined.impedance(walker, hour).components()
    main = int(_metres(joined, part).argmax())
    return Joined(
        network=joined,
        origin_node=nodes[:count],
        origin_m=np.round(met.distance_m[:count], 1),
        facility_node=facility_node,
        origin_state=_states(nodes[:count], part, main),
        facility_state=_states(facility_node, part, main),
        islands=int(_parts_with_edges(joined, part)) - 1,
    )


def _handicaps(net: WalkNetwork, walker: Persona, limit_m: float) -> NDArray[np.float64]:
    """Metres that each edge counts as farther than it is, for doors that look for one.

    Islets, parts apart from the main one that are shorter than a kilometre, are likelier gaps in the map than places
    without a way out. What only a gate with hours parts from the rest is none.
    """
    part = net.impedance(walker).components()
    metres = _metres(net, part)
    islet = (metres < _ISLET_M) & (np.arange(len(metres)) != metres.argmax())
    last = (net.flags & NOT_ON_THE_GROUND) != 0
    last |= islet[part[net.u]]
    return np.where(last, limit_m, 0.0) + np.where((net.flags & int(Flag.STEPS)) != 0, _STEPS_M, 0.0)


def _with_spurs(
    net: WalkNetwork,
    foot: NDArray[np.int32],
    snap: Snap,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    first: int,
) -> tuple[WalkNetwork, NDArray[np.int32]]:
    """A dead end from each foot to its facility: nobody passes through, and the last metres count."""
    here = np.flatnonzero(foot >= 0)
    node = np.full(len(foot), -1, np.int32)
    node[here] = net.node_count + np.arange(len(here), dtype=np.int32)
    length = np.rint(snap.distance_m[first:][here] * 10).astype(np.int32)
    zeros = {name: np.zeros(len(here), getattr(net, name).dtype) for name in ("flags", "oneway", "slope")}
    spurs = {
        "x": x[here],
        "y": y[here],
        "u": foot[here],
        "v": node[here],
        "length_dm": length,
        "timetable": np.full(len(here), -1, np.int16),
        "portion": np.ones(len(here), np.float32),
        "forward_dm": length,
        "backward_dm": length,
        **zeros,
    }
    longer: dict[str, Any] = {name: np.concatenate([getattr(net, name), spur]) for name, spur in spurs.items()}
    return replace(net, **longer), node


def _projected(shapes: NDArray[np.object_], projection: LocalProjection) -> NDArray[np.object_] | None:
    return projection.flat(shapes) if len(shapes) else None


def _metres(net: WalkNetwork, part: NDArray[np.int32]) -> NDArray[np.float64]:
    """Metres of path in each part of a network."""
    metres: NDArray[np.float64] = np.zeros(int(part.max(initial=0)) + 1)
    np.add.at(metres, part[net.u], net.length_dm / 10)
    return metres


def _parts_with_edges(net: WalkNetwork, part: NDArray[np.int32]) -> int:
    return max(1, len(np.unique(part[net.u])))


def _states(node: NDArray[np.int32], part: NDArray[np.int32], main: int) -> NDArray[np.int8]:
    on_network = np.where(part[node] == main, MAIN, ISLAND)
    return np.where(node < 0, UNSNAPPED, on_network).astype(np.int8)
