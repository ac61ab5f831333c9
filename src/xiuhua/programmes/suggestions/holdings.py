"""What is handed to a resident of their own suggestions, and what is emptied when they are erased."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal import known, naming
from xiuhua.ground.journal.actions import locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.known import Reference
from xiuhua.ground.privacy.holdings import Kept, holds
from xiuhua.ground.privacy.overseen import RESIDENT
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.territory.models import Binding, Resident
from xiuhua.ground.ui.addresses import address_of
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import keeping
from xiuhua.programmes.suggestions.actions.terms import set_terms
from xiuhua.programmes.suggestions.models import Suggestion

LABEL = Suggestion._meta.label_lower


def register_all() -> None:
    """Register what the programme keeps about people."""
    holds("suggestions.own", gettext_lazy("提过的建议"), _suggested, _forget)
    known.opens_files("suggestions.look_at_sender")
    known.widened_by(_on_record)
    naming.names(LABEL, _named, lambda number: address_of("suggestions:suggestion", int(number)))


def _of(resident: Resident) -> Any:
    return keeping.of_person(Binding.objects.filter(resident=resident).values("user"), resident.phone)


def _on_record(thing: Reference, _reader: Actor) -> list[Reference]:
    """What of a resident's own is on record besides: so that they read who looked at what they sent in."""
    label, number = thing
    resident = Resident.objects.filter(pk=number).first() if label == RESIDENT and number.isdecimal() else None
    return [(LABEL, str(row.pk)) for row in _of(resident).only("pk")] if resident is not None else []


def _named(numbers: Iterable[str], reader: Actor) -> Mapping[str, str]:
    """What suggestions are called in timelines and on record, for those who may see them."""
    rows = Suggestion.objects.visible_to(reader).filter(pk__in=list(numbers)).values_list("pk", "number", "title")
    return {str(pk): f"{number} {title}" for pk, number, title in rows}


def _suggested(resident: Resident, _reader: Actor) -> Iterator[Kept]:
    for row in _of(resident):
        yield Kept(_("建议 %(number)s") % {"number": row.number}, row.submitted_at, f"{row.title}，{row.state_title}")
        if row.words:
            yield Kept(_("原话"), row.words, row.place)
        if row.name or row.phone:
            yield Kept(_("留的称呼和手机"), f"{row.name} {row.phone}".strip(), masked=mask_phone(row.phone) or row.name)
        for reply in keeping.said_to(row):
            yield Kept(reply.get_kind_display(), reply.words, f"{reply.said_at:%Y-%m-%d}")
        if row.rating:
            yield Kept(_("评价"), _("%(stars)d 颗星") % {"stars": row.rating}, row.rating_words)
        for file in StoredFile.objects.of(row):
            yield Kept(str(file), file.kept_at, file.name)


def _forget(resident: Resident) -> list[str]:
    forgotten = []
    for found in list(_of(resident)):
        row = locked(found)
        forgotten += keeping.forget(row, resident.name)
        set_terms(row)
        row.save()
    return forgotten
