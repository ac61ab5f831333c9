"""Taking in what somebody sends (收文件): by what it is, never by what it is called or says that it is."""

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, Protocol

from xiuhua.ground.clock import now
from xiuhua.ground.files.images import prepare_photo
from xiuhua.ground.files.images import sniffed as sniffed_picture
from xiuhua.ground.files.papers import MAGIC, prepare_document
from xiuhua.ground.files.prepared import Prepared, Sort
from xiuhua.ground.files.sounds import prepare_voice
from xiuhua.ground.files.sounds import sniffed as sniffed_sound
from xiuhua.ground.files.upload import A_FILE
from xiuhua.ground.standards import on
from xiuhua.ground.standards.files import FilesStandard
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext as _

LONGEST_NAME, LONGEST_ENDING = 80, 6
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f/\\:*?\"<>|\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Control signs, what file systems forbid, and signs that turn the reading around (gpj.exe reads exe.jpg)."""


class Readable(Protocol):
    """An open file."""

    def read(self, size: int = ..., /) -> bytes: ...


def take_in(
    upload: Readable | bytes,
    sort: Sort | str | None = None,
    *,
    name: str = "",
    figures: FilesStandard | None = None,
) -> Prepared:
    """Look at an upload and make of it what is kept.

    Parameters
    ----------
    upload : open file or bytes
        What came; its own word for its type is not asked.
    sort : Sort, optional
        What it should be; by default whatever it is, of the three sorts.
    name : str
        What it is called; by default the upload's own name.
    figures : FilesStandard, optional
        Limits; by default those of today.

    Raises
    ------
    Refused
        It is nothing of that sort, damaged, too large or too long; each reason says what to do.
    """
    limits = figures or on(now().date()).files
    content, size = _read(upload)
    called = clean_name(name or str(getattr(upload, "name", "") or ""))
    wanted = Sort(sort) if sort else Sort.DOCUMENT if size > len(content) else _sort_of(content)
    _refuse_too_large(wanted, size, limits)
    prepare: dict[Sort, Callable[[], Prepared]] = {
        Sort.PHOTO: lambda: prepare_photo(content, called, limits.photo),
        Sort.VOICE: lambda: prepare_voice(content, called, limits.voice),
        Sort.DOCUMENT: lambda: prepare_document(content, called),
    }
    return prepare[wanted]()


def clean_name(name: str) -> str:
    """A file's name without folders, ending and signs that deceive; its ending is what we make it."""
    last = re.split(r"[/\\]", name)[-1]
    stem = last.strip(" .")
    while (ending := PurePath(stem).suffix).isascii() and 1 < len(ending) <= LONGEST_ENDING:
        stem = stem[: -len(ending)]
    return _UNSAFE.sub("", stem).strip(" .")[:LONGEST_NAME]


def _read(upload: Readable | bytes) -> tuple[bytes, int]:
    """The bytes, and how many there were: of one that was let go of on its way here nothing is left but that."""
    if isinstance(upload, bytes):
        return upload, len(upload)
    seek: Any = getattr(upload, "seek", None)
    if seek is not None:
        seek(0)
    content = bytes(upload.read(A_FILE + 1))
    size = getattr(upload, "size", None)
    return content, max(size if isinstance(size, int) else 0, len(content))


def _refuse_too_large(sort: Sort, size: int, limits: FilesStandard) -> None:
    most, mend = {
        Sort.PHOTO: (limits.photo.bytes, _("请在手机上选“中等大小”再传")),
        Sort.VOICE: (limits.voice.bytes, _("请录短一点，或分几段传")),
        Sort.DOCUMENT: (limits.document.bytes, _("请压缩后再传，或分成几个文件")),
    }[sort]
    if size > most.number:
        told = {"size": _megabytes(size), "limit": _megabytes(most.number)}
        raise Refused(Reason(_("文件有 %(size)s MB，最多收 %(limit)s MB") % told, mend=mend))


def _megabytes(size: float) -> str:
    """A size in MB as people read it: one decimal, none where it is round."""
    return f"{size / 2**20:.1f}".removesuffix(".0")


def _sort_of(content: bytes) -> Sort:
    if sniffed_picture(content[:16]):
        return Sort.PHOTO
    if content.startswith(MAGIC):
        return Sort.DOCUMENT
    if sniffed_sound(content[:16]):
        return Sort.VOICE
    raise Refused(Reason(_("只收照片、录音和 PDF"), mend=_("请换一个文件，或存成 PDF 再传")))
