"""Files of a thing on its page: a card of photographs and recordings, and documents beside the timeline."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.files.prepared import Sort
from xiuhua.ground.ui.objects import Document, Part


def files_of(*subjects: models.Model, title: str | Promise = _("照片和语音"), removable: bool = False) -> Part:
    """A card with the photographs and recordings of these rows, for a page whose reader sees them.

    With `removable`, for a reader who works there, each photograph has a way to take it away.
    """
    files = list(StoredFile.objects.of(*subjects).exclude(sort=Sort.DOCUMENT))
    by_sort = {sort: [file for file in files if file.sort == sort] for sort in (Sort.PHOTO, Sort.VOICE)}
    return Part(
        title,
        "files/section.html",
        {"photos": by_sort[Sort.PHOTO], "voices": by_sort[Sort.VOICE], "removable": removable},
    )


def documents_of(subject: Any, _request: HttpRequest) -> Sequence[Document]:
    """Documents of an object, for the card that every object page has."""
    if not isinstance(subject, models.Model):
        return ()
    files = StoredFile.objects.of(subject).documents()
    return [Document(str(file), file.get_absolute_url(), f"PDF {file.told_size}") for file in files]
