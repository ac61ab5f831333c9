"""What is known of a city after some of its tiles: figures that add up, so that nobody holds all its doors at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xiuhua.engine import access
from xiuhua.ground.standards import STANDARD, LifeCircleStandard, PersonaStandard, Standards
from xiuhua.programmes.lifecircle.analysis import LONGEST_MINUTES, MINUTES, ComplianceRow, CoverageRow
from xiuhua.programmes.lifecircle.analysis.town import RESIDENTS
from xiuhua.programmes.lifecircle.scale.city import TileTown


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every tile.

    Attributes
    ----------
    personas : tuple of PersonaStandard, length P
        Who walks.
    measure : PersonaStandard
        Who measures the standard's radii.
    circle : LifeCircleStandard
    types : tuple of str, length T
    hour : int or None
        Hour of the week.
    boundary : bytes or None
        WKB of the area whose doors count, degrees.
    language : str
        In which a worker words what it refuses.
    """

    personas: tuple[PersonaStandard, ...]
    measure: PersonaStandard
    circle: LifeCircleStandard
    types: tuple[str, ...]
    hour: int | None
    boundary: bytes | None = None
    language: str = "zh-hans"

    @property
    def minutes(self) -> tuple[float, ...]:
        """Minutes at which coverage is counted, ascending: L of them."""
        required = (min(LONGEST_MINUTES, minutes) for minutes in self.circle.required.values())
        return tuple(sorted({*map(float, MINUTES), *required}))

    def metres_of(self, persona: PersonaStandard) -> float:
        """Farthest that a persona walks."""
        return 60.0 * LONGEST_MINUTES * persona.speed.number

    @property
    def longest_radius_m(self) -> float:
        """Farthest that the standard measures."""
        radii = [entry.radius_m.number for entry in self.circle.entries if entry.radius_m is not None]
        return max(radii, default=1000.0)

    @property
    def longest_m(self) -> float:
        """Farthest that anybody walks: the width of a halo."""
        return max([self.longest_radius_m, *map(self.metres_of, self.personas)])


def question_of(
    book: Standards,
    personas: Sequence[str],
    standard: str,
    hour: int | None,
    boundary: bytes | None = None,
    language: str = "zh-hans",
) -> Question:
    """The question that the rule book's keys stand for."""
    circle = book.lifecircle(standard)
    walkers = tuple(book.personas[key] for key in personas)
    return Question(walkers, book.personas[STANDARD], circle, circle.facility_types, hour, boundary, language)


@dataclass(slots=True, eq=False)
class Tally:
    """Figures of some doors and entrances.

    Attributes
    ----------
    origins : int
    residents : float
    people : float64[P]
        Of each persona's kind.
    covered : float64[P, L, T]
        Of them, those who reach each type within the minutes asked about.
    within : float64[E]
        Residents within the radius of each entry of the standard.
    states : int64[3]
        Doors by their state.
    residents_by_state : float64[3]
    off_main : int
        Entrances that are not on the main network.
    facilities : set of (str, str)
        Facility and its type.
    """

    origins: int
    residents: float
    people: NDArray[np.float64]
    covered: NDArray[np.float64]
    within: NDArray[np.float64]
    states: NDArray[np.int64]
    residents_by_state: NDArray[np.float64]
    off_main: int
    facilities: set[tuple[str, str]]


def tally_of(town: TileTown, question: Question, seconds: NDArray[np.float32], metres: NDArray[np.float32]) -> Tally:
    """Figures of the doors and entrances that a tile owns.

    Parameters
    ----------
    seconds : float32[P, O, T]
    metres : float32[O, T]
    """
    doors, own = town.doors, np.flatnonzero(town.own)
    residents = np.asarray(doors.weights[RESIDENTS], np.float64)
    people = [doors.weights.get(persona.population, residents) for persona in question.personas]
    limits = 60.0 * np.array(question.minutes)
    covered = np.zeros((len(people), len(limits), len(question.types)))
    for place, weights in enumerate(people):
        for number, limit in enumerate(limits):
            covered[place, number] = weights @ (seconds[place] <= limit).astype(np.float64)
    within = [
        float(residents @ (metres[:, number] <= entry.radius_m.number))
        for entry, number in _entries(question)
        if entry.radius_m is not None
    ]
    return Tally(
        origins=len(doors),
        residents=float(residents.sum()),
        people=np.array([float(weights.sum()) for weights in people]),
        covered=covered,
        within=np.array(within, np.float64),
        states=np.bincount(doors.state, minlength=3).astype(np.int64),
        residents_by_state=np.bincount(doors.state, weights=residents, minlength=3).astype(np.float64),
        off_main=int((town.entrances.state[own] != 0).sum()),
        facilities={(town.entrances.facility_id[one], town.entrances.facility_type[one]) for one in own.tolist()},
    )


