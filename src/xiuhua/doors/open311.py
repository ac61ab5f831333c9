"""The Open311 addresses from without: how fast programs may ask, as at the API; what is answered before any view."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from xiuhua.doors.api.failures import usual
from xiuhua.doors.api.pace import BAD_TOKENS, REQUESTS, Pace
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions.open311.views import failed
from xiuhua.programmes.suggestions.open311.wrong import Wrong

ADDRESSES = "/open311/v2/"


def is_asked(request: HttpRequest) -> bool:
    """Whether a program asks here."""
    return request.path_info.startswith(ADDRESSES)


def answer(request: HttpRequest, status: int, words: str = "") -> HttpResponse:
    """What is wrong, in the form that the address ends with; what the status usually means, unless it is said."""
    response = failed("xml" if request.path_info.endswith(".xml") else "json", Wrong(status, words or usual(status)))
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-store"
    return response


def at_pace(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer whoever asks too fast, or tries keys, that they have to wait."""

    @wraps(view)
    def guarded(request: HttpRequest, form: str, **parts: Any) -> HttpResponse:
        request.actor = Visitor()  # type: ignore[attr-defined]
        if not REQUESTS.allow_request(request):
            return _wait(form, REQUESTS, request)
        response = view(request, form, **parts)
        if response.status_code == 403 and not BAD_TOKENS.allow_request(request):
            return _wait(form, BAD_TOKENS, request)
        return response

    return guarded


def _wait(form: str, pace: Pace, request: HttpRequest) -> HttpResponse:
    response = failed(form, Wrong(429, _("问得太快了，请等一会儿再来")))
    response.headers["Retry-After"] = str(pace.wait_of(request))
    return response
