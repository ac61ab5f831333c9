"""Lots and plans: their lists, a plan and its terms, two plans compared, lots adopted."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiuhua.ground import standards
from xiuhua.ground.accounts.guards import sight_required
from xiuhua.ground.jobs.actions import enqueue
from xiuhua.ground.journal.actors import Actor
from xiuhua.ground.journal.asking import actor_of, require
from xiuhua.ground.scope.queryset import get_visible_or_404
from xiuhua.ground.scope.roles import Sight
from xiuhua.ground.territory.days import today
from xiuhua.ground.territory.queries import committee_names
from xiuhua.ground.ui.acts import Act, Crumbs
from xiuhua.ground.ui.forms import FormPage, Part, refusals_on
from xiuhua.ground.ui.lists import Empty, ListPage
from xiuhua.ground.verdicts import refuse_unless
from xiuhua.ground.words import gettext as _
from xiuhua.programmes.lifts import actions, batching, lists_batches, permits_batches, queries_batches
from xiuhua.programmes.lifts.forms.batches import AdoptForm, TermsForm
from xiuhua.programmes.lifts.jobs_batches import CUT
from xiuhua.programmes.lifts.models import Batch, BatchPlan
from xiuhua.programmes.lifts.rules import batches as rules
from xiuhua.programmes.lifts.rules.batches import LotTerms
from xiuhua.programmes.lifts.screens import batch_words as words
from xiuhua.programmes.lifts.screens import batches as screen
from xiuhua.programmes.lifts.views.asked import crumbs
from xiuhua.programmes.lifts.views.map import subdistrict_of


@require_safe
@sight_required(Sight.LIFTS)
def batches(request: HttpRequest) -> HttpResponse:
    """Lots in force, and dissolved ones."""
    rows = queries_batches.batches(actor_of(request)).exclude(state=Batch.State.PROPOSED)
    acts = [Act(_("三化并进"), reverse("lifts:three_ways"), "i-chart-bar"), _to_plans()]
    return lists_batches.batches_page(request, acts).respond(request, rows.order_by("state", "-adopted_on", "-pk"))


def _to_plans() -> Act:
    return Act(_("成片方案"), reverse("lifts:batch_plans"), "i-layout-grid")


@require_safe
@sight_required(Sight.LIFTS)
def plans(request: HttpRequest) -> HttpResponse:
    """Plans, the newest first."""
    acts = [Act(_("提方案"), reverse("lifts:propose_batches"), "i-plus", primary=True)] if _places(request) else []
    return lists_batches.plans_page(request, acts).respond(request, queries_batches.plans(actor_of(request)))


@require_safe
@sight_required(Sight.LIFTS)
def three_ways(request: HttpRequest) -> HttpResponse:
    """Quarters, and which road their stairwells take (三化)."""
    found = queries_batches.ways(actor_of(request), subdistrict_of(request).path)
    counts = lists_batches.ways_told(found)
    figures = [(words.way_name(kind), counts.get(kind, 0), screen.way_note(kind)) for kind in words.WAYS]
    return lists_batches.ways_page(request, found, figures).respond(request, lists_batches.quarters_of(found))


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def propose(request: HttpRequest) -> HttpResponse:
    """Terms of a plan, and the plan that comes of them: at once for a committee, as a job for a whole subdistrict."""
    places = _places(request)
    require(bool(places))
    figures = standards.on(today(), at=subdistrict_of(request).path).lifts.batch
    form = TermsForm(places, figures, request.POST or None, initial=_initial(request, places))
    if form.is_valid():
        with refusals_on(form):
            refuse_unless(rules.terms_are_sound(form.terms()))
            return _proposed(request, form)
    page = FormPage(
        title=_("提成片方案"),
        submit=_("划批"),
        icon="i-layout-grid",
        say=[_("挨着的、成熟的门洞划成一批，分值 = 每个门洞的成熟度减「划算」线之和，再减开工地和路程的折算。")],
        parts=[Part("", ["path", ("least", "most"), ("reach_m", "ready"), ("setup", "walk")])],
        template="lifts/batches/propose.html",
        extra={"scoring": screen.scoring(figures)},
    )
    return page.respond(request, form, crumbs=_crumbs(), cancel=reverse("lifts:batch_plans"))


def _proposed(request: HttpRequest, form: TermsForm) -> HttpResponse:
    actor, path, terms = actor_of(request), form.cleaned_data["path"], form.terms()
    if len(batching.candidates(path)) > batching.MOST_AT_ONCE:
        job = enqueue(actor=actor, kind=CUT, path=path, args={"terms": asdict(terms)}).subject
        messages.success(request, _("交给后台去划了，划好这里会看到。"))
        return redirect(job)
    plan = actions.propose_batches(actor=actor, path=path, proposal=batching.proposed(path, terms)).subject
    if not plan.batches.exists():
        messages.warning(request, _("这些条件下一批也划不出来：门洞还不够成熟，或者隔得太远。"))
    return redirect(plan)


def _initial(request: HttpRequest, places: list[tuple[str, str]]) -> dict[str, Any]:
    """The rule book's terms, or those of the plan that one goes on from."""
    number = request.GET.get("from", "")
    start = queries_batches.plans(actor_of(request)).filter(pk=int(number)).first() if number.isdecimal() else None
    if start is not None:
        return {"path": start.path, **_read(start.terms)}
    return {"path": places[0][0], **_read(batching.usual_terms(places[0][0]))}


