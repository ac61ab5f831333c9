"""我的: what a resident finds after signing in: who they are here, and how they become bound to their home."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from xiuhua.ground.accounts.guards import UserRequest, signed_in
from xiuhua.ground.accounts.models import Kind
from xiuhua.ground.scope.masking import mask_phone


@dataclass(frozen=True, slots=True)
class Card:
    """A card of the page: its template finds what is in `context`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


_home: list[Callable[[HttpRequest], Card]] = []


def home_told_by(teller: Callable[[HttpRequest], Card]) -> None:
    """Let the territory, which lies above, draw whether a resident is bound to a household, and how to ask for it."""
    _home[:] = [teller]


@signed_in
@require_safe
def own_page(request: UserRequest) -> HttpResponse:
    """A resident's own page."""
    if request.user.kind == Kind.STAFF:
        return redirect("accounts:own")
    card = _home[0](request) if _home else Card("accounts/parts/home_unknown.html")
    context = {"phone": mask_phone(request.user.phone), "card": card.template, **card.context}
    return render(request, "accounts/mine.html", context)
