"""Addresses as lists write them by the hundred: of pages about rows, and of the list itself asked otherwise."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import get_script_prefix, get_urlconf, reverse


def address_of(url_name: str, number: int) -> str:
    """Address of the page about one row: ``reverse(url_name, args=[number])``, whose pattern is looked up only once."""
    before, after = _around(url_name, get_urlconf(), get_script_prefix())
    return f"{before}{number}{after}"


@cache
def _around(url_name: str, _urlconf: str | None, _prefix: str) -> tuple[str, str]:
    """What stands before and after the number."""
    before, _zero, after = reverse(url_name, args=[0]).rpartition("0")
    return before, after


def asked_otherwise(asked: QueryDict, **changes: Any) -> str:
    """Query string with some names changed; None takes a name out."""
    kept = [(name, value) for name, values in asked.lists() if name not in changes for value in values]
    return f"?{urlencode([*kept, *((name, value) for name, value in changes.items() if value is not None)])}"