def _read(terms: LotTerms) -> dict[str, str]:
    """Terms as they read in a field: 60, not 60.0."""
    return {name: f"{value:g}" for name, value in asdict(terms).items()}


def _places(request: HttpRequest) -> list[tuple[str, str]]:
    """Where somebody may cut lots: the subdistrict, committees."""
    actor, subdistrict = actor_of(request), subdistrict_of(request)
    every = [(subdistrict.path, _("全街道")), *committee_names(actor).items()]
    return [(path, name) for path, name in every if permits_batches.may_propose(actor, path=path)]


@require_safe
@sight_required(Sight.LIFTS)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: its lots on the ground, the terms, what can be decided."""
    row = _plan_or_404(request, pk)
    return screen.plan_page(request, row, crumbs=_crumbs()).respond(request)


@require_safe
@sight_required(Sight.LIFTS)
def plan_stairwells(request: HttpRequest, pk: int) -> HttpResponse:
    """Every stairwell of a plan: its lot, how ready it was, and why."""
    row, actor = _plan_or_404(request, pk), actor_of(request)
    members = queries_batches.members_of(queries_batches.lots_of(row, actor), actor)
    page = ListPage(
        title=_("%(plan)s的门洞") % {"plan": row},
        crumbs=[*_crumbs(), (str(row), row.get_absolute_url())],
        columns=lists_batches.member_columns(with_lot=True),
        filter_label=_("路名、弄、号"),
        empty=Empty(_("这个方案一批也没有"), _("放宽条件再划一次。")),
    )
    return page.respond(request, members)


@require_safe
@sight_required(Sight.LIFTS)
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two plans side by side."""
    row, actor = _plan_or_404(request, pk), actor_of(request)
    others = list(queries_batches.plans(actor).exclude(pk=row.pk).filter(path=row.path))
    asked = request.GET.get("with", "")
    other = next((one for one in others if str(one.pk) == asked), others[0] if others else None)
    return screen.compare_page(request, row, other, others, crumbs=_crumbs()).respond(request)


@require_http_methods(["GET", "POST"])
@sight_required(Sight.LIFTS)
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose lots of a plan, and adopt them."""
    row, actor = _plan_or_404(request, pk), actor_of(request)
    require(permits_batches.may_decide(actor, plan=row))
    rows = queries_batches.batches(actor).filter(plan=row, state=Batch.State.PROPOSED).order_by("place")
    form = AdoptForm(rows, request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            chosen = list(form.cleaned_data["lots"])
            actions.adopt_plan(actor=actor, plan=row, batches=chosen, on=form.cleaned_data["on"])
            messages.success(request, _("采用了 %(count)s 批。") % {"count": len(chosen)})
            return redirect("lifts:batches")
    page = FormPage(
        title=_("采用%(plan)s") % {"plan": row},
        submit=_("采用"),
        icon="i-check",
        say=[_("采用以后按小区编号，门洞的档案里看得到；含同样门洞的其他待定方案随即作废。")],
    )
    return page.respond(
        request, form, crumbs=[*_crumbs(), (str(row), row.get_absolute_url())], cancel=row.get_absolute_url()
    )


def _plan_or_404(request: HttpRequest, pk: int) -> BatchPlan:
    actor: Actor = actor_of(request)
    return get_visible_or_404(queries_batches.plans(actor), actor, pk=pk)


def _crumbs() -> Crumbs:
    return [*crumbs(), (_("成片方案"), reverse("lifts:batch_plans"))]
