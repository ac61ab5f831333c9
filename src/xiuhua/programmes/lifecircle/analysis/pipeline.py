"""The pipeline: a town, the rule book and an hour in; walking times of every persona to every facility type out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine import reach
from xiuhua.engine.network import Persona
from xiuhua.ground.progress import Progress
from xiuhua.ground.standards import STANDARD, LifeCircleStandard, Standards
from xiuhua.programmes.lifecircle.analysis.connect import Joined, join
from xiuhua.programmes.lifecircle.analysis.outcome import LONGEST_MINUTES, Analysis
from xiuhua.programmes.lifecircle.analysis.town import Town

TUESDAY_10 = 34
"""Hour of the week at which an analysis looks by default: an ordinary morning, when gates with a timetable are open."""


def analyse(
    town: Town,
    standards: Standards,
    *,
    personas: Sequence[str] | None = None,
    standard: str = "gb50180",
    hour: int | None = TUESDAY_10,
    types: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """Walk from every origin to the nearest facility of every type, as each persona does.

    The page and the command both ask here, so that the same data give the same figures.

    Parameters
    ----------
    town : Town
        Network, walls, origins and facilities.
    standards : Standards
        The rule book of the day.
    personas : sequence of str, optional
        Who walks; all by default.
    standard : str
        Life-circle standard.
    hour : int, optional
        Hour of the week for gates with a timetable, 0 to 167 from Monday 00:00; None: all of them open.
    types : sequence of str, optional
        Facility types; all of the standard's by default.
    progress : callable, optional
        Called with the key of what is walked now and the share done.

    Raises
    ------
    KeyError
        A persona, a standard or a type that the rule book does not have.
    ValueError
        The network has no projection; `hour` is outside the week.
    """
    circle = standards.lifecircle(standard)
    walkers = tuple(standards.personas[key] for key in (personas or standards.personas))
    asked = tuple(types) if types is not None else circle.facility_types
    for key in asked:
        standards.facility_types[key]
    joined = join(town, standards.personas["adult"].persona, hour, standards.buildings.snap_limit_m.number)
    category = _categories(town, asked, joined)
    seconds = np.empty((len(walkers), len(town.origins), len(asked)), np.float32)
    for place, walker in enumerate(walkers):
        if progress is not None:
            progress(walker.key, place / (len(walkers) + 1))
        limit_m = 60.0 * LONGEST_MINUTES * walker.speed.number
        seconds[place] = _metres(joined, walker.persona, hour, category, len(asked), limit_m) / walker.speed.number
    if progress is not None:
        progress(STANDARD, len(walkers) / (len(walkers) + 1))
    measure = standards.personas[STANDARD].persona
    metres = _metres(joined, measure, hour, category, len(asked), _largest_radius_m(circle))
    return Analysis(
        town=town,
        standard=circle,
        personas=walkers,
        types=asked,
        hour=hour,
        seconds=seconds,
        metres=metres.astype(np.float32),
        origin_state=joined.origin_state,
        facility_state=joined.facility_state,
        islands=joined.islands,
    )


def _metres(
    joined: Joined, walker: Persona, hour: int | None, category: NDArray[np.int32], types: int, limit_m: float
) -> NDArray[np.float64]:
    """Metres of impedance from each origin's door to the nearest facility of each type, infinite beyond the limit."""
    usable = category >= 0
    net = joined.network.impedance(walker, hour)
    if not types or not usable.any():
        return np.full((len(joined.origin_node), types), np.inf)
    found = reach.nearest_each(net, joined.facility_node[usable], category[usable], types, limit_m)
    return from_doors(found, joined.origin_node, joined.origin_m, limit_m)


def from_doors(
    found: NDArray[np.float32], node: NDArray[np.int32], door_m: NDArray[np.float64], limit_m: float
) -> NDArray[np.float64]:
    """Metres from each door, float64[O, T]: those from its node, and those to it; infinite beyond the limit.

    Parameters
    ----------
    found : float32[T, N]
        Metres from each node to the nearest facility of each type.
    node : int32[O]
        Node of each door, -1 for none.
    door_m : float64[O]
        Metres from each door to its node.
    """
    metres = np.full((len(node), len(found)), np.inf)
    on_network = node >= 0
    walked = found[:, node[on_network]].T.astype(np.float64) + door_m[on_network, None]
    metres[on_network] = np.where(walked <= limit_m + 1e-3, walked, np.inf)
    return metres


def _categories(town: Town, types: Sequence[str], joined: Joined) -> NDArray[np.int32]:
    """Number of each facility row's type, -1 where it is not asked for or not on the network."""
    number = {kind: place for place, kind in enumerate(types)}
    category = np.array([number.get(kind, -1) for kind in town.facilities.facility_type], np.int32)
    return np.where(joined.facility_node >= 0, category, -1).astype(np.int32)


def _largest_radius_m(circle: LifeCircleStandard) -> float:
    radii = [entry.radius_m.number for entry in circle.entries if entry.radius_m is not None]
    return max(radii, default=1000.0)
