"""What suggestions keep of a person, and how each of it is emptied: called by actions, within their transaction."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from xiuhua.ground.clock import now
from xiuhua.ground.files import keeping as files
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.record import reference_of
from xiuhua.ground.messages import sending
from xiuhua.ground.messages.models import Message
from xiuhua.ground.scope.masking import mask_name, mask_phone
from xiuhua.ground.sealing.fields import sealed_equals
from xiuhua.programmes.suggestions import queries
from xiuhua.programmes.suggestions.models import Memo, Note, PublicState, Reply, Suggestion

SHORTEST_NAME = 2
"""A name of one character stands in too many words to be looked for."""

_PUBLIC = ("public_title", "public_words", "public_answer", "public_place")


def of_person(accounts: Any, phone: str) -> QuerySet[Suggestion]:
    """What was sent in under some accounts, or with a telephone."""
    wanted = Q(user__in=accounts)
    if phone:
        wanted |= sealed_equals(Suggestion, "phone", phone)
    rows: QuerySet[Suggestion] = Suggestion.objects.filter(wanted).order_by("pk")
    return rows


def forget_contact(suggestion: Suggestion, *also_called: str) -> list[str]:
    """Empty who it was: name, telephone, account, messages; and where the words that stay name them, mask that.

    Returns references whose sealed values go with it. The row is not saved.
    """
    _unname(suggestion, {suggestion.name, *also_called} - {""}, suggestion.phone)
    suggestion.name = suggestion.phone = suggestion.sender = ""
    suggestion.user = suggestion.phone_confirmed_at = None
    suggestion.wants_reply = False
    suggestion.contact_gone_at = suggestion.contact_gone_at or now()
    return _forget_messages([suggestion.pk])


def forget_words(suggestion: Suggestion) -> list[str]:
    """Empty what they wrote, said and photographed, and what was written to them; masked words, category, dates stay.

    Of where it was what everybody may know stays: no door, no point of a telephone. Returns references whose sealed
    values go with it. The row is not saved.
    """
    suggestion.words = suggestion.rating_words = ""
    _leave_the_street(suggestion)
    suggestion.words_gone_at = suggestion.words_gone_at or now()
    emptied = [
        *suggestion.replies.all(),
        *Memo.objects.filter(suggestion=suggestion),
        *Note.objects.filter(_on_notes([suggestion.pk])),
    ]
    for row in emptied:
        row.words = ""
        row.save(update_fields=["words"])
    return [reference_of(suggestion), *map(reference_of, emptied), *files.remove_all_of(suggestion)]


def forget(suggestion: Suggestion, *also_called: str) -> list[str]:
    """Empty all that tells who it was, the link that it is followed by included. The row is not saved."""
    forgotten = [*forget_contact(suggestion, *also_called), *forget_words(suggestion)]
    suggestion.token = ""
    return forgotten


def forget_many(numbers: list[int]) -> list[str]:
    """Empty contact and own words of many suggestions, and take away those of their files that are not public.

    Replies stay: they are the office's words. Those among colleagues, which may speak of the person, go. Returns
    references whose sealed values go with it.
    """
    at = now()
    label = Suggestion._meta.label_lower
    kept = StoredFile.objects.standing().filter(
        subject_type=label, subject_id__in=[str(number) for number in numbers], public_at=None
    )
    for file in kept:
        files.remove(file)
    messages = _forget_messages(numbers)
    Note.objects.filter(_on_notes(numbers)).update(words="")
    Memo.objects.filter(suggestion__in=numbers).update(words="")
    rows = list(Suggestion.objects.filter(pk__in=numbers).select_related("spot"))
    for row in rows:
        _leave_the_street(row)
    Suggestion.objects.bulk_update(rows, ("place", "lon", "lat"))
    Suggestion.objects.filter(pk__in=numbers, contact_gone_at=None).update(contact_gone_at=at)
    Suggestion.objects.filter(pk__in=numbers).update(
        name="",
        phone="",
        phone_index="",
        phone_confirmed_at=None,
        wants_reply=False,
        words="",
        rating_words="",
        sender="",
        words_gone_at=at,
    )
    return [*(f"{label}:{number}" for number in numbers), *map(reference_of, kept), *messages]


def _leave_the_street(suggestion: Suggestion) -> None:
    """Of where it was, keep what the public board would tell."""
    place, point = queries.public_place(suggestion), queries.public_point(suggestion)
    suggestion.place = place
    suggestion.lon, suggestion.lat = point if point is not None else (None, None)


def _on_notes(numbers: list[int]) -> Q:
    """Notes of which suggestions were made, and those that were merged into them."""
    return Q(suggestion__in=numbers) | Q(merged_into__suggestion__in=numbers)


def _unname(suggestion: Suggestion, names: Iterable[str], phone: str) -> None:
    masks = {name: mask_name(name) for name in names if len(name) >= SHORTEST_NAME}
    if phone:
        masks[phone] = mask_phone(phone)
    if any(text in getattr(suggestion, part) for text in masks for part in _PUBLIC):
        _withdraw(suggestion)
    for part in ("title", "masked_words", "place", *_PUBLIC):
        for text, mask in masks.items():
            setattr(suggestion, part, getattr(suggestion, part).replace(text, mask))


def _withdraw(suggestion: Suggestion) -> None:
    """Take what names somebody off the board, or off the desk of whoever would look it over."""
    if suggestion.public_state == PublicState.PUBLISHED:
        suggestion.public_state = PublicState.WITHDRAWN
        for file in StoredFile.objects.of(suggestion):
            files.withhold(file)
    elif suggestion.public_state == PublicState.DRAFTED:
        suggestion.public_state = PublicState.NONE


def _forget_messages(numbers: list[int]) -> list[str]:
    """Empty messages about suggestions and their replies; those that wait go to nobody."""
    about = Q(subject_type=Suggestion._meta.label_lower, subject_id__in=[str(number) for number in numbers])
    messages = list(Message.objects.filter(about).exclude(text="").select_for_update())
    sending.forget(*messages)
    return [reference_of(message) for message in messages]


def said_to(suggestion: Suggestion) -> QuerySet[Reply]:
    """What was said to whoever suggested, as far as it is still there."""
    rows: QuerySet[Reply] = suggestion.replies.exclude(words="")
    return rows
