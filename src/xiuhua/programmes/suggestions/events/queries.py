"""Reads about events: what is coming, what hangs on a wall, what came of an event."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from xiuhua.ground.bookings import queries as bookings
from xiuhua.ground.bookings.models import Session
from xiuhua.ground.clock import now
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.scope.grants import Seer
from xiuhua.ground.territory.models import Subdistrict
from xiuhua.programmes.suggestions.models import Event, Note, Suggestion


def listed(seer: Seer) -> QuerySet[Event]:
    """Events that this person may see, the latest first, with how many notes wait and how many became suggestions."""
    rows: QuerySet[Event] = Event.objects.visible_to(seer).defer("minutes", "masked_minutes", "conclusions")
    found: QuerySet[Event] = with_counts(rows).order_by("-starts_at", "-id")
    return found


def with_counts(rows: Any) -> Any:
    """Events with how many notes hang and wait, and how many suggestions came of them."""
    hangs = Q(notes__taken_down_at__isnull=True, notes__merged_into__isnull=True)
    return rows.annotate(
        note_count=Count("notes", filter=Q(notes__taken_down_at__isnull=True), distinct=True),
        unturned_count=Count("notes", filter=hangs & Q(notes__suggestion__isnull=True), distinct=True),
        suggestion_count=Count("suggestions", distinct=True),
    )


def with_unturned_notes(rows: Any) -> Any:
    """Events on whose wall notes hang that were not made into suggestions."""
    waiting = Note.objects.unturned().values("event")
    return rows.filter(pk__in=waiting).exclude(state="called_off")


def announced(subdistrict: Subdistrict | None) -> Any:
    """Events that everybody may read of; of every office, where none is given."""
    rows = Event.objects.announced()
    return rows.under(subdistrict.path) if subdistrict is not None else rows


def coming(subdistrict: Subdistrict | None) -> Any:
    """Those to come, the next first."""
    return announced(subdistrict).to_come(now()).order_by("starts_at", "pk")


def past(subdistrict: Subdistrict | None) -> Any:
    """Those that were held, the latest first, with what came of them."""
    rows = announced(subdistrict).over(now()).order_by("-starts_at", "-pk")
    adopted = Count("suggestions", filter=Q(suggestions__adopted_at__isnull=False), distinct=True)
    return with_counts(rows).annotate(adopted_count=adopted)


def by_code(code: str) -> Event | None:
    """The event on whose wall a code hangs."""
    found: Event | None = Event.objects.filter(code=code).first() if code else None
    return found


def said_at(code: str, written_at: datetime | None) -> Event | None:
    """The event at which something was said: one that runs now, or ran when it was written on a phone offline."""
    event = by_code(code)
    moments = [now(), *([written_at] if written_at is not None else [])]
    return event if event is not None and any(event.is_running(at) for at in moments) else None


def event_of(suggestion: Suggestion, seer: Seer) -> Event | None:
    """The event at which something was said, where this person may see it."""
    if suggestion.event_id is None:
        return None
    found: Event | None = Event.objects.visible_to(seer).filter(pk=suggestion.event_id).first()
    return found


def session_of(event: Event) -> Session | None:
    """The session by which people register for an event."""
    found: Session | None = Session.objects.of(event).order_by("pk").last()
    return found


def people_counts(event: Event) -> dict[str, int]:
    """How many people registered, came and stayed away."""
    session = session_of(event)
    if session is None:
        return {}
    counts = bookings.counts_of(session)
    return {**counts, "registered": counts["booked"] + counts["came"] + counts["missed"], "capacity": session.capacity}


def notes_on(event: Event) -> list[Note]:
    """What hangs on the wall, column by column, with how many notes were merged into each."""
    rows = event.notes.standing().defer("words").annotate(merged_count=Count("merged_from"))
    return list(rows.select_related("suggestion").order_by("topic", "-dots", "number"))


def wall_of(event: Event) -> dict[str, Any]:
    """The wall as its page draws it; `own` counts what the hall sent in by its own phones."""
    own = own_count(event)
    return {"version": version_of(event, own), "own": own, "notes": [note_told(note) for note in notes_on(event)]}


def own_count(event: Event) -> int:
    """How many suggestions were sent in at an event and come from no note."""
    return int(event.suggestions.filter(note__isnull=True).count())


def version_of(event: Event, own: int) -> str:
    """What a screen has seen, in a word."""
    return f"{event.wall_version}.{own}"


def note_told(note: Note) -> dict[str, Any]:
    """A note as the wall's page draws it."""
    suggestion = note.suggestion
    return {
        "id": note.pk,
        "topic": note.topic,
        "words": note.masked_words,
        "dots": note.dots,
        "more": getattr(note, "merged_count", 0),
        "place": note.place,
        "url": suggestion.get_absolute_url() if suggestion else "",
        "suggestion": suggestion.number if suggestion else "",
    }


def suggestions_from(event: Event) -> list[Suggestion]:
    """What was said at an event and is on record, newest last."""
    light = ("words", "name", "phone", "token", "rating_words")
    return list(event.suggestions.defer(*light).select_related("project", "merged_into").order_by("pk"))


def tally(values: Iterable[str]) -> list[tuple[str, int]]:
    """How often each value comes, the most frequent first."""
    return sorted(Counter(values).items(), key=lambda one: (-one[1], one[0]))


def photos_of(event: Event, *, public: bool = False) -> list[StoredFile]:
    """Photographs of an event; only those that everybody may see, where that is asked."""
    rows = StoredFile.objects.of(event).photos()
    return list(rows.filter(public_at__isnull=False) if public else rows)


def public_photos(rows: Iterable[Event]) -> dict[int, StoredFile]:
    """The first photograph of each that everybody may see (one query)."""
    files = StoredFile.objects.of(*rows).photos().filter(public_at__isnull=False).order_by("-pk")
    return {int(file.subject_id): file for file in files}


def published_from(event: Event) -> QuerySet[Suggestion]:
    """What was said at an event and stands on the public board."""
    rows: QuerySet[Suggestion] = (
        event.suggestions.published().select_related("project").order_by(F("adopted_at").desc(nulls_last=True))
    )
    return rows
