"""Two analyses held against each other (前后对比): who gained, who lost, and whether a locked gate is why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine.network import WalkNetwork
from xiuhua.programmes.lifecircle.analysis import Analysis

GAIN, LOST, STILL, NEVER = "gain", "lost", "still", "never"
"""What became of a building: reaches now, no longer, as before, or neither before nor now."""


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Who of one kind reaches a type in time, before and now, at the origins that both analyses asked about.

    Attributes
    ----------
    origins : int32[C]
        Places in the later analysis of the origins that both have.
    reached_before, reached_now : bool[C]
        Whether the type is reached in time.
    people : float64[C]
        The persona's population, as counted in the later one.
    """

    origins: NDArray[np.intp]
    reached_before: NDArray[np.bool_]
    reached_now: NDArray[np.bool_]
    people: NDArray[np.float64]

    @property
    def gained(self) -> float:
        """People who reach it now and did not before."""
        return float(self.people[self.reached_now & ~self.reached_before].sum())

    @property
    def lost(self) -> float:
        """People who reached it before and do not now."""
        return float(self.people[self.reached_before & ~self.reached_now].sum())

    @property
    def buildings_changed(self) -> int:
        """Buildings where somebody of the kind lives and the answer differs."""
        return int(((self.reached_now != self.reached_before) & (self.people > 0)).sum())

    def shares(self) -> tuple[float, float]:
        """Share of the people who reach it, before and now; NaN where there are none."""
        total = float(self.people.sum())
        if not total:
            return float("nan"), float("nan")
        before, now = (float(self.people[reached].sum()) for reached in (self.reached_before, self.reached_now))
        return before / total, now / total

    def by_group(self, group: NDArray[np.int32], groups: int) -> NDArray[np.float64]:
        """People gained less people lost in each committee (居委会), float64[G]."""
        inside = group[self.origins] >= 0
        change = self.people * (self.reached_now.astype(float) - self.reached_before)
        return np.bincount(group[self.origins][inside], weights=change[inside], minlength=groups).astype(np.float64)

    def states(self) -> list[str]:
        """What became of each origin, in the order of `origins`."""
        words = np.array([[NEVER, GAIN], [LOST, STILL]])
        found: list[str] = words[self.reached_before.astype(int), self.reached_now.astype(int)].tolist()
        return found


def compare(now: Analysis, before: Analysis, persona: str, facility_type: str, minutes: float) -> Comparison | None:
    """Hold one analysis against an earlier one, building by building; None where they do not ask the same.

    Parameters
    ----------
    persona, facility_type : str
        Keys of the rule book; both analyses must have them.
    minutes : float
        Walking time that counts as reached.
    """
    asked = all(
        facility_type in one.types and persona in {walker.key for walker in one.personas} for one in (now, before)
    )
    place = {name: number for number, name in enumerate(before.town.origins.id)}
    common = [number for number, name in enumerate(now.town.origins.id) if name in place]
    if not asked or not common:
        return None
    here = np.array(common, np.intp)
    there = np.array([place[now.town.origins.id[number]] for number in common], np.intp)
    walker = now.personas[now.place_of(persona)]
    return Comparison(
        origins=here,
        reached_before=_reached(before, persona, facility_type, minutes)[there],
        reached_now=_reached(now, persona, facility_type, minutes)[here],
        people=now.town.origins.population(walker.population)[here],
    )


def _reached(analysis: Analysis, persona: str, facility_type: str, minutes: float) -> NDArray[np.bool_]:
    seconds = analysis.seconds[analysis.place_of(persona), :, analysis.types.index(facility_type)]
    return np.asarray(seconds <= 60.0 * minutes)


def places_shut(network: WalkNetwork, hour: int | None) -> int:
    """How many places with opening hours (门) are shut at an hour of the week.

    Shut pieces that touch one another are one place: a gate is often drawn as a few of them.
    """
    if hour is None or not len(network.timetables):
        return 0
    timed = network.timetable >= 0
    shut = timed.copy()
    shut[timed] = ~network.timetables[network.timetable[timed], hour]
    return _touching(network.u[shut].tolist(), network.v[shut].tolist())


def _touching(starts: Sequence[int], ends: Sequence[int]) -> int:
    """Connected parts that pairs of nodes form."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for start, end in zip(starts, ends, strict=True):
        parent[root(start)] = root(end)
    return sum(1 for node in parent if root(node) == node)
