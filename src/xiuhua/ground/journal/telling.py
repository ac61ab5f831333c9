"""What a room's verbs note besides, in words: rooms tell how, so that no key of theirs is read on a page.

::

    telling.tells("lifts", line=fact_words, one=one_fact)

`line` puts what matters of an entry's facts into a line of a timeline; `one` names a single fact and says its value,
or gives None where it says no more than its name does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from xiuhua.ground.journal.models import Entry

Line = Callable[[Mapping[str, Any], str], str]
One = Callable[[str, Any, str], tuple[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Teller:
    """How a room tells of its facts; both are given the path of the place that the entry is about."""

    line: Line
    one: One


_tellers: dict[str, Teller] = {}


def tells(room: str, *, line: Line, one: One) -> None:
    """Let a room tell of the facts of its verbs."""
    _tellers[room] = Teller(line, one)


def line_of(entry: Entry) -> str:
    """What matters of an entry's facts, in a line; empty where its room tells nothing."""
    teller = _teller_of(entry)
    return teller.line(entry.facts, entry.territory) if teller else ""


def fact_of(entry: Entry, name: str, value: Any) -> tuple[str, Any] | None:
    """One fact as its room names and says it; None where the room leaves it to the journal."""
    teller = _teller_of(entry)
    return teller.one(name, value, entry.territory) if teller else None


def _teller_of(entry: Entry) -> Teller | None:
    return _tellers.get(entry.verb.partition(".")[0])
