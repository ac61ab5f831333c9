"""Pages of consents and of the basis."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import UserRequest, sight_required
from xiuhua.ground.privacy import actions, lists, permits, queries
from xiuhua.ground.privacy.forms import BasisForm, ConsentForm
from xiuhua.ground.privacy.models import Consent
from xiuhua.ground.privacy.views.home import resident_for
from xiuhua.ground.scope.masking import mask_name
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.standards import on
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.models import Resident
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, Part, refusals_on
from xiuhua.ground.ui.objects import Chip, Fact, ObjectPage
from xiuhua.ground.verdicts import Refused
from xiuhua.ground.words import gettext as _


@require_safe
@sight_required(Sight.PRIVACY)
def consent_list(request: UserRequest) -> HttpResponse:
    """Every consent on record."""
    return lists.consents_page().respond(request, queries.consents_for(request.actor))


@sensitive_post_parameters("guardian")
@require_http_methods(["GET", "POST"])
@sight_required(Sight.OPEN_FILES)
def new_consent(request: UserRequest, resident_id: int) -> HttpResponse:
    """Record a consent."""
    resident = get_visible_or_404(Resident.objects.filter(erased_at__isnull=True), request.actor, pk=resident_id)
    book = on(today()).privacy
    form = ConsentForm(request.POST or None, book=book, initial={"given_on": today()})
    if form.is_valid():
        with refusals_on(form):
            done = actions.record_consent(actor=request.actor, resident=resident, **form.cleaned_data)
            messages.success(request, _("同意登记好了。"))
            return redirect(done.subject)
    return FormPage(
        title=_("登记同意"),
        subtitle=f"{mask_name(resident.name)} {resident.household.address}",
        submit=_("登记同意"),
        icon="i-signature",
        say=[
            _("先把处理什么、为什么、保存多久、怎么撤回讲清楚，本人自愿才登记。"),
            _("不同意或者撤回的，不能因此拒绝提供服务；服务本身离不开这些信息的除外。"),
        ],
        parts=[
            Part(_("同意什么"), ["purpose", "given_on"]),
            Part(
                _("谁同意的"),
                ["given_by", "guardian"],
                hint=_("未满 %(years)s 周岁的由监护人同意。") % {"years": f"{book.guardian_below_years.number:g}"},
            ),
            Part(_("凭据"), ["evidence", "evidence_number"]),
        ],
    ).respond(request, form, cancel=resident.get_absolute_url())


@require_safe
@sight_required(Sight.OPEN_FILES)
def consent(request: UserRequest, consent_id: int) -> HttpResponse:
    """One consent."""
    row = _consent(request, consent_id)
    asked = on(row.given_on).privacy.consents.get(row.purpose)
    may = row.in_force and permits.may_withdraw_consent(request.actor, consent=row)
    return ObjectPage(
        title=_("同意：%(about)s") % {"about": row.about},
        subtitle=f"{mask_name(row.resident.name)} {row.resident.household.address}",
        subject=row,
        crumbs=[(mask_name(row.resident.name) or _("居民"), row.resident.get_absolute_url())],
        chips=[Chip(_("有效"), "good") if row.in_force else Chip(_("已撤回"), "outline")],
        acts=[Act(_("撤回同意"), reverse("privacy:withdraw_consent", args=[row.pk]), "i-x")] if may else [],
        facts=[
            Fact(_("同意什么"), row.about, source=asked.asked if asked else None),
            Fact(_("同意日期"), row.given_on),
            Fact(_("谁同意的"), row.get_given_by_display()),
            Fact(_("监护人"), mask_name(row.guardian)) if row.guardian else Fact(_("凭据"), row.get_evidence_display()),
            Fact(_("凭据编号"), row.evidence_number),
            Fact(_("撤回时间"), row.withdrawn_at) if row.withdrawn_at else Fact(_("登记时间"), row.recorded_at),
        ],
    ).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.OPEN_FILES)
def withdraw_consent(request: UserRequest, consent_id: int) -> HttpResponse:
    """Withdraw a consent: one question, no reason asked."""
    row = _consent(request, consent_id)
    if request.method == "POST":
        try:
            done = actions.withdraw_consent(actor=request.actor, consent=row)
        except Refused as refused:
            messages.warning(request, str(refused))
            return redirect(row)
        if done.facts["to_be_erased"]:
            messages.warning(request, _("已经撤回。没有别的依据留存这位居民的信息，已列入待删除。"))
        else:
            messages.success(request, _("已经撤回。"))
        return redirect(done.subject)
    return FormPage(
        title=_("撤回同意：%(about)s") % {"about": row.about},
        submit=_("撤回同意"),
        icon="i-x",
        say=[_("不用说理由。撤回以前已经做的仍然有效，以后不再这样处理。")],
    ).respond(request, cancel=row.get_absolute_url())


@require_http_methods(["GET", "POST"])
@sight_required(Sight.PRIVACY)
def basis(request: UserRequest, resident_id: int) -> HttpResponse:
    """Say by what right someone's data are kept."""
    resident = resident_for(request, resident_id)
    here = reverse("privacy:person", args=[resident.pk])
    form = BasisForm(request.POST or None, book=on(today()).privacy, initial={"basis": resident.basis})
    if form.is_valid():
        with refusals_on(form):
            actions.set_basis(actor=request.actor, resident=resident, **form.cleaned_data)
            messages.success(request, _("处理依据改好了。"))
            return redirect(here)
    return FormPage(
        title=_("改处理依据"),
        subtitle=f"{mask_name(resident.name)} {resident.household.address}",
        submit=_("改处理依据"),
        icon="i-check",
        crumbs=[*lists.home_crumbs(), (mask_name(resident.name), here)],
        say=[_("依据是同意的，要有一份「建立和保存个人档案」的有效同意；撤回之后就列入待删除。")],
    ).respond(request, form, cancel=here)


def _consent(request: UserRequest, consent_id: int) -> Consent:
    rows = Consent.objects.filter(resident__erased_at__isnull=True)
    whole: QuerySet[Consent] = rows.select_related("resident__household__stairwell__building")
    return get_visible_or_404(whole, request.actor, pk=consent_id)
