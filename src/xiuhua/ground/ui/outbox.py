"""The outbox's letter box (收信): what phones wrote, offline or not, comes in here, sealed, once.

A programme says what is to be done with a kind of letter when its app is ready::

    outbox.register("suggestions.submit", letters.take_suggestion, page="suggestions:say")

    def take_suggestion(request, data, files):
        form = SayForm(data, files)
        if not form.is_valid():
            raise outbox.refused_by(form)
        done = actions.submit(actor=request.actor, …, written_at=outbox.written_at(request))
        return outbox.Taken(_("收到了，编号 {number}"), url=reverse("suggestions:receipt", …))

The handler does one action, under the letter's own idempotency key, so that a letter whose answer got lost on the way
is answered the same again. It raises `Refused` (the person mends it), `TooMany` (the phone tries again by itself after
the wait) or `Conflict` (something is there already; shown, never overwritten). The page's own view does the same with a
plain POST, for a browser without scripts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.utils.datastructures import MultiValueDict
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.clock import now
from xiuhua.ground.sealing import letters
from xiuhua.ground.sealing.seal import Broken
from xiuhua.ground.ui import phone, rules
from xiuhua.ground.ui.forms import refusals_of
from xiuhua.ground.verdicts import Reason, Refused, TooMany
from xiuhua.ground.words import gettext as _

LARGEST = 24 * 1024 * 1024
"""Bytes of a letter: four photographs as a phone scales them down, and two minutes of voice, are a fifth of it."""

KEY, PHONE_NOW = "Idempotency-Key", "X-Phone-Now"
_WRITTEN_AT = "_letter_written_at"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a letter: its title, where to see it, and words for the person."""

    title: str
    url: str = ""
    said: str = ""


class Conflict(Refused):
    """Something is there already that the letter would overwrite; `there` says what, for the person to decide."""

    def __init__(self, *reasons: Reason, there: dict[str, str]) -> None:
        super().__init__(*reasons)
        self.there = there


Files: TypeAlias = "MultiValueDict[str, UploadedFile[Any]]"
Handler = Callable[[HttpRequest, QueryDict, Files], Taken]


@dataclass(slots=True)
class _Told:
    visitor: Callable[[], Any] | None = None
    owed: Callable[[HttpRequest], bool] | None = None


_handlers: dict[str, Handler] = {}
_told = _Told()


def register(kind: str, handler: Handler, *, page: str = "") -> None:
    """Take letters of a kind; `page` names the url of its form, which then opens without signal.

    Raises
    ------
    ValueError
        The kind is taken already.
    """
    if kind in _handlers:
        message = f"letters of kind {kind!r} are registered twice"
        raise ValueError(message)
    _handlers[kind] = handler
    if page:
        phone.opens_offline(page)


def visitors_are(make: Callable[[], Any]) -> None:
    """Let the journal, which lies above, say who acts where nobody is signed in."""
    _told.visitor = make


def owed_told_by(owed: Callable[[HttpRequest], bool]) -> None:
    """Let accounts, which lie above, say whether whoever is signed in owes the door something first."""
    _told.owed = owed


def written_at(request: HttpRequest) -> datetime | None:
    """When the letter at hand was written, by our clock; None outside a letter."""
    moment: datetime | None = getattr(request, _WRITTEN_AT, None)
    return moment


def refused_by(form: BaseForm) -> Refused:
    """What a form refuses, as reasons at their fields."""
    at_fields = [Reason(text, field=bound.name) for bound in form for text in refusals_of(bound)]
    return Refused(*(Reason(str(text)) for text in form.non_field_errors()), *at_fields)


@never_cache
@require_safe
def box(request: HttpRequest) -> JsonResponse:
    """What a phone needs to know before it sends: our time, our key, who is signed in, and a token for the post."""
    key = letters.public_key()
    return JsonResponse(
        {"now": now().isoformat(), "owner": phone.owner_of(request), "csrf": get_token(request), "key": key.written}
    )


@never_cache
@require_http_methods(["POST"])
def take(request: HttpRequest, kind: str) -> HttpResponse:
    """Open a letter and do what it asks for; the answer says what became of it."""
    if kind not in _handlers:
        return _refused(404, Refused(Reason(_("这种表已经不收了"), mend=_("请到首页看看现在怎么办"))))
    if request.user.is_authenticated and _told.owed and _told.owed(request):
        return JsonResponse({"detail": _("请先登录")}, status=401)
    if int(request.headers.get("Content-Length") or 0) > LARGEST or len(sealed := request.read(LARGEST + 1)) > LARGEST:
        return _refused(413, Refused(Reason(_("太大了，发不出去"), mend=_("请少放几张照片"))))
    try:
        letter = letters.opened(sealed)
        data, files = _unfolded(letter)
        _check(request, kind, letter.head)
        return _answer(request, _handlers[kind], data, files)
    except (Broken, Refused) as error:
        return _refused(422, error if isinstance(error, Refused) else Refused(Reason(str(error))))
    except PermissionDenied:
        if request.user.is_authenticated:
            raise
        return JsonResponse({"detail": _("请先登录")}, status=401)


def _answer(request: HttpRequest, handler: Handler, data: QueryDict, files: Files) -> HttpResponse:
    try:
        taken = handler(request, data, files)
    except Conflict as conflict:
        return _refused(409, conflict, there=conflict.there)
    except TooMany as held_back:
        answer = _refused(429, held_back)
        answer.headers["Retry-After"] = str(held_back.wait_s)
        return answer
    except Refused as refused:
        return _refused(422, refused, fields=dict(data.lists()))
    return JsonResponse({"title": taken.title, "url": taken.url, "said": taken.said})


def _check(request: HttpRequest, kind: str, head: dict[str, Any]) -> None:
    """See that the letter is what its envelope says, that whoever sends it wrote it, and when.

    Raises
    ------
    Refused
        Envelope and letter differ.
    PermissionDenied
        Somebody else wrote it.
    """
    if head.get("kind") != kind or head.get("key") != request.headers.get(KEY):
        raise Refused(Reason(_("这封信和信封对不上"), mend=_("请删掉它，重新写一次")))
    owner = phone.owner_of(request)
    if head.get("owner") and head["owner"] != owner:
        raise PermissionDenied
    if owner and not head.get("owner") and _told.visitor:
        request.actor = _told.visitor()  # type: ignore[attr-defined]
    said = _moment(head.get("written_at"))
    if said is not None:
        phone_now = _moment(request.headers.get(PHONE_NOW))
        setattr(request, _WRITTEN_AT, rules.written_moment(said, phone_now, now()))


def _unfolded(letter: letters.Opened) -> tuple[QueryDict, Files]:
    """Fields and files of a letter, as a form reads them."""
    data, files = QueryDict(mutable=True), MultiValueDict[str, Any]()
    fields = letter.head.get("fields")
    for name, values in fields.items() if isinstance(fields, dict) else ():
        data.setlist(str(name), [str(value) for value in values] if isinstance(values, list) else [])
    for one in letter.files:
        files.appendlist(one.field, SimpleUploadedFile(one.name or "file", one.content, one.type))
    return data, files


def _moment(text: object) -> datetime | None:
    try:
        moment = parse_datetime(str(text)) if text else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _refused(status: int, refused: Refused, **more: object) -> JsonResponse:
    reasons = [{"text": one.text, "field": one.field, "mend": one.mend} for one in refused.reasons]
    return JsonResponse({"reasons": reasons, **more}, status=status)
