"""How people and homes are found (查找): by words of the address; exactly, by name, telephone or identity number."""

import re
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Concat, Replace

from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.ground.sources.id_numbers import LENGTH, OLD_LENGTH, Unsound, read_id_number
from xiuhua.ground.territory.models import Household, Resident, Stairwell

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


def stairwells_with(rows: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """Stairwells with every word in their address."""
    rows = rows.annotate(sought=_SOUGHT)
    for word in words:
        rows = rows.filter(sought__icontains=word)
    return rows


def households_with(rows: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """Households with every word in their address; 枣阳路23号501室 may be written as one word."""
    for word in words:
        rows = rows.filter(_household(word))
    return rows


def residents_with(rows: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """Residents of whom every word is the whole name, telephone or identity number, or a part of the address."""
    for word in words:
        rows = _residents(rows, word)
    return rows


def residents_named(rows: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """Residents of whom the only word is the whole name, telephone or identity number; none for words of an address."""
    exact = _exactly(words[0]) if len(words) == 1 else None
    return rows.filter(exact) if exact is not None else rows.none()


def _residents(rows: QuerySet[Any], word: str) -> QuerySet[Any]:
    exact = _exactly(word)
    if exact is not None:
        named = rows.filter(exact)
        if not _NAME.fullmatch(word) or named.exists():
            return named
    return rows.filter(household__in=Household.objects.filter(_household(word)).order_by().values("pk"))


def _exactly(word: str) -> Q | None:
    """The condition that a word is somebody's number or name; None for what can be neither."""
    if _PAPER.fullmatch(word):
        return sealed_equals(Resident, "id_number", _as_issued_now(word))
    if _PHONE.fullmatch(word):
        return sealed_equals(Resident, "phone", word)
    return sealed_equals(Resident, "name", word) if _NAME.fullmatch(word) else None


def _household(word: str) -> Q:
    if found := _DOOR_AND_ROOM.fullmatch(word):
        return Q(stairwell__in=_stairwells(found[1]), room__iexact=found[2])
    if found := _ROOM.fullmatch(word):
        return Q(stairwell__in=_stairwells(word)) | Q(room__iexact=found[1])
    return Q(stairwell__in=_stairwells(word))


def _stairwells(word: str) -> QuerySet[Any]:
    rows = Stairwell.objects.annotate(sought=_SOUGHT).filter(sought__icontains=word)
    found: QuerySet[Any] = rows.order_by().values("pk")
    return found


def _as_issued_now(word: str) -> str:
    """A number of 15 digits as its holder's card has it now."""
    try:
        return read_id_number(word).number
    except Unsound:
        return word
