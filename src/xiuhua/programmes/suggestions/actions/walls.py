"""The wall of notes (便签墙): whatever changes it holds the event first, and raises the wall's version."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext_lazy

from xiuhua.ground.clock import now
from xiuhua.ground.journal.actions import Done, action, locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.programmes.suggestions import permits
from xiuhua.programmes.suggestions.actions.intake import receive
from xiuhua.programmes.suggestions.heard import Circumstances, Heard
from xiuhua.programmes.suggestions.models import Event, Note
from xiuhua.programmes.suggestions.rules import events as rules
from xiuhua.programmes.suggestions.sorting.personal import masked


@dataclass(frozen=True, slots=True)
class Pin:
    """Where a note says that it is, as far as its words tell."""

    place: str = ""
    lon: float | None = None
    lat: float | None = None


@action("suggestions.put_up_note", says=gettext_lazy("贴便签"), permits=permits.may_hold_event)
def put_up_note(*, actor: Actor, event: Event, words: str, topic: int, pin: Pin) -> Done[Note]:
    """Hang a note on the wall (贴便签) in the column of a topic.

    Raises
    ------
    Refused
        It says nothing or too much, there is no such topic, or the event has been reported or called off.
    """
    event, words = locked(event), words.strip()
    refuse_unless(
        rules.note_can_be_put_up(letters=len(words), topic=topic, topics=len(event.topics), state=event.state)
    )
    note = Note(
        event=event,
        number=(event.notes.aggregate(last=Max("number"))["last"] or 0) + 1,
        topic=topic,
        words=words,
        masked_words=masked(words),
        place=masked(pin.place)[:120],
        lon=pin.lon,
        lat=pin.lat,
        entered_by=actor.reference,
        entered_at=now(),
    )
    note.save(force_insert=True)
    _risen(event)
    return Done(note, {"event": event.pk, "topic": topic})


@action("suggestions.dot_note", says=gettext_lazy("给便签贴点"), permits=permits.may_keep_note)
def dot_note(*, actor: Actor, note: Note, by: int = 1) -> Done[Note]:
    """Put a dot on a note (贴点), or take one off: so many people think so too."""
    event, note = locked(note.event), locked(note)
    refuse_unless(rules.note_can_be_moved(topic=note.topic, topics=len(event.topics), state=event.state))
    note.dots = max(0, note.dots + by)
    note.save(update_fields=["dots"])
    _risen(event)
    return Done(note, {"dots": note.dots})


@action("suggestions.move_note", says=gettext_lazy("移便签"), permits=permits.may_keep_note)
def move_note(*, actor: Actor, note: Note, topic: int) -> Done[Note]:
    """Hang a note in another column (移便签).

    Raises
    ------
    Refused
        There is no such topic, or the event has been reported or called off.
    """
    event, note = locked(note.event), locked(note)
    refuse_unless(rules.note_can_be_moved(topic=topic, topics=len(event.topics), state=event.state))
    note.topic = topic
    note.save(update_fields=["topic"])
    _risen(event)
    return Done(note, {"topic": topic})


@action("suggestions.merge_notes", says=gettext_lazy("合并便签"), permits=permits.may_keep_note)
def merge_notes(*, actor: Actor, note: Note, into: Note) -> Done[Note]:
    """Hang a note under another that says the same (合并便签); its dots count there.

    Raises
    ------
    Refused
        They are one, of two walls, no more on the wall, or the first is a suggestion already.
    """
    event, note, into = locked(note.event), locked(note), locked(into)
    refuse_unless(
        rules.notes_can_be_merged(
            same=note.pk == into.pk,
            same_event=note.event_id == into.event_id,
            hang=_hangs(note) and _hangs(into),
            turned=note.suggestion_id is not None,
        )
    )
    note.merged_into = into
    note.save(update_fields=["merged_into"])
    note.merged_from.update(merged_into=into)
    into.dots += note.dots
    into.save(update_fields=["dots"])
    _risen(event)
    return Done(into, {"note": note.pk})


@action("suggestions.take_down_note", says=gettext_lazy("撕下便签"), permits=permits.may_keep_note)
def take_down_note(*, actor: Actor, note: Note) -> Done[Note]:
    """Take a note off the wall (撕下便签): mistyped, or no matter of the office; what was said goes with it.

    Raises
    ------
    Refused
        It does not hang there, or is a suggestion already.
    """
    event, note = locked(note.event), locked(note)
    refuse_unless(rules.note_can_be_taken_down(hangs=_hangs(note), turned=note.suggestion_id is not None))
    note.taken_down_at, note.words = now(), ""
    note.save(update_fields=["taken_down_at", "words"])
    _risen(event)
    return Done(note)


@action("suggestions.turn_notes", says=gettext_lazy("便签转成建议"), permits=permits.may_hold_event)
def turn_notes(
    *, actor: Actor, event: Event, subdistrict: Subdistrict, heard: Mapping[int, tuple[Heard, Circumstances]]
) -> Done[Event]:
    """Make suggestions of notes (转成建议): each is received like anything else that people say.

    Notes that have left the wall, or are suggestions already, are passed over: two people may press at once.

    Parameters
    ----------
    heard : mapping
        By the number of the note: what it says, and how that was sorted.
    """
    event = locked(event)
    made = []
    for note in event.notes.unturned().select_for_update().filter(pk__in=heard):
        said, circumstances = heard[note.pk]
        note.suggestion = receive(actor=actor, subdistrict=subdistrict, heard=said, circumstances=circumstances).subject
        note.save(update_fields=["suggestion"])
        made.append(note.suggestion.number)
    _risen(event)
    return Done(event, {"numbers": made})


def _hangs(note: Note) -> bool:
    return note.taken_down_at is None and note.merged_into_id is None


def _risen(event: Event) -> None:
    event.wall_version += 1
    event.save(update_fields=["wall_version"])
