"""What is kept about a person (所存信息): each room registers what it keeps, to be handed over and to be erased.

The room of a programme registers in its ``AppConfig.ready``::

    holdings.holds("care.visits", _("走访记录"), visits_of, erase=forget_visits)

`erase` empties what tells who it was and returns the references under whose keys the record has sealed values.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.ui.lists.column import Cell, Column


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is kept: what it is called, what it says, what explains it, and how it reads on a page."""

    what: str
    value: Cell
    note: str = ""
    masked: str = ""

    @property
    def said(self) -> str:
        """The value as it reads."""
        return _VALUE.text(self)


_VALUE: Column[Kept] = Column("value", "", lambda kept: kept.value)
Tell = Callable[[Resident, Actor], Iterable[Kept]]
Erase = Callable[[Resident], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Holding:
    """What one room keeps about people."""

    key: str
    title: str | Promise
    tell: Tell | None
    erase: Erase | None


_holdings: dict[str, Holding] = {}


def holds(key: str, title: str | Promise, tell: Tell | None, erase: Erase | None = None) -> None:
    """Register what a room keeps; a second one of the same key is a mistake.

    Parameters
    ----------
    key : str
        ``room.what``.
    title : lazy string
        Its head in the copy.
    tell : callable, optional
        Gets the resident and whoever hands the copy over; None where nothing is told, such as an inquiry's reason.
    erase : callable, optional
        Gets the resident, empties what tells who it was, and returns references whose sealed values go with it.

    Raises
    ------
    ValueError
        There is one of that key.
    """
    if key in _holdings:
        message = f"holding {key!r} is declared twice"
        raise ValueError(message)
    _holdings[key] = Holding(key, title, tell, erase)


def kept_of(resident: Resident, reader: Actor, *, but: Container[str] = ()) -> Iterator[tuple[str, list[Kept]]]:
    """Everything that is kept of someone: head and lines, heads without lines left out; `but` some holdings."""
    for holding in (one for one in _holdings.values() if one.key not in but):
        lines = list(holding.tell(resident, reader)) if holding.tell else []
        if lines:
            yield str(holding.title), lines


def erase_all(resident: Resident) -> set[str]:
    """Empty everything that tells who someone was; returns references whose sealed values go with it.

    The register itself goes last: by their telephone other rooms find what is theirs.
    """
    erasers = [holding.erase for holding in reversed(_holdings.values()) if holding.erase]
    return {reference for erase in erasers for reference in erase(resident)}
