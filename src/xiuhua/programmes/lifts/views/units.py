"""The lift of a stairwell, lifts of the subdistrict and what is due of them."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.ground.ui.forms import FormPage, Part
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, lists_build, permits, queries_build, words
from xiuhua.programmes.lifts.forms.keeping import InspectionForm, ServiceForm, UnitForm, UpkeepForm
from xiuhua.programmes.lifts.models import Dossier, Unit
from xiuhua.programmes.lifts.screens import head
from xiuhua.programmes.lifts.screens import units as screen
from xiuhua.programmes.lifts.views.asked import ask, dossier_or_404


@require_safe
@sight_required(Sight.LIFTS)
def units(request: HttpRequest) -> HttpResponse:
    """Lifts that are registered, the next to be inspected first."""
    rows = lists_build.with_standing(queries_build.units(actor_of(request)), today()).order_by("inspect_by", "pk")
    return lists_build.units_page(request).respond(request, rows)


@require_safe
@sight_required(Sight.LIFTS)
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """The lift of a stairwell."""
    dossier = dossier_or_404(request, pk)
    row = queries_build.unit_of(dossier)
    return head.page_of(
        request,
        dossier,
        sections=screen.sections_of(request, dossier, row),
        aside=screen.aside_of(dossier, row),
        acts=screen.acts_of(request, dossier, row),
    ).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def register_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Register it, or correct what is said of it."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    row = queries_build.unit_of(dossier)
    known = {"stops": dossier.stairwell.levels}
    if row:
        known = {name: getattr(row, name) for name in UnitForm.base_fields if name != "on"} | {"on": row.registered_on}
    form = UnitForm(request.POST or None, initial=known)
    page = FormPage(
        title=_("登记电梯"),
        submit=_("登记"),
        icon="i-elevator",
        parts=[
            Part("", [("registration", "on"), ("brand", "maker_number"), ("load_kg", "stops"), "serves_wheelchair"])
        ],
    )
    act = partial(actions.register_unit, actor=actor, dossier=dossier)
    return ask(request, dossier, form, page, act, _("登记好了。"), back=_here(dossier))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def sign_upkeep(request: HttpRequest, pk: int) -> HttpResponse:
    """Put down who keeps it."""
    dossier, actor, row = _asked(request, pk)
    month = words.book(dossier.path).money.running_yuan_month
    last = row.upkeeps.first()
    first = {"until_on": None, "from_on": today() if last is None else None, "household_fen": int(month.number * 100)}
    firms = queries_build.firms_for(dossier, "upkeep")
    form = UpkeepForm(request.POST or None, request.FILES or None, firms=firms, initial=first)
    page = FormPage(
        title=_("签维保合同"),
        submit=_("登记合同"),
        icon="i-signature",
        parts=[Part("", ["firm", ("from_on", "until_on"), ("price_fen", "household_fen"), "file"])],
    )
    act = partial(actions.sign_upkeep, actor=actor, lift=row)
    return ask(request, dossier, form, page, act, _("合同登记好了。"), back=_here(dossier))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def note_service(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the firm has seen to it."""
    dossier, actor, row = _asked(request, pk)
    page = FormPage(title=_("记维保"), submit=_("记维保"), icon="i-tools")
    act = partial(actions.note_service, actor=actor, lift=row)
    return ask(request, dossier, ServiceForm(request.POST or None), page, act, _("记下了。"), back=_here(dossier))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def note_inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a periodic inspection."""
    dossier, actor, row = _asked(request, pk)
    form = InspectionForm(request.POST or None, request.FILES or None)
    page = FormPage(
        title=_("记检验"),
        submit=_("记检验"),
        icon="i-clipboard-check",
        say=[_("合格的，下次检验自动排好；不合格的，立刻算到期。")],
    )
    act = partial(actions.note_inspection, actor=actor, lift=row)
    return ask(request, dossier, form, page, act, _("记下了。"), back=_here(dossier))


def _asked(request: HttpRequest, pk: int) -> tuple[Dossier, Actor, Unit]:
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    require(permits.may_work(actor, dossier=dossier))
    row = queries_build.unit_of(dossier)
    if row is None:
        raise Http404
    return dossier, actor, row


def _here(dossier: Dossier) -> str:
    return reverse("lifts:unit", args=[dossier.pk])
