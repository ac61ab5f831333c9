"""Who passes a page's door: whoever is signed in, and sees the kind of thing that the page shows."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import quote

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, resolve_url

from xiuhua.ground.accounts.models import Kind, User
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui import phone
from xiuhua.ground.words import gettext as _

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

OF_STAFF = "of_staff"
"""Marks a view that no resident sees."""

_gates: list[Callable[[HttpRequest], HttpResponseBase | None]] = []


class UserRequest(HttpRequest):
    """A request behind `signed_in`."""

    user: User
    actor: User


def gate(check: Callable[[HttpRequest], HttpResponseBase | None]) -> Callable[[HttpRequest], HttpResponseBase | None]:
    """Ask `check` of every signed-in request: its answer, where it has one, is given instead of the page.

    This is how a password that must be changed, or a second factor that must be set up, comes first.
    """
    _gates.append(check)
    return check


def owed_by(request: HttpRequest) -> HttpResponseBase | None:
    """What whoever is signed in owes the door first: the answer that leads there; None where they owe nothing."""
    return next((answer for check in _gates if (answer := check(request)) is not None), None)


def signed_in(view: View) -> View:
    """Let only people through who are signed in, and who owe the door nothing.

    On addresses of the phone the residents' door asks, but for what only staff see.
    """
    of_staff = getattr(view, OF_STAFF, False)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request, of_staff=of_staff)
        if (answer := owed_by(request)) is not None:
            return answer
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    guarded.needs_sign_in = True  # type: ignore[attr-defined]  # the access matrix reads it
    return cast(View, guarded)


def sight_required(*sights: Sight) -> Callable[[View], View]:
    """Let only people through who see one of these kinds of thing somewhere."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not any(cast(User, request.user).sees(sight) for sight in sights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        setattr(guarded, OF_STAFF, True)
        return signed_in(cast(View, guarded))

    return mark


def for_staff(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let only people through who work here; a resident finds no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if cast(User, request.user).kind != Kind.STAFF:
            raise Http404
        return view(request, *args, **kwargs)

    setattr(guarded, OF_STAFF, True)
    return signed_in(guarded)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as limits count it: behind one's own proxies, and a home's IPv6 network as one."""
    return str(get_ip(request))


def _sign_in_first(request: HttpRequest, *, of_staff: bool) -> HttpResponseBase:
    door = "accounts:phone" if phone.is_on_phone(request) and not of_staff else settings.LOGIN_URL
    address = f"{resolve_url(door)}?next={quote(request.get_full_path())}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"detail": _("请先登录")}, status=401)
    return redirect(address)
