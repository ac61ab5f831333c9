"""From what is typed onto the wall to what is on record: places are looked up before the transaction begins."""

from collections.abc import Iterable

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.suggestions import actions, queries
from xiuhua.programmes.suggestions.actions.walls import Pin
from xiuhua.programmes.suggestions.heard import Circumstances, Heard
from xiuhua.programmes.suggestions.intake import looked_at
from xiuhua.programmes.suggestions.models import Event, Note, Source
from xiuhua.programmes.suggestions.sort import where_of
from xiuhua.programmes.suggestions.sorting.words import cleaned

PLACE_MARKS = "@＠"
"""What stands between a note's words and its place: 晚上太暗 @中江路 88 弄."""


def put_up(*, actor: Actor, event: Event, words: str, topic: int) -> Note:
    """Hang what somebody typed on the wall, with the place that it names.

    Raises
    ------
    Refused
        It cannot hang there (`actions.put_up_note`).
    """
    words, place = parted(cleaned(words))
    pin = _pin(event, words, place)
    return actions.put_up_note(actor=actor, event=event, words=words, topic=topic, pin=pin).subject


def turn(*, actor: Actor, event: Event, notes: Iterable[Note]) -> list[str]:
    """Make suggestions of notes; returns their numbers.

    A note that names no place is said to be where the event is held.

    Raises
    ------
    Refused
        One of them cannot be received (`actions.receive`).
    """
    subdistrict = Subdistrict.objects.get(path=event.subdistrict)
    heard = {}
    for note in notes:
        said, found = looked_at(subdistrict, heard_of(note, event))
        heard[note.pk] = (said, Circumstances(found, at_event=True, written_at=note.entered_at))
    done = actions.turn_notes(actor=actor, event=event, subdistrict=subdistrict, heard=heard)
    numbers: list[str] = list(done.facts["numbers"])
    return numbers


def heard_of(note: Note, event: Event) -> Heard:
    """What a note says, with those that were merged into it."""
    words = "\n".join([note.words, *(one.words for one in note.merged_from.order_by("number"))])
    own = note.lon is not None
    return Heard(
        words=words,
        source=Source(event.kind),
        place=note.place if own or note.place else event.place,
        lon=note.lon if own else None if note.place else event.lon,
        lat=note.lat if own else None if note.place else event.lat,
        event=event.pk,
    )


def parted(words: str) -> tuple[str, str]:
    """A note's words and the place behind the last @; empty where none is named."""
    at = max(words.rfind(mark) for mark in PLACE_MARKS)
    return (words, "") if at < 1 else (words[:at].strip(), words[at + 1 :].strip())


def _pin(event: Event, words: str, place: str) -> Pin:
    subdistrict = Subdistrict.objects.get(path=event.subdistrict)
    where = where_of(subdistrict, Heard(words=words, place=place))
    if queries.lies_within(subdistrict, where.lon, where.lat) is False:
        return Pin(where.place)  # the middle of a long road may lie with the neighbours
    return Pin(where.place, where.lon, where.lat)
