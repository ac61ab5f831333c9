"""What is handed to a resident of their own suggestions, and what is emptied when they are erased."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.journal.actions import locked
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.privacy.holdings import Kept, holds
from xiuhua.ground.scope.masking import mask_phone
from xiuhua.ground.territory.models import Binding, Resident
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions import keeping
from xiuhua.programmes.suggestions.actions.terms import set_terms


def register_all() -> None:
    """Register what the programme keeps about people."""
    holds("suggestions.own", gettext_lazy("提过的建议"), _suggested, _forget)


def _of(resident: Resident) -> Any:
    return keeping.of_person(Binding.objects.filter(resident=resident).values("user"), resident.phone)


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
