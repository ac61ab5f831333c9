"""Opening a household's file: the purpose is asked, goes on record, and the values show for a while."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from xiuhua.ground.accounts.guards import UserRequest, sight_required
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import on
from xiuhua.ground.territory import actions, names, opened, permits, queries
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.forms import OpenFileForm
from xiuhua.ground.territory.models import Household, Resident
from xiuhua.ground.territory.seen import crumbs_to, thing_or_404
from xiuhua.ground.territory.views.correcting import TO_CORRECT
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.words import gettext as _

CORRECTING, AT_THEIR_REQUEST = "correct_data", "on_request"
"""Purposes of the rule book for which a file is opened to be corrected; the second where it is kept and not used."""


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
    whose = page if isinstance(page, Resident) else None
    members = queries.with_kept_only(household.residents.filter(erased_at=None).only("pk"))
    some_kept_only = any(one.kept_only for one in members)
    asked = [one for one in members if whose is None or one == whose]
    kept_only = bool(asked) and all(one.kept_only for one in asked)
    correcting = AT_THEIR_REQUEST if kept_only else CORRECTING
    form = OpenFileForm(
        request.POST or None,
        initial={"purpose": correcting if request.GET.get("then") == TO_CORRECT else ""},
        kept_only=kept_only,
        some_kept_only=some_kept_only,
    )
    if form.is_valid():
        with refusals_on(form):
            actions.open_household_file(actor=request.actor, household=household, whose=whose, **form.cleaned_data)
            opened.keep_open(request, household, form.cleaned_data["purpose"])
            return redirect(_after(request, page))
    shown = _("姓名、电话、证件号会完整显示 %(minutes)s 分钟，只对你自己、只在这台电脑上。")
    minutes = on(today()).privacy.file_open_minutes
    return FormPage(
        title=_("查看完整信息：%(what)s") % {"what": title},
        subtitle=household.address if page is not household else "",
        say=[
            *_limits(kept_only=kept_only, some=some_kept_only),
            shown % {"minutes": minutes.value},
            _("谁在什么时候为什么打开，都会留痕，个人信息保护负责人看得到。"),
        ],
        submit=_("打开档案"),
        icon="i-eye",
        crumbs=[*crumbs_to(page), (title, page.get_absolute_url())],
        cancel=page.get_absolute_url(),
    ).respond(request, form)


def _limits(*, kept_only: bool, some: bool) -> list[str]:
    """What is said first where somebody is kept and not used."""
    if kept_only:
        return [_("只存不用：本人要求限制使用，或者已经没有留存的依据。只有下面几种情况可以打开，要写清楚是哪一件。")]
    return [_("这一户有人只存不用，平常的用途打开了，那个人的信息仍然遮着。")] if some else []
