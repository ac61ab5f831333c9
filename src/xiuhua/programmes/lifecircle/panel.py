"""The figures beside the map, as plain values: what a page, a list and a test read alike."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from xiuhua.ground.standards import FacilityType, Figure
from xiuhua.programmes.lifecircle.analysis import ISLAND, MINUTES, UNSNAPPED, Analysis
from xiuhua.programmes.lifecircle.comparison import Comparison
from xiuhua.programmes.lifecircle.names import level_name, need_name, people_name, short_type_name, type_name
from xiuhua.programmes.lifecircle.question import Question


@dataclass(frozen=True, slots=True)
class Reached:
    """How many people of one kind reach something, out of how many; `covered` is None where it is not on record."""

    people: float
    covered: float | None

    @property
    def out(self) -> float | None:
        """People who do not; None where nobody knows."""
        return None if self.covered is None else self.people - self.covered

    @property
    def share(self) -> float | None:
        """Share of the people who do; None where nobody of the kind lives, or nobody knows."""
        return None if self.covered is None or not self.people else self.covered / self.people


@dataclass(frozen=True, slots=True)
class CommitteeFigures:
    """A committee (居委会) in an answer. `before` and `change` only where a comparison is asked for."""

    committee: int | None
    name: str
    reached: Reached
    score: float | None
    before: float | None = None
    change: float | None = None

    @property
    def share(self) -> float | None:
        """Share of its people who reach what was asked for."""
        return self.reached.share


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A building from which nobody of the kind reaches the type in time (够不到的楼栋).

    `seconds` is the persona's walk where it ends within fifteen minutes, `metres` the plain path within the largest
    radius of the standard; both None beyond.
    """

    building: int
    label: str
    committee: str
    people: float
    seconds: float | None
    metres: float | None
    state: int


@dataclass(frozen=True, slots=True)
class Walk:
    """From one building to the nearest facility of a type, and whether that is within the minutes asked for.

    `on_record` says whether there is any such facility on record.
    """

    facility_type: str
    name: str
    minutes: float
    seconds: float | None
    metres: float | None
    on_record: bool

    @property
    def reached(self) -> bool:
        """Whether it is near enough."""
        return self.seconds is not None and self.seconds <= 60.0 * self.minutes


@dataclass(frozen=True, slots=True)
class BuildingFigures:
    """What an analysis knows about one building: who lives there, the walk asked for, and all that is required."""

    people: float
    residents: float
    people_name: str
    state: int
    asked: Walk
    required: list[Walk]

    @property
    def lacking(self) -> list[Walk]:
        """Required types that are too far."""
        return [walk for walk in self.required if not walk.reached]


@dataclass(frozen=True, slots=True)
class Required:
    """A required type of the standard, and who reaches it within the minutes of its level."""

    facility_type: str
    name: str
    minutes: float
    share: float | None


@dataclass(frozen=True, slots=True)
class Radius:
    """A facility's own service radius (服务半径) and who lives within it, at the standard's own walk."""

    facility_type: str
    name: str
    level: str
    need: str
    need_figure: Figure
    radius: Figure
    facilities: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Panel:
    """All that stands beside the map in answer to one question; `on_record` if there is any facility of the type."""

    question: Question
    people_name: str
    type_name: str
    short_name: str
    facilities: int
    on_record: bool
    reached: Reached
    within: list[tuple[int, float]]
    committees: list[CommitteeFigures]
    score: float | None
    required: list[Required]
    radii: list[Radius]

    @property
    def spread(self) -> list[tuple[str, float, float]]:
        """The people as one line from near to far: band, where its piece begins, how long it is, as shares."""
        ends = [*(share for _minutes, share in self.within), 1.0]
        starts = [0.0, *ends[:-1]]
        bands = [*(str(minutes) for minutes, _share in self.within), "out"]
        return [(band, start, end - start) for band, start, end in zip(bands, starts, ends, strict=True)]

    @property
    def radius(self) -> Radius | None:
        """The radius of the type that was asked for: that of the closest level which sets one."""
        own = [row for row in self.radii if row.facility_type == self.question.facility_type]
        return min(own, key=lambda row: row.radius.number, default=None)

    @property
    def worst(self) -> CommitteeFigures | None:
        """The committee with most people left out."""
        return max(self.committees, key=lambda row: row.reached.out or 0.0, default=None)


