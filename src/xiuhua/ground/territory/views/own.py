"""我的家: what a resident sees of the household that they are bound to, and how they ask to be; one question a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import UserRequest, signed_in
from xiuhua.ground.accounts.models import Kind
from xiuhua.ground.accounts.own.resident import Card
from xiuhua.ground.territory import actions, hooks, queries
from xiuhua.ground.territory.forms import CommitteeForm, OwnNameForm, RoomForm, StairwellForm
from xiuhua.ground.territory.models import Binding, Committee, Stairwell
from xiuhua.ground.ui.forms import refusals_on
from xiuhua.ground.words import gettext as _

KEPT_AS = "binding_asked"
"""Answers so far, in the session."""

View = Callable[..., HttpResponse]


def for_residents(view: View) -> View:
    """Let only people through who signed in as residents."""

    @wraps(view)
    def guarded(request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.kind != Kind.RESIDENT:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast(View, signed_in(guarded))


def card_of(request: HttpRequest) -> Card:
    """What a resident's own page says of their household."""
    context = {"binding": queries.latest_binding(request.user), "cards": hooks.own_cards_of(request)}
    return Card("territory/own/card.html", context)


def name_of(request: HttpRequest) -> str:
    """What a resident is called in their own file; empty for whoever is not bound to one."""
    binding = _confirmed(request)
    return binding.resident.name if binding and binding.resident else ""


def address_of(request: HttpRequest) -> str:
    """Where a resident is at home; empty where the committee has not confirmed it."""
    binding = _confirmed(request)
    return binding.household.address if binding and binding.household else ""


def _confirmed(request: HttpRequest) -> Binding | None:
    """The reader's binding to a household, asked for once a request."""
    if getattr(request.user, "kind", "") != Kind.RESIDENT:
        return None
    if not hasattr(request, "own_binding"):
        request.own_binding = queries.latest_binding(request.user)  # type: ignore[attr-defined]
    binding: Binding | None = request.own_binding  # type: ignore[attr-defined]
    return binding if binding and binding.state == Binding.State.CONFIRMED else None


@for_residents
@require_safe
def home(request: UserRequest) -> HttpResponse:
    """The household that one is bound to: oneself by name, the others by their masked names; numbers masked."""
    binding = queries.latest_binding(request.user)
    at_home = queries.housemates(binding) if binding and binding.state == Binding.State.CONFIRMED else []
    own = next((one for one in at_home if binding and one.pk == binding.resident_id), None)
    others = [one for one in at_home if one != own]
    return render(request, "territory/own/home.html", {"binding": binding, "own": own, "others": others})


@for_residents
@require_http_methods(["GET", "POST"])
def ask_committee(request: UserRequest) -> HttpResponse:
    """First question: which committee."""
    rows = Committee.objects.order_by("path").values_list("path", "name")
    form = CommitteeForm(request.POST or None, list(rows))
    if form.is_valid():
        request.session[KEPT_AS] = {"committee": form.cleaned_data["committee"]}
        return redirect("my_household:ask_stairwell")
    return _question(request, form, _("您住在哪个居委会？"), 1)


@for_residents
@require_http_methods(["GET", "POST"])
def ask_stairwell(request: UserRequest) -> HttpResponse:
    """Second question: which stairwell."""
    answers = request.session.get(KEPT_AS, {})
    if "committee" not in answers:
        return redirect("my_household:ask")
    form = StairwellForm(request.POST or None, queries.doors_by_quarter(answers["committee"]))
    if form.is_valid():
        request.session[KEPT_AS] = {**answers, "stairwell": int(form.cleaned_data["stairwell"])}
        return redirect("my_household:ask_room")
    return _question(request, form, _("您家的门牌号是哪个？"), 2)


@for_residents
@require_http_methods(["GET", "POST"])
def ask_room(request: UserRequest) -> HttpResponse:
    """Third question: which room."""
    answers = request.session.get(KEPT_AS, {})
    if "stairwell" not in answers:
        return redirect("my_household:ask")
    form = RoomForm(request.POST or None)
    if form.is_valid():
        request.session[KEPT_AS] = {**answers, "room": form.cleaned_data["room"]}
        return redirect("my_household:ask_name")
    return _question(request, form, _("您住几室？"), 3)


@for_residents
@require_http_methods(["GET", "POST"])
def ask_name(request: UserRequest) -> HttpResponse:
    """Last question: what one is called. Then it is asked."""
    answers = request.session.get(KEPT_AS, {})
    if "room" not in answers:
        return redirect("my_household:ask")
    stairwell = Stairwell.objects.filter(pk=answers["stairwell"]).first()
    if stairwell is None:
        return redirect("my_household:ask")
    form = OwnNameForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.ask_binding(
                actor=request.user, stairwell=stairwell, room=answers["room"], name=form.cleaned_data["name"]
            )
            request.session.pop(KEPT_AS, None)
            return redirect("my_household:home")
    return _question(request, form, _("您叫什么名字？"), 4, last=True)


@for_residents
@require_http_methods(["GET", "POST"])
def end(request: UserRequest) -> HttpResponse:
    """End the binding, or take back that it was asked; a finger that slipped is asked again."""
    binding = queries.latest_binding(request.user)
    if binding is None or not binding.is_open:
        return redirect("my_household:home")
    if request.method == "GET":
        return render(request, "territory/own/end.html", {"binding": binding})
    actions.end_binding(actor=request.user, binding=binding)
    return redirect("my_household:home")


def _question(request: UserRequest, form: Any, question: str, number: int, *, last: bool = False) -> HttpResponse:
    refused = form.is_bound and bool(form.errors)
    context = {"form": form, "question": question, "number": number, "last": last}
    return render(request, "territory/own/question.html", context, status=422 if refused else 200)
