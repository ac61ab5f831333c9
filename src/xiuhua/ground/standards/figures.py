"""A figure that a law, a standard or local practice sets, with how sure we are of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from xiuhua.ground.words import gettext as _
from xiuhua.ground.words import gettext_noop, in_english

OVERRIDDEN, DEPLOYED = "subdistrict", "deployment"
"""`source` of a figure that the subdistrict (街道) has set for itself, or whoever runs the machine for all of them."""

Value = float | int | str | bool


class Status(StrEnum):
    """How sure a figure is: only `VERIFIED` may be shown as the rule itself."""

    VERIFIED = "verified"
    SECOND_HAND = "second_hand"
    PRACTICE = "practice"
    MEMORY = "memory"
    ASSUMPTION = "assumption"

    @property
    def label(self) -> str:
        """The word that a screen shows beside the figure."""
        return _(_LABELS[self])


_LABELS = {
    Status.VERIFIED: gettext_noop("已核对"),
    Status.SECOND_HAND: gettext_noop("转引"),
    Status.PRACTICE: gettext_noop("本地做法"),
    Status.MEMORY: gettext_noop("待核"),
    Status.ASSUMPTION: gettext_noop("待街道核定"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of the rule book and where it comes from.

    Parameters
    ----------
    value : float, int, str or bool
        In the unit that its name ends with (``speed_m_s``, ``radius_m``).
    status : Status
        Read, quoted, practised, remembered or assumed.
    source : str
        The law, standard, survey or paper; for an assumption, why this value.
    clause : str
        Where in the source, if anywhere in particular.
    effective, until : date, optional
        First and last day of force.
    source_zh, name_zh, name_en : str
        The source in Chinese; what the figure is called, where a screen lists it by itself.
    own : tuple of values
        What a subdistrict may set: the least and the most of a number, else the values to choose from. Empty where it
        is not the subdistrict's to set.
    safer : str
        Which way safety lies: ``less``, ``more``, or ``first``, for words that stand in that order.
    not_below : str
        Key of the figure that a law sets as the least.
    """

    value: Value
    status: Status
    source: str
    clause: str = ""
    effective: date | None = None
    until: date | None = None
    source_zh: str = ""
    name_zh: str = ""
    name_en: str = ""
    own: tuple[Value, ...] = ()
    safer: str = ""
    not_below: str = ""

    @property
    def number(self) -> float:
        """The value as a float; `TypeError` where it is a word."""
        if isinstance(self.value, str):
            raise TypeError(f"{self.value!r} is not a number")
        return float(self.value)

    @property
    def name(self) -> str:
        """What it is called in the reader's language."""
        return self.name_en if in_english() else self.name_zh

    @property
    def told_source(self) -> str:
        """Where it comes from, in the reader's language."""
        own = {OVERRIDDEN: _("本街道自定"), DEPLOYED: _("部署时设定")}.get(self.source)
        return own or (self.source if in_english() else self.source_zh or self.source)

    @property
    def is_law(self) -> bool:
        """Whether a law or a standard says so, read or quoted."""
        return self.status in {Status.VERIFIED, Status.SECOND_HAND}

    def safest(self, values: Iterable[Value]) -> Value:
        """Which of several values is the safest."""
        if self.safer == "first":
            return min(values, key=self.own.index)
        return min(values) if self.safer == "less" else max(values)

    def in_force(self, day: date) -> bool:
        """Say whether the figure holds on a day."""
        return (self.effective is None or self.effective <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Named:
    """A row of the rule book that has a name in both languages; what else it says its own class adds."""

    key: str
    name_zh: str
    name_en: str

    @property
    def name(self) -> str:
        """What it is called in the reader's language."""
        return self.name_en if in_english() else self.name_zh


Overrides = Sequence[tuple[str, tuple[str, object]]]
"""By key: who says so, and the value."""


class Page:
    """One table of a TOML file, read on one day: hands out words, figures and sub-tables, overridden where asked.

    Parameters
    ----------
    key : str
        Dotted place of the table in the rule book, such as ``personas.elder``; errors and overrides name it.
    table : mapping
        The table itself.
    day : date
        Day of force.
    overrides : sequence of (str, (str, value))
        Dotted keys of figures; who sets them, and the values.
    """

    def __init__(self, key: str, table: Mapping[str, object], day: date, overrides: Overrides = ()) -> None:
        self.key, self._table, self._day, self._overrides = key, table, day, dict(overrides)

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def word(self, name: str, default: str | None = None) -> str:
        """A plain word, such as a name; it carries no status."""
        found = self._table.get(name, default)
        if not isinstance(found, str):
            raise ValueError(f"{self.key}.{name}: a word is missing")
        return found

    def listing(self, name: str) -> list[Mapping[str, object]]:
        """A list of tables; empty if absent."""
        found = self._table.get(name, [])
        if not isinstance(found, list) or not all(isinstance(row, Mapping) for row in found):
            raise ValueError(f"{self.key}.{name}: not a list of tables")
        return found

    def pages(self) -> Iterator["Page"]:
        """The sub-tables that are not figures, in the order of the file."""
        for name, table in self._table.items():
            if isinstance(table, Mapping) and "value" not in table:
                yield Page(f"{self.key}.{name}", table, self._day, list(self._overrides.items()))

    @property
    def name(self) -> str:
        """Last part of the key."""
        return self.key.rpartition(".")[2]

    def figure(self, name: str) -> Figure:
        """The figure in force on the day.

        Raises
        ------
        ValueError
            There is none, or it lacks status or source.
        """
        found = self.figure_or_none(name)
        if found is None:
            raise ValueError(f"{self.key}.{name}: no figure in force on {self._day}")
        return found

    def figure_or_none(self, name: str) -> Figure | None:
        """The figure in force on the day, if any."""
        key = f"{self.key}.{name}"
        rows = self._table.get(name, [])
        versions = [_read(key, row) for row in (rows if isinstance(rows, list) else [rows])]
        standing = next((figure for figure in versions if figure.in_force(self._day)), None)
        if standing is None or key not in self._overrides:
            return standing
        source, value = self._overrides[key]
        if not isinstance(value, bool | int | float | str) or _sort_of(value) != _sort_of(standing.value):
            raise ValueError(f"{key}: {value!r} cannot stand in for {standing.value!r}")
        return replace(standing, value=value, status=Status.PRACTICE, source=source, source_zh="")


def _sort_of(value: object) -> str:
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__


def _read(key: str, row: object) -> Figure:
    if not isinstance(row, Mapping):
        raise ValueError(f"{key}: a figure is a table with value, status and source")
    lacking = {"value", "status", "source"} - set(row)
    if lacking or not str(row["source"]).strip():
        raise ValueError(f"{key}: {', '.join(sorted(lacking)) or 'source'} is missing")
    return Figure(
        value=row["value"],
        status=Status(row["status"]),
        source=str(row["source"]),
        clause=str(row.get("clause", "")),
        effective=row.get("effective"),
        until=row.get("until"),
        source_zh=str(row.get("source_zh", "")),
        name_zh=str(row.get("name_zh", "")),
        name_en=str(row.get("name_en", "")),
        own=tuple(row.get("own", ())),
        safer=str(row.get("safer", "")),
        not_below=str(row.get("not_below", "")),
    )
