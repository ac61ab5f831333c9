"""Which stairwell of the demonstration gets which course: whole blocks and neighbours together, some set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from xiuhua.demo.lifts.timelines import Timeline, all_timelines
from xiuhua.demo.plan.lifts import SUITABLE

BLOCK_SHARE = 0.96
"""Share of the suitable stairwells of the quarter that is done as a whole (成片) that are signed."""

BLOCK_LOTS = ((0.35, 0.08), (0.7, 0.36), (1.0, 0.62))
"""How much of the block was signed with each lot, in all; and when, as a share of the programme's time."""

GAPS = 2
"""Stairwells that are left of the quarter where the last gaps are being closed (去零)."""

TALKED_OF_AT_LEAST = {"consulting": 2, "designing": 2, "agreeing": 2}
"""So many are being talked about in a demonstration of any size, that one can see each state."""

_ORDER = ("running", "building", "signed", "agreeing", "designing", "consulting", "waiting")


class Way(StrEnum):
    """How a quarter is done (三化并进)."""

    BLOCK = "block"
    GAPS = "gaps"
    SCATTERED = "scattered"


@dataclass(frozen=True, slots=True)
class Well:
    """A stairwell that a lift suits, where it lies, and how many homes it has."""

    path: str
    building: str
    quarter: str
    committee: str
    homes: int = 12


@dataclass(frozen=True, slots=True)
class Planned:
    """A stairwell and its course; no days where nobody has begun."""

    well: Well
    way: Way
    line: Timeline


def plan(wells: Sequence[Well], rng: Random) -> list[Planned]:
    """Give each stairwell its course, in the order in which they were given.

    At full scale the figures are the published ones; a smaller subdistrict has as large a share of each.

    Parameters
    ----------
    wells : sequence of Well
        The stairwells that a lift suits, those of a building one after another.
    """
    lines = scaled(all_timelines(rng), len(wells) / SUITABLE, len(wells))
    ways = ways_of(wells)
    order = _in_order(wells, ways, rng, lines=lines)
    given = dict(zip((well.path for well in order), lines, strict=False))
    return [Planned(well, ways[well.quarter], given.get(well.path, Timeline())) for well in wells]


def scaled(lines: Sequence[Timeline], share: float, room: int) -> list[Timeline]:
    """As large a share of the timelines of each state, evenly over the years; some that are under way in any case.

    Parameters
    ----------
    room : int
        How many stairwells there are.
    """
    if share >= 1:
        return list(lines)
    kept: list[int] = []
    for state in _ORDER:
        rows = [place for place, line in enumerate(lines) if state in (line.state, line.stage)]
        least = TALKED_OF_AT_LEAST.get(state, 1)
        wanted = min(len(rows), max(least, round(len(rows) * share)))
        chosen = [rows[int((step + 0.5) * len(rows) / wanted)] for step in range(wanted)]
        if state in _STUCK_FIRST and not any(lines[place].stuck for place in chosen):
            chosen[0] = next(place for place in rows if lines[place].stuck)
        kept += chosen
    first = [place for place in kept if "sign" in lines[place].days]
    then = [place for place in kept if "sign" not in lines[place].days]
    return [lines[place] for place in [*sorted(first), *sorted(then)][:room]]


_STUCK_FIRST = ("consulting", "designing", "signed")
"""States of which one is stuck in a demonstration of any size."""


def ways_of(wells: Sequence[Well]) -> Mapping[str, Way]:
    """The largest quarter is done as a whole block; of the next large one the last gaps are left."""
    sizes = Counter(well.quarter for well in wells)
    largest = sorted(sizes, key=lambda quarter: (-sizes[quarter], quarter))
    ways = dict.fromkeys(sizes, Way.SCATTERED)
    for quarter, way in zip([one for one in largest if sizes[one] > GAPS + 1], (Way.BLOCK, Way.GAPS), strict=False):
        ways[quarter] = way
    return ways


def _in_order(wells: Sequence[Well], ways: Mapping[str, Way], rng: Random, *, lines: Sequence[Timeline]) -> list[Well]:
    """Stairwells in the order of the timelines: as they are signed, then those that are talked about."""
    won = sum("sign" in line.days for line in lines)
    wish, gaps = _wishes(wells, rng), _gaps(wells, ways)
    block = [well for well in wells if ways[well.quarter] is Way.BLOCK]
    first = {well.path for well in block[: round(len(block) * BLOCK_SHARE)]}
    first |= {well.path for well in wells if ways[well.quarter] is Way.GAPS} - gaps
    last = gaps | {well.path for well in block} - first
    ready = sorted((well for well in wells if well.path not in last), key=lambda well: wish[well.path])
    ready.sort(key=lambda well: well.path not in first)
    chosen, others = ready[:won], [*(well for well in wells if well.path in gaps), *ready[won:]][: len(lines) - won]
    times = _times(chosen, ways, rng)
    shuffled = {well.building: rng.random() for well in others}
    return [
        *sorted(chosen, key=lambda well: times[well.path]),
        *sorted(others, key=lambda well: (well.path not in gaps, shuffled[well.building])),
    ]


def _gaps(wells: Sequence[Well], ways: Mapping[str, Way]) -> set[str]:
    """The last stairwells of the quarter that is nearly done."""
    rows = [well.path for well in wells if ways[well.quarter] is Way.GAPS]
    return set(rows[:: max(1, len(rows) // GAPS)][:GAPS])


def _wishes(wells: Sequence[Well], rng: Random) -> dict[str, float]:
    """How ready each stairwell is, the readiest lowest: by its committee, its quarter, its building."""
    committee = {one: rng.random() for one in sorted({well.committee for well in wells})}
    quarter = {one: rng.random() for one in sorted({well.quarter for well in wells})}
    building = {one: rng.random() for one in sorted({well.building for well in wells})}
    found = {}
    for well in wells:
        slow = 0.25 * (rng.random() < _UNLIKE_NEIGHBOURS)
        charm = 0.3 * committee[well.committee] + 0.4 * quarter[well.quarter] + 0.5 * building[well.building]
        found[well.path] = charm + slow
    return found


_UNLIKE_NEIGHBOURS = 0.18
"""How often a stairwell is not as ready as the others of its building."""


def _times(wells: Sequence[Well], ways: Mapping[str, Way], rng: Random) -> dict[str, float]:
    """When each was signed, in shares of the programme's time: a block lot by lot, others by quarter and building."""
    quarter = {one: rng.random() for one in sorted({well.quarter for well in wells})}
    building = {one: rng.random() for one in sorted({well.building for well in wells})}
    block = [well.path for well in wells if ways[well.quarter] is Way.BLOCK]
    lots = {path: _lot_of(place / len(block)) for place, path in enumerate(block)}
    quarter |= {one: 0.1 for one, way in ways.items() if way is Way.GAPS}
    return {
        well.path: lots.get(well.path, 0.5 * quarter[well.quarter] + 0.5 * building[well.building]) for well in wells
    }


def _lot_of(place: float) -> float:
    """The time of the lot in which a stairwell of a block was, by its place among them."""
    return next(time for until, time in BLOCK_LOTS if place < until)