def panel_of(
    analysis: Analysis,
    question: Question,
    types: Mapping[str, FacilityType],
    committees: Mapping[str, int],
    comparison: Comparison | None = None,
) -> Panel:
    """Answer a question from an analysis.

    Parameters
    ----------
    types : mapping
        Facility types of the rule book.
    committees : mapping of str to int
        Number on record of each committee, by name.
    comparison : Comparison, optional
        The same question held against an earlier analysis.
    """
    origins = analysis.town.origins
    walker = analysis.personas[analysis.place_of(question.persona)]
    people = origins.population(walker.population)
    reached = reached_at(analysis, question)
    return Panel(
        question=question,
        people_name=people_name(walker, frozenset(origins.weights)),
        type_name=type_name(types[question.facility_type]),
        short_name=short_type_name(types[question.facility_type]),
        facilities=analysis.facilities_of(question.facility_type),
        on_record=analysis.tells_of(question.facility_type),
        reached=Reached(
            float(people.sum()), float(people[reached].sum()) if analysis.tells_of(question.facility_type) else None
        ),
        within=_within(analysis, question, people),
        committees=_sorted(_committees(analysis, question, people, reached, committees, comparison), question.sort),
        score=_known(analysis.score(question.persona)),
        required=_required(analysis, question.persona, types),
        radii=_radii(analysis, types),
    )


def reached_at(analysis: Analysis, question: Question) -> NDArray[np.bool_]:
    """Whether each origin reaches the type in time, bool[O]."""
    place, kind = analysis.place_of(question.persona), analysis.types.index(question.facility_type)
    return np.asarray(analysis.seconds[place, :, kind] <= 60.0 * question.minutes)


def left_out_of(analysis: Analysis, question: Question, committee: str | None = None) -> list[LeftOut]:
    """Buildings left out, most people first: all of them, or those of the committee of that name."""
    origins = analysis.town.origins
    walker = analysis.place_of(question.persona)
    kind = analysis.types.index(question.facility_type)
    places = analysis.left_out(question.persona, question.facility_type, question.minutes)
    names = [*origins.group_names, ""]
    figures = zip(
        places.tolist(),
        _groups(analysis)[places].tolist(),
        origins.population(analysis.personas[walker].population)[places].tolist(),
        analysis.seconds[walker, places, kind].tolist(),
        analysis.metres[places, kind].tolist(),
        analysis.origin_state[places].tolist(),
        strict=True,
    )
    return [
        LeftOut(
            int(origins.id[place]), origins.label[place], names[group], people, _finite(seconds), _finite(metres), state
        )
        for place, group, people, seconds, metres, state in figures
        if committee is None or names[group] == committee
    ]


def figures_of_building(
    analysis: Analysis, question: Question, types: Mapping[str, FacilityType], building: int
) -> BuildingFigures | None:
    """What the analysis knows about a building; None if it did not ask about it."""
    origins = analysis.town.origins
    if str(building) not in origins.id:
        return None
    place, walker = origins.id.index(str(building)), analysis.place_of(question.persona)
    persona = analysis.personas[walker]

    def walk(number: int, minutes: float) -> Walk:
        kind = analysis.types[number]
        seconds, metres = analysis.seconds[walker, place, number], analysis.metres[place, number]
        return Walk(kind, type_name(types[kind]), minutes, _finite(seconds), _finite(metres), analysis.tells_of(kind))

    limits = analysis.minutes_required()
    required = [walk(number, float(limits[number])) for number in np.flatnonzero(np.isfinite(limits)).tolist()]
    return BuildingFigures(
        people=float(origins.population(persona.population)[place]),
        residents=float(origins.weights["residents"][place]),
        people_name=people_name(persona, frozenset(origins.weights)),
        state=int(analysis.origin_state[place]),
        asked=walk(analysis.types.index(question.facility_type), question.minutes),
        required=sorted(required, key=lambda one: (one.reached, one.minutes, one.name)),
    )


