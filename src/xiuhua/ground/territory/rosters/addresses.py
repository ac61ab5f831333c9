"""Finding buildings and stairwells by what people call them (找楼栋、门洞): 88弄14号, 14号, 长风一村14号."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from xiuhua.ground.rosters.rows import Row
from xiuhua.ground.scope.paths import committee_of
from xiuhua.ground.territory.models import Building, Committee, Stairwell
from xiuhua.ground.territory.rosters.names import listed, near, same
from xiuhua.ground.territory.rosters.within import Within
from xiuhua.ground.words import gettext as _

_NUMBER = re.compile(r"(?<!\d)\d")
_BARE = re.compile(r"\d+[a-z]?")
_BEHIND = re.compile(r"(号楼|号|幢|栋|座|楼)$")
_SHOWN = 3
_LIKENESSES = 200
"""Names whose likes are looked for; a sheet with more unknown names has another trouble."""


class Addressed(Protocol):
    """A building or stairwell, as far as it is found by its address."""

    path: str
    name: str


Found = TypeVar("Found", bound=Addressed)


@dataclass(frozen=True, slots=True)
class Entry(Generic[Found]):
    """One place, how it is called in full, and what tells it from others of its name."""

    place: Found
    address: str
    quarters: frozenset[str]
    buildings: frozenset[str]


class Addresses(Generic[Found]):
    """Places of one level by their names.

    Parameters
    ----------
    places : iterable
        Pairs of a place and the building that it is or belongs to.
    within : Within
        What the import is about.
    column, kind : str
        The column that names the place, and what such places are called, for refusals.
    """

    def __init__(self, places: Iterable[tuple[Found, Building]], within: Within, column: str, kind: str) -> None:
        self._within = within
        self._column, self._kind = column, kind
        self._by_key: dict[str, list[Entry[Found]]] = {}
        self._told: set[tuple[str, str]] = set()
        self._likely: dict[tuple[str, str], str] = {}
        for place, building in places:
            self.add(place, building)

    def add(self, place: Found, building: Building) -> None:
        """Let a place be found."""
        own = place is building
        quarters = {same(building.quarter), *written(building.name), *_lanes(building.name), *_lanes(place.name)}
        address = place.address if isinstance(place, Stairwell) else place.name
        entry = Entry(place, address, frozenset(quarters), frozenset(written(building.name)))
        keys = written(place.name)
        for before in (building.quarter, "" if own else building.name, building.quarter + building.name):
            if before:
                keys.add(short(before + place.name))
        for key in keys:
            self._by_key.setdefault(key, []).append(entry)

    def find(self, row: Row, committee: Committee | None) -> Found | None:
        """The place that a row names; None where none or several bear the name (then the row says so)."""
        if not row.tells(self._column):
            return None
        name = row[self._column]
        named = self._narrowed(self._by_key.get(short(name), []), row, committee)
        exact = [one for one in named if short(one.place.name) == short(name)]
        found = named[0] if len(named) == 1 else exact[0] if len(exact) == 1 else None
        if found is None:
            self._refuse(row, name, committee, named)
            return None
        self._remind_of_guess(row, name, found)
        return found.place

    def named(self, name: str, committee: Committee | None, quarter: str | None) -> list[Found]:
        """Places of exactly that name in a committee, and in a quarter where one is told."""
        return [
            one.place
            for one in self._by_key.get(short(name), [])
            if short(one.place.name) == short(name)
            and (committee is None or committee_of(one.place.path) == committee.path)
            and (not quarter or same(quarter) in one.quarters or "" in one.quarters)
        ]

    def _narrowed(self, named: list[Entry[Found]], row: Row, committee: Committee | None) -> list[Entry[Found]]:
        if committee is not None:
            named = [one for one in named if committee_of(one.place.path) == committee.path]
        if row.tells("quarter"):
            key = same(row["quarter"])
            named = [one for one in named if key in one.quarters or "" in one.quarters]
        if self._column != "building" and row.tells("building"):
            key = short(row["building"])
            named = [one for one in named if key in one.buildings]
        return named

    def _remind_of_guess(self, row: Row, name: str, found: Entry[Found]) -> None:
        """A mere number may mean a house in another lane: say once whose number it was taken for."""
        guessed = is_bare(name) and not row["quarter"] and not row["building"]
        if guessed and short(found.place.name) != short(name) and (name, found.place.path) not in self._told:
            self._told.add((name, found.place.path))
            said = {"name": name, "address": found.address}
            row.remind(self._column, _("「%(name)s」当作%(address)s") % said, _("不是这一处，就写全"))

    def _refuse(self, row: Row, name: str, committee: Committee | None, named: list[Entry[Found]]) -> None:
        where = committee.name if committee else self._within.subdistrict.name
        said = {"where": where, "count": len(named), "name": name, "kind": self._kind}
        if named:
            words = sorted({one.address for one in named})
            said["example"] = listed(words[:_SHOWN])
            text = _("%(where)s有 %(count)s 个%(kind)s叫「%(name)s」") % said
            row.refuse(self._column, text, _("写全，例如 %(example)s；或者填上「小区」「楼栋」") % said)
            return
        others = self._committees_with(name) if committee is not None else []
        if others:
            said["others"] = listed(others[:_SHOWN])
            text = _("「%(name)s」在%(others)s，不在%(where)s") % said
            row.refuse(self._column, text, _("改「居委会」，或者改这一格"))
            return
        row.refuse(self._column, _("%(where)s没有「%(name)s」这个%(kind)s") % said, self._mend(name, committee))

    def _committees_with(self, name: str) -> list[str]:
        """Other committees of the import where a place bears the name."""
        paths = {committee_of(one.place.path) for one in self._by_key.get(short(name), [])}
        if self._within.own is not None:
            return []
        return [one.name for one in self._within.committees if one.path in paths]

    def _mend(self, name: str, committee: Committee | None) -> str:
        top = committee.path if committee else self._within.path
        if (name, top) not in self._likely and len(self._likely) < _LIKENESSES:
            self._likely[name, top] = self._likely_names(name, top)
        said = {"kind": self._kind, "near": self._likely.get((name, top), "")}
        if said["near"]:
            return _("相近的：%(near)s；确实没有这一处，先导入%(kind)s名册") % said
        return _("对一下名称；确实没有这一处，先导入%(kind)s名册") % said

    def _likely_names(self, name: str, top: str) -> str:
        entries = (one for several in self._by_key.values() for one in several)
        words = {one.address for one in entries if one.place.path.startswith(top)}
        return _("、").join(near(name, sorted(words)))


def written(name: str) -> set[str]:
    """Ways to write an address: whole, and from each of its numbers on (88弄14号, 14号)."""
    key = same(name)
    starts = [0, *(found.start() for found in _NUMBER.finditer(key))]
    return {short(key[start:]) for start in starts if key[start:]}


@lru_cache(maxsize=1 << 15)
def short(name: str) -> str:
    """A name as compared, without 号 behind."""
    key = same(name)
    return _BEHIND.sub("", key) or key


def is_bare(name: str) -> bool:
    """Whether an address is a mere number, of which every lane has one."""
    return bool(_BARE.fullmatch(short(name)))


def _lanes(name: str) -> set[str]:
    """The lane that an address is in, with and without its street: 枣阳路100弄, 100弄."""
    head, lane, _rest = same(name).partition("弄")
    return written(head + lane) if lane else set()
