"""What the API answers when something is not done: each kind of failure once, in the reader's language."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, RawPostDataException, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from pydantic import BaseModel

from xiuhua.doors import turned_away
from xiuhua.doors.api.wrong import said_of
from xiuhua.ground.verdicts import Reason, Refused, TooMany
from xiuhua.ground.words import gettext as _

UNREADABLE = (BadRequest, SuspiciousOperation, RawPostDataException, UnreadablePostError, MultiPartParserError)


class Problem(BaseModel):
    """Why a request came to nothing; `fields` says it of each field or parameter that is wrong."""

    detail: str
    fields: dict[str, str] = {}


class Why(BaseModel):
    """A reason: what is the case, which field it is about, and what can be done."""

    text: str
    field: str | None = None
    mend: str | None = None


class Refusal(BaseModel):
    """An act that the rules do not allow. Nothing was changed."""

    reasons: list[Why]


def handle_all(api: NinjaAPI) -> None:
    """Let the API answer every failure in its own form; what is our fault is Django's to report."""
    told: dict[type[Exception], Callable[[Any], HttpResponse]] = {
        Refused: refused,
        TooMany: held_back,
        PermissionDenied: lambda _error: problem(403),
        Http404: lambda _error: problem(404),
        RequestDataTooBig: lambda _error: problem(413),
        ValidationError: lambda error: problem(400, fields=_fields(error)),
        Throttled: lambda error: _wait(error.wait),
        HttpError: lambda error: problem(error.status_code, _own_words(error)),
        **dict.fromkeys(UNREADABLE, lambda _error: problem(400)),
        Exception: _ours,
    }
    for kind, answer in told.items():
        api.add_exception_handler(kind, _handler(answer))


def problem(status: int, detail: str = "", fields: dict[str, str] | None = None) -> HttpResponse:
    """Answer with a problem; `detail` is what the status usually means, unless it is said."""
    told = Problem(detail=detail or usual(status), fields=fields or {})
    response = JsonResponse(told.model_dump(), status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="xiuhua"'
    return response


def refused(error: Refused) -> HttpResponse:
    """Answer with the reasons of a refusal."""
    told = Refusal(reasons=[_why(reason) for reason in error.reasons])
    response = JsonResponse(told.model_dump(), status=422, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response


def held_back(error: TooMany) -> HttpResponse:
    """Answer that too much came at once, and when to come again."""
    response = problem(429, str(error))
    response.headers["Retry-After"] = str(error.wait_s)
    return response


def _handler(answer: Callable[[Any], HttpResponse]) -> Callable[[HttpRequest, Any], HttpResponse]:
    def handle(request: HttpRequest, error: Any) -> HttpResponse:
        turned_away.note(request, error)
        return answer(error)

    return handle


def _ours(error: Exception) -> HttpResponse:
    raise error


def usual(status: int) -> str:
    """What a status usually means, in words."""
    return {
        400: _("请求里有填得不对的地方"),
        401: _("请先登录，或带上令牌（Authorization: Bearer …）"),
        403: _("您的角色不能看，也不能办这件事"),
        404: _("没有这一项，或者不在您的范围里"),
        405: _("这个地址不能这样用"),
        413: _("发来的内容太大"),
        429: _("问得太快了，请等一会儿再来"),
        500: _("系统出错了，没有办成；请稍后再试，还不行就找街道系统管理员"),
    }.get(status, _("没有办成"))


def _own_words(error: HttpError) -> str:
    """What our own doors say; of the library's messages the usual words are told instead."""
    return "" if error.message.isascii() and error.status_code in {400, 401} else error.message


def _fields(error: ValidationError) -> dict[str, str]:
    return {_field(*map(str, one["loc"])): said_of(one) for one in error.errors}


def _field(source: str, *names: str) -> str:
    """What a value is called by whoever sent it; a body as a whole is ``body``."""
    return ".".join(names[1:] if source == "body" else names) or source


def _wait(seconds: float | None) -> HttpResponse:
    response = problem(429)
    response.headers["Retry-After"] = str(int(seconds or 1))
    return response


def _why(reason: Reason) -> Why:
    return Why(text=str(reason.text), field=reason.field, mend=None if reason.mend is None else str(reason.mend))
