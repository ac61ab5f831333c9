"""Facility types (设施类型) and the OpenStreetMap tags that show them, from ``facilities.toml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from xiuhua.ground.standards.figures import Figure, Page

_NAME_KEYS = ("name", "name:zh", "name:zh-Hans", "official_name", "alt_name", "old_name", "short_name")


@dataclass(frozen=True, slots=True)
class TagRule:
    """Conditions on an object's tags that must all hold.

    A condition is ``key = "pattern"``, where the pattern is ``a|b`` (one of these values; a tag may hold several,
    parted by semicolons), ``~regex`` (found in the value), ``!~regex`` (not found; absent passes), ``!a|b`` (none of
    these; absent passes), ``*`` (present) or ``!*`` (absent). The key ``name`` reads every name that the object has.
    """

    conditions: tuple[tuple[str, str], ...]

    def matches(self, tags: Mapping[str, str]) -> bool:
        """Say whether an object with these tags fulfils every condition."""
        return all(_holds(key, pattern, tags) for key, pattern in self.conditions)

    @property
    def keys(self) -> frozenset[str]:
        """Keys of which an object must have at least one to be worth a look."""
        return frozenset(key for key, pattern in self.conditions if not pattern.startswith("!"))


@dataclass(frozen=True, slots=True)
class FacilityType:
    """A type of facility (设施类型): its names, its symbol, and how OpenStreetMap shows it.

    Parameters
    ----------
    key, name_zh, name_en : str
        As in ``facilities.toml``.
    icon : str
        Symbol of the icon sprite, ``poi-*`` or ``i-*``.
    osm : tuple of TagRule
        Any of them makes an object a facility of this type; empty where OpenStreetMap has no tag for it.
    note : str
        What the tags cannot tell.
    not_inside : tuple of TagRule
        Areas in which such an object is no facility for everybody: a pitch inside a school is the school's.
    drawn_as : str
        ``area`` where a mere point is not believed.
    part_of : tuple of TagRule
        Objects of which such an object is only a door; doors of one are one facility.
    part_of_within_m : Figure or None
        How far from it a door may be.
    """

    key: str
    name_zh: str
    name_en: str
    icon: str
    osm: tuple[TagRule, ...]
    note: str = ""
    not_inside: tuple[TagRule, ...] = ()
    drawn_as: str = ""
    part_of: tuple[TagRule, ...] = ()
    part_of_within_m: Figure | None = None

    def matches(self, tags: Mapping[str, str]) -> bool:
        """Say whether an object with these tags is a facility of this type."""
        return any(rule.matches(tags) for rule in self.osm)


def read_facility_type(page: Page) -> FacilityType:
    """Read one facility type's table."""
    part_of = _rules(page, "part_of")
    return FacilityType(
        key=page.name,
        name_zh=page.word("name_zh"),
        name_en=page.word("name_en"),
        icon=page.word("icon"),
        osm=_rules(page, "osm"),
        note=page.word("note", ""),
        not_inside=_rules(page, "not_inside"),
        drawn_as=page.word("drawn_as", ""),
        part_of=part_of,
        part_of_within_m=page.figure("part_of_within_m") if part_of else None,
    )


def _rules(page: Page, name: str) -> tuple[TagRule, ...]:
    return tuple(
        TagRule(tuple((key, str(pattern)) for key, pattern in row.items())) for row in page.listing(name) if row
    )


def _holds(key: str, pattern: str, tags: Mapping[str, str]) -> bool:
    values = [tags[name] for name in (_NAME_KEYS if key == "name" else (key,)) if name in tags]
    if pattern.startswith("!"):
        return not any(_fits(pattern[1:], value) for value in values)
    return any(_fits(pattern, value) for value in values)


def _fits(pattern: str, value: str) -> bool:
    if pattern == "*":
        return True
    if pattern.startswith("~"):
        return _compiled(pattern[1:]).search(value) is not None
    wanted = pattern.split("|")
    return value in wanted or (";" in value and any(part.strip() in wanted for part in value.split(";")))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
