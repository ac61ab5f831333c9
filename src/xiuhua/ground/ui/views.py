"""Pages for what went wrong, each with a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def bad_request(request: HttpRequest, *_: Exception, **__: Exception) -> HttpResponse:
    """400: the request cannot be understood."""
    return render(request, "ui/400.html", status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the reader may not do or see this."""
    return render(request, "ui/403.html", {"why": str(exception) if exception else ""}, status=403)


@requires_csrf_token
def csrf_failure(request: HttpRequest, **_: str) -> HttpResponse:
    """403 for a form that was open too long or came from another site (``CSRF_FAILURE_VIEW``)."""
    return render(request, "ui/403.html", {"stale_form": True}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, *_: Exception, **__: Exception) -> HttpResponse:
    """404: there is no such page, or not for this reader."""
    return render(request, "ui/404.html", status=404)


@requires_csrf_token
def server_error(_request: HttpRequest) -> HttpResponse:
    """500: our fault. The page asks nothing of database or context processors, since they may be what failed."""
    return HttpResponse(loader.render_to_string("ui/500.html"), status=500)
