"""What is answered where no view does: a page, or what a program reads where it asked the API."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from xiuhua.doors import open311
from xiuhua.doors.api.failures import problem, refused
from xiuhua.ground.ui import views
from xiuhua.ground.verdicts import Refused

API = "/api/"


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks."""
    return request.path_info.startswith(API)


def refusal(request: HttpRequest, error: Refused) -> HttpResponse:
    """422 before any view: the key of the request cannot be used."""
    if is_api(request):
        return refused(error)
    if open311.is_asked(request):
        return open311.answer(request, 422, str(error))
    return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")


def _either(page: Callable[..., HttpResponse], status: int) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = 413 if isinstance(kwargs.get("exception"), RequestDataTooBig) else status
        if open311.is_asked(request):
            return open311.answer(request, code)
        return problem(code) if is_api(request) else page(request, *args, **kwargs)

    return answer


bad_request = _either(views.bad_request, 400)
forbidden = _either(views.forbidden, 403)
not_found = _either(views.not_found, 404)
server_error = _either(views.server_error, 500)
