"""Addresses of pages about rows, as a list writes them by the hundred."""

from functools import cache

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
