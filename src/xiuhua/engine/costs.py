"""What an edge costs a persona, and whether it may be walked at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.network import CLOSED, HOURS_A_WEEK, Flag, Persona, WalkNetwork

_DEAREST_DM = 2**30
_SLOPE_TOLERANCE = 1e-6


def edge_costs(
    net: WalkNetwork, persona: Persona, hour: int | None = None
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Cost of each edge from u to v and from v to u, int32[E] decimetres of impedance, -1 where it is closed."""
    passable = may_pass(net, persona, hour)
    steps = _flagged(net, Flag.STEPS)
    level = net.length_dm * np.where(steps & np.isfinite(persona.steps_factor), persona.steps_factor, 1.0)
    delay = _delay_dm(net, persona)
    uphill = np.where(steps, np.float32(0), net.slope).astype(np.float64) * persona.slope
    return (
        _rounded(level * _tobler(uphill) + delay, passable),
        _rounded(level * _tobler(-uphill) + delay, passable & ~net.oneway),
    )


def may_pass(net: WalkNetwork, persona: Persona, hour: int | None = None) -> NDArray[np.bool_]:
    """Whether a persona may walk an edge at an hour, bool[E].

    Steps and slopes by the persona, gates with a timetable by the hour, and what was removed not at all. Whose a
    private gate is, the maker of a network has said by the edge's direction (`oneway`), so that the flag ``PRIVATE``
    shuts nothing here.
    """
    steps = _flagged(net, Flag.STEPS)
    too_steep = ~steps & (np.abs(net.slope) > persona.max_slope + _SLOPE_TOLERANCE)
    barred = steps & np.isinf(persona.steps_factor)
    return np.asarray(~too_steep & ~barred & ~_flagged(net, Flag.REMOVED) & _open_at(net, hour))


def _open_at(net: WalkNetwork, hour: int | None) -> NDArray[np.bool_]:
    always = net.timetable < 0
    if hour is None:
        return np.ones_like(always)
    if isinstance(hour, bool) or not isinstance(hour, int | np.integer) or not 0 <= hour < HOURS_A_WEEK:
        raise ValueError(f"hour must be an hour of the week, a whole number from 0 to {HOURS_A_WEEK - 1}, not {hour!r}")
    if not len(net.timetables):
        return np.asarray(always)
    return np.asarray(always | net.timetables[np.where(always, 0, net.timetable), hour])


def _delay_dm(net: WalkNetwork, persona: Persona) -> NDArray[np.float64]:
    signals = _flagged(net, Flag.SIGNALS)
    zebra = _flagged(net, Flag.CROSSING) & ~signals
    seconds = np.where(signals, persona.signal_delay_s, 0.0) + np.where(zebra, persona.crossing_delay_s, 0.0)
    return np.asarray(seconds * persona.speed_m_s * 10 * net.portion)


def _tobler(slope: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.exp(3.5 * (np.abs(slope + 0.05) - 0.05)))


def _rounded(cost: NDArray[np.float64], passable: NDArray[np.bool_]) -> NDArray[np.int32]:
    cost = np.where(passable, np.minimum(cost, _DEAREST_DM), CLOSED)
    return np.rint(cost).astype(np.int32)


def _flagged(net: WalkNetwork, flag: Flag) -> NDArray[np.bool_]:
    return np.asarray((net.flags & np.uint16(flag)) != 0)
