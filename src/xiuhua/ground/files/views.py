"""Handing files over: to whoever may see them, as what we made them, and as nothing that a browser would run."""

import re
from dataclasses import dataclass
from pathlib import PurePath
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.files import actions, permits, queries, vault
from xiuhua.ground.files.forms import RemoveForm
from xiuhua.ground.files.models import StoredFile
from xiuhua.ground.files.prepared import Sort
from xiuhua.ground.files.sight import may_see, sees_subject
from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.queryset import OutOfSight
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.words import gettext as _

REMOVE = FormPage(title=gettext_lazy("删除附件"), submit=gettext_lazy("删除"), icon="i-trash", danger=True)
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Encoding": "identity",  # packed already; packed once more, parts of it would be parts of something else
    "Accept-Ranges": "bytes",
}


@require_safe
def whole(request: HttpRequest, number: UUID) -> HttpResponse:
    """A file as it is kept."""
    return _handed_over(request, _visible(request, number), vault.WHOLE)


@require_safe
def small(request: HttpRequest, number: UUID) -> HttpResponse:
    """A photograph's thumbnail."""
    file = _visible(request, number)
    if file.sort != Sort.PHOTO:
        raise OutOfSight(None)
    return _handed_over(request, file, vault.SMALL if file.has_small else vault.WHOLE)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, number: UUID) -> HttpResponse:
    """Take a file away, for a reason that goes on record; behind a sign-in."""
    file = _visible(request, number)
    actor = actor_of(request)
    if not permits.may_remove(actor, file=file):
        raise PermissionDenied
    form = RemoveForm(request.POST or None)
    back = getattr(queries.owner_of(file), "get_absolute_url", lambda: reverse("home"))()
    if form.is_valid():
        with refusals_on(form):
            actions.remove_file(actor=actor, file=file, reason=form.cleaned_data["reason"])
            return redirect(back)
    return REMOVE.respond(request, form, cancel=back, say=[str(file), _("删了找不回来；谁删的、为什么，留在记录里。")])


def _visible(request: HttpRequest, number: UUID) -> StoredFile:
    file: StoredFile | None = StoredFile.objects.filter(seal_id=number).first()
    if file is None or not may_see(request, file):
        raise OutOfSight(file)
    return file


def _name(request: HttpRequest, file: StoredFile) -> str:
    """What it was called where it came from, which may be a person's name: for the office only, while not public."""
    if file.public_at is None and sees_subject(actor_of(request), file):
        return str(file.name)
    sort = {Sort.PHOTO: _("照片"), Sort.VOICE: _("录音")}.get(Sort(file.sort), _("文件"))
    return f"{sort}-{file.pk}{PurePath(file.name).suffix}"


def _handed_over(request: HttpRequest, file: StoredFile, size: str) -> HttpResponse:
    """The bytes, or the part of them that is asked for: Safari plays no sound that it cannot ask for in parts."""
    mark = f'"{file.seal_id.hex}-{size}"'
    headers = {
        **_HARMLESS,
        "ETag": mark,
        "Cache-Control": "public, max-age=3600" if file.public_at else "private, no-cache",
        "Content-Disposition": content_disposition_header(file.sort == Sort.DOCUMENT, _name(request, file)) or "",
    }
    content = vault.get(file.seal_id, size)
    asked = _asked(request, mark, len(content))
    if asked is None:
        return HttpResponse(content, file.media_type, headers=headers)
    if asked.start >= asked.end:
        unmet = {**headers, "Content-Range": f"bytes */{len(content)}"}
        return HttpResponse(status=416, content_type=file.media_type, headers=unmet)
    headers["Content-Range"] = f"bytes {asked.start}-{asked.end - 1}/{len(content)}"
    return HttpResponse(content[asked.start : asked.end], file.media_type, status=206, headers=headers)


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int


def _asked(request: HttpRequest, mark: str, size: int) -> _Part | None:
    """The part that is asked for; None for the whole, as for several parts at once and what cannot be read."""
    found = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if found is None or request.headers.get("If-Range", mark) != mark:
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:
        return _Part(max(0, size - int(last)), size) if int(last) else _Part(size, size)
    end = min(size, int(last) + 1) if last else size
    return _Part(int(first), end) if not last or int(last) >= int(first) else None
