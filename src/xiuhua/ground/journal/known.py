"""What the record's pages ask of the rooms above: roles, places, and whom or what a reader's words mean.

The record holds references only; who they are is known above, and told for a reader: nobody learns here what they may
not see there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from xiuhua.ground.journal.actors import Actor

Reference = tuple[str, str]
"""(label, number), such as ``("territory.resident", "17")``."""

Moment = tuple[str, datetime]
"""(reference, when): roles come and go, and an entry tells the one held then."""

Roles = Callable[[Iterable[Moment], Actor], Mapping[Moment, str]]
Places = Callable[[Iterable[str]], Mapping[str, str]]
People = Callable[[str, Actor], Iterable[str]]
Things = Callable[[str, Actor], Iterable[Reference]]
Wider = Callable[[Reference, Actor], Iterable[Reference]]


@dataclass(slots=True)
class _Told:
    roles: Roles | None = None
    places: Places | None = None
    people: list[People] = field(default_factory=list)
    things: list[Things] = field(default_factory=list)
    wider: list[Wider] = field(default_factory=list)
    opening: set[str] = field(default_factory=set)
    verified_at: str = ""


_told = _Told()


def roles_told_by(teller: Roles) -> None:
    """Let `teller` say in words which roles those who acted held at that moment."""
    _told.roles = teller


def places_told_by(teller: Places) -> None:
    """Let `teller` name territory paths; the record asks for committees and subdistricts."""
    _told.places = teller


def people_found_by(finder: People) -> None:
    """Let `finder` say whom a name or number of staff means: references of those who act."""
    _told.people.append(finder)


def things_found_by(finder: Things) -> None:
    """Let `finder` say whose file an exact name, telephone or identity number means, as far as the reader may see."""
    _told.things.append(finder)


def widened_by(wider: Wider) -> None:
    """Let `wider` say what else on record concerns a thing: a resident's file is opened with the household's."""
    _told.wider.append(wider)


def opens_files(*verbs: str) -> None:
    """Say that these verbs show what is personal in full (打开档案)."""
    _told.opening.update(verbs)


def verified_at(url_name: str) -> None:
    """Say where, by POST, a verification of the record is asked for."""
    _told.verified_at = url_name


def roles_of(moments: Iterable[Moment], reader: Actor) -> Mapping[Moment, str]:
    """Roles in words of those who acted, as they held them then."""
    return _told.roles(moments, reader) if _told.roles else {}


def places_of(paths: Iterable[str]) -> Mapping[str, str]:
    """Names of territory paths; those that nobody knows are left out."""
    return _told.places(paths) if _told.places else {}


def people_meant(words: str, reader: Actor) -> list[str]:
    """References of those whom a word means."""
    return sorted({reference for find in _told.people for reference in find(words, reader)})


def things_meant(words: str, reader: Actor) -> list[Reference]:
    """Whose files a name, telephone or identity number means."""
    return sorted({found for find in _told.things for found in find(words, reader)})


def with_what_concerns(thing: Reference, reader: Actor) -> list[Reference]:
    """A thing and what else on record concerns it."""
    return [thing, *(more for widen in _told.wider for more in widen(thing, reader))]


def opening_verbs() -> frozenset[str]:
    """Verbs that show what is personal in full."""
    return frozenset(_told.opening)


def where_verified() -> str:
    """Name of the url that verifies; empty where there is none."""
    return _told.verified_at
