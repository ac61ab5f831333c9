"""What the pages of dossiers share: the dossier that is meant, and a deed that a form asks for."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.ui.acts import Crumbs
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import queries
from xiuhua.programmes.lifts.models import Dossier


def dossier_or_404(request: HttpRequest, pk: int) -> Dossier:
    """The dossier that is meant, with its place; the frame around the page then speaks of its subdistrict."""
    actor = actor_of(request)
    rows = queries.dossiers(actor).select_related("stairwell__building__committee__subdistrict")
    dossier = get_visible_or_404(rows, actor, pk=pk)
    request.subdistrict = dossier.stairwell.building.committee.subdistrict  # type: ignore[attr-defined]
    return dossier


def actor_of(request: HttpRequest) -> Actor:
    """Whoever asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def require(allowed: bool) -> None:
    """Turn away whoever may not.

    Raises
    ------
    PermissionDenied
        They may not.
    """
    if not allowed:
        raise PermissionDenied


def crumbs(dossier: Dossier | None = None) -> Crumbs:
    """The way to a page: the map, and the dossier that it is about."""
    way: Crumbs = [(_("五色加梯地图"), reverse("lifts:map"))]
    return [*way, (dossier.address, dossier.get_absolute_url())] if dossier else way


def ask(
    request: HttpRequest,
    dossier: Dossier,
    form: Form,
    page: FormPage,
    act: Callable[..., Any],
    said: str,
    *,
    back: str = "",
) -> HttpResponse:
    """Show a form about a dossier, and act once it is sound: what is refused is said at the field.

    A form that has ``told()`` says by it what the act is given; else its cleaned data are.
    """
    here = back or dossier.get_absolute_url()
    if form.is_valid():
        with refusals_on(form):
            act(**(form.told() if hasattr(form, "told") else form.cleaned_data))
            messages.success(request, said)
            return redirect(here)
    return page.respond(request, form, subtitle=dossier.address, crumbs=crumbs(dossier), cancel=here)


def act_at_once(
    request: HttpRequest, act: Callable[..., Any], said: str, *, back: str, **arguments: Any
) -> HttpResponse:
    """Act without more being asked; what is refused is said on the page that one returns to."""
    try:
        act(actor=actor_of(request), **arguments)
        messages.success(request, said)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(back)
