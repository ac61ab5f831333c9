"""How people and homes are found (查找): by words of the address; exactly, by name, telephone or identity number."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet

from xiuhua.ground.journal.unchanged import until_recorded
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.queryset import where_seen
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.sources.id_numbers import LENGTH, OLD_LENGTH, Unsound, read_id_number
from xiuhua.ground.territory.counts import DIGITS, below_each
from xiuhua.ground.territory.doors import Door, Word, doors_of, doors_with, read_word
from xiuhua.ground.territory.models import Household, Resident, Stairwell
from xiuhua.ground.ui.lists.parted import Parted
from xiuhua.ground.ui.lists.query import Found

_PAPER = re.compile(rf"[0-9]{{{LENGTH - 1}}}[0-9Xx]|[0-9]{{{OLD_LENGTH}}}")
_PHONE = re.compile(r"\+?[0-9][0-9-]{6,}")
_NAME = re.compile(r"[^\W\d_]{2,20}")

Spot = tuple[str, int]
"""Path and number of a stairwell all of whose homes were found, or of one home."""
AT_A_TIME = 10_000
MANY = 500
"""Spots whose counts are kept until something is put on record."""


def stairwells_with(rows: QuerySet[Any], words: list[str], seer: Seer) -> QuerySet[Any]:
    """Stairwells with every word in their address."""
    doors = doors_of(seer, Stairwell.sight)
    found = doors_with(doors, [Word(word.casefold()) for word in words])
    return rows if len(found) == len(doors) else rows.filter(pk__in=[door.number for door in found])


def households_with(rows: QuerySet[Any], words: list[str], seer: Seer) -> Found:
    """Households with every word in their address; 枣阳路23号501室 may be written as one word."""
    return _lying(rows, words, seer, _homes_at)


def residents_with(rows: QuerySet[Any], words: list[str], seer: Seer) -> Found:
    """Residents of whom every word is the whole name, telephone or identity number, or a part of the address."""
    named, address = _told_apart(rows, words)
    if not address:
        return named
    return _lying(named, address, seer, lambda spots: Q(household__in=Household.objects.filter(_homes_at(spots))))


def residents_named(rows: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """Residents of whom the only word is the whole name, telephone or identity number; none for words of an address."""
    exact = _exactly(words[0]) if len(words) == 1 else None
    return rows.filter(exact) if exact is not None else rows.none()


def _told_apart(rows: QuerySet[Any], words: list[str]) -> tuple[QuerySet[Any], list[str]]:
    """Those of the rows whom words mean exactly, and the words that mean none: they are of an address."""
    address = []
    for word in words:
        exact = _exactly(word)
        named = rows.filter(exact) if exact is not None else None
        if named is None or (_NAME.fullmatch(word) and not named.exists()):
            address.append(word)
        else:
            rows = named
    return rows, address


def _exactly(word: str) -> Q | None:
    """The condition that a word is somebody's number or name; None for what can be neither."""
    if _PAPER.fullmatch(word):
        return sealed_equals(Resident, "id_number", _as_issued_now(word))
    if _PHONE.fullmatch(word):
        return sealed_equals(Resident, "phone", word)
    return sealed_equals(Resident, "name", word) if _NAME.fullmatch(word) else None


def _lying(rows: QuerySet[Any], words: list[str], seer: Seer, at: Callable[[Sequence[Spot]], Q]) -> Found:
    """Those of the rows that lie where the words say; all of them, where every address has the words."""
    model: Any = rows.model
    tops = seer.sees(model.sight)

    def are_many(found: Sequence[Any] | None) -> bool:
        return found is None or len(found) >= MANY

    where = ("where", model.sight, tops, *words)
    spots = until_recorded(where, tops, lambda: _spots(words, seer, model.sight), worth=are_many)
    if spots is None:
        return rows

    def tally(spots: Sequence[Spot]) -> Sequence[int]:
        return until_recorded((*where, *_key_of(rows)), tops, lambda: _tally(rows, spots), worth=are_many)

    return Parted(rows, spots, at, tally)


def _spots(words: list[str], seer: Seer, sight: Sight) -> list[Spot] | None:
    """Where the words say, in order; None where that is everywhere."""
    read = [read_word(word) for word in words]
    doors = doors_of(seer, sight)
    whole = doors_with(doors, read) if all(word.either or not word.room for word in read) else []
    if len(whole) == len(doors):
        return None
    spots: list[Spot] = [(door.path, door.number) for door in whole]
    if not any(word.room for word in read):
        return spots
    return sorted([*spots, *_homes(read, doors, {path for path, _number in spots}, where_seen(seer, sight))])


def _homes(words: Sequence[Word], doors: Sequence[Door], whole: set[str], seen: Q) -> list[Spot]:
    """Households in a room that words name, where the other words stand in the address; not those of `whole`."""
    rooms = {word.room for word in words if word.room}
    behind = {door.path: door.sought for door in doors}
    rows = Household.objects.filter(seen, room__in=[form for room in rooms for form in _written(room)])
    found = []
    for path, number, room in rows.order_by().values_list("path", "pk", "room"):
        sought = behind.get(path[: DIGITS[Stairwell]])
        if sought is not None and path[: DIGITS[Stairwell]] not in whole and _has(words, sought, room):
            found.append((path, number))
    return found


def _has(words: Sequence[Word], sought: str, room: str) -> bool:
    """Whether every word stands in the text of a door or names the room, as it is to."""
    for word in words:
        named = bool(word.room) and room.casefold() == word.room.casefold()
        if not (named or word.door in sought if word.either else word.door in sought and (named or not word.room)):
            return False
    return True


def _tally(rows: QuerySet[Any], spots: Sequence[Spot]) -> list[int]:
    """How many of the rows lie at each spot."""
    counts: dict[str, int] = {}
    for model, numbers in (
        (Stairwell, [number for path, number in spots if not _is_home(path)]),
        (Household, [number for path, number in spots if _is_home(path)]),
    ):
        for part in _parts(numbers):
            places = model.objects.filter(pk__in=part).order_by().annotate(many=below_each(rows))
            counts.update(places.values_list("path", "many"))
    return [counts.get(path, 0) for path, _number in spots]


def _parts(numbers: list[int]) -> Iterator[list[int]]:
    """Numbers, as many at a time as a database takes."""
    yield from (numbers[begin : begin + AT_A_TIME] for begin in range(0, len(numbers), AT_A_TIME))


def _key_of(rows: QuerySet[Any]) -> tuple[Hashable, ...]:
    """What the rows are asked by."""
    try:
        return rows.order_by().query.sql_with_params()
    except EmptyResultSet:
        return ()


def _is_home(path: str) -> bool:
    return len(path) > DIGITS[Stairwell]


def _homes_at(spots: Sequence[Spot]) -> Q:
    """The condition that a household lies at one of some spots."""
    homes = [number for path, number in spots if _is_home(path)]
    stairwells = [number for path, number in spots if not _is_home(path)]
    if not stairwells:
        return Q(pk__in=homes)
    return Q(pk__in=homes) | Q(stairwell__in=stairwells) if homes else Q(stairwell__in=stairwells)


def _written(room: str) -> set[str]:
    """A room as it may be written: the letter of 501A is large or small."""
    return {room, room.upper(), room.lower()}


def _as_issued_now(word: str) -> str:
    """A number of 15 digits as its holder's card has it now."""
    try:
        return read_id_number(word).number
    except Unsound:
        return word
