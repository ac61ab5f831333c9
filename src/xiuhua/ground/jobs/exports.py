"""Long files of lists (导出大表): made in the background, by asking for the list's page as whoever wants the file."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve
from django.utils.translation import gettext_lazy as _

from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.jobs.queries import asked_already
from xiuhua.ground.jobs.registry import job
from xiuhua.ground.jobs.running import Running
from xiuhua.ground.scope.grants import topmost
from xiuhua.ground.ui.lists import sought
from xiuhua.ground.verdicts import Reason, Refused
from xiuhua.ground.words import gettext

LIST_FILE = "jobs.list_file"


class _InTheJob:
    """Takes the file that a list hands over."""

    def __init__(self, running: Running) -> None:
        self._running = running

    def tell(self, share: float) -> None:
        self._running.progress(gettext("写 Excel 文件"), share)
        self._running.stop_if_asked()

    def hand_over(self, name: str, content: bytes, put_on_record: Callable[[], None]) -> None:
        with self._running.effect():
            self._running.hand_over(name, content)
            put_on_record()


def carry(request: HttpRequest, title: str) -> HttpResponse:
    """Have the file of a list made in the background, once, and lead to where one waits for it."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    asked = request.GET.copy()
    asked.pop("page", None)
    address = f"{request.path}?{asked.urlencode()}"
    found = asked_already(actor, LIST_FILE, address=address)
    if found is None:
        args = {"address": address, "words": sought.carried_on(request)}
        path = topmost(grant.path for grant in actor.grants)[0]
        said = gettext("导出%(title)s") % {"title": title}
        found = enqueue(actor=actor, kind=LIST_FILE, path=path, args=args, title=said).subject
    return redirect(found)


@job(LIST_FILE, says=_("导出名单"))
def list_file(running: Running, address: str, words: dict[str, list[str]]) -> None:
    """Ask for the list's file as its page would; what whoever asked may not see any more is refused there."""
    person: Any = running.asker
    if not getattr(person, "is_active", False):
        raise PermissionDenied
    request = _request(person, address, words)
    request.background = _InTheJob(running)  # type: ignore[attr-defined]
    page = request.resolver_match
    try:
        page.func(request, *page.args, **page.kwargs)  # type: ignore[union-attr]
    except Http404 as error:
        raise PermissionDenied from error
    if not running.ended:
        raise Refused(Reason(gettext("这张名单现在导不出来"), mend=gettext("请回到名单，再找一次、再导出一次")))


def _request(person: Any, address: str, words: dict[str, list[str]]) -> HttpRequest:
    """The request that this person's browser would send."""
    path, _mark, query = address.partition("?")
    request = HttpRequest()
    request.method, request.path, request.path_info, request.GET = "GET", path, path, QueryDict(query)
    request.user = request.actor = person  # type: ignore[attr-defined]
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    request.session[sought.SESSION_KEY] = words
    request.resolver_match = resolve(path)
    return request
