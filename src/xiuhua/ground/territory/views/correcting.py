"""Pages on which registers are kept: people and homes corrected, people who come and go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from xiuhua.ground.accounts.guards import UserRequest, sight_required
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory import actions, names, permits, queries
from xiuhua.ground.territory.forms import BuildingForm, HouseholdForm, MoveOutForm, PersonForm
from xiuhua.ground.territory.models import Building, Household, Resident
from xiuhua.ground.territory.opened import opened
from xiuhua.ground.territory.seen import crumbs_to, thing_or_404
from xiuhua.ground.ui.forms import FormPage, Part, refusals_on
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _

TO_CORRECT = "correct"
"""What one wants next, when a file must be opened before it can be corrected."""


@sight_required(Sight.PEOPLE)
@require_http_methods(["GET", "POST"])
def correct_resident(request: UserRequest, pk: int) -> HttpResponse:
    """Correct a resident. The form shows full values, so the file must be open."""
    row = thing_or_404(request, Resident, pk)
    _let_through(permits.may_keep_resident(request.actor, resident=row))
    file = opened(request, row.household)
    is_open = file is not None and file.shows(queries.with_kept_only([row])[0])
    if not (request.POST or is_open):
        return redirect(f"{reverse('territory:open_resident', args=[row.pk])}?then={TO_CORRECT}")
    form = PersonForm.of(row, request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.correct_resident(actor=request.actor, resident=row, told=form.told())
            messages.success(request, _("已更正"))
            return redirect(row)
    name = names.resident_name(row, whole=is_open)
    return _person_page(row, name, title=_("更正：%(who)s") % {"who": name}, submit=_("存下更正")).respond(
        request, form
    )


@sight_required(Sight.PEOPLE)
@require_http_methods(["GET", "POST"])
def add_resident(request: UserRequest, pk: int) -> HttpResponse:
    """Put somebody on record in a household."""
    row = thing_or_404(request, Household, pk)
    _let_through(permits.may_keep_household(request.actor, household=row))
    form = PersonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            done = actions.add_resident(actor=request.actor, household=row, told=form.told())
            messages.success(request, _("已登记"))
            return redirect(done.subject.household)
    return _person_page(row, row.address, title=_("登记居民"), submit=_("登记居民")).respond(request, form)


@sight_required(Sight.PEOPLE)
@require_http_methods(["GET", "POST"])
def move_out(request: UserRequest, pk: int) -> HttpResponse:
    """Put on record that somebody lives here no more."""
    row = thing_or_404(request, Resident, pk)
    _let_through(permits.may_keep_resident(request.actor, resident=row))
    form = MoveOutForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.move_out(actor=request.actor, resident=row, **form.cleaned_data)
            messages.success(request, _("已登记迁出"))
            return redirect(row.household)
    name = names.resident_name(row)
    return FormPage(
        title=_("登记迁出：%(who)s") % {"who": name},
        subtitle=row.household.address,
        say=[_("档案还留着，不再算在住户人数里；办错了可以撤销。这个人的手机绑定会一起结束。")],
        submit=_("登记迁出"),
        icon="i-logout",
        crumbs=[*crumbs_to(row), (name, row.get_absolute_url())],
        cancel=row.get_absolute_url(),
    ).respond(request, form)


@sight_required(Sight.PEOPLE)
@require_http_methods(["GET", "POST"])
def bring_back(request: UserRequest, pk: int) -> HttpResponse:
    """Take back that somebody has moved out."""
    row = thing_or_404(request, Resident, pk)
    _let_through(permits.may_keep_resident(request.actor, resident=row))
    say = [_("重新算作住在%(address)s。") % {"address": row.household.address}]
    if request.method == "POST":
        try:
            actions.bring_back(actor=request.actor, resident=row)
        except Refused as refused:
            say = [str(reason) for reason in refused.reasons]
        else:
            messages.success(request, _("已撤销迁出"))
            return redirect(row)
    name = names.resident_name(row)
    return FormPage(
        title=_("撤销迁出：%(who)s") % {"who": name},
        say=say,
        submit=_("撤销迁出"),
        crumbs=[*crumbs_to(row), (name, row.get_absolute_url())],
        cancel=row.get_absolute_url(),
    ).respond(request, status=422 if request.method == "POST" else 200)


@sight_required(Sight.HOUSEHOLDS)
@require_http_methods(["GET", "POST"])
def correct_household(request: UserRequest, pk: int) -> HttpResponse:
    """Correct a household's room, floor, area or tenure."""
    row = thing_or_404(request, Household, pk)
    _let_through(permits.may_keep_household(request.actor, household=row))
    form = HouseholdForm.of(row, request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.correct_household(actor=request.actor, household=row, facts=form.facts())
            messages.success(request, _("已更正"))
            return redirect(row)
    return FormPage(
        title=_("更正住户"),
        subtitle=row.address,
        submit=_("存下更正"),
        icon="i-check",
        crumbs=[*crumbs_to(row), (row.address, row.get_absolute_url())],
        parts=[Part("", [("room", "floor"), ("living_area_m2", "tenure")])],
        cancel=row.get_absolute_url(),
    ).respond(request, form)


@sight_required(Sight.PLACES)
@require_http_methods(["GET", "POST"])
def correct_building(request: UserRequest, pk: int) -> HttpResponse:
    """Correct what is on record of a building."""
    row = thing_or_404(request, Building, pk)
    _let_through(permits.may_keep_building(request.actor, building=row))
    form = BuildingForm.of(row, request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.correct_building(actor=request.actor, building=row, facts=form.facts())
            messages.success(request, _("已更正"))
            return redirect(row)
    name = names.building_name(row)
    return FormPage(
        title=_("更正楼栋"),
        subtitle=name,
        submit=_("存下更正"),
        icon="i-check",
        crumbs=[*crumbs_to(row), (name, row.get_absolute_url())],
        parts=[
            Part(_("是哪栋"), [("name", "quarter"), "use"]),
            Part(_("有多大"), [("levels", "floor_area_m2"), ("year_built", "structure")]),
        ],
        cancel=row.get_absolute_url(),
    ).respond(request, form)


def _person_page(row: Any, name: str, **said: Any) -> FormPage:
    return FormPage(
        subtitle=row.household.address if isinstance(row, Resident) else row.address,
        icon="i-check",
        crumbs=[*crumbs_to(row), (name, row.get_absolute_url())],
        parts=[
            Part(_("是谁"), ["name", "id_number", ("birth_date", "sex")]),
            Part(_("怎么联系"), ["phone"]),
            Part(_("凭什么保存"), ["basis"]),
        ],
        cancel=row.get_absolute_url(),
        **said,
    )


def _let_through(may: bool) -> None:
    if not may:
        raise PermissionDenied
