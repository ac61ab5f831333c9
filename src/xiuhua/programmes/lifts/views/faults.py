"""Faults: the list, one, and what is done with it."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.clock import now
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.context import current_subdistrict
from xiuhua.ground.ui.forms import FormPage
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, lists_build, permits_build, queries_build, words_build
from xiuhua.programmes.lifts.forms.keeping import AnswerForm, CloseForm, FaultForm
from xiuhua.programmes.lifts.models import Fault
from xiuhua.programmes.lifts.screens import faults as screen
from xiuhua.programmes.lifts.views.asked import ask, dossier_or_404


@require_safe
@sight_required(Sight.LIFTS)
def faults(request: HttpRequest) -> HttpResponse:
    """Faults of all lifts, the most urgent open ones first."""
    subdistrict = current_subdistrict(request)
    rows = queries_build.faults(actor_of(request))
    extra = {"responses": screen.responses(rows, subdistrict.path if subdistrict else "")}
    return lists_build.faults_page(request, extra).respond(request, queries_build.by_urgency(rows))


@require_safe
@sight_required(Sight.LIFTS)
def fault(request: HttpRequest, pk: int) -> HttpResponse:
    """One fault."""
    return screen.fault_page(request, _fault_or_404(request, pk)).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def report_fault(request: HttpRequest, pk: int) -> HttpResponse:
    """Report one, as the sub-centre is rung."""
    dossier, actor = dossier_or_404(request, pk), actor_of(request)
    unit = queries_build.unit_of(dossier)
    if unit is None:
        raise Http404
    require(permits_build.may_report_fault(actor, lift=unit))
    form = FaultForm(request.POST or None, initial={"at": _local_now()})
    page = FormPage(
        title=_("报修"),
        submit=_("报修"),
        icon="i-alert-triangle",
        say=[_("有人被困的，先打维保单位和 119，再登记。")],
    )
    act = partial(actions.report_fault, actor=actor, lift=unit)
    back = reverse("lifts:unit", args=[pk])
    return ask(request, dossier, form, page, act, _("报修记下了，等人到场。"), back=back)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def answer_fault(request: HttpRequest, pk: int) -> HttpResponse:
    """Note when somebody came."""
    row, actor = _fault_or_404(request, pk), actor_of(request)
    require(permits_build.may_see_to_fault(actor, fault=row))
    form = AnswerForm(request.POST or None, initial={"arrived_at": _local_now()})
    page = FormPage(title=_("记到场"), submit=_("记到场"), icon="i-user-check", say=[words_build.what_words(row)])
    act = partial(actions.answer_fault, actor=actor, fault=row)
    return ask(request, row.lift.dossier, form, page, act, _("记下了。"), back=row.get_absolute_url())


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def close_fault(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that it is mended, and what it was."""
    row, actor = _fault_or_404(request, pk), actor_of(request)
    require(permits_build.may_see_to_fault(actor, fault=row))
    form = CloseForm(request.POST or None, initial={"closed_at": _local_now()})
    page = FormPage(title=_("记修好"), submit=_("修好了"), icon="i-circle-check", say=[words_build.what_words(row)])
    act = partial(actions.close_fault, actor=actor, fault=row)
    return ask(request, row.lift.dossier, form, page, act, _("修好了，记下了。"), back=row.get_absolute_url())


def _fault_or_404(request: HttpRequest, pk: int) -> Fault:
    actor = actor_of(request)
    row: Fault = get_visible_or_404(queries_build.faults(actor), actor, pk=pk)
    row.lift.dossier = dossier_or_404(request, row.lift.dossier_id)
    return row


def _local_now() -> str:
    return timezone.localtime(now()).strftime("%Y-%m-%dT%H:%M")
