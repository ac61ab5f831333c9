"""What every operation of the document has in common: how it can fail, and the key that makes it happen once."""

from typing import Any

from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from pydantic.json_schema import models_json_schema

from xiuhua.doors.api.failures import Problem, Refusal
from xiuhua.ground.words import gettext as _

CHANGING = frozenset({"post", "put", "patch", "delete"})
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "maxLength": 80, "pattern": "^[!-~]*$"},
}


def completed(schema: OpenAPISchema) -> OpenAPISchema:
    """Say of every operation what it answers when it is not done, and of those that change something its key."""
    found, told = models_json_schema(
        [(Problem, "serialization"), (Refusal, "serialization")], ref_template=REF_TEMPLATE
    )
    schema["components"]["schemas"].update(told["$defs"])
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            operation.pop("description", None)
            responses = operation["responses"]
            for status in _failures(path, method):
                model = Refusal if status == 422 else Problem
                responses.setdefault(status, _answer(_when(status), found[model, "serialization"]))
            if method in CHANGING:
                operation["parameters"].append(
                    {**KEY, "description": _("同一个编号再发一次，只办一次，答复和第一次一样")}
                )
    return schema


def _failures(path: str, method: str) -> list[int]:
    """Statuses with which an operation may fail."""
    if method in CHANGING:
        return [400, 401, 403, 404, 413, 422, 429]
    return [400, 401, 403, 404, 429] if "{" in path else [400, 401, 403, 429]


def _answer(description: str, schema: Any) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _when(status: int) -> str:
    return {
        400: _("参数或内容不对"),
        401: _("没有登录，或令牌不对"),
        403: _("没有这个权限"),
        404: _("没有，或者看不见"),
        413: _("太大"),
        422: _("规则不允许，什么都没有改"),
        429: _("太快"),
    }[status]
