"""Pages of keeping and not using (只存不用)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import UserRequest, sight_required
from xiuhua.ground.privacy import actions, lists, queries
from xiuhua.ground.privacy.forms import RestrictionForm
from xiuhua.ground.privacy.models import Restriction
from xiuhua.ground.privacy.views.home import resident_for
from xiuhua.ground.scope.masking import mask_name
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, act_at_once, refusals_on
from xiuhua.ground.ui.objects import Chip, Fact, ObjectPage
from xiuhua.ground.words import gettext as _


@require_safe
@sight_required(Sight.PRIVACY)
def restriction_list(request: UserRequest) -> HttpResponse:
    """Every restriction."""
    return lists.restrictions_page().respond(request, queries.restrictions_for(request.actor))


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@sight_required(Sight.PRIVACY)
def new_restriction(request: UserRequest, resident_id: int) -> HttpResponse:
    """Keep somebody's data, and use them no more."""
    resident = resident_for(request, resident_id)
    here = reverse("privacy:person", args=[resident.pk])
    form = RestrictionForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            done = actions.restrict_resident(actor=request.actor, resident=resident, **form.cleaned_data)
            messages.success(request, _("已经设为只存不用。"))
            return redirect(done.subject)
    return FormPage(
        title=_("设为只存不用"),
        subtitle=f"{mask_name(resident.name)} {resident.household.address}",
        submit=_("只存不用"),
        icon="i-lock",
        crumbs=[*lists.home_crumbs(), (mask_name(resident.name), here)],
        say=[
            _("信息还留着，不再用来走访、联系和服务；名单上仍然遮着，带标记。"),
            _("档案只为履行法定职责、本人的请求、紧急情况打开，每次写清楚是哪一件（个人信息保护法第四十四条）。"),
        ],
    ).respond(request, form, cancel=here)


@require_safe
@sight_required(Sight.PRIVACY)
def restriction(request: UserRequest, restriction_id: int) -> HttpResponse:
    """One restriction."""
    row = _restriction(request, restriction_id)
    resident = row.resident
    known = resident.erased_at is None
    return ObjectPage(
        title=_("只存不用"),
        subtitle=f"{mask_name(resident.name)} {resident.household.address}" if known else "",
        subject=row,
        crumbs=[*lists.home_crumbs(), (_("只存不用"), reverse("privacy:restrictions"))],
        chips=[Chip(_("生效"), "soon") if row.stands else Chip(_("已解除"), "outline")],
        acts=[Act(_("解除"), reverse("privacy:lift_restriction", args=[row.pk]), "i-x")] if row.stands else [],
        facts=[
            Fact(_("居民"), mask_name(resident.name), link=reverse("privacy:person", args=[resident.pk]))
            if known
            else Fact(_("居民"), _("已删除")),
            Fact(_("原因"), row.reason),
            Fact(_("设定时间"), row.set_at),
            Fact(_("解除时间"), row.lifted_at),
        ],
    ).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PRIVACY)
def lift_restriction(request: UserRequest, restriction_id: int) -> HttpResponse:
    """Let somebody's data be used again."""
    row = _restriction(request, restriction_id)
    if request.method == "POST":
        act_at_once(request, lambda: actions.lift_restriction(actor=request.actor, restriction=row), _("已经解除。"))
        return redirect(row)
    return FormPage(
        title=_("解除只存不用"),
        submit=_("解除"),
        icon="i-x",
        say=[_("本人同意重新使用才解除。")],
        crumbs=[*lists.home_crumbs(), (_("只存不用"), row.get_absolute_url())],
    ).respond(request, cancel=row.get_absolute_url())


def _restriction(request: UserRequest, restriction_id: int) -> Restriction:
    return get_visible_or_404(queries.restrictions_for(request.actor), request.actor, pk=restriction_id)
