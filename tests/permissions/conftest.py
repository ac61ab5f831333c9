from collections.abc import Iterator

import pytest

from permissions.keeping import kept_for_the_module
from permissions.town import Town, build
from xiuhua.doors.api.pace import BAD_TOKENS, REQUESTS


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: object) -> Iterator[Town]:
    """Two subdistricts of two committees each, on record for the whole module."""
    with kept_for_the_module(django_db_blocker):
        yield build()


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """Count requests anew: a test asks faster than a program may."""
    for pace in (REQUESTS, BAD_TOKENS):
        pace.forget()
