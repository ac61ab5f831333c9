"""Pages of forgetting: who is to be erased, the erasure itself, holds."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import UserRequest, sight_required
from xiuhua.ground.privacy import actions, lists, queries
from xiuhua.ground.privacy.forms import EraseForm, HoldForm
from xiuhua.ground.privacy.models import LegalHold
from xiuhua.ground.privacy.rules import Ground
from xiuhua.ground.privacy.views.home import resident_for
from xiuhua.ground.scope.masking import mask_name
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, act_at_once, refusals_on
from xiuhua.ground.ui.objects import Chip, Fact, ObjectPage
from xiuhua.ground.words import gettext as _


@require_safe
@sight_required(Sight.PRIVACY)
def to_erase(request: UserRequest) -> HttpResponse:
    """People whose keeping nothing carries any more."""
    day = today()
    return lists.to_erase_page().respond(request, queries.left_without_basis(request.actor, on(day), day))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PRIVACY)
def erase(request: UserRequest, resident_id: int) -> HttpResponse:
    """Erase a person, after one more question; what stands against it is said there."""
    resident = resident_for(request, resident_id)
    here = reverse("privacy:person", args=[resident.pk])
    form = EraseForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.erase_resident(actor=request.actor, resident=resident, ground=Ground(form.cleaned_data["ground"]))
            messages.success(request, _("已经删除；谁删的、为什么删，留在留痕里。"))
            return redirect("privacy:home")
    return FormPage(
        title=_("删除个人信息"),
        subtitle=f"{mask_name(resident.name)} {resident.household.address}",
        submit=_("删除"),
        danger=True,
        crumbs=[*lists.home_crumbs(), (mask_name(resident.name), here)],
        say=[
            _("姓名、电话、证件号、出生日期和手机账号会清空，留痕里封存的旧值会粉碎，都恢复不了。"),
            _("只留下性别和出生年代用于整栋楼以上的计数；留痕的条目还在，链仍然完整。"),
            _("备份里的要等备份按期更换才没有。"),
        ],
    ).respond(request, form, cancel=here)


@require_safe
@sight_required(Sight.PRIVACY)
def hold_list(request: UserRequest) -> HttpResponse:
    """Every hold."""
    return lists.holds_page().respond(request, queries.holds_for(request.actor))


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@sight_required(Sight.PRIVACY)
def new_hold(request: UserRequest, resident_id: int) -> HttpResponse:
    """Forbid for now that a person be erased."""
    resident = resident_for(request, resident_id)
    here = reverse("privacy:person", args=[resident.pk])
    form = HoldForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            done = actions.set_hold(actor=request.actor, resident=resident, **form.cleaned_data)
            messages.success(request, _("暂停删除设好了。"))
            return redirect(done.subject)
    return FormPage(
        title=_("暂停删除"),
        subtitle=f"{mask_name(resident.name)} {resident.household.address}",
        submit=_("暂停删除"),
        icon="i-lock",
        crumbs=[*lists.home_crumbs(), (mask_name(resident.name), here)],
        say=[_("到期之前不能删除；依据没有了的，只存不用（个人信息保护法第四十七条）。")],
    ).respond(request, form, cancel=here)


@require_safe
@sight_required(Sight.PRIVACY)
def hold(request: UserRequest, hold_id: int) -> HttpResponse:
    """One hold."""
    row = _hold(request, hold_id)
    resident, stands = row.resident, row.holds_on(today())
    known = resident.erased_at is None
    return ObjectPage(
        title=_("暂停删除"),
        subtitle=f"{mask_name(resident.name)} {resident.household.address}" if known else "",
        subject=row,
        crumbs=[*lists.home_crumbs(), (_("暂停删除"), reverse("privacy:holds"))],
        chips=[Chip(_("生效"), "soon") if stands else Chip(_("已解除或到期"), "outline")],
        acts=[Act(_("解除"), reverse("privacy:lift_hold", args=[row.pk]), "i-x")] if stands else [],
        facts=[
            Fact(_("居民"), mask_name(resident.name), link=reverse("privacy:person", args=[resident.pk]))
            if known
            else Fact(_("居民"), _("已删除")),
            Fact(_("原因"), row.reason),
            Fact(_("到哪天为止"), row.until),
            Fact(_("设定时间"), row.set_at),
            Fact(_("解除时间"), row.lifted_at),
        ],
    ).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PRIVACY)
def lift_hold(request: UserRequest, hold_id: int) -> HttpResponse:
    """Lift a hold before its day."""
    row = _hold(request, hold_id)
    if request.method == "POST":
        act_at_once(request, lambda: actions.lift_hold(actor=request.actor, hold=row), _("已经解除。"))
        return redirect(row)
    return FormPage(
        title=_("解除暂停删除"),
        submit=_("解除"),
        icon="i-x",
        say=[_("解除之后，没有依据留存的就要删除。")],
        crumbs=[*lists.home_crumbs(), (_("暂停删除"), row.get_absolute_url())],
    ).respond(request, cancel=row.get_absolute_url())


def _hold(request: UserRequest, hold_id: int) -> LegalHold:
    return get_visible_or_404(queries.holds_for(request.actor), request.actor, pk=hold_id)
