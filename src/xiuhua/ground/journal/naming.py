"""What references on record are called on screen: the rooms that know people and things lie above and tell it.

Names are looked up for a reader: what they may not see is told by its kind and number only.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import Promise

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.words import gettext as _

Namer = Callable[[Iterable[str], Actor], Mapping[str, str]]
"""Given row numbers as text and the reader, names those rows that the reader may see."""


Opener = Callable[[Iterable[str], Actor], Container[str]]
"""Given row numbers as text and the reader, those rows whose page the reader may open."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing on record as a reader sees it."""

    text: str
    url: str = ""


PERSON = "accounts.user"
_namers: dict[str, Namer] = {}
_addresses: dict[str, Callable[[str], str]] = {}
_doors: dict[str, Opener] = {}
_systems: dict[str, str | Promise] = {}


def names(
    label: str, namer: Namer, address: Callable[[str], str] | None = None, *, open_to: Opener | None = None
) -> None:
    """Let `namer` name the rows of one model (``territory.household``), and `address` say where their page is.

    Parameters
    ----------
    open_to : callable, optional
        Says which pages the reader may open, where more people hear a name than open the page behind it.
    """
    _namers[label] = namer
    if address is not None:
        _addresses[label] = address
    if open_to is not None:
        _doors[label] = open_to


def calls_system(part: str, name: str | Promise) -> None:
    """Say what a part of the system is called when it acts: ``System("import")`` reads 导入地图."""
    _systems[part] = name


def named(references: Iterable[tuple[str, str]], reader: Actor) -> dict[tuple[str, str], Named]:
    """Name things by (label, number), with the page of each that the reader may open: one look-up a kind of thing."""
    wanted: dict[str, set[str]] = {}
    for label, number in references:
        wanted.setdefault(label, set()).add(number)
    found: dict[tuple[str, str], Named] = {}
    for label, numbers in wanted.items():
        told = _namers[label](numbers, reader) if label in _namers else {}
        open_pages = _open_pages(label, told, reader)
        for number in numbers:
            address = _addresses[label](number) if number in open_pages else ""
            found[label, number] = Named(told.get(number) or _unnamed(label, number), address)
    return found


def _open_pages(label: str, told: Mapping[str, str], reader: Actor) -> Container[str]:
    """Numbers of the named rows to whose pages the reader is led."""
    if label not in _addresses or not told:
        return ()
    return _doors[label](told, reader) if label in _doors else told


def actors_named(references: Iterable[str], reader: Actor) -> dict[str, str]:
    """Name those who act by their references: people by name, the system by its part."""
    wanted = set(references)
    people = {reference: reference.partition(":")[2] for reference in wanted if _is_person(reference)}
    told = _namers[PERSON](people.values(), reader) if people and PERSON in _namers else {}
    return {
        reference: told.get(people[reference]) or _unnamed(PERSON, people[reference])
        if reference in people
        else _part(reference)
        for reference in wanted
    }


def all_named(
    actors: Iterable[str], things: Iterable[tuple[str, str]], reader: Actor
) -> tuple[dict[str, str], dict[tuple[str, str], Named]]:
    """Name those who act, and things, by one look-up a kind: people are both."""
    wanted = set(actors)
    people = {reference: (PERSON, reference.partition(":")[2]) for reference in wanted if _is_person(reference)}
    found = named({*things, *people.values()}, reader)
    return {
        reference: found[people[reference]].text if reference in people else _part(reference) for reference in wanted
    }, found


def _is_person(reference: str) -> bool:
    return reference.startswith("user:")


def _part(reference: str) -> str:
    kind, _colon, part = reference.partition(":")
    if kind == "system":
        return str(_systems.get(part) or _("系统"))
    return _("没有登录的人")


def _unnamed(label: str, number: str) -> str:
    try:
        kind = str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        kind = label
    return f"{kind} {number}"
