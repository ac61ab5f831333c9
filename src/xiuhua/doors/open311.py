"""How fast programs may ask at the Open311 addresses: as at the API, and keys that are none count as there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from xiuhua.doors.api.pace import BAD_TOKENS, REQUESTS, Pace
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.suggestions.open311.views import failed
from xiuhua.programmes.suggestions.open311.wrong import Wrong


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
