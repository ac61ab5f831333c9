"""What every request passes."""

import ipaddress

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin

from xiuhua.ground.journal.actors import Visitor


class LoopbackOnlyMiddleware(MiddlewareMixin):
    """Refuse callers from other machines: the pages are open to whoever reaches them until people sign in."""

    def process_request(self, request: HttpRequest) -> None:
        if not ipaddress.ip_address(request.META["REMOTE_ADDR"]).is_loopback:
            raise PermissionDenied


class ActorMiddleware(MiddlewareMixin):
    """Put on the request who is acting: the person signed in, else a visitor."""

    def process_request(self, request: HttpRequest) -> None:
        request.actor = request.user if request.user.is_authenticated else Visitor()  # type: ignore[attr-defined]