def unconnected(analysis: Analysis, state: int) -> list[LeftOut]:
    """Buildings that stand on an island of the network, or on none."""
    assert state in (ISLAND, UNSNAPPED)
    origins, names, group = analysis.town.origins, [*analysis.town.origins.group_names, ""], _groups(analysis)
    return [
        LeftOut(
            building=int(origins.id[place]),
            label=origins.label[place],
            committee=names[group[place]],
            people=float(origins.weights["residents"][place]),
            seconds=None,
            metres=None,
            state=state,
        )
        for place in np.flatnonzero(analysis.origin_state == state).tolist()
    ]


def _within(analysis: Analysis, question: Question, people: NDArray[np.float64]) -> list[tuple[int, float]]:
    """Share of the people who reach the type within each number of minutes that can be asked for."""
    total = float(people.sum())
    return [
        (
            minutes,
            float(people[reached_at(analysis, replace(question, minutes=minutes))].sum()) / total if total else 0.0,
        )
        for minutes in MINUTES
    ]


def _committees(
    analysis: Analysis,
    question: Question,
    people: NDArray[np.float64],
    reached: NDArray[np.bool_],
    numbers: Mapping[str, int],
    comparison: Comparison | None,
) -> list[CommitteeFigures]:
    names = analysis.town.origins.group_names
    group = _groups(analysis)
    total = _sum_by(group, people, len(names))
    covered = _sum_by(group, people * reached, len(names))
    scores = analysis.score_by_group(question.persona)
    change = comparison.by_group(group, len(names)) if comparison else None
    known = analysis.tells_of(question.facility_type)
    return [
        CommitteeFigures(
            committee=numbers.get(name),
            name=name,
            reached=Reached(float(total[place]), float(covered[place]) if known else None),
            score=_known(scores[place]),
            before=None if change is None or not total[place] else float((covered - change)[place] / total[place]),
            change=None if change is None else float(change[place]),
        )
        for place, name in enumerate(names)
    ]


def _sorted(rows: list[CommitteeFigures], sort: str) -> list[CommitteeFigures]:
    """Rows in order of a column; a committee without a value comes last whichever way."""
    key = sort.lstrip("-")
    if key == "name":
        return sorted(rows, key=lambda row: row.name.encode("gb18030"), reverse=sort.startswith("-"))

    def value(row: CommitteeFigures) -> float | None:
        return {
            "share": row.share,
            "people": row.reached.people,
            "out": row.reached.out,
            "score": row.score,
            "change": None if row.change is None else -abs(row.change),
        }[key]

    known = [row for row in rows if value(row) is not None]
    known.sort(key=lambda row: (value(row) or 0.0, -(row.reached.out or 0.0)), reverse=sort.startswith("-"))
    return known + [row for row in rows if value(row) is None]


def _required(analysis: Analysis, persona: str, types: Mapping[str, FacilityType]) -> list[Required]:
    limits = analysis.minutes_required()
    shares = {limit: analysis.shares(persona, limit) for limit in sorted(set(limits[np.isfinite(limits)].tolist()))}
    rows = [
        Required(kind, type_name(types[kind]), float(limits[place]), _known(shares[float(limits[place])][place]))
        for place, kind in enumerate(analysis.types)
        if np.isfinite(limits[place])
    ]
    return sorted(rows, key=lambda row: row.share if row.share is not None else 2.0)


def _radii(analysis: Analysis, types: Mapping[str, FacilityType]) -> list[Radius]:
    needs: dict[tuple[str, str], Figure] = {
        (entry.facility_type, entry.level): entry.need_figure for entry in analysis.standard.entries
    }
    return [
        Radius(
            facility_type=row.facility_type,
            name=type_name(types[row.facility_type]),
            level=level_name(row.level),
            need=need_name(row.need),
            need_figure=needs[row.facility_type, row.level],
            radius=row.radius,
            facilities=row.facilities,
            share=row.share,
        )
        for row in analysis.compliance()
    ]


def _groups(analysis: Analysis) -> NDArray[np.int32]:
    origins = analysis.town.origins
    return np.full(len(origins), -1, np.int32) if origins.group is None else origins.group


def _sum_by(group: NDArray[np.int32], values: NDArray[np.float64], groups: int) -> NDArray[np.float64]:
    inside = group >= 0
    return np.bincount(group[inside], weights=values[inside], minlength=groups).astype(np.float64)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
