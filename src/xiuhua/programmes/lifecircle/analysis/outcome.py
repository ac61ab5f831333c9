"""What an analysis found, and the figures that are read from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine import access
from xiuhua.ground.standards import Figure, LifeCircleStandard, PersonaStandard
from xiuhua.programmes.lifecircle.analysis.connect import ISLAND, MAIN, UNSNAPPED
from xiuhua.programmes.lifecircle.analysis.town import Town

MINUTES = (5, 10, 15)
LONGEST_MINUTES = 15


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """Who of one kind reaches a type of facility within some minutes of their own walking.

    `residents` and `covered` are of the persona's population, `origins` counts places. Where nothing tells who lives
    there they are None and `share` is of places. Of a type about which the data say nothing, `covered` and `share` are
    None: nobody knows.
    """

    facility_type: str
    minutes: int
    persona: str
    origins: int
    residents: float | None
    covered: float | None
    share: float | None


@dataclass(frozen=True, slots=True)
class ComplianceRow:
    """Who lives within a facility's own service radius (服务半径), in metres of path: the standard's question.

    `covered` and `share` are None of a type about which the data say nothing.
    """

    facility_type: str
    level: str
    need: str
    radius: Figure
    facilities: int
    residents: float | None
    covered: float | None
    share: float | None


@dataclass(frozen=True, slots=True)
class SnapReport:
    """How many places stand on the main network, on an island of it, or on none; and which do not."""

    main: int
    island: int
    unsnapped: int
    residents_island: float
    residents_unsnapped: float
    islanded: tuple[str, ...]
    unconnected: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """Walking times and distances from every origin to the nearest facility of every type.

    Attributes
    ----------
    town : Town
        What was asked about.
    standard : LifeCircleStandard
        Whose types and radii are judged.
    personas : tuple of PersonaStandard, length P
        Who walks.
    types : tuple of str, length T
        Facility types.
    hour : int or None
        Hour of the week at which gates were read.
    seconds : float32[P, O, T]
        Each persona's own walking time to the nearest; infinite beyond fifteen minutes.
    metres : float32[O, T]
        Path to the nearest of the persona ``standard``; infinite beyond the largest radius.
    origin_state, facility_state : int8[O], int8[F]
        `MAIN`, `ISLAND` or `UNSNAPPED`.
    islands : int
        Parts of the network besides the main one.
    """

    town: Town
    standard: LifeCircleStandard
    personas: tuple[PersonaStandard, ...]
    types: tuple[str, ...]
    hour: int | None
    seconds: NDArray[np.float32]
    metres: NDArray[np.float32]
    origin_state: NDArray[np.int8]
    facility_state: NDArray[np.int8]
    islands: int

    def place_of(self, persona: str) -> int:
        """Row of a persona in `seconds`; `KeyError` if it was not asked for."""
        for place, one in enumerate(self.personas):
            if one.key == persona:
                return place
        raise KeyError(persona)

    def tells_of(self, facility_type: str) -> bool:
        """Whether the data say anything about a type: none on a map means, more often than not, none drawn."""
        return facility_type not in self.town.unmapped

    def facilities_of(self, facility_type: str) -> int:
        """How many facilities of a type there are, entrances of one taken together."""
        points = self.town.facilities
        return len(
            {one for one, kind in zip(points.facility_id, points.facility_type, strict=True) if kind == facility_type}
        )

    def shares(self, persona: str, minutes: float) -> NDArray[np.float64]:
        """Share of a persona's population that reaches each type within some minutes, float64[T]."""
        return self._shares(self.place_of(persona), minutes)[1]

    def shares_by_group(self, persona: str, minutes: float) -> NDArray[np.float64]:
        """The same by committee (居委会), float64[G, T]; NaN for a committee without residents of the kind."""
        place = self.place_of(persona)
        return access.share_by(self.seconds[place], *self._grouped(place), 60.0 * minutes)[0]

    def coverage(self, minutes: Sequence[int] = MINUTES) -> list[CoverageRow]:
        """Rows of ``coverage.csv``: each type, persona and number of minutes."""
        origins = self.town.origins
        rows = []
        for place, persona in enumerate(self.personas):
            people = float(origins.population(persona.population).sum()) if origins.counted else None
            for limit in minutes:
                covered, shares = self._shares(place, limit)
                rows += [
                    CoverageRow(
                        kind,
                        limit,
                        persona.key,
                        len(origins),
                        people,
                        float(covered[number]) if origins.counted and self.tells_of(kind) else None,
                        _known(shares[number]) if self.tells_of(kind) else None,
                    )
                    for number, kind in enumerate(self.types)
                ]
        order = {kind: number for number, kind in enumerate(self.types)}
        return sorted(rows, key=lambda row: (order[row.facility_type], row.minutes))

    def compliance(self) -> list[ComplianceRow]:
        """Rows of ``compliance.csv``: each entry of the standard that has a radius."""
        origins = self.town.origins
        people = origins.weights["residents"]
        rows = []
        for entry in self.standard.entries:
            if entry.radius_m is None or entry.facility_type not in self.types:
                continue
            column = self.metres[:, [self.types.index(entry.facility_type)]]
            covered, share = access.coverage(column, people, entry.radius_m.number)
            rows.append(
                ComplianceRow(
                    entry.facility_type,
                    entry.level,
                    entry.need,
                    entry.radius_m,
                    self.facilities_of(entry.facility_type),
                    float(people.sum()) if origins.counted else None,
                    float(covered[0]) if origins.counted and self.tells_of(entry.facility_type) else None,
                    _known(share[0]) if self.tells_of(entry.facility_type) else None,
                )
            )
        return rows

    @property
    def scored(self) -> tuple[str, ...]:
        """Required types that these data can speak of: those that the score averages."""
        required = self.standard.required
        return tuple(kind for kind in self.types if kind in required and self.tells_of(kind))

    def minutes_required(self, minutes: float | None = None) -> NDArray[np.float64]:
        """Minutes by which each type is judged, float64[T]: as given, else the standard's; NaN if not required."""
        required = self.standard.required
        scored = set(self.scored)
        own = [required[kind] if kind in scored else np.nan for kind in self.types]
        return np.array([min(LONGEST_MINUTES, minutes) if minutes and limit == limit else limit for limit in own])

    def score(self, persona: str, minutes: float | None = None) -> float:
        """Life-circle score: the mean, over the required types, of the share of residents who reach one; NaN for none.

        Each type is judged within the minutes of the level that requires it (`LifeCircleStandard.required`), or all
        within `minutes`. Types about which the data say nothing are left out.
        """
        limits = self.minutes_required(minutes)
        required = np.isfinite(limits)
        shares = self._shares(self.place_of(persona), np.where(required, limits, LONGEST_MINUTES))[1]
        return access.score(shares, required) if required.any() else float("nan")

    def score_by_group(self, persona: str, minutes: float | None = None) -> NDArray[np.float64]:
        """The score of each committee (居委会), float64[G]; NaN for a committee without residents of the kind."""
        limits = self.minutes_required(minutes)
        required, place = np.isfinite(limits), self.place_of(persona)
        people, group, groups = self._grouped(place)
        if not required.any():
            return np.full(groups, np.nan)
        seconds = 60.0 * np.where(required, limits, LONGEST_MINUTES)
        return access.composite_by(self.seconds[place], people, group, groups, seconds, required).score

    def lacking(self, persona: str, minutes: float | None = None) -> NDArray[np.int16]:
        """How many of the scored types each origin does not reach, int16[O]."""
        limits = self.minutes_required(minutes)
        reached = self.seconds[self.place_of(persona)] <= 60.0 * limits
        return np.asarray((np.isfinite(limits) & ~reached).sum(axis=1), np.int16)

    def left_out(self, persona: str, facility_type: str, minutes: float) -> NDArray[np.intp]:
        """Origins where somebody lives and nobody of the kind reaches the type in time, most people first.

        Of equally many the farther come first.
        """
        place = self.place_of(persona)
        seconds = self.seconds[place, :, self.types.index(facility_type)]
        people = self.town.origins.population(self.personas[place].population)
        return access.left_out(seconds, people, 60.0 * minutes).origin

    def snapping(self) -> SnapReport:
        """Which origins stand on the main network, on an island or on none."""
        origins, state = self.town.origins, self.origin_state
        people = origins.weights["residents"] if origins.counted else np.zeros(len(origins))
        names = {
            at: tuple(origins.id[one] for one in np.flatnonzero(state == at).tolist()) for at in (ISLAND, UNSNAPPED)
        }
        return SnapReport(
            main=int((state == MAIN).sum()),
            island=len(names[ISLAND]),
            unsnapped=len(names[UNSNAPPED]),
            residents_island=float(people[state == ISLAND].sum()),
            residents_unsnapped=float(people[state == UNSNAPPED].sum()),
            islanded=names[ISLAND],
            unconnected=names[UNSNAPPED],
        )

    def _grouped(self, place: int) -> tuple[NDArray[np.float64], NDArray[np.int32], int]:
        """A persona's population and committee at each origin, and the number of committees."""
        origins = self.town.origins
        group = np.full(len(origins), -1, np.int32) if origins.group is None else origins.group
        return origins.population(self.personas[place].population), group, len(origins.group_names)

    def _shares(
        self, place: int, minutes: float | NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        people = self.town.origins.population(self.personas[place].population)
        return access.coverage(self.seconds[place], people, 60.0 * minutes)


def _known(share: float) -> float | None:
    return float(share) if share == share else None
