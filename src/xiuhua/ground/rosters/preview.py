"""What the page of an import shows of its rows: the faulty ones with those around them, or all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator

from xiuhua.ground.rosters import queries
from xiuhua.ground.rosters.models import RosterImport, StagedRow
from xiuhua.ground.rosters.rows import Outcome

PAGE_ROWS, PAGE_FAULTS = 50, 20
TONES = {Outcome.NEW: "good", Outcome.CHANGED: "info", Outcome.SAME: "", Outcome.ERROR: "over"}

PART, ALL = "part", "all"
"""Ways to look at the rows: those that want a look, or all."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as it stands in the sheet."""

    name: str
    text: str
    letters: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the preview; `state` is bad, warn or nothing."""

    text: str
    anchor: str
    state: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the preview, or the rows that are left out before it."""

    number: int
    cells: Sequence[Cell] = ()
    outcome: str = ""
    tone: str = ""
    fields: Sequence[str] = ()
    gap: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault as listed: where, what, and the mend."""

    anchor: str
    cell: str
    heading: str
    text: str
    mend: str


@dataclass(slots=True)
class Preview:
    """Rows to draw, the faults among them, and the page that they are."""

    headings: Sequence[Heading]
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    page: Page[Any] | None = None


def preview_of(roster_import: RosterImport, view: str, page: str | None) -> Preview:
    """The rows of an import to look at.

    Parameters
    ----------
    roster_import : RosterImport
        What was checked.
    view : str
        `ALL` rows, or the `PART` that wants a look: the faulty ones with their neighbours, else those that would change
        something.
    page : str, optional
        Number of the page.
    """
    headings = headings_of(roster_import)
    rows = queries.staged_rows(roster_import)
    if view == PART and roster_import.faulty:
        found = Paginator(rows.filter(outcome=Outcome.ERROR), PAGE_FAULTS).get_page(page)
        numbers = {row.number + step for row in found for step in (-1, 0, 1)}
        drawn: Iterable[StagedRow] = rows.filter(number__in=numbers)
    else:
        if view == PART:
            rows = rows.filter(outcome__in=[Outcome.NEW, Outcome.CHANGED])
        found = Paginator(rows, PAGE_ROWS).get_page(page)
        drawn = found
    preview = Preview(headings, page=found)
    before = None
    for row in drawn:
        if view == PART and roster_import.faulty and before is not None and row.number > before + 1:
            preview.lines.append(Line(row.number, gap=(before + 1, row.number - 1)))
        preview.lines.append(_line(row, headings))
        preview.faults += faults_of(row, headings)
        before = row.number
    return preview


def headings_of(roster_import: RosterImport) -> list[Heading]:
    """The columns of the sheet that were taken, from left to right."""
    return [Heading(*told) for told in roster_import.layout.get("columns", [])]


def faults_of(row: StagedRow, headings: Sequence[Heading]) -> list[Fault]:
    """The faults of a row, in the order of its columns."""
    places = {heading.name: place for place, heading in enumerate(headings)}
    found = []
    for name, text, mend in sorted(row.faults, key=lambda fault: places.get(fault[0], -1)):
        heading = headings[places[name]] if name in places else Heading("", "", headings[0].letters)
        anchor = _anchor(row.number, heading.letters)
        found.append(Fault(anchor, f"{heading.letters}{row.number}", heading.text, text, mend))
    return found


def _line(row: StagedRow, headings: Sequence[Heading]) -> Line:
    states = {name: ("warn", text) for name, text, _mend in row.reminders}
    states |= {name or headings[0].name: ("bad", text) for name, text, _mend in row.faults}
    cells = [
        Cell(text, _anchor(row.number, heading.letters), *states.get(heading.name, ("", "")))
        for heading, text in zip(headings, row.shown, strict=True)
    ]
    outcome = Outcome(row.outcome)
    return Line(row.number, cells, str(outcome.label), TONES[outcome], row.fields)


def _anchor(number: int, letters: str) -> str:
    return f"c{letters}{number}"
