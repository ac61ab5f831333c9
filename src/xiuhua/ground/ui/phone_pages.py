"""The shell's own phone pages: home, what waits in the outbox, today, and what makes it installable."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from xiuhua.ground.clock import now
from xiuhua.ground.ui import phone, waiting
from xiuhua.ground.ui.objects import Chip
from xiuhua.ground.ui.worker import worker_script
from xiuhua.ground.words import gettext as _

YEAR = 365 * 86400
FEW = 8
"""Rows of a kind that 今天 shows; the list has them all."""


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page of residents and visitors; a worker's is 今天."""
    if phone.kind_of(request) == phone.STAFF:
        return redirect("today")
    return render(request, "ui/phone_home.html", phone.home_of(request, localtime(now())))


@never_cache
@require_safe
def outbox_page(request: HttpRequest) -> HttpResponse:
    """What waits in this phone's outbox; the phone itself fills it in."""
    return render(request, "ui/phone_waiting.html")


@never_cache
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What one finds without signal at an address that is not kept: what can be done all the same. Nothing personal."""
    return render(request, "ui/phone_offline.html", {"ways": phone.offline_ways()})


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """今天: what waits for a worker, in the order in which it is to be done."""
    found = waiting.counts(request)
    kinds = [
        _rows_of(request, kind, rows, found[kind.key])
        for kind, rows in waiting.kinds_for(request.actor)  # type: ignore[attr-defined]
        if found[kind.key]
    ]
    return render(request, "ui/phone_today.html", {"kinds": kinds, "count": sum(found.values())})


def _rows_of(request: HttpRequest, kind: waiting.Kind, rows: Any, count: int) -> dict[str, Any]:
    """The first few of a kind, each as one tap: its first column as what it is, the others as a line."""
    columns = kind.columns(request)
    drawn = []
    for row in (kind.shown(rows) if kind.shown else rows)[:FEW]:
        said = [column.text(row) for column in columns if column.kind != "chip"]
        chips = [
            Chip(column.text(row), column.tone(row) if column.tone else "")
            for column in columns
            if column.kind == "chip"
        ]
        url = next((link for column in columns if column.link and (link := column.link(row))), kind.url())
        drawn.append({"title": said[0], "lines": said[1:3], "chips": chips, "url": url})
    return {"title": kind.title, "count": count, "rows": drawn, "url": kind.url()}


@require_POST
def size(request: HttpRequest) -> HttpResponse:
    """大字, or back: remembered by a cookie; the way for a browser without scripts."""
    after = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(after, {request.get_host()}, require_https=request.is_secure())
    response = redirect(after if own else reverse("ui:phone"))
    if request.POST.get("size") == "elder":
        response.set_cookie(phone.SIZE, "elder", max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(phone.SIZE, samesite="Lax")
    return response


@cache_control(max_age=3600)
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to put us among its apps."""
    icons = [
        {"src": static(f"ui/icons/app-{name}.png"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for name, side, purpose in (("192", 192, "any"), ("512", 512, "any"), ("maskable", 512, "maskable"))
    ]
    told = {
        "id": reverse("ui:phone"),
        "name": _("绣花 · 街道里的事"),
        "short_name": _("绣花"),
        "lang": "zh-CN",
        "start_url": reverse("ui:phone"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf7f1",
        "theme_color": "#faf7f1",
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@cache_control(no_cache=True)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It stands at the root, since it may keep pages of every room."""
    return HttpResponse(
        worker_script(), content_type="text/javascript; charset=utf-8", headers={"Service-Worker-Allowed": "/"}
    )
