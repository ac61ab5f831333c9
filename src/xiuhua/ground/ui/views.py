"""Pages for what went wrong, each with a way on; and what lists keep for their readers."""

from django.db import close_old_connections, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_POST, require_safe

from xiuhua.ground.ui import phone, waiting
from xiuhua.ground.ui.lists import saved
from xiuhua.ground.ui.objects import ObjectPage, Related
from xiuhua.ground.words import gettext as _

STAFF_DOOR = ("/sign-in/", "/account/")
"""Where somebody who works here stands before anybody knows who it is."""
FEW = 6
"""Rows of a kind that the page shows; the list has them all."""


@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters of a list under a name, and go back to it."""
    address = _own_address(request)
    if saved.views_of(request) is not None:
        saved.keep(request, address, request.POST.get("name", ""))
    return redirect(address)


@require_POST
def drop_view(request: HttpRequest) -> HttpResponse:
    """Forget a named view of a list, and go back to it."""
    address = _own_address(request)
    if saved.views_of(request) is not None:
        saved.drop(request, address, request.POST.get("name", ""))
    return redirect(address)


@require_safe
def what_waits(request: HttpRequest) -> HttpResponse:
    """待办: everything that waits for the reader, by kind; the first few of each, and the way to them all."""
    found = waiting.counts(request)
    sections = [
        Related(
            kind.title,
            kind.columns(request),
            (kind.shown(rows) if kind.shown else rows)[:FEW],
            note=_("%(count)s 件") % {"count": found[kind.key]},
            more=(_("全部"), kind.url()),
        )
        for kind, rows in waiting.kinds_for(request.actor)  # type: ignore[attr-defined]
        if found[kind.key]
    ]
    return ObjectPage(
        title=_("待办"),
        subtitle=_("等着您办的，都在这里。") if sections else _("现在没有等着您办的。"),
        sections=sections,
    ).respond(request)


@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """The bell alone, as a page asks for it by itself."""
    told = waiting.bell_of(request)
    if told is None:
        return HttpResponse(status=204)
    return render(request, "ui/components/bell.html", {"bell": told}, content_type="text/html")


def _own_address(request: HttpRequest) -> str:
    """The address that a form came from, if it is one of ours."""
    address = request.POST.get("address", "")
    allowed = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if allowed else "/"


@requires_csrf_token
def bad_request(request: HttpRequest, *_: Exception, **__: Exception) -> HttpResponse:
    """400: the request cannot be understood."""
    return _told(request, "ui/400.html", 400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the reader may not do or see this."""
    return _told(request, "ui/403.html", 403, why=str(exception) if exception else "")


@requires_csrf_token
def csrf_failure(request: HttpRequest, **_: str) -> HttpResponse:
    """403 for a form that was open too long or came from another site (``CSRF_FAILURE_VIEW``)."""
    return _told(request, "ui/403.html", 403, stale_form=True)


@requires_csrf_token
def not_found(request: HttpRequest, *_: Exception, **__: Exception) -> HttpResponse:
    """404: there is no such page, or not for this reader."""
    return _told(request, "ui/404.html", 404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. The page asks nothing of database or context processors, since they may be what failed."""
    template = "ui/phone_500.html" if phone.is_on_phone(request) else "ui/500.html"
    return HttpResponse(loader.render_to_string(template, {"elder": phone.is_large(request)}), status=500)


def _told(request: HttpRequest, template: str, status: int, **context: object) -> HttpResponse:
    """Render an error page: in the phone's frame on its addresses, and for whoever does not work here.

    Under ASGI Django does so in a thread of its own, whose connection nobody else closes.
    """
    context["to_staff"] = phone.kind_of(request) == phone.STAFF or request.path.startswith(STAFF_DOOR)
    on_phone = phone.is_on_phone(request) or not context["to_staff"]
    context["error_frame"] = "ui/phone_error.html" if on_phone else "ui/error.html"
    response = render(request, template, context, status=status)
    if not connection.in_atomic_block:  # a test's own transaction goes on
        close_old_connections()
    return response
