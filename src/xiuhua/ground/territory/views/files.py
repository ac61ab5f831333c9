"""Opening a household's file: the purpose is asked, goes on record, and the values show for a while."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from xiuhua.ground.accounts.doors import UserRequest, sight_required
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import on
from xiuhua.ground.territory import actions, names, opened, permits
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.forms import OpenFileForm
from xiuhua.ground.territory.models import Household, Resident
from xiuhua.ground.territory.seen import crumbs_to, thing_or_404
from xiuhua.ground.territory.views.correcting import TO_CORRECT
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.words import gettext as _

CORRECTING = "correct_data"
"""Purpose of the rule book for which a file is opened to be corrected."""


@sight_required(Sight.OPEN_FILES)
@require_http_methods(["GET", "POST"])
def open_household(request: UserRequest, pk: int) -> HttpResponse:
    """Ask for what a household's file is opened, and lead back to it."""
    household = thing_or_404(request, Household, pk)
    return _ask(request, household, household, household.address)


@sight_required(Sight.OPEN_FILES)
@require_http_methods(["GET", "POST"])
def open_resident(request: UserRequest, pk: int) -> HttpResponse:
    """The same on a resident's page: it is the household's file that is opened."""
    resident = thing_or_404(request, Resident, pk)
    return _ask(request, resident.household, resident, names.resident_name(resident))


@sight_required(Sight.OPEN_FILES)
@require_POST
def close_household(request: UserRequest, pk: int) -> HttpResponse:
    """Mask a file again before its time."""
    household = thing_or_404(request, Household, pk)
    if not permits.may_open_file(request.actor, household=household):
        raise PermissionDenied
    opened.close(request, household)
    return redirect(household)


def _after(request: UserRequest, page: Any) -> str:
    """Where the reader goes on: to the page itself, or to the form for which the file had to be open."""
    if isinstance(page, Resident) and request.GET.get("then") == TO_CORRECT:
        return reverse("territory:correct_resident", args=[page.pk])
    return str(page.get_absolute_url())


def _ask(request: UserRequest, household: Household, page: Any, title: str) -> HttpResponse:
    if not permits.may_open_file(request.actor, household=household):
        raise PermissionDenied
    to_correct = request.GET.get("then") == TO_CORRECT
    form = OpenFileForm(request.POST or None, initial={"purpose": CORRECTING if to_correct else ""})
    if form.is_valid():
        with refusals_on(form):
            actions.open_household_file(actor=request.actor, household=household, **form.cleaned_data)
            opened.keep_open(request, household, form.cleaned_data["purpose"])
            return redirect(_after(request, page))
    shown = _("姓名、电话、证件号会完整显示 %(minutes)s 分钟，只对你自己、只在这台电脑上。")
    minutes = on(today()).privacy.file_open_minutes
    return FormPage(
        title=_("查看完整信息：%(what)s") % {"what": title},
        subtitle=household.address if page is not household else "",
        say=[
            shown % {"minutes": minutes.value},
            _("谁在什么时候为什么打开，都会留痕，个人信息保护负责人看得到。"),
        ],
        submit=_("打开档案"),
        icon="i-eye",
        crumbs=[*crumbs_to(page), (title, page.get_absolute_url())],
        cancel=page.get_absolute_url(),
    ).respond(request, form)
