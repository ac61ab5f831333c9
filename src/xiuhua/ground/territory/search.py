"""How people and homes are found (查找): by words of the address; exactly, by name, telephone or identity number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Concat, Replace

from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.queryset import where_seen
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.sources.id_numbers import LENGTH, OLD_LENGTH, Unsound, read_id_number
from xiuhua.ground.territory.counts import DIGITS, below_each
from xiuhua.ground.territory.models import Household, Resident, Stairwell
from xiuhua.ground.ui.lists.parted import Parted
from xiuhua.ground.ui.lists.query import Found

_PAPER = re.compile(rf"[0-9]{{{LENGTH - 1}}}[0-9Xx]|[0-9]{{{OLD_LENGTH}}}")
_PHONE = re.compile(r"\+?[0-9][0-9-]{6,}")
_NAME = re.compile(r"[^\W\d_]{2,20}")
_DOOR_AND_ROOM = re.compile(r"(.*号)([0-9]{1,5}[A-Za-z]?)室?")
_ROOM = re.compile(r"([0-9]{1,5}[A-Za-z]?)室?")

_SOUGHT = Replace(
    Concat(
        "building__committee__name",
        Value("|"),
        "building__quarter",
        Value("|"),
        "building__name",
        "name",
        output_field=CharField(),
    ),
    Value(" "),
    Value(""),
)
"""What a stairwell is sought by: committee, quarter, and the address as it is read, without blanks."""


Spot = tuple[str, int]
"""Path and number of a stairwell all of whose homes were found, or of one home."""
MANY = 2000
"""Places that are counted by one query."""


def stairwells_with(rows: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """Stairwells with every word in their address."""
    rows = rows.annotate(sought=_SOUGHT)
    for word in words:
        rows = rows.filter(sought__icontains=word)
    return rows


def households_with(rows: QuerySet[Any], words: list[str], seer: Seer) -> Found:
    """Households with every word in their address; 枣阳路23号501室 may be written as one word."""
    return _lying(rows, words, seer, _homes_at)


def residents_with(rows: QuerySet[Any], words: list[str], seer: Seer) -> Found:
    """Residents of whom every word is the whole name, telephone or identity number, or a part of the address."""
    named, address = _told_apart(rows, words)
    if not address:
        return named
    if named is not rows:
        return named.filter(household__in=_households(address))
    return _lying(rows, address, seer, lambda spots: Q(household__in=Household.objects.filter(_homes_at(spots))))


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
    seen = where_seen(seer, model.sight)
    doors = Stairwell.objects.filter(seen)
    spots: list[Spot] = list(stairwells_with(doors, words).order_by("path").values_list("path", "pk"))
    if len(spots) == doors.count():
        return rows
    if rooms := {room for word in words if (room := _room_of(word))}:
        whole = {path for path, _number in spots}
        homes = _households(words).filter(seen, room__in=_written(*rooms)).values_list("path", "pk")
        spots += [(path, number) for path, number in homes if path[: DIGITS[Stairwell]] not in whole]
        spots.sort()
    return Parted(rows, spots, at, lambda spots: _tally(rows, spots))


def _tally(rows: QuerySet[Any], spots: Sequence[Spot]) -> list[int]:
    """How many of the rows lie at each spot."""
    counts: dict[bool, dict[int, int]] = {True: {}, False: {}}
    for homes, model in ((True, Household), (False, Stairwell)):
        numbers = [number for path, number in spots if _is_home(path) is homes]
        for begin in range(0, len(numbers), MANY):
            places = model.objects.filter(pk__in=numbers[begin : begin + MANY])
            counts[homes].update(places.order_by().annotate(many=below_each(rows)).values_list("pk", "many"))
    return [counts[_is_home(path)][number] for path, number in spots]


def _is_home(path: str) -> bool:
    return len(path) > DIGITS[Stairwell]


def _homes_at(spots: Sequence[Spot]) -> Q:
    """The condition that a household lies at one of some spots."""
    homes = [number for path, number in spots if _is_home(path)]
    stairwells = [number for path, number in spots if not _is_home(path)]
    if not stairwells:
        return Q(pk__in=homes)
    return Q(pk__in=homes) | Q(stairwell__in=stairwells) if homes else Q(stairwell__in=stairwells)


def _households(words: list[str]) -> QuerySet[Any]:
    """Households with every word in their address."""
    rows: QuerySet[Any] = Household.objects.order_by()
    for word in words:
        rows = rows.filter(_household(word))
    return rows


def _household(word: str) -> Q:
    if found := _DOOR_AND_ROOM.fullmatch(word):
        return Q(stairwell__in=_stairwells(found[1]), room__in=_written(found[2]))
    if found := _ROOM.fullmatch(word):
        return Q(stairwell__in=_stairwells(word)) | Q(room__in=_written(found[1]))
    return Q(stairwell__in=_stairwells(word))


def _room_of(word: str) -> str:
    """The room that a word names, at its end or alone; empty where it names none."""
    if found := _DOOR_AND_ROOM.fullmatch(word):
        return found[2]
    return found[1] if (found := _ROOM.fullmatch(word)) else ""


def _written(*rooms: str) -> list[str]:
    """Rooms as they may be written: the letter of 501A is large or small."""
    return sorted({form for room in rooms for form in (room, room.upper(), room.lower())})


def _stairwells(word: str) -> QuerySet[Any]:
    return stairwells_with(Stairwell.objects.order_by(), [word])


def _as_issued_now(word: str) -> str:
    """A number of 15 digits as its holder's card has it now."""
    try:
        return read_id_number(word).number
    except Unsound:
        return word
