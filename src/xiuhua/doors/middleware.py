"""What every request passes."""

import ipaddress
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from xiuhua.ground.journal.actors import Visitor

Answer = Callable[[HttpRequest], HttpResponse]


def loopback_only(answer: Answer) -> Answer:
    """Refuse callers from other machines: the pages are open to whoever reaches them until people sign in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not ipaddress.ip_address(request.META["REMOTE_ADDR"]).is_loopback:
            raise PermissionDenied
        return answer(request)

    return middleware


def name_the_actor(answer: Answer) -> Answer:
    """Put on the request who is acting: the person signed in, else a visitor."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = request.user if request.user.is_authenticated else Visitor()  # type: ignore[attr-defined]
        return answer(request)

    return middleware
