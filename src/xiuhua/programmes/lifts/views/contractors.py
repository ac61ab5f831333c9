"""The list of firms, one firm, and what is said of it."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.context import current_subdistrict
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.acts import Act
from xiuhua.ground.ui.forms import FormPage, refusals_on
from xiuhua.ground.ui.lists import Column
from xiuhua.ground.ui.objects import Chip, Fact, ObjectPage, Related
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, lists_build, permits_build, queries_build, words_build
from xiuhua.programmes.lifts.forms.contracting import ContractorForm, DropForm
from xiuhua.programmes.lifts.models import Contractor, Quote
from xiuhua.programmes.lifts.views.asked import crumbs

SHOWN = 20


@require_safe
@sight_required(Sight.LIFTS)
def contractors(request: HttpRequest) -> HttpResponse:
    """Firms of the subdistrict."""
    actor = actor_of(request)
    subdistrict = current_subdistrict(request)
    may_keep = subdistrict is not None and permits_build.may_keep_contractors(actor, path=subdistrict.path)
    rows = lists_build.with_counts(queries_build.contractors(actor), today())
    return lists_build.contractors_page(may_keep=may_keep).respond(request, rows)


@require_safe
@sight_required(Sight.LIFTS)
def contractor(request: HttpRequest, pk: int) -> HttpResponse:
    """One firm: what it has quoted and which lifts it keeps."""
    row, actor = _contractor_or_404(request, pk), actor_of(request)
    quotes = Quote.objects.visible_to(actor).filter(contractor=row).select_related("dossier__stairwell__building")
    acts = []
    if permits_build.may_keep_contractors(actor, contractor=row) and row.left_on is None:
        acts = [
            Act(_("修改"), reverse("lifts:edit_contractor", args=[row.pk]), "i-edit"),
            Act(_("移出名录"), reverse("lifts:drop_contractor", args=[row.pk]), "i-ban", danger=True),
        ]
    return ObjectPage(
        title=row.name,
        subtitle=row.get_kind_display(),
        subject=row,
        crumbs=[*crumbs(), (_("加梯单位名录"), reverse("lifts:contractors"))],
        chips=[Chip(_("已退出名录"), "over")] if row.left_on else [],
        acts=acts,
        facts=[
            Fact(_("电话"), row.phone),
            Fact(_("资质证书编号"), row.licence),
            Fact(_("列入日期"), row.entered_on),
            *([Fact(_("退出日期"), row.left_on)] if row.left_on else []),
        ],
        sections=[Related(_("报过的价"), _quote_columns(), quotes.order_by("-quoted_on")[:SHOWN], _("还没有报过价"))],
    ).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def enter_contractor(request: HttpRequest) -> HttpResponse:
    """Put a firm on the list."""
    subdistrict = current_subdistrict(request)
    if subdistrict is None:
        raise Http404
    actor = actor_of(request)
    require(permits_build.may_keep_contractors(actor, path=subdistrict.path))
    form = ContractorForm(request.POST or None)
    return _entered(request, form, None, subdistrict.path, _("登记加梯单位"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def edit_contractor(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is said of a firm."""
    row = _contractor_or_404(request, pk)
    require(permits_build.may_keep_contractors(actor_of(request), contractor=row))
    known = {name: getattr(row, name) for name in ("kind", "name", "phone", "licence", "entered_on")}
    form = ContractorForm(request.POST or None, initial=known)
    return _entered(request, form, row, row.path, _("修改单位"))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def drop_contractor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a firm off the list."""
    row, actor = _contractor_or_404(request, pk), actor_of(request)
    require(permits_build.may_keep_contractors(actor, contractor=row))
    form = DropForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.drop_contractor(actor=actor, contractor=row, **form.cleaned_data)
            messages.success(request, _("移出名录了，以后不再请它报价。"))
            return redirect(row)
    page = FormPage(title=_("移出名录"), submit=_("移出"), icon="i-ban", danger=True, subtitle=row.name)
    return page.respond(request, form, cancel=row.get_absolute_url())


def _entered(request: HttpRequest, form: ContractorForm, row: Contractor | None, path: str, title: str) -> HttpResponse:
    here = reverse("lifts:contractors")
    if form.is_valid():
        act = partial(actions.enter_contractor, actor=actor_of(request), path=path, contractor=row)
        with refusals_on(form):
            done = act(**form.told())
            messages.success(request, _("记下了。"))
            return redirect(done.subject)
    page = FormPage(title=title, submit=_("存下来"), icon="i-device-floppy")
    return page.respond(request, form, crumbs=[*crumbs(), (_("加梯单位名录"), here)], cancel=here)


def _contractor_or_404(request: HttpRequest, pk: int) -> Contractor:
    actor = actor_of(request)
    return get_visible_or_404(queries_build.contractors(actor), actor, pk=pk)


def _quote_columns() -> list[Column[Quote]]:
    return [
        Column(
            "address",
            _("门洞"),
            lambda row: row.dossier.address,
            link=lambda row: reverse("lifts:quotes", args=[row.dossier_id]),
        ),
        Column("price", _("报价"), lambda row: words_build.yuan(row.price_fen), unit=_("元"), numeric=True),
        Column("days", _("工期"), lambda row: row.days, unit=_("天"), numeric=True),
        Column("quoted_on", _("日期"), lambda row: row.quoted_on),
        Column(
            "chosen", _("结果"), lambda row: _("选定") if row.is_chosen else "", kind="chip", tone=lambda _row: "good"
        ),
    ]
