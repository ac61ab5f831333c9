"""Pages of rooms that lie below accounts and so cannot ask for a sign-in themselves: the door asks for them."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.urls import URLPattern, include

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]


def behind(guard: Guard, urls: str) -> Any:
    """Include a module of urls with `guard` around each of its views."""
    room = import_module(urls)
    patterns = [URLPattern(one.pattern, guard(one.callback), one.default_args, one.name) for one in room.urlpatterns]
    return include((patterns, room.app_name))
