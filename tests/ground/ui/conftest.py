"""A frame around pages that need no database."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation

from ground.ui.pages import NOTICE
from xiuhua.ground.ui import navigation, shell


@pytest.fixture
def ask() -> Callable[..., HttpRequest]:
    """Make a request as it stands behind the middleware."""

    def make(path: str = "/", **data: str) -> HttpRequest:
        request = RequestFactory().get(path, data)
        request._messages = CookieStorage(request)
        return request

    return make


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch) -> shell.Place:
    told = shell.Place("长风新村街道", NOTICE)
    monkeypatch.setattr(shell, "_tellers", [lambda _request: told])
    monkeypatch.setattr(shell, "_told", shell._Told())
    return told


@pytest.fixture
def empty_navigation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", [])


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield
