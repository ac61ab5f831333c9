"""What the pages of dossiers share: the dossier that is meant, and a deed that a form asks for."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from xiuhua.ground.journal.asking import actor_of
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.ui import forms
from xiuhua.ground.ui.acts import Crumbs
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import queries
from xiuhua.programmes.lifts.models import Dossier
from xiuhua.programmes.lifts.reading import for_reading

SAFE = ("GET", "HEAD")
"""Ways of asking that change nothing: what such a page reads of a dossier is read once."""


def dossier_or_404(request: HttpRequest, pk: int) -> Dossier:
    """The dossier that is meant, with its place; the frame around the page then speaks of its subdistrict."""
    actor = actor_of(request)
    rows = queries.dossiers(actor).select_related("stairwell__building__committee__subdistrict")
    dossier = get_visible_or_404(rows, actor, pk=pk)
    if request.method in SAFE:
        for_reading(dossier)
    request.subdistrict = dossier.stairwell.building.committee.subdistrict  # type: ignore[attr-defined]
    return dossier


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
    """Show a form about a dossier, and act once it is sound.

    A form that has ``told()`` says by it what the act is given; else its cleaned data are.
    """
    return page.act_on(
        request,
        form,
        lambda: act(**(form.told() if hasattr(form, "told") else form.cleaned_data)),
        said,
        subtitle=dossier.address,
        crumbs=crumbs(dossier),
        cancel=back or dossier.get_absolute_url(),
    )


def act_at_once(
    request: HttpRequest, act: Callable[..., Any], said: str, *, back: str, **arguments: Any
) -> HttpResponse:
    """Act without more being asked, and lead back."""
    forms.act_at_once(request, lambda: act(actor=actor_of(request), **arguments), said)
    return redirect(back)
