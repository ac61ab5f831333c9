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
        nobody = "visitor" if request.path.startswith(("/phone/", "/say/")) else ""
        who = "visitor" if "visitor" in request.GET else request.COOKIES.get("who", nobody)
        request.actor = Reader()
        request.actor.reference = f"gallery:{who or 'worker'}"
        request.actor.kind = {"": "staff", "visitor": ""}.get(who, "resident")
        request.user = SimpleNamespace(is_authenticated=who != "visitor")


def person_of(request: HttpRequest) -> shell.Person | None:
    if not request.user.is_authenticated:
        return None
    if request.actor.kind == "resident":
        return shell.Person("王阿姨", "居民", account="/my/", sign_out="/my/out/")
    return shell.Person("傅建华", "中江第 5 微网格长", account="/object/", sign_out="/form/")
