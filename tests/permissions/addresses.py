"""Every address of the house, found by walking its urls, and every operation of the API."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from xiuhua.doors.api.interface import api

API = "/api/v1/"
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\{(?:\w+:)?(\w+)\}")


@dataclass(frozen=True, slots=True)
class Address:
    """A pattern of addresses; `method` where only one is meant, as an operation of the API."""

    route: str
    method: str = ""

    @property
    def parameters(self) -> list[str]:
        """Names of its parts that vary, in order."""
        return [one or other for one, other in _PARAMETER.findall(self.route)]

    def filled(self, *values: str) -> str:
        """The address with these values for its parts."""
        left = iter(values)
        return _PARAMETER.sub(lambda _found: next(left), self.route)


def pages() -> Iterator[Address]:
    """Every pattern that is no operation of the API."""
    operations = {one.route.replace("{", "<").replace("}", ">") for one in operations_of_the_api()}
    for route in _walked(get_resolver().url_patterns, "/"):
        if re.sub(r"<\w+:", "<", route) not in operations:
            yield Address(route)


def operations_of_the_api() -> list[Address]:
    """Every operation that the API's document names."""
    schema = api.get_openapi_schema()
    return [Address(path, method.upper()) for path, methods in schema["paths"].items() for method in methods]


def _walked(patterns: list[URLPattern | URLResolver], above: str) -> Iterator[str]:
    for one in patterns:
        route = above + str(one.pattern).lstrip("/")
        if isinstance(one, URLResolver):
            yield from _walked(one.url_patterns, route)
        else:
            yield route