def added(tallies: Iterable[Tally]) -> Tally:
    """One tally of all; the order given is the order of adding."""
    first, *others = tallies
    total: dict[str, Any] = {field.name: getattr(first, field.name) for field in fields(Tally)}
    for one in others:
        for name, sum_ in total.items():
            total[name] = sum_ | one.facilities if name == "facilities" else sum_ + getattr(one, name)
    return Tally(**total)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What was found of a whole city: the figures that an `Analysis` of its town would give, without its doors."""

    question: Question
    tally: Tally
    counted: bool
    islands: int | None = None

    @property
    def personas(self) -> tuple[PersonaStandard, ...]:
        """Who walked."""
        return self.question.personas

    @property
    def types(self) -> tuple[str, ...]:
        """Facility types."""
        return self.question.types

    @property
    def standard(self) -> LifeCircleStandard:
        """Whose radii were measured."""
        return self.question.circle

    def tells_of(self, facility_type: str) -> bool:
        """Whether there is any facility of a type."""
        return any(kind == facility_type for _one, kind in self.tally.facilities)

    def facilities_of(self, facility_type: str) -> int:
        """How many facilities of a type there are."""
        return sum(kind == facility_type for _one, kind in self.tally.facilities)

    @property
    def scored(self) -> tuple[str, ...]:
        """Required types that there are."""
        return tuple(kind for kind in self.types if kind in self.standard.required and self.tells_of(kind))

    def shares(self, persona: str, minutes: float) -> NDArray[np.float64]:
        """Share of a persona's people who reach each type, float64[T]."""
        place = [one.key for one in self.personas].index(persona)
        total = self.tally.people[place]
        covered = self.tally.covered[place, self.question.minutes.index(float(minutes))]
        return covered / total if total > 0 else np.zeros_like(covered)

    def coverage(self) -> list[CoverageRow]:
        """Rows of ``coverage.csv``."""
        rows = []
        for number, kind in enumerate(self.types):
            for minutes in MINUTES:
                at = self.question.minutes.index(minutes)
                for place, persona in enumerate(self.personas):
                    known, people = self.tells_of(kind), float(self.tally.people[place])
                    covered = float(self.tally.covered[place, at, number])
                    rows.append(
                        CoverageRow(
                            kind,
                            minutes,
                            persona.key,
                            self.tally.origins,
                            people if self.counted else None,
                            covered if self.counted and known else None,
                            (covered / people if people > 0 else 0.0) if known else None,
                        )
                    )
        return rows

    def compliance(self) -> list[ComplianceRow]:
        """Rows of ``compliance.csv``."""
        rows, residents = [], self.tally.residents
        for place, (entry, _number) in enumerate(_entries(self.question)):
            known, within = self.tells_of(entry.facility_type), float(self.tally.within[place])
            rows.append(
                ComplianceRow(
                    entry.facility_type,
                    entry.level,
                    entry.need,
                    entry.radius_m,
                    self.facilities_of(entry.facility_type),
                    residents if self.counted else None,
                    within if self.counted and known else None,
                    (within / residents if residents > 0 else 0.0) if known else None,
                )
            )
        return rows

    def score(self, persona: str) -> float:
        """Life-circle score; NaN where no required type is there."""
        required = self.standard.required
        mine = np.array([kind in self.scored for kind in self.types])
        shares = np.zeros(len(self.types))
        for number in np.flatnonzero(mine).tolist():
            minutes = min(LONGEST_MINUTES, required[self.types[number]])
            shares[number] = self.shares(persona, minutes)[number]
        return access.score(shares, mine) if mine.any() else float("nan")


def _entries(question: Question) -> list[tuple[Any, int]]:
    """Entries of the standard that have a radius, and the column of their type."""
    column = {kind: number for number, kind in enumerate(question.types)}
    return [
        (entry, column[entry.facility_type])
        for entry in question.circle.entries
        if entry.radius_m is not None and entry.facility_type in column
    ]
