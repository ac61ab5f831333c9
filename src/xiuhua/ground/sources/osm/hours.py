"""Opening hours (开放时间) of gates and paths as a table of the week: 168 hours, Monday 00:00 first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # its stub forgets the error

from xiuhua.ground.sources.osm.access import Passage, stated

HOURS_A_WEEK = 168
Table = tuple[bool, ...]

_A_PLAIN_WEEK = datetime(2023, 9, 4)  # noqa: DTZ001 - local time of the place; a Monday, no holiday, before winter hours
_HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Hours:
    """When something may be passed.

    Attributes
    ----------
    table : tuple of 168 bool, or None
        None where it is always open as far as the tags tell.
    unreadable : bool
        There is a text that nobody can read as hours; it is then taken as always open, and counted.
    """

    table: Table | None = None
    unreadable: bool = False


def hours_of(tags: Mapping[str, str], passage: Passage) -> Hours:
    """Hours at which a gate or way may be passed.

    ``foot:conditional`` before ``access:conditional`` before ``opening_hours``: the nearer word first. A conditional
    clause ``no @ (22:00-06:00)`` closes what is open and ``yes @ (...)`` opens what is closed.

    Parameters
    ----------
    tags : mapping
        Of the gate or way.
    passage : Passage
        What holds when no clause applies.

    References
    ----------
    https://wiki.openstreetmap.org/wiki/Key:opening_hours, https://wiki.openstreetmap.org/wiki/Conditional_restrictions
    """
    for key in ("foot:conditional", "access:conditional"):
        if key in tags:
            return _conditional(tags[key], passage is not Passage.CLOSED)
    return week_of(tags["opening_hours"]) if "opening_hours" in tags else Hours()


@lru_cache(maxsize=4096)
def week_of(text: str) -> Hours:
    """Table of a text in the ``opening_hours`` grammar; an hour is open if its middle is.

    Sunrise and sunset are 07:00 and 19:00; "unknown" counts as open; seasons are read in early September.
    """
    try:
        spans = OpeningHours(text).intervals(_A_PLAIN_WEEK, _A_PLAIN_WEEK + timedelta(days=7))
        closed = [(start, end) for start, end, state, _ in spans if str(state) == "closed"]
    except ParserError:
        return Hours(unreadable=True)
    middles = [_A_PLAIN_WEEK + timedelta(hours=hour) + _HALF_AN_HOUR for hour in range(HOURS_A_WEEK)]
    table = tuple(not any(start <= middle < end for start, end in closed) for middle in middles)
    return Hours() if all(table) else Hours(table)


def _conditional(text: str, open_otherwise: bool) -> Hours:
    table = [open_otherwise] * HOURS_A_WEEK
    for clause in _clauses(text):
        value, _, condition = clause.partition("@")
        passage, week = stated(value.strip()), week_of(condition.strip().removeprefix("(").removesuffix(")"))
        if passage is None or week.unreadable:
            return Hours(unreadable=True)
        applies = week.table or (True,) * HOURS_A_WEEK
        table = [passage is not Passage.CLOSED if now else before for now, before in zip(applies, table, strict=True)]
    return Hours() if all(table) else Hours(tuple(table))


def _clauses(text: str) -> list[str]:
    """Parts between semicolons that stand outside brackets."""
    clauses, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and depth == 0:
            clauses.append("")
        else:
            clauses[-1] += letter
    return [clause for clause in map(str.strip, clauses) if clause]
