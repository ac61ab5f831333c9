"""The rule book (规则手册) as it stands on a day."""

import tomllib
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

from xiuhua.ground.standards.bookings import BookingStandard, read_bookings
from xiuhua.ground.standards.buildings import BuildingDefaults, read_buildings
from xiuhua.ground.standards.facilities import FacilityType, read_facility_type
from xiuhua.ground.standards.figures import DEPLOYED, OVERRIDDEN, Figure, Overrides, Page
from xiuhua.ground.standards.files import FilesStandard, read_files
from xiuhua.ground.standards.lifecircle import LifeCircleStandard, read_lifecircle
from xiuhua.ground.standards.lifts import LiftStandard, read_lifts
from xiuhua.ground.standards.messages import MessagesStandard, read_messages
from xiuhua.ground.standards.offices import OfficeStandard, read_offices
from xiuhua.ground.standards.personas import PersonaStandard, read_persona
from xiuhua.ground.standards.privacy import PrivacyStandard, read_privacy
from xiuhua.ground.standards.projects import ProjectStandard, read_projects
from xiuhua.ground.standards.suggestions import SuggestionStandard, read_suggestions
from xiuhua.ground.standards.trust import TrustStandard, read_trust
from xiuhua.ground.standards.workdays import WorkdayStandard, read_workdays

FOLDER = Path(__file__).parent
LIFE_CIRCLES = ("gb50180",)
"""Life-circle standards in the book, by the name that the command line takes."""


@dataclass(frozen=True, slots=True)
class Standards:
    """Every figure that holds on one day for one subdistrict."""

    day: date
    personas: dict[str, PersonaStandard]
    facility_types: dict[str, FacilityType]
    buildings: BuildingDefaults
    lifecircles: dict[str, LifeCircleStandard]
    trust: TrustStandard
    privacy: PrivacyStandard
    bookings: BookingStandard
    files: FilesStandard
    lifts: LiftStandard
    messages: MessagesStandard
    offices: OfficeStandard
    projects: ProjectStandard
    suggestions: SuggestionStandard
    workdays: WorkdayStandard

    @property
    def named(self) -> dict[str, Figure]:
        """Figures that a screen lists by name, by their dotted keys; those with `own` may be set by a subdistrict."""
        return self.trust.figures | self.suggestions.figures | self.lifts.figures

    def lifecircle(self, name: str = "gb50180") -> LifeCircleStandard:
        """Return a life-circle standard; `KeyError` for one that the book does not have."""
        return self.lifecircles[name]


Teller = Callable[[str, date], Mapping[str, object]]
_tellers: dict[str, Teller] = {}


def told_by(source: str, teller: Teller) -> None:
    """Let a room above say what is set otherwise at a place and on a day, by key: `DEPLOYED`, or `OVERRIDDEN`."""
    _tellers[source] = teller


def on(day: date, overrides: Mapping[str, object] | None = None, *, at: str | None = None) -> Standards:
    """Return the rule book of a day, with a subdistrict's own figures laid over it (cached by what is laid over it).

    Parameters
    ----------
    day : date
        An old case is judged by the figures of its day.
    overrides : mapping of str to value, optional
        By dotted key, such as ``personas.elder.speed_m_s``; an overridden figure becomes local practice (本地做法).
    at : str, optional
        Territory path of a place: as its subdistrict has set figures for itself, and whoever runs the machine for all.
        The empty path is nobody's in particular. Without one the book stands as it is written.

    Raises
    ------
    ValueError
        A key names no figure, a value has another kind than the figure it replaces, or a file of the book is faulty.
    """
    laid_over: dict[str, tuple[str, object]] = {}
    for source in (DEPLOYED, OVERRIDDEN):
        told = _tellers[source](at, day) if at is not None and source in _tellers else {}
        laid_over |= {key: (source, value) for key, value in told.items()}
    laid_over |= {key: (OVERRIDDEN, value) for key, value in (overrides or {}).items()}
    return _on(day, tuple(sorted(laid_over.items())))


@lru_cache(maxsize=512)
def _on(day: date, overrides: tuple[tuple[str, tuple[str, object]], ...]) -> Standards:
    return replace(_read(_Span(bisect_right(_turns(), day), day), overrides), day=day)


@dataclass(frozen=True, slots=True)
class _Span:
    """Days between two turns of the book, on all of which it says the same; `day` is one of them."""

    number: int
    day: date = field(compare=False)


@cache
def _turns() -> tuple[date, ...]:
    """The days from which on a figure of the book is another."""
    found: set[date] = set()
    for path in FOLDER.glob("*.toml"):
        _find_turns(_load(path.stem), found)
    return tuple(sorted(found))


def _find_turns(table: object, found: set[date]) -> None:
    if isinstance(table, list):
        for one in table:
            _find_turns(one, found)
    elif isinstance(table, Mapping):
        if isinstance(begins := table.get("effective"), date):
            found.add(begins)
        if isinstance(ends := table.get("until"), date):
            found.add(ends + timedelta(days=1))
        for one in table.values():
            _find_turns(one, found)


@lru_cache(maxsize=128)
def _read(span: _Span, overrides: tuple[tuple[str, tuple[str, object]], ...]) -> Standards:
    day = span.day
    _refuse_unknown_keys(overrides)
    return Standards(
        day=day,
        personas={page.name: read_persona(page) for page in _open("personas", day, overrides).pages()},
        facility_types={page.name: read_facility_type(page) for page in _open("facilities", day, overrides).pages()},
        buildings=read_buildings(_open("buildings", day, overrides)),
        lifecircles={name: read_lifecircle(_open(name, day, overrides)) for name in LIFE_CIRCLES},
        trust=read_trust(_open("trust", day, overrides)),
        privacy=read_privacy(_open("privacy", day, overrides)),
        bookings=read_bookings(_open("bookings", day, overrides)),
        files=read_files(_open("files", day, overrides)),
        lifts=read_lifts(_open("lifts", day, overrides)),
        messages=read_messages(_open("messages", day, overrides)),
        offices=read_offices(_open("offices", day, overrides)),
        projects=read_projects(_open("projects", day, overrides)),
        suggestions=read_suggestions(_open("suggestions", day, overrides)),
        workdays=read_workdays(_open("workdays", day, overrides)),
    )


def _open(name: str, day: date, overrides: Overrides) -> Page:
    return Page(name, _load(name), day, overrides)


@cache
def _load(name: str) -> dict[str, object]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _refuse_unknown_keys(overrides: Overrides) -> None:
    for key, _value in overrides:
        book, *path = key.split(".")
        table: object = _load(book) if (FOLDER / f"{book}.toml").is_file() else None
        for name in path:
            table = table.get(name) if isinstance(table, Mapping) else None
        if not (isinstance(table, list) or (isinstance(table, Mapping) and "value" in table)):
            raise ValueError(f"{key}: the rule book has no such figure")
