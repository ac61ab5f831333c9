"""A figure that a law, a standard or local practice sets, with how sure we are of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xiuhua.ground.words import gettext as _

OVERRIDDEN = "subdistrict"
"""`source` of a figure that the subdistrict (街道) has set for itself."""


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
        return {
            Status.VERIFIED: _("已核对"),
            Status.SECOND_HAND: _("转引"),
            Status.PRACTICE: _("本地做法"),
            Status.MEMORY: _("待核"),
            Status.ASSUMPTION: _("待街道核定"),
        }[self]


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
    """

    value: float | int | str | bool
    status: Status
    source: str
    clause: str = ""
    effective: date | None = None
    until: date | None = None

    @property
    def number(self) -> float:
        """The value as a float; `TypeError` where it is a word."""
        if isinstance(self.value, str):
            raise TypeError(f"{self.value!r} is not a number")
        return float(self.value)

    def in_force(self, day: date) -> bool:
        """Say whether the figure holds on a day."""
        return (self.effective is None or self.effective <= day) and (self.until is None or day <= self.until)


Overrides = Sequence[tuple[str, object]]


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
    overrides : sequence of (str, value)
        Dotted keys of figures and the subdistrict's own values.
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
        value = self._overrides[key]
        if not isinstance(value, bool | int | float | str) or isinstance(value, str) != isinstance(standing.value, str):
            raise ValueError(f"{key}: {value!r} cannot stand in for {standing.value!r}")
        return Figure(value, Status.PRACTICE, OVERRIDDEN, clause=standing.clause)


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
    )
