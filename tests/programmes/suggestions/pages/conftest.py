"""Pages of people's suggestions as whoever works here opens them."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from xiuhua.programmes.suggestions import likeness


@pytest.fixture(autouse=True)
def nothing_read_before():
    """Numbers of rows come again from test to test."""
    likeness.forget()


@pytest.fixture
def desk(head, client_of):
    return client_of(head)


@pytest.fixture
def read(desk) -> Callable[..., str]:
    """A page as text: ``read("inbox", tab="told")``, ``read("suggestion", pk)``."""

    def page(name: str, /, *args: object, by: object = None, **query: object) -> str:
        answer = (by or desk).get(reverse(f"suggestions:{name}", args=args), query)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    return page


@pytest.fixture
def press(desk) -> Callable[..., object]:
    """Send a form: ``press("accept", pk, unit="section:services")``."""

    def send(name: str, /, *args: object, by: object = None, **data: object) -> object:
        return (by or desk).post(reverse(f"suggestions:{name}", args=args), data)

    return send
