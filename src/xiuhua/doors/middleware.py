"""What every request passes."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from xiuhua.doors import turned_away
from xiuhua.doors.failed import refusal
from xiuhua.ground.journal import answers, attempts, unchanged
from xiuhua.ground.journal.actors import Visitor
from xiuhua.ground.verdicts import Refused

FIELD, HEADER = "once", "Idempotency-Key"
"""Where a request carries its key: a hidden field of a form, or a header."""

_CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class ActorMiddleware(MiddlewareMixin):
    """Put on the request who is acting: the person signed in, else a visitor."""

    def process_request(self, request: HttpRequest) -> None:
        request.actor = request.user if request.user.is_authenticated else Visitor()  # type: ignore[attr-defined]


class OnceMiddleware(MiddlewareMixin):
    """Tell the actions of a request its key, so that the same request sent twice is one act (`journal.answers`).

    Within it each chain's head is looked at once (`journal.unchanged`).

    What was refused within a transaction of the view's own goes on record when the request is over; so does whoever was
    turned away.
    """

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        key = None
        if request.method in _CHANGING:
            key = request.headers.get(HEADER) or request.POST.get(FIELD)
        unchanged.look_once(True)
        try:
            answers.take_key(key or None)
        except Refused as refused:
            return refusal(request, refused)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        turned_away.note(request, exception)

    def process_response(self, _request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        answers.take_key(None)
        unchanged.look_once(False)
        attempts.write_waiting()
        return response
