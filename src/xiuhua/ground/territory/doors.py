"""Stairwells by the words of their address (门洞的地址): what homes and people are sought by.

There are few thousands of them, so their texts are compared here; those of a whole subdistrict are read once, until
something is put on record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xiuhua.ground.journal.unchanged import until_recorded
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.scope.queryset import where_seen
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.models import Stairwell

_DOOR_AND_ROOM = re.compile(r"(.*号)([0-9]{1,5}[A-Za-z]?)室?")
_ROOM = re.compile(r"([0-9]{1,5}[A-Za-z]?)室?")
SOME, MOST = 500, 20_000
"""So many doors are worth keeping; more than that would take too much memory."""


class Door(NamedTuple):
    """A stairwell with what it is sought by: committee, quarter, and the address as it is read, without blanks."""

    path: str
    number: int
    sought: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an address: what stands in the text of its door, or which room it names, or both; `either` of them."""

    door: str
    room: str = ""
    either: bool = False


def read_word(word: str) -> Word:
    """Tell door and room apart: 枣阳路23号501室 is both, 501 may be a room or stand in the address."""
    if found := _DOOR_AND_ROOM.fullmatch(word):
        return Word(found[1].casefold(), found[2])
    found = _ROOM.fullmatch(word)
    return Word(word.casefold(), found[1] if found else "", either=found is not None)


def doors_of(seer: Seer, sight: Sight) -> list[Door]:
    """Doors behind which a reader sees a kind of thing, in the order of their paths."""

    def read() -> list[Door]:
        rows = Stairwell.objects.filter(where_seen(seer, sight)).order_by("path")
        texts = rows.values_list(
            "path", "pk", "building__committee__name", "building__quarter", "building__name", "name"
        )
        return [Door(path, number, _sought(*names)) for path, number, *names in texts]

    tops = seer.sees(sight)
    return until_recorded(("doors", tops), tops, read, worth=lambda doors: SOME <= len(doors) <= MOST)


def doors_with(doors: Iterable[Door], words: Sequence[Word]) -> list[Door]:
    """Doors in whose text every word stands."""
    return [door for door in doors if all(word.door in door.sought for word in words)]


def _sought(committee: str, quarter: str, building: str, name: str) -> str:
    return f"{committee}|{quarter}|{building}{name}".replace(" ", "").casefold()
