"""Pages of rooms that lie below accounts and so cannot ask for a sign-in themselves: the door asks for them."""

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, include

from xiuhua.ground.accounts.guards import owed_by
from xiuhua.ground.journal.actors import Visitor

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]


def behind(guard: Guard, urls: str) -> Any:
    """Include a module of urls with `guard` around each of its views."""
    room = import_module(urls)
    patterns = [URLPattern(one.pattern, guard(one.callback), one.default_args, one.name) for one in room.urlpatterns]
    return include((patterns, room.app_name))


def or_visitor(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let everybody in; whoever owes the door something first counts as somebody who is not signed in.

    A page may show its reader's own things, a telephone in a form for one: no cache keeps it. Maps and pictures say
    themselves how long they may be kept.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and owed_by(request) is not None:
            request.actor = Visitor()  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return guarded


def quietly(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer what a page asks for by itself, with nothing to who is signed out or owes the door something.

    A page that was left open then stays as it is: nobody is led away from a form that they are filling in.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated or owed_by(request) is not None:
            return HttpResponse(status=204)
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return guarded
