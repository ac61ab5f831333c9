"""Who reads the gallery: someone who signed in, unless the address says ``?visitor``."""

from types import SimpleNamespace

from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin

from xiuhua.ground.scope.grants import Grant, Holder
from xiuhua.ground.scope.roles import Role
from xiuhua.ground.ui import shell


class Reader(Holder):
    """Holds every role, so that the whole navigation is drawn."""

    @property
    def grants(self) -> tuple[Grant, ...]:
        return tuple(Grant(role, "310107014") for role in Role)


class ReaderMiddleware(MiddlewareMixin):
    def process_request(self, request: HttpRequest) -> None:
        request.actor = Reader()
        request.user = SimpleNamespace(is_authenticated="visitor" not in request.GET)


def person_of(request: HttpRequest) -> shell.Person | None:
    if "visitor" in request.GET:
        return None
    return shell.Person("傅建华", "中江第 5 微网格长", account="/object/", sign_out="/form/")
