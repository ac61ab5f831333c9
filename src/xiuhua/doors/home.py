"""The start page: where this reader's work is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from xiuhua.ground.accounts.models import Kind
from xiuhua.ground.ui.navigation import groups_for


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the first page that the reader may open, a resident to their own; say so where there is none."""
    if getattr(request.user, "kind", "") == Kind.RESIDENT:
        return redirect("ui:phone")
    links = [link for group in groups_for(request.path, request.actor) for link in group.links]  # type: ignore[attr-defined]
    if not links:
        return render(request, "doors/nothing_yet.html")
    query = request.GET.urlencode()
    return redirect(links[0].url + (f"?{query}" if query else ""))
