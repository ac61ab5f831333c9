"""The API's document as a page to read (接口说明); loads nothing from elsewhere."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xiuhua.doors.api.failures import problem
from xiuhua.doors.api.interface import api


@dataclass(frozen=True, slots=True)
class Told:
    """An operation as the page shows it."""

    name: str
    method: str
    path: str
    title: str
    parameters: list[dict[str, Any]]
    body: str
    media: str
    answers: list[tuple[str, str]]
    answer: str


@dataclass(slots=True)
class Group:
    """Operations of one room."""

    title: str
    operations: list[Told] = field(default_factory=list)


@never_cache
@require_safe
def document_page(request: HttpRequest) -> HttpResponse:
    """Every operation: how it is asked, what it answers."""
    schema = api.get_openapi_schema()
    groups: dict[str, Group] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            title = operation["tags"][0]
            groups.setdefault(title, Group(title)).operations.append(_told(path, method, operation, schema))
    return render(request, "doors/api.html", {"groups": list(groups.values()), "version": schema["info"]["version"]})


def nothing_here(_request: HttpRequest, **_rest: str) -> HttpResponse:
    """404 of the API, for an address that is none of its own."""
    return problem(404)


def _told(path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]) -> Told:
    content: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    sent: list[tuple[str, dict[str, Any]]] = [*content.items(), ("", {})]
    media, body = sent[0]
    answers: dict[str, Any] = operation["responses"]
    done: dict[str, Any] = next((answer for status, answer in answers.items() if status.startswith("2")), {})
    answered: dict[str, Any] = next(iter(done.get("content", {}).values()), {})
    return Told(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        title=operation["summary"],
        parameters=[{**one, "shape": shape_of(one["schema"], schema)} for one in operation["parameters"]],
        body=shape_of(body["schema"], schema) if body else "",
        media=media,
        answers=[(status, answer["description"]) for status, answer in sorted(answers.items())],
        answer=shape_of(answered["schema"], schema) if answered else "",
    )


def shape_of(part: dict[str, Any], schema: dict[str, Any], depth: int = 0) -> str:
    """A schema as one reads it: ``{id: integer, name: string, roles: [{…}]}``.

    Parameters
    ----------
    part : dict
        What is to be told.
    schema : dict
        The whole document, in which references are looked up.
    """
    if "$ref" in part:
        part = schema["components"]["schemas"][part["$ref"].rpartition("/")[2]]
    if options := part.get("anyOf") or part.get("allOf"):
        return " | ".join(shape_of(option, schema, depth) for option in options)
    if "enum" in part:
        return " | ".join(json.dumps(value) for value in part["enum"])
    if part.get("type") == "array":
        return f"[{shape_of(part['items'], schema, depth)}]"
    if properties := part.get("properties"):
        indent = "  " * (depth + 1)
        needed = part.get("required", properties)
        lines = [
            f"{indent}{name}{'' if name in needed else '?'}: {shape_of(value, schema, depth + 1)}"
            for name, value in properties.items()
        ]
        return "\n".join(["{", *lines, "  " * depth + "}"])
    kind = part.get("format") or part.get("type") or "any"
    limits = [f"{sign} {part[key]}" for key, sign in (("minimum", "≥"), ("maximum", "≤")) if key in part]
    return " ".join([str(kind), *limits])
